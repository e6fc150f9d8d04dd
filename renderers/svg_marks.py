"""Marks in an SVG: exceeded budgets, assumptions, and differences between two designs."""

from advisor.architecture import BudgetState
from renderers import changes
from renderers.layout.picture import Box, Change, Picture, PlacedLine, PlacedNode, Point
from renderers.marks import ASSUMED_DASH, assumed, triangle
from renderers.strokes import rounded
from renderers.svg_attributes import attributes, number
from renderers.theme import Palette


def budget(at: Point, state: BudgetState, palette: Palette) -> str:
    """Return the mark of an exceeded budget: filled when it is broken, hollow when something may be raised."""
    broken, (x, y) = state == "broken", at
    fill, ink = (palette.failure, palette.background) if broken else (palette.background, palette.failure)
    shape = f'<path d="{triangle((x, y))}"{attributes(fill=fill, stroke=palette.failure, stroke_width=1.4)}'
    words = attributes(x=x, y=y + 5.5, font_size=11.5, fill=ink)
    return f'{shape} stroke-linejoin="round"/><text{words} font-weight="700" text-anchor="middle">!</text>'


def outlines(node: PlacedNode, picture: Picture, palette: Palette) -> str:
    """Return the dashed outline of an assumption, or the outline and sign of a difference."""
    parts = _outline(assumed(node), palette.muted, ASSUMED_DASH) if node.is_assumed else ""
    if node.change:
        ink, dash = changes.colour(node.change, palette), changes.LOOKS[node.change].dash
        parts += _outline(changes.outline(node), ink, dash) + sign(node.change, changes.at_node(node, picture), palette)
    return parts


def _outline(box: Box, stroke: str, dash: str) -> str:
    dashed = attributes(stroke_dasharray=dash) if dash else ""
    size = attributes(x=box.x, y=box.y, width=box.w, height=box.h, rx=6, fill="none", stroke=stroke)
    return f"<rect{size}{attributes(stroke_width=1.6)}{dashed}/>"


def sign(change: Change, at: Point, palette: Palette) -> str:
    """Return the sign of a change in its shape."""
    look, box, (x, y) = changes.LOOKS[change], changes.around(at), at
    fill = attributes(fill=changes.colour(change, palette), stroke=palette.background, stroke_width=1.2)
    half = changes.SIZE / 2
    wide = half + 2
    shape = {
        "circle": f"<circle{attributes(cx=x, cy=y, r=half)}{fill}/>",
        "square": f"<rect{attributes(x=box.x, y=box.y, width=box.w, height=box.h, rx=2)}{fill}/>",
        "diamond": f'<path d="M{number(x)} {number(y - wide)}L{number(x + wide)} {number(y)}'
        f'L{number(x)} {number(y + wide)}L{number(x - wide)} {number(y)}Z"{fill}/>',
    }[look.shape]
    words = attributes(x=x, y=y + 4.6, font_size=13, fill=palette.background)
    return f'{shape}<text{words} font-weight="700" text-anchor="middle">{look.sign}</text>'


def broad(line: PlacedLine, palette: Palette) -> str:
    """Return the broad line beneath a connection that differs."""
    if not line.change:
        return ""
    look, stroke = changes.LOOKS[line.change], changes.colour(line.change, palette)
    dash = attributes(stroke_dasharray=look.dash) if look.dash else ""
    width = attributes(stroke=stroke, stroke_width=changes.BROAD, stroke_opacity=str(changes.OPACITY))
    return f'<path d="{rounded(line.points)}" fill="none" stroke-linejoin="round"{width}{dash}/>'
