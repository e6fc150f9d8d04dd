"""The check `waking`: a service without tasks starts one for waiting messages, and each thing that prevents it is found."""

from typing import Any

import pytest

from tests.prove.behaviour.planting import Fault, Resources, id_of, one_of, rules_with
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

CHECK = "waking"
ALARM, POLICY = "AWS::CloudWatch::Alarm", "AWS::ApplicationAutoScaling::ScalingPolicy"
CONFIGURATIONS = {"WakePolicy": "StepScalingPolicyConfiguration", "Policy": "TargetTrackingScalingPolicyConfiguration"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    """Return the project of a worker that scales to zero."""
    return write_project(story("idle-worker"), tmp_path_factory.mktemp("idle") / "project")


def test_a_worker_rests_while_its_queue_is_empty_and_wakes_with_a_message(project: WrittenProject) -> None:
    assert project.rules_found_by(CHECK) == set()
    assert project.rules_found_by("capacity") == set()
    assert project.rules_found_by("alarms") == set()


SERVICES = ("Evaluator", "Ranking")


def _alarms(resources: Resources) -> list[Any]:
    return [one_of(resources, ALARM, f"{name}TaskScalingWake") for name in SERVICES]


def _policies(resources: Resources, part: str) -> list[Any]:
    return [one_of(resources, POLICY, f"{name}TaskScaling{part}")[CONFIGURATIONS[part]] for name in SERVICES]


def nothing_wakes(resources: Resources) -> None:
    for name in SERVICES:
        del resources[id_of(resources, ALARM, f"{name}TaskScalingWake")]


def takes_a_task_away(resources: Resources) -> None:
    for stepped in _policies(resources, "WakePolicy"):
        stepped["StepAdjustments"][0]["ScalingAdjustment"] = -1


def a_percentage_of_none(resources: Resources) -> None:
    for stepped in _policies(resources, "WakePolicy"):
        stepped["AdjustmentType"] = "PercentChangeInCapacity"


def from_six_messages_on(resources: Resources) -> None:
    for stepped in _policies(resources, "WakePolicy"):
        stepped["StepAdjustments"][0]["MetricIntervalLowerBound"] = 5


def none_at_most(resources: Resources) -> None:
    for name in SERVICES:
        one_of(resources, "AWS::ApplicationAutoScaling::ScalableTarget", name)["MaxCapacity"] = 0


def data_is_missing(resources: Resources) -> None:
    for alarm in _alarms(resources):
        alarm["Metrics"][2]["Expression"] = "IF(desired < 1, waiting, 0)"


def of_the_dead(resources: Resources) -> None:
    other = id_of(resources, "AWS::SQS::Queue", "DeadLetter")
    for alarm in _alarms(resources):
        alarm["Metrics"][0]["MetricStat"]["Metric"]["Dimensions"][0]["Value"] = {"Fn::GetAtt": [other, "QueueName"]}


def of_topics(resources: Resources) -> None:
    for alarm in _alarms(resources):
        alarm["Metrics"][0]["MetricStat"]["Metric"]["Namespace"] = "AWS/SNS"


def an_hour_later(resources: Resources) -> None:
    for alarm in _alarms(resources):
        alarm["EvaluationPeriods"] = 60


def every_minute_tells(resources: Resources) -> None:
    for alarm in _alarms(resources):
        alarm["DatapointsToAlarm"] = 5


def two_messages(resources: Resources) -> None:
    for alarm in _alarms(resources):
        alarm["Threshold"] = 2


def at_any_count(resources: Resources) -> None:
    for alarm in _alarms(resources):
        alarm["Threshold"] = 0


def beside_working_tasks(resources: Resources) -> None:
    for alarm in _alarms(resources):
        alarm["Metrics"][2]["Expression"] = "waiting"


def beside_starting_tasks(resources: Resources) -> None:
    for alarm in _alarms(resources):
        alarm["Metrics"][1]["MetricStat"]["Metric"]["MetricName"] = "RunningTaskCount"


def twice_in_a_row(resources: Resources) -> None:
    for stepped in _policies(resources, "WakePolicy"):
        stepped["Cooldown"] = 60


def stays_for_good(resources: Resources) -> None:
    for tracking in _policies(resources, "Policy"):
        tracking["DisableScaleIn"] = True


def in_the_middle_of_work(resources: Resources) -> None:
    for tracking in _policies(resources, "Policy"):
        tracking["CustomizedMetricSpecification"]["Metrics"][-1]["Expression"] = "waiting / tasks"


def between_two_messages(resources: Resources) -> None:
    for tracking in _policies(resources, "Policy"):
        tracking["CustomizedMetricSpecification"]["Metrics"][-1]["Expression"] = "(waiting + FILL(working, 0)) / tasks"


def one_late_minute(resources: Resources) -> None:
    for alarm in _alarms(resources):
        alarm["DatapointsToAlarm"] = 1


def no_actions(resources: Resources) -> None:
    for alarm in _alarms(resources):
        alarm["ActionsEnabled"] = False


def counted_by_samples(resources: Resources) -> None:
    for alarm in _alarms(resources):
        alarm["Metrics"][0]["MetricStat"]["Stat"] = "SampleCount"


def without_insights(resources: Resources) -> None:
    one_of(resources, "AWS::ECS::Cluster").pop("ClusterSettings")


def the_last_one_stays(resources: Resources) -> None:
    for tracking in _policies(resources, "Policy"):
        tracking["CustomizedMetricSpecification"]["Metrics"][-1]["Expression"] = "(waiting + working) / tasks"


@pytest.mark.parametrize(
    ("fault", "rules"),
    [
        (nothing_wakes, {"never-wakes"}),
        (takes_a_task_away, {"never-wakes"}),
        (a_percentage_of_none, {"never-wakes"}),
        (from_six_messages_on, {"never-wakes"}),
        (none_at_most, {"never-wakes"}),
        (data_is_missing, {"never-wakes"}),
        (of_the_dead, {"never-wakes"}),
        (of_topics, {"never-wakes"}),
        (an_hour_later, {"never-wakes", "piles-up"}),
        (every_minute_tells, {"never-wakes"}),
        (two_messages, {"never-wakes"}),
        (at_any_count, {"never-rests", "piles-up"}),
        (beside_working_tasks, {"piles-up"}),
        (beside_starting_tasks, {"piles-up"}),
        (twice_in_a_row, {"piles-up"}),
        (stays_for_good, {"never-rests"}),
        (the_last_one_stays, {"never-rests", "stops-at-work"}),
        (in_the_middle_of_work, {"stops-at-work"}),
        (between_two_messages, {"stops-at-work"}),
        (one_late_minute, {"piles-up"}),
        (no_actions, {"never-wakes"}),
        (counted_by_samples, {"never-wakes"}),
        (without_insights, {"not-counted"}),
    ],
)
def test_a_fault_is_found(project: WrittenProject, fault: Fault, rules: set[str]) -> None:
    assert rules_with(project, CHECK, fault) == rules


def test_nothing_rests_unless_nothing_may_be_paid_while_idle(project: WrittenProject) -> None:
    file = project.evidence.folder / "requirements.yaml"
    before = file.read_text("utf-8")
    file.write_text(before.replace("nothing-while-idle", "no-servers"), "utf-8")
    try:
        assert project.rules_found_by("capacity") == {"one-zone"}
    finally:
        file.write_text(before, "utf-8")
