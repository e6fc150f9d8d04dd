"""The check of runs that wait until another system has finished: a loop that ends, and not as a success."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.planting import rules_with
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project
from tests.prove.behaviour.test_workflows import Definition, planted


@pytest.fixture(scope="module")
def polling(tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    component = story("polling")["components"][0] | {"listens_to": None, "reads": [], "event_source": None}
    component = {key: value for key, value in component.items() if value} | {"trigger": "schedule"}
    stores = [{"id": "records", "access": "key-value"}]
    return write_project({"components": [component], "stores": stores}, tmp_path_factory.mktemp("polling") / "project")


@pytest.mark.parametrize("check", ["polling", "workflows", "failure", "retries"])
def test_sound_projects_give_no_problem(check: str, tmp_path: Path) -> None:
    assert write_project(story("polling"), tmp_path / "project").rules_found_by(check) == set()


@pytest.mark.parametrize(
    ("answers", "loops"),
    [
        ({}, True),
        ({"wait_s": "40 d"}, True),
        ({"wait_s": "20 s"}, True),
        ({"waits_for": ["callback"]}, False),
        ({"parallel_items": 20}, False),
        ({"longest_run_s": "20 min"}, False),
    ],
)
def test_runs_of_functions_poll_in_a_loop(answers: dict[str, Any], loops: bool, tmp_path: Path) -> None:
    work = {"id": "work", "trigger": "schedule", "longest_run_s": "10 s", "steps": 2, "waits_for": ["other-system"]}
    if "callback" in answers.get("waits_for", ()):
        answers = {"human_approval": True, "waits_for": []}
    project = write_project(
        {"components": [{"retries": True, "wait_s": "2 h", **work, **answers}]}, tmp_path / "project"
    )
    (machine,) = project.evidence.stack.of_type("AWS::StepFunctions::StateMachine")
    assert ("Pause" in machine.properties["Definition"]["States"]) is loops
    assert project.rules_found_by("polling") == set()


def never_asked(definition: Definition) -> None:
    definition["States"]["Step1"]["Next"] = "Step2"
    for name in ("BeginPolling", "Pause", "Check", "Finished"):
        del definition["States"][name]


def asked_once(definition: Definition) -> None:
    definition["States"]["Finished"]["Default"] = "Compensate1"


def too_often(definition: Definition) -> None:
    definition["States"]["Pause"]["Seconds"] = 1


def too_long(definition: Definition) -> None:
    definition["States"]["Check"]["Parameters"]["Payload"]["within_s"] = 8000


def without_time(definition: Definition) -> None:
    del definition["States"]["Check"]["Parameters"]["Payload"]["within_s"]


def begun_anew(definition: Definition) -> None:
    definition["States"]["Finished"]["Default"] = "BeginPolling"


def cut_short(definition: Definition) -> None:
    definition["TimeoutSeconds"] = 7200


def unfinished_goes_on(definition: Definition) -> None:
    definition["States"]["Finished"]["Choices"][0]["BooleanEquals"] = False


def asked_again(definition: Definition) -> None:
    del definition["States"]["Check"]["Retry"][0]


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (never_asked, "other-system-not-awaited"),
        (asked_once, "polls-without-pause"),
        (too_often, "polling-fills-history"),
        (too_long, "polls-too-long"),
        (without_time, "polls-too-long"),
        (begun_anew, "polls-for-ever"),
        (cut_short, "polling-cut-short"),
        (unfinished_goes_on, "goes-on-unfinished"),
        (asked_again, "final-answer-retried"),
    ],
)
def test_faults_of_the_loop_are_found(polling: WrittenProject, fault: Callable[[Definition], None], rule: str) -> None:
    assert rules_with(polling, "polling", planted(fault)) >= {rule}


def test_a_failure_of_the_other_system_is_no_success(polling: WrittenProject) -> None:
    def swallowed(definition: Definition) -> None:
        definition["States"]["Check"]["Catch"][0]["Next"] = "End"

    assert rules_with(polling, "workflows", planted(swallowed)) >= {"error-swallowed", "compensation-incomplete"}
