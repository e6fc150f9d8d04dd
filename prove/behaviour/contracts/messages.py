"""Messages: consumers accept the messages of their channel and find the referenced item; no loops; order per entity."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from prove.behaviour.contracts.apis import apis
from prove.behaviour.contracts.seeding import ITEM, held, keep, seeded, stores
from prove.behaviour.contracts.uploads import uploaded
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running.cloud import NotRun, Sent, Stored
from prove.behaviour.running.machine import Failed
from prove.behaviour.running.routes import CHANNELS, SCHEDULED_TIME, logical
from prove.behaviour.running.system import System

#: A message from outside, and what is kept in stores that only others fill.
SEED = "seed-1"
#: A key of an object as people name files: EventBridge hands it over as it is, a notification of a bucket encoded.
KEY = "a b+c \u00e9.json"
#: An address in the item of a caller, and the one in the token of this caller.
ADDRESS, VERIFIED = "customer@example.com", "alice@example.com"
#: Another item of each store, which no message is about.
OTHER = "other-1"
#: The name that the first change of an item gives it, and that no store holds before.
CHANGED = "stool"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield faults between senders and consumers."""
    for ask in (_requests, send_from_outside, _objects, start_schedules):
        system = seeded(evidence, SEED)
        ask(system)
        system.settle()
        yield from _refused(system)
        yield from _blind(system)
    yield from _addresses(evidence)
    yield from _others(evidence)
    yield from _changes(evidence)
    yield from _loops(evidence)
    yield from _order_of_requests(evidence)
    yield from _order(evidence)
    yield from _order_of_messages(evidence)


def _requests(system: System) -> None:
    """Callers make, replace and remove an item."""
    for api in apis(system):
        try:
            _, item = api.create("alice", {"name": "desk"}) if api.creates else (0, None)
            if item and api.changes:
                # Who is told of an item looks up its file.
                if (api.program.folder / "uploads.py").exists():
                    uploaded(system, api, str(item["id"]))
                system.settle()
                api.replace("alice", item["id"], {"name": "chair"})
        except NotRun as error:
            system.unproven.append(str(error))


def send_from_outside(system: System) -> None:
    """Others send a message to each channel that no program of the project sends to."""
    ours = {value for program in system.programs.values() for value in program.env.values()}
    fed = {logical(one.properties["Endpoint"]) for one in system.evidence.stack.of_type("AWS::SNS::Subscription")}
    for channel in system.evidence.stack.of_type(*CHANNELS):
        polled = any(
            getattr(program.entry, "QUEUE_URL", "") == channel.id
            for program in system.programs.values()
            if program.container and _runs(program)
        )
        if (channel.id not in ours or polled) and channel.id not in fed:
            attributes = {"source": "partner", "detail-type": "order"}
            system.cloud.sent.append(
                Sent("outside", channel.id, json.dumps({"id": SEED, "name": "desk"}), "", attributes)
            )


def _runs(program: Any) -> bool:
    try:
        return program.entry is not None
    except NotRun:
        return False


def _objects(system: System) -> None:
    """Others put an object into each bucket, but for those to which clients upload the files of their items."""
    issuing = [one for one in system.programs.values() if (one.folder / "uploads.py").exists()]
    ours = {value for program in issuing for value in program.env.values()}
    for bucket, objects in system.cloud.buckets.items():
        if bucket in ours:
            continue
        objects[KEY] = Stored(json.dumps({"id": KEY, "owner": "alice", "name": "desk"}).encode(), "application/json")
        system.cloud.writes += [("outside", bucket, SEED), ("outside", bucket, KEY)]


def start_schedules(system: System) -> None:
    """Have each schedule start its target."""
    for schedule in system.evidence.stack.of_type("AWS::Scheduler::Schedule"):
        target: Any = schedule.properties["Target"]
        given = _given(target.get("Input"))
        if isinstance(given, dict) and given.get("time") == SCHEDULED_TIME:
            given = {**given, "time": "2026-11-27T03:00:00Z"}
        system.cloud.started.append((logical(target["Arn"]), given))


