"""Alarms of endpoints of callbacks: the first answer that is refused rings, whatever the endpoint is."""

from typing import Any

import pytest

import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from blueprints.plan import Plan, plan_for

WAITING = {
    "id": "order", "trigger": "schedule", "longest_run_s": "20 s", "steps": 2, "waits_for": ["callback"], "wait_s": "1 day",
}  # fmt: skip
ANSWERED = {
    "id": "verdict",
    "trigger": "callback",
    "authentication": "signature",
    "longest_run_s": "5 s",
    "calls": ["order"],
}
METRICS = {
    "api-gateway-http": "4xx",
    "api-gateway-rest": "4XXError",
    "lambda-function-url": "Url4xxCount",
    "alb": "HTTPCode_Target_4XX_Count",
}


def planned(**more: Any) -> Plan:
    requirements = {"schema": 2, "components": [WAITING, {**ANSWERED, **more}]}
    return plan_for(advise(make_requirements(requirements), rules.load_book()))


@pytest.mark.parametrize("entry", METRICS)
def test_the_first_refused_answer_rings(entry: str) -> None:
    (alarm,) = [one for one in planned(pins={"entry": entry}).alarms if one.name.endswith("RefusedAlarm")]
    assert (alarm.metric, alarm.statistic, alarm.above) == (METRICS[entry], "Sum", 0)
    assert alarm.node.startswith("verdict.")
    assert "4xx" in alarm.description.en
    assert "回答を拒否" in alarm.description.ja


def test_other_endpoints_have_no_such_alarm() -> None:
    called = {"id": "shop", "trigger": "request", "authentication": "none", "longest_run_s": "5 s"}
    plan = plan_for(advise(make_requirements({"schema": 2, "components": [called]}), rules.load_book()))
    assert not [one for one in plan.alarms if one.name.endswith("RefusedAlarm")]
