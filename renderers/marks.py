"""Marks: a triangle on an edge with an exceeded budget, and an outline around assumed parts."""

from collections.abc import Iterator
from itertools import pairwise
from math import hypot

from renderers.layout.picture import Box, Picture, PlacedLine, PlacedNode, Point

SIZE = 17.0
#: The dash of the outline around what is assumed.
ASSUMED_DASH = "3 3"
_ASSUMED_GAP = 4.0
_SHARES = (0.5, 0.35, 0.65, 0.2, 0.8)


def assumed(node: PlacedNode) -> Box:
    """Return the outline around the icon of a part that is assumed."""
    return node.box.grown(_ASSUMED_GAP)


def mark_at(line: PlacedLine, picture: Picture) -> Point:
    """Return the position of the mark of a line: on its longest segment, without covering texts or icons if possible."""
    return free_places(line, picture)[0]


def free_places(line: PlacedLine, picture: Picture) -> list[Point]:
    """Return the positions of marks on a line that overlap no words and icons; all positions if there are none."""
    obstacles = [other.tag.box for other in picture.lines if other.tag] + [node.whole for node in picture.nodes]
    obstacles += [group.title.box for group in picture.groups] + [state.box for state in picture.states]
    places = list(_places(line))
    return [at for at in places if not any(box.overlaps(_box(at)) for box in obstacles)] or places


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
