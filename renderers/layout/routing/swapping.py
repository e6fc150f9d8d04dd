"""Swapping: two lines that cross because their ports on one side of an item are in the wrong order change ports."""

from renderers.layout.crossings import crossings_of, line_crossings
from renderers.layout.picture import Point
from renderers.layout.placement import Placement
from renderers.layout.routing.tidy import is_clear
from renderers.layout.scene import Link


def swap_ports(placement: Placement) -> None:
    """Change the ports of two crossing lines where fewer lines cross for it."""
    links = {link.id: link for link in placement.scene.links}
    for pair in sorted({(min(pair), max(pair)) for pair in line_crossings(placement.routes)}):
        first, second = links[pair[0]], links[pair[1]]
        for is_start in (True, False):
            if _end(first, is_start=is_start) == _end(second, is_start=is_start):
                _swap(first, second, placement, is_start=is_start)


def _end(link: Link, *, is_start: bool) -> str:
    return link.source if is_start else link.target


def _swap(first: Link, second: Link, placement: Placement, *, is_start: bool) -> None:
    step = 1 if is_start else -1
    a, b = (placement.routes[link.id][::step] for link in (first, second))
    if min(len(a), len(b)) < 4:
        return
    side = next(
        (axis for axis in (0, 1) if abs(a[0][axis] - b[0][axis]) < 1 and _leaves(a, axis) and _leaves(b, axis)), None
    )
    if side is None:
        return
    before, tags = dict(placement.routes), dict(placement.tags)
    ids = (first.id, second.id)
    crossed = crossings_of(ids, before)
    placement.tags = {id: tag for id, tag in tags.items() if id not in ids}
    for turns in (False, True):
        for link, own, other in ((first, a, b), (second, b, a)):
            placement.routes[link.id] = _like(own, other, side, turns=turns)[::step]
        if crossings_of(ids, placement.routes) < crossed and all(
            _has_room(link, placement, step) for link in (first, second)
        ):
            return
    placement.routes, placement.tags = before, tags


def _leaves(points: tuple[Point, ...], axis: int) -> bool:
    """Tell whether the first stretch of a line runs along an axis."""
    return abs(points[0][1 - axis] - points[1][1 - axis]) < 1


def _like(own: tuple[Point, ...], other: tuple[Point, ...], axis: int, *, turns: bool) -> tuple[Point, ...]:
    """Return a line that begins where another does, and may turn where it does."""
    turn, port = (other if turns else own)[1][axis], other[0][1 - axis]
    moved = ((own[0][axis], port), (turn, port), (turn, own[2][1 - axis]))
    return (*(point if axis == 0 else (point[1], point[0]) for point in moved), *own[3:])


def _has_room(link: Link, placement: Placement, step: int) -> bool:
    points = placement.routes[link.id][::step]
    ends = (link.source, link.target)
    return all(is_clear(link.id, points[at], points[at + 1], ends, placement) for at in (0, 1, 2))
