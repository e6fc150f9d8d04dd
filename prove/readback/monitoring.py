"""Differences of alarms and dashboards from their descriptions and from the resources of their dimensions.

An alarm whose description says "has reached 24 s" has a threshold of 24 s in the unit of its metric, and fires above it, one
that says "more than 1% of the requests" has one of 1; a dimension of an alarm or of a dashboard names a resource of its type. What is left of something is watched from below.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from prove.readback.compare import Difference
from prove.readback.stack import Resource, Stack
from prove.readback.values import Value, references

_REACHED = re.compile(r"\bhas reached ([\d,.]+)(?: (\S+?)| per second)?, which is \d+% of\b")
#: Alarms on a share of the requests.
_SHARE = re.compile(r"\bmore than ([\d.]+)% of the")
_SECONDS = {"ms": 0.001, "s": 1, "min": 60, "h": 3600, "hours": 3600, "days": 86400, "day": 86400}
_BYTES = {"bytes": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}
#: Metrics in milliseconds; other metrics of time are in seconds.
_MILLISECONDS = (
    "Duration", "DurableExecutionDuration", "Latency", "IntegrationLatency", "ExecutionTime",
    "GetRecords.IteratorAgeMilliseconds",
)  # fmt: skip
#: Metrics of what is left of something.
_LEFT = ("FreeStorageSpace",)
#: Dimension -> the types of its resource.
_TYPES_OF_DIMENSION = {
    "FunctionName": ("AWS::Lambda::Function",),
    "TableName": ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"),
    "QueueName": ("AWS::SQS::Queue",),
    "TopicName": ("AWS::SNS::Topic",),
    "StateMachineArn": ("AWS::StepFunctions::StateMachine",),
    "StreamName": ("AWS::Kinesis::Stream",),
    "BucketName": ("AWS::S3::Bucket",),
    "DBClusterIdentifier": ("AWS::RDS::DBCluster",),
    "DBInstanceIdentifier": ("AWS::RDS::DBInstance",),
}


def monitoring_differences(stack: Stack) -> Iterator[Difference]:
    """Yield alarms whose threshold differs from their description, and dimensions of resources of another type."""
    for alarm in stack.of_type("AWS::CloudWatch::Alarm"):
        yield from _threshold(alarm)
        queries = [query.get("MetricStat", {}).get("Metric", {}) for query in alarm.properties.get("Metrics") or ()]
        for metric in (alarm.properties, *queries):
            for name, value in (metric.get("Dimensions") or {}).items():
                yield from _dimension(alarm, name, value, stack)
    for board in stack.of_type("AWS::CloudWatch::Dashboard"):
        for widget in _widgets(board):
            for metric in widget.get("properties", {}).get("metrics", ()):
                words = [word for word in metric if isinstance(word, str)]
                for name, value in pairwise(words):
                    yield from _dimension(board, name, value, stack)


def _widgets(board: Resource) -> list[dict[str, Any]]:
    body = board.properties["DashboardBody"]
    return list(body.get("widgets", ())) if isinstance(body, dict) else []


def _threshold(alarm: Resource) -> Iterator[Difference]:
    properties = alarm.properties
    direction = "LessThan" if properties.get("MetricName") in _LEFT else "GreaterThan"
    if not str(properties.get("ComparisonOperator")).startswith(direction):
        yield _difference(alarm, "ComparisonOperator", expected=direction, actual=properties.get("ComparisonOperator"))
    share = _SHARE.search(str(properties.get("AlarmDescription")))
    if share and float(properties["Threshold"]) != float(share[1]):
        yield _difference(alarm, "Threshold", expected=share[0], actual=properties["Threshold"])
    stated = _REACHED.search(str(properties.get("AlarmDescription")))
    if stated is None:
        return
    value, unit = float(stated[1].replace(",", "")), stated[2]
    if unit is None and " per second," in stated[0]:
        value *= float(properties["Period"])
    elif unit in _SECONDS:
        value *= _SECONDS[unit] * (1000 if properties.get("MetricName") in _MILLISECONDS else 1)
    else:
        value *= _BYTES.get(unit, 1)
    # Values in descriptions are rounded.
    if abs(float(properties["Threshold"]) - value) > 0.01 * value:
        yield _difference(alarm, "Threshold", expected=stated[0], actual=properties["Threshold"])


def _dimension(resource: Resource, name: str, value: Value, stack: Stack) -> Iterator[Difference]:
    types = {stack.resources[id].type for id, _ in references(value) if id in stack.resources}
    if name in _TYPES_OF_DIMENSION and types - set(_TYPES_OF_DIMENSION[name]):
        yield _difference(resource, f"dimension {name}", expected=" or ".join(_TYPES_OF_DIMENSION[name]), actual=value)


def _difference(resource: Resource, setting: str, *, expected: str, actual: Value) -> Difference:
    return Difference(
        str(resource.owner) or resource.id,
        "setting",
        f"{resource.type} {resource.id}: {setting}",
        first=expected,
        second=str(actual),
    )
