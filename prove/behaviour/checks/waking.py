"""A service without tasks starts its first task when messages wait, and only then.

* Target tracking multiplies the number of tasks, so that it starts none where there is none; a step scaling policy adds
  some when an alarm goes off
  (https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-step-scaling-policies.html, read
  2026-11-29).
* SQS sends the number of messages in flight while there are some, and that of visible messages while the queue is active
  (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html, read
  2026-11-29). An expression over a metric without data has none, unless FILL gives it a value
  (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html, read 2026-11-29).
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from prove.behaviour.alarm_actions import ALARM
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.references import named
from prove.behaviour.services import RunningService, services
from prove.readback.policies import as_list
from prove.readback.stack import Resource

WAITING, WORKING = "ApproximateNumberOfMessagesVisible", "ApproximateNumberOfMessagesNotVisible"
#: The longest time for which an alarm may look before it goes off: a message waits as long.
LOOKS_FOR_S = 300
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "GreaterThanThreshold": operator.gt,
    "LessThanOrEqualToThreshold": operator.le,
    "LessThanThreshold": operator.lt,
}
#: The functions of metric math that are known here; a metric without data is None.
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "IF": lambda condition, then, otherwise: then if condition else otherwise,
    "FILL": lambda value, filled: filled if value is None else value,
}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield services without tasks that no message wakes, or that are given more tasks than their load needs."""
    for service in services(evidence):
        if service.target is None or service.standing:
            continue
        queues, alarms = _queues(service), list(_alarms(service))
        place, type = service.resource.id, service.resource.type
        if not any(_rings(alarm, queues, waiting=1, working=None) for alarm in alarms):
            yield Problem("never-wakes", place, "No task runs, and a waiting message starts none.", type)
        if any(_rings(alarm, queues, waiting=0, working=None) for alarm in alarms):
            yield Problem("never-rests", place, "An empty queue starts a task.", type)
        if any(_rings(alarm, queues, waiting=1, working=1) for alarm in alarms):
            yield Problem(
                "piles-up", place, "Messages that wait beside working tasks add one task after the other.", type
            )


def _queues(service: RunningService) -> set[str]:
    """Return the queues that a service's task definition names."""
    definition = next(
        id for id in named(dict(service.resource.properties)) if _is(service, id, "AWS::ECS::TaskDefinition")
    )
    properties = dict(service.evidence.stack.resources[definition].properties)
    return {id for id in named(properties) if _is(service, id, "AWS::SQS::Queue")}


def _is(service: RunningService, id: str, type: str) -> bool:
    known = service.evidence.stack.resources
    return id in known and known[id].type == type


def _alarms(service: RunningService) -> Iterator[Resource]:
    """Yield the alarms that add a task by a step scaling policy."""
    for policy in service.policies:
        stepped = policy.properties.get("StepScalingPolicyConfiguration", {})
        if any(int(step["ScalingAdjustment"]) > 0 for step in stepped.get("StepAdjustments", ())):
            for alarm in service.evidence.stack.of_type(ALARM):
                if policy.id in named(as_list(alarm.properties.get("AlarmActions") or [])):
                    yield alarm


def _rings(alarm: Resource, queues: set[str], *, waiting: float, working: float | None) -> bool:
    """Return whether an alarm goes off soon with so many messages in the queues; None where SQS sends no metric."""
    values = {WAITING: waiting, WORKING: working}
    properties = alarm.properties
    queries = properties.get("Metrics") or [{"Id": "only", "MetricStat": _single(properties)}]
    known: dict[str, Any] = dict(_FUNCTIONS)
    period = int(properties.get("Period", 60))
    for query in queries:
        if "MetricStat" in query:
            metric = query["MetricStat"]["Metric"]
            period = max(period, int(query["MetricStat"].get("Period", 60)))
            of_queue = bool(named(metric.get("Dimensions", [])) & queues)
            known[query["Id"]] = values.get(metric["MetricName"]) if of_queue else None
    if period * int(properties["EvaluationPeriods"]) > LOOKS_FOR_S:
        return False
    returned = next(query for query in queries if len(queries) == 1 or query.get("ReturnData") in (True, "true"))
    value = known.get(returned["Id"]) if "MetricStat" in returned else _evaluated(returned["Expression"], known)
    if value is None:
        return bool(properties.get("TreatMissingData") == "breaching")
    return _COMPARED[properties["ComparisonOperator"]](value, float(properties["Threshold"]))


def _single(properties: Mapping[str, Any]) -> dict[str, Any]:
    metric = {name: properties.get(name) for name in ("Namespace", "MetricName", "Dimensions")}
    return {"Metric": metric, "Period": properties.get("Period", 60)}


def _evaluated(expression: str, known: Mapping[str, Any]) -> float | None:
    """Return the value of an expression of a template of ours, whose grammar is that of Python; None where data is missing."""
    try:
        value = eval(expression, {"__builtins__": {}}, dict(known))
    except TypeError:
        return None
    return None if value is None else float(value)
