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
