"""Alarms match their descriptions, and dimensions their resources; each difference is found."""

import copy
from collections.abc import Mapping
from typing import Any

import pytest

from advisor.design import Design
from blueprints import sam
from blueprints.plan import plan_for
from prove.readback import normal, read
from prove.readback.monitoring import monitoring_differences
from tests.blueprints.translation import translated

Json = dict[str, Any]


@pytest.fixture(scope="module")
def template(designs: Mapping[str, Design]) -> Json:
    return translated(sam.files(plan_for(designs["async-coupling"]), "en"))


def subjects(template: Json) -> list[str]:
    return [difference.subject for difference in monitoring_differences(normal(read(template)))]


def test_generated_alarms_match_their_descriptions(template: Json) -> None:
    assert subjects(template) == []


@pytest.mark.parametrize(
    ("id", "key", "value", "expected"),
    [
        ("ProcessAFunctionDurationNearLimitAlarm", "Threshold", 30000, "Threshold"),
        ("ProcessAFunctionDurationNearLimitAlarm", "Threshold", 24, "Threshold"),
        ("ProcessAFunctionErrorsAlarm", "ComparisonOperator", "LessThanThreshold", "ComparisonOperator"),
        (
            "ProcessAFunctionErrorsAlarm",
            "Dimensions",
            [{"Name": "FunctionName", "Value": {"Ref": "RecordsTable"}}],
            "dimension FunctionName",
        ),
    ],
)
def test_an_alarm_that_differs_from_its_description_is_found(
    id: str, key: str, value: object, expected: str, template: Json
) -> None:
    changed = copy.deepcopy(template)
    changed["Resources"][id]["Properties"][key] = value
    assert any(subject.endswith(f"{id}: {expected}") for subject in subjects(changed))


def test_an_alarm_on_another_share_than_it_says_is_found(designs: Mapping[str, Design]) -> None:
    template = translated(sam.files(plan_for(designs["dynamic-web-api"]), "en"))
    assert subjects(template) == []
    alarm = template["Resources"]["ApiFunctionErrorsAlarm"]["Properties"]
    alarm["Threshold"] = 5
    alarm["Metrics"][0]["MetricStat"]["Metric"]["Dimensions"][0]["Value"] = {"Ref": "ItemsTable"}
    assert [subject.rpartition(": ")[2] for subject in subjects(template)] == ["Threshold", "dimension FunctionName"]
