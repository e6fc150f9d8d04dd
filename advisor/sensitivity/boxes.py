"""Computes the exact set of verdicts in a range of answers, by splitting it at limits and rules.

All facts grow with the numbers that they follow from (`derived_facts.FOLLOWS`) between the turns of those numbers, so what
a fact can be in a box lies between its values at the two corners.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from advisor.book import DatedBook
from advisor.book.condition import Atom
from advisor.requirements.answers import ORDERED, AnsweredSubject, Answers
from advisor.sensitivity.box import Box, Interval, Place, at_end, corner, least_passing, linear
from advisor.sensitivity.cells import field_of, kind_of, turns_of
from advisor.sensitivity.doubts import Doubt, Ends, between, bounds_in, choose, doubtful_fact, place_of, values_in
from advisor.verdict import Services, Verdict, revised
from advisor.verdict.derived_facts import known_subject, known_workload
from advisor.verdict.rule_matrix import PRIORITIES, rule_tables

_MOST_BOXES = 400


class Decided(NamedTuple):
    """A box with a constant verdict, and a sample answer for each constraint."""

    box: Box
    point: Mapping[Place, float]
    services: dict[str, Services]


class BoxSearch:
    """The search over a range of answers about a workload; `run` returns the boxes with a constant verdict."""

    def __init__(self, dated: DatedBook, verdict: Verdict) -> None:
        self.dated, self.verdict = dated, verdict
        self._computes = {id: decided.services.get("compute") for id, decided in verdict.subjects.items()}
        self._verdicts: dict[tuple[tuple[Place, float], ...], Verdict] = {}

    def run(self, sides: Mapping[Place, Interval]) -> list[Decided] | None:
        """Return the boxes with a constant verdict, or None if the search exceeded some hundred boxes."""
        parts: list[Decided] = []
        stack = self._between_turns(Box(dict(sides), {}))
        for _ in range(_MOST_BOXES):
            if not stack:
                return parts
            box = stack.pop()
            doubt = self._doubt(box)
            if doubt is not None:
                stack += reversed(self._split(box, doubt))
            elif (point := self._witness(box)) is not None:
                parts.append(Decided(box, point, self.at(point).services))
        return None

    def _between_turns(self, box: Box) -> list[Box]:
        """Return a box split where derived facts are not monotonic in an answer."""
        boxes = [box]
        for place, side in box.sides.items():
            above = [cut.value for cut in turns_of(place[1])]
            firsts = [most + 1.0 if self._whole(place) else math.nextafter(most, math.inf) for most in above]
            edges = [side.low, *sorted(first for first in firsts if side.low < first <= side.high)]
            boxes = [part for one in boxes for part in self._parts(one, place, edges)]
        return boxes

    def at(self, point: Mapping[Place, float]) -> Verdict:
        """Return the verdict with the answers of a point."""
        key = tuple(point.items())
        verdict = self._verdicts.get(key)
        if verdict is None:
            verdict = self.verdict
            for subject, changes in _by_subject(point).items():
                verdict = revised(verdict, subject, changes, self.dated)
            self._verdicts[key] = verdict
        return verdict

    def _doubt(self, box: Box) -> Doubt | None:
        """Return a fact on which the verdict within a box depends, or None if the verdict is constant."""
        low, high = self.at(corner(box, "low")), self.at(corner(box, "high"))
        for subject, decided in low.subjects.items():
            ends = decided.known.values, high.subjects[subject].known.values
            if ends[0] == ends[1]:
                continue
            strict = any(c.passed or c.service is None for v in (low, high) for c in v.subjects[subject].chosen)
            doubt = self._doubt_of(box, decided.subject, ends, strict=strict)
            if doubt is not None:
                return doubt
        return None

    def _doubt_of(self, box: Box, subject: AnsweredSubject, ends: Ends, *, strict: bool) -> Doubt | None:
        """Return a fact on which the choices for one subject depend; `ends` are the facts at the two corners.

        With `strict` the choices depend on each other, so that no limit or rule may be open.
        """
        if box.held:  # then the corners may lie outside, and so may what was chosen there
            ends = dict(ends[0]), dict(ends[1])
        for table in rule_tables(self.dated)[subject.kind]:
            must, may = bounds_in(box, subject.id, table, ends)
            open_ = (must ^ may) & table.judging if may & 1 else 0
            if not open_ and not box.held:
                continue
            possible = table.possible_services(must, may, (ends[0].get(PRIORITIES) or (),))
            pin = subject.pins.get(table.role.id)
            settled = not open_ or (must & 1 and not strict and (pin is not None or len(possible) == 1))
            if not settled:
                doubt = doubtful_fact(box, subject.id, table, open_, ends)
                if doubt is not None:
                    return doubt
            elif box.held:
                choose(subject.kind, table, pin or next(iter(possible)), ends, exists=bool(may & 1))
        return None

    def _split(self, box: Box, doubt: Doubt) -> list[Box]:
        """Return a box split so that the undecided comparison is decided, or closer to it, in each part."""
        own = place_of(doubt)
        order = [own] if own in box.sides else []
        order += [place for place in box.sides if place != own]
        least, most = values_in(box, doubt.subject, doubt.fact, self._facts(box, doubt.subject))
        number = isinstance(least, int | float) and not isinstance(least, bool)
        threshold = between(doubt.atom, least, most)[0]
        for place in order:
            parts = self._cut_along(box, place, doubt, threshold if number else None)
            if len(parts) > 1:
                return parts
        if not number:
            return self._halves(box)
        # The comparison comes out both ways whatever one of the answers is: the box is held to each of its outcomes.
        below = Interval(float(least), math.nextafter(threshold, -math.inf))
        return [box._replace(held={**box.held, own: part}) for part in (below, Interval(threshold, float(most)))]

    def _halves(self, box: Box) -> list[Box]:
        place, side = next((place, side) for place, side in box.sides.items() if side.low < side.high)
        middle = math.ceil((side.low + side.high) / 2) if self._whole(place) else (side.low + side.high) / 2
        first = middle if middle > side.low else side.high
        parts = (Interval(side.low, self._before(place, first)), Interval(first, side.high))
        return [box._replace(sides={**box.sides, place: part}) for part in parts]

    def _facts(self, box: Box, subject: str) -> Ends:
        low, high = (self.at(corner(box, end)) for end in ("low", "high"))
        return low.subjects[subject].known.values, high.subjects[subject].known.values

    def _cut_along(self, box: Box, place: Place, doubt: Doubt, threshold: float | None) -> list[Box]:
        """Split a box along one answer, at the values where the fact can start and must start to pass the threshold."""
        side = box.sides[place]
        if place == place_of(doubt) and threshold is not None and not self._is_adjusted(box, place):
            exact = math.ceil(threshold) if self._whole(place) else threshold
            return self._parts(box, place, [side.low, exact])
        firsts = {
            first
            for end in ("low", "high")
            if (first := self._first(box, place, end, doubt, threshold)) is not None and first > side.low
        }
        if place != place_of(doubt) and not self._whole(place) and self._follows_several(box, doubt):
            firsts = {first for first in firsts if not at_end(first, side)}
        return self._parts(box, place, [side.low, *sorted(firsts)])

    def _is_adjusted(self, box: Box, place: Place) -> bool:
        """Return whether an answer is bounded by another answer of the box."""
        pairs = [pair for pair in ORDERED if place[1] in pair]
        return any((place[0], field) in box.sides for pair in pairs for field in pair if field != place[1])

    def _parts(self, box: Box, place: Place, edges: list[float]) -> list[Box]:
        """Return a box split along one answer at the given edges."""
        side, parts = box.sides[place], []
        for number, start in enumerate(edges):
            end = self._before(place, edges[number + 1]) if number + 1 < len(edges) else side.high
            parts.append(box._replace(sides={**box.sides, place: Interval(start, end)}))
        return parts

    def _follows_several(self, box: Box, doubt: Doubt) -> bool:
        """Return whether a fact depends on more than one answer of a box."""
        low = corner(box, "low")
        start = self._fact(low, doubt)
        moving = [place for place, side in box.sides.items() if self._fact({**low, place: side.high}, doubt) != start]
        return len(moving) > 1

    def _before(self, place: Place, value: float) -> float:
        return value - 1.0 if self._whole(place) else math.nextafter(value, -math.inf)

    def _whole(self, place: Place) -> bool:
        return field_of(kind_of(self.verdict, place[0]), place[1]).unit == "count"

    def _first(self, box: Box, place: Place, end: str, doubt: Doubt, threshold: float | None) -> float | None:
        """Return the least value of an answer at which the fact is past the threshold, with the others at one end.

        Without a threshold it is where the fact is no longer what it is at the low corner. None when it never is.
        """
        point = corner(box, end)
        side = box.sides[place]
        start = self._fact(corner(box, "low"), doubt)

        def follow(value: float) -> Any:
            return self._fact({**point, place: value}, doubt)

        def passed(value: float) -> bool:
            fact = follow(value)
            return bool(fact != start) if threshold is None else bool(fact is not None and fact >= threshold)

        if not passed(side.high):
            return None
        if passed(side.low):
            return side.low
        guess = None if threshold is None else linear(follow, side, threshold)
        return least_passing(passed, side, whole=self._whole(place), guess=guess)

    def _fact(self, point: Mapping[Place, float], doubt: Doubt) -> Any:
        """Return the value of a fact at a point; a number follows from the answers alone."""
        if isinstance(self.verdict.subjects[doubt.subject].known.values.get(doubt.fact), bool):
            return self.at(point).subjects[doubt.subject].known.values.get(doubt.fact)
        answers = self._answers(point)
        workload = (
            known_workload(answers.workload) if any(not subject for subject, _ in point) else self.verdict.workload
        )
        return known_subject(answers, answers.subjects[doubt.subject], self._computes, workload).values.get(doubt.fact)

    def _answers(self, point: Mapping[Place, float]) -> Answers:
        answers = self.verdict.answers
        for subject, changes in _by_subject(point).items():
            answers = answers.changed(subject, changes)
        return answers

    def _witness(self, box: Box) -> Mapping[Place, float] | None:
        """Return a point of a box at which every constrained fact is in its interval, or None."""
        for point in self._points(box):
            if all(self._keeps(point, place, interval) for place, interval in box.held.items()):
                return point
        return None

    def _points(self, box: Box) -> Iterator[Mapping[Place, float]]:
        yield corner(box, "low")
        yield corner(box, "high")
        for place, interval in box.held.items():
            yield self._reaching(box, place, interval.low)

    def _reaching(self, box: Box, fact: Place, threshold: float) -> Mapping[Place, float]:
        """Return the point of a box at which a fact just reaches a threshold, with the earlier answers as small as possible."""
        doubt = Doubt(fact[0], fact[1], Atom(fact[1], "at_least", threshold))
        sides = dict(box.sides)
        for place in box.sides:
            first = self._first(Box(sides, {}), place, "high", doubt, threshold)
            if first is not None:
                sides[place] = Interval(first, first)
        return {place: side.low for place, side in sides.items()}

    def _keeps(self, point: Mapping[Place, float], fact: Place, interval: Interval) -> bool:
        value = self.at(point).subjects[fact[0]].known.values.get(fact[1])
        return value is not None and interval.low <= value <= interval.high


def _by_subject(point: Mapping[Place, float]) -> dict[str, dict[str, float]]:
    """Return the answers of a point by subject, each by question."""
    changes: dict[str, dict[str, float]] = {}
    for (subject, field), value in point.items():
        changes.setdefault(subject, {})[field] = value
    return changes
