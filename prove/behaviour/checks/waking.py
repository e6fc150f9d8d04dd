"""A service without tasks starts its first task when messages wait, only then, and stops the last one again.

* Target tracking multiplies the number of tasks, so that it starts none where there is none; a step scaling policy adds
  some when an alarm goes off, and again after its cooldown if the alarm is still on
  (https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-step-scaling-policies.html, read
  2026-11-29). It scales in only if its metric has data
  (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html, read 2026-11-29).
* SQS sends the number of messages in flight while there are some, and that of visible messages while the queue is active
  (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html, read
  2026-11-29); metrics may be late.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from prove.behaviour.alarm_actions import ALARM
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.metric_math import breaches, queries, value_of
from prove.behaviour.references import named
from prove.behaviour.services import RunningService, counts_tasks, services
from prove.readback.policies import as_list
from prove.readback.stack import Resource

QUEUED, COUNTED = "AWS/SQS", "ECS/ContainerInsights"
#: Statistics that are the value of a metric which is sent once a minute.
VALUES = ("Sum", "Average", "Maximum", "Minimum")
#: The longest time for which an alarm may look before it goes off: a message waits as long.
LOOKS_FOR_S = 300


@dataclass(frozen=True, slots=True)
class Moment:
    """What a queue and its service have at a time; None where no metric is sent."""

    waiting: float | None
    working: float | None
    desired: float | None
    running: float | None
    taken: float | None = None

    def value(self, namespace: str, metric: str) -> float | None:
        """Return the value of a metric."""
        known: dict[tuple[str, str], float | None] = {
            (QUEUED, "ApproximateNumberOfMessagesVisible"): self.waiting,
            (QUEUED, "ApproximateNumberOfMessagesNotVisible"): self.working,
            (QUEUED, "NumberOfMessagesReceived"): self.taken,
            (COUNTED, "DesiredTaskCount"): self.desired,
            (COUNTED, "RunningTaskCount"): self.running,
        }
        return known.get((namespace, metric))


#: A message waits for a service without tasks, of which metrics are sent or not; nothing waits; tasks start or work.
WAITING = (Moment(1, None, 0, 0), Moment(1, None, None, None))
EMPTY = Moment(0, None, 0, 0)
SERVED = (Moment(1, None, 1, 0), Moment(1, 1, 1, 1))
#: The last task has nothing to do, works, or has worked in this minute; metrics of a minute are late.
DONE, LATE = Moment(0, None, 1, 1), Moment(None, None, None, None)
AT_WORK = (Moment(0, 1, 1, 1), Moment(0, None, 1, 1, taken=1))
#: Target tracking scales in when its metric has been below this part of the target for fifteen minutes.
SCALES_IN_BELOW = 0.9


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield services without tasks that no message wakes, that never rest, or that get more tasks than they need."""
    for service in services(evidence):
        if service.target is not None and not service.standing:
            for rule, message in _problems(service):
                yield Problem(rule, service.resource.id, message, service.resource.type)


def _problems(service: RunningService) -> Iterator[tuple[str, str]]:
    alarms = list(_alarms(service))
    if not service.most or not all(any(_rings(service, alarm, at) for alarm, _ in alarms) for at in WAITING):
        yield "never-wakes", "No task runs, and a waiting message starts none."
    if any(_rings(service, alarm, EMPTY) for alarm, _ in alarms):
        yield "never-rests", "An empty queue starts a task."
    elif not any(_tracks_down(service, policy, DONE) for policy in service.policies):
        yield "never-rests", "Nothing stops the last task when the queue is empty."
    if any(_tracks_down(service, policy, at) for policy in service.policies for at in AT_WORK):
        yield "stops-at-work", "The last task is stopped although messages come."
    if not _is_counted(service):
        yield "not-counted", "The cluster sends no numbers of tasks, by which the service scales."
    if any(_piles_up(service, alarm, policy) for alarm, policy in alarms):
        yield "piles-up", "Messages that wait beside a task add one task after the other."


