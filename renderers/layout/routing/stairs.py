"""Stairs: a line of a finished layout that goes to the same side in two steps goes there in one, where there is room for it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from renderers.layout.check import runs_through
from renderers.layout.crossings import crossings_of
from renderers.layout.labelling.label import is_beside, place_tag
from renderers.layout.picture import Box, Point, stretch
from renderers.layout.placement import Placement
from renderers.layout.routing.foreign import foreign, homes
from renderers.layout.routing.tidy import APART, aligned, ends_hold, is_alone, merged, solids
from renderers.layout.scene import Link

#: How far a line stays away from a border that runs beside it, and from its own ends.
_BORDER, _END = 7.0, 2.0
#: How far it stays away from what it passed as near before.
_AIR = 4.0
#: The points of a line with one step, which has nothing to take out.
_PLAIN = 4


def level_stairs(placement: Placement) -> None:
    """Take every step out of a line that nothing needs: no line crosses more, comes nearer to anything, or loses its words."""
    held = homes(placement.scene)
    bounds = placement.bounds()
    for link in placement.scene.links:
        points = placement.routes.get(link.id, ())
        while len(points) > _PLAIN and (leveled := _leveled(link, placement, held, bounds)):
            points = leveled


def _leveled(
    link: Link, placement: Placement, held: Mapping[str, frozenset[str]], bounds: Box
) -> tuple[Point, ...] | None:
    """Take the first step out of a line that can be; return the line without it."""
    points, tag = placement.routes[link.id], placement.tags.pop(link.id, None)
    around, tried = solids(placement, (link.source, link.target)), set[tuple[Point, ...]]()
    for at in range(1, len(points) - 2):
        for moved in (merged(moved) for _, moved in aligned(points, at)):
            if moved in tried:
                continue
            tried.add(moved)
            if (
                _is_shorter(moved, points, link, placement)
                and _has_room(moved, points, link, placement, around)
                and _crosses_no_more(moved, points, link, placement, held)
            ):
                placement.routes[link.id] = moved
                if _keeps_words(link, tag, placement, bounds):
                    return moved
                placement.routes[link.id] = points
    if tag is not None:
        placement.tags[link.id] = tag
    return None


def _is_shorter(moved: tuple[Point, ...], points: tuple[Point, ...], link: Link, placement: Placement) -> bool:
    """Return whether a line has fewer bends, is as short, and still touches its ends from outside."""
    if len(moved) >= len(points) or _length(moved) > _length(points) + 1:
        return False
    ends = (link.source, link.target)
    own = (placement.items[id] for id in ends if id in placement.items)
    return ends_hold(moved, ends, placement) and not any(runs_through(moved, box, _END) for box in own)


def _has_room(
    moved: tuple[Point, ...], points: tuple[Point, ...], link: Link, placement: Placement, around: Sequence[Box]
) -> bool:
    """Return whether new stretches of a line run along nothing, and are near to nothing that the earlier ones were not."""
    known = set(pairwise(points))
    new = [each for each in pairwise(moved) if each not in known]
    if any(_hugs(a, b, placement) or not is_alone(link.id, a, b, placement) for a, b in new):
        return False
    lanes, earlier = [stretch(a, b) for a, b in new], [stretch(a, b).grown(APART) for a, b in pairwise(points)]
    wide, slim = [lane.grown(APART) for lane in lanes], [lane.grown(_AIR) for lane in lanes]
    near = [box for box in around if any(lane.overlaps(box) for lane in wide)]
    return not any(
        any(lane.overlaps(box) for lane in slim) or not any(lane.overlaps(box) for lane in earlier) for box in near
    )


def _crosses_no_more(
    moved: tuple[Point, ...],
    points: tuple[Point, ...],
    link: Link,
    placement: Placement,
    held: Mapping[str, frozenset[str]],
) -> bool:
    """Return whether a line crosses no more lines, and no other border of a group that holds neither of its ends."""
    frames = (placement.frames[id] for id in foreign(link, placement.scene, held))
    if any(runs_through(moved, frame) and not runs_through(points, frame) for frame in frames):
        return False
    crossed = (crossings_of((link.id,), {**placement.routes, link.id: line}) for line in (moved, points))
    return next(crossed) <= next(crossed)


def _length(points: tuple[Point, ...]) -> float:
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(points))


def _hugs(a: Point, b: Point, placement: Placement) -> bool:
    """Return whether a stretch runs along a border."""
    along = stretch(a, b).grown(_BORDER)
    upright = abs(a[0] - b[0]) < abs(a[1] - b[1])
    for box in placement.frames.values():
        far = (Box(box.right, box.y, 0, box.h), Box(box.x, box.bottom, box.w, 0))[not upright]
        near = (Box(box.x, box.y, 0, box.h), Box(box.x, box.y, box.w, 0))[not upright]
        if along.overlaps(near, -0.5) or along.overlaps(far, -0.5):
            return True
    return False


def _keeps_words(link: Link, tag: Box | None, placement: Placement, bounds: Box) -> bool:
    """Return whether the tag of a line stands beside its new way, or finds a place of the same size there."""
    if tag is None:
        return True
    points = placement.routes[link.id]
    if is_beside(tag, points) and not any(stretch(a, b).grown(1).overlaps(tag) for a, b in pairwise(points)):
        placement.tags[link.id] = tag
        return True
    place_tag(link, placement)
    found = placement.tags.get(link.id)
    if found is not None and found.w >= tag.w - 0.5 and bounds.holds(found):
        return True
    placement.tags.pop(link.id, None)
    return False
