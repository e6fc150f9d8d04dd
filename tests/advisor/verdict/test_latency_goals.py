"""A goal for the answers bounds the run times that are assumed, and with them the concurrency and the services."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements


def made(book: Book, **answers: Any) -> Design:
    api = {"id": "api", "trigger": "request", "rate_average_rps": "60/s", "rate_peak_rps": "300/s", **answers}
    return advise(make_requirements({"components": [api, {"id": "other", "trigger": "on-demand"}]}), book)


def known(design: Design, field: str) -> float:
    return float(design.verdict.subjects["api"].known.values[field])


@pytest.mark.parametrize(
    ("answers", "typical", "longest"),
    [
        ({}, 5, 10),
        ({"latency_ms": "300 ms"}, 0.3, 3),
        # The slowest 1% may take a second at least.
        ({"latency_ms": "50 ms"}, 0.05, 1),
        ({"latency_ms": "8 s"}, 5, 10),
        # What is stated stands; a stated longest run leaves the usual one to the goal.
        ({"latency_ms": "300 ms", "typical_run_s": "1 s"}, 1, 3),
        ({"latency_ms": "300 ms", "longest_run_s": "4 s"}, 0.3, 4),
        # The goal is for answers, and not for the work that they start or wait for.
        ({"latency_ms": "300 ms", "steps": 3}, 5, 10),
        ({"latency_ms": "300 ms", "trigger": ["request", "schedule"]}, 5, 10),
        ({"latency_ms": "300 ms", "calls": ["other"]}, 0.3, 10),
    ],
)
def test_the_assumed_times_of_a_run_follow_the_goal(
    book: Book, answers: dict[str, Any], typical: float, longest: float
) -> None:
    design = made(book, **answers)
    assert known(design, "typical_run_s") == pytest.approx(typical)
    assert known(design, "longest_run_s") == pytest.approx(longest)


def test_the_assumptions_name_the_goal_and_the_concurrency_follows(book: Book) -> None:
    design = made(book, latency_ms="300 ms")
    assert known(design, "concurrency") == pytest.approx(90)
    assert known(design, "response_s") == pytest.approx(3)
    told = {one.field: one.sentence for one in design.decision.assumptions if one.subject == "api"}
    assert "bounded by the p99 latency goal" in told["typical_run_s"].en
    assert "p99 レイテンシーの目標に基づく" in told["typical_run_s"].ja
    warned = {one.id for one in design.decision.warnings}
    assert "concurrency-exceeds-the-account-quota" not in warned
    assert "concurrency-exceeds-the-account-quota" in {one.id for one in made(book).decision.warnings}


def test_a_goal_keeps_many_short_requests_on_functions(book: Book) -> None:
    """1,500 a second of 100 ms are 150 at the same time, and not 7,500."""
    query = {"rate_average_rps": "300/s", "rate_peak_rps": "1500/s", "cold_start_ok": False, "latency_ms": "100 ms"}
    design = made(book, **query)
    assert known(design, "concurrency") == pytest.approx(150)
