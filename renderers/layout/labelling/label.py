"""Label: a free place beside its line for each tag that has none, or whose line has moved."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from renderers.layout.picture import Box, Point, around, stretch
from renderers.layout.placement import Placement
from renderers.layout.routing.tidy import solids
from renderers.layout.scene import CIRCLE, Link

_GAP = 5.0
_AIR, _LEAST_AIR = 4.0, 1.0
_STEP = 14.0
_FAR = 1000.0


def label(placement: Placement, earlier: Mapping[str, Box] = MappingProxyType({})) -> None:
    """Place the missing tags. If there is no space for the label, only the number is shown and the legend has the label.

    Tags that had a place before the last lines were drawn take it again where it is still free, and beside the line.
    """
    missing = [
        link
        for link in placement.scene.links
        if link.tag_w and link.id in placement.routes and link.id not in placement.tags
    ]
    for link in missing:
        box = earlier.get(link.id)
        if box is None or not is_beside(box, placement.routes[link.id]):
            continue
        if not any(box.grown(_AIR).overlaps(other) for other in _obstacles(placement)):
            placement.tags[link.id] = box
    for link in missing:
        if link.id not in placement.tags:
            place_tag(link, placement)


def is_beside(box: Box, points: tuple[Point, ...]) -> bool:
    """Return whether a tag stands beside a line."""
    return any(box.overlaps(stretch(a, b).grown(2 * _GAP)) for a, b in pairwise(points))


def place_tag(link: Link, placement: Placement) -> None:
    """Give a link a tag: its words where they find a place, else its number."""
    whole = (link.tag_w, link.tag_h)
    alone = [(CIRCLE, CIRCLE, _AIR)] if link.step is not None else []
    reach = around([stretch(a, b) for a, b in pairwise(placement.routes[link.id])]).grown(max(*whole, CIRCLE) + 20)
    obstacles = [box for box in _obstacles(placement) if box.overlaps(reach, -_AIR)]
    for wide, tall, air in [(*whole, _AIR), (*whole, _LEAST_AIR), *alone]:
        box = _free(wide, tall, air, placement.routes[link.id], placement, obstacles)
        if box is not None:
            placement.tags[link.id] = box
            return


def reworded(placement: Placement, links: Sequence[Link]) -> None:
    """Give lines that have only their numbers the words of links where these find a place on no border in a picture as large."""
    worded = {link.id: link for link in links}
    placement.scene = replace(placement.scene, links=tuple(worded.get(link.id, link) for link in placement.scene.links))
    bounds = placement.bounds()
    for link in placement.scene.links:
        number = placement.tags.pop(link.id, None)
        if number is not None:
            borders = [side for box in placement.frames.values() for side in _sides(box)]
            obstacles = [*_obstacles(placement), *_around(bounds), *borders]
            sizes = [(link.tag_w, link.tag_h, air) for air in (_AIR, _LEAST_AIR) if link.words.w]
            found = (_free(*size, placement.routes[link.id], placement, obstacles) for size in sizes)
            placement.tags[link.id] = next((box for box in found if box is not None), number)


def _around(bounds: Box) -> list[Box]:
    """Return what lies around a rectangle."""
    wide, tall = bounds.w + 2 * _FAR, bounds.h + 2 * _FAR
    return [
        Box(bounds.x - _FAR, bounds.y - _FAR, wide, _FAR - _AIR), Box(bounds.x - _FAR, bounds.bottom + _AIR, wide, _FAR),
        Box(bounds.x - _FAR, bounds.y - _FAR, _FAR - _AIR, tall), Box(bounds.right + _AIR, bounds.y - _FAR, _FAR, tall),
    ]  # fmt: skip


def wordless(placement: Placement) -> int:
    """Return the number of lines whose label found no space."""
    wide = {id: box.w for id, box in placement.tags.items()}
    return sum(wide.get(link.id, 0.0) < link.tag_w - 0.5 for link in placement.scene.links if link.words.w)


def _free(
    wide: float, tall: float, clear: float, points: tuple[Point, ...], placement: Placement, obstacles: Sequence[Box]
) -> Box | None:
    """Return the best place that overlaps nothing; crossing a border is allowed, at a cost."""
    borders = [side for box in placement.frames.values() for side in _sides(box)]
    best, least = None, float("inf")
    for cost, box in _candidates(wide, tall, points):
        if cost >= least:
            break
        air = box.grown(clear)
        price = cost + 40 * sum(air.overlaps(side) for side in borders)
        if price < least and not any(air.overlaps(other) for other in obstacles):
            best, least = box, price
    return best


def _obstacles(placement: Placement) -> list[Box]:
    """Return the rectangles that tags must not overlap."""
    lines = [stretch(a, b).grown(1) for route in placement.routes.values() for a, b in pairwise(route)]
    return solids(placement) + lines


def _sides(box: Box) -> list[Box]:
    return [
        Box(box.x, box.y - 1, box.w, 2), Box(box.x, box.bottom - 1, box.w, 2),
        Box(box.x - 1, box.y, 2, box.h), Box(box.right - 1, box.y, 2, box.h),
    ]  # fmt: skip


def _candidates(wide: float, tall: float, points: tuple[Point, ...]) -> list[tuple[float, Box]]:
    """Return places beside each stretch: above, below, left and right, the middle of long level stretches first."""
    places: list[tuple[float, Box]] = []
    for a, b in pairwise(points):
        level = abs(a[1] - b[1]) < 0.5
        length = abs(a[0] - b[0]) + abs(a[1] - b[1])
        need = wide if level else tall
        slack = max(0.0, (length - need) / 2 - _GAP)
        base = (
            (0.0 if level else 12.0) + (0.0 if length > need + 12 else 60.0 + need - length) - min(length, 300.0) / 20
        )
        for offset in sorted({0.0, *_offsets(slack)}, key=lambda value: (abs(value), value)):
            x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
            cost = base + abs(offset) / 12
            if level:
                left = x + offset - wide / 2
                places.append((cost, Box(left, y - _GAP - tall, wide, tall)))
                places.append((cost + 1, Box(left, y + _GAP, wide, tall)))
            else:
                top = y + offset - tall / 2
                places.append((cost, Box(x + _GAP + 2, top, wide, tall)))
                places.append((cost + 1, Box(x - _GAP - 2 - wide, top, wide, tall)))
    return sorted(places, key=lambda pair: pair[0])


def _offsets(slack: float) -> list[float]:
    steps = int(slack // _STEP)
    return [sign * step * _STEP for step in range(1, steps + 1) for sign in (-1, 1)]
