"""Stores keep results in the order of their versions, one without a version replaces any, and what arrives late no newer state.

Seen at the store of a program, because the database's own order of texts decides: messages alone may never meet it.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import product
from types import ModuleType

from prove.behaviour.contracts.order import contents
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running.cloud import Json, NotRun
from prove.behaviour.running.program import Program
from prove.behaviour.running.system import System

_Writes = Callable[[ModuleType, Json], bool]
_ID = "item-1"
_EARLIER: Json = {"status": "mark-4711", "etag": "v1764640000000-bb"}
#: What is left after the earlier one, and what it is.
_REPLACING: tuple[tuple[Json, str], ...] = (
    ({"status": "mark-4712"}, "without a version"),
    ({"status": "mark-4712", "etag": "v1764640000001-AA"}, "about a later version"),
)


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the stores in which a result stays that a later one replaces, without an error."""
    for id, program in System(evidence).programs.items():
        for file in sorted(program.folder.glob("store_*.py")):
            for writes, (later, what) in product((_set, _put), _REPLACING):
                system = System(evidence)
                with suppress(NotRun):
                    if _lost(system, system.programs[id], file.stem, writes, later):
                        words = f"What {id} leaves {what} does not replace what an earlier version has left."
                        yield Problem("result-not-replaced", file.stem, words)
            system = System(evidence)
            with suppress(NotRun):
                if _late(system, system.programs[id], file.stem):
                    words = f"A message that reaches {id} late replaces the newer state of its entity."
                    yield Problem("older-state-stays", file.stem, words)


def _lost(system: System, program: Program, name: str, writes: _Writes, later: Json) -> bool:
    """Return whether a program's store takes a result over an earlier one, and keeps the earlier one."""
    store = program.module(name)
    if not hasattr(store, "item_versions"):
        return False
    _add_item(system)
    with program.running():
        taken = writes(store, dict(_EARLIER)) and writes(store, dict(later))
    return taken and any(_EARLIER["status"] in text for _, text in contents(system))


def _late(system: System, program: Program, name: str) -> bool:
    """Return whether an earlier arrival replaces a later one in a store of a program that orders messages by their arrival."""
    store, arrived = program.module(name), getattr(program.module("message"), "arrived", None)
    if arrived is None or not hasattr(store, "put"):
        return False
    with program.running():
        # As texts, these numbers have another order.
        for number, status in (("10", "mark-4712"), ("9", _EARLIER["status"])):
            store.put(arrived({"id": _ID, "owner": "alice", "status": status}, 1, number))
    return any(_EARLIER["status"] in text for _, text in contents(system))


def _set(store: ModuleType, result: Json) -> bool:
    return hasattr(store, "set_result") and bool(store.set_result(_ID, result))


def _put(store: ModuleType, result: Json) -> bool:
    if found := hasattr(store, "put"):
        store.put({"id": _ID, "owner": "alice", **result})
    return found


def _add_item(system: System) -> None:
    """Have all tables hold the item that results are about."""
    for table in system.cloud.tables.values():
        table.items[_ID] = {table.key: _ID, "id": _ID, "owner": "alice"}
    row = {"id": _ID, "owner": "alice", "item": json.dumps({"id": _ID, "owner": "alice"})}
    tables = system.cloud.database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in tables:
        system.cloud.database.execute(f"INSERT INTO {name} (id, owner, item) VALUES (:id, :owner, :item)", row)
