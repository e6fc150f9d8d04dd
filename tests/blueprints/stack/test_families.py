"""A state machine waits for the definitions of its tasks and jobs, and their families differ in stacks of similar names."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.cdk.lifting.short_forms import resources_of
from blueprints.plan import plan_for
from blueprints.stack.assembly import stack_of
from blueprints.values.spelling import spelled

CONTAINER = {"longest_run_s": "40 min", "packaging": "container-image"}
JOBS = {**CONTAINER, "job_queue": True, "pins": {"compute": "batch"}}
SCORE = {"id": "score", "longest_run_s": "20 s"}
KEY = {"workload": {"customer_managed_keys": True}}
MACHINE = "AWS::StepFunctions::StateMachine"


def _resources(book: Book, work: dict[str, Any], workload: dict[str, Any]) -> dict[str, Any]:
    flow = {"id": "flow", "trigger": "schedule", "steps": 2, "calls": ["score", "work"]}
    answers = {**workload, "components": [flow, SCORE, {"id": "work", **work}]}
    return dict(resources_of(stack_of(plan_for(advise(make_requirements(answers), book)), "en")))


@pytest.mark.parametrize("workload", [{}, KEY], ids=["plain", "own key"])
@pytest.mark.parametrize(("work", "name"), [(CONTAINER, "Family"), (JOBS, "JobDefinitionName")], ids=["task", "job"])
def test_a_state_machine_waits_for_what_it_names(
    work: dict[str, Any], name: str, workload: dict[str, Any], book: Book
) -> None:
    resources = _resources(book, work, workload)
    (machine,) = (one for one in resources.values() if one["Type"] == MACHINE)
    waited = resources[machine["DependsOn"]]
    assert name in waited["Properties"]
    family = spelled(waited["Properties"][name])
    assert family == "${AWS::StackName}_work"
    given = machine["Properties"]["DefinitionSubstitutions"]
    assert family in [spelled(value) for token, value in given.items() if token.startswith("Work")]


def test_a_state_machine_of_functions_waits_for_none(book: Book) -> None:
    (machine,) = (one for one in _resources(book, {"longest_run_s": 5}, {}).values() if one["Type"] == MACHINE)
    assert "DependsOn" not in machine
