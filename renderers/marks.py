"""The mark on an edge whose budget is exceeded: a triangle in free space."""

from collections.abc import Iterator
from itertools import pairwise
from math import hypot

from renderers.layout.picture import Box, Picture, PlacedLine, Point

SIZE = 17.0
_SHARES = (0.5, 0.35, 0.65, 0.2, 0.8)


def mark_at(line: PlacedLine, picture: Picture) -> Point:
    """Return the position of the mark of a line: on its longest segment, clear of labels and icons if possible."""
    obstacles = [other.tag.box for other in picture.lines if other.tag] + [node.whole for node in picture.nodes]
    obstacles += [group.title.box for group in picture.groups] + [state.box for state in picture.states]
    places = list(_places(line))
    free = (at for at in places if not any(box.overlaps(_box(at)) for box in obstacles))
    return next(free, places[0])


def triangle(at: Point) -> str:
    """Return the SVG path of a mark."""
    half = SIZE / 2
    return f"M{at[0]:.1f} {at[1] - half:.1f}L{at[0] + half:.1f} {at[1] + half - 1:.1f}H{at[0] - half:.1f}Z"


def _box(at: Point) -> Box:
    return Box(at[0] - SIZE / 2, at[1] - SIZE / 2, SIZE, SIZE)


def _places(line: PlacedLine) -> Iterator[Point]:
    stretches = sorted(pairwise(line.points), key=lambda ends: -hypot(ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]))
    for (x1, y1), (x2, y2) in stretches:
        yield from ((x1 + (x2 - x1) * share, y1 + (y2 - y1) * share) for share in _SHARES)
