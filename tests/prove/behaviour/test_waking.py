"""The check `waking`: a service without tasks starts one for waiting messages, and each thing that prevents it is found."""

from typing import Any

import pytest

from tests.prove.behaviour.planting import Fault, Resources, id_of, one_of, rules_with
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

CHECK = "waking"
ALARM = "AWS::CloudWatch::Alarm"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    """Return the project of a worker that scales to zero."""
    return write_project(story("idle-worker"), tmp_path_factory.mktemp("idle") / "project")


def test_a_worker_rests_while_its_queue_is_empty_and_wakes_with_a_message(project: WrittenProject) -> None:
    assert project.rules_found_by(CHECK) == set()
    assert project.rules_found_by("capacity") == set()
    assert project.rules_found_by("alarms") == set()


def _alarm(resources: Resources) -> Any:
    return one_of(resources, ALARM, "Wake")


def nothing_wakes(resources: Resources) -> None:
    del resources[id_of(resources, ALARM, "Wake")]


def takes_a_task_away(resources: Resources) -> None:
    policy = one_of(resources, "AWS::ApplicationAutoScaling::ScalingPolicy", "Wake")
    policy["StepScalingPolicyConfiguration"]["StepAdjustments"][0]["ScalingAdjustment"] = -1


def data_is_missing(resources: Resources) -> None:
    _alarm(resources)["Metrics"][2]["Expression"] = "IF(working < 1, waiting, 0)"


def of_the_dead(resources: Resources) -> None:
    other = id_of(resources, "AWS::SQS::Queue", "DeadLetter")
    for query in _alarm(resources)["Metrics"][:2]:
        query["MetricStat"]["Metric"]["Dimensions"][0]["Value"] = {"Fn::GetAtt": [other, "QueueName"]}


def an_hour_later(resources: Resources) -> None:
    _alarm(resources)["EvaluationPeriods"] = 60


def two_messages(resources: Resources) -> None:
    _alarm(resources)["Threshold"] = 2


def without_a_queue(resources: Resources) -> None:
    _alarm(resources)["TreatMissingData"] = "breaching"
    for query in _alarm(resources)["Metrics"][:2]:
        query["MetricStat"]["Metric"]["MetricName"] = "NumberOfMessagesSent"


def at_any_count(resources: Resources) -> None:
    _alarm(resources)["Threshold"] = 0


def beside_working_tasks(resources: Resources) -> None:
    metric = _alarm(resources).pop("Metrics")[0]["MetricStat"]["Metric"]
    _alarm(resources).update(metric, Statistic="Sum", Period=60)


@pytest.mark.parametrize(
    ("fault", "rules"),
    [
        (nothing_wakes, {"never-wakes"}),
        (takes_a_task_away, {"never-wakes"}),
        (data_is_missing, {"never-wakes"}),
        (of_the_dead, {"never-wakes"}),
        (an_hour_later, {"never-wakes"}),
        (two_messages, {"never-wakes"}),
        (at_any_count, {"never-rests", "piles-up"}),
        (without_a_queue, {"never-rests", "piles-up"}),
        (beside_working_tasks, {"piles-up"}),
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
