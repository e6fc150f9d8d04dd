"""Connectors of PowerPoint: an orthogonal line as the preset elbow with the same bends, glued to both ends.

A preset starts level at its top left corner; flips and a quarter turn give every other way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from renderers.layout.picture import Box, LineKind, Point

_QUARTER = 5_400_000
_WHOLE = 100_000
#: Presets by the number of stretches.
_PRESETS = {1: "straightConnector1", 2: "bentConnector2", 3: "bentConnector3"}
#: Dashes of DrawingML that are nearest to those of our picture; the widths differ as there.
DASHES: dict[LineKind, str] = {
    "async": "dash", "image": "sysDot", "identity": "sysDash", "failure": "lgDashDot", "observe": "sysDashDotDot",
}  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """The geometry of a connector: its box before the turn, flips, and the preset with its adjustments."""

    box: Box
    preset: str
    adjustments: tuple[int, ...] = ()
    turned: bool = False
    flip_h: bool = False
    flip_v: bool = False


def pieces(points: tuple[Point, ...]) -> list[tuple[Point, ...]]:
    """Return a line as pieces of which each is a preset that every program draws alike: at most two bends, and no way back.

    LibreOffice draws presets with more bends as if they had two. A piece ends in the middle of a stretch.
    """
    if len(points) <= 4 and not _returns(points):
        return [points]
    cut = 2 if len(points) == 4 or _returns((*points[:3], _middle(points[2], points[3]))) else 3
    at = _middle(points[cut - 1], points[cut])
    return [(*points[:cut], at), *pieces((at, *points[cut:]))]


def _middle(a: Point, b: Point) -> Point:
    return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)


def _returns(points: tuple[Point, ...]) -> bool:
    """Return whether a line with two bends ends on the axis of its start, so that its preset would have no height."""
    level = min(abs(points[0][0] - points[-1][0]), abs(points[0][1] - points[-1][1])) < 0.5
    return len(points) == 4 and level


def shape(points: tuple[Point, ...]) -> Shape:
    """Return the connector that draws one of the `pieces` of a line."""
    (x1, y1), (x2, y2) = points[0], points[-1]
    dx, dy = x2 - x1, y2 - y1
    box = Box(min(x1, x2), min(y1, y2), abs(dx), abs(dy))
    stretches = len(points) - 1
    if stretches == 1:
        return Shape(box, _PRESETS[1], flip_h=dx < 0, flip_v=dy < 0)
    upright = abs(points[1][0] - x1) < 0.5
    shares = tuple(_shares(points, upright=upright, along=dy if upright else dx))
    if not upright:
        return Shape(box, _PRESETS[stretches], shares, flip_h=dx < 0, flip_v=dy < 0)
    lying = Box(box.cx - box.h / 2, box.cy - box.w / 2, box.h, box.w)
    return Shape(lying, _PRESETS[stretches], shares, turned=True, flip_h=dy < 0, flip_v=dx >= 0)


def _shares(points: tuple[Point, ...], *, upright: bool, along: float) -> Iterator[int]:
    """Yield the position of the segment between two bends, as a fraction of the distance from start to end."""
    axis = 1 if upright else 0
    for a, b in pairwise(points[1:-1]):
        yield round(_WHOLE * ((a[axis] + b[axis]) / 2 - points[0][axis]) / along)


def side(at: Point, box: Box) -> int:
    """Return the side of a rectangle that is nearest to a point: top, left, bottom or right (0 to 3)."""
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
    guides = "".join(f'<a:gd name="adj1" fmla="val {value}"/>' for value in placed.adjustments)
    return f'{frame}<a:prstGeom prst="{placed.preset}"><a:avLst>{guides}</a:avLst></a:prstGeom>'
