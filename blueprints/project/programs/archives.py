"""Archives: buckets in which a program keeps the records of a stream, with one object for each batch."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from advisor.architecture import Architecture
from advisor.architecture.passing import READING
from blueprints.project.programs.adapters import StoreAdapter
from blueprints.project.programs.code import Code
from blueprints.traits import is_store
from blueprints.traits.item_results import LEADING

#: The functions of a store's client that read whole objects, without asking for one by its id.
_WHOLE = frozenset(("read_all", "read_part", "put", "put_once", "put_file", "put_batch"))


def with_archives(architecture: Architecture, codes: Sequence[Code]) -> tuple[Code, ...]:
    """Return the programs, of which those that archive a stream store one object for each batch, and their readers know it.

    A program archives a stream if it only writes to a bucket in which nobody looks an object up by its id, and which
    starts nothing.
    """
    kept = {store.node.id for code in codes for store in code.keeps if _is_archive(architecture, code, store, codes)}
    return tuple(replace(code, stores=tuple(_changed(architecture, code, codes, kept))) for code in codes)


def _changed(architecture: Architecture, code: Code, codes: Sequence[Code], kept: set[str]) -> Iterable[StoreAdapter]:
    for store in code.stores:
        if store.node.id in kept and _is_archive(architecture, code, store, codes):
            yield replace(store, functions=store.functions - {"put", "put_once"} | {"put_batch"})
        else:
            yield replace(store, in_batches=store.node.id in kept)


def _is_archive(architecture: Architecture, code: Code, store: StoreAdapter, codes: Sequence[Code]) -> bool:
    if not (_reads_stream(code) and store.client.batches and store.verb == "write" and not store.result):
        return False
    if any(edge.verb in LEADING for edge in architecture.leaving(store.node.id)) or store.uploaded or store.linked:
        return False
    readers = {edge.source for edge in architecture.entering(store.node.id) if edge.verb in READING}
    used = {
        other.plan.node.id: one.functions for other in codes for one in other.stores if one.node.id == store.node.id
    }
    return all(reader in used and used[reader] <= _WHOLE for reader in readers)


def _reads_stream(code: Code) -> bool:
    """Return whether a program takes the records of a stream in batches, each of which is kept: changes of a table are no records."""
    entry_point = code.entry_point
    streamed = entry_point.stream and entry_point.source is not None and not is_store(entry_point.source)
    return (
        streamed
        and code.service == "work"
        and not code.hears_removals
        and not code.hears_undone
        and not code.hears_reports
        and not code.completes
    )
