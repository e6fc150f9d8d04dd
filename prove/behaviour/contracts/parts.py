"""Work that is done at once on numbered parts of an item: each part of an item that is there is worked on.

A program that takes an item for a deleted one does nothing and ends without an error, so no alarm tells of it. Of an item
that is deleted before its parts are combined, nothing is kept or told.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps
from typing import Any

from prove.behaviour.contracts.apis import Api, apis
from prove.behaviour.contracts.order import contents
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running.cloud import NotRun
from prove.behaviour.running.program import Program
from prove.behaviour.running.system import System

#: What a caller sends.
_VALUES = {"name": "desk", "price": 3}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the programs that take an item of a caller for a deleted one, in some or all parts of the work on it."""
    for number, one in enumerate(apis(System(evidence))):
        if one.creates and one.reads and not one.program.webhook:
            yield from _of_items(evidence, number)
            if one.changes:
                yield from _of_deleted(evidence, number)


def _of_items(evidence: Evidence, number: int) -> Iterator[Problem]:
    system = System(evidence)
    missed: dict[str, list[str]] = {}
    for program in system.programs.values():
        with suppress(NotRun):
            _watch(program, missed.setdefault(program.id, []))
    with suppress(NotRun, ValueError, PermissionError):
        api = list(apis(system))[number]
        _, item = api.create("alice", dict(_VALUES))
        system.settle()
        if not isinstance(item, dict) or api.read("alice", str(item.get("id"))) is None:
            return
        for id, ids in missed.items():
            if ids:
                yield Problem(
                    "part-not-worked-on", id, f"Of an item that is there, it takes {sorted(set(ids))[:3]} for deleted."
                )


def _of_deleted(evidence: Evidence, number: int) -> Iterator[Problem]:
    """Yield the programs that keep or tell a combined result of an item that its caller has deleted meanwhile."""
    system = System(evidence)
    left: dict[str, list[str]] = {}
    with suppress(NotRun, ValueError, PermissionError):
        api = list(apis(system))[number]
        _, item = api.create("alice", dict(_VALUES))
        if not isinstance(item, dict) or "id" not in item:
            return
        for program in system.programs.values():
            with suppress(NotRun):
                _delete_first(system, program, api, str(item["id"]), left.setdefault(program.id, []))
        system.settle()
    for id, places in left.items():
        if places:
            words = f"A combined result of an item that was deleted before goes to {sorted(set(places))}."
            yield Problem("combined-of-deleted", id, words)


def _delete_first(system: System, program: Program, api: Api, id: str, left: list[str]) -> None:
    """Have an item deleted before a program combines its parts, and note where the result is then."""
    if not callable(combine := getattr(program.service, "combine", None)):
        return

    @wraps(combine)
    def after_deletion(message: Any, *results: Any) -> Any:
        if str(message.get("key")) != id:
            return combine(message, *results)
        api.remove("alice", id)
        before, told = set(contents(system)), len(system.cloud.told)
        result = combine(message, *results)
        left.extend(place for (place, _), _ in set(contents(system)) - before)
        left.extend(sent.channel for sent in system.cloud.told[told:])
        return result

    program.service.combine = after_deletion  # type: ignore[attr-defined]


def _watch(program: Program, missed: list[str]) -> None:
    """Note the items whose result a program cannot set, as it does not find them."""
    for store in vars(program.service).values():
        if callable(sets := getattr(store, "set_result", None)):
            store.set_result = _noting(sets, missed)


def _noting(sets: Callable[[str, Any], bool], missed: list[str]) -> Callable[[str, Any], bool]:
    @wraps(sets)
    def noted(id: str, result: Any) -> bool:
        if not (found := sets(id, result)):
            missed.append(id)
        return found

    return noted
