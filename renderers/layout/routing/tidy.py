"""Lines as drawn: level and upright, without points that do nothing, without the small jogs that a layout leaves."""

from itertools import pairwise

from renderers.layout.picture import Box, Point, stretch
from renderers.layout.placement import Placement, text_box, title_box
from renderers.layout.scene import CORNER

_JOG = 16.0
_APART = 8.0


def tidy(placement: Placement) -> None:
    """Tidy every route of a placement; ends stay on the things they touch."""
    for id, points in placement.routes.items():
        placement.routes[id] = merged(_squared(points))
    for link in placement.scene.links:
        if link.id in placement.routes:
            _straighten(link.id, (link.source, link.target), placement)


def _squared(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Make stretches that are nearly upright or level exactly so; the later point follows the earlier one."""
    result = [points[0]] if points else []
    for x, y in points[1:]:
        px, py = result[-1]
        if abs(x - px) < 1.0:
            x = px
        elif abs(y - py) < 1.0:
            y = py
        result.append((x, y))
    return tuple(result)


def merged(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return the line without points in the middle of a straight stretch."""
    result: list[Point] = []
    for point in points:
        if result and _same(result[-1], point):
            continue
        if len(result) > 1 and _in_line(result[-2], result[-1], point):
            result.pop()
        result.append(point)
    return tuple(result)


def _same(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) < 0.05 and abs(a[1] - b[1]) < 0.05


def _in_line(a: Point, b: Point, c: Point) -> bool:
    return (abs(a[0] - b[0]) < 0.05 and abs(b[0] - c[0]) < 0.05) or (
        abs(a[1] - b[1]) < 0.05 and abs(b[1] - c[1]) < 0.05
    )


def _straighten(id: str, ends: tuple[str, str], placement: Placement) -> None:
    """Remove small jogs by aligning one side with the other, if nothing is in the way."""
    points = placement.routes[id]
    at = 1
    while at + 2 < len(points):
        moved = _without_jog(points, at, id, ends, placement)
        if moved is None:
            at += 1
        else:
            points, at = merged(moved), 1
    placement.routes[id] = points


def _without_jog(
    points: tuple[Point, ...], at: int, id: str, ends: tuple[str, str], placement: Placement
) -> tuple[Point, ...] | None:
    a, b = points[at], points[at + 1]
    across = 0 if abs(a[1] - b[1]) < 0.05 else 1
    if abs(a[across] - b[across]) > _JOG:
        return None
    for first, target in ((at - 1, b), (at + 1, a)):
        moved = list(points)
        for index in (first, first + 1):
            moved[index] = _with(points[index], across, target[across])
        if _ends_hold(moved, ends, placement) and is_clear(id, moved[first], moved[first + 1], ends, placement):
            return tuple(moved)
    return None


def _with(point: Point, axis: int, value: float) -> Point:
    return (value, point[1]) if axis == 0 else (point[0], value)


def _ends_hold(points: list[Point], ends: tuple[str, str], placement: Placement) -> bool:
    """Return whether the line still touches its two ends, away from their corners."""
    for id, (x, y) in ((ends[0], points[0]), (ends[1], points[-1])):
        box = touch_box(id, placement)
        on_side = abs(x - box.x) < 1.5 or abs(x - box.right) < 1.5
        if on_side and not box.y + _APART <= y <= box.bottom - _APART:
            return False
        if not on_side and not box.x + _APART <= x <= box.right - _APART:
            return False
    return True


def touch_box(id: str, placement: Placement) -> Box:
    """Return the rectangle whose sides lines touch: the icon and, in a top-to-bottom picture, its text."""
    box = placement.end_box(id)
    item = placement.scene.by_id.get(id)
    text = text_box(item, box) if item and placement.direction == "down" else None
    return Box(box.x, box.y, box.w, text.bottom - box.y) if text else box


def is_clear(id: str, a: Point, b: Point, ends: tuple[str, str], placement: Placement) -> bool:
    """Return whether a stretch of a line meets nothing solid, and runs along no other line."""
    lane = stretch(a, b).grown(_APART)
    if any(lane.overlaps(box) for box in solids(placement, ends)):
        return False
    upright = abs(a[0] - b[0]) < 0.05
    for other, points in placement.routes.items():
        for c, d in pairwise(points) if other != id else ():
            same_way = abs(c[0] - d[0]) < 0.05 if upright else abs(c[1] - d[1]) < 0.05
            if same_way and lane.overlaps(stretch(c, d), -0.5):
                return False
    return True


def solids(placement: Placement, ends: tuple[str, str] = ("", "")) -> list[Box]:
    """Return the elements that lines must not cross: icons, texts, states, titles and tags, except the ends of the line."""
    return [
        *placement.tags.values(),
        *(box for owner, box in owned_solids(placement) if owner not in ends or not owner),
    ]


def owned_solids(placement: Placement) -> list[tuple[str, Box]]:
    """Return icons, texts, states and titles; icons and states with their ids, as lines may touch their own ends."""
    boxes: list[tuple[str, Box]] = []
    for item in placement.scene.items:
        box = placement.items[item.id]
        text = text_box(item, box)
        boxes += [(item.id, box), ("", text)] if text else [(item.id, box)]
    for frame in placement.scene.frames:
        border = placement.frames[frame.id]
        boxes.append(("", title_box(frame, border, placement.slid.get(frame.id, 0.0))))
        if frame.corner:
            boxes.append(("", Box(border.x, border.y, CORNER, CORNER)))
    return boxes
