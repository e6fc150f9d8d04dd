"""Lines as drawn: level and upright, without points that do nothing, without the small jogs that a layout leaves."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from renderers.layout.picture import Box, Point, stretch
from renderers.layout.placement import Placement, text_box, title_box
from renderers.layout.scene import CORNER

_JOG = 16.0
APART = 8.0
_LANE = APART + 1


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
    if max(abs(a[0] - b[0]), abs(a[1] - b[1])) > _JOG:
        return None
    for first, moved in aligned(points, at):
        if ends_hold(moved, ends, placement) and is_clear(id, moved[first], moved[first + 1], ends, placement):
            return moved
    return None


def aligned(points: tuple[Point, ...], at: int) -> Iterator[tuple[int, tuple[Point, ...]]]:
    """Yield a line without the jog that begins at a point, with the stretch before or after it moved, and where that begins."""
    a, b = points[at], points[at + 1]
    across = 0 if abs(a[1] - b[1]) < 0.05 else 1
    for first, target in ((at - 1, b), (at + 1, a)):
        moved = list(points)
        for index in (first, first + 1):
            moved[index] = _with(points[index], across, target[across])
        yield first, tuple(moved)


def _with(point: Point, axis: int, value: float) -> Point:
    return (value, point[1]) if axis == 0 else (point[0], value)


def ends_hold(points: Sequence[Point], ends: tuple[str, str], placement: Placement) -> bool:
    """Return whether the line still touches its two ends, away from their corners."""
    for id, (x, y) in ((ends[0], points[0]), (ends[1], points[-1])):
        box = touch_box(id, placement)
        on_side = abs(x - box.x) < 1.5 or abs(x - box.right) < 1.5
        if on_side and not box.y + APART <= y <= box.bottom - APART:
            return False
        if not on_side and not box.x + APART <= x <= box.right - APART:
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
    lane = stretch(a, b).grown(APART)
    if any(lane.overlaps(box) for box in solids(placement, ends)):
        return False
    return is_alone(id, a, b, placement)


def is_alone(id: str, a: Point, b: Point, placement: Placement) -> bool:
    """Return whether a stretch of a line runs along no other line."""
    lane, upright = stretch(a, b).grown(APART), abs(a[0] - b[0]) < 0.05
    across = 0 if upright else 1
    for other, points in placement.routes.items():
        for c, d in pairwise(points) if other != id else ():
            # Compared by hand first: hardly any stretch of the hundreds of a large picture is beside this one.
            beside = -_LANE < c[across] - a[across] < _LANE and abs(c[across] - d[across]) < 0.05
            if beside and lane.overlaps(stretch(c, d), -0.5):
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
