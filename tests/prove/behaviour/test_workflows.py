"""The check of state machines: approval before work, compensation of every step, and no error called a success."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.planting import Fault, Resources, one_of, rules_with
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

Definition = dict[str, Any]


def machine(tmp_path: Path, **answers: Any) -> WrittenProject:
    component = {"id": "work", "trigger": "schedule", "longest_run_s": "10 s", "retries": True, **answers}
    return write_project({"components": [component]}, tmp_path / "project")


def planted(change: Callable[[Definition], None]) -> Fault:
    """Return the fault that changes the definition of the one state machine of a template."""

    def fault(resources: Resources) -> None:
        properties = one_of(resources, "AWS::StepFunctions::StateMachine")
        definition = json.loads("\n".join(properties["DefinitionString"]["Fn::Join"][1]))
        change(definition)
        properties["DefinitionString"] = json.dumps(definition)

    return fault


@pytest.mark.parametrize(
    "name",
    ["approval", "approval-between-steps", "data-processing", "map-of-parts", "map-over-objects", "scheduled-batch"],
)
def test_sound_projects_give_no_problem(name: str, tmp_path: Path) -> None:
    assert write_project(story(name), tmp_path / "project").rules_found_by("workflows") == set()


@pytest.mark.parametrize(
    "answers",
    [
        {"steps": 3, "compensation": True, "human_approval": True},
        {"steps": 3, "compensation": True, "human_approval": True, "steps_before_approval": 2},
        {"steps": 3, "human_approval": True, "steps_before_approval": 1},
        {"parallel_items": 20, "compensation": True, "human_approval": True},
        {"steps": 3, "compensation": True, "longest_run_s": "20 min"},
        {"steps": 2, "compensation": True, "longest_run_s": "3 h", "vcpu": 8, "gpu": True},
    ],
)
def test_every_kind_of_work_is_undone_step_by_step(answers: dict[str, Any], tmp_path: Path) -> None:
    project = machine(tmp_path, **answers)
    assert project.evidence.stack.of_type("AWS::StepFunctions::StateMachine")
    assert project.rules_found_by("workflows") == set()


@pytest.mark.parametrize(
    "answers", [{}, {"human_approval": True}, {"human_approval": True, "steps_before_approval": 1}]
)
def test_a_run_whose_item_was_deleted_hides_no_failed_compensation(answers: dict[str, Any], tmp_path: Path) -> None:
    api = {"id": "api", "trigger": "request", "reads": ["claims"], "writes": ["claims"], "publishes": ["reported"]}
    work = {"id": "work", "trigger": "message", "listens_to": "reported", "steps": 2, "compensation": True, **answers}
    project = write_project(
        {
            "components": [{**api, "authentication": "sign-up"}, {**work, "retries": True, "writes": ["claims"]}],
            "channels": [{"id": "reported", "carries": "event"}],
            "stores": [{"id": "claims", "access": "key-value"}],
        },
        tmp_path / "project",
    )
    assert project.rules_found_by("workflows") == set()


def ask_afterwards(definition: Definition) -> None:
    states = definition["States"]
    definition["StartAt"] = "Step1"
    states["Step3"]["Next"], states["Approve"]["Next"] = "Approve", "End"


def undo_one_step_only(definition: Definition) -> None:
    for name in ("Step1", "Step2", "Step3"):
        definition["States"][name]["Catch"][0]["Next"] = "Compensate1"


def undo_in_the_order_of_the_work(definition: Definition) -> None:
    states = definition["States"]
    states["Step3"]["Catch"][0]["Next"] = "Compensate1"
    states["Compensate1"]["Next"], states["Compensate2"]["Next"], states["Compensate3"]["Next"] = (
        "Compensate2",
        "Compensate3",
        "Failed",
    )


def catch_nothing(definition: Definition) -> None:
    del definition["States"]["Step2"]["Catch"]


def end_as_a_success(definition: Definition) -> None:
    definition["States"]["Compensate1"]["Next"] = "End"


def fail_what_is_rejected(definition: Definition) -> None:
    definition["States"]["Approve"]["Catch"] = definition["States"]["Approve"]["Catch"][1:]


def call_an_expired_request_a_success(definition: Definition) -> None:
    definition["States"]["Approve"]["Catch"][-1]["Next"] = "Rejected"


def hide_a_failed_compensation(definition: Definition) -> None:
    definition["States"]["Compensate1"]["Next"] = "Failed"
    definition["States"]["Compensate1"]["Catch"][0]["Next"] = "Failed"


FAULTS: dict[Callable[[Definition], None], str] = {
    ask_afterwards: "approval-after-work",
    undo_one_step_only: "compensation-incomplete",
    undo_in_the_order_of_the_work: "compensation-incomplete",
    catch_nothing: "compensation-incomplete",
    end_as_a_success: "error-swallowed",
    fail_what_is_rejected: "rejection-fails",
    call_an_expired_request_a_success: "error-swallowed",
    hide_a_failed_compensation: "failed-compensation-hidden",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault.__name__))
def test_a_planted_fault_is_caught(fault: Callable[[Definition], None], tmp_path: Path) -> None:
    project = machine(tmp_path, steps=3, compensation=True, human_approval=True)
    assert FAULTS[fault] in rules_with(project, "workflows", planted(fault))


def forget_the_decision(definition: Definition) -> None:
    definition["States"]["Approve"]["Catch"][0]["Next"] = "Rejected"


def forget_that_nobody_decided(definition: Definition) -> None:
    catchers = definition["States"]["Approve"]["Catch"]
    catchers[:] = [one for one in catchers if one["ErrorEquals"] != ["States.Timeout"]]


@pytest.mark.parametrize("fault", [forget_the_decision, forget_that_nobody_decided])
def test_a_decision_that_no_store_holds_is_caught(fault: Callable[[Definition], None], tmp_path: Path) -> None:
    project = write_project(story("approval"), tmp_path / "project")
    assert project.rules_found_by("workflows") == set()
    assert "decision-not-stored" in rules_with(project, "workflows", planted(fault))


def ask_first(definition: Definition) -> None:
    states = definition["States"]
    definition["StartAt"], states["Approve"]["Next"], states["Step2"]["Next"] = "Approve", "Step1", "Step3"


def ask_after_one_step(definition: Definition) -> None:
    states = definition["States"]
    states["Step1"]["Next"], states["Approve"]["Next"], states["Step2"]["Next"] = "Approve", "Step2", "Step3"


def ask_last(definition: Definition) -> None:
    states = definition["States"]
    states["Step2"]["Next"], states["Step3"]["Next"], states["Approve"]["Next"] = "Step3", "Approve", "End"


def led(error: str, to: str) -> Callable[[Definition], None]:
    """Return the fault that an answer to the approval leads elsewhere."""

    def fault(definition: Definition) -> None:
        catchers = definition["States"]["Approve"]["Catch"]
        next(one for one in catchers if one["ErrorEquals"] == [error])["Next"] = to

    fault.__name__ = f"{error}-to-{to}"
    return fault


def forget_the_rejection(definition: Definition) -> None:
    choices = definition["States"]["AllUndone"]["Choices"]
    choices[:] = [one for one in choices if one["Variable"] != "$.rejected"]


FAULTS_BETWEEN: dict[Callable[[Definition], None], str] = {
    ask_first: "approval-before-stated-steps",
    ask_after_one_step: "approval-before-stated-steps",
    ask_last: "approval-after-work",
    led("Rejected", "StoreRejection"): "compensation-incomplete",
    led("Rejected", "Compensate1"): "compensation-incomplete",
    led("States.Timeout", "StoreExpiry"): "compensation-incomplete",
    led("States.ALL", "Failed"): "compensation-incomplete",
    led("NotAsked", "Compensate2"): "compensation-incomplete",
    forget_the_rejection: "decision-not-stored",
}


@pytest.mark.parametrize("fault", FAULTS_BETWEEN, ids=lambda fault: str(fault.__name__))
def test_an_approval_that_stands_elsewhere_or_undoes_nothing_is_caught(
    fault: Callable[[Definition], None], tmp_path: Path
) -> None:
    project = write_project(story("approval-between-steps"), tmp_path / "project")
    assert FAULTS_BETWEEN[fault] in rules_with(project, "workflows", planted(fault))


@pytest.mark.parametrize("pattern", [None, {"eventName": ["INSERT", "REMOVE"]}, {"eventSource": ["aws:dynamodb"]}, {}])
def test_a_run_that_a_deleted_item_starts_is_found(pattern: dict[str, Any] | None, tmp_path: Path) -> None:
    component = {"id": "work", "trigger": "event", "event_source": "table-change", "listens_to": "claims", "steps": 3}
    requirements = {"components": [component], "stores": [{"id": "claims", "access": "key-value"}]}
    project = write_project(requirements, tmp_path / "project")

    def fault(resources: Resources) -> None:
        source = one_of(resources, "AWS::Pipes::Pipe")["SourceParameters"]
        assert source.pop("FilterCriteria")
        if pattern is not None:
            source["FilterCriteria"] = {"Filters": [{"Pattern": json.dumps(pattern)}]}

    assert project.rules_found_by("workflows") == set()
    assert "deletion-starts-work" in rules_with(project, "workflows", fault)


@pytest.mark.parametrize("next_state", ["", "Failed", "Step3"])
def test_a_change_after_the_approval_that_nobody_is_asked_about_is_found(next_state: str, tmp_path: Path) -> None:
    def ask_nobody(definition: Definition) -> None:
        step = definition["States"]["Step3"]
        (caught,) = (one for one in step["Catch"] if one["ErrorEquals"] == ["ChangedSinceApproval"])
        step["Catch"] = [one for one in step["Catch"] if one is not caught]
        step["Catch"] += [{**caught, "Next": next_state}] if next_state else []

    project = write_project(story("approval-between-steps"), tmp_path / "project")
    project.plant(planted(ask_nobody))
    assert "change-not-asked-about" in project.rules_found_by("workflows")


def ask_before_undoing(definition: Definition) -> None:
    step = definition["States"]["Step3"]
    next(one for one in step["Catch"] if one["ErrorEquals"] == ["ChangedSinceApproval"])["Next"] = "AskAgain"


def forget_the_change(definition: Definition) -> None:
    choices = definition["States"]["ChangeOrFailure"]["Choices"]
    choices[:] = [one for one in choices if one["Variable"] != "$.changed.Error"]


def do_it_all_again(definition: Definition) -> None:
    definition["States"]["Approve"]["Next"] = "Step2"


FAULTS_AFTER: list[tuple[Callable[[Definition], None], bool, str]] = [
    (ask_before_undoing, True, "change-leaves-steps-done"),
    (forget_the_change, True, "change-not-asked-about"),
    (do_it_all_again, False, "change-leaves-steps-done"),
]


@pytest.mark.parametrize(("fault", "compensates", "rule"), FAULTS_AFTER, ids=lambda one: getattr(one, "__name__", None))
def test_a_second_request_while_steps_of_the_first_are_done_is_found(
    fault: Callable[[Definition], None], compensates: bool, rule: str, tmp_path: Path
) -> None:
    work = {
        "id": "work",
        "trigger": "event",
        "event_source": "own-application",
        "longest_run_s": "10 s",
        "retries": True,
    }
    asked = {"steps": 3, "human_approval": True, "steps_before_approval": 1, "compensation": compensates}
    requirements = {
        "components": [{**work, **asked, "reads": ["claims"], "writes": ["refunds"]}],
        "stores": [{"id": "claims", "access": "key-value"}, {"id": "refunds", "access": "key-value"}],
    }
    project = write_project(requirements, tmp_path / "project")
    assert project.rules_found_by("workflows") == set()
    project.plant(planted(fault))
    assert rule in project.rules_found_by("workflows")
