"""What the README says of messages about items that arrive in another order: whose results stay, and where that is not certain."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from advisor.architecture import Architecture, Node
from advisor.architecture.passing import WRITING
from advisor.text import Lang
from blueprints.plan import Plan
from blueprints.project.documents.readme_sections.store_titles import titles_of
from blueprints.project.programs.code import Code
from blueprints.traits import kinesis
from blueprints.traits.item_results import LEADING, serves, sources


class Ordered(NamedTuple):
    """A program whose results are ordered by the versions of items.

    That is its folder, the titles of the stores in which it compares versions, and of those that it reads before it
    writes, as they have no conditional writes. With `arrivals`, messages without a version get one by their arrival.
    """

    folder: str
    stores: tuple[str, ...]
    reads_first: tuple[str, ...]
    arrivals: bool


class Latest(NamedTuple):
    """A program that keeps the latest of the messages about each entity, as its data stores state.

    That is its folder, the titles of these stores and of those in which it keeps each message too, and what orders
    messages that name no version: "stream", "queue" or "fifo" for what arrives with a number or a time, "" for nothing.
    `naming` are the programs whose messages name the entity by their ordering key as the key, and with `by_order`, that key
    names it beside the key of an item. `recorded`: a repeated request keeps the place of the first one.
    """

    folder: str
    stores: tuple[str, ...]
    histories: tuple[str, ...]
    order: str
    naming: tuple[str, ...]
    recorded: bool
    by_order: bool


def latest(plan: Plan, codes: Sequence[Code], lang: Lang) -> list[Latest]:
    """Return the programs that keep the latest of the messages about each entity in stores that state so."""
    return [
        Latest(
            code.folder,
            tuple(titles_of(plan.architecture, states, lang)),
            tuple(titles_of(plan.architecture, code.histories, lang)),
            _order(code),
            _naming(plan, codes, code),
            bool(code.arrivals_env),
            code.takes_entities,
        )
        for code in codes
        if code.orders_results and (states := [one for one in code.keeps if one.node.id in code.items.latest])
    ]


def _naming(plan: Plan, codes: Sequence[Code], code: Code) -> tuple[str, ...]:
    leading = {one.id for one in _sources(plan.architecture, code)}
    return tuple(one.folder for one in codes if one.names_entities and one.plan.node.id in leading)


def _order(code: Code) -> str:
    if not code.orders_arrivals:
        return ""
    if kinesis.TRAITS.service in (code.entry_point.kind, code.entry_point.records):
        return "stream"
    return "fifo" if code.entry_point.fifo else "queue"


def ordered(plan: Plan, codes: Sequence[Code], lang: Lang) -> list[Ordered]:
    """Return the programs that receive messages which name versions of items, and compare these."""
    return [
        Ordered(
            code.folder,
            tuple(titles_of(plan.architecture, compared, lang)),
            tuple(titles_of(plan.architecture, (one for one in compared if one.client.checks_first), lang)),
            code.orders_arrivals,
        )
        for code in codes
        if any(serves(plan.architecture, one.id) for one in _sources(plan.architecture, code))
        and (compared := [store for store in code.writes if code.compares_versions(store)])
    ]


def superseding(plan: Plan, codes: Sequence[Code]) -> list[str]:
    """Return the programs of queues of whose messages some name no version: a redriven one replaces later results.

    They take messages in order or keep the latest about each entity. A redriven message is a new one, sent later:
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
    (read 2026-12-02).
    """
    taking = [
        code
        for code in codes
        if (code.entry_point.fifo and (code.renews or code.completes)) or _order(code) in ("queue", "fifo")
    ]
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
