"""Results beside items: a program keeps its result in the store whose changes start it, where it starts no work."""

from collections.abc import Iterator

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running.system import System

#: The beginning of the keys of results.
RESULTS = "results/"
_ITEM = {"id": "item-1", "owner": "alice", "name": "desk", "created_at": "2026-12-01"}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield tables in which the result of an item passes for a further item, and starts work."""
    for name in System(evidence).cloud.tables:
        system = System(evidence)
        table = system.cloud.tables[name]
        table.items[_ITEM["id"]] = {**_ITEM, table.key: _ITEM["id"]}
        system.cloud.writes.append(("outside", name, _ITEM["id"]))
        system.settle()
        for id, result in sorted(table.items.items()):
            for arrival in system.routes.of_change(name, result) if id.startswith(RESULTS) else ():
                yield Problem(
                    "result-starts-work", name, f"The result {id!r} starts {arrival.resource} as an item does."
                )
