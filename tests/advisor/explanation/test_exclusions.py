"""Answers that exclude each other are found by search over the whole vocabulary, and named as the smallest sets."""

import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, count, product, takewhile
from typing import Any

import pytest

import rules
from advisor.book import dated
from advisor.explanation.conflicts import conflict_of
from advisor.explanation.resolutions import resolutions
from advisor.explanation.subject_context import SubjectContext
from advisor.requirements.answers import ORDERED, WORKLOAD, AnsweredSubject, Answers
from advisor.requirements.starts import STARTED_BY
from advisor.sensitivity.cells import cells
from advisor.text import Text
from advisor.verdict import Verdict, decide_workload
from advisor.vocabulary import ENGINE_FIELDS, Field

BOOK = dated(rules.load_book())
KINDS = ("component", "channel", "store")
PAIRS = {"component": 200, "channel": 60, "store": 10}
TRIPLES = 3000
#: Flags that count only when they are set, so that giving one up is an answer of its own.
DEMANDED = {field.id for fields in ENGINE_FIELDS.values() for field in fields if field.demand and field.kind == "flag"}
Place = tuple[str, str]
Given = tuple[tuple[Place, Any], ...]


def verdict_on(kind: Any, given: Given) -> Verdict:
    answers = Answers({}, {"it": AnsweredSubject("it", kind, {}, {})})
    for (subject, field), value in given:
        answers = answers.changed(subject, {field: value})
    return decide_workload(answers, BOOK)


def empty(kind: str, given: Given) -> frozenset[str]:
    """Return the roles of a lone subject that no candidate fits."""
    chosen = verdict_on(kind, given).subjects["it"].chosen
    return frozenset(c.table.role.id for c in chosen if c.service is None)


def values(verdict: Verdict, subject: str, field: Field) -> list[Any]:
    """Return one answer of each cell of a question; of a demand that it is made."""
    if field.kind in ("destinations", "choices"):
        return [(option.value,) for option in field.options]
    if field.kind == "flag" and field.demand:
        return [True]
    return [cell.sample for cell in cells(BOOK, verdict, subject, field)]


def single_answers(kind: str) -> Given:
    verdict = verdict_on(kind, ())
    asked = [("it", field) for field in ENGINE_FIELDS[kind]] + [
        (WORKLOAD, field) for field in ENGINE_FIELDS["workload"]
    ]
    return tuple(
        ((subject, field.id), value)
        for subject, field in asked
        if field.kind not in ("link", "links", "text")
        for value in values(verdict, subject, field)
    )


def conflicts(kind: str, given: Given) -> Iterator[tuple[str, list[set[Place]], int]]:
    """Yield each role that nothing fits, with the smallest sets of answers that its conflict names, and its ways out."""
    verdict = verdict_on(kind, given)
    context = SubjectContext(BOOK, verdict.subjects["it"])
    for chosen in context.decided.chosen:
        if chosen.service is None:
            conflict = conflict_of(verdict, context, chosen, Text.same("it"))
            yield chosen.table.role.id, [set(fields) for fields in conflict.sets], len(conflict.ways_out)  # type: ignore[misc]


@pytest.mark.parametrize("kind", KINDS)
def test_two_answers_that_exclude_each_other_are_a_conflict_with_a_way_out(kind: str) -> None:
    """Every pair of answers of the vocabulary: where each alone leaves something and both leave nothing, they are named."""
    alone = [answer for answer in single_answers(kind) if not empty(kind, (answer,))]
    excluding = [pair for pair in combinations(alone, 2) if pair[0][0] != pair[1][0] and empty(kind, pair)]
    assert len(excluding) >= PAIRS[kind]
    unnamed = []
    for pair in excluding:
        fields = {field for (_, field), _ in pair}
        if not any(fields - _asking(role) in sets and ways for role, sets, ways in conflicts(kind, pair)):
            unnamed.append(pair)
    assert unnamed == []


