"""What README says of copies: where data of an item remains when its caller deletes it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from advisor.text import Lang
from advisor.vocabulary.store import KEPT
from blueprints import settings
from blueprints.plan import Plan
from blueprints.project.documents.readme_sections.store_titles import titles_of
from blueprints.project.programs.adapters import StoreAdapter
from blueprints.project.programs.code import Code
from blueprints.project.programs.items import PASSING
from blueprints.traits import dynamodb, is_store
from blueprints.traits.item_results import LEADING


class Copies(NamedTuple):
    """An API whose callers delete items: its folder, the titles of the stores that it deletes from, and the copies that stay.

    A copy is the title of its store and the folder of the program that writes it, or "" where a service delivers it.
    """

    folder: str
    stores: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]


def cached(codes: Sequence[Code], lang: Lang) -> list[tuple[str, str, int, bool]]:
    """Return the programs that answer from a cache beside their data store.

    Each with its folder, the title of the cache, the expiry of copies in seconds, and whether its callers change items.
    """
    return [
        (code.folder, code.cache.node.note.in_(lang), code.cache.copies_s, code.can_change)
        for code in codes
        if code.cache is not None
    ]


def forgotten(plan: Plan, codes: Sequence[Code], lang: Lang) -> list[tuple[str, list[str], bool]]:
    """Return the programs that delete deleted items from search indexes: folder, titles of these, whether a table tells them."""
    found = ((code, titles_of(plan.architecture, code.forgets, lang)) for code in codes)
    return [(code.folder, titles, code.entry_point.kind == dynamodb.TRAITS.service) for code, titles in found if titles]


def copies(plan: Plan, codes: Sequence[Code], lang: Lang) -> list[Copies]:
    """Return the APIs whose items leave copies or results in other places when they are deleted."""
    found = []
    for code in codes:
        if code.service == "items" and code.can_change:
            deleted = {store.node.id for store in code.deletes}
            kept = tuple(dict.fromkeys(_kept(plan, codes, code, deleted, lang)))
            if kept:
                stores = tuple(titles_of(plan.architecture, code.deletes, lang))
                found.append(Copies(code.folder, stores, kept))
    return found


def _kept(plan: Plan, codes: Sequence[Code], code: Code, deleted: set[str], lang: Lang) -> Iterator[tuple[str, str]]:
    graph = plan.architecture
    reached = graph.reached(code.plan.node.id, PASSING)
    for other in codes:
        # A chat keeps connections, which expire.
        if other.plan.node.id in reached and other.service != "chat":
            for store in other.writes if other is code else (*other.keeps, *other.histories, *other.archives):
                apart = (
                    not (store.node.id in deleted and (other is code or store.beside)) and store not in other.forgets
                )
                if apart and _holds_items(store) and not settings.number(store.node, KEPT):
                    yield titles_of(graph, [store], lang)[0], other.folder
    programs = {other.plan.node.id for other in codes}
    for edge in graph.edges:
        delivered = edge.source in reached - programs and edge.verb in LEADING
        if delivered and is_store(graph.node(edge.target)):
            yield graph.node(edge.target).note.in_(lang), ""


def _holds_items(store: StoreAdapter) -> bool:
    """Return whether a program keeps items or results in a store, and no connections or copies that expire."""
    return not store.connections and not store.aside
