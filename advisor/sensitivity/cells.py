"""Cells: the ranges of a question's answers within which every limit and rule treats all answers alike.

A number's domain is cut at every threshold that the book compares it with, and at every value at which a fact that
follows from it (rate x duration) crosses a threshold of its own. Cells are exact; no solver is needed.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from advisor.book import DatedBook
from advisor.book.condition import Atom
from advisor.requirements.answers import ORDERED, WORKLOAD, Answers
from advisor.requirements.consistency import persons_agree, reports
from advisor.requirements.orchestration import callers_of, orchestrates
from advisor.verdict import Verdict
from advisor.verdict.arrivals import RATES, fed_by
from advisor.verdict.derived_facts import FOLLOWS, known_subject
from advisor.verdict.direct_uploads import PASSED_BYTES
from advisor.verdict.known import Known, applies
from advisor.verdict.needs import WORKFLOW_ABOVE
from advisor.verdict.reach import MOST_KEYED_BYTES
from advisor.verdict.rule_matrix import rule_tables
from advisor.verdict.run_times import TURNS, classed
from advisor.vocabulary import ENGINE_FIELDS, Field

_BEFORE, _AFTER = 0, 1
_SETS = 64
_WHOLE = "whole_run_s"
# Questions with several answers of which mostly one is given.
_SELDOM_SEVERAL = ("waits_for",)
# Questions of which some options cannot be true beside other answers, and what says so.
_POSSIBLE = dict.fromkeys(("access", "event_source", "trigger"), reports) | dict.fromkeys(
    ("waits_for", "human_approval"), persons_agree
)


class Cut(NamedTuple):
    """A cut in the domain of a number: just below `value` (side 0: the value belongs above) or just above it (side 1)."""

    value: float
    side: int


class Cell(NamedTuple):
    """One cell: an answer in it, and for numbers the cuts below and above it (None at the ends of the domain)."""

    sample: Any
    low: Cut | None = None
    high: Cut | None = None


def field_of(kind: str, id: str) -> Field:
    """Return a question by its kind of subject and its id."""
    return next(f for f in ENGINE_FIELDS[kind] if f.id == id)


def kind_of(verdict: Verdict, subject: str) -> str:
    """Return the kind of a subject; the workload's own questions are of the kind "workload"."""
    return "workload" if subject == WORKLOAD else verdict.answers.subjects[subject].kind


def open_fields(verdict: Verdict, subject: str) -> tuple[Field, ...]:
    """Return the questions that apply to a subject and have cells: no links and no free texts but the Region.

    Of the hard requirements, only those that are made: one that is not made is neither assumed nor asked for. A rate
    that arrives from elsewhere is asked for there, and so is the size of items that clients upload.
    """
    values = verdict.workload.values if subject == WORKLOAD else verdict.subjects[subject].known.values
    stated = verdict.answers.of(subject)
    fields = [f for f in ENGINE_FIELDS[kind_of(verdict, subject)] if not f.demand or f.id in stated]
    with_cells = [f for f in fields if f.kind in ("choice", "choices", "flag", "quantity") or f.id == "region"]
    elsewhere = (
        set[str]()
        if subject == WORKLOAD
        else _asked_elsewhere(verdict.subjects[subject].known, kind_of(verdict, subject))
    )
    return tuple(f for f in with_cells if applies(f, values) and f.id not in elsewhere)


def _asked_elsewhere(known: Known, kind: str) -> set[str]:
    # A channel that carries at most so many messages may carry fewer: only an answer about itself says how many.
    rates = {*RATES} if known.follows and (known.rated or kind == "component") else set[str]()
    return known.because.keys() & (rates | {"item_bytes"})


def value_of(verdict: Verdict, subject: str, field: str) -> Any:
    """Return the value of a question: the answer, its default, or None."""
    values = verdict.workload.values if subject == WORKLOAD else verdict.subjects[subject].known.values
    return values.get(field)


