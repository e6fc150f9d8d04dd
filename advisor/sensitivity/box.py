"""Boxes: an interval for each of several answers; and the point at which a monotonic fact passes a threshold.

An end that is left out is the next float, so every interval is closed.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

Place = tuple[str, str]
_MOST_STEPS = 120


class Interval(NamedTuple):
    """The numbers from `low` to `high`, both included."""

    low: float
    high: float


class Box(NamedTuple):
    """A box: an interval for each of several answers, and constraints on facts that follow from several of them."""

    sides: Mapping[Place, Interval]
    held: Mapping[Place, Interval]


def corner(box: Box, end: str) -> dict[Place, float]:
    """Return the corner of a box with the "low" or the "high" end of every interval."""
    return {place: side.low if end == "low" else side.high for place, side in box.sides.items()}


def at_end(value: float, side: Interval) -> bool:
    """Return whether a value equals an end of an interval within rounding error, so that a cut there is pointless."""
    return math.isclose(value, side.low, rel_tol=1e-12) or math.isclose(value, side.high, rel_tol=1e-12)


def linear(follow: Callable[[float], Any], side: Interval, threshold: float) -> float | None:
    """Return the linear estimate of where a fact reaches a threshold, or None if it does not grow."""
    low, high = follow(side.low), follow(side.high)
    if not isinstance(low, int | float) or not isinstance(high, int | float) or high <= low:
        return None
    return side.low + (threshold - low) / (high - low) * (side.high - side.low)


def least_passing(passed: Callable[[float], bool], side: Interval, *, whole: bool, guess: float | None = None) -> float:
    """Return the least value between two, of which only the higher one passes, that passes too.

    Whatever is above a passing value passes as well. With `whole` only whole numbers count.
    """
    low, high = side
    for near in _beside(guess, whole):
        if low < near < high:
            low, high = (low, near) if passed(near) else (near, high)
    for _ in range(_MOST_STEPS):
        middle = math.floor((low + high) / 2) if whole else (low + high) / 2
        if middle <= low or middle >= high:
            break
        low, high = (low, middle) if passed(middle) else (middle, high)
    return high


def _beside(guess: float | None, whole: bool) -> Iterator[float]:
    """Yield numbers just below and just above a guess, so that a right one ends the search at once."""
    if guess is None:
        return
    if whole:
        yield from (float(math.floor(guess)), float(math.floor(guess)) + 1.0)
        return
    yield guess
    for away in (4, 1):
        near = guess
        for _ in range(away):
            near = math.nextafter(near, -math.inf)
        yield near
    yield math.nextafter(guess, math.inf)
