"""Shapes of a slide: rectangles, texts, icons and connectors, in pixels of the picture."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import quoteattr

import resvg_py
from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from advisor.text import Lang
from renderers import icons
from renderers.layout.picture import Box, PlacedLine, Point, TextBlock
from renderers.slides.connectors import DASHES, geometry, pieces, shape, side
from renderers.slides.tree import Shapes
from renderers.theme import LINES, Theme

#: Fonts that Office has on every machine.
_LATIN, _EAST_ASIAN = "Arial", "Yu Gothic"
_DOTS_PER_ICON = 224
_POINT = 12_700
#: How much wider than with our font a text may come out with another.
_SLACK = 0.15
#: A shape's id, and which of its connection sites.
Site = tuple[int, int]


@dataclass(frozen=True)
class Canvas:
    """A slide's scale: EMU to a pixel of the picture, which begins at `left` and `top` (EMU) and ends at `right` (pixels)."""

    scale: float
    left: float
    top: float
    lang: Lang
    right: float

    def frame(self, box: Box) -> tuple[Emu, Emu, Emu, Emu]:
        """Return left, top, width and height on the slide."""
        x, y = self.left + box.x * self.scale, self.top + box.y * self.scale
        return Emu(round(x)), Emu(round(y)), Emu(round(box.w * self.scale)), Emu(round(box.h * self.scale))

    def points(self, pixels: float) -> Pt:
        """Return a size of type, to a tenth of a point; PowerPoint takes none below one point."""
        return Pt(max(1.0, round(pixels * self.scale / _POINT, 1)))


def colour(text: str) -> RGBColor:
    """Return a color of our palettes."""
    red, green, blue = (int(text[at : at + 2], 16) for at in (1, 3, 5))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]


def outlined(
    shapes: Shapes, canvas: Canvas, box: Box, kind: MSO_SHAPE, *, fill: str, stroke: str, width: float, dash: str = ""
) -> Any:
    """Add a shape without text; *none* omits its fill or its outline."""
    made = shapes.add("add_shape", kind, *canvas.frame(box))
    made._element.remove(made._element.find(qn("p:style")))
    if fill == "none":
        made.fill.background()
    else:
        made.fill.solid()
        made.fill.fore_color.rgb = colour(fill)
    if stroke == "none":
        made.line.fill.background()
        return made
    made.line.color.rgb = colour(stroke)
    made.line.width = Emu(round(width * canvas.scale))
    if dash:
        made.line._get_or_add_ln().append(etree.fromstring(f'<a:prstDash {nsdecls("a")} val="{dash}"/>'))
    return made


def text(shapes: Shapes, canvas: Canvas, blocks: list[tuple[TextBlock, str]]) -> Any:
    """Add a text box with the lines of each block in its color; the lines stay as wrapped, and can be edited."""
    first = blocks[0][0]
    left, right = min(block.box.x for block, _ in blocks), max(block.box.right for block, _ in blocks)
    slack = (right - left) * _SLACK + 4
    left, right = left - (slack if first.anchor == "middle" else 0), min(right + slack, canvas.right)
    top, bottom = first.box.y, blocks[-1][0].box.bottom
    made = shapes.add("add_textbox", *canvas.frame(Box(left, top, right - left, bottom - top)))
    align = PP_ALIGN.CENTER if first.anchor == "middle" else PP_ALIGN.LEFT
    write(made, canvas, blocks, MSO_ANCHOR.TOP, align, MSO_AUTO_SIZE.SHAPE_TO_FIT_TEXT)
    return made


def write(
    made: Any,
    canvas: Canvas,
    blocks: list[tuple[TextBlock, str]],
    anchor: Any,
    align: Any,
    size: MSO_AUTO_SIZE = MSO_AUTO_SIZE.NONE,
) -> None:
    """Write blocks into a shape, one paragraph per line."""
    frame = made.text_frame
    frame.word_wrap, frame.auto_size = False, size
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = anchor
    lines = [(line, block, ink) for block, ink in blocks for line in block.lines]
    for number, (line, block, ink) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = align
        run = paragraph.add_run()
        run.text = line
        styled(run, canvas, block.size, ink, bold=block.bold)


def styled(run: Any, canvas: Canvas, size: float, ink: str, *, bold: bool) -> None:
    """Set font, size, color and language of a run."""
    font = run.font
    font.size, font.bold, font.name = canvas.points(size), bold, _LATIN
    font.color.rgb = colour(ink)
    properties = run._r.get_or_add_rPr()
    properties.set("lang", {"en": "en-US", "ja": "ja-JP"}[canvas.lang])
    latin = properties.find(qn("a:latin"))
    east_asian = properties.makeelement(qn("a:ea"), {"typeface": _EAST_ASIAN})
    latin.addnext(east_asian)


def icon(shapes: Shapes, canvas: Canvas, id: str, box: Box, theme: Theme, words: str) -> Any:
    """Add an icon as a picture with its text alternative."""
    from io import BytesIO

    made = shapes.add("add_picture", BytesIO(_png(id, theme)), *canvas.frame(box))
    made._element.nvPicPr.cNvPr.set("descr", words)
    return made