def cells(dated: DatedBook, verdict: Verdict, subject: str, field: Field) -> tuple[Cell, ...]:
    """Return the cells of a question for a subject, in the order of its answers; only those that can be true."""
    if field.kind == "quantity":
        least, most = _bounds(verdict, subject, field)
        inside = replace(field, minimum=least or field.minimum, maximum=most or field.maximum)
        first, last = None if least is None else Cut(least, _BEFORE), None if most is None else Cut(most, _AFTER)
        cuts = _numeric_cuts(dated, verdict, subject, inside)
        return _stretches(inside, [first, *cuts, last], value_of(verdict, subject, field.id))
    options = _options(dated, verdict, subject, field)
    possible = _POSSIBLE.get(field.id)
    if possible is not None:
        return tuple(c for c in options if possible(verdict.answers.changed(subject, {field.id: c.sample})))
    return options


def _bounds(verdict: Verdict, subject: str, field: Field) -> tuple[float | None, float | None]:
    """Return the bounds of an unanswered part or total duration, given the stated answers."""
    answers = verdict.answers.of(subject)
    if field.id in answers:
        return None, None
    parts = [answers[low] for low, high in ORDERED if high == field.id == _WHOLE and low in answers]
    wholes = [answers[high] for low, high in ORDERED if low == field.id and high == _WHOLE and high in answers]
    return max(parts, default=None), min(wholes, default=None)


def other_answers(dated: DatedBook, verdict: Verdict, subject: str, field: str) -> tuple[Any, ...]:
    """Return one answer from each cell of a question but the current one, the nearest first.

    Of a question with several answers those that take or leave one of them; where one is needed, each alone as well.
    """
    question, now = field_of(kind_of(verdict, subject), field), value_of(verdict, subject, field)
    question_cells = cells(dated, verdict, subject, question)
    if question.kind == "choices" and not question.minimum:
        return tuple(cell.sample for cell in question_cells if len(set(cell.sample) ^ set(now or ())) == 1)
    at = cell_at(question_cells, now)
    order = sorted((n for n in range(len(question_cells)) if n != at), key=lambda n: abs(n - (at or 0)))
    return tuple(question_cells[n].sample for n in order)


def _options(dated: DatedBook, verdict: Verdict, subject: str, field: Field) -> tuple[Cell, ...]:
    if field.kind == "flag":
        return (Cell(False), Cell(True))
    if field.kind == "choice":
        return tuple(Cell(option.value) for option in field.options)
    if field.kind == "destinations":
        return tuple(Cell(kinds) for kinds in _fewer(value_of(verdict, subject, field.id) or ()))
    compared = _compared(dated, kind_of(verdict, subject)).get(field.id, ())
    if field.kind == "choices" and field.minimum:
        return tuple(Cell(chosen) for chosen in _alone_or_one_more(field, value_of(verdict, subject, field.id)))
    if field.kind == "choices":
        options = [o.value for o in field.options]
        sets = [tuple(c) for size in range(len(options) + 1) for c in combinations(options, size)]
        if field.id in _SELDOM_SEVERAL:
            now = value_of(verdict, subject, field.id)
            sets = sorted(_alike(compared, field.id, [now or (), *sets]), key=len)
        return tuple(Cell(chosen) for chosen in sets[:_SETS])
    compared_values = dict.fromkeys(v for atom in compared for v in atom.value)
    return tuple(Cell(value) for value in dict.fromkeys([*_one_per_class(compared, compared_values), field.default]))


