"""Asynchronous invocations of a template: sender, target and failure destination.

* Lambda runs a function that is invoked asynchronously three times at most and then drops the event, unless the function
  has a dead-letter queue or a destination for failures; EventBridge, SNS, S3 and Scheduler invoke so. Their own
  dead-letter queues get only what they could not hand to Lambda
  (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html, read 2026-11-27).
* Records of a stream are tried until they expire where neither retries nor age are limited
  (https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html, read 2026-11-27).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from prove.behaviour.dead_letters import QUEUE, Ending, is_fifo
from prove.behaviour.references import named, resource_named
from prove.readback import Stack
from prove.readback.policies import as_list
from prove.readback.stack import Resource
from prove.readback.values import Value

FUNCTION, MACHINE = "AWS::Lambda::Function", "AWS::StepFunctions::StateMachine"
RULE, SCHEDULE, PIPE = "AWS::Events::Rule", "AWS::Scheduler::Schedule", "AWS::Pipes::Pipe"
MAPPING, SUBSCRIPTION = "AWS::Lambda::EventSourceMapping", "AWS::SNS::Subscription"
#: Protocols of subscriptions that SNS delivers to programs; mail and text messages end with a person.
TO_PROGRAMS = ("sqs", "lambda", "http", "https", "firehose")


@dataclass(frozen=True, slots=True)
class HandOver:
    """One asynchronous invocation: its resource, its target, and its failure destination.

    `target` is an ARN; `ending` is None where a failed delivery is lost. `waits` is whether it waits for the end of the
    work, `endless` whether a record that always fails is tried until it expires, `starts` the kind of run that it starts.
    """

    by: Resource
    target: Value
    ending: Ending | None
    waits: bool = False
    endless: bool = False
    starts: Literal["", "task", "job"] = ""


def hand_overs(stack: Stack) -> Iterator[HandOver]:
    """Yield every hand-over of a stack."""
    for make in (_rules, _schedules, _subscriptions, _pipes, _mappings, _queues, _notifications):
        yield from make(stack)


def invoked_without_waiting(stack: Stack) -> dict[str, str]:
    """Return the functions that are invoked asynchronously, each with one resource that does so."""
    found: dict[str, str] = {}
    for hand_over in hand_overs(stack):
        function = resource_named(stack, hand_over.target, FUNCTION)
        if function is not None and not hand_over.waits:
            found.setdefault(function.id, hand_over.by.id)
    for function in stack.of_type(FUNCTION):
        # A durable function outlives its caller, so that it is never waited for.
        if "DurableConfig" in function.properties:
            found.setdefault(function.id, function.id)
    return found


def endings_of_function(stack: Stack, function: Resource) -> Iterator[Ending]:
    """Yield the failure destinations of a function."""
    role = function.properties.get("Role")
    if "DeadLetterConfig" in function.properties:
        yield Ending(function.properties["DeadLetterConfig"]["TargetArn"], function, role=role, fifo=False)
    for config in stack.of_type("AWS::Lambda::EventInvokeConfig"):
        failed = config.properties.get("DestinationConfig", {}).get("OnFailure", {})
        if function.id in named(config.properties["FunctionName"]) and failed.get("Destination"):
            yield Ending(failed["Destination"], function, role=role, fifo=False)


def _starts(target: Value) -> Literal["", "task", "job"]:
    """Return the ECS task or Batch job that a target starts without waiting for its result."""
    if "EcsParameters" in target or "EcsTaskParameters" in target:
        return "task"
    return "job" if "BatchParameters" in target or "BatchJobParameters" in target else ""


def _ending(config: Value, source: Resource, **sender: Value) -> Ending | None:
    arn = config.get("Arn") if isinstance(config, dict) else None
    return None if arn is None else Ending(arn, source, **sender)


def _rules(stack: Stack) -> Iterator[HandOver]:
    for rule in stack.of_type(RULE):
        for target in rule.properties.get("Targets", ()):
            ending = _ending(target.get("DeadLetterConfig"), rule, service="events.amazonaws.com", fifo=False)
            yield HandOver(rule, target["Arn"], ending, starts=_starts(target))


def _schedules(stack: Stack) -> Iterator[HandOver]:
    for schedule in stack.of_type(SCHEDULE):
        target = schedule.properties["Target"]
        ending = _ending(target.get("DeadLetterConfig"), schedule, role=target["RoleArn"], fifo=False)
        yield HandOver(schedule, target["Arn"], ending, starts=_starts(target))


def _subscriptions(stack: Stack) -> Iterator[HandOver]:
    for subscription in stack.of_type(SUBSCRIPTION):
        properties = subscription.properties
        if properties["Protocol"] in TO_PROGRAMS:
            arn = {"Arn": (properties.get("RedrivePolicy") or {}).get("deadLetterTargetArn")}
            yield HandOver(
                subscription,
                properties["Endpoint"],
                _ending(arn, subscription, service="sns.amazonaws.com"),
            )


def _pipes(stack: Stack) -> Iterator[HandOver]:
    for pipe in stack.of_type(PIPE):
        properties = pipe.properties
        kinds = [value for value in properties.get("TargetParameters", {}).values() if isinstance(value, dict)]
        waits = any(value.get("InvocationType") == "REQUEST_RESPONSE" for value in kinds)
        starts = _starts(properties.get("TargetParameters", {}))
        queue = resource_named(stack, properties["Source"], QUEUE)
        if queue is not None:  # what fails stays in the queue, whose own dead-letter queue gets it
            yield HandOver(pipe, properties["Target"], Ending(properties["Source"], pipe), waits=waits, starts=starts)
            continue
        parameters = properties.get("SourceParameters", {})
        source: Value = next((value for name, value in parameters.items() if name != "FilterCriteria"), {})
        ending = _ending(source.get("DeadLetterConfig"), pipe, role=properties["RoleArn"], fifo=False)
        endless = _endless(source)
        yield HandOver(pipe, properties["Target"], ending, waits=waits, endless=endless, starts=starts)


def _mappings(stack: Stack) -> Iterator[HandOver]:
    for mapping in stack.of_type(MAPPING):
        properties = mapping.properties
        if "StartingPosition" not in properties:
            continue  # a queue, which has a dead-letter queue of its own
        function = resource_named(stack, properties["FunctionName"], FUNCTION)
        failed = properties.get("DestinationConfig", {}).get("OnFailure", {})
        role = None if function is None else function.properties.get("Role")
        ending = _ending({"Arn": failed.get("Destination")}, mapping, role=role, fifo=False)
        yield HandOver(mapping, properties["FunctionName"], ending, waits=True, endless=_endless(properties))


def _endless(parameters: Value) -> bool:
    retries, age = parameters.get("MaximumRetryAttempts", "-1"), parameters.get("MaximumRecordAgeInSeconds", "-1")
    return str(retries) == "-1" and str(age) == "-1"


def _queues(stack: Stack) -> Iterator[HandOver]:
    """Yield the queues that hand messages out; a dead-letter queue hands nothing to programs."""
    kept = {id for queue in stack.of_type(QUEUE) for id in named(queue.properties.get("RedrivePolicy"))}
    for other in stack.resources.values():
        for key in ("DeadLetterConfig", "DestinationConfig", "RedrivePolicy"):
            kept |= named(other.properties.get(key))
        for target in (*as_list(other.properties.get("Targets", [])), other.properties.get("Target", {})):
            kept |= named(target.get("DeadLetterConfig")) if isinstance(target, dict) else set()
        for source in (other.properties.get("SourceParameters") or {}).values():
            kept |= named(source.get("DeadLetterConfig")) if isinstance(source, dict) else set()
    for queue in stack.of_type(QUEUE):
        if queue.id not in kept:
            arn = {"Arn": (queue.properties.get("RedrivePolicy") or {}).get("deadLetterTargetArn")}
            yield HandOver(queue, None, _ending(arn, queue, fifo=is_fifo(queue)), waits=True)


def _notifications(stack: Stack) -> Iterator[HandOver]:
    for bucket in stack.of_type("AWS::S3::Bucket"):
        configuration = bucket.properties.get("NotificationConfiguration") or {}
        for one in as_list(configuration.get("LambdaConfigurations") or []):
            # S3 keeps nothing of what it cannot hand over; Lambda takes an event before it runs the function.
            yield HandOver(bucket, one["Function"], Ending(None, bucket))
