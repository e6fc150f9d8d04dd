"""Histories: of a store that keeps all records, each message about an entity leaves rows of its own, and callers find them.

The messages come from outside, to each channel that a program reads which writes to the store. Two kinds tell messages about
one entity apart: by an id of their own beside the key of the entity, and records of a stream by nothing but the record.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

from advisor.vocabulary.store import ALL, KEEPS, STORE_FIELDS
from prove.behaviour.contracts.apis import apis
from prove.behaviour.contracts.order import contents
from prove.behaviour.contracts.seeding import seeded
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running.cloud import Json, NotRun, Sent
from prove.behaviour.running.program import Program
from prove.behaviour.running.routes import CHANNELS
from prove.behaviour.running.system import System

#: The entity that all messages are about, and what tells each of them, and is in nothing else.
ENTITY = "entity-1"
MARKS = ("record-4711", "record-4712", "record-4713")
#: The place of what a store holds: the name of a table, bucket, index or folder, and the key.
_Rows = set[tuple[str, str]]
_STREAM = "AWS::Kinesis::Stream"
#: How a store is accessed in which records about one entity can have ids of their own: the question applies to no other.
_FIELDS = {field.id: field for field in STORE_FIELDS}
_ACCESS = _FIELDS[KEEPS].applies["access"]


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the stores in which a message about an entity leaves no row, a redelivery leaves one, or callers miss rows."""
    for store in histories(evidence):
        written = set(_places(evidence, store))
        places = {place for place, _ in written}
        runs = [_Run(evidence, *carried, places) for carried in messages(evidence)] if places else []
        reaching = [run for run in runs if run.rows[0] != run.rows[1]]
        lost = not reaching and heard(evidence, store, {program for _, program in written})
        if lost and not any(run.system.unproven for run in runs):
            yield unkept(store)
        for run in reaching:
            yield from kept(run.rows, run.told, store)
            yield from _shown(run, store)


def histories(evidence: Evidence) -> list[str]:
    """Return the ids of the stores that are stated to keep all records about an entity, where the statement applies."""
    stores = evidence.requirements.of_kind("store")
    stated = [one for one in stores if one.answer(KEEPS) == ALL]
    return [one.id for one in stated if (one.answer("access") or _FIELDS["access"].default) in _ACCESS]


def messages(evidence: Evidence) -> Iterator[tuple[str, list[Sent]]]:
    """Yield messages about one entity over each channel, with what they are: several, and then the first of them again."""
    attributes = {"source": "partner", "detail-type": "order"}
    for channel in evidence.stack.of_type(*CHANNELS):
        for kind in ("key", "record") if channel.type == _STREAM else ("key",):
            told = f"messages about {ENTITY} over {channel.id} ({kind})"
            about = [{"id": mark, "key": ENTITY} if kind == "key" else {"id": ENTITY} for mark in MARKS]
            texts = [json.dumps({**one, "name": mark}) for one, mark in zip(about, MARKS, strict=True)]
            yield told, [Sent("outside", channel.id, text, ENTITY, attributes) for text in (*texts, texts[0])]


def heard(evidence: Evidence, store: str, programs: Collection[str]) -> bool:
    """Return whether one of some programs is of a component that listens to a channel of the project and writes to a store."""
    channels = {one.id for one in evidence.requirements.of_kind("channel")}
    writing = [one for one in evidence.requirements.of_kind("component") if one.id in programs]
    answers: list[Json] = [one.answers for one in writing]
    return any(one.get("listens_to") in channels and store in one.get("writes", ()) for one in answers)


def unkept(store: str) -> Problem:
    """Return the problem of a store that keeps nothing of a message."""
    return Problem("record-not-kept", store, f"No channel carries a message about {ENTITY} that leaves a row.")


def _places(evidence: Evidence, store: str) -> Iterator[tuple[str, str]]:
    """Yield the places to which programs write what a store keeps, with these programs: each is asked to write one item."""
    for id in System(evidence).programs:
        system = System(evidence)
        program = system.programs[id]
        with suppress(NotRun):
            if (client := _client(program, store)) is None:
                continue
            write = getattr(client, "put_once", None) or getattr(client, "put", None)
            if write is not None:
                with program.running():
                    write({"id": ENTITY, "owner": "alice", "name": "desk"})
                yield from ((place, id) for (place, _), _ in contents(system))


def _client(program: Program, store: str) -> Any:
    """Return the module by which a program uses a store, or None."""
    name = f"store_{store.replace('-', '_')}"
    return program.module(name) if (program.folder / f"{name}.py").exists() else None


class _Run:
    """Messages about one entity over a channel, each worked on before the next one."""

    def __init__(self, evidence: Evidence, told: str, sent: Sequence[Sent], places: set[str]) -> None:
        self.places, self.told = places, told
        self.system = seeded(evidence, ENTITY, but=places)
        #: What the store holds before all messages, and after each of them.
        self.rows = [self._held()]
        for message in sent:
            self.system.cloud.sent.append(message)
            self.system.settle()
            self.rows.append(self._held())

    def _held(self) -> _Rows:
        return {place for place, _ in contents(self.system) if place[0] in self.places}

    @property
    def texts(self) -> list[str]:
        """What the store holds in the end, as text."""
        return [text for place, text in contents(self.system) if place[0] in self.places]


def kept(rows: Sequence[_Rows], told: str, store: str) -> Iterator[Problem]:
    """Yield what is wrong with the rows before messages and after each of them, the last of which is the first one again."""
    *before, again = rows
    if not all(one < following for one, following in pairwise(before)):
        yield Problem("record-not-kept", store, f"{len(MARKS)} {told} leave {sorted(before[-1] - before[0])}.")
    if again != before[-1]:
        more = sorted(again - before[-1])
        yield Problem("record-repeated", store, f"The first of {told}, delivered again, adds {more}.")


def missing(texts: Sequence[str], items: Iterable[Any]) -> list[str]:
    """Return what tells the records of a store that come with none of some items."""
    shown = [record for item in items for record in _records(item)]
    held = [mark for mark in MARKS if any(mark in text for text in texts)]
    return [mark for mark in held if not any(mark in record for record in shown)]


def unshown(program: str, told: str, lost: Sequence[str], store: str) -> Problem:
    """Return the problem of a program that shows not all records of a store."""
    return Problem("record-not-shown", program, f"After {told}, no item comes with its records {lost} of {store}.")


def _shown(run: _Run, store: str) -> Iterator[Problem]:
    """Yield the programs that look up records by what these are about, and show callers not all of them with their items."""
    for api in apis(run.system):
        with suppress(NotRun, ValueError, PermissionError):
            client = _client(api.program, store) if api.reads else None
            if not hasattr(client, "owned_by") or api.store("alice") in run.places:
                continue
            ids = dict.fromkeys([ENTITY, *(str(item.get("id")) for item in api.everything("alice"))])
            if lost := missing(run.texts, [api.read("alice", id) for id in ids]):
                yield unshown(api.program.id, run.told, lost, store)


def _records(item: Any) -> list[str]:
    """Return the records that come with an item, as text."""
    parts: Json = {**item, **(item.get("attributes") or {})} if isinstance(item, dict) else {}
    lists = (part for part in parts.values() if isinstance(part, list))
    return [json.dumps(record, default=str) for records in lists for record in records]
