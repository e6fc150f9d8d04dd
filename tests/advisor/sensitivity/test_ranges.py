"""Answers that are ranges: the verdict over all their values, compared with the engine's own at many of them."""

import math
import random
from typing import Any

import pytest

import rules
from advisor.book import Book, DatedBook, dated
from advisor.explanation.engine import decide
from advisor.requirements import make_requirements
from advisor.requirements.answers import WORKLOAD, Answers, answers_of
from advisor.sensitivity.moves import moved
from advisor.sensitivity.ranges import DecidedRanges, decide_ranges
from advisor.verdict import Verdict, decide_workload
from advisor.vocabulary import FIELDS, Field

PLACES = (
    "longest_run_s", "typical_run_s", "rate_average_rps", "rate_peak_rps", "memory_mib", "vcpu", "disk_mib", "parallel_items",
    "steps", "response_s", "request_bytes", "response_bytes", "connection_s",
    "wait_s", "whole_run_s",
)  # fmt: skip


def ranged(**answers: Any) -> Any:
    return answers_of(make_requirements({"components": [{"id": "job", **answers}]}))


def decided(book: Book, **answers: Any) -> DecidedRanges:
    return decide_ranges(decide_workload(ranged(**answers), dated(book)), dated(book))


def test_a_bound_below_the_limit_holds(book: Book) -> None:
    found = decided(book, trigger="message", longest_run_s="at most 10 min")
    assert found.holds
    assert found.ranges[0].range.reading == 600.0


def test_a_word_is_drawn_for_its_usual_value_and_its_whole_range_is_decided(book: Book) -> None:
    found = decided(book, trigger="message", longest_run_s="minutes")
    (one,) = found.ranges
    assert (one.range.low, one.range.high, one.range.reading) == (60.0, 3600.0, 600.0)
    assert not found.holds
    requirements = make_requirements({"components": [{"id": "job", "trigger": "message", "longest_run_s": "minutes"}]})
    decision = decide(requirements, book)
    assert decision.subject("job").service("compute") == "lambda"
    (said,) = decision.ranges
    assert "use 10 min, a usual value for this answer" in said.sentence.en
    assert "この回答に対する通常の値" in said.sentence.ja
    assert "With more than 15 min, Compute changes from AWS Lambda to Amazon ECS" in said.sentence.en
    assert "15 分超では、コンピューティングが「AWS Lambda」から「Amazon ECS」に" in said.sentence.ja


def test_a_range_across_the_limit_is_cut_there(book: Book) -> None:
    found = decided(book, trigger="message", longest_run_s="5-20 min", typical_run_s=30)
    (longest,) = found.ranges
    assert not longest.holds
    assert any(stretch.high == 900.0 for stretch in longest.stretches)
    assert longest.stretches[-1].moves == ()  # drawn for the cautious end
    assert ("job", "compute", "ecs", "lambda") in [move.plain for move in longest.stretches[0].moves]


def test_values_that_only_together_change_the_verdict_are_found(book: Book) -> None:
    """A rate and a duration that are each harmless beside the other's usual value."""
    found = decided(
        book, trigger="message", shape="steady", longest_run_s=900, typical_run_s="1-60 s, typically 1 s",
        rate_peak_rps="1-3000/s, typically 1/s",
    )  # fmt: skip
    assert found.combinations or not all(one.holds for one in found.ranges)


def _random_ranges(draw: random.Random, count: int) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    fields = {f.id: f for f in FIELDS["component"]}
    for field in fields.values():
        if field.id not in PLACES and field.kind in ("choice", "flag") and draw.random() < 0.3:
            answers[field.id] = draw.random() < 0.5 if field.kind == "flag" else draw.choice(field.options).value
    for id in draw.sample(PLACES, count):
        low, high = sorted((_number(draw, fields[id]), _number(draw, fields[id])))
        typical = "" if draw.random() < 0.5 else f", typically {draw.choice((low, high))}"
        answers[id] = f"{low} - {high}{typical}"
    return answers


def _number(draw: random.Random, field: Field) -> float | int:
    low, high = max(field.minimum, 1e-3), min(field.maximum, 1e6)
    number = math.exp(draw.uniform(math.log(low), math.log(high)))
    number = draw.choice((number, 900.0, 1.0, 40.0, 1000.0))
    number = min(max(number, low), high)
    return max(1, round(number)) if field.unit == "count" else round(number, 6)


def _values(draw: random.Random, verdict: Verdict, found: DecidedRanges) -> dict[tuple[str, str], float]:
    point = {}
    for one in found.ranges:
        low, high = one.stretches[0].low, one.stretches[-1].high
        edges = [end for stretch in one.stretches for end in (stretch.low, stretch.high)]
        value = draw.choice((draw.uniform(low, high), math.exp(draw.uniform(math.log(low), math.log(high))), *edges))
        value = min(max(value, low), high)
        point[one.subject, one.field] = float(round(value)) if _counts(one.field) else value
    return point


def _counts(field: str) -> bool:
    return next(f for f in FIELDS["component"] if f.id == field).unit == "count"


def _at(answers: Answers, dated_book: DatedBook, point: dict[tuple[str, str], float]) -> Verdict:
    return decide_workload(answers.changed("job", {field: value for (_, field), value in point.items()}), dated_book)


@pytest.mark.parametrize("seed", range(120))
def test_every_verdict_in_a_random_range_is_said(seed: int, book: Book) -> None:
    """Brute force: whatever values are taken, the engine's verdict on them is among those that were found."""
    draw, then = random.Random(seed), dated(book)
    count = draw.choice((1, 1, 2, 2, 3))
    try:
        answers = ranged(**_random_ranges(draw, count))
    except ValueError:
        pytest.skip("the drawn answers contradict each other")
    verdict = decide_workload(answers, then)
    found = decide_ranges(verdict, then)
    assert found.settled
    if not found.ranges:
        pytest.skip("both ends of every range are the same")
    said = {stretch.moves for one in found.ranges for stretch in one.stretches}
    said |= {combination.moves for combination in found.combinations}
    for combination in found.combinations:
        point = {(subject, field): value for subject, field, value in combination.values}
        assert moved(verdict.services, _at(answers, then, point).services) == combination.moves
    for one in found.ranges:
        for stretch in one.stretches:
            for value in (stretch.low, stretch.high):
                there = _at(answers, then, {(one.subject, one.field): value})
                assert moved(verdict.services, there.services) == stretch.moves, (one.field, value)
    for _ in range(60):
        point = _values(draw, verdict, found)
        assert moved(verdict.services, _at(answers, then, point).services) in said, point


def test_stories_have_no_ranges_and_pay_nothing(book: Book) -> None:
    for name in rules.STORIES:
        verdict = decide_workload(answers_of(rules.load_story(name)), dated(book))
        assert decide_ranges(verdict, dated(book)) == DecidedRanges((), (), settled=True)
        assert not verdict.answers.ranges_of(WORKLOAD)
