"""Channels in the graph: their service, producers outside, a queue per consumer, and destinations."""

from collections.abc import Mapping
from typing import Any

from advisor.architecture import Node
from advisor.graph_builder.devices import DEVICES
from advisor.graph_builder.draft import SOURCES, GraphDraft
from advisor.graph_builder.starters import is_resident, receiver, receiver_of_messages, start_target
from advisor.requirements import Subject
from advisor.text import EMPTY, Text
from advisor.verdict.bucket_events import EVENTS_BUCKET, NOTIFIED
from advisor.vocabulary import DESTINATION_KINDS

MOST_UNNAMED = 4
_TOPICS = ("sns", "sns-fifo", "eventbridge-bus")
#: Whose records Lambda sends to an on-failure destination of its event source mapping:
#: https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html (read 2026-12-01).
_GIVEN_UP_BY_READERS = ("msk",)


def add_channel(draft: GraphDraft, subject: Subject) -> None:
    """Add the node of a channel, its producers outside, its queues and its destinations."""
    services = draft.services_of(subject)
    service = services.get("messaging")
    if service is None:
        return
    values = draft.facts[subject.id].values
    hub = draft.add_role(subject, "messaging", service, values)
    _add_outside_producers(draft, subject, values, hub)
    consumers = [c for c in draft.requirements.of_kind("component") if c.answer("listens_to") == subject.id]
    for consumer in consumers:
        _connect_consumer(draft, subject, consumer, services.get("buffer"), hub)
    if service in ("sqs", "sqs-fifo") and not consumers:
        draft.add_dead_letter_queue(hub)
    stated = len(consumers) + _add_destinations(draft, subject, hub)
    missing = int(values["destination_count"]) - stated
    _add_unnamed_consumers(draft, subject, hub, missing, alone=stated == 0)


def _add_outside_producers(draft: GraphDraft, subject: Subject, values: Mapping[str, Any], hub: Node) -> None:
    components = draft.requirements.of_kind("component")
    inside = any(subject.id in (c.answer("publishes") or ()) for c in components)  # type: ignore[operator]
    if inside and values["source"] == "own-application":
        return
    if bucket := _emitting_bucket(draft, values, hub):
        draft.add_edge(bucket, "emit", hub.id)
        return
    source = SOURCES.get(values["source"], values["source"])
    verb = "emit" if hub.service == "eventbridge-bus" else "publish"
    draft.add_edge(draft.add_outside(f"{subject.id}.source", source, EMPTY), verb, hub.id)


def _emitting_bucket(draft: GraphDraft, values: Mapping[str, Any], hub: Node) -> str:
    """Return the id of the bucket that sends its new objects to a bus, or to a queue that it notifies.

    It is "" where no service holds the objects, such as those that are too large for a bucket.
    """
    id = f"{values[EVENTS_BUCKET]}.store"
    takes = hub.service == "eventbridge-bus" or (hub.service == "sqs" and values[NOTIFIED])
    return id if takes and id in draft.nodes and draft.nodes[id].service == "s3" else ""


def _connect_consumer(draft: GraphDraft, channel: Subject, consumer: Subject, buffer: str | None, hub: Node) -> None:
    source = hub
    if buffer not in (None, "none"):
        values = draft.facts[channel.id].values
        source = draft.add_queue(channel, f"buffer-{consumer.id}", str(buffer), consumer.name, values)
        draft.add_edge(hub.id, "deliver", source.id)
    program = receiver(draft, consumer.id)
    pipe = draft.node_of(consumer.id, "events")
    if pipe is not None:
        draft.add_edge(source.id, "consume", pipe.id)
    elif program is not None:
        polled = source.service != "eventbridge-bus"
        target = receiver_of_messages(draft, consumer.id) if polled else start_target(draft, consumer.id, "event")
        resident = is_resident(draft.nodes[str(target)])
        verb = "consume" if polled or resident or target == program.id else "start"
        draft.add_edge(source.id, "deliver" if source.service == "sns" else verb, str(target))
    # A pipe gives up records of a stream by itself; a queue gives up its messages, whoever reads it.
    gives_up = pipe if pipe is not None and source.service == "kinesis" else draft.nodes[source.id]
    if source.service in _GIVEN_UP_BY_READERS and pipe is None and program is not None:
        gives_up = program if program.service == "lambda" else gives_up
    draft.add_dead_letter_queue(gives_up)


def _add_destinations(draft: GraphDraft, subject: Subject, hub: Node) -> int:
    """Add the stated destinations of a channel, and return how many there are."""
    stated = list(getattr(subject, "destinations", None) or ())
    for number, destination in enumerate(stated, 1):
        note = destination.title or EMPTY
        if destination.kind == "queue" and hub.service in ("sqs", "sqs-fifo"):
            continue  # the channel is that queue itself
        if destination.kind == "queue":
            _add_subscribed_queue(draft, subject, f"queue-{number}", note, hub)
            continue
        label = next(o.label for o in DESTINATION_KINDS if o.value == destination.kind)
        id = draft.add_outside(f"{subject.id}.to-{number}", destination.kind, note or label)
        if destination.kind != DEVICES:
            draft.add_edge(hub.id, "deliver", id)
    return len(stated)


def _add_unnamed_consumers(draft: GraphDraft, subject: Subject, hub: Node, missing: int, *, alone: bool) -> None:
    """Add queues of consumers that are counted but not named; the last one represents those that are not drawn."""
    if (alone and missing <= 1) or hub.service not in _TOPICS:
        return
    for number in range(1, min(missing, MOST_UNNAMED) + 1):
        more = number == MOST_UNNAMED and missing > MOST_UNNAMED
        rest = missing - MOST_UNNAMED + 1
        note = (
            Text(f"{rest} more consumers", f"ほか {rest} 件のコンシューマー")
            if more
            else Text(f"consumer {number}", f"コンシューマー {number}")
        )
        _add_subscribed_queue(draft, subject, f"consumer-{number}", note, hub)


def _add_subscribed_queue(draft: GraphDraft, channel: Subject, name: str, note: Text, hub: Node) -> None:
    service = "sqs-fifo" if hub.service == "sns-fifo" else "sqs"
    queue = draft.add_queue(channel, name, service, note, draft.facts[channel.id].values)
    draft.add_dead_letter_queue(queue)
    draft.add_edge(hub.id, "deliver", queue.id)
