"""The checks of alarms: each can ring, and what has to be watched is; every planted fault is caught by its rule."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.planting import Fault, Resources, id_of, one_of, rules_with
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

ALARM = "AWS::CloudWatch::Alarm"
#: An API with a function, a queue behind a topic, a stream, a load balancer with tasks, a workflow, and a database.
ANSWERS: dict[str, Any] = {
    "workload": {"priorities": ["latency"]},
    "components": [
        {"id": "shop", "trigger": "request", "longest_run_s": "2 s", "publishes": ["sold"], "writes": ["orders"]},
        {"id": "ship", "trigger": "message", "longest_run_s": "10 s", "listens_to": "sold"},
        {"id": "bill", "trigger": "message", "longest_run_s": "10 s", "listens_to": "sold"},
        {"id": "report", "trigger": "schedule", "longest_run_s": "20 min", "packaging": "container-image", "steps": 2},
        {
            "id": "web",
            "trigger": "request",
            "packaging": "container-image",
            "pins": {"compute": "ecs", "entry": "alb"},
            "rate_average_rps": "100/s",
        },
        {"id": "busy", "trigger": "request", "longest_run_s": "2 s", "rate_average_rps": "1000/s"},
    ],
    "stores": [{"id": "orders", "access": "relational", "pins": {"store": "rds"}}],
    "channels": [{"id": "sold"}],
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    return write_project(ANSWERS, tmp_path_factory.mktemp("alarms") / "project")


@pytest.mark.parametrize("check", ["alarms", "watched"])
@pytest.mark.parametrize(
    "name",
    ["container-web-service", "data-processing", "durable", "graphql-api", "kubernetes-jobs", "order", "private-business-api", "relational-web-app"],
)  # fmt: skip
def test_sound_projects_give_no_problem(name: str, check: str, tmp_path: Path) -> None:
    assert write_project(story(name), tmp_path / "project").rules_found_by(check) == set()


def test_the_project_has_alarms_of_many_kinds_and_all_are_sound(project: WrittenProject) -> None:
    alarms = project.evidence.stack.of_type(ALARM)
    assert {alarm.properties.get("Namespace") for alarm in alarms} >= {
        "AWS/Lambda", "AWS/ApiGateway", "AWS/ApplicationELB", "AWS/RDS", "AWS/SQS", "AWS/SNS", "AWS/States", "AWS/ECS",
    }  # fmt: skip
    assert project.rules_found_by("alarms") == set()
    assert project.rules_found_by("watched") == set()


def changed(part: str, **properties: Any) -> Fault:
    def fault(resources: Resources) -> None:
        one_of(resources, ALARM, part).update(properties)

    return fault


def topic_without_readers(resources: Resources) -> None:
    del resources[id_of(resources, "AWS::SNS::Subscription", "Alarm")]


def topic_under_the_key_of_aws(resources: Resources) -> None:
    one_of(resources, "AWS::SNS::Topic", "AlarmTopic")["KmsMasterKeyId"] = "alias/aws/sns"


def key_closed_to_cloudwatch(resources: Resources) -> None:
    key = one_of(resources, "AWS::KMS::Key", "AlarmKey")["KeyPolicy"]
    key["Statement"] = [s for s in key["Statement"] if "Service" not in s["Principal"]]


def policy_closed_to_cloudwatch(resources: Resources) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sns:Publish",
        "Resource": "*",
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    topic = {"Ref": id_of(resources, "AWS::SNS::Topic", "AlarmTopic")}
    resources["Closed"] = {
        "Type": "AWS::SNS::TopicPolicy",
        "Properties": {"Topics": [topic], "PolicyDocument": document},
    }


def group_without_listener(resources: Resources) -> None:
    for resource in resources.values():
        if resource["Type"] == "AWS::ElasticLoadBalancingV2::Listener":
            resource["Properties"]["DefaultActions"] = [{"Type": "fixed-response"}]


def shorter_function(resources: Resources) -> None:
    one_of(resources, "AWS::Lambda::Function", "ShipFunction")["Timeout"] = 5


def shorter_retention(resources: Resources) -> None:
    one_of(resources, "AWS::SQS::Queue", "SoldShipQueue")["MessageRetentionPeriod"] = 60


def shorter_integration(resources: Resources) -> None:
    one_of(resources, "AWS::ApiGatewayV2::Integration")["TimeoutInMillis"] = 1000


def sooner_idle(resources: Resources) -> None:
    balancer = one_of(resources, "AWS::ElasticLoadBalancingV2::LoadBalancer", "Web")
    for attribute in balancer["LoadBalancerAttributes"]:
        if attribute["Key"] == "idle_timeout.timeout_seconds":
            attribute["Value"] = "1"


def smaller_database(resources: Resources) -> None:
    one_of(resources, "AWS::RDS::DBInstance")["DBInstanceClass"] = "db.t4g.medium"


def put(part: str, find: str, replacement: str) -> Fault:
    """Return the fault of an alarm that has other words in its queries."""

    def fault(resources: Resources) -> None:
        alarm = one_of(resources, ALARM, part)
        text = json.dumps(alarm["Metrics"])
        assert find in text
        alarm["Metrics"] = json.loads(text.replace(find, replacement))

    return fault


SHIP, BUSY = "ShipFunctionErrorsAlarm", "BusyFunctionErrorsAlarm"
FAULTS: dict[str, tuple[Fault, str]] = {
    "disabled": (changed(SHIP, ActionsEnabled=False), "alarm-disabled"),
    "no action": (changed(SHIP, AlarmActions=[]), "alarm-without-action"),
    "nobody subscribed": (topic_without_readers, "alarm-unheard"),
    "AWS's key": (topic_under_the_key_of_aws, "alarm-key"),
    "key of others": (key_closed_to_cloudwatch, "alarm-key"),
    "policy": (policy_closed_to_cloudwatch, "alarm-policy"),
    "unknown metric": (changed(SHIP, MetricName="Failures"), "metric-unknown"),
    "dimension of another service": (changed(SHIP, Dimensions=[{"Name": "QueueName", "Value": "x"}]), "dimension-set"),
    "no such function": (changed(SHIP, Dimensions=[{"Name": "FunctionName", "Value": "ship"}]), "dimension-resource"),
    "no listener": (group_without_listener, "dimension-resource"),
    "average of errors": (changed(SHIP, Statistic="Average"), "statistic"),
    "sum of a level": (changed("SoldShipQueueAgeAlarm", Statistic="Sum"), "statistic"),
    "rings without errors": (changed(SHIP, TreatMissingData="breaching"), "missing-data"),
    "two days": (changed(SHIP, EvaluationPeriods=600), "window"),
    "eight days": (changed(SHIP, Period=86400, EvaluationPeriods=8), "window"),
    "odd period": (changed(SHIP, Period=90), "window"),
    "more points than periods": (changed(SHIP, DatapointsToAlarm=2), "window"),
    "function ends before": (shorter_function, "unreachable"),
    "message is gone before": (shorter_retention, "unreachable"),
    "API gives up before": (shorter_integration, "unreachable"),
    "balancer gives up before": (sooner_idle, "unreachable"),
    "database has fewer connections": (smaller_database, "unreachable"),
    "more than 100 %": (changed("CpuAlarm", Threshold=100), "unreachable"),
    "longer than the workflow": (
        changed("StateMachineFailedAlarm", MetricName="ExecutionTime", Statistic="Maximum", Threshold=10**11), "unreachable",
    ),
    "share of another metric": (put(BUSY, '"Invocations"', '"Invoked"'), "metric-unknown"),
    "share of no failures": (put(BUSY, '"Errors"', '"Failures"'), "metric-unknown"),
    "share by another dimension": (put(BUSY, '"FunctionName"', '"QueueName"'), "dimension-set"),
    "share of an average": (put(BUSY, '"Stat": "Sum"', '"Stat": "Average"'), "statistic"),
    "share over an odd time": (put(BUSY, '"Period": 300', '"Period": 90'), "window"),
    "share in another unit": (put(BUSY, '"Stat": "Sum"', '"Stat": "Sum", "Unit": "Percent"'), "unit"),
    "share of more than all": (changed(BUSY, Threshold=100), "unreachable"),
    "share as a fraction": (put(BUSY, "100 * ", ""), "unreachable"),
    "one failure, as a share": (put(BUSY, "errors > 1, 100 * errors / requests", "errors > 0, 100"), "single-failure"),
    "rings without failures": (changed(BUSY, Threshold=-1), "always-rings"),
    "no target, no requests": (put("WebLoadBalancerServerErrors", "(errors + FILL(requests, 0))", "requests"), "unreachable"),
    "less than nothing": (changed("StorageAlarm", Threshold=0), "unreachable"),
    "more than there is": (changed("StorageAlarm", Threshold=2**40), "always-rings"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str, project: WrittenProject) -> None:
    plant, rule = FAULTS[fault]
    assert rule in rules_with(project, "alarms", plant)


@pytest.mark.parametrize(
    ("alarm", "rule"),
    [
        ("ShopApiLatencyAlarm", "latency-unwatched"),
        ("WebLoadBalancerLatencyAlarm", "latency-unwatched"),
        ("WebTaskUnhealthyAlarm", "hosts-unwatched"),
        ("StorageAlarm", "storage-unwatched"),
        ("ConnectionsAlarm", "connections-unwatched"),
    ],
)
def test_what_nobody_watches_is_caught(alarm: str, rule: str, project: WrittenProject) -> None:
    def unwatched(resources: Resources) -> None:
        del resources[id_of(resources, ALARM, alarm)]

    assert rules_with(project, "watched", unwatched) == {rule}


def test_an_average_is_no_percentile(project: WrittenProject) -> None:
    def average(resources: Resources) -> None:
        del one_of(resources, ALARM, "ShopApiLatencyAlarm")["ExtendedStatistic"]
        one_of(resources, ALARM, "ShopApiLatencyAlarm")["Statistic"] = "Average"

    assert rules_with(project, "watched", average) == {"latency-unwatched"}


def test_connections_of_a_cluster_without_an_alarm_are_caught(tmp_path: Path) -> None:
    written = write_project(story("relational-web-app"), tmp_path / "project")

    def unwatched(resources: Resources) -> None:
        del resources[id_of(resources, ALARM, "ConnectionsAlarm")]

    assert rules_with(written, "watched", unwatched) == {"connections-unwatched"}


def test_restarts_of_pods_that_are_never_restarted_are_caught(tmp_path: Path) -> None:
    written = write_project(story("kubernetes-jobs"), tmp_path / "project")
    restarts = changed("NightlyWorkload", MetricName="pod_number_of_container_restarts", Threshold=3)
    assert rules_with(written, "alarms", restarts) == {"unreachable"}


def test_a_message_larger_than_a_topic_carries_is_caught(tmp_path: Path) -> None:
    written = write_project(story("order"), tmp_path / "project")
    assert rules_with(written, "alarms", changed("BookedTotalsQueueMessage", Threshold=800_000)) == {"unreachable"}


def test_an_index_whose_throttling_nobody_sees_is_caught(tmp_path: Path) -> None:
    shop = {"id": "shop", "trigger": "request", "reads": ["orders"], "writes": ["orders"], "longest_run_s": "2 s"}
    answers = {"components": [shop], "stores": [{"id": "orders", "access": "key-value"}]}
    project = write_project(answers, tmp_path / "project")
    assert project.rules_found_by("watched") == project.rules_found_by("alarms") == set()

    def unwatched(resources: Resources) -> None:
        del resources[id_of(resources, ALARM, "OwnerIndexWriteThrottlesAlarm")]

    assert rules_with(project, "watched", unwatched) == {"index-unwatched"}
