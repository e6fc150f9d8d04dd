"""Computes the positions of the groups on an axis: as compact as the constraints allow, and close to the connected groups."""

from collections.abc import Mapping
from math import inf

from renderers.layout.compacting.axis import Axis, Key
from renderers.layout.compacting.distances import Constraints

_SWEEPS = 24


def solve(axis: Axis, constraints: Constraints) -> dict[Key, int]:
    """Return the displacement of each group; the result satisfies all constraints that hold initially."""
    solver = _Solver(axis, constraints)
    low = solver.earliest()
    high = solver.latest(low)
    places = {group: (low[group] + high[group]) // 2 for group in solver.groups}
    moved = True
    for number in range(_SWEEPS):
        moved, before = solver.sweep(places, low, high, backwards=number % 2 == 1), moved
        if not moved and not before:
            break
    solver.centre(places, low, high)
    return places


class _Solver:
    """The groups of an axis with their predecessors and successors."""

    def __init__(self, axis: Axis, constraints: Constraints) -> None:
        self.axis = axis
        self.first: dict[Key, float] = {}
        self.last: dict[Key, float] = {}
        for part in axis.parts:
            group = axis.group(part.key)
            if part.low < self.first.get(group, inf):
                self.first[group] = part.low
            if part.high > self.last.get(group, -inf):
                self.last[group] = part.high
        self.groups = sorted(self.first, key=lambda group: (self.first[group], self.last[group], str(group)))
        self.before: dict[Key, list[tuple[Key, int]]] = {group: [] for group in self.groups}
        self.after: dict[Key, list[tuple[Key, int]]] = {group: [] for group in self.groups}
        for (a, b), slack in constraints.items():
            if a in self.after and b in self.before:
                self.before[b].append((a, slack))
                self.after[a].append((b, slack))
        self.pulls = self._pulls()

    def _pulls(self) -> dict[Key, list[tuple[Key, float]]]:
        """Return for each group the groups that it is drawn to, each with the distance at which both would meet."""
        pulls: dict[Key, list[tuple[Key, float]]] = {group: [] for group in self.groups}

        def add(a: Key, b: Key, apart: float) -> None:
            first, second = self.axis.group(a), self.axis.group(b)
            if first != second and first in pulls and second in pulls:
                pulls[first].append((second, apart))

        for pull in self.axis.pulls:
            add(pull.low_key, pull.high_key, pull.high - pull.low)
            add(pull.high_key, pull.low_key, pull.low - pull.high)
        for part, pull in self.axis.tagged:
            middle = (part.low + part.high) / 2
            add(part.key, pull.low_key, pull.low - middle)
            add(part.key, pull.high_key, pull.high - middle)
        return pulls

    def earliest(self) -> dict[Key, int]:
        """Return the least distances: everything as far to the start as it can go."""
        start = min(self.first.values(), default=0.0)
        places = {group: -int(self.first[group] - start) for group in self.groups}
        changed = True
        while changed:
            changed = False
            for group in self.groups:
                least = max((places[other] - slack for other, slack in self.before[group]), default=places[group])
                if least > places[group]:
                    places[group], changed = least, True
        return places

    def latest(self, earliest: Mapping[Key, int]) -> dict[Key, int]:
        """Return the greatest distances with which nothing goes beyond the end of the earliest ones."""
        end = max((self.last[group] + earliest[group] for group in self.groups), default=0.0)
        places = {group: int(end - self.last[group] + 1e-6) if end >= self.last[group] else -int(self.last[group] - end + 1 - 1e-6)
                  for group in self.groups}  # fmt: skip
        changed = True
        while changed:
            changed = False
            for group in reversed(self.groups):
                most = min((places[other] + slack for other, slack in self.after[group]), default=places[group])
                if most < places[group]:
                    places[group], changed = most, True
        return places

    def sweep(
        self, places: dict[Key, int], low: Mapping[Key, int], high: Mapping[Key, int], *, backwards: bool
    ) -> bool:
        """Move each group to the middle of its connected groups, as far as space allows; borders shrink.

        Tell whether anything moved.
        """
        moved = False
        for group in reversed(self.groups) if backwards else self.groups:
            pulls = self.pulls[group]
            if not pulls and group[0] != "side":
                continue
            least, most = self._room(group, places, low, high)
            if group[0] == "side":
                wanted = most if group[2] == 0 else least
            else:
                wanted = round(sum(places[other] + apart for other, apart in pulls) / len(pulls))
            place = max(least, min(most, wanted))
            moved = moved or place != places[group]
            places[group] = place
        return moved

    def centre(self, places: dict[Key, int], low: Mapping[Key, int], high: Mapping[Key, int]) -> None:
        """Centre a single element within its border, as far as there is space."""
        for item, sides in self.axis.alone():
            group = self.axis.group(item.key)
            start, end = (side.low + places[self.axis.group(side.key)] for side in sides)
            least, most = self._room(group, places, low, high)
            places[group] = max(least, min(most, round((start + end - item.low - item.high) / 2)))

    def _room(
        self, group: Key, places: Mapping[Key, int], low: Mapping[Key, int], high: Mapping[Key, int]
    ) -> tuple[int, int]:
        """Return the least and the most that a group can move while all others stay."""
        least, most = low[group], high[group]
        for other, slack in self.before[group]:
            place = places[other] - slack
            if place > least:
                least = place
        for other, slack in self.after[group]:
            place = places[other] + slack
            if place < most:
                most = place
        return least, most