def _given(text: Any) -> Any:
    try:
        return json.loads(text) if isinstance(text, str) else text or {}
    except ValueError:
        return {}


def _refused(system: System) -> Iterator[Problem]:
    for refused in system.refused:
        if not refused.error.startswith(Failed.__name__) or "ItemsPath" not in refused.error:
            yield Problem(
                "message-refused",
                refused.program,
                f"It ends with {refused.error} for {json.dumps(refused.event, default=str)[:300]}",
            )


def _blind(system: System) -> Iterator[Problem]:
    """A consumer finds the item that a message refers to in its store."""
    asked = {api.program.id for api in apis(system)}
    for program, store, id, found in system.cloud.lookups:
        if not found and program not in asked:
            held = sorted(system.cloud.stored_ids(store))[:3]
            yield Problem("lookup-finds-nothing", program, f"It looks up {id!r} in {store}, which holds {held}.")


def _addresses(evidence: Evidence) -> Iterator[Problem]:
    """Mail about an item goes to the verified address of its sender, or to whom a machine names, and to nobody else."""
    system = seeded(evidence, SEED)
    for api in apis(system):
        # The token of a person has the address; a machine names the recipient, and all others may not.
        named = {} if hasattr(api.program.entry, "address") else {"recipient": VERIFIED}
        with suppress(NotRun, ValueError):
            if api.creates:
                api.create("alice", {"name": "desk", "email": ADDRESS, **named})
    system.settle()
    for sent in system.cloud.told:
        if sent.channel == "mail" and json.loads(sent.text)["Destination"]["ToAddresses"] != [VERIFIED]:
            yield Problem(
                "address-lost", sent.program, f"It does not send mail about an item to its sender: {sent.text[:300]}"
            )


def _others(evidence: Evidence) -> Iterator[Problem]:
    """A message about one item has only that item processed, and not a whole store.

    What an event of another system is about, only its owner knows: it may start work on a whole store.
    """
    components = evidence.requirements.of_kind("component")
    hearing = {
        one.id for one in components if {"message", "stream"} & set(re.findall(r"\w+", str(one.answer("trigger"))))
    }
    system = seeded(evidence, OTHER)
    send_from_outside(system)
    system.settle()
    for program, store, id in system.cloud.written:
        if OTHER in id and program in hearing:
            yield Problem("message-about-others", program, f"For a message about {SEED!r} it writes {id!r} in {store}.")


def _changes(evidence: Evidence) -> Iterator[Problem]:
    """Repeated changes of an object or row are processed again."""
    for store in (*System(evidence).cloud.buckets, *System(evidence).cloud.tables):
        system = seeded(evidence, SEED)
        others = [name for name in (*system.cloud.tables, *stores(system)) if name != store]
        before, first = _held(system, others), dict[tuple[str, str], str]()
        for name in (CHANGED, "chair"):
            keep(system, store, {"id": SEED, **ITEM, "name": name})
            system.cloud.writes.append(("outside", store, SEED))
            system.settle()
            after = _held(system, others)
            first = first or {id: text for id, text in after.items() if before.get(id) != text}
        stale = [
            place
            for place, text in first.items()
            if after[place] == text and CHANGED in _added(before.get(place), text)
        ]
        if stale and not system.refused:
            yield Problem(
                "change-lost", store, f"What came of its first change still stands after the second: {stale[:3]}."
            )


