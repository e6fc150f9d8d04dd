"""Published incidents in miniature that other checks than their own files' tests know of: each is found by its rule."""

import re
from pathlib import Path

import pytest

from prove.behaviour import databases
from tests.prove.behaviour.planting import Fault, Resources, one_of, rules_after, rules_with
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]
DEPLOY = ".github/workflows/deploy.yml"


def other_unit(resources: Resources) -> None:
    (measured,) = [
        metric["MetricStat"]
        for metric in one_of(resources, "AWS::CloudWatch::Alarm", "FunctionErrors")["Metrics"]
        if metric.get("MetricStat", {}).get("Metric", {}).get("MetricName") == "Errors"
    ]
    measured["Unit"] = "Percent"


def long_streak(resources: Resources) -> None:
    one_of(resources, "AWS::CloudWatch::Alarm", "FunctionErrors")["EvaluationPeriods"] = 12


def unlogged(resources: Resources) -> None:
    one_of(resources, "AWS::Lambda::Function")["LoggingConfig"]["ApplicationLogLevel"] = "FATAL"


def one_receive(resources: Resources) -> None:
    one_of(resources, "AWS::SQS::Queue", "WorkQueue")["RedrivePolicy"]["maxReceiveCount"] = 1


def three_receives(resources: Resources) -> None:
    one_of(resources, "AWS::SQS::Queue", "WorkQueue")["RedrivePolicy"]["maxReceiveCount"] = 3


def closed(resources: Resources) -> None:
    one_of(resources, "AWS::SQS::Queue", "DeadLetter")["RedriveAllowPolicy"] = {"redrivePermission": "denyAll"}


def unbounded(resources: Resources) -> None:
    machine = one_of(resources, "AWS::StepFunctions::StateMachine")["DefinitionString"]["Fn::Join"][1]
    machine[:] = [re.sub(r'"MaxConcurrency": \d+', '"MaxConcurrency": 0', line) for line in machine]


def without_envelope(resources: Resources) -> None:
    one_of(resources, "AWS::Events::Rule")["Targets"][0]["InputPath"] = "$.detail"


def keys_only(resources: Resources) -> None:
    index = one_of(resources, "AWS::DynamoDB::Table")["GlobalSecondaryIndexes"][0]
    index["Projection"] = {"ProjectionType": "KEYS_ONLY"}


@pytest.mark.parametrize(
    ("name", "check", "fault", "rule"),
    [
        ("mass-messages", "alarms", other_unit, "unit"),
        ("mass-messages", "alarms", long_streak, "streak"),
        ("mass-messages", "watched", unlogged, "errors-unlogged"),
        ("mass-messages", "failure", one_receive, "dead-letter-early"),
        ("mass-messages", "failure", three_receives, "dead-letter-early"),
        ("mass-messages", "failure", closed, "dead-letter-forbidden"),
        ("map-over-objects", "throughput", unbounded, "account-taken"),
        ("event-driven-job", "contracts", without_envelope, "lookup-finds-nothing"),
        ("web-application", "contracts", keys_only, "list-differs"),
    ],
)
def test_an_incident_of_the_template_is_found(stories: Stories, name: str, check: str, fault: Fault, rule: str) -> None:
    assert stories.project(name).rules_found_by(check) == set()
    assert rules_with(stories.project(name), check, fault) == {rule}


KEY, DECODED = '"id": uploaded["key"]', '"id": uploaded["key"].replace("+", " ")'
ADDED = '"id": _id(key, owner), "owner": owner, "created_at": now, "etag": item_versions.following("", _id(""))'
ITEM, FORGED = f"item = {{**models.item(values), {ADDED}}}", f"item = {{{ADDED}, **models.item(values)}}"
BODY, TWICE = "json.dumps(message, ensure_ascii=False)", "json.dumps(json.dumps(message))"
GROUP, EACH = 'str(message.get("ordering_key", message.get("key", message["id"])))', 'str(message["id"])'
CLAIM = 'event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"]'
HEADER = f'event.get("headers", {{}}).get("x-user-id") or {CLAIM}'


@pytest.mark.parametrize(
    ("name", "check", "path", "find", "put", "rule"),
    [
        ("mass-messages", "delivery", DEPLOY, "deploy-${{ inputs.environment }}", "${{ github.run_id }}", "overtaken"),
        ("mass-messages", "delivery", DEPLOY, "      - run: make verify\n", "", "not-verified"),
        ("event-driven-job", "contracts", "src/transcode/message.py", KEY, DECODED, "lookup-finds-nothing"),
        ("web-application", "contracts", "src/api/service.py", ITEM, FORGED, "caller-sets-owner"),
        ("kubernetes-migration", "contracts", "src/shop/channel_sold.py", BODY, TWICE, "message-refused"),
        ("order", "contracts", "src/book/channel_booked.py", GROUP, EACH, "order-lost"),
        ("relational-web-app", "databases", "Makefile", "\t$(STEP) migrate $(STACK)\n", "", "migrations-not-run"),
        ("relational-web-app", "databases", "src/app/store_bookings.py", "(1, 2, 3, 4, 5, 5)", "(5, 10, 20, 20)",
         "ends-before-it-wakes"),
    ],
)  # fmt: skip
def test_an_incident_of_a_file_is_found(
    stories: Stories, name: str, check: str, path: str, find: str, put: str, rule: str
) -> None:
    project = stories.project(name)
    assert project.rules_found_by(check) == set()
    assert rules_after(project, check, path, find, put) == {rule}


DELETE = '        sqs.delete_message(QueueUrl=QUEUE_URL, ReceiptHandle=received["ReceiptHandle"])\n'
WORK = "        try:\n            with hidden(received):"
STAGE = '"/".join([*event["methodArn"].split("/")[:2], "*"])'


@pytest.mark.parametrize(
    ("name", "check", "path", "find", "put", "rule"),
    [
        ("web-application", "trust", "src/api/caller.py", CLAIM, HEADER, "forged-header"),
        ("foreign-tokens", "trust", "src/orders-authorizer/authorizer.py", STAGE, '"*"', "forged-token"),
        ("container-on-ec2", "stopping", "src/scanner/main.py", WORK, DELETE + WORK, "deleted-early"),
    ],
)
def test_an_incident_of_a_program_that_is_run_is_found(
    stories: Stories, project_python: Path, name: str, check: str, path: str, find: str, put: str, rule: str
) -> None:
    assert rule in rules_after(stories.project(name), check, path, find, put)


def test_a_program_that_nothing_wakes_gives_up_in_both_languages() -> None:
    assert databases.gives_up_after("const WAITS_MS = [1_000, 2_000];", typescript=True) == 3.0
