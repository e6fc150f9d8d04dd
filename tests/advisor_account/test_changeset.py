"""The change set: read, never executed, and nothing left of it whatever goes wrong on the way."""

import json
from typing import Any

import pytest
from botocore.stub import ANY

from advisor.text import EMPTY
from advisor_account.changeset import ChangeSetCheck, parameters_without_value
from advisor_account.outcome import Outcome
from blueprints.parameters.parameter import Parameter
from tests.advisor_account.scripted import Script, scripted
from tests.advisor_account.test_checks import NOW

STACK, BUCKET = "shop-preflight", "my-bucket"
TEMPLATE: dict[str, Any] = {"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}
OBJECT = {"Bucket": BUCKET, "Key": ANY, "Body": json.dumps(TEMPLATE, sort_keys=True).encode()}
REVIEW = {"Stacks": [{"StackName": STACK, "CreationTime": NOW, "StackStatus": "REVIEW_IN_PROGRESS"}]}
BY_NAME = {"StackName": STACK, "ChangeSetName": "preflight"}


def absent(script: Script) -> None:
    script.refuse("cloudformation", "describe_stacks", "ValidationError", f"Stack with id {STACK} does not exist")


def begun(script: Script) -> None:
    absent(script)
    script.answer("s3", "put_object", {}, OBJECT)


def made(script: Script, **described: Any) -> None:
    asked = {
        "StackName": STACK, "ChangeSetName": "preflight", "ChangeSetType": "CREATE", "TemplateURL": ANY, "Capabilities": ANY,
        "Parameters": [{"ParameterKey": "AlarmEmail", "ParameterValue": "a@example.com"}],
    }  # fmt: skip
    script.answer("cloudformation", "create_change_set", {}, asked)
    script.answer("cloudformation", "describe_change_set", described, BY_NAME)


def taken_back(script: Script) -> None:
    script.answer("cloudformation", "describe_stacks", REVIEW)
    script.answer("cloudformation", "delete_change_set", {}, BY_NAME)
    script.answer("cloudformation", "delete_stack", {}, {"StackName": STACK})
    absent(script)
    script.answer("s3", "delete_object", {}, {"Bucket": BUCKET, "Key": ANY})


def outcomes(script: Script) -> list[Outcome]:
    check = ChangeSetCheck(script.account, STACK, BUCKET, sleep=lambda seconds: None)
    return list(check.outcomes(TEMPLATE, {"AlarmEmail": "a@example.com"}))


def test_an_accepted_template_leaves_nothing_behind() -> None:
    with scripted() as script:
        begun(script)
        made(script, Status="CREATE_IN_PROGRESS")
        script.answer("cloudformation", "describe_change_set", {"Status": "CREATE_COMPLETE"}, BY_NAME)
        changes = [{"Type": "Resource", "ResourceChange": {"Action": "Add", "LogicalResourceId": "Q"}}]
        script.answer(
            "cloudformation", "describe_change_set", {"Status": "CREATE_COMPLETE", "Changes": changes}, BY_NAME
        )
        taken_back(script)
        (found,) = outcomes(script)
    assert found.state == "fine"
    assert "it would create 1 resources" in found.words.en


def test_a_refused_template_says_why_resource_by_resource() -> None:
    event = {
        "LogicalResourceId": "Q", "ValidationStatusReason": "Unsupported property [Colour]", "ValidationPath": "/Resources/Q",
        "ValidationFailureMode": "FAIL",
    }  # fmt: skip
    with scripted() as script:
        begun(script)
        made(script, Status="FAILED", StatusReason="Validation failed")
        script.answer("cloudformation", "describe_events", {"OperationEvents": [event, {"EventId": "x"}]})
        taken_back(script)
        first, second = outcomes(script)
    assert (first.state, second.state) == ("blocked", "blocked")
    assert "Validation failed" in first.words.en
    assert second.about.en == "Q"
    assert second.words.en == "Unsupported property [Colour] (/Resources/Q)"


@pytest.mark.parametrize(("code", "state"), [("ValidationError", "blocked"), ("AccessDenied", "unknown")])
def test_where_no_change_set_came_to_be_the_template_goes(code: str, state: str) -> None:
    with scripted() as script:
        begun(script)
        script.refuse("cloudformation", "create_change_set", code, "Template format error")
        absent(script)
        script.answer("s3", "delete_object", {}, {"Bucket": BUCKET, "Key": ANY})
        (found,) = outcomes(script)
    assert found.state == state


def test_a_stack_that_is_there_is_left_as_it_is() -> None:
    with scripted() as script:
        script.answer("cloudformation", "describe_stacks", REVIEW)
        (found,) = outcomes(script)
    assert found.state == "blocked"
    assert "was not changed" in found.words.en


def test_without_the_bucket_nothing_is_made() -> None:
    with scripted() as script:
        absent(script)
        script.refuse("s3", "put_object", "NoSuchBucket", "The specified bucket does not exist")
        (found,) = outcomes(script)
    assert found.state == "unknown"
    assert "NoSuchBucket" in found.words.en


def test_what_cannot_be_deleted_is_named() -> None:
    with scripted() as script:
        begun(script)
        made(script, Status="CREATE_COMPLETE")
        script.answer("cloudformation", "describe_change_set", {"Status": "CREATE_COMPLETE"}, BY_NAME)
        script.answer("cloudformation", "describe_stacks", REVIEW)
        script.refuse("cloudformation", "delete_change_set", "ChangeSetNotFound")
        script.refuse("cloudformation", "delete_stack", "AccessDenied")
        script.refuse("s3", "delete_object", "AccessDenied")
        fine, stack, template = outcomes(script)
    assert fine.state == "fine"
    assert stack.words.en.startswith(
        f"stack {STACK} still exists. Delete it manually. The credentials are not allowed to call"
    )
    assert template.words.en.startswith(f"s3://{BUCKET}/advisor-preflight/{STACK}-")


def test_a_fault_while_reading_still_takes_everything_back() -> None:
    with scripted() as script:
        begun(script)
        script.answer("cloudformation", "create_change_set", {})
        script.refuse("cloudformation", "describe_change_set", "Throttling")
        taken_back(script)
        (found,) = outcomes(script)
    assert found.state == "unknown"


def test_parameters_without_a_value_are_named() -> None:
    one = Parameter(id="VpcId", type="AWS::EC2::VPC::Id", default="", description=EMPTY)
    assert parameters_without_value((one,), {}) == ["VpcId"]
    assert parameters_without_value((one,), {"VpcId": "vpc-1"}) == []
