"""Rows that programs keep in one table: each starts the work on its table, and each has a key of its own."""

from collections.abc import Iterator

from prove.behaviour.contracts.messages import send_from_outside
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running.system import System

#: A row that an API without a program may have written.
ROW = {"id": "row-1", "owner": "alice", "name": "desk", "created_at": "2026-11-27T03:00:00+00:00"}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the tables whose changes start programs but for what another program has made of a message from outside."""
    system = System(evidence)
    listened = [name for name in system.cloud.tables if list(system.routes.of_change(name, _row(system, name)))]
    if not listened:
        return
    send_from_outside(system)
    system.settle()
    for name in listened:
        again = _started_again(evidence, name)
        held = system.cloud.tables[name].items
        for program, id in sorted({(program, id) for program, store, id in system.cloud.written if store == name}):
            if program not in again and id in held and not list(system.routes.of_change(name, held[id])):
                words = (
                    f"What {program} has made of a message is no change of {name} to the programs that listen to it."
                )
                yield Problem("row-unheard", program, words)
                break


def _row(system: System, table: str) -> dict[str, str]:
    return {**ROW, system.cloud.tables[table].key: ROW["id"]}


def _started_again(evidence: Evidence, table: str) -> set[str]:
    """Return the programs that write to a table because a row of it has changed: their rows would start them again."""
    system = System(evidence)
    system.cloud.tables[table].items[ROW["id"]] = _row(system, table)
    system.cloud.writes.append(("outside", table, ROW["id"]))
    system.settle()
    return {program for program, store, _ in system.cloud.written if store == table}
