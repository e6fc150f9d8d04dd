"""Paths of lines: corners rounded, arrow heads open as AWS draws them."""

from math import hypot

from renderers.layout.picture import Point

_RADIUS = 7.0
_HEAD = 7.0
_MARK, _MARK_AT = 3.6, 11.0


def _show(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def rounded(points: tuple[Point, ...]) -> str:
    """Return an SVG path through the points with rounded corners."""
    parts = [f"M{_show(points[0][0])} {_show(points[0][1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(_RADIUS, _length(before, corner) / 2, _length(corner, after) / 2)
        start, end = _towards(corner, before, radius), _towards(corner, after, radius)
        parts.append(f"L{_show(start[0])} {_show(start[1])}")
        parts.append(f"Q{_show(corner[0])} {_show(corner[1])} {_show(end[0])} {_show(end[1])}")
    parts.append(f"L{_show(points[-1][0])} {_show(points[-1][1])}")
    return "".join(parts)


def arrow_head(points: tuple[Point, ...]) -> str:
    """Return the SVG path of the open head at the end of a line."""
    tip, before = points[-1], points[-2]
    length = _length(before, tip) or 1.0
    dx, dy = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    back = (tip[0] - dx * _HEAD, tip[1] - dy * _HEAD)
    half = _HEAD * 0.62
    left = (back[0] - dy * half, back[1] + dx * half)
    right = (back[0] + dy * half, back[1] - dx * half)
    return "M" + "L".join(f"{_show(x)} {_show(y)}" for x, y in (left, tip, right))


def start_mark(points: tuple[Point, ...], mark: str) -> str:
    """Return the SVG path of a mark near the start of a line: a circle or a cross, distinguishable by shape alone."""
    (x1, y1), after = points[0], points[1]
    length = _length((x1, y1), after) or 1.0
    at = min(_MARK_AT, length / 2)
    x, y = x1 + (after[0] - x1) * at / length, y1 + (after[1] - y1) * at / length
    r = _MARK
    if mark == "ring":
        return f"M{_show(x - r)} {_show(y)}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"
    return "".join(f"M{_show(x - r)} {_show(y - r * way)}L{_show(x + r)} {_show(y + r * way)}" for way in (1, -1))


def _length(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _towards(a: Point, b: Point, distance: float) -> Point:
    length = _length(a, b) or 1.0
    return (a[0] + (b[0] - a[0]) * distance / length, a[1] + (b[1] - a[1]) * distance / length)


def circling(x: float, y: float) -> tuple[str, str]:
    """Return the paths of a small loop around a point and of its head: done again."""
    loop = f"M{_show(x + 3.4)} {_show(y - 2.4)}A4.2 4.2 0 1 0 {_show(x + 4.2)} {_show(y + 0.6)}"
    head = f"M{_show(x + 0.6)} {_show(y - 2.4)}L{_show(x + 3.6)} {_show(y - 2.4)}L{_show(x + 3.6)} {_show(y - 5.4)}"
    return loop, head
