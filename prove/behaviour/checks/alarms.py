"""Each alarm can go off and reaches a person.

Its metric is emitted, its threshold is below the maximum of the metric, and its window fits.

* Period × evaluation periods is one day at most, seven days with periods of an hour or more; a period is 10, 20, 30 or a
  multiple of 60 seconds (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html, read
  2026-11-27).
* An alarm that asks for another unit than the metric has never gets data (the same page).
* An alarm on an expression goes off if all requests fail, and does not while one in many fails.
* A metric of errors has no value while there are no errors. If missing data were treated as breaching, its alarm would
  never end. A sum or a sample count suits it, but an average does not
  (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html, read 2026-11-27).
"""

from collections.abc import Iterator

from prove.behaviour.alarm_actions import ALARM, obstacles
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.metric_limits import highest
from prove.behaviour.metric_math import breaches, on_single_metrics, queries, value_of
from prove.behaviour.metrics import NAMED_TYPES, Metric, metrics
from prove.behaviour.references import named, resource_named
from prove.readback import Stack
from prove.readback.stack import Resource

DAY_S, WEEK_S, HOUR_S = 86400, 604800, 3600
#: The longest time for which errors have to go on without a pause: an alarm that asks for more hears of a failure that
#: comes and goes never, and of an outage late.
LONGEST_STREAK_S = 900
#: Kind of a metric -> the units that it has; those of a level differ.
_UNITS = {
    "errors": ("Count",),
    "count": ("Count",),
    "percent": ("Percent",),
    "time": ("Seconds", "Milliseconds", "Microseconds"),
    "size": ("Bytes",),
}
_SHORT = (10, 20, 30)
#: Requests under a high load. Those that a load balancer has no target for are not among the requests that it counts.
#: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html (read 2026-12-01)
MANY, _NOT_AMONG_REQUESTS = 90_000, ("HTTPCode_ELB_5XX_Count",)
BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
_POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield every alarm that cannot trigger, or that triggers without a problem."""
    for alarm in evidence.stack.of_type(ALARM):
        for rule, message in _problems(evidence, alarm):
            yield Problem(rule, alarm.id, message, alarm.type)


def _problems(evidence: Evidence, alarm: Resource) -> Iterator[tuple[str, str]]:
    yield from obstacles(evidence.stack, alarm)
    if _scales(evidence.stack, alarm):
        return  # the check `waking` knows its metrics
    for single in on_single_metrics(alarm):
        yield from _of_metric(evidence, single)
    if "Metrics" in alarm.properties:
        yield from _share(alarm)
    else:
        yield from _threshold(evidence, alarm)


def _scales(stack: Stack, alarm: Resource) -> bool:
    """Return whether an alarm on an expression scales a service, and tells nobody."""
    actions = named(alarm.properties.get("AlarmActions")) & stack.resources.keys()
    return "Metrics" in alarm.properties and any(stack.resources[id].type == _POLICY for id in actions)


def _of_metric(evidence: Evidence, alarm: Resource) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one of the metrics of an alarm."""
    yield from _window(alarm)
    name = f"{alarm.properties['Namespace']} {alarm.properties['MetricName']}"
    metric = metrics().get((alarm.properties["Namespace"], alarm.properties["MetricName"]))
    if metric is None:
        yield "metric-unknown", f"AWS emits no metric {name} that is known here."
        return
    yield from _dimensions(evidence.stack, alarm, metric)
    yield from _statistic(alarm, metric)


def _dimensions(stack: Stack, alarm: Resource, metric: Metric) -> Iterator[tuple[str, str]]:
    dimensions = alarm.properties.get("Dimensions") or {}
    if frozenset(dimensions) not in metric.dimensions:
        yield "dimension-set", f"The metric is not emitted by {', '.join(sorted(dimensions)) or 'no dimension'}."
    for name, value in dimensions.items():
        wanted = NAMED_TYPES.get(name)
        if wanted and watched(stack, name, value) is None:
            yield "dimension-resource", f"{name} names no {' or '.join(wanted)} of the stack: {value}"
    group = resource_named(stack, dimensions.get("TargetGroup"), *NAMED_TYPES["TargetGroup"])
    balancer = resource_named(stack, dimensions.get("LoadBalancer"), BALANCER)
    if group is not None and balancer is not None and not _forwards(stack, balancer, group):
        yield "dimension-resource", f"No listener of {balancer.id} forwards to {group.id}, so that nothing is emitted."


def watched(stack: Stack, name: str, value: object) -> Resource | None:
    """Return the resource that a dimension names, by a reference or by the name that the resource has."""
    found = resource_named(stack, value, *NAMED_TYPES[name])
    if found is not None:
        return found
    names = ("Name", "QueueName", "FunctionName", "TopicName", "ServerlessCacheName", "DeliveryStreamName")
    for resource in stack.of_type(*NAMED_TYPES[name]):
        if any(resource.properties.get(one) == value for one in names):
            return resource
    return None