def _alone_or_one_more(field: Field, now: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return each option alone, the current answer, and that with one option taken or left, but never none."""
    options = [option.value for option in field.options]
    toggled = [tuple(o for o in options if (o in now) != (o == one)) for one in options]
    return tuple(dict.fromkeys(s for s in (*((o,) for o in options), now, *toggled) if s))


def _fewer(kinds: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the destinations as they are, without each kind of them, and without any."""
    fewer = [tuple(k for k in kinds if k != left_out) for left_out in dict.fromkeys(kinds)]
    yield from dict.fromkeys((kinds, *fewer, ()))


def _alike(compared: Iterable[Atom], field: str, sets: list[Any]) -> list[Any]:
    """Return the first of all sets that the book and the derived facts cannot distinguish, and every set of one."""
    classes: dict[tuple[Any, ...], Any] = {}
    for chosen in sets:
        held = tuple(atom.holds({field: chosen}) for atom in compared)
        classes.setdefault((classed(field, chosen), *held, chosen if len(chosen) == 1 else None), chosen)
    return list(classes.values())


def likely(field: Field, field_cells: tuple[Cell, ...]) -> tuple[int, ...]:
    """Return the representative numbers of the cells, weighted by their count.

    Of a question to which several answers at once are rare these are the cells with one, and with none.
    """
    single = field.id in _SELDOM_SEVERAL
    return tuple(n for n, cell in enumerate(field_cells) if not single or len(cell.sample) <= 1)


def _one_per_class(compared: Iterable[Atom], values: Iterable[Any]) -> list[Any]:
    classes: dict[tuple[bool, ...], Any] = {}
    for value in values:
        classes.setdefault(tuple(value in atom.value for atom in compared), value)
    return list(classes.values())


def cell_at(field_cells: tuple[Cell, ...], value: Any) -> int | None:
    """Return the number of the cell that holds a value, or None if none does."""
    if (
        value.__class__ in (float, int)
        and field_cells
        and (field_cells[0].low or field_cells[0].high or len(field_cells) == 1)
    ):
        highs = [cell.high for cell in field_cells if cell.high]
        return bisect_right(highs, Cut(value, _AFTER - 0.5))  # type: ignore[arg-type]
    return next((n for n, cell in enumerate(field_cells) if cell.sample == value), None)


def _compared(dated: DatedBook, kind: str) -> Mapping[str, tuple[Atom, ...]]:
    """Return every comparison with each fact of a kind of subject; the workload's under their own ids."""
    by_kind = dated.kept.get("compared")
    if by_kind is None:
        atoms: dict[str, dict[str, list[Atom]]] = {"workload": {}, "component": {}, "channel": {}, "store": {}}
        for subject_kind, role_tables in rule_tables(dated).items():
            for column in (column for table in role_tables for column in table.columns):
                inside = column.field.startswith("workload.")
                at = atoms["workload" if inside else subject_kind]
                at.setdefault(column.field.removeprefix("workload."), []).extend(atom for _, atom in column.atoms)
        by_kind = {k: {f: tuple(dict.fromkeys(a)) for f, a in by_fact.items()} for k, by_fact in atoms.items()}
        dated.kept["compared"] = by_kind
    compared: Mapping[str, tuple[Atom, ...]] = by_kind[kind]
    return compared


def cuts_of(dated: DatedBook, kind: str, field: str) -> tuple[Cut, ...]:
    """Return the cuts of a fact at the thresholds that the book compares it with, in order."""
    return tuple(sorted({cut for atom in _compared(dated, kind).get(field, ()) for cut in cuts_of_atom(atom)}))


def cuts_of_atom(atom: Atom) -> list[Cut]:
    """Return the cuts at the thresholds of a comparison."""
    values = atom.value if isinstance(atom.value, tuple) else (atom.value,)
    numbers = [float(v) for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
    sides = {"above": [_AFTER], "at_most": [_AFTER], "at_least": [_BEFORE], "below": [_BEFORE]}
    return [Cut(number, side) for number in numbers for side in sides.get(atom.operator, [_BEFORE, _AFTER])]


def _numeric_cuts(dated: DatedBook, verdict: Verdict, subject: str, field: Field) -> list[Cut]:
    kind = kind_of(verdict, subject)
    cuts = set(cuts_of(dated, kind, field.id))
    if kind == "component":
        cuts.update(turns_of(field.id))
    for other in FOLLOWS[kind].get(field.id, ()):
        if other == "access":
            if "access" in verdict.subjects[subject].known.assumed:
                cuts.add(Cut(MOST_KEYED_BYTES, _AFTER))
            continue
        if verdict.subjects[subject].subject.answers.get(other) is None or _moves_along(field.id, other):
            follow = _following(verdict, subject, field.id, other)
            for cut in (*cuts_of(dated, kind, other), *(turns_of(other) if kind == "component" else ())):
                reached = _reached(follow, cut, field)
                if reached is not None:
                    cuts.add(reached)
    cuts.update(_cuts_of_followers(dated, verdict, subject, field))
    if field.id == "steps":  # with no more steps than that, all are components that are called
        cuts.add(Cut(float(len(verdict.answers.of(subject).get("calls", ()))), _AFTER))
    if field.unit == "count":
        cuts = {Cut(float(math.floor(c.value) + 1 if c.side else math.ceil(c.value)), _BEFORE) for c in cuts}
    return sorted(c for c in cuts if c > Cut(field.minimum, _BEFORE) and c < Cut(field.maximum, _AFTER))


def _cuts_of_followers(dated: DatedBook, verdict: Verdict, subject: str, field: Field) -> Iterator[Cut]:
    """Yield where an answer moves a fact of another part past a threshold."""
    for follower, facts in _followers(verdict.answers, subject, field.id):
        for other in facts:
            follow = _following(verdict, subject, field.id, other, follower)
            reached = (_reached(follow, cut, field) for cut in cuts_of(dated, kind_of(verdict, follower), other))
            yield from (cut for cut in reached if cut is not None)


def _followers(answers: Answers, subject: str, field: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the components and channels at which a stated rate or the items of a run arrive, and the flows of a step."""
    if field in (*RATES, "parallel_items"):
        for fed in sorted(fed_by(answers, subject)):
            yield fed, (*RATES, "concurrency") if answers.subjects[fed].kind == "component" else RATES
    if field == "longest_run_s":
        flows = filter(orchestrates, callers_of(answers, subject))
        yield from ((flow.id, ("longest_run_s", "whole_run_s")) for flow in flows)


def turns_of(field: str) -> tuple[Cut, ...]:
    """Return the values at which facts change although no rule has a threshold there."""
    more = {**WORKFLOW_ABOVE, "request_bytes": PASSED_BYTES}
    above = (*TURNS.get(field, ()), *([more[field]] if field in more else []))
    return tuple(Cut(most, _AFTER) for most in above)


def _moves_along(field: str, other: str) -> bool:
    return (field, other) in ORDERED or (other, field) in ORDERED


def _following(
    verdict: Verdict, subject: str, field: str, other: str, of: str | None = None
) -> Callable[[float], float]:
    """Return how a fact follows an answer about a subject: a fact of the same subject, or of another."""
    computes = {id: s.services.get("compute") for id, s in verdict.subjects.items()}

    def follow(value: float) -> float:
        answers = verdict.answers.changed(subject, {field: value})
        facts = known_subject(answers, answers.subjects[of or subject], computes, verdict.workload)
        return float(facts.values.get(other) or 0.0)

    return cache(follow)  # the ends of the domain are needed for every cut


def _reached(follow: Callable[[float], float], cut: Cut, field: Field) -> Cut | None:
    """Return the value of an answer at which a monotonic fact passes a cut."""

    def past(answer: float) -> bool:
        return follow(answer) > cut.value if cut.side == _AFTER else follow(answer) >= cut.value

    low, high = field.minimum, field.maximum
    if past(low) or not past(high):
        return None
    if field.unit == "count":
        return Cut(_first_count(past, math.ceil(low), math.floor(high)), _BEFORE)
    # Most facts are a multiple of the answer, or the answer and something else.
    for guess in (cut.value / follow(high) * high, low + cut.value - follow(low)):
        if low < guess < high and not past(guess * (1 - 1e-9)) and past(guess * (1 + 1e-9)):
            return Cut(float(f"{guess:.12g}"), cut.side)
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (low, middle) if past(middle) else (middle, high)
    return Cut(float(f"{high:.12g}"), cut.side)


def _first_count(past: Callable[[float], bool], low: int, high: int) -> float:
    """Return the smallest integer beyond a threshold, between one that is not beyond it and one that is."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if past(float(middle)) else (middle, high)
    return float(high)


def _stretches(field: Field, edges: list[Cut | None], now: Any) -> tuple[Cell, ...]:
    return tuple(Cell(_inside(field, low, high, now), low, high) for low, high in pairwise(edges))


def _inside(field: Field, low: Cut | None, high: Cut | None, now: Any) -> float:
    """Return the answer between two cuts that is nearest to the current one."""
    least = field.minimum if low is None else low.value
    most = field.maximum if high is None else high.value
    middle = (least + most) / 2 if high is not None else min(field.maximum, max(least * 2, least + 1))
    if high is not None and (low is None or (now is not None and now >= most)):
        return most if high.side == _AFTER else most - 1 if most - 1 >= least else middle
    if low is not None and low.side == _AFTER:
        return least + 1 if least + 1 < most else middle
    return least
