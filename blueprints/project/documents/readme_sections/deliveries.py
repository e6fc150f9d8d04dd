"""Webhooks beside the messages and items of other programs: what a README says of programs that cannot tell them apart."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from blueprints.plan import Plan
from blueprints.project.programs.code import Code
from blueprints.project.programs.items import senders


class Deliveries(NamedTuple):
    """A program that receives webhooks, and what it shares with others.

    `types` are those of its messages; `stores` the stores in which others keep items that it does not change; `reported` those of
    whose items it sets an attribute, with its name; `mixed` the programs that receive both a message about each
    webhook and messages of others, with the ids of the other senders.
    """

    folder: str
    types: tuple[str, ...]
    stores: tuple[str, ...]
    reported: tuple[tuple[str, str], ...]
    mixed: tuple[tuple[str, tuple[str, ...]], ...]


def deliveries(plan: Plan, codes: Sequence[Code]) -> list[Deliveries]:
    """Return the programs whose webhooks are beside items or messages of other programs."""
    found = [_deliveries(plan, code, codes) for code in codes if code.entry_point.webhook and code.can_create]
    return [one for one in found if one.stores or one.reported or one.mixed]


def _deliveries(plan: Plan, code: Code, codes: Sequence[Code]) -> Deliveries:
    written = {
        store.node.id for other in codes if other.service == "items" and other is not code for store in other.writes
    }
    reported = tuple((store.subject, store.result) for store in code.reports)
    others = (store for store in code.writes if store not in code.reports)
    stores = tuple(store.subject for store in others if store.node.id in written)
    types = (f"{code.id}.created", *([f"{code.id}.reported"] if reported else []))
    return Deliveries(code.folder, types, stores, reported, tuple(_mixed(plan, code, codes)))


def _mixed(plan: Plan, code: Code, codes: Sequence[Code]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the consumers of a channel to which a program and others publish, with the others."""
    channels = {channel.node.id for channel in code.channels}
    ids = {one.plan.node.id: one.id for one in codes}
    for consumer in codes:
        sending = {id for id, by in senders(plan.architecture, consumer.plan.node, ids) if by in channels}
        others = _names(ids, sending - {code.plan.node.id})
        if consumer.service == "work" and code.plan.node.id in sending and others:
            yield consumer.folder, others


def _names(ids: dict[str, str], nodes: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(ids[node] for node in nodes))