@cache
def _png(id: str, theme: Theme) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=icons.cropped(id, dark=theme == "dark"), width=_DOTS_PER_ICON))


def glue(shapes: Shapes, canvas: Canvas, box: Box, points: list[Point]) -> int:
    """Add an invisible shape over a part, with a connection site where each line ends; return its id.

    The first four sites are those of a rectangle, for lines that a person adds.
    """
    left, top, wide, tall = canvas.frame(box)
    ways = ((16_200_000, 0.5, 0.0), (10_800_000, 0.0, 0.5), (5_400_000, 0.5, 1.0), (0, 1.0, 0.5))
    sites = list(ways)
    sites += [(ways[side(at, box)][0], (at[0] - box.x) / box.w, (at[1] - box.y) / box.h) for at in points]
    listed = "".join(f'<a:cxn ang="{site[0]}"><a:pos x="x{at}" y="y{at}"/></a:cxn>' for at, site in enumerate(sites))
    guides = "".join(_guide(f"x{at}", "w", x) + _guide(f"y{at}", "h", y) for at, (_, x, y) in enumerate(sites))
    id = shapes.next_id()
    corners = f'<a:lnTo><a:pt x="{wide}" y="0"/></a:lnTo><a:lnTo><a:pt x="{wide}" y="{tall}"/></a:lnTo>'
    xml = (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{id}" name="Ends of lines"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{tall}"/></a:xfrm>'
        f'<a:custGeom><a:avLst/><a:gdLst>{guides}</a:gdLst><a:ahLst/><a:cxnLst>{listed}</a:cxnLst><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{wide}" h="{tall}"><a:moveTo><a:pt x="0" y="0"/></a:moveTo>{corners}'
        f'<a:lnTo><a:pt x="0" y="{tall}"/></a:lnTo><a:close/></a:path></a:pathLst></a:custGeom>'
        f"<a:noFill/><a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
    shapes.append(xml)
    return id


def joint(shapes: Shapes, canvas: Canvas, at: Point, before: Point) -> int:
    """Add an invisible shape in the middle of a segment, at which one piece of a line ends and the next begins."""
    box = Box(at[0] - 1, at[1] - 1, 2, 2)
    into = (box.cx - (at[0] > before[0]) + (at[0] < before[0]), box.cy - (at[1] > before[1]) + (at[1] < before[1]))
    return glue(shapes, canvas, box, [into, (2 * at[0] - into[0], 2 * at[1] - into[1])])


def _guide(name: str, whole: str, share: float) -> str:
    return f'<a:gd name="{name}" fmla="*/ {whole} {round(share * 100_000)} 100000"/>'


def connector(tree: Shapes, canvas: Canvas, line: PlacedLine, ink: str, ends: tuple[Site, ...]) -> None:
    """Add a line, glued at its ends if they are given; one with many bends is several connectors in a row."""
    parts = pieces(line.points)
    start = ends[0] if ends else None
    for number, points in enumerate(parts):
        if number == len(parts) - 1:
            _piece(tree, canvas, line, ink, points, (start, ends[1] if ends else None), last=True)
            return
        joined = joint(tree, canvas, points[-1], points[-2])
        _piece(tree, canvas, line, ink, points, (start, (joined, 4)), last=False)
        start = (joined, 5)


def _piece(
    tree: Shapes, canvas: Canvas, line: PlacedLine, ink: str, way: tuple[Point, ...], ends: tuple[Site | None, Site | None],
    *, last: bool,
) -> None:  # fmt: skip
    points = tuple((x + canvas.left / canvas.scale, y + canvas.top / canvas.scale) for x, y in way)
    id = tree.next_id()
    look = LINES[line.kind]
    dash = f'<a:prstDash val="{DASHES[line.kind]}"/>' if line.kind in DASHES else ""
    glued = "".join(
        f'<a:{name} id="{end[0]}" idx="{end[1]}"/>' for name, end in zip(("stCxn", "endCxn"), ends, strict=True) if end
    )
    head = '<a:tailEnd type="arrow" w="med" len="med"/>' if last else ""
    xml = (
        f"<p:cxnSp {nsdecls('p', 'a')}><p:nvCxnSpPr>"
        f'<p:cNvPr id="{id}" name={quoteattr(f"Line {id}")} descr={quoteattr(line.sentence)}/>'
        f"<p:cNvCxnSpPr>{glued}</p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr>"
        f"<p:spPr>{geometry(shape(points), canvas.scale)}"
        f'<a:ln w="{round((look.width + (1.5 if line.change else 0)) * canvas.scale)}"><a:solidFill><a:srgbClr val="{colour(ink)}"/></a:solidFill>'
        f"{dash}<a:round/>{head}</a:ln></p:spPr></p:cxnSp>"
    )
    tree.append(xml)
