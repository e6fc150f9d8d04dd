"""SAM and CDK watch the same: the same alarms with the same numbers and words, the same graphs."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

import rules
from blueprints import sam
from blueprints.plan import Plan
from tests.blueprints.translation import parsed

Json = dict[str, Any]


def properties(template: Json, type: str) -> list[Json]:
    return [resource["Properties"] for resource in template["Resources"].values() if resource["Type"] == type]


def alarms(template: Json) -> list[Json]:
    """Return the alarms with the names of their dimensions; a share has the metrics that it is made of."""
    found = []
    for alarm in properties(template, "AWS::CloudWatch::Alarm"):
        named = {key: value for key, value in alarm.items() if key not in ("AlarmActions", "Dimensions", "Metrics")}
        queries = [metric_query(query) for query in alarm.get("Metrics", ())]
        found.append({**named, "Dimensions": dimensions(alarm), "Metrics": sorted(queries, key=json.dumps)})
    return sorted(found, key=lambda alarm: json.dumps(alarm, sort_keys=True))


def metric_query(query: Json) -> list[Any]:
    """Return a query without its id, which CDK sets for expressions; others are named by the expression."""
    if "Expression" in query:
        return [query["Expression"], query["ReturnData"]]
    metric, stat = query["MetricStat"]["Metric"], query["MetricStat"]
    return [
        query["Id"],
        metric["Namespace"],
        metric["MetricName"],
        dimensions(metric),
        stat["Period"],
        stat["Stat"],
        query["ReturnData"],
    ]


def dimensions(metric: Json) -> list[str]:
    return sorted(dimension["Name"] for dimension in metric.get("Dimensions", ()))


def body(value: Json) -> Json:
    """Return a dashboard with a stand-in for each thing that is only known once it is deployed."""
    if "Fn::Sub" in value:
        text = value["Fn::Sub"] if isinstance(value["Fn::Sub"], str) else value["Fn::Sub"][0]
        text = re.sub(r"\$\{[^}!]+\}", "?", text)
    else:
        text = "".join(part if isinstance(part, str) else "?" for part in value["Fn::Join"][1])
    dashboard: Json = json.loads(text)
    return dashboard


def line(metric: list[Any]) -> list[Any]:
    """Return a metric with its dimensions' names; CDK leaves out what CloudWatch assumes."""
    options = metric[-1] if isinstance(metric[-1], dict) else {}
    words = [part for part in metric if isinstance(part, str)]
    return [words[:2], words[2::2], options.get("stat", "Average"), options.get("yAxis", "left")]


def graphs(template: Json) -> list[Json]:
    (dashboard,) = properties(template, "AWS::CloudWatch::Dashboard")
    widgets = []
    for widget in body(dashboard["DashboardBody"])["widgets"]:
        place = [widget[key] for key in ("type", "x", "y", "width", "height")]
        lines = [line(metric) for metric in widget["properties"].get("metrics", ())]
        widgets.append({"at": place, "title": widget["properties"]["title"], "lines": lines})
    return widgets


@pytest.mark.parametrize("story", rules.STORIES)
def test_both_targets_watch_the_same(story: str, stacks: Mapping[str, Json], plans: Mapping[str, Plan]) -> None:
    template = parsed(sam.files(plans[story], "en"))
    assert alarms(stacks[story]) == alarms(template)
    assert len(alarms(template)) == len(plans[story].alarms)
    assert graphs(stacks[story]) == graphs(template)
    assert len(graphs(template)) == 1 + len(plans[story].widgets)
