"""How a workflow polls another system: where the loop is, how often it checks, for how long, and within which timeout."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.architecture import Node
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.sizing.polling import EVENTS, MOST_CHECKS, interval_s

WORK = {"id": "work", "trigger": "schedule", "longest_run_s": 10, "retries": True, "waits_for": ["other-system"]}


def workflow(book: Book, **answers: Any) -> Node:
    stated = {key: value for key, value in (WORK | {"wait_s": "2 h"} | answers).items() if value is not None}
    return advise(make_requirements({"components": [stated]}), book).architecture.node("work.workflow")


@pytest.mark.parametrize("within", [1, 20, 60, 299, 300, 7200, 10_000, 86_400, 30_000_000])
def test_a_long_wait_fits_the_history_and_a_short_one_is_checked_often(within: int) -> None:
    checks = within / interval_s(within)
    assert 1 <= checks <= MOST_CHECKS
    assert checks * EVENTS < 25_000 / 2
    assert interval_s(within) <= max(10, within / 500)


@pytest.mark.parametrize(
    ("answers", "ids"),
    [
        ({"steps": 3}, ["start", "step-1", "pause", "check", "finished", "step-2", "step-3", "end"]),
        ({}, ["start", "submit", "pause", "check", "finished", "run", "end"]),
        (
            {"steps": 2, "human_approval": True, "steps_before_approval": 1},
            ["start", "step-1", "pause", "check", "finished", "approve", "step-2", "end", "failed"],
        ),
        (
            {"steps": 2, "waits_for": ["callback", "other-system"]},
            ["start", "step-1", "pause", "check", "finished", "callback", "step-2", "end", "failed"],
        ),
    ],
)
def test_the_loop_follows_what_submits_the_work(book: Book, answers: dict[str, Any], ids: list[str]) -> None:
    states = {state.id: state for state in workflow(book, **answers).states}
    assert list(states) == ids
    assert states["finished"].next == (ids[ids.index("finished") + 1], "pause")
    assert states["check"].on_error is None, "a redrive continues at the check"


def test_a_failed_check_undoes_what_was_submitted(book: Book) -> None:
    states = {state.id: state for state in workflow(book, steps=3, compensation=True).states}
    assert states["check"].on_error == states["step-1"].on_error == "compensate-1"
    states = {state.id: state for state in workflow(book, compensation=True).states}
    assert states["check"].on_error == states["submit"].on_error == "compensate"


@pytest.mark.parametrize(("steps", "wait"), [(1, 7200), (3, 7200), (2, 30 * 86_400)])
def test_the_execution_outlasts_the_loop_and_its_last_check(book: Book, steps: int, wait: int) -> None:
    settings = workflow(book, steps=steps, wait_s=wait).settings
    assert settings["poll_within_s"] == wait
    assert float(str(settings["timeout_s"])) >= wait + (max(2, steps) + 1) * 10 * 4


def test_a_time_that_is_not_stated_is_assumed(book: Book) -> None:
    found = workflow(book, wait_s=None, steps=2, compensation=True)
    assert found.settings["poll_within_s"] == 3600
    assert "(assumed)" in found.grounds["poll_within_s"].reason.en


@pytest.mark.parametrize("wait", [30, 200, 260])
def test_an_express_workflow_ends_its_loop_before_it_times_out(book: Book, wait: int) -> None:
    answers = {"trigger": "event", "steps": 3, "rate_average_rps": 20, "rate_peak_rps": 50, "wait_s": wait}
    made = workflow(book, **answers, pins={"workflow": "step-functions-express"}, longest_run_s=5)
    assert made.service == "step-functions-express"
    within, interval = float(str(made.settings["poll_within_s"])), float(str(made.settings["poll_interval_s"]))
    assert interval <= within <= wait
    assert within + 4 * 5 <= float(str(made.settings["timeout_s"])) <= 300
    check = next(state for state in made.states if state.kind == "check")
    assert check.on_error == "failed"
