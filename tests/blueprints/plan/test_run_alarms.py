"""A run that takes longer than its stated time rings, also if it succeeds."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.plan import plan_for


@pytest.mark.parametrize(("answers", "above"), [({"whole_run_s": "2 h"}, [7_200_000.0]), ({}, [])])
def test_a_run_that_takes_longer_than_stated_rings(answers: dict[str, Any], above: list[float], book: Book) -> None:
    work = {"id": "work", "trigger": "schedule", "steps": 3, "longest_run_s": "30 min", "retries": True, **answers}
    design = advise(make_requirements({"components": [work]}), book)
    found = [alarm for alarm in plan_for(design).alarms if alarm.name.endswith("LateAlarm")]
    assert [alarm.above for alarm in found] == above
    assert all(alarm.metric == "ExecutionTime" and "2 h" in alarm.description.en for alarm in found)


@pytest.mark.parametrize(("answers", "above"), [({"whole_run_s": "30 min"}, [1_800_000.0]), ({}, [])])
def test_an_execution_of_a_durable_function_that_takes_longer_rings(
    answers: dict[str, Any], above: list[float], book: Book
) -> None:
    work = {
        "id": "work",
        "trigger": "schedule",
        "steps": 4,
        "longest_run_s": "5 min",
        "pins": {"compute": "lambda-durable"},
    }
    plan = plan_for(advise(make_requirements({"components": [{**work, **answers}]}), book))
    found = [alarm for alarm in plan.alarms if alarm.name.endswith("LateAlarm")]
    assert [(alarm.metric, alarm.above) for alarm in found] == [("DurableExecutionDuration", one) for one in above]


def test_the_time_of_a_scheduled_array_of_jobs_is_that_of_its_workflow(book: Book) -> None:
    work = {"id": "work", "trigger": "schedule", "longest_run_s": "20 min", "parallel_items": 400, "whole_run_s": "5 h"}
    plan = plan_for(advise(make_requirements({"components": [work]}), book))
    assert plan.architecture.of_service("batch")
    (late,) = [alarm for alarm in plan.alarms if alarm.name.endswith("LateAlarm")]
    assert (late.metric, late.namespace, late.above) == ("ExecutionTime", "AWS/States", 18_000_000)
