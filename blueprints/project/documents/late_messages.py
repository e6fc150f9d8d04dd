"""What the README says of messages about items that arrive in another order: whose results stay, and where that is not certain."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from advisor.architecture import Architecture, Node
from advisor.text import Lang
from blueprints.plan import Plan
from blueprints.project.programs.code import Code
from blueprints.traits.item_results import LEADING, WRITING, serves, sources


class Ordered(NamedTuple):
    """A program whose results are ordered by the versions of items.

    That is its folder, the titles of the stores in which it compares versions, and of those that it reads before it
    writes, as they have no conditional writes.
    """

    folder: str
    stores: tuple[str, ...]
    reads_first: tuple[str, ...]


def ordered(plan: Plan, codes: Sequence[Code], lang: Lang) -> list[Ordered]:
    """Return the programs that receive messages which name versions of items, and compare these."""
    return [
        Ordered(
            code.folder,
            tuple(store.node.note.in_(lang) for store in compared),
            tuple(store.node.note.in_(lang) for store in compared if store.client.checks_first),
        )
        for code in codes
        if any(serves(plan.architecture, one.id) for one in _sources(plan.architecture, code))
        and (compared := [store for store in code.writes if code.compares_versions(store)])
    ]


def superseding(plan: Plan, codes: Sequence[Code]) -> list[str]:
    """Return the programs that take messages in order, of which some name no version: a redriven one replaces later results."""
    taking = [code for code in codes if code.entry_point.fifo and (code.renews or code.completes)]
    return [code.folder for code in taking if not _all_versioned(plan.architecture, code)]


def _all_versioned(graph: Architecture, code: Code) -> bool:
    """Return whether all messages that a program receives come from programs of callers, which give items their versions."""
    found = _sources(graph, code)
    return bool(found) and all(serves(graph, one.id) for one in _origins(graph, found))


def _sources(graph: Architecture, code: Code) -> list[Node]:
    return [] if code.unnamed or code.service != "work" else sources(graph, code.plan.node)


def _origins(graph: Architecture, found: Sequence[Node]) -> Iterator[Node]:
    ids = {one.id for one in found}
    for one in found:
        led = any(e.source in ids and e.verb in (*LEADING, *WRITING, "publish", "call") for e in graph.entering(one.id))
        if serves(graph, one.id) or not led:
            yield one
