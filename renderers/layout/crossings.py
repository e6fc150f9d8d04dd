"""Finds crossings between horizontal and vertical line segments."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import pairwise

from renderers.layout.picture import Point

_NEAR_END = 1.0


def line_crossings(lines: Mapping[str, tuple[Point, ...]]) -> list[tuple[str, str]]:
    """Return the pairs of crossing lines, one pair per crossing, given the points of each line."""
    stretches = [(id, a, b) for id, points in lines.items() for a, b in pairwise(points)]
    level = [(id, a[1], min(a[0], b[0]), max(a[0], b[0])) for id, a, b in stretches if abs(a[1] - b[1]) < 0.2]
    upright = [(id, a[0], min(a[1], b[1]), max(a[1], b[1])) for id, a, b in stretches if abs(a[0] - b[0]) < 0.2]
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
