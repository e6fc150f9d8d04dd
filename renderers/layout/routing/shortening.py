"""Shortening: lines that make a long detour are routed again, and keep the new way where it is shorter and crosses hardly more."""

from itertools import pairwise

from renderers.layout.check import runs_through
from renderers.layout.crossings import crossings_of
from renderers.layout.picture import Point
from renderers.layout.placement import Placement
from renderers.layout.routing.foreign import foreign, homes
from renderers.layout.routing.route import route
from renderers.layout.routing.tidy import tidy
from renderers.layout.scene import Link

#: How much longer than the shortest way a line has to be, and how many of the longest such lines are routed again.
_DETOUR, _MOST = 80.0, 6
#: A crossing is worth so many pixels, a bend so many.
_CROSSING, _BEND = 200.0, 20.0


def shorten(placement: Placement) -> None:
    """Route the lines with the longest detours again."""
    long = [(detour(points), link) for link in placement.scene.links if (points := placement.routes.get(link.id))]
    long = [each for each in long if each[0] > _DETOUR]
    for _, link in sorted(long, key=lambda each: (-each[0], each[1].id))[:_MOST]:
        _try_again(link, placement)


def detour(points: tuple[Point, ...]) -> float:
    """Return by how much a line is longer than the shortest way between its ends."""
    direct = abs(points[0][0] - points[-1][0]) + abs(points[0][1] - points[-1][1])
    return _length(points) - direct


def _length(points: tuple[Point, ...]) -> float:
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(points))


def _try_again(link: Link, placement: Placement) -> None:
    before = dict(placement.routes), placement.tags.pop(link.id, None)
    cost = _cost(link, placement)
    del placement.routes[link.id]
    route(placement, [link])
    tidy(placement)
    if _cost(link, placement) >= cost:
        placement.routes = before[0]
        if before[1] is not None:
            placement.tags[link.id] = before[1]


def _cost(link: Link, placement: Placement) -> float:
    points, scene = placement.routes[link.id], placement.scene
    crossed = crossings_of((link.id,), placement.routes)
    through = sum(runs_through(points, placement.frames[frame]) for frame in foreign(link, scene, homes(scene)))
    return _length(points) + _BEND * len(points) + _CROSSING * (crossed + 10 * through)
