"""The check `retries`: what fails is tried again for long enough, apart and in order, and each gap is found."""

import json

import pytest

from tests.prove.behaviour.planting import Fault, Resources, one_of, rules_after, rules_with
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]
CHECK = "retries"


@pytest.mark.parametrize(
    "name",
    [
        "data-processing",
        "event-driven-job",
        "scheduled-batch",
        "approval",
        "order",
        "kubernetes-migration",
        "map-of-parts",
    ],
)
def test_sound_projects_have_no_problem(stories: Stories, name: str) -> None:
    assert stories.project(name).rules_found_by(CHECK) == set()


def newest(resources: Resources) -> None:
    one_of(resources, "AWS::Lambda::EventSourceMapping")["StartingPosition"] = "LATEST"


def newest_change(resources: Resources) -> None:
    source = one_of(resources, "AWS::Pipes::Pipe")["SourceParameters"]["DynamoDBStreamParameters"]
    source["StartingPosition"] = "LATEST"


def once(resources: Resources) -> None:
    one_of(resources, "AWS::Events::Rule")["Targets"][0]["RetryPolicy"]["MaximumRetryAttempts"] = 0


def a_minute(resources: Resources) -> None:
    one_of(resources, "AWS::Scheduler::Schedule")["Target"]["RetryPolicy"]["MaximumEventAgeInSeconds"] = 60


def storm(resources: Resources) -> None:
    properties = one_of(resources, "AWS::StepFunctions::StateMachine")
    definition = json.loads("\n".join(properties["DefinitionString"]["Fn::Join"][1]))
    definition["States"]["Step1"]["Retry"][0] |= {"BackoffRate": 1.0, "JitterStrategy": "NONE"}
    properties["DefinitionString"] = json.dumps(definition)


def whole_batches(resources: Resources) -> None:
    one_of(resources, "AWS::Lambda::EventSourceMapping")["BisectBatchOnFunctionError"] = False


@pytest.mark.parametrize(
    ("name", "fault", "rule"),
    [
        ("data-processing", whole_batches, "given-up-together"),
        ("data-processing", newest, "skips-records"),
        ("data-processing", newest_change, "skips-records"),
        ("event-driven-job", once, "given-up-early"),
        ("scheduled-batch", a_minute, "given-up-early"),
        ("approval", storm, "retry-storm"),
    ],
)
def test_a_gap_in_the_template_is_found(stories: Stories, name: str, fault: Fault, rule: str) -> None:
    assert rules_with(stories.project(name), CHECK, fault) == {rule}


@pytest.mark.parametrize(
    ("name", "path", "find", "put", "rule"),
    [
        ("kubernetes-migration", "src/shipping/main.py", "            continue\n", "", "deleted-though-failed"),
    ],
)
def test_a_gap_in_a_program_is_found(stories: Stories, name: str, path: str, find: str, put: str, rule: str) -> None:
    found = rules_after(stories.project(name), CHECK, path, find, put)
    assert found == {rule}


def test_a_batch_out_of_order_is_found(stories: Stories) -> None:
    project = stories.project("order")
    file = project.evidence.folder / "src/book/app.py"
    before = file.read_text("utf-8")
    file.write_text(before.replace("SqsFifoPartialProcessor", "BatchProcessor"), "utf-8")
    try:
        assert project.rules_found_by(CHECK) == {"order-in-batch"}
    finally:
        file.write_text(before, "utf-8")


def test_records_that_overtake_a_failed_one_are_found(stories: Stories) -> None:
    project = stories.project("data-processing")
    file = project.evidence.folder / "src/ingest/app.py"
    before = file.read_text("utf-8")
    file.write_text(
        before + "\nprocess_partial_response(event=event, record_handler=take, processor=processor)\n", "utf-8"
    )
    try:
        assert project.rules_found_by(CHECK) == {"order-in-batch"}
    finally:
        file.write_text(before, "utf-8")
