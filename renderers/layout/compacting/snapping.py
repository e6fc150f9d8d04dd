"""Snapping: icons that nearly stand in one row or column get a common middle; the ends of lines slide along their sides for it.

Compaction keeps lines straight whose ports are off the middle, so that icons miss each other by some pixels.
"""

from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

from renderers.layout.compacting.axis import Axis, Key
from renderers.layout.compacting.distances import constraints
from renderers.layout.placement import Placement
from renderers.layout.routing.tidy import merged

#: How far apart middles may be that are put in line, and how far anything is moved for it.
_REACH, _FARTHEST = 30.0, 36.0
_SAME = 0.05
_SWEEPS = 6


def snap(placement: Placement) -> None:
    """Put icons that nearly stand in line exactly in line, as far as all distances allow."""
    for along in (0, 1):
        axis = Axis(placement, along, ports_slide=True)
        snapper = _Snapper(axis)
        for pair in _askew(axis):
            snapper.align(pair)
        snapper.centre_lines()
        for pair in _jogs(axis):
            snapper.straighten(pair)
        axis.move(snapper.places)
    placement.routes = {id: merged(points) for id, points in placement.routes.items()}


class _Pair(NamedTuple):
    """Two items, and how much further the middle of the second is along the axis than that of the first."""

    first: Key
    second: Key
    ahead: float


def _askew(axis: Axis) -> list[_Pair]:
    """Return the pairs of items that are nearly in line, neighbours before others: icons, or states of one machine."""
    boxes = axis.placement.items
    items = axis.placement.scene.items
    found: list[tuple[float, float, _Pair]] = []
    for a, b in combinations(items, 2):
        if a.machine != b.machine:
            continue
        one, other = boxes[a.id], boxes[b.id]
        apart = (other.cx - one.cx, other.cy - one.cy)
        ahead, across = apart[axis.along], apart[1 - axis.along]
        if abs(ahead) <= _REACH:
            pair = _Pair(axis.group(("item", a.id)), axis.group(("item", b.id)), ahead)
            found.append((abs(across), abs(ahead), pair))
    return [pair for *_, pair in sorted(found, key=lambda each: each[:2])]


def _jogs(axis: Axis) -> list[_Pair]:
    """Return the pairs of stretches between which a line makes a small jog."""
    pairs = (_Pair(axis.group(jog.first), axis.group(jog.second), jog.ahead) for jog in axis.jogs)
    return [pair for pair in pairs if pair.first != pair.second]


class _Snapper:
    """The displacements of the groups of an axis, between which all distances hold at any time."""

    def __init__(self, axis: Axis) -> None:
        self.axis = axis
        self.places: dict[Key, float] = {axis.group(part.key): 0.0 for part in axis.parts}
        self.before: dict[Key, dict[Key, float]] = {group: {} for group in self.places}
        self.after: dict[Key, dict[Key, float]] = {group: {} for group in self.places}
        self.limits = constraints(axis)
        for (a, b), slack in self.limits.items():
            if a in self.after and b in self.before:
                self.after[a][b] = self.before[b][a] = slack
        for pair in _jogs(axis):
            self._limit(*_in_order(pair), 0)

    def _limit(self, a: Key, b: Key, slack: float) -> None:
        """Let the second group come nearer the first by no more than a slack."""
        slack = min(slack, self.after[a].get(b, slack))
        self.after[a][b] = self.before[b][a] = slack

    def align(self, pair: _Pair) -> bool:
        """Give two items a common middle, where one of them can be moved to the other; they stay in line from then on."""
        first, second, ahead = pair
        missing = ahead + self.places[second] - self.places[first]
        if first == second or abs(missing) > _REACH:
            return False
        low, high = (first, second) if missing > 0 else (second, first)
        ways = (self._moved(low, abs(missing), high), self._moved(high, -abs(missing), low))
        moved = min((way for way in ways if way is not None), key=_amount, default=None)
        if moved is None:
            return False
        self.places |= moved
        apart = self.places[second] - self.places[first]
        self._limit(first, second, -apart)
        self._limit(second, first, apart)
        return True

    def straighten(self, pair: _Pair) -> None:
        """Give two stretches of a line one place, where nothing is in the way; else their jog stays at least as large as it is."""
        low, high = _in_order(pair)
        del self.after[low][high], self.before[high][low]
        if (low, high) in self.limits:
            self._limit(low, high, self.limits[low, high])
        if not self.align(pair):
            self._limit(low, high, 0)

    def _moved(self, group: Key, by: float, fixed: Key) -> dict[Key, float] | None:
        """Return the new places of what moves if a group does; None where it would move a fixed one, or anything too far."""
        limits, sign = (self.after, 1.0) if by > 0 else (self.before, -1.0)
        found = {group: self.places[group] + by}
        todo = [group]
        while todo:
            at = todo.pop(0)
            if abs(found[at]) > _FARTHEST or at == fixed:
                return None
            for other, slack in limits[at].items():
                wanted = sign * found[at] - slack
                if wanted > sign * found.get(other, self.places[other]) + _SAME:
                    found[other] = sign * wanted
                    todo.append(other)
        return found

    def centre_lines(self) -> None:
        """Let each line whose ports slide follow the items at its ends, as far as there is space."""
        ends: dict[Key, list[Key]] = {}
        for port in self.axis.ports:
            ends.setdefault(self.axis.group(port.line), []).append(self.axis.group(port.item))
        for number in range(_SWEEPS):
            for line in reversed(ends) if number % 2 else ends:
                wanted = sum(self.places[item] for item in ends[line]) / len(ends[line])
                least = max((self.places[other] - slack for other, slack in self.before[line].items()), default=wanted)
                most = min((self.places[other] + slack for other, slack in self.after[line].items()), default=wanted)
                self.places[line] = max(least, min(most, round(wanted)))


def _in_order(pair: _Pair) -> tuple[Key, Key]:
    return (pair.first, pair.second) if pair.ahead > 0 else (pair.second, pair.first)


def _amount(moved: Mapping[Key, float]) -> float:
    return sum(abs(place) for place in moved.values())
