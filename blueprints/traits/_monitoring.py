"""The records of how a service is measured and watched."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.architecture import Architecture, Node
from advisor.text import Text

Statistic = Literal["Sum", "Maximum", "Average", "Minimum", "SampleCount", "p99"]
#: Share of a limit at which an alarm goes off.
NEAR = 0.8
#: How much longer than its longest run a request may take before an alarm goes off, if nobody states a response time.
_SPARE = 1.2
#: The setting of an entry, or of its connection to a program, that is the longest run that its callers wait for.
LONGEST_RUN = "longest_run_s"


def _always(_node: Node) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class NodeAttribute:
    """An attribute of a node, such as "arn", under the name that something else gives it.

    `name` is the end of an environment variable's name, or the name of a dimension of a metric.
    """

    name: str
    attribute: str


@dataclass(frozen=True, slots=True)
class Total:
    """The requests of which an alarm counts the failed ones; under a high load it goes off for a share of them.

    `metric` and `statistic` count them; without a metric, the stated rate does. `words` say of the node (`{}`) that more than
    `{share}` fail. `apart` says that the failed ones are not among those that the metric counts.
    """

    words: Text
    metric: str = ""
    statistic: Statistic = "Sum"
    apart: bool = False


@dataclass(frozen=True, slots=True)
class AlarmRule:
    """An alarm of the nodes of a service: it fires when the statistic is above `above` for the given number of periods.

    `end` ends the alarm's name, `words` say of the node (`{}`) what happens, `words_of` where that depends on the node, and
    `words_in` where it depends on what is connected to it. A
    limit that follows from the node's own settings is a function of the node. `falls` says that it fires below the limit
    instead, `applies` which nodes have it, and `total` of what the failures that it counts are a share.
    """

    end: str
    metric: str
    statistic: Statistic
    above: float | Callable[[Node], float]
    words: Text
    periods: int = 1
    period_s: int = 300
    falls: bool = False
    applies: Callable[[Node], bool] = _always
    words_of: Callable[[Node], Text] | None = None
    words_in: Callable[[Architecture, Node], Text] | None = None
    total: Total | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a service's graph: a metric, and its statistic ("p99" too)."""

    metric: str
    statistic: str = "Sum"


def sums(*metrics: str) -> tuple[Curve, ...]:
    """Return a curve of the sum of each metric."""
    return tuple(Curve(metric) for metric in metrics)


@dataclass(frozen=True, slots=True)
class Metrics:
    """The CloudWatch metrics of a service: its namespace, and the dimensions of one node.

    `left` and `right` are the curves on the two axes of its graph. Without curves the graph shows what the alarms watch.
    `refused` is the metric that counts the requests which an entry, or the function at a URL, answers with an error of the client.
    """

    namespace: str
    dimensions: tuple[NodeAttribute, ...]
    alarms: tuple[AlarmRule, ...]
    left: tuple[Curve, ...] = ()
    right: tuple[Curve, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """The metric of an answer: its name, its statistic over a period, and the conversion of units.

    Where several nodes of a subject show an answer, the one of the lowest rank is watched. `limit` is what the
    deployment's own settings allow the answer to become, in the unit of the answer: the metric is never above it.
    """

    metric: str
    statistic: Statistic = "Maximum"
    scale: float = 1.0
    period_s: int = 300
    rank: int = 0
    limit: Callable[[Architecture, Node], float | None] | None = None


#: What one second is in a metric that counts milliseconds.
MS = 1000.0
MINUTE_S, HOUR_S = 60, 3600


def rates(metric: str, rank: int = 0) -> Mapping[str, Measure]:
    """Return how the two questions about rates are seen, by a metric that counts."""
    return {
        "rate_peak_rps": Measure(metric, "Sum", float(MINUTE_S), MINUTE_S, rank),
        "rate_average_rps": Measure(metric, "Sum", float(HOUR_S), HOUR_S, rank),
    }


def setting(name: str) -> Callable[[Architecture, Node], float | None]:
    """Return the limit that a setting of the node sets, or None if the node has no such setting."""
    return lambda _, node: float(str(node.settings[name])) if node.settings.get(name) else None


_NEAR_LIMIT = Text("{}: p99 latency near the required response time", "{}: p99 レイテンシーが応答期限に近い")
_LONGER = Text(
    "{}: p99 latency above the longest expected run", "{}: p99 レイテンシーが、想定した最長の実行時間を超えている"
)
_AS_LONG = Text(
    "{}: p99 latency near the timeout; the longest expected run takes as long as the timeout",
    "{}: p99 レイテンシーがタイムアウトに近い。想定した最長の実行時間がタイムアウトに達している",
)
_MISSED = Text("{}: p99 latency above the target", "{}: p99 レイテンシーが目標を超えている")


def near_limit(limit: float, normal: float = 0) -> float | None:
    """Return where an alarm near a limit goes off: at 80% of it, or half-way between what is normal and the limit if that is more.

    None means that there is no room: the limit is normal.
    """
    return None if normal >= limit else max(NEAR * limit, (normal + limit) / 2)


def _goal(node: Node) -> object:
    """Return the p99 latency target in milliseconds, or None if none is stated."""
    return node.settings.get("latency_ms")


def late_answers(metric: str, unit: float = 1.0) -> AlarmRule:
    """Return the alarm of answers that come late: one in a hundred misses the goal, or takes nearly as long as callers wait.

    It lies above the longest run: if the response time only follows from that, it goes off for what takes longer.
    """

    def limits(node: Node) -> tuple[float, float, float]:
        waits = float(str(node.settings.get("timeout_s", 1)))
        answer = float(str(node.settings.get("response_s") or waits))
        return waits, answer, float(str(node.settings.get(LONGEST_RUN, 0)))

    def above(node: Node) -> float:
        waits, answer, run = limits(node)
        limit = min(waits, answer if run < answer else _SPARE * run)
        near = (near_limit(limit, run) or NEAR * waits) * unit
        return round(min(near, float(str(goal)) / 1000 * unit) if (goal := _goal(node)) else near, 3)

    def words(node: Node) -> Text:
        waits, answer, run = limits(node)
        if _goal(node):
            return _MISSED
        return _NEAR_LIMIT if run < min(waits, answer) else _LONGER if run < waits else _AS_LONG

    return AlarmRule("LatencyAlarm", metric, "p99", above, _NEAR_LIMIT, periods=3, words_of=words)
