"""Failure destinations, and whether their senders have permission to use them.

* A queue policy has to admit EventBridge and SNS, a role has to allow Lambda, Scheduler and Pipes
  (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html,
  https://docs.aws.amazon.com/sns/latest/dg/sns-configure-dead-letter-queue.html,
  https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html,
  https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html, read 2026-11-27).
* A dead-letter queue of a FIFO queue is FIFO; EventBridge, Scheduler and Lambda put into standard queues only
  (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html, read 2026-11-27).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from prove.behaviour.alarm_actions import KEY, TOPIC, admitted
from prove.behaviour.references import (
    allows,
    conditions,
    named,
    policy_of,
    principals,
    resource_named,
    statements_of_role,
)
from prove.readback import Stack
from prove.readback.stack import Resource
from prove.readback.values import Value

QUEUE = "AWS::SQS::Queue"
#: What SQS sets where a queue states no retention: four days, in seconds.
KEPT_S = 345600
#: Its default visibility timeout in seconds, and the receives that AWS recommends before a message is set aside.
HIDDEN_S, ENOUGH_RECEIVES, DAY_S = 30, 5, 86400
#: A receive that was throttled or cut off is no failure of the message.
LEAST_RECEIVES = 2


@dataclass(frozen=True, slots=True)
class Ending:
    """The failure destination of a path: the ARN of a queue or topic, and its sender.

    `service` is a service principal that sends on behalf of `source`; else a `role` sends. With neither, SQS itself moves.
    `fifo` is whether only a FIFO queue does, None where both do.
    """

    target: Value
    source: Resource
    service: str = ""
    role: Value = None
    fifo: bool | None = None


def is_fifo(queue: Resource) -> bool:
    """Return whether a queue keeps order."""
    return str(queue.properties.get("FifoQueue", "false")).lower() == "true"


def faults(stack: Stack, ending: Ending) -> Iterator[tuple[str, str]]:
    """Yield the reasons why a failure destination cannot work, each with the id of its rule; external ones are ignored."""
    holder = resource_named(stack, ending.target, QUEUE, TOPIC)
    if holder is None:
        return
    if ending.fifo is not None and holder.type == QUEUE and is_fifo(holder) != ending.fifo:
        yield "dead-letter-type", f"{holder.id} is {'' if is_fifo(holder) else 'not '}FIFO; no failure arrives there."
    if ending.service and not _admits(stack, holder, ending):
        yield (
            "dead-letter-forbidden",
            f"The policy of {holder.id} does not admit {ending.service} for {ending.source.id}.",
        )
    if ending.role is not None and not _granted(stack, holder, ending.role):
        yield "dead-letter-forbidden", f"The role of {ending.source.id} may not send to {holder.id}."
    if ending.service and not admitted(stack, holder, ending.service):
        yield "dead-letter-key", f"The key of {holder.id} does not let {ending.service} send."
    if ending.role is not None and not _key_granted(stack, holder, ending.role):
        yield "dead-letter-key", f"The key of {holder.id} does not let the role of {ending.source.id} send."
    if ending.source.type == QUEUE:
        if not _lets_use(holder, ending.source):
            yield "dead-letter-forbidden", f"{holder.id} does not let {ending.source.id} use it."
        yield from _times(ending.source, holder, least_receives(stack, ending.source))


def least_receives(stack: Stack, queue: Resource) -> int:
    """Return the effective receive count before a message is moved; Lambda also counts throttled receives.

    As often as AWS recommends for queues of functions, or as fits into the time for which the queue keeps a message
    (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html, read 2026-11-27).
    """
    mapped = stack.of_type("AWS::Lambda::EventSourceMapping")
    if not any(queue.id in named(mapping.properties.get("EventSourceArn")) for mapping in mapped):
        return LEAST_RECEIVES
    fits = int(_kept(queue) // (_seconds(queue, "VisibilityTimeout", HIDDEN_S) or HIDDEN_S))
    return max(1, min(ENOUGH_RECEIVES, fits))


def _times(queue: Resource, dead_letters: Resource, least: int) -> Iterator[tuple[str, str]]:
    """Yield why a message that always fails is lost, or found late: each receive hides it for the visibility timeout."""
    hidden_s = _seconds(queue, "VisibilityTimeout", HIDDEN_S)
    receives = int(queue.properties["RedrivePolicy"]["maxReceiveCount"])
    if receives < least:
        message = (
            f"A message is set aside after {receives} of {least} receives, though it may never have been worked on."
        )
        yield "dead-letter-early", message
    if _kept(dead_letters) < _kept(queue):
        yield "dead-letter-expires", f"{dead_letters.id} keeps a message for less time than {queue.id}."
    if receives * hidden_s > _kept(queue):
        yield "dead-letter-expires", f"A message expires before its {receives} receives of {hidden_s:g} s each."
    if receives * hidden_s > max(DAY_S, ENOUGH_RECEIVES * hidden_s):
        yield (
            "dead-letter-late",
            f"A message that always fails is set aside after {receives} receives, later than a day.",
        )


def _lets_use(dead_letters: Resource, queue: Resource) -> bool:
    """Return whether a dead-letter queue allows a source queue; any queue is allowed by default.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html (read 2026-11-27)
    """
    policy = dead_letters.properties.get("RedriveAllowPolicy") or {}
    permission = policy.get("redrivePermission", "allowAll")
    return permission == "allowAll" or (permission == "byQueue" and queue.id in named(policy.get("sourceQueueArns")))


def _kept(queue: Resource) -> float:
    return _seconds(queue, "MessageRetentionPeriod", KEPT_S)


def _seconds(queue: Resource, name: str, default: float) -> float:
    """Return a time of a queue; a parameter of the deployment counts as the default of SQS."""
    value = str(queue.properties.get(name, default))
    return float(value) if value.isdigit() else default


def _send(holder: Resource) -> str:
    return "sqs:SendMessage" if holder.type == QUEUE else "sns:Publish"


def _admits(stack: Stack, holder: Resource, ending: Ending) -> bool:
    type, property = (
        ("AWS::SQS::QueuePolicy", "Queues") if holder.type == QUEUE else ("AWS::SNS::TopicPolicy", "Topics")
    )
    return any(
        ending.service in principals(statement, "Service")
        and allows(statement, _send(holder))
        and _for_source(statement, ending.source)
        for statement in policy_of(stack, type, property, holder.id)
    )


def _for_source(statement: Any, source: Resource) -> bool:
    """Return whether a statement applies to a source: by name, by topic, or without a condition."""
    sources = list(conditions(statement, "aws:sourcearn"))
    on_behalf = {source.id} | named(source.properties.get("TopicArn"))
    return all(on_behalf & named(one) or not named(one) for one in sources)


def _granted(stack: Stack, holder: Resource, role: Value) -> bool:
    return any(
        allows(statement, _send(holder)) and (holder.id in named(statement["Resource"]) or "*" in statement["Resource"])
        for statement in statements_of_role(stack, role)
    )


def _key_granted(stack: Stack, holder: Resource, role: Value) -> bool:
    """Return whether a role or the key, for callers through SQS, allows the use of the key of a queue."""
    key = resource_named(stack, holder.properties.get("KmsMasterKeyId"), KEY)
    if key is None:
        return True
    own = [s for s in statements_of_role(stack, role) if key.id in named(s["Resource"])]
    through = [
        s for s in key.properties["KeyPolicy"]["Statement"] if "*" in principals(s, "AWS") or named(role) & named(s)
    ]
    return any(allows(s, "kms:GenerateDataKey") for s in (*own, *through))
