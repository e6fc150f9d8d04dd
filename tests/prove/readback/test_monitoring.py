"""What watches a stack fires at what it says, and names what it is for; each way to part them is found."""

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


def found(template: Json) -> list[str]:
    return [one.subject for one in monitoring_differences(normal(read(template)))]


def test_what_is_generated_fires_at_what_it_says(template: Json) -> None:
    assert found(template) == []


@pytest.mark.parametrize(
    ("id", "key", "value", "said"),
    [
        ("ProcessAFunctionRunExpiryAlarm", "Threshold", 30000, "Threshold"),
        ("ProcessAFunctionRunExpiryAlarm", "Threshold", 24, "Threshold"),
        ("ProcessAFunctionErrorsAlarm", "ComparisonOperator", "LessThanThreshold", "ComparisonOperator"),
        (
            "ProcessAFunctionErrorsAlarm",
            "Dimensions",
            [{"Name": "FunctionName", "Value": {"Ref": "RecordsTable"}}],
            "dimension FunctionName",
        ),
    ],
)
def test_an_alarm_that_says_otherwise_is_found(id: str, key: str, value: object, said: str, template: Json) -> None:
    changed = copy.deepcopy(template)
    changed["Resources"][id]["Properties"][key] = value
    assert any(one.endswith(f"{id}: {said}") for one in found(changed))
