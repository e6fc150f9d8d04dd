"""Items of callers stay what their callers have sent while other programs work on them, and stay deleted.

What programs make of an item is an attribute of it or a row of its own, of which no run makes work once more.
"""

from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any

from prove.behaviour.contracts.apis import Api, apis
from prove.behaviour.contracts.item_messages import start_at
from prove.behaviour.contracts.seeding import held, seeded, stores
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running.cloud import NotRun
from prove.behaviour.running.system import System

#: An item as the service of its caller stores it, and the times of runs.
ITEM = {"id": "kept-1", "owner": "alice", "name": "desk", "price": 3, "created_at": "2026-11-26T03:00:00+00:00"}
TIMES = ("2026-11-27T03:00:00Z", "2026-11-28T03:00:00Z", "2026-11-29T03:00:00Z")


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the stores in which items of callers are replaced, come back once they are deleted, or become more with each run."""
    for number, one in enumerate(apis(System(evidence))):
        if one.creates and one.reads and not one.program.webhook:
            yield from _of_callers(evidence, number)
    for name in System(evidence).cloud.tables:
        yield from _of_changes(evidence, name)
    yield from _of_runs(evidence)


def _of_callers(evidence: Evidence, number: int) -> Iterator[Problem]:
    for deleted in (False, True):
        system = System(evidence)
        api = list(apis(system))[number]
        if deleted and not api.changes:
            return
        with suppress(NotRun, ValueError, PermissionError):
            if (made := _made(api)) is None:
                return
            if deleted:
                # The messages about it arrive after it was deleted.
                api.remove("alice", str(made["id"]))
            _work(system)
            yield from _of_deleted(api, made) if deleted else _of_kept(api, made)


def _of_kept(api: Api, made: dict[str, Any]) -> Iterator[Problem]:
    if lost := _lost(made, api.read("alice", str(made["id"])) or {}):
        yield Problem("item-replaced", api.program.id, f"After work on an item, its caller misses {lost}.")


def _of_deleted(api: Api, made: dict[str, Any]) -> Iterator[Problem]:
    if any(one.get("id") == made["id"] for one in api.everything("alice")):
        yield Problem("item-returns", api.program.id, "Work on an item that was deleted brings the item back.")


def _made(api: Api) -> dict[str, Any] | None:
    """Return an item of a caller as the caller reads it."""
    _, item = api.create("alice", {"name": ITEM["name"], "price": ITEM["price"]})
    found = api.read("alice", str(item["id"])) if isinstance(item, dict) and "id" in item else None
    return found if isinstance(found, dict) else None


def _work(system: System) -> None:
    system.settle()
    start_at(system, TIMES[0])
    system.settle()


def _lost(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return the fields of an item that are gone or others, apart from what programs add to it and the last change."""
    return sorted(name for name in ("name", "owner", "price", "created_at") if before.get(name) != after.get(name))


def _of_changes(evidence: Evidence, name: str) -> Iterator[Problem]:
    """A change of an item starts work on it, also where a service writes it without a program."""
    system = System(evidence)
    table = system.cloud.tables[name]
    table.items[str(ITEM["id"])] = {**ITEM, table.key: ITEM["id"]}
    system.cloud.writes.append(("outside", name, str(ITEM["id"])))
    system.settle()
    if lost := _lost(ITEM, table.items.get(str(ITEM["id"]), {})):
        yield Problem("item-replaced", name, f"After work on a changed item, {lost} of it are others.")


def _of_runs(evidence: Evidence) -> Iterator[Problem]:
    """Each run over the same items adds at most what the run before it has added."""
    system = seeded(evidence, str(ITEM["id"]))
    tables = [name for name in stores(system) if name not in system.cloud.buckets]
    sizes = [{name: len(held(system, name)) for name in tables}]
    for time in TIMES:
        start_at(system, time)
        system.settle()
        sizes.append({name: len(held(system, name)) for name in tables})
    for name in tables:
        first, *_, last = (after[name] - before[name] for before, after in pairwise(sizes))
        if last > first:
            yield Problem("rows-multiply", name, f"The first run adds {first} rows and the third one {last}.")