def _forwards(stack: Stack, balancer: Resource, group: Resource) -> bool:
    listeners = [
        listener
        for listener in stack.of_type("AWS::ElasticLoadBalancingV2::Listener")
        if balancer.id in named(listener.properties["LoadBalancerArn"])
    ]
    own = {listener.id for listener in listeners}
    rules = [
        rule
        for rule in stack.of_type("AWS::ElasticLoadBalancingV2::ListenerRule")
        if own & named(rule.properties["ListenerArn"])
    ]
    return any(group.id in named(dict(one.properties)) for one in (*listeners, *rules))


def _statistic(alarm: Resource, metric: Metric) -> Iterator[tuple[str, str]]:
    statistic = str(alarm.properties.get("Statistic") or alarm.properties.get("ExtendedStatistic"))
    grows = str(alarm.properties["ComparisonOperator"]).startswith("GreaterThan")
    if metric.kind == "errors" and statistic not in ("Sum", "Maximum", "SampleCount"):
        yield "statistic", f"{statistic} of a count of errors stays at one, however many there are."
    if metric.kind in ("level", "percent", "time", "size") and statistic in ("Sum", "SampleCount"):
        yield "statistic", f"{statistic} of a {metric.kind} depends on how often it is measured."
    unit = str(alarm.properties.get("Unit", ""))
    if unit and unit not in _UNITS.get(metric.kind, (unit,)):
        yield "unit", f"Its metric has no values in {unit}, so that the alarm has no data."
    streak = int(alarm.properties["Period"]) * int(
        alarm.properties.get("DatapointsToAlarm", alarm.properties["EvaluationPeriods"])
    )
    if metric.kind == "errors" and grows and streak > LONGEST_STREAK_S:
        yield (
            "streak",
            f"It goes off only after {streak} s with errors in each period; a period without errors restarts the count.",
        )
    if metric.kind == "errors" and grows and alarm.properties.get("TreatMissingData") == "breaching":
        yield "missing-data", "Without errors, the metric has no value, and the alarm would never end."


def _failed(alarm: Resource) -> dict[str, str]:
    """Return the metrics of an alarm that count failures, by the ids of their queries."""
    counted = {query["Id"]: query["MetricStat"]["Metric"] for query in queries(alarm) if "MetricStat" in query}
    known = {id: metrics().get((str(metric["Namespace"]), str(metric["MetricName"]))) for id, metric in counted.items()}
    return {id: str(counted[id]["MetricName"]) for id, one in known.items() if one is not None and one.kind == "errors"}


def _share(alarm: Resource) -> Iterator[tuple[str, str]]:
    """Yield what an alarm on a share of failures does otherwise than it should."""
    failed = _failed(alarm)
    apart = any(name in _NOT_AMONG_REQUESTS for name in failed.values())
    ids = [query["Id"] for query in queries(alarm) if "MetricStat" in query]

    def rings(failures: float | None, requests: float | None) -> bool:
        values = {id: failures if id in failed else requests for id in ids}
        return bool(breaches(alarm, value_of(queries(alarm), values)))

    if not rings(MANY, None if apart else MANY):
        yield "unreachable", "It does not go off if all requests fail."
    if rings(0, MANY) or rings(None, MANY):
        yield "always-rings", "It goes off if no request fails."
    elif rings(1, MANY):
        yield "single-failure", f"It goes off for one failure in {MANY:,} requests."


def _window(alarm: Resource) -> Iterator[tuple[str, str]]:
    period, periods = int(alarm.properties["Period"]), int(alarm.properties["EvaluationPeriods"])
    most = WEEK_S if period >= HOUR_S else DAY_S
    if period * periods > most:
        yield "window", f"{periods} periods of {period} s are more than the {most} s that CloudWatch looks back."
    if period not in _SHORT and period % 60:
        yield "window", f"CloudWatch knows no period of {period} s."
    if int(alarm.properties.get("DatapointsToAlarm", periods)) > periods:
        yield "window", "More data points have to breach than are looked at."


def _threshold(evidence: Evidence, alarm: Resource) -> Iterator[tuple[str, str]]:
    dimensions = alarm.properties.get("Dimensions") or {}
    named_by = [watched(evidence.stack, name, value) for name, value in dimensions.items() if name in NAMED_TYPES]
    balancer = resource_named(evidence.stack, dimensions.get("LoadBalancer"), BALANCER)
    resource = next((one for one in (*named_by, balancer) if one is not None), None)
    limit = highest(evidence, alarm, resource)
    threshold, operator = float(alarm.properties["Threshold"]), str(alarm.properties["ComparisonOperator"])
    falls = operator.startswith("LessThan")
    if falls and (threshold < 0 or (threshold == 0 and operator == "LessThanThreshold")):
        yield "unreachable", "No value is below zero."
    if limit is None:
        return
    beyond = threshold > limit if operator == "GreaterThanOrEqualToThreshold" else threshold >= limit
    if not falls and beyond:
        yield (
            "unreachable",
            f"The metric is at most {limit:g} by the settings of its resource; the threshold is {threshold:g}.",
        )
    if falls and threshold >= limit:
        yield "always-rings", f"The metric is at most {limit:g} from the start; the alarm goes off below {threshold:g}."