def _held(system: System, of: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return the content of stores as text, by store and id."""
    return {(store, id): text for store in of for id, text in held(system, store).items()}


def _added(before: str | None, text: str) -> str:
    """Return what a change added to the attributes that were there before, such as the result of a program."""
    try:
        old, new = json.loads(before or "{}"), json.loads(text)
    except ValueError:
        return text
    if isinstance(new, str):  # an object, whose content is text
        return _added(json.loads(before) if before else None, new)
    if not isinstance(old, dict) or not isinstance(new, dict):
        return text
    return json.dumps({name: value for name, value in new.items() if old.get(name) != value})


def _loops(evidence: Evidence) -> Iterator[Problem]:
    """Processing of one message on any channel ends."""
    for channel in evidence.stack.of_type(*CHANNELS):
        system = seeded(evidence, SEED)
        attributes = {"source": "app.other", "detail-type": "order"}
        system.cloud.sent.append(Sent("outside", channel.id, json.dumps({"id": SEED, "name": "desk"}), "", attributes))
        system.settle()
        if system.endless:
            yield Problem(
                "endless-loop", channel.id, "One message has programs send messages to each other without end."
            )
            return


def _order_of_requests(evidence: Evidence) -> Iterator[Problem]:
    """Two requests about one entity have one group, or one partition; another entity has another one."""
    kept = {
        channel.id
        for channel in evidence.requirements.of_kind("channel")
        if channel.answers.get("ordering") == "per-key"
    }
    channels = [one.id for one in evidence.stack.of_type(*CHANNELS) if one.owner.node.partition(".")[0] in kept]
    for number in range(len(list(apis(System(evidence))))):
        groups: dict[str, list[set[str]]] = {}
        for entity in ("entity-1", "entity-2"):
            system = System(evidence)
            api = list(apis(system))[number]
            if not api.creates:
                continue
            try:
                for price in (1, 2):
                    api.create("alice", {"name": "desk", "price": price, "ordering_key": entity})
            except NotRun:
                continue
            for channel in channels:
                found = {sent.group for sent in system.cloud.sent if sent.channel == channel}
                groups.setdefault(channel, []).append(found)
        for channel, (first, second) in groups.items():
            if len(first) > 1 or len(second) > 1:
                yield Problem("order-lost", channel, f"Requests about one entity have the groups {sorted(first)}.")
            elif first and first == second:
                yield Problem("order-of-all", channel, f"Requests about two entities share the group {sorted(first)}.")


def _order(evidence: Evidence) -> Iterator[Problem]:
    """Two messages about one item have one group, or one partition: else their order is lost."""
    system = System(evidence)
    for api in apis(system):
        if not (api.creates and api.changes):
            continue
        # Another API sends messages about items of its own, also to the same channel.
        system.cloud.sent.clear()
        try:
            _, item = api.create("alice", {"name": "desk"})
            api.replace("alice", item["id"], {"name": "chair"})
        except NotRun:
            continue
        groups: dict[str, set[str]] = {}
        for sent in system.cloud.sent:
            if sent.group:
                groups.setdefault(sent.channel, set()).add(sent.group)
        for channel, found in groups.items():
            if len(found) > 1:
                yield Problem("order-lost", channel, f"Messages about one item have the groups {sorted(found)}.")


def _order_of_messages(evidence: Evidence) -> Iterator[Problem]:
    """Two messages about one entity from a FIFO queue are processed in order."""
    for queue in evidence.stack.of_type("AWS::SQS::Queue"):
        if str(queue.properties.get("FifoQueue", "false")).lower() != "true":
            continue
        system = System(evidence)
        for id in ("message-1", "message-2"):
            text = json.dumps({"id": id, "key": "entity-1", "name": "desk"})
            for arrival in system.routes.of(Sent("outside", queue.id, text, "entity-1")):
                if arrival.resource in system.by_resource:
                    with suppress(Exception):
                        system.by_resource[arrival.resource].event(arrival.event)
        groups: dict[str, set[str]] = {}
        for sent in system.cloud.sent:
            groups.setdefault(sent.channel, set()).update({sent.group} - {""})
        for channel, found in groups.items():
            if len(found) > 1:
                yield Problem("order-lost", channel, f"Messages about one entity have the groups {sorted(found)}.")
