"""A run over many items lasts until the last of them has used all of its attempts, and the last step all of its own."""

import math
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

RUN: dict[str, Any] = {
    "id": "run", "trigger": "schedule", "typical_run_s": "2 min", "longest_run_s": "4 min", "combined_result": True,
    "reads": ["files"], "writes": ["files"],
}  # fmt: skip


def design(book: Book, **answers: Any) -> Any:
    raw = {"components": [{**RUN, **answers}], "stores": [{"id": "files", "access": "objects"}]}
    return advise(make_requirements(raw), book)


@pytest.mark.parametrize("items", [20, 100, 5000])
def test_a_run_outlasts_all_attempts_of_its_items_and_of_the_last_step(book: Book, items: int) -> None:
    """Items that wait for their next attempt keep their places in the map: 5,000 items were cut off after 36,132 s."""
    found = design(book, parallel_items=items)
    machine, work = (found.architecture.node(f"run.{role}").settings for role in ("workflow", "compute"))
    retries, once = int(machine["retry_attempts"]), int(work["timeout_s"])
    assert once >= 240
    attempts = (retries + 1) * once + sum(30 * 2**number for number in range(retries))
    rounds = math.ceil(items / int(machine.get("map_concurrency", 40)))
    assert machine["timeout_s"] >= (rounds + 1) * attempts


def test_an_express_workflow_that_cannot_combine_in_time_says_so(book: Book) -> None:
    found = design(book, parallel_items=20, trigger="message", pins={"workflow": "step-functions-express"})
    assert found.architecture.node("run.workflow").service == "step-functions-express"
    assert any("which is 5 min" in one.sentence.en for one in found.decision.warnings)


@pytest.mark.parametrize(("items", "rounds"), [(30, 1), (100, 1), (5000, 6)])
def test_an_array_job_takes_as_many_rounds_as_its_jobs_need_for_its_items(book: Book, items: int, rounds: int) -> None:
    """100 jobs that all run at once were counted as three rounds of 40, the width of an inline map."""
    found = design(
        book,
        parallel_items=items,
        typical_run_s="2 h",
        longest_run_s="3 h",
        pins={"compute": "batch", "workflow": "step-functions-standard"},
    )
    machine, work = (found.architecture.node(f"run.{role}") for role in ("workflow", "compute"))
    assert (machine.service, work.service) == ("step-functions-standard", "batch")
    assert math.ceil(items / work.settings["jobs_at_once"]) == rounds
    retries, once = machine.settings["retry_attempts"], work.settings["timeout_s"]
    attempts = (retries + 1) * once + sum(30 * 2**number for number in range(retries))
    assert machine.settings["timeout_s"] == (rounds + 1) * attempts
    assert ("items are processed at a time" in machine.grounds["timeout_s"].reason.en) is (rounds > 1)
