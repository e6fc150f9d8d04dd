"""Histories of functions in TypeScript, as `histories.py` judges those of programs in Python: their stores are in memory.

The functions that a channel starts itself run in Node.js with all their modules but the clients of stores, which the tests
of their project judge.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from prove.behaviour.contracts.histories import ENTITY, histories, kept, messages, missing, unkept, unshown
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.programs import FunctionProgram, functions
from prove.behaviour.running.routes import Routes
from prove.behaviour.tries import tried

_DRIVER = "histories"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the stores in which a message about an entity leaves no row, a redelivery leaves one, or callers miss rows."""
    for store in histories(evidence):
        using = [one for one in functions(evidence) if _client(one, store)]
        writing = {one.function.id: one for one in using if "function put" in _client(one, store)}
        if writing:
            reading = [one for one in using if _looks_up(_client(one, store))]
            yield from _of_store(evidence, store, writing, reading)


def _client(program: FunctionProgram, store: str) -> str:
    """Return the module in TypeScript by which a function uses a store, as text, or ""."""
    file = program.folder / f"store-{store}.ts"
    return file.read_text("utf-8") if file.exists() else ""


def _looks_up(client: str) -> bool:
    """Return whether a client asks for the records about an item; one that lists the items of callers also gets one of them."""
    return "function ownedBy(" in client and "function get(" not in client


def _of_store(
    evidence: Evidence, store: str, writing: dict[str, FunctionProgram], reading: list[FunctionProgram]
) -> Iterator[Problem]:
    routes = Routes(evidence.stack)
    for told, sent in messages(evidence):
        events = defaultdict[str, list[Any]](list)
        for message in sent:
            for arrival in routes.of(message):
                events[arrival.resource].append(arrival.event)
        for id, program in writing.items():
            if len(events[id]) < len(sent):
                continue
            job = [str(program.folder), events[id], f"store-{store}", [str(one.folder) for one in reading], ENTITY]
            held, shown = tried(_DRIVER, program.folder, job)
            rows = [{(store, key) for key, _ in after} for after in held]
            if rows[0] == rows[1]:
                yield unkept(store)
                continue
            yield from kept(rows, told, store)
            for reader, item in zip(reading, shown, strict=True):
                if unfound := missing([text for _, text in held[-1]], [item]):
                    yield unshown(reader.folder.name, told, unfound, store)
