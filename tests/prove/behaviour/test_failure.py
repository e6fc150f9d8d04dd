"""The check of failures: sound projects give none, and each fault on a path is caught by the rule that names it."""

from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.planting import Fault, Resources, id_of, one_of, rules_with
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

QUEUE, RULE, SCHEDULE = "AWS::SQS::Queue", "AWS::Events::Rule", "AWS::Scheduler::Schedule"
FUNCTION, MAPPING = "AWS::Lambda::Function", "AWS::Lambda::EventSourceMapping"
#: Every way by which a function is started without being waited for, and a queue behind a topic.
ANSWERS: dict[str, Any] = {
    "components": [
        {
            "id": "resize",
            "trigger": "event",
            "event_source": "s3-object",
            "longest_run_s": "10 s",
            "listens_to": "files",
        },
        {
            "id": "audit",
            "trigger": "event",
            "event_source": "table-change",
            "longest_run_s": "10 s",
            "listens_to": "rows",
        },
        {"id": "nightly", "trigger": "schedule", "longest_run_s": "10 s", "retries": False, "publishes": ["done"]},
        {"id": "mail", "trigger": "message", "longest_run_s": "10 s", "listens_to": "done"},
        {"id": "bill", "trigger": "message", "longest_run_s": "10 s", "listens_to": "done"},
    ],
    "stores": [{"id": "files", "access": "objects"}, {"id": "rows", "access": "key-value"}],
    "channels": [{"id": "done"}],
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    return write_project(ANSWERS, tmp_path_factory.mktemp("paths") / "project")


@pytest.mark.parametrize(
    "name", ["approval", "data-processing", "durable", "event-driven-job", "kubernetes-jobs", "order"]
)
def test_sound_projects_give_no_problem(name: str, tmp_path: Path) -> None:
    assert write_project(story(name), tmp_path / "project").rules_found_by("failure") == set()


def test_every_path_of_the_project_is_sound(project: WrittenProject) -> None:
    types = {resource.type for resource in project.evidence.stack.resources.values()}
    assert {QUEUE, RULE, SCHEDULE, FUNCTION, MAPPING, "AWS::SNS::Subscription"} <= types
    assert project.rules_found_by("failure") == set()


def test_failed_jobs_that_nobody_waits_for_are_told_of(tmp_path: Path) -> None:
    render = {"id": "render", "trigger": "on-demand", "packaging": "container-image", "longest_run_s": "3 h"}
    project = write_project({"components": [{**render, "pins": {"compute": "batch"}}]}, tmp_path / "project")
    assert project.rules_found_by("failure") == set()

    def no_rule(resources: Resources) -> None:
        del resources[id_of(resources, RULE)]

    assert "unseen-end" in rules_with(project, "failure", no_rule)


def test_failed_tasks_that_nobody_waits_for_are_told_of(tmp_path: Path) -> None:
    reindex = {"id": "reindex", "trigger": "on-demand", "packaging": "container-image", "longest_run_s": "2 h"}
    project = write_project({"components": [{**reindex, "pins": {"compute": "ecs"}}]}, tmp_path / "project")
    assert project.rules_found_by("failure") == set()

    def no_rule(resources: Resources) -> None:
        del resources[id_of(resources, RULE)]

    def of_other_tasks(resources: Resources) -> None:
        for alternative in one_of(resources, RULE)["EventPattern"]["detail"]["$or"]:
            alternative["taskDefinitionArn"] = [{"prefix": "arn:aws:ecs:other:"}]

    for fault in (no_rule, of_other_tasks):
        assert "unseen-end" in rules_with(project, "failure", fault)


def no_rule_dead_letter(resources: Resources) -> None:
    del one_of(resources, RULE)["Targets"][0]["DeadLetterConfig"]


def no_schedule_dead_letter(resources: Resources) -> None:
    del one_of(resources, SCHEDULE)["Target"]["DeadLetterConfig"]


def no_subscription_dead_letter(resources: Resources) -> None:
    del one_of(resources, "AWS::SNS::Subscription", "Done")["RedrivePolicy"]


def no_redrive(resources: Resources) -> None:
    del one_of(resources, QUEUE, "DoneMailQueue")["RedrivePolicy"]


def no_stream_destination(resources: Resources) -> None:
    del one_of(resources, MAPPING, "RowsTable")["DestinationConfig"]


def endless(resources: Resources) -> None:
    one_of(resources, MAPPING, "RowsTable")["MaximumRetryAttempts"] = -1


def dropped_by_event(resources: Resources) -> None:
    del one_of(resources, FUNCTION, "Resize")["DeadLetterConfig"]


def dropped_by_schedule(resources: Resources) -> None:
    del one_of(resources, FUNCTION, "Nightly")["DeadLetterConfig"]


def dropped_by_bucket(resources: Resources) -> None:
    arn = {"Fn::GetAtt": [id_of(resources, FUNCTION, "Mail"), "Arn"]}
    one_of(resources, "AWS::S3::Bucket")["NotificationConfiguration"] = {
        "LambdaConfigurations": [{"Event": "s3:ObjectCreated:*", "Function": arn}]
    }


def forbidden_by_policy(resources: Resources) -> None:
    for resource in resources.values():
        if resource["Type"] == "AWS::SQS::QueuePolicy":
            for statement in resource["Properties"]["PolicyDocument"]["Statement"]:
                statement["Principal"] = {"Service": "sns.amazonaws.com"}


def forbidden_for_this_rule(resources: Resources) -> None:
    policy = one_of(resources, "AWS::SQS::QueuePolicy", "ResizeEvents")
    other = {"Fn::GetAtt": [id_of(resources, SCHEDULE), "Arn"]}
    policy["PolicyDocument"]["Statement"][0]["Condition"]["ArnEquals"]["aws:SourceArn"] = other


def forbidden_to_role(resources: Resources) -> None:
    for id, resource in resources.items():
        if resource["Type"] == "AWS::IAM::Role" and id.startswith("Nightly"):
            for policy in resource["Properties"].get("Policies", ()):
                statements = policy["PolicyDocument"]["Statement"]
                policy["PolicyDocument"]["Statement"] = [s for s in statements if "sqs:SendMessage" not in str(s)]


def fifo_for_a_rule(resources: Resources) -> None:
    one_of(resources, QUEUE, "ResizeEventsDeadLetterQueue")["FifoQueue"] = True


def closed_key(resources: Resources) -> None:
    one_of(resources, QUEUE, "ResizeEventsDeadLetterQueue")["KmsMasterKeyId"] = "alias/aws/sqs"


def key_of_others(resources: Resources) -> None:
    statement = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:Decrypt"}
    policy = {"Version": "2012-10-17", "Statement": [{**statement, "Resource": "*"}]}
    resources["Closed"] = {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": policy}}
    one_of(resources, QUEUE, "NightlyScheduleDeadLetterQueue")["KmsMasterKeyId"] = {"Fn::GetAtt": ["Closed", "Arn"]}


def kept_for_an_hour(resources: Resources) -> None:
    one_of(resources, QUEUE, "DoneMailDeadLetterQueue")["MessageRetentionPeriod"] = 3600


def tried_beyond_retention(resources: Resources) -> None:
    one_of(resources, QUEUE, "DoneMailQueue")["VisibilityTimeout"] = 43200
    one_of(resources, QUEUE, "DoneMailQueue")["RedrivePolicy"]["maxReceiveCount"] = 10


def tried_a_thousand_times(resources: Resources) -> None:
    one_of(resources, QUEUE, "DoneMailQueue")["VisibilityTimeout"] = 100
    one_of(resources, QUEUE, "DoneMailQueue")["RedrivePolicy"]["maxReceiveCount"] = 1000


def unwatched(resources: Resources) -> None:
    del resources[id_of(resources, "AWS::CloudWatch::Alarm", "ResizeEventsDeadLetterQueue")]


def watched_by_a_mute_alarm(resources: Resources) -> None:
    one_of(resources, "AWS::CloudWatch::Alarm", "ResizeEventsDeadLetterQueue")["AlarmActions"] = []


def task_that_nobody_follows(resources: Resources) -> None:
    one_of(resources, RULE)["Targets"][0]["EcsParameters"] = {"TaskDefinitionArn": {"Ref": "Work"}}


def job_that_nobody_follows(resources: Resources) -> None:
    one_of(resources, RULE)["Targets"][0]["BatchParameters"] = {"JobDefinition": "work", "JobName": "work"}


FAULTS: dict[Fault, str] = {
    no_rule_dead_letter: "no-dead-letter",
    no_schedule_dead_letter: "no-dead-letter",
    no_subscription_dead_letter: "no-dead-letter",
    no_redrive: "no-dead-letter",
    no_stream_destination: "no-dead-letter",
    endless: "endless-retries",
    dropped_by_event: "failure-dropped",
    dropped_by_schedule: "failure-dropped",
    dropped_by_bucket: "failure-dropped",
    forbidden_by_policy: "dead-letter-forbidden",
    forbidden_for_this_rule: "dead-letter-forbidden",
    forbidden_to_role: "dead-letter-forbidden",
    fifo_for_a_rule: "dead-letter-type",
    closed_key: "dead-letter-key",
    key_of_others: "dead-letter-key",
    kept_for_an_hour: "dead-letter-expires",
    tried_beyond_retention: "dead-letter-expires",
    tried_a_thousand_times: "dead-letter-late",
    unwatched: "failure-silent",
    watched_by_a_mute_alarm: "failure-silent",
    task_that_nobody_follows: "unseen-end",
    job_that_nobody_follows: "unseen-end",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault.__name__))
def test_a_planted_fault_is_caught(fault: Fault, project: WrittenProject) -> None:
    assert FAULTS[fault] in rules_with(project, "failure", fault)


def test_a_rule_on_stops_of_the_task_tells_how_it_ended(project: WrittenProject) -> None:
    def followed(resources: Resources) -> None:
        task_that_nobody_follows(resources)
        queue = id_of(resources, QUEUE, "ResizeEventsDeadLetterQueue")
        pattern = {
            "source": ["aws.ecs"],
            "detail-type": ["ECS Task State Change"],
            "detail": {"lastStatus": ["STOPPED"]},
        }
        target = {
            "Id": "ends",
            "Arn": {"Fn::GetAtt": [queue, "Arn"]},
            "DeadLetterConfig": {"Arn": {"Fn::GetAtt": [queue, "Arn"]}},
        }
        resources["Ends"] = {"Type": RULE, "Properties": {"EventPattern": pattern, "Targets": [target]}}
        policy = one_of(resources, "AWS::SQS::QueuePolicy", "ResizeEvents")["PolicyDocument"]
        del policy["Statement"][0]["Condition"]

    assert rules_with(project, "failure", followed) == set()


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    return write_project(story("event-driven-job"), tmp_path_factory.mktemp("machine") / "project")


@pytest.mark.parametrize("end", ["FailedAlarm", "TimedOutAlarm"])
def test_a_state_machine_that_fails_silently_is_caught(end: str, machine: WrittenProject) -> None:
    def silent(resources: Resources) -> None:
        del resources[id_of(resources, "AWS::CloudWatch::Alarm", f"StateMachine{end}")]

    assert rules_with(machine, "failure", silent) == {"failure-silent"}
