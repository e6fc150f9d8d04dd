"""The timeout of a state machine that submits an array job follows how many of its jobs the compute environment runs at once."""

import math
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.sizing.state_machine_time import attempts_s

RUN: dict[str, Any] = {
    "id": "run", "trigger": "schedule", "packaging": "container-image", "typical_run_s": "2 h", "longest_run_s": "3 h",
    "vcpu": 4, "combined_result": True, "reads": ["files"], "writes": ["files"],
}  # fmt: skip


def design(book: Book, **answers: Any) -> Any:
    raw = {"components": [{**RUN, **answers}], "stores": [{"id": "files", "access": "objects"}]}
    return advise(make_requirements(raw), book)


SHORT = {"typical_run_s": "20 min", "longest_run_s": "30 min"}


@pytest.mark.parametrize(("answers", "at_once"), [({}, 200), (SHORT, 67)])
def test_the_jobs_of_an_array_that_run_at_once_count_as_one(book: Book, answers: Any, at_once: int) -> None:
    """The jobs of an array were counted in rounds of the 40 items of a map that the state machine does not have."""
    found = design(book, parallel_items=200, **answers).architecture
    machine, work = found.node("run.workflow"), found.node("run.compute")
    assert (machine.service, work.service) == ("step-functions-standard", "batch")
    assert work.settings["jobs_at_once"] == at_once
    groups = math.ceil(200 / at_once)
    retries, once = int(machine.settings["retry_attempts"]), int(work.settings["timeout_s"])
    assert machine.settings["timeout_s"] == (groups + 1) * attempts_s(retries, once)


def test_the_reason_of_the_timeout_names_the_array_job(book: Book) -> None:
    at_once = design(book, parallel_items=100).architecture.node("run.workflow").grounds["timeout_s"].reason
    assert "All 100 jobs of the array job can run at the same time" in at_once.en
    assert "配列ジョブの 100 件のジョブはすべて同時に実行できる" in at_once.ja
    grouped = design(book, parallel_items=200, **SHORT).architecture.node("run.workflow").grounds["timeout_s"].reason
    assert "allow 67 of the 200 jobs of the array job at a time. The timeout allows for 3 such groups" in grouped.en
    assert "map" not in at_once.en + grouped.en
    assert "マップ" not in at_once.ja + grouped.ja
