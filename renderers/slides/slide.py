"""One picture as one slide."""

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches

from renderers import changes, icons
from renderers.layout.picture import (
    Box,
    Change,
    Picture,
    PlacedGroup,
    PlacedLine,
    PlacedNode,
    PlacedState,
    Point,
    TextBlock,
)
from renderers.layout.scene import CIRCLE, CORNER, MARK
from renderers.marks import SIZE, assumed, mark_at
from renderers.reasons import Reasons
from renderers.slides import shapes as draw
from renderers.slides.shapes import Canvas
from renderers.slides.tree import Shapes
from renderers.theme import PALETTES, Palette, Theme

_WIDE, _TALL, _MARGIN = Inches(13.333), Inches(7.5), Inches(0.15)
_TITLE_ONLY = 5
_DATES = ("created", "modified", "lastPrinted")
#: The largest scale: one pixel as a point.
_LARGEST = 12_700.0
#: Dashes of DrawingML for outlines of what differs, and the shapes around the signs.
_DASHES: dict[Change, str] = {"added": "", "removed": "dash", "changed": "sysDot"}
_SHAPES = {"circle": MSO_SHAPE.OVAL, "square": MSO_SHAPE.RECTANGLE, "diamond": MSO_SHAPE.DIAMOND}


def presentation(pictures: tuple[Picture, ...], theme: Theme, reasons: Reasons) -> Any:
    """Return a presentation with one picture per slide; the notes contain the reasons for the services on the slide."""
    made = Presentation()
    made.slide_width, made.slide_height = _WIDE, _TALL
    layout = made.slide_layouts[_TITLE_ONLY]
    for other in list(made.slide_layouts):
        if other != layout:
            made.slide_layouts.remove(other)
    _describe(made.core_properties, pictures[0])
    slides = [made.slides.add_slide(layout) for _ in pictures]
    for slide, picture in zip(slides, pictures, strict=True):
        _Slide(slide, picture, theme, slides).draw()
        shown = {node.id for node in picture.nodes} | {group.id for group in picture.groups}
        parts = [(part.name, *(words for words, _ in part.because)) for id, part in reasons.items() if id in shown]
        if parts:
            slide.notes_slide.notes_text_frame.text = "\n\n".join("\n".join(lines) for lines in parts)
    return made


def _describe(properties: Any, picture: Picture) -> None:
    """Set the title and clear author and dates."""
    properties.title = " ".join(picture.title.lines)
    properties.author = properties.last_modified_by = properties.keywords = properties.comments = ""
    properties.language = picture.lang
    for element in list(properties._element):
        if etree.QName(element).localname in _DATES:
            properties._element.remove(element)


