"""The titles of data stores in the README: a program that uses a connection pool reaches its store through the pool."""

from collections.abc import Iterable

from advisor.architecture import Architecture
from advisor.text import Lang
from blueprints.project.programs.adapters import StoreAdapter


def titles_of(architecture: Architecture, stores: Iterable[StoreAdapter], lang: Lang) -> list[str]:
    """Return the titles of the stores that programs use, also of those behind a connection pool."""
    titles = []
    for store in stores:
        pooled = architecture.leaving(store.node.id, "pool")
        node = architecture.node(pooled[0].target) if pooled else store.node
        titles.append(node.note.in_(lang))
    return titles
