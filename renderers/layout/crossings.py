"""Finds crossings between horizontal and vertical line segments."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from renderers.layout.picture import Point

_NEAR_END = 1.0
_STRAIGHT = 0.2
#: A part of a line: whose it is, its place across, and where it begins and ends along.
_Stretch = tuple[str, float, float, float]


def line_crossings(lines: Mapping[str, tuple[Point, ...]]) -> list[tuple[str, str]]:
    """Return the pairs of crossing lines, one pair per crossing, given the points of each line."""
    level, upright = _stretches(lines, 1), _stretches(lines, 0)
    # Only the verticals between the ends of a horizontal are compared with it; there are thousands of others.
    from_left = sorted(range(len(upright)), key=lambda at: upright[at][1])
    xs = [upright[at][1] for at in from_left]
    found = []
    for line, y, left, right in level:
        between = from_left[bisect_right(xs, left + _NEAR_END) : bisect_left(xs, right - _NEAR_END)]
        for other, _, top, bottom in (upright[at] for at in sorted(between)):
            if top + _NEAR_END < y < bottom - _NEAR_END and line != other:
                found.append((line, other))
    return found


def crossings_of(ids: Collection[str], lines: Mapping[str, tuple[Point, ...]]) -> int:
    """Return how often some of the lines cross any line: the only crossings that change where only these lines do."""
    own = {id: lines[id] for id in ids}
    others = {id: points for id, points in lines.items() if id not in own}
    level, upright = _stretches(own, 1), _stretches(own, 0)
    return _crossed(level, [*upright, *_stretches(others, 0)]) + _crossed(_stretches(others, 1), upright)


def _crossed(level: Sequence[_Stretch], upright: Sequence[_Stretch]) -> int:
    return sum(
        left + _NEAR_END < x < right - _NEAR_END and top + _NEAR_END < y < bottom - _NEAR_END and line != other
        for line, y, left, right in level
        for other, x, top, bottom in upright
    )


def _stretches(lines: Mapping[str, tuple[Point, ...]], across: int) -> list[_Stretch]:
    """Return the parts of lines that run across an axis: upright ones across 0, level ones across 1."""
    along = 1 - across
    return [
        (id, a[across], a[along], b[along]) if a[along] < b[along] else (id, a[across], b[along], a[along])
        for id, points in lines.items()
        for a, b in pairwise(points)
        if -_STRAIGHT < a[across] - b[across] < _STRAIGHT
    ]
