"""The dashboard: the state of all alarms, and for each part the few numbers that say how it is doing, by service.

A service without a row of its own shows what its alarms watch, so nothing that is watched is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.architecture import Architecture, Node
from advisor.text import Text
from blueprints.alarms import Alarm, family, measured
from blueprints.durable import DURABLE
from blueprints.environment import Ref

ALARMS_TITLE = Text("Alarms", "アラーム")
#: Widgets stand two in a row on a grid of 24 columns, below the alarms.
COLUMNS, WIDTH, HEIGHT, ALARMS_HEIGHT = 24, 12, 6, 8


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a graph: a metric and its statistic; `right` says that it has the axis on the right."""

    namespace: str
    metric: str
    dimensions: tuple[tuple[str, Ref], ...]
    statistic: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class Widget:
    """One graph: the node that it shows, its title and its lines."""

    node: str
    title: Text
    lines: tuple[Line, ...]


_Rows = tuple[tuple[str, str], ...]
_P99 = "p99"


def _sums(*metrics: str) -> _Rows:
    return tuple((metric, "Sum") for metric in metrics)


#: Service -> (metric, statistic) of the axis on the left and of that on the right.
_ROWS: Mapping[str, tuple[_Rows, _Rows]] = {
    "lambda": (_sums("Invocations", "Errors", "Throttles"), (("Duration", _P99), ("Duration", "Maximum"))),
    DURABLE: (
        _sums("DurableExecutionStarted", "DurableExecutionSucceeded", "DurableExecutionFailed", "Errors"),
        (("DurableExecutionDuration", "Maximum"),),
    ),
    "sqs": (
        (("ApproximateNumberOfMessagesVisible", "Maximum"), *_sums("NumberOfMessagesSent")),
        (("ApproximateAgeOfOldestMessage", "Maximum"),),
    ),
    "dead-letter-queue": ((("ApproximateNumberOfMessagesVisible", "Maximum"),), ()),
    "step-functions-standard": (
        _sums("ExecutionsStarted", "ExecutionsSucceeded", "ExecutionsFailed"),
        (("ExecutionTime", "Maximum"),),
    ),
    "api-gateway-http": (_sums("Count", "4xx", "5xx"), (("Latency", _P99),)),
    "api-gateway-rest": (_sums("Count", "4XXError", "5XXError"), (("Latency", _P99),)),
    "api-gateway-websocket": (
        _sums("ConnectCount", "MessageCount", "IntegrationError"),
        (("IntegrationLatency", _P99),),
    ),
    "appsync": (_sums("4XXError", "5XXError"), (("Latency", _P99),)),
    "alb": (
        _sums("RequestCount", "HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"),
        (("TargetResponseTime", _P99),),
    ),
    "aurora-dsql": (_sums("TotalTransactions", "OccConflicts", "QueryTimeouts"), (("CommitLatency", "Average"),)),
    "opensearch-serverless": (
        _sums("SearchRequestRate", "SearchRequestErrors", "IngestionRequestRate", "IngestionRequestErrors"),
        (("SearchRequestLatency", "Average"),),
    ),
    "elasticache-serverless": (
        _sums("CacheHits", "CacheMisses", "ThrottledCmds", "Evictions"),
        (("BytesUsedForCache", "Maximum"),),
    ),
    "kinesis": (_sums("IncomingRecords"), (("GetRecords.IteratorAgeMilliseconds", "Maximum"),)),
    "sns": (
        _sums("NumberOfMessagesPublished", "NumberOfNotificationsDelivered", "NumberOfNotificationsFailed"),
        (),
    ),
    "dynamodb": (
        _sums(
            "ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits", "ReadThrottleEvents", "WriteThrottleEvents"
        ),
        (),
    ),
}  # fmt: skip


def widgets_of(architecture: Architecture, alarms: tuple[Alarm, ...]) -> tuple[Widget, ...]:
    """Return the graphs of all nodes that are watched, in the order of the nodes."""
    found = []
    for node in architecture.nodes:
        watched = [alarm for alarm in alarms if alarm.node == node.id]
        lines = _lines(node, watched) if watched else ()
        if lines:
            found.append(Widget(node.id, Text(_called(node, "en"), _called(node, "ja")), lines))
    return tuple(found)


def _called(node: Node, lang: str) -> str:
    title = node.note.en or node.title.en if lang == "en" else node.note.ja or node.title.ja
    return f"{title} · {node.subject}"


def _lines(node: Node, watched: list[Alarm]) -> tuple[Line, ...]:
    seen, rows = measured(node), _ROWS.get(family(node))
    if seen is None or rows is None:
        own = [Line(one.namespace, one.metric, one.dimensions, one.statistic) for one in watched]
        return tuple(dict.fromkeys(own))
    namespace, dimensions = seen
    left, right = rows
    return (
        *(Line(namespace, metric, dimensions, statistic) for metric, statistic in left),
        *(Line(namespace, metric, dimensions, statistic, right=True) for metric, statistic in right),
    )