def _alarms(service: RunningService) -> Iterator[tuple[Resource, Resource]]:
    """Yield the alarms that add a task, each with its step scaling policy."""
    for policy in service.policies:
        stepped = policy.properties.get("StepScalingPolicyConfiguration", {})
        adds = any(
            int(step["ScalingAdjustment"]) > 0 and float(step.get("MetricIntervalLowerBound", 0)) <= 0
            for step in stepped.get("StepAdjustments", ())
        )
        if adds and stepped.get("AdjustmentType") == "ChangeInCapacity":
            for alarm in service.evidence.stack.of_type(ALARM):
                is_on = str(alarm.properties.get("ActionsEnabled", "true")).lower() == "true"
                if is_on and policy.id in named(as_list(alarm.properties.get("AlarmActions") or [])):
                    yield alarm, policy


def _piles_up(service: RunningService, alarm: Resource, policy: Resource) -> bool:
    """Whether an alarm adds a task beside another: it goes off then, by one late minute, or stays on past the cooldown."""
    cooldown_s = float(policy.properties["StepScalingPolicyConfiguration"].get("Cooldown", 0))
    beside = any(_rings(service, alarm, at) for at in SERVED)
    return beside or _rings_once(service, alarm) or _looks_for_s(alarm) > cooldown_s


def _is_counted(service: RunningService) -> bool:
    """Whether the cluster of a service has Container Insights; of an existing one, its parameter asks for that."""
    known = service.evidence.stack.resources
    return all(counts_tasks(known[id]) for id in named(service.resource.properties["Cluster"]) if id in known)


def _tracks_down(service: RunningService, policy: Resource, at: Moment) -> bool:
    """Whether target tracking takes the last task away if a moment lasts."""
    tracking = policy.properties.get("TargetTrackingScalingPolicyConfiguration", {})
    stated = tracking.get("CustomizedMetricSpecification", {}).get("Metrics", ())
    value = _value(service, stated, at) if stated else None
    off = str(tracking.get("DisableScaleIn", "false")).lower() == "true"
    return value is not None and value < SCALES_IN_BELOW * float(tracking["TargetValue"]) and not off


def _looks_for_s(alarm: Resource) -> int:
    periods = [int(query["MetricStat"].get("Period", 60)) for query in queries(alarm) if "MetricStat" in query]
    return max(periods) * int(alarm.properties["EvaluationPeriods"])


def _rings(service: RunningService, alarm: Resource, at: Moment) -> bool:
    """Return whether an alarm goes off soon, also if the metrics of the last minute are late."""
    points = [_point(service, alarm, moment) for moment in (at, LATE)]
    most = int(alarm.properties["EvaluationPeriods"])
    late_counts = points[1] is False and int(alarm.properties.get("DatapointsToAlarm", most)) == most
    return bool(points[0]) and not late_counts and _looks_for_s(alarm) <= LOOKS_FOR_S


def _rings_once(service: RunningService, alarm: Resource) -> bool:
    """Return whether one minute in which the number of tasks is late makes an alarm go off beside a task."""
    wanted = int(alarm.properties.get("DatapointsToAlarm", alarm.properties["EvaluationPeriods"]))
    return wanted < 2 and bool(_point(service, alarm, Moment(1, 1, None, None)))


def _point(service: RunningService, alarm: Resource, at: Moment) -> bool | None:
    """Return whether a minute is above the threshold, or None if it does not count."""
    return breaches(alarm, _value(service, queries(alarm), at))


def _value(service: RunningService, stated: Sequence[Any], at: Moment) -> float | None:
    """Return the value of queries: the one that is returned, over the metrics of the service's own queue and tasks."""
    known: dict[str, float | None] = {}
    own = {*service.queues, service.resource.id}
    for query in stated:
        if "MetricStat" in query:
            metric = query["MetricStat"]["Metric"]
            is_own = bool(named(metric.get("Dimensions", [])) & own)
            is_own = is_own and query["MetricStat"]["Stat"] in VALUES
            known[query["Id"]] = at.value(metric["Namespace"], metric["MetricName"]) if is_own else None
    return value_of(stated, known)
