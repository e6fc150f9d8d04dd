"""Contracts: consumers find what producers write, workers can read map items, and messages are understood.

The programs of the project run in this process, with the data that they write and send themselves. Programs in
TypeScript do not run here: of a project with these, the state machines and the template alone are checked, and histories by a
driver in Node.js.
"""

from collections.abc import Iterator

from prove.behaviour.contracts import (
    bodies,
    entities,
    histories,
    ids,
    item_messages,
    kept,
    maps,
    messages,
    order,
    parts,
    requests,
    results,
    rows,
    typed_histories,
    uploads,
    versions,
)
from prove.behaviour.evidence import Evidence, Problem


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the contracts that a project breaks."""
    modules = (
        bodies,
        entities,
        histories,
        ids,
        item_messages,
        kept,
        maps,
        messages,
        order,
        parts,
        requests,
        results,
        rows,
        typed_histories,
        uploads,
        versions,
    )
    yield from dict.fromkeys(problem for module in modules for problem in module.check(evidence))
