"""Deliveries of a project that can occur twice, or be about one item, and the state of the system before and after.

At least once, so possibly twice, deliver:

* SQS standard queues: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues-at-least-once-delivery.html
* SNS, retries included: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
* EventBridge, and with it events of S3: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
* streams of Kinesis and DynamoDB, whose batches are tried again: https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
* EventBridge Scheduler: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule.html
* tasks of a standard workflow with `Retry`: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html

(read 2026-11-27)
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from prove.behaviour.evidence import Evidence
from prove.behaviour.running.cloud import Sent, Stored
from prove.behaviour.running.machine import Failed
from prove.behaviour.running.routes import CHANNELS, SCHEDULED_TIME, logical
from prove.behaviour.running.system import Refused, System

ITEM = {"id": "order-1", "owner": "alice", "name": "desk", "created_at": "2026-11-27"}


@dataclass(frozen=True)
class Start:
    """An event source that can deliver twice: its target, and a sample delivery.

    `named`: the second delivery belongs to the execution of the first, as a task does that is tried again.
    """

    place: str
    kind: str
    deliver: Callable[[System], None]
    named: bool = False
    #: Of a schedule: its next start, a minute later.
    following: Callable[[System], None] | None = None


@dataclass(frozen=True)
class Pair:
    """Two events about one item that are not the same event, such as two changes of a row."""

    place: str
    kind: str
    first: Callable[[System], None]
    second: Callable[[System], None]


def starts(evidence: Evidence) -> Iterator[Start]:
    """Yield every way in which a project is started by anything but requests."""
    for channel in evidence.stack.of_type(*CHANNELS):
        for kind, item in (("message", ITEM), ("message without an id", {"name": "desk"})):
            yield Start(channel.id, kind, _message(channel.id, json.dumps(item)))
    system = System(evidence)
    for store in system.cloud.buckets:
        yield Start(store, "object", _object(store))
    for store in system.cloud.tables:
        yield Start(store, "change", _change(store))
    for schedule in evidence.stack.of_type("AWS::Scheduler::Schedule"):
        target: Any = schedule.properties["Target"]
        target_id, text = logical(target["Arn"]), target.get("Input")
        yield Start(
            schedule.id,
            "schedule",
            _scheduled(target_id, text, "03:00"),
            following=_scheduled(target_id, text, "03:01"),
        )
    for machine in system.machines:
        yield Start(machine, "task", _task(machine), named=True)


def pairs(evidence: Evidence) -> Iterator[Pair]:
    """Yield two events about one item for each way in which events start a project."""
    changed = {**ITEM, "name": "chair"}
    for channel in evidence.stack.of_type(*CHANNELS):
        first, second = (_message(channel.id, _event(number, item)) for number, item in ((1, ITEM), (2, changed)))
        yield Pair(channel.id, "messages", first, second)
    for store in System(evidence).cloud.tables:
        yield Pair(store, "changes", _change(store), _change(store, changed))


def _event(number: int, item: dict[str, str]) -> str:
    """Return a message as senders send it: its own id, and no other field of theirs, tells it from others about one key."""
    fields = {"event": "click", "source_event": "click", "key": ITEM["id"], "item": item}
    return json.dumps({"id": f"event-{number}", "type": "order.placed", **fields})


def _message(channel: str, text: str) -> Callable[[System], None]:
    def deliver(system: System) -> None:
        attributes = {"source": "partner", "detail-type": "order"}
        system.cloud.sent.append(Sent("outside", channel, text, "", attributes))

    return deliver


def _object(bucket: str) -> Callable[[System], None]:
    def deliver(system: System) -> None:
        system.cloud.buckets[bucket][ITEM["id"]] = Stored(json.dumps(ITEM).encode(), "application/json")
        system.cloud.writes.append(("outside", bucket, ITEM["id"]))

    return deliver


def _change(name: str, item: dict[str, str] = ITEM) -> Callable[[System], None]:
    def deliver(system: System) -> None:
        table = system.cloud.tables[name]
        table.items[ITEM["id"]] = {**item, table.key: ITEM["id"]}
        system.cloud.writes.append(("outside", name, ITEM["id"]))

    return deliver


def _scheduled(target: str, text: Any, minute: str) -> Callable[[System], None]:
    def deliver(system: System) -> None:
        words = text if isinstance(text, str) else json.dumps(text or {})
        given = words.replace(SCHEDULED_TIME, f"2026-11-27T{minute}:00Z")
        given = given.replace("<aws.scheduler.execution-id>", f"attempt-of-{system.execution}")
        system.cloud.started.append((target, json.loads(given)))

    return deliver


def _task(machine: str) -> Callable[[System], None]:
    def deliver(system: System) -> None:
        try:
            system.execute(machine, {**ITEM, "items": [{**ITEM, "id": f"order-{number}"} for number in range(3)]})
        except Failed as error:
            system.refused.append(Refused(machine, ITEM, str(error)))

    return deliver


def held(system: System) -> dict[str, str]:
    """Return all that the stores of a system hold, as text by place; the attributes of a row of a table have no order."""
    cloud = system.cloud
    found = {
        f"{table.name}: {id}": json.dumps(item, default=str, sort_keys=True)
        for table in cloud.tables.values()
        for id, item in table.items.items()
    }
    for bucket, objects in ((name, held) for name, held in cloud.buckets.items() if name not in system.results):
        found |= {f"{bucket}: {key}": one.body.decode("utf-8", "replace") for key, one in objects.items()}
    for (table,) in cloud.database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        rows = cloud.database.execute(f"SELECT * FROM {table}").fetchall()
        found |= {f"{table}: {row[0]}": repr(row) for row in rows}
    files = (path for path in sorted(system.mounted.rglob("*")) if path.is_file())
    return found | {str(path.relative_to(system.mounted)): path.read_text("utf-8", "replace") for path in files}


def id_of(text: str) -> str:
    """Return the id of a message, by which its consumers recognize a repeated message."""
    try:
        value = json.loads(text)
    except ValueError:
        return ""
    return str(value.get("id", "")) if isinstance(value, dict) else ""
