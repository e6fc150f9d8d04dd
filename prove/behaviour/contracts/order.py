"""Messages about one item that arrive in reverse order leave the results that they leave in order.

A standard queue, a topic and an event bus deliver in any order, and an attempt that failed comes back late. Messages of
one group of a FIFO queue, or with one key of a stream, stay in order.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from prove.behaviour.contracts.apis import Api, apis
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running.cloud import NotRun
from prove.behaviour.running.system import System

#: Two versions of an item; each name is in what programs make of it, and in nothing else.
OLDER, LATER = "older-version-4711", "later-version-4712"
#: The same id in each system, as the item is made by the same request.
KEY = {"Idempotency-Key": "order-1"}
#: What a caller does after it has made an item -> the rule of what comes back, and what has come back.
_AFTER = {
    "replace": (
        "older-result-stays",
        "After the message about a change, that about the version before leaves its result",
    ),
    "remove": ("deleted-result-returns", "After the message about a deletion, that about the item leaves its result"),
}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the stores in which a message that arrives late replaces, or brings back, what a later one has left."""
    for number, one in enumerate(apis(System(evidence))):
        if one.creates and one.changes and not one.program.webhook:
            for change, (rule, words) in _AFTER.items():
                for store, id in _stale(evidence, number, change):
                    yield Problem(rule, store, f"{words}: {id}.")


def _stale(evidence: Evidence, number: int, change: str) -> list[tuple[str, str]]:
    """Return where something is about the older version after messages in reverse order, and not after the same in order."""
    found = []
    for reverse in (False, True):
        system = System(evidence)
        with suppress(NotRun, ValueError, PermissionError):
            marks = _ask(system, list(apis(system))[number], change, reverse=reverse)
            found.append({place for place, text in contents(system) if any(mark in text for mark in marks)})
    return sorted(found[1] - found[0]) if len(found) > 1 else []


def _ask(system: System, api: Api, change: str, *, reverse: bool) -> tuple[str, ...]:
    """Have a caller make and change an item, and deliver the messages; return what tells its older version."""
    _, made = api.create("alice", {"name": OLDER}, KEY)
    id = str(made["id"])
    version = str((api.read("alice", id) or made).get("etag", OLDER)) if api.reads else OLDER
    first = _held(system)
    if change == "replace":
        api.replace("alice", id, {"name": LATER})
    else:
        api.remove("alice", id)
    for messages in (_held(system), first) if reverse else (first, _held(system)):
        sent, started = messages
        system.cloud.sent += sent
        system.cloud.started += started
        system.settle()
    # Of a deleted item, its version may stay.
    return (OLDER, f"{id}.created", *([version] if change == "replace" else []))


def _held(system: System) -> tuple[list[Any], list[Any]]:
    """Take the messages without an order and the started work out of the system, and have the rest delivered."""
    cloud = system.cloud
    held = [one for one in cloud.sent if not one.group], list(cloud.started)
    cloud.sent[:] = [one for one in cloud.sent if one.group]
    cloud.started.clear()
    system.settle()
    return held


def contents(system: System) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield all that stores hold, as text."""
    cloud = system.cloud
    for name, table in cloud.tables.items():
        yield from (((name, id), json.dumps(item, default=str)) for id, item in table.items.items())
    for name, bucket in cloud.buckets.items():
        yield from (((name, key), stored.body.decode(errors="replace")) for key, stored in bucket.items())
    for name, documents in cloud.documents.items():
        yield from (((name, id), json.dumps(item)) for id, item in documents.items())
    tables = [row[0] for row in cloud.database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for name in tables:
        yield from (((name, str(row[0])), str(row)) for row in cloud.database.execute(f"SELECT * FROM {name}"))
    for file in system.mounted.rglob("*.json"):
        yield (file.parent.name, file.stem), file.read_text("utf-8")
