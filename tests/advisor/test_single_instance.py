"""A program of which only one instance may run: on one task or pod, which a release stops first; never on functions."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements


def _design(book: Book, **answers: Any) -> Design:
    component = {"id": "bot", "trigger": "request", "single_instance": True, **answers}
    return advise(make_requirements({"schema": 2, "components": [component]}), book)


@pytest.mark.parametrize("kubernetes", ["none", "house-standard"])
@pytest.mark.parametrize("trigger", ["request", "always-on"])
def test_one_task_or_pod_runs(book: Book, kubernetes: str, trigger: str) -> None:
    design = _design(book, kubernetes=kubernetes, trigger=trigger, state_in_memory=True, rate_peak_rps=5)
    (compute,) = [node for node in design.architecture.nodes if node.role == "compute"]
    assert compute.service == ("ecs" if kubernetes == "none" else "eks")
    assert (compute.settings["desired_count"], compute.settings["most_tasks"]) == (1, 1)
    assert "stickiness_s" not in compute.settings


def test_without_the_answer_functions_are_an_option(book: Book) -> None:
    assert _design(book, single_instance=False).verdict.services["bot"]["compute"] == "lambda"
