"""Failures are visible: each asynchronous path ends in a queue or topic with an alarm.

Followed are queues, subscriptions, rules, schedules, pipes, streams, notifications of buckets and functions that are
invoked without waiting: what fails at every attempt has an ending that its sender may use, and the ending has an alarm
that reaches a person. An execution of a state machine, a task of ECS and a job of Batch that nobody waits for end with
a status: an alarm on failed and on timed-out executions, and a rule on the stops of the task or the job, tell of it
(https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html,
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html, read 2026-11-27).

Tasks and jobs that only somebody outside starts have such a rule, too.

Not followed: programs that read streams by themselves, whose failures no template shows.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from prove.behaviour.alarm_actions import TOPIC, alarms_that_ring
from prove.behaviour.dead_letters import QUEUE, Ending, faults
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.hand_overs import (
    FUNCTION,
    MACHINE,
    RULE,
    HandOver,
    endings_of_function,
    hand_overs,
    invoked_without_waiting,
)
from prove.behaviour.references import named, resource_named
from prove.readback import Stack
from prove.readback.families import TASK, by_family, referred
from prove.readback.policies import as_list
from prove.readback.stack import Resource

#: What a hand-over starts -> the events by which AWS tells of its end.
_ENDS = {"task": "ECS Task State Change", "job": "Batch Job State Change"}
#: What submits jobs to a queue.
_SUBMITTING = (MACHINE, RULE, "AWS::Scheduler::Schedule", "AWS::Pipes::Pipe")
#: What starts tasks of a definition, besides.
_SERVICES = ("AWS::ECS::Service", "AWS::ECS::ExpressGatewayService")
_EXECUTION_METRICS = ("ExecutionsFailed", "ExecutionsTimedOut")


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield every failure that would go unnoticed."""
    stack = evidence.stack
    endings = []
    for hand_over in hand_overs(stack):
        yield from _delivery(stack, hand_over)
        endings += [hand_over.ending] if hand_over.ending is not None else []
        yield from _unseen_end(stack, hand_over)
    for id, by in invoked_without_waiting(stack).items():
        function = stack.resources[id]
        own = list(endings_of_function(stack, function))
        endings += own
        if not own:
            yield _problem("failure-dropped", function, f"{by} does not wait, so what fails three times is dropped.")
    for ending in endings:
        yield from (_problem(rule, ending.source, message) for rule, message in faults(stack, ending))
    yield from _unwatched(stack, endings)
    yield from _executions(stack)
    yield from _jobs(stack)
    yield from _tasks(stack)


def _problem(rule: str, place: Resource, message: str) -> Problem:
    return Problem(rule, place.id, message, place.type)


def _delivery(stack: Stack, hand_over: HandOver) -> Iterator[Problem]:
    if hand_over.ending is None:
        yield _problem("no-dead-letter", hand_over.by, "What cannot be delivered is lost after the last attempt.")
    if hand_over.endless:
        yield _problem(
            "endless-retries", hand_over.by, "A record that always fails holds the stream up until it expires."
        )


def _unseen_end(stack: Stack, hand_over: HandOver) -> Iterator[Problem]:
    """Yield asynchronously started tasks or jobs whose result no rule reports."""
    events = _ENDS.get(hand_over.starts, "")
    if events and not any(_tells(stack, rule, events, hand_over.by) for rule in stack.of_type(RULE)):
        message = f'It starts work and does not wait; no rule on "{events}" tells how that ended.'
        yield _problem("unseen-end", hand_over.by, message)


def _tells(stack: Stack, rule: Resource, events: str, starter: Resource) -> bool:
    """Return whether a rule reports the result of the work that `starter` starts to an alarm or a person."""
    pattern = rule.properties.get("EventPattern") or {}
    if events not in as_list(pattern.get("detail-type", [])):
        return False
    if not any(_is_about(detail, starter) for detail in _alternatives(pattern.get("detail", {}))):
        return False
    ringing = alarms_that_ring(stack)
    for target in rule.properties.get("Targets", ()):
        holder = resource_named(stack, target["Arn"], QUEUE, TOPIC, FUNCTION)
        if holder is not None and (holder.type == TOPIC or _rings_for(ringing, "QueueName", holder)):
            sending = Ending(target["Arn"], rule, service="events.amazonaws.com", fifo=False)
            return not list(faults(stack, sending))
    return False