def _asking(role: str) -> set[str]:
    """Return the trigger where a role exists because of it: it is no part of the role's conflicts."""
    return {atom.field for atom in BOOK.book.role(role).when} & {"trigger"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_smallest_sets_are_those_that_brute_force_finds(kind: str) -> None:
    """Three answers at random: a set excludes itself when no other answers to the rest leave something."""
    draw = random.Random(f"triples of a {kind}")
    answers = [answer for answer in single_answers(kind) if answer[0][1] != "destinations"]
    other: dict[Place, list[Any]] = defaultdict(list)
    for place, value in answers:
        other[place].append(value)
        if value is True and place[1] in DEMANDED:
            other[place].append(False)
    compared = 0
    for _ in range(TRIPLES):
        given = tuple(draw.sample(answers, 3))
        places = tuple(place for place, _ in given)
        if len(set(places)) == 3 and not _disordered(given) and empty(kind, given):
            possible = {place: [*other[place], *_taken_back(kind, place, places)] for place in places}
            for role, named, _ in conflicts(kind, given):
                compared += 1
                assert sorted(map(sorted, named)) == sorted(map(sorted, _smallest(kind, given, role, possible))), given
    assert compared >= 30


BUDGET, RECORDS, RABBITMQ = (
    ((WORKLOAD, "budget_month_usd"), 6.13),
    (("it", "carries"), "records"),
    (("it", "migrates_from"), "rabbitmq-jms"),
)


def test_answers_that_exclude_only_after_another_has_changed_are_named() -> None:
    """The budget excludes itself with either of the others, and is met without both."""
    assert not empty("channel", (BUDGET,))
    assert list(conflicts("channel", (BUDGET, RECORDS, RABBITMQ))) == [
        ("messaging", [{"budget_month_usd", "carries"}, {"budget_month_usd", "migrates_from"}], 2)
    ]


def test_a_search_that_is_cut_names_answers_that_do_exclude_each_other_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = (BUDGET, RECORDS, RABBITMQ)
    verdict = verdict_on("channel", given)
    context = SubjectContext(BOOK, verdict.subjects["it"])
    chosen = next(c for c in context.decided.chosen if c.service is None)
    whole = resolutions(verdict, context, chosen)
    assert not whole.cut
    cut = list(takewhile(lambda found: found.cut, (resolutions(verdict, context, chosen, most=n) for n in count(1))))
    assert len(cut) > 1
    for found in cut:
        assert empty("channel", tuple((place, value) for place, value in given if place in found.behind))
        assert found.ways.items() <= whole.ways.items()
    monkeypatch.setattr("advisor.explanation.conflicts.resolutions", lambda *_: cut[-1])
    conflict = conflict_of(verdict, context, chosen, Text.same("it"))
    assert len(conflict.sets) == 1
    assert "ended early" in conflict.sentence.en
    assert "打ち切りました" in conflict.sentence.ja


def _disordered(given: Given) -> bool:
    """Whether one answer moves another along, so that two of them cannot be given up one by one."""
    fields = {field for (_, field), _ in given}
    return any(low in fields and high in fields for low, high in ORDERED)


def _taken_back(kind: str, place: Place, places: tuple[Place, ...]) -> list[None]:
    """Return None, as no answer, for what starts a component by being answered at all."""
    subject, field = place
    starts = kind == "component" and subject == "it" and field in STARTED_BY and ("it", "trigger") not in places
    return [None] if starts else []


def _smallest(kind: str, given: Given, role: str, other: dict[Place, list[Any]]) -> list[set[str]]:
    others_empty = empty(kind, given) - {role}
    # A stated start is no part of the conflict of a role that is there by it.
    fixed = {("it", atom.field) for atom in BOOK.book.role(role).when if atom.field == "trigger"}

    def resolved(free: tuple[Place, ...]) -> bool:
        kept = tuple(answer for answer in given if answer[0] not in free)
        for changed in product(*(other[place] for place in free)):
            left = empty(kind, (*kept, *zip(free, changed, strict=True)))
            if role not in left and left <= others_empty:
                return True
        return False

    places = [place for place, _ in given if place not in fixed]
    sets = [set(chosen) for size in range(4) for chosen in combinations(places, size)]
    excluding = [s for s in sets if not resolved(tuple(place for place in places if place not in s))]
    return [{field for _, field in s} for s in excluding if not any(smaller < s for smaller in excluding)]
