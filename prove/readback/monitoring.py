"""What watches a stack held against its own words and against what it watches.

An alarm that says "at 24 s" fires at 24 s in the unit of its metric, and above it; a dimension of an alarm or of a
dashboard names a resource of the type that it is for.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from prove.readback.compare import Difference
from prove.readback.stack import Resource, Stack
from prove.readback.values import Value, references

_AT = re.compile(r"\bat ([\d,.]+)(?: (\S+?)| per second)?, \"[^\"]+\" nears\b")
_SECONDS = {"ms": 0.001, "s": 1, "min": 60, "h": 3600, "hours": 3600, "days": 86400, "day": 86400}
_BYTES = {"bytes": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}
#: Metrics in milliseconds; others that speak of time are in seconds.
_MILLISECONDS = (
    "Duration", "DurableExecutionDuration", "Latency", "IntegrationLatency", "ExecutionTime",
    "GetRecords.IteratorAgeMilliseconds",
)  # fmt: skip
#: Dimension -> the types of what it names.
_NAMED = {
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


def watching_differences(stack: Stack) -> Iterator[Difference]:
    """Give alarms that fire at another value than they say, and what names a resource of another kind."""
    for alarm in stack.of_type("AWS::CloudWatch::Alarm"):
        yield from _fires(alarm)
        for name, value in (alarm.properties.get("Dimensions") or {}).items():
            yield from _names(alarm, name, value, stack)
    for board in stack.of_type("AWS::CloudWatch::Dashboard"):
        for widget in _widgets(board):
            for metric in widget.get("properties", {}).get("metrics", ()):
                words = [word for word in metric if isinstance(word, str)]
                for name, value in pairwise(words):
                    yield from _names(board, name, value, stack)


def _widgets(board: Resource) -> list[dict[str, Any]]:
    body = board.properties["DashboardBody"]
    return list(body.get("widgets", ())) if isinstance(body, dict) else []


def _fires(alarm: Resource) -> Iterator[Difference]:
    given = alarm.properties
    if not str(given.get("ComparisonOperator")).startswith("GreaterThan"):
        yield _difference(alarm, "ComparisonOperator", "greater", given.get("ComparisonOperator"))
    said = _AT.search(str(given.get("AlarmDescription")))
    if said is None:
        return
    value, unit = float(said[1].replace(",", "")), said[2]
    if unit is None and " per second," in said[0]:
        value *= float(given["Period"])
    elif unit in _SECONDS:
        value *= _SECONDS[unit] * (1000 if given.get("MetricName") in _MILLISECONDS else 1)
    else:
        value *= _BYTES.get(unit, 1)
    # The words are rounded to what a person reads.
    if abs(float(given["Threshold"]) - value) > 0.01 * value:
        yield _difference(alarm, "Threshold", said[0], given["Threshold"])


def _names(one: Resource, name: str, value: Value, stack: Stack) -> Iterator[Difference]:
    types = {stack.resources[id].type for id, _ in references(value) if id in stack.resources}
    if name in _NAMED and types - set(_NAMED[name]):
        yield _difference(one, f"dimension {name}", " or ".join(_NAMED[name]), value)


def _difference(one: Resource, what: str, wanted: str, given: Value) -> Difference:
    return Difference(str(one.owner) or one.id, "setting", f"{one.type} {one.id}: {what}", wanted, str(given))
