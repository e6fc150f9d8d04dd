"""Alarms as the queries that they compare: one metric, or an expression over several.

An expression over a metric without data has none, unless FILL gives it a value; IF gives 0 where its value is missing
(https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html, read 2026-11-29).
"""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from prove.readback.stack import Resource

_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "GreaterThanThreshold": operator.gt,
    "LessThanOrEqualToThreshold": operator.le,
    "LessThanThreshold": operator.lt,
}
#: The functions of metric math that are known here; a metric without data is None.
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "IF": lambda condition, then, otherwise: (then or 0) if condition else (otherwise or 0),
    "FILL": lambda value, filled: filled if value is None else value,
}


def queries(alarm: Resource) -> Sequence[Any]:
    """Return the queries of an alarm; that of an alarm on one metric is the one that it returns."""
    properties = alarm.properties
    metric = {name: properties.get(name) for name in ("Namespace", "MetricName", "Dimensions")}
    statistic = properties.get("Statistic") or properties.get("ExtendedStatistic")
    stat = {"Period": properties.get("Period", 60), "Stat": statistic, "Unit": properties.get("Unit")}
    single = {"Id": "only", "MetricStat": {"Metric": metric, **stat}}
    return properties.get("Metrics") or [single | {"ReturnData": True}]


def on_single_metrics(alarm: Resource) -> Iterator[Resource]:
    """Yield an alarm as one on each of the metrics that it looks at."""
    for query in queries(alarm):
        if "MetricStat" in query:
            metric, stat = query["MetricStat"]["Metric"], query["MetricStat"]
            one = {"Statistic": stat["Stat"], "Period": stat.get("Period", 60), "Unit": stat.get("Unit")}
            yield alarm.with_(**metric, **one, ExtendedStatistic=None, Metrics=None)


def value_of(stated: Sequence[Any], values: Mapping[str, float | None]) -> float | None:
    """Return the value of the query that is returned, by the values of the metrics by the ids of their queries."""
    returned = next(query for query in stated if str(query.get("ReturnData", True)).lower() == "true")
    if "MetricStat" in returned:
        return values[returned["Id"]]
    return _evaluated(returned["Expression"], {**_FUNCTIONS, **values})


def breaches(alarm: Resource, value: float | None) -> bool | None:
    """Return whether a value is beyond the threshold of an alarm, or None if it does not count."""
    if value is None:
        return {"breaching": True, "notBreaching": False}.get(str(alarm.properties.get("TreatMissingData")))
    return _COMPARED[alarm.properties["ComparisonOperator"]](value, float(alarm.properties["Threshold"]))


def _evaluated(expression: str, known: Mapping[str, Any]) -> float | None:
    """Return the value of an expression of a template of ours, whose grammar is that of Python; None where data is missing."""
    try:
        value = eval(expression, {"__builtins__": {}}, dict(known))
    except (TypeError, ZeroDivisionError):
        return None
    return None if value is None else float(value)
