"""Evaluates ranges: whether the verdict holds for every value, or where it changes."""

import math
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from advisor.book import DatedBook
from advisor.requirements.answers import WORKLOAD
from advisor.sensitivity.box import Interval, Place
from advisor.sensitivity.boxes import BoxSearch, Decided
from advisor.sensitivity.moves import Move, moved
from advisor.verdict import Verdict
from advisor.vocabulary import Range

#: How many ranges are decided with each other; the others are taken at what the design is drawn for.
MOST_TOGETHER = 3


class Stretch(NamedTuple):
    """An interval of a range with the same services, both ends included, and the changes from the drawn value."""

    low: float
    high: float
    moves: tuple[Move, ...]


class DecidedRange(NamedTuple):
    """One range, split where the services change; `subject` is `WORKLOAD` for the workload's own answers.

    The other answers are as drawn. `together` says whether it was decided with the other ranges as well.
    """

    subject: str
    field: str
    range: Range
    stretches: tuple[Stretch, ...]
    together: bool

    @property
    def holds(self) -> bool:
        """Whether the services are the same for every value."""
        return not any(stretch.moves for stretch in self.stretches)

    @property
    def share(self) -> float:
        """The share of its stretches in which the services are others than those drawn."""
        return sum(bool(stretch.moves) for stretch in self.stretches) / len(self.stretches)


class Combination(NamedTuple):
    """Values of several ranges that only in combination change the services."""

    values: tuple[tuple[str, str, float], ...]
    moves: tuple[Move, ...]


class DecidedRanges(NamedTuple):
    """All ranges of a workload, each evaluated separately, and the changes that only combinations cause.

    `settled` is False where a search was given up: then more may change than is said.
    """

    ranges: tuple[DecidedRange, ...]
    combinations: tuple[Combination, ...]
    settled: bool

    @property
    def holds(self) -> bool:
        """Whether the services are the same for all values of all ranges."""
        return self.settled and not self.combinations and all(decided.holds for decided in self.ranges)

    def without(self, places: Collection[Place]) -> "DecidedRanges":
        """Return the ranges but those of some questions."""
        return self._replace(ranges=tuple(d for d in self.ranges if (d.subject, d.field) not in places))


_NONE = DecidedRanges((), (), True)


def decide_ranges(verdict: Verdict, dated: DatedBook) -> DecidedRanges:
    """Return the verdicts for all values of the ranges."""
    ranges = dict(_ranges_of(verdict))
    if not ranges:
        return _NONE
    search = BoxSearch(dated, verdict)
    sides = {place: _interval(stated) for place, stated in ranges.items()}
    joined = {place: sides[place] for place in [*sides][:MOST_TOGETHER]}
    parts_of_all = search.run(joined)
    if len(joined) == len(sides) and parts_of_all is not None and not _turning(verdict, parts_of_all):
        return _all_hold(ranges, sides)
    settled = parts_of_all is not None
    decided = []
    for place, side in sides.items():
        parts = parts_of_all if len(sides) == 1 else search.run({place: side})
        settled = settled and parts is not None
        decided.append(_decided(verdict, place, ranges[place], parts or [], together=place in joined))
    combinations = _combinations(verdict, parts_of_all or [], decided)
    return DecidedRanges(tuple(decided), combinations, settled)


def _turning(verdict: Verdict, parts: list[Decided]) -> bool:
    return any(moved(verdict.services, part.services) for part in parts)


def _ranges_of(verdict: Verdict) -> Iterable[tuple[Place, Range]]:
    for subject in (WORKLOAD, *verdict.answers.subjects):
        for field, stated in verdict.answers.ranges_of(subject).items():
            yield (subject, field), stated


def _interval(stated: Range) -> Interval:
    """Return the values of a range; an exclusive end is replaced by the next representable float."""
    low = math.nextafter(stated.low, math.inf) if stated.low_open else stated.low
    high = math.nextafter(stated.high, -math.inf) if stated.high_open else stated.high
    return Interval(low, high)


def _all_hold(ranges: Mapping[Place, Range], sides: Mapping[Place, Interval]) -> DecidedRanges:
    return DecidedRanges(
        tuple(
            DecidedRange(subject, field, stated, (Stretch(*sides[subject, field], ()),), together=True)
            for (subject, field), stated in ranges.items()
        ),
        (),
        settled=True,
    )


def _decided(verdict: Verdict, place: Place, stated: Range, parts: list[Decided], *, together: bool) -> DecidedRange:
    stretches: list[Stretch] = []
    for part in sorted(parts, key=lambda part: part.box.sides[place].low):
        low, high = part.box.sides[place]
        moves = moved(verdict.services, part.services)
        if stretches and stretches[-1].moves == moves:
            stretches[-1] = stretches[-1]._replace(high=high)
        else:
            stretches.append(Stretch(low, high, moves))
    return DecidedRange(*place, stated, tuple(stretches), together)


def _combinations(verdict: Verdict, parts: list[Decided], decided: list[DecidedRange]) -> tuple[Combination, ...]:
    """Return the verdicts that only combinations of ranges cause, each with sample values."""
    alone = {stretch.moves for one in decided for stretch in one.stretches}
    found: dict[tuple[Move, ...], Combination] = {}
    for part in parts:
        moves = moved(verdict.services, part.services)
        if moves and moves not in alone and moves not in found:
            found[moves] = Combination(tuple((*place, value) for place, value in part.point.items()), moves)
    return tuple(found.values())
