"""Connectors of PowerPoint: an orthogonal line as the preset elbow with the same bends, glued to both ends.

A preset starts level at its top left corner; flips and a quarter turn give every other way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from renderers.layout.picture import Box, LineKind, Point

_QUARTER = 5_400_000
_WHOLE = 100_000
#: Presets by the number of stretches, and which share of width (0) or height (1) each of their adjustments is.
_PRESETS = {1: "straightConnector1", 2: "bentConnector2", 3: "bentConnector3", 4: "bentConnector4", 5: "bentConnector5"}
#: Dashes of DrawingML that are nearest to those of our picture; the widths differ as there.
DASHES: dict[LineKind, str] = {
    "async": "dash", "image": "sysDot", "identity": "sysDash", "failure": "lgDashDot", "observe": "sysDashDotDot",
}  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """The geometry of a connector: its box before the turn, flips, and the preset with its adjustments.

    `path` holds the points in the box where no preset has the bends.
    """

    box: Box
    preset: str
    adjustments: tuple[int, ...] = ()
    turned: bool = False
    flip_h: bool = False
    flip_v: bool = False
    path: tuple[Point, ...] = ()


def shape(points: tuple[Point, ...]) -> Shape:
    """Return the connector that draws a line."""
    (x1, y1), (x2, y2) = points[0], points[-1]
    dx, dy = x2 - x1, y2 - y1
    box = Box(min(x1, x2), min(y1, y2), abs(dx), abs(dy))
    stretches = len(points) - 1
    if stretches == 1:
        return Shape(box, _PRESETS[1], flip_h=dx < 0, flip_v=dy < 0)
    if stretches not in _PRESETS or min(box.w, box.h) < 0.5:
        return _free(points)
    upright = abs(points[1][0] - x1) < 0.5
    along, across = (dy, dx) if upright else (dx, dy)
    shares = tuple(round(_WHOLE * share) for share in _shares(points, upright=upright, along=along, across=across))
    if not upright:
        return Shape(box, _PRESETS[stretches], shares, flip_h=dx < 0, flip_v=dy < 0)
    lying = Box(box.cx - box.h / 2, box.cy - box.w / 2, box.h, box.w)
    return Shape(lying, _PRESETS[stretches], shares, turned=True, flip_h=dy < 0, flip_v=dx >= 0)


def _shares(points: tuple[Point, ...], *, upright: bool, along: float, across: float) -> Iterator[float]:
    """Yield where each bend lies, as a share of the way from start to end: along, across, along."""
    first, other = (1, 0) if upright else (0, 1)
    for number, (a, b) in enumerate(pairwise(points[1:-1])):
        axis, whole = (first, along) if number % 2 == 0 else (other, across)
        yield ((a[axis] + b[axis]) / 2 - points[0][axis]) / whole


def _free(points: tuple[Point, ...]) -> Shape:
    left, top = min(x for x, _ in points), min(y for _, y in points)
    box = Box(left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top)
    return Shape(box, "", path=tuple((x - left, y - top) for x, y in points))


def side(at: Point, box: Box) -> int:
    """Return the side of a box that is nearest to a point: top, left, bottom or right (0 to 3)."""
    away = (abs(at[1] - box.y), abs(at[0] - box.x), abs(at[1] - box.bottom), abs(at[0] - box.right))
    return away.index(min(away))


def geometry(placed: Shape, scale: float) -> str:
    """Return the geometry as DrawingML."""
    box = placed.box
    turn = f' rot="{_QUARTER}"' if placed.turned else ""
    flips = "".join(f' {name}="1"' for name, on in (("flipH", placed.flip_h), ("flipV", placed.flip_v)) if on)
    frame = (
        f'<a:xfrm{turn}{flips}><a:off x="{round(box.x * scale)}" y="{round(box.y * scale)}"/>'
        f'<a:ext cx="{round(box.w * scale)}" cy="{round(box.h * scale)}"/></a:xfrm>'
    )
    if not placed.path:
        names = ("adj1", "adj2", "adj3")
        guides = "".join(
            f'<a:gd name="{name}" fmla="val {value}"/>' for name, value in zip(names, placed.adjustments, strict=False)
        )
        return f'{frame}<a:prstGeom prst="{placed.preset}"><a:avLst>{guides}</a:avLst></a:prstGeom>'
    way = [f'<a:pt x="{round(x * scale)}" y="{round(y * scale)}"/>' for x, y in placed.path]
    lines = "".join(f"<a:lnTo>{point}</a:lnTo>" for point in way[1:])
    size = f'w="{round(box.w * scale)}" h="{round(box.h * scale)}"'
    return (
        f'{frame}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path {size} fill="none"><a:moveTo>{way[0]}</a:moveTo>{lines}</a:path></a:pathLst></a:custGeom>'
    )