class _Slide:
    """Draws a picture on a slide."""

    def __init__(self, slide: Any, picture: Picture, theme: Theme, slides: list[Any]) -> None:
        self.slide, self.picture, self.theme, self.slides = slide, picture, theme, slides
        self.palette: Palette = PALETTES[theme]
        scale = min((_WIDE - 2 * _MARGIN) / picture.width, (_TALL - 2 * _MARGIN) / picture.height, _LARGEST)
        left, top = (_WIDE - picture.width * scale) / 2, (_TALL - picture.height * scale) / 2
        self.canvas = Canvas(scale, left, top, picture.lang, picture.width)
        self.touched: dict[str, list[Point]] = {}
        for line in picture.lines:
            self.touched.setdefault(line.source, []).append(line.points[0])
            self.touched.setdefault(line.target, []).append(line.points[-1])
        self.glued: dict[str, int] = {}
        self.shapes = Shapes.of_slide(slide)
        self.holders: dict[str, Shapes] = {}

    def draw(self) -> None:
        picture = self.picture
        self.slide.background.fill.solid()
        self.slide.background.fill.fore_color.rgb = draw.colour(self.palette.background)
        self._title()
        for group in sorted(picture.groups, key=lambda group: group.depth):
            self._group(group)
        for state in picture.states:
            self._state(state)
        for node in picture.nodes:
            self._node(node)
        for line in picture.lines:
            self._line(line)
        for line in picture.lines:
            self._tag(line)
        self._legend()
        self.shapes.fit_groups()

    def _title(self) -> None:
        block, frame = self.picture.title, self.slide.shapes.title
        box = Box(block.box.x, block.box.y, max(block.box.w, self.picture.width - 2 * block.box.x), block.box.h)
        frame.left, frame.top, frame.width, frame.height = self.canvas.frame(box)
        draw.write(frame, self.canvas, [(block, self.palette.ink)], MSO_ANCHOR.TOP, PP_ALIGN.LEFT)

    def _within(self, group: str | None) -> Shapes:
        return self.holders.get(group or "", self.shapes)

    def _group(self, group: PlacedGroup) -> None:
        holder = self._within(group.parent).group(" ".join(group.title.lines) or group.id)
        self.holders[group.id] = holder
        look = self.palette.groups[group.look]
        width = 1.5 if group.look in ("cloud", "vpc") else 1.2
        draw.outlined(
            holder, self.canvas, group.box, MSO_SHAPE.RECTANGLE, fill=look.fill, stroke=look.stroke,
            width=width, dash="dash" if look.dash else "",
        )  # fmt: skip
        self._glue(group.id, holder, group.box)
        if group.corner:
            box = Box(group.box.x, group.box.y, CORNER, CORNER)
            draw.icon(holder, self.canvas, group.corner, box, self.theme, "")
        if group.title.lines:
            draw.text(holder, self.canvas, [(group.title, look.words)])
        if group.change:
            self._sign(group.change, changes.at_group(group), holder)

    def _node(self, node: PlacedNode) -> None:
        together = self._within(node.parent).group(node.label)
        if self.palette.plate != "none" and icons.is_drawn_dark(icons.icon(node.icon).file):
            plate = MSO_SHAPE.RECTANGLE
            draw.outlined(together, self.canvas, node.box, plate, fill=self.palette.plate, stroke="none", width=0)
        made = draw.icon(together, self.canvas, node.icon, node.box, self.theme, node.label)
        if node.sheet and node.sheet < len(self.slides):
            made.click_action.target_slide = self.slides[node.sheet]
        blocks = [(node.title, self.palette.ink), *([(node.note, self.palette.muted)] if node.note else [])]
        if any(block.lines for block, _ in blocks):
            draw.text(together, self.canvas, blocks)
        for mark in node.marks:
            draw.icon(together, self.canvas, mark.icon, mark.box, self.theme, mark.sentence)
        self._outlines(node, together)
        self._glue(node.id, together, node.box)

    def _outlines(self, node: PlacedNode, shapes: Shapes) -> None:
        """Draw the outlines of assumed and changed parts."""
        kind = MSO_SHAPE.RECTANGLE
        if node.is_assumed:
            muted = self.palette.muted
            draw.outlined(
                shapes, self.canvas, assumed(node), kind, fill="none", stroke=muted, width=1.4, dash="sysDash"
            )
        if node.change:
            ink = changes.colour(node.change, self.palette)
            dash = _DASHES[node.change]
            draw.outlined(
                shapes, self.canvas, changes.outline(node), kind, fill="none", stroke=ink, width=1.6, dash=dash
            )
            self._sign(node.change, changes.at_node(node, self.picture), shapes)

    def _sign(self, change: Change, at: Point, shapes: Shapes | None = None) -> None:
        """Draw the sign of a change in its shape."""
        look, ink = changes.LOOKS[change], changes.colour(change, self.palette)
        ground = self.palette.background
        self._marked(_SHAPES[look.shape], changes.around(at), look.sign, ink, ground, ground, shapes)

    def _glue(self, id: str, shapes: Shapes, box: Box) -> None:
        if id in self.touched:
            self.glued[id] = draw.glue(shapes, self.canvas, box, self.touched[id])

    def _site(self, id: str, at: Point) -> tuple[int, int]:
        """Return the shape and the site at which a line touches a part; the first four sites are its sides."""
        return self.glued[id], 4 + self.touched[id].index(at)

    def _state(self, state: PlacedState) -> None:
        together = self._within(state.machine).group(" ".join(state.title.lines))
        made = draw.outlined(
            together, self.canvas, state.box, MSO_SHAPE.ROUNDED_RECTANGLE,
            fill=self.palette.state_fill, stroke=self.palette.state_stroke, width=1.2,
        )  # fmt: skip
        made.adjustments[0] = 0.5 if state.shape == "pill" else min(0.5, 7.0 / state.box.h)
        blocks = [(state.title, self.palette.ink), *([(state.note, self.palette.muted)] if state.note else [])]
        if state.retry:
            retry = TextBlock(state.retry.box, (f"↻ {' '.join(state.retry.lines)}",), state.retry.size)
            blocks.append((retry, self.palette.muted))
        draw.write(made, self.canvas, blocks, MSO_ANCHOR.MIDDLE, PP_ALIGN.CENTER)
        self._glue(state.id, together, state.box)

    def _line(self, line: PlacedLine) -> None:
        ink = self.palette.failure if line.kind == "failure" else self.palette.line
        ink = changes.colour(line.change, self.palette) if line.change else ink
        ends = (self._site(line.source, line.points[0]), self._site(line.target, line.points[-1]))
        draw.connector(self.shapes, self.canvas, line, ink, ends)

    def _tag(self, line: PlacedLine) -> None:
        if line.tag and line.tag.circle and line.tag.step is not None:
            self._circle(line.tag.step, line.tag.circle)
        if line.tag and line.tag.words:
            draw.text(self.shapes, self.canvas, [(line.tag.words, self.palette.muted)])
        if line.change:
            self._sign(line.change, changes.on_line(line, self.picture))
        if line.state != "kept":
            self._budget(mark_at(line, self.picture), broken=line.state == "broken")

    def _circle(self, step: int, at: Point) -> None:
        box = Box(at[0] - CIRCLE / 2, at[1] - CIRCLE / 2, CIRCLE, CIRCLE)
        fill, ink = self.palette.circle, self.palette.circle_words
        self._marked(MSO_SHAPE.OVAL, box, str(step), fill, "none", ink)

    def _budget(self, at: Point, *, broken: bool) -> None:
        box = Box(at[0] - SIZE / 2, at[1] - SIZE / 2, SIZE, SIZE)
        failure, ground = self.palette.failure, self.palette.background
        fill, ink = (failure, ground) if broken else (ground, failure)
        self._marked(MSO_SHAPE.ISOSCELES_TRIANGLE, box, "!", fill, failure, ink)

    def _marked(
        self, kind: MSO_SHAPE, box: Box, words: str, fill: str, stroke: str, ink: str, shapes: Shapes | None = None
    ) -> None:
        made = draw.outlined(shapes or self.shapes, self.canvas, box, kind, fill=fill, stroke=stroke, width=1.4)
        block = TextBlock(box, (words,), 11.5 if len(words) < 3 else 9.5, bold=True)
        draw.write(made, self.canvas, [(block, ink)], MSO_ANCHOR.MIDDLE, PP_ALIGN.CENTER)

    def _legend(self) -> None:
        legend = self.picture.legend
        if legend is None:
            return
        for step in legend.steps:
            self._circle(step.step, step.circle)
            draw.text(self.shapes, self.canvas, [(step.words, self.palette.ink)])
        for entry in legend.lines:
            draw.text(self.shapes, self.canvas, [(entry.words, self.palette.muted)])
            if entry.icon:
                x, y = (entry.start[0] + entry.end[0] - MARK) / 2, entry.start[1] - MARK / 2
                draw.icon(self.shapes, self.canvas, entry.icon, Box(x, y, MARK, MARK), self.theme, "")
                continue
            if entry.change:
                self._sign(entry.change, ((entry.start[0] + entry.end[0]) / 2, entry.start[1]))
                continue
            if entry.state != "kept":
                middle = ((entry.start[0] + entry.end[0]) / 2, entry.start[1])
                self._budget(middle, broken=entry.state == "broken")
                continue
            sample = PlacedLine("", "", "", entry.kind, (entry.start, entry.end), None, "")
            ink = self.palette.failure if entry.kind == "failure" else self.palette.line
            draw.connector(self.shapes, self.canvas, sample, ink, ())
