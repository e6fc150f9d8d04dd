"""The picture as a draw.io file: AWS's stencils, borders that hold their parts, glued lines with their waypoints."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape

from advisor.text import Text
from renderers import changes
from renderers.drawio import styles
from renderers.drawio.cells import LAYER, PART, STEPS_LAYER, Cell, attribute, layer, number
from renderers.drawio.frames import Frames
from renderers.drawio.labels import beside, legend, on_line
from renderers.layout.picture import (
    Box,
    LineKind,
    Mark,
    Picture,
    PlacedGroup,
    PlacedLine,
    PlacedNode,
    PlacedState,
    Point,
    TextBlock,
)
from renderers.layout.scene import CORNER
from renderers.marks import ASSUMED_DASH, assumed
from renderers.theme import PALETTES, Theme

_ARCHITECTURE, _STEPS = Text("Architecture", "構成"), Text("Title, steps and key", "タイトル・手順・凡例")
_FIRST = "architecture"
#: The key under which links hold that of the title.
TITLE = "|title"
_CORNERS_OF_STENCILS = ("cloud", "region", "vpc", "public-subnet", "private-subnet")
#: Tags of lines, by which draw.io shows and hides them. A tag is one word.
_TAGS: dict[LineKind, Text] = {
    "sync": Text("synchronous", "同期"),
    "async": Text("asynchronous", "非同期"),
    "data": Text("data", "データ"),
    "image": Text("image-pull", "イメージ取得"),
    "identity": Text("identity", "認証・保護"),
    "failure": Text("failure", "失敗時"),
    "observe": Text("telemetry", "メトリクスとログ"),
    "transition": Text("transition", "遷移"),
}


def write(picture: Picture, theme: Theme = "light", links: Mapping[str, str] | None = None) -> bytes:
    """Return the picture as a draw.io file; `links` are pages of documentation by node id."""
    return document(picture, theme, [cell.xml() for cell in cells(picture, theme, links or {})]).encode()


def inside(svg: bytes, drawing: bytes) -> bytes:
    """Return an SVG that draw.io opens and edits: it holds the file as an attribute, and draw.io reads that."""
    held = escape(drawing.decode(), quote=True).replace("\n", "&#10;")
    return svg.replace(b"<svg ", f'<svg content="{held}" '.encode(), 1)


def write_pages(
    pictures: Mapping[str, tuple[str, Picture]], theme: Theme, links: Mapping[str, str], back: str = ""
) -> bytes:
    """Return pictures as pages of one draw.io file; the keys are page ids ("" for the whole), with the titles of the tabs.

    `back` is the page to which the titles of the others link. A node that stands for a sheet links to its page.
    """
    pages = []
    for id, (name, picture) in pictures.items():
        led = {**links, **{node.id: f"data:page/id,{sheet_id(node.sheet)}" for node in picture.nodes if node.sheet}}
        led |= {TITLE: f"data:page/id,{back}"} if back not in ("", id) else {}
        pages.append(_page(picture, theme, [cell.xml() for cell in cells(picture, theme, led)], id or _FIRST, name))
    return _file(pages).encode()


def sheet_id(number: int) -> str:
    """Return the id of the page of a sheet."""
    return f"sheet-{number}"


def document(picture: Picture, theme: Theme, body: list[str]) -> str:
    """Return the file around cells."""
    return _file([_page(picture, theme, body, _FIRST, " ".join(picture.title.lines) or "AWS")])


def _file(pages: list[str]) -> str:
    return f'<mxfile host="aws-architecture-advisor">{"".join(pages)}</mxfile>\n'


def _page(picture: Picture, theme: Theme, body: list[str], id: str, title: str) -> str:
    size = f'pageWidth="{number(picture.width)}" pageHeight="{number(picture.height)}"'
    colours = f'background="{PALETTES[theme].background}" adaptiveColors="none"'
    layers = layer(LAYER, _ARCHITECTURE.in_(picture.lang)) + layer(STEPS_LAYER, _STEPS.in_(picture.lang))
    newline = "\n"
    return (
        f'<diagram id="{attribute(id)}" name="{attribute(title)}">'
        f'<mxGraphModel dx="0" dy="0" grid="0" gridSize="10" guides="1" tooltips="1" connect="1" arrows="1" fold="1" '
        f'page="1" pageScale="1" {size} math="0" shadow="0" {colours}><root>\n<mxCell id="0"/>{layers}\n'
        f"{newline.join(body)}\n</root></mxGraphModel></diagram>"
    )


def cells(picture: Picture, theme: Theme, links: Mapping[str, str], origin: Point = (0.0, 0.0)) -> list[Cell]:
    """Return every cell of a picture: containers before their content, lines after their ends.

    `origin` is where the corner of the page lies in the picture.
    """
    return list(_Drawing(picture, theme, links, origin).cells())


class _Drawing:
    """Draws one picture."""

    def __init__(self, picture: Picture, theme: Theme, links: Mapping[str, str], origin: Point) -> None:
        self.picture, self.theme, self.links = picture, theme, links
        self.palette = PALETTES[theme]
        self.frames = Frames(picture, origin)

    def cells(self) -> Iterator[Cell]:
        picture = self.picture
        for group in sorted(picture.groups, key=lambda group: group.depth):
            yield from self._group(group)
        yield from (self._state(state) for state in picture.states)
        for node in picture.nodes:
            yield self._node(node)
            yield from (self._mark(mark, node) for mark in node.marks)
            yield from self._outlines(node)
        for line in picture.lines:
            yield from self._line(line)
        yield from (self._on_page(cell) for cell in self._words())

    def _words(self) -> Iterator[Cell]:
        picture = self.picture
        if picture.title.lines:
            style = styles.words(self.palette.ink, picture.title.size, "left", bold=True)
            label = "<br>".join(escape(text) for text in picture.title.lines)
            data = {PART: "title page", "link": self.links.get(TITLE, "")}
            yield Cell("title-page", STEPS_LAYER, style, label, picture.title.box, data=data)
        yield from legend(picture, self.palette, self.theme)

    def _on_page(self, cell: Cell) -> Cell:
        left, top = self.frames.origin
        box = cell.box.moved(-left, -top) if cell.box else None
        return replace(cell, box=box, points=tuple((x - left, y - top) for x, y in cell.points))

    def _group(self, group: PlacedGroup) -> Iterator[Cell]:
        data = {PART: f"group {group.id}", "link": self.links.get(group.id, ""), "tooltip": group.label}
        label = escape(" ".join(group.title.lines))
        box = self.frames.inside(group.box, group.parent)
        style = styles.group(group, self.palette)
        id = f"group-{group.id}"
        yield Cell(id, self.frames.cell(group.parent), style, label, box, data=data)
        if group.corner and group.look not in _CORNERS_OF_STENCILS:
            corner = styles.icon(group.corner, self.palette, self.theme) + "connectable=0;"
            part = {PART: f"corner {group.id}"}
            yield Cell(f"corner-{group.id}", id, corner, "", Box(0, 0, CORNER, CORNER), data=part)
        if group.change:
            look, ink = changes.LOOKS[group.change], changes.colour(group.change, self.palette)
            at = changes.around((group.box.w, 0.0))
            data = {PART: f"change {group.id}"}
            yield Cell(f"change-{group.id}", id, styles.sign(look, ink, self.palette), look.sign, at, data=data)

    def _node(self, node: PlacedNode) -> Cell:
        label = beside(node.title, node.note, self.palette.muted)
        data = {PART: f"node {node.id}", "link": self.links.get(node.id, ""), "tooltip": node.label}
        style = styles.icon(node.icon, self.palette, self.theme)
        box = self.frames.inside(node.box, node.parent)
        return Cell(f"node-{node.id}", self.frames.cell(node.parent), style, label, box, data=data)

    def _mark(self, mark: Mark, node: PlacedNode) -> Cell:
        """Return the mark of a connection: it hangs beneath its node and moves with it."""
        style = styles.icon(mark.icon, self.palette, self.theme) + "connectable=0;"
        data = {PART: f"mark {mark.id}", "tags": _TAGS[mark.kind].in_(self.picture.lang), "tooltip": mark.sentence}
        offset = (mark.box.x - node.box.x, mark.box.y - node.box.y)
        return Cell(f"mark-{mark.id}", f"node-{node.id}", style, "", mark.box, at=(0.0, offset), data=data)

    def _outlines(self, node: PlacedNode) -> Iterator[Cell]:
        """Yield the outlines of assumed and changed nodes, attached to the node so that they move with it."""
        if node.is_assumed:
            style = styles.outline(self.palette.muted, ASSUMED_DASH)
            yield self._hung(f"assumed {node.id}", node, style, assumed(node))
        if node.change:
            look, ink = changes.LOOKS[node.change], changes.colour(node.change, self.palette)
            yield self._hung(f"outline {node.id}", node, styles.outline(ink, look.dash), changes.outline(node))
            sign = styles.sign(look, ink, self.palette)
            yield self._hung(
                f"change {node.id}", node, sign, changes.around(changes.at_node(node, self.picture)), look.sign
            )

    def _hung(self, part: str, node: PlacedNode, style: str, box: Box, label: str = "") -> Cell:
        offset = (box.x - node.box.x, box.y - node.box.y)
        id = part.replace(" ", "-", 1)
        return Cell(id, f"node-{node.id}", style, label, box, at=(0.0, offset), data={PART: part})

    def _state(self, state: PlacedState) -> Cell:
        retry = _again(state.retry) if state.retry else None
        label = beside(state.title, state.note, self.palette.muted, retry)
        box = self.frames.inside(state.box, state.machine)
        part = {PART: f"state {state.id}"}
        return Cell(
            f"node-{state.id}", f"group-{state.machine}", styles.state(state, self.palette), label, box, data=part
        )

    def _line(self, line: PlacedLine) -> Iterator[Cell]:
        parent, origin = self.frames.shared(line.source, line.target)
        ends = (
            (line.points[0], self.frames.box(line.source)),
            (line.points[-1], self.frames.box(line.target)),
        )
        id = f"line-{line.id}"
        tooltip = " / ".join(part for part in (line.sentence, *line.notes) if part)
        yield Cell(
            id=id, parent=parent, style=styles.line(line.kind, self.palette, ends, line.change),
            source=self.frames.end(line.source), target=self.frames.end(line.target),
            points=tuple((x - origin[0], y - origin[1]) for x, y in line.points),
            data={PART: f"line {line.id}", "tags": _TAGS[line.kind].in_(self.picture.lang), "tooltip": tooltip},
        )  # fmt: skip
        yield from on_line(line, id, self.picture, self.palette)


def _again(retry: TextBlock) -> TextBlock:
    return replace(retry, lines=("↻ " + " ".join(retry.lines),))
