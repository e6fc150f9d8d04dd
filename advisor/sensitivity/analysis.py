"""Sensitivity of a verdict: flip points, stability, the assumptions on which it depends, the next question."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from advisor.book import Book, DatedBook, dated
from advisor.requirements import Requirements
from advisor.requirements.answers import ORDERED, answers_of
from advisor.sensitivity.cells import Cell, open_fields, value_of
from advisor.sensitivity.completions import counterexample
from advisor.sensitivity.moves import Move
from advisor.sensitivity.ranges import DecidedRanges, decide_ranges
from advisor.sensitivity.sweep import Swept, next_above, stability, sweep
from advisor.verdict import Verdict, decide_workload
from advisor.vocabulary import Field

Relation = Literal["above", "at_least", "below", "at_most", "is"]


class FlipPoint(NamedTuple):
    """The nearest answer to a question at which a service changes, and the new service.

    `subject` is "" for the workload's own questions. A number flips `above`, `at_least`, `below` or `at_most` `at`.
    """

    subject: str
    field: str
    value: object
    stated: bool
    relation: Relation
    at: object
    moves: tuple[Move, ...]


class Analysis(NamedTuple):
    """Sensitivity of a verdict.

    `stability` is the share of (question, other cell) pairs that leave it unchanged. `holds` says whether it is the
    same for every completion of the unanswered questions and for all values of `ranges`; None means that the search
    ended before this was settled. If it is not the same, `carried_by` lists the questions, as (subject, field), whose
    assumed answers determine it.
    """

    verdict: Verdict
    swept: tuple[Swept, ...]
    flips: tuple[FlipPoint, ...]
    stability: float
    holds: bool | None
    carried_by: tuple[tuple[str, str], ...]
    ranges: DecidedRanges


def analyse(requirements: Requirements, book: Book | DatedBook) -> Analysis:
    """Return the sensitivity of the verdict on validated requirements, for a book and a date."""
    return analyse_verdict(decide_workload(answers_of(requirements), dated(book)), dated(book))


def analyse_verdict(verdict: Verdict, dated: DatedBook) -> Analysis:
    """Return the sensitivity of a verdict."""
    swept = sweep(dated, verdict)
    carried = tuple((s.subject, s.field.id) for s in swept if not s.stated and s.changing)
    ranges = decide_ranges(verdict, dated)
    holds: bool | None = not carried and ranges.holds
    if holds:
        changed_by = counterexample(dated, verdict, swept)
        holds = None if changed_by is None else not changed_by
        carried = tuple(changed_by or ())
    return Analysis(
        verdict=verdict,
        swept=swept,
        flips=_of_all(swept),
        stability=stability(swept),
        holds=holds,
        carried_by=carried,
        ranges=ranges,
    )


def flip_above(verdict: Verdict, dated: DatedBook, subject: str, field: Field) -> FlipPoint | None:
    """Return the flip point above the answer to a question about a number, without the rest of the analysis."""
    flip = _next_above(verdict, dated, subject, field)
    if flip is None:
        return None
    greater = {high for low, high in ORDERED if low == field.id}
    others = (_next_above(verdict, dated, subject, one) for one in open_fields(verdict, subject) if one.id in greater)
    return None if _is_carried(flip, _stated_changes(other for other in others if other is not None)) else flip


def _next_above(verdict: Verdict, dated: DatedBook, subject: str, field: Field) -> FlipPoint | None:
    found = next_above(dated, verdict, subject, field)
    if found is None:
        return None
    (_, cut, _), moves = found
    if cut is None:
        return None  # every answer changes the decision: there is no point at which it starts
    value, stated = value_of(verdict, subject, field.id), field.id in verdict.answers.of(subject)
    return FlipPoint(subject, field.id, value, stated, "above" if cut.side else "at_least", cut.value, moves)


def _of_all(swept: tuple[Swept, ...]) -> tuple[FlipPoint, ...]:
    """Return all flip points but those that only a greater answer carries."""
    flips = tuple(flip for one in swept for flip in _flips(one))
    stated = _stated_changes(flips)
    return tuple(flip for flip in flips if not _is_carried(flip, stated))


def _stated_changes(flips: Iterable[FlipPoint]) -> set[tuple[object, ...]]:
    return {(flip.subject, flip.field, *flip[4:]) for flip in flips if flip.stated}


def _is_carried(flip: FlipPoint, stated: set[tuple[object, ...]]) -> bool:
    """Return whether a flip point is merely reached by raising a stated greater answer along, such as the peak."""
    return any(low == flip.field and (flip.subject, high, *flip[4:]) in stated for low, high in ORDERED)


def _flips(swept: Swept) -> list[FlipPoint]:
    if swept.field.kind != "quantity":
        return [
            _flip(swept, "is", cell.sample, moves)
            for cell, moves in zip(swept.cells, swept.moves, strict=True)
            if moves
        ]
    at = -1 if swept.at is None else swept.at
    above = next((n for n in range(at + 1, len(swept.cells)) if swept.moves[n]), None)
    below = next((n for n in range(at - 1, -1, -1) if swept.moves[n]), None)
    flips = []
    if below is not None:
        flips.append(_edge(swept, swept.cells[below], swept.moves[below], upward=False))
    if above is not None:
        flips.append(_edge(swept, swept.cells[above], swept.moves[above], upward=True))
    return flips


def _edge(swept: Swept, cell: Cell, moves: tuple[Move, ...], *, upward: bool) -> FlipPoint:
    cut = cell.low if upward else cell.high
    if cut is None:
        return _flip(swept, "is", cell.sample, moves)
    relation: Relation = ("above" if cut.side else "at_least") if upward else ("at_most" if cut.side else "below")
    return _flip(swept, relation, cut.value, moves)


def _flip(swept: Swept, relation: Relation, at: object, moves: tuple[Move, ...]) -> FlipPoint:
    return FlipPoint(
        subject=swept.subject,
        field=swept.field.id,
        value=swept.value,
        stated=swept.stated,
        relation=relation,
        at=at,
        moves=moves,
    )
