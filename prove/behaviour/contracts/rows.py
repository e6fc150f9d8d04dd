"""Rows that programs keep in one table: each starts the work on its table, and each has a key of its own."""

import json
from collections.abc import Iterator
from dataclasses import replace

from prove.behaviour.contracts.messages import SEED, send_from_outside
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running.system import System

#: An id of a message that no key of a row has or begins with.
FREE = "seed-of-its-own"
#: A row that an API without a program may have written.
ROW = {"id": "row-1", "owner": "alice", "name": "desk", "created_at": "2026-11-27T03:00:00+00:00"}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the tables whose changes start programs but for some rows, and stores in which programs have one key for two rows."""
    yield from _unheard(evidence)
    yield from _taken(evidence)


def _unheard(evidence: Evidence) -> Iterator[Problem]:
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


def _taken(evidence: Evidence) -> Iterator[Problem]:
    """Yield the stores in which a message has fewer rows if its id is the key that another program's row will have."""
    first = _after(evidence)
    by_writer = {(store, program) for program, store, _ in first.cloud.written}
    shared = sorted({store for store, _ in by_writer if len([one for one, _ in by_writer if one == store]) > 1})
    for store in shared:
        for key in sorted(key for key in first.cloud.stored_ids(store) if key.endswith(SEED) and key != SEED):
            held, free = _after(evidence, key, SEED), _after(evidence, FREE, SEED)
            if len(held.cloud.stored_ids(store)) < len(free.cloud.stored_ids(store)):
                words = f"A message whose id is {key} takes the key of what another program makes of {SEED}."
                yield Problem("key-taken", store, words)


def _after(evidence: Evidence, *ids: str) -> System:
    """Return the project after messages from outside with these ids, each of which is worked on before the next one."""
    system = System(evidence)
    for id in ids or (SEED,):
        before = len(system.cloud.sent)
        send_from_outside(system)
        sent = system.cloud.sent[before:]
        system.cloud.sent[before:] = [replace(one, text=json.dumps({**json.loads(one.text), "id": id})) for one in sent]
        system.settle()
    return system


def _row(system: System, table: str) -> dict[str, str]:
    return {**ROW, system.cloud.tables[table].key: ROW["id"]}


def _started_again(evidence: Evidence, table: str) -> set[str]:
    """Return the programs that write to a table because a row of it has changed: their rows would start them again."""
    system = System(evidence)
    system.cloud.tables[table].items[ROW["id"]] = _row(system, table)
    system.cloud.writes.append(("outside", table, ROW["id"]))
    system.settle()
    return {program for program, store, _ in system.cloud.written if store == table}
