"""Targets of messages by the template: subscriptions, event source mappings, rules, pipes."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from boto3.dynamodb.types import TypeSerializer

from prove.behaviour.running.cloud import Json, Sent
from prove.readback import Stack

_WHOLE = re.compile(r"\$\{(\w+)(?:\.[\w.]+)?\}")
#: The types of what messages are sent to.
CHANNELS = ("AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Kinesis::Stream", "AWS::Events::EventBus")
#: What EventBridge Scheduler replaces by the time of a start.
SCHEDULED_TIME = "<aws.scheduler.scheduled-time>"
#: When a record of a stream arrived, in seconds since 1970; a record that is read again has the same time.
ARRIVED = 1795842000.0
#: Who reads mail, text messages and pushes.
PEOPLE = ("email", "email-json", "sms", "application")


def logical(value: Any) -> str:
    """Return the logical id that a value of the normal form refers to as a whole; else the value as text."""
    matched = _WHOLE.fullmatch(str(value))
    return matched[1] if matched else str(value)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that arrives at a resource: an event, as its service hands it over."""

    resource: str
    event: Any


class Routes:
    """The deliveries of a stack."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._put = 0
        self._queued = 0
        self._mapped = [
            (
                logical(mapping.properties["EventSourceArn"]),
                logical(mapping.properties["FunctionName"]),
                mapping.properties,
            )
            for mapping in stack.of_type("AWS::Lambda::EventSourceMapping")
            if "EventSourceArn" in mapping.properties
        ]

    def people(self, channel: str) -> list[str]:
        """Return the protocols by which a topic notifies people."""
        return [protocol for protocol, _ in self._subscribed(channel) if protocol in PEOPLE]

    def of(self, sent: Sent) -> Iterator[Arrival]:
        """Yield the targets of a message."""
        resource = self._stack.resources.get(sent.channel)
        kind = resource.type if resource else ""
        if kind == "AWS::SNS::Topic":
            yield from self._from_topic(sent)
        elif kind == "AWS::SQS::Queue":
            yield from self._from_queue(sent.channel, sent.text, sent.program)
        elif kind == "AWS::Kinesis::Stream":
            yield from self._from_stream(sent)
        elif kind == "AWS::Events::EventBus":
            yield from self._from_bus(
                sent.channel, {**sent.attributes, "id": "event-1", "detail": json.loads(sent.text)}
            )

    def of_object(self, bucket: str, key: str) -> Iterator[Arrival]:
        """Yield the targets of an object-created event."""
        about = {"bucket": {"name": bucket}, "object": {"key": key, "size": 1, "etag": "e", "sequencer": "1"}}
        yield from self._from_bus(
            "default", {"source": "aws.s3", "detail-type": "Object Created", "id": "event-1", "detail": about}
        )

    def of_change(self, table: str, item: Json) -> Iterator[Arrival]:
        """Yield the targets of a change of a table item."""
        image = {name: TypeSerializer().serialize(value) for name, value in item.items()}
        keys = {"pk": image["pk"]} if "pk" in image else {}
        event = f"change-{_digest(json.dumps(item, sort_keys=True, default=str))}"
        record = {"eventID": event, "eventName": "INSERT", "dynamodb": {"NewImage": image, "Keys": keys}}
        yield from self._from_source(table, record, {**record, "eventSource": "aws:dynamodb"})

    def _subscribed(self, topic: str) -> Iterator[tuple[str, Json]]:
        for subscription in self._stack.of_type("AWS::SNS::Subscription"):
            properties = dict(subscription.properties)
            if logical(properties["TopicArn"]) == topic:
                yield str(properties["Protocol"]), properties

    def _from_topic(self, sent: Sent) -> Iterator[Arrival]:
        note = {"Type": "Notification", "MessageId": "note-1", "Message": sent.text}
        attributes = {name: one["StringValue"] for name, one in sent.attributes.items() if "StringValue" in one}
        for protocol, properties in self._subscribed(sent.channel):
            # What comes from outside in a check states no type.
            if sent.program != "outside" and not matches(properties.get("FilterPolicy", {}), attributes):
                continue
            endpoint = logical(properties["Endpoint"])
            if protocol == "sqs":
                raw = str(properties.get("RawMessageDelivery", "")).lower() == "true"
                yield from self._from_queue(endpoint, sent.text if raw else json.dumps(note), sent.program)
            elif protocol == "lambda":
                yield Arrival(endpoint, {"Records": [{"Sns": note}]})

    def _from_queue(self, queue: str, text: str, program: str = "outside") -> Iterator[Arrival]:
        # All messages of a check are sent in one millisecond, whose order nothing but their delivery tells. Those that
        # programs send to a FIFO queue have numbers in their order.
        self._queued += program != "outside"
        number = 18870000000000000000 + (self._queued if program != "outside" else 0)
        sent = {"SentTimestamp": f"{ARRIVED * 1000:.0f}", "SequenceNumber": str(number)}
        record = {"messageId": "message-1", "body": text, "receiptHandle": "handle", "attributes": sent}
        polled = {"MessageId": "message-1", "Body": text, "ReceiptHandle": "handle", "Attributes": sent}
        yield Arrival(queue, polled)
        yield from self._from_source(queue, record, {**record, "eventSource": "aws:sqs"})

    def _from_stream(self, sent: Sent) -> Iterator[Arrival]:
        """Yield the targets of a record, which keeps its number if it is read again, but not if a program puts it again."""
        self._put += sent.program != "outside"
        data, number = base64.b64encode(sent.text.encode()).decode(), f"{_digest(sent.text)}{self._put}"
        about = {
            "data": data,
            "sequenceNumber": number,
            "partitionKey": sent.group,
            "approximateArrivalTimestamp": ARRIVED,
        }
        event = {"eventID": f"shardId-000000000000:{number}", "eventSource": "aws:kinesis"}
        yield from self._from_source(sent.channel, {"kinesis": about, **event}, {**about, **event})

    def _from_source(self, source: str, record: Json, piped: Json) -> Iterator[Arrival]:
        for mapped, function, mapping in self._mapped:
            if mapped == source and passes(mapping, record):
                yield Arrival(function, {"Records": [record]})
        for pipe in self._stack.of_type("AWS::Pipes::Pipe"):
            if logical(pipe.properties["Source"]) == source and passes(pipe.properties, piped):
                yield Arrival(logical(pipe.properties["Target"]), [piped])

    def _from_bus(self, bus: str, whole: Json) -> Iterator[Arrival]:
        for rule in self._stack.of_type("AWS::Events::Rule"):
            properties: Any = rule.properties
            if logical(properties.get("EventBusName", "default")) != bus or "EventPattern" not in properties:
                continue
            if matches(properties["EventPattern"], whole):
                for target in properties["Targets"]:
                    arrived, event = logical(target["Arn"]), _handed_over(target, whole)
                    queue = self._stack.resources.get(arrived)
                    if queue is not None and queue.type == "AWS::SQS::Queue":
                        yield from self._from_queue(arrived, json.dumps(event))
                    else:
                        yield Arrival(arrived, event)


def _digest(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16)


def passes(reader: Mapping[str, Any], record: Json) -> bool:
    """Return whether one of the filters of a pipe or an event source mapping lets a record pass, or it has none."""
    filters = reader.get("SourceParameters", reader).get("FilterCriteria", {}).get("Filters", [])
    return not filters or any(matches(one["Pattern"], record) for one in filters)


def _handed_over(target: Json, event: Json) -> Any:
    """Return the input that a rule passes on: the event, the value of a path, or a constant."""
    if "Input" in target:
        return json.loads(target["Input"]) if isinstance(target["Input"], str) else target["Input"]
    part: Any = event
    for name in str(target.get("InputPath", "$")).split(".")[1:]:
        part = part.get(name) if isinstance(part, dict) else None
    return part


def matches(pattern: Json, event: Any) -> bool:
    """Return whether an event matches a pattern of EventBridge."""
    for name, wanted in pattern.items():
        value = event.get(name) if isinstance(event, dict) else None
        if name == "$or":
            if not any(matches(alternative, event) for alternative in wanted):
                return False
        elif isinstance(wanted, dict):
            if not matches(wanted, value):
                return False
        elif not any(_meets(one, value) for one in wanted):
            return False
    return True


def _meets(wanted: Any, value: Any) -> bool:
    if not isinstance(wanted, dict):
        return bool(logical(wanted) == value)
    if "prefix" in wanted:
        return str(value or "").startswith(str(wanted["prefix"]))
    if "exists" in wanted:
        return (str(wanted["exists"]).lower() == "true") == (value is not None)
    if "anything-but" in wanted:
        excluded = wanted["anything-but"]
        if isinstance(excluded, dict):
            return not str(value or "").startswith(str(excluded.get("prefix", "\0")))
        return value not in (excluded if isinstance(excluded, list) else [excluded])
    return True