def _alternatives(detail: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return detail.get("$or") or [detail]


def _is_about(detail: Mapping[str, Any], starter: Resource) -> bool:
    narrowed = named(detail.get("taskDefinitionArn")) | named(detail.get("jobDefinition"))
    return not narrowed or bool(narrowed & named(starter.properties))


def _reports(resource: Resource) -> bool:
    """Return whether a resource is a rule that tells of the end of work: its target is where failures end."""
    pattern = resource.properties.get("EventPattern") or {}
    return resource.type == RULE and bool({*as_list(pattern.get("detail-type", []))} & {*_ENDS.values()})


def _jobs(stack: Stack) -> Iterator[Problem]:
    """Yield job queues to which nothing in the template submits jobs, and of whose failed jobs no rule tells."""
    for queue in stack.of_type("AWS::Batch::JobQueue"):
        starting = (one for one in stack.resources.values() if one.type in _SUBMITTING and not _reports(one))
        rules = (one for one in stack.of_type(RULE) if _reports(one) and queue.id in named(one.properties))
        if any(queue.id in named(one.properties) for one in starting):
            continue
        if not any(_tells(stack, rule, _ENDS["job"], queue) for rule in rules):
            yield _problem(
                "unseen-end", queue, "Jobs are submitted from outside, and no rule tells which of them failed."
            )


def _tasks(stack: Stack) -> Iterator[Problem]:
    """Yield task definitions of which nothing in the template starts a task, and of whose failed tasks no rule tells."""
    families = by_family(stack.resources)
    starting = (one for one in stack.of_type(*_SUBMITTING, *_SERVICES) if not _reports(one))
    started = {id for one in starting for id in referred(one, families)}
    for definition in stack.of_type(TASK):
        rules = (rule for rule in stack.of_type(RULE) if definition.id in referred(rule, families))
        if definition.id not in started and not any(_tells(stack, rule, _ENDS["task"], definition) for rule in rules):
            message = "Tasks are started from outside, and no rule tells which of them failed."
            yield _problem("unseen-end", definition, message)


def _rings_for(alarms: tuple[Resource, ...], dimension: str, resource: Resource, metric: str = "") -> bool:
    return any(
        resource.id in named((alarm.properties.get("Dimensions") or {}).get(dimension))
        and (not metric or alarm.properties.get("MetricName") == metric)
        for alarm in alarms
    )


def _unwatched(stack: Stack, endings: list[Ending]) -> Iterator[Problem]:
    """Yield the dead-letter queues without an alarm that reaches a person."""
    ringing = alarms_that_ring(stack)
    held = {resource.id: resource for e in endings if (resource := resource_named(stack, e.target, QUEUE, TOPIC))}
    for id in sorted(held):
        holder = held[id]
        waits_for_programs = "RedrivePolicy" in holder.properties  # itself a path, whose ending is judged
        metric = "ApproximateNumberOfMessagesVisible"
        if holder.type == QUEUE and not waits_for_programs and not _rings_for(ringing, "QueueName", holder, metric):
            yield _problem(
                "failure-silent", holder, "Failures end here, and no alarm that reaches a person tells of them."
            )


def _executions(stack: Stack) -> Iterator[Problem]:
    ringing = alarms_that_ring(stack)
    for machine in stack.of_type(MACHINE):
        for metric in _EXECUTION_METRICS:
            if not _rings_for(ringing, "StateMachineArn", machine, metric):
                yield _problem("failure-silent", machine, f"No alarm that reaches a person watches {metric}.")
