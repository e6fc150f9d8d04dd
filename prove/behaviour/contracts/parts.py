"""Work that is done at once on numbered parts of an item: each part of an item that is there is worked on.

A program that takes an item for a deleted one does nothing and ends without an error, so no alarm tells of it.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps
from typing import Any

from prove.behaviour.contracts.apis import apis
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
