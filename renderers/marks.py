"""Marks: a triangle on an edge with an exceeded budget, and an outline around assumed parts."""

from collections.abc import Iterable, Iterator
from itertools import pairwise, product
from math import hypot

from renderers.layout.picture import Box, Picture, PlacedLine, PlacedNode, Point

SIZE = 17.0
#: The dash of the outline around what is assumed.
ASSUMED_DASH = "3 3"
_ASSUMED_GAP = 4.0
_SHARES = (0.5, 0.35, 0.65, 0.2, 0.8)
#: How far the middle of a mark beside a line is from it.
_TOUCHING = SIZE / 2 + 1


def assumed(node: PlacedNode) -> Box:
    """Return the outline around the icon of a part that is assumed."""
    return node.box.grown(_ASSUMED_GAP)


def mark_at(line: PlacedLine, picture: Picture) -> Point:
    """Return the position of the mark of a line: on its longest segment, without covering texts or icons if possible."""
    return free_places(line, picture)[0]


def free_places(line: PlacedLine, picture: Picture) -> list[Point]:
    """Return the positions of marks on a line that overlap no words and icons, else those just beside it, else all on it."""
    obstacles = [other.tag.box for other in picture.lines if other.tag] + [node.whole for node in picture.nodes]
    obstacles += [group.title.box for group in picture.groups] + [state.box for state in picture.states]
    places = list(_places(line))

    def free(among: Iterable[Point]) -> list[Point]:
        return [at for at in among if not any(box.overlaps(_box(at)) for box in obstacles)]

    return free(places) or free(_beside(line)) or places


def triangle(at: Point) -> str:
    """Return the SVG path of a mark."""
    half = SIZE / 2
    return f"M{at[0]:.1f} {at[1] - half:.1f}L{at[0] + half:.1f} {at[1] + half - 1:.1f}H{at[0] - half:.1f}Z"


def _box(at: Point) -> Box:
    return Box(at[0] - SIZE / 2, at[1] - SIZE / 2, SIZE, SIZE)


def _stretches(line: PlacedLine) -> list[tuple[Point, Point]]:
    return sorted(pairwise(line.points), key=lambda ends: -hypot(ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]))


def _beside(line: PlacedLine) -> Iterator[Point]:
    """Yield positions at which a mark touches a short line, which has no room for both a mark and its words."""
    for (x1, y1), (x2, y2) in _stretches(line):
        away = (0.0, _TOUCHING) if abs(y1 - y2) < abs(x1 - x2) else (_TOUCHING, 0.0)
        for share, sign in product(_SHARES, (1, -1)):
            yield x1 + (x2 - x1) * share + sign * away[0], y1 + (y2 - y1) * share + sign * away[1]


def _places(line: PlacedLine) -> Iterator[Point]:
    for (x1, y1), (x2, y2) in _stretches(line):
        yield from ((x1 + (x2 - x1) * share, y1 + (y2 - y1) * share) for share in _SHARES)
