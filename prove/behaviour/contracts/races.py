"""Requests at the same time: an item that is removed stays removed, and no change is lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from prove.behaviour.contracts.apis import Api
from prove.behaviour.evidence import Problem
from prove.behaviour.running.system import System


def removed_meanwhile(system: System, api: Api) -> Iterator[Problem]:
    """An item that is removed while it is being replaced stays removed."""
    if not (api.creates and api.changes) or api.graphql or not _writes_conditionally(system, api):
        return
    _, item = api.create("alice", {"name": "desk"})
    id, store = str(item["id"]), api.store("alice")
    try:
        with _meanwhile(system, store, partial(api.remove, "alice", id)):
            api.replace("alice", id, {"name": "chair"})
    except Exception as error:
        yield Problem(
            "replace-races-remove", api.program.id, f"Replacing an item that is being removed ends with {error!r}."
        )
        return
    if id in system.cloud.stored_ids(store):
        yield Problem(
            "replace-races-remove", api.program.id, "Replacing brings an item back that was removed meanwhile."
        )


def changed_meanwhile(system: System, api: Api) -> Iterator[Problem]:
    """Of two changes of one version of an item, the second is refused, also if both are in progress at the same time.

    Otherwise, the first one is lost: https://www.rfc-editor.org/rfc/rfc6585#section-3 (read 2026-12-01).
    """
    if not (api.creates and api.changes) or api.graphql:
        return
    _, item = api.create("alice", {"name": "desk"})
    id = str(item["id"])
    tag = str(item.get("etag"))
    if [api.replace("alice", id, {"name": name}, f'"{tag}"') for name in ("table", "chair")] != [200, 412]:
        yield Problem("lost-update", api.program.id, "A second change of the same version of an item is accepted.")
    if not _writes_conditionally(system, api):
        yield from _passed_over(system, api)
        return
    tag = str((api.read("alice", id) or {}).get("etag"))
    with _meanwhile(system, api.store("alice"), partial(api.replace, "alice", id, {"name": "stool"})):
        status = api.replace("alice", id, {"name": "chair"}, f'"{tag}"')
    if status != 412 or (api.read("alice", id) or {}).get("name") != "stool":
        yield Problem("lost-update", api.program.id, f"A change of an item that is being changed ends with {status}.")


@contextmanager
def _meanwhile(system: System, store: str, action: Callable[[], object]) -> Iterator[None]:
    """Have another request run just before the next write to a store: what follows it, such as a copy, is no race."""
    system.cloud.before_put, system.cloud.raced = action, store
    try:
        yield
    finally:
        system.cloud.before_put, system.cloud.raced = None, ""


def _writes_conditionally(system: System, api: Api) -> bool:
    """Return whether the store of a list compares versions as it writes.

    A file system and a search index do not: their programs check the version, write after that, and say so (ADR 0109).
    """
    store, cloud = api.store("alice"), system.cloud
    return store in cloud.tables or store in cloud.buckets or store in cloud.rows


def _passed_over(system: System, api: Api) -> Iterator[Problem]:
    """Where a program also changes items in a store that compares versions as it writes, this store decides."""
    _, item = api.create("alice", {"name": "desk"})
    id, cloud = str(item["id"]), system.cloud
    holding = [one for one in (*cloud.tables, *cloud.buckets, *cloud.rows) if id in cloud.stored_ids(one)]
    api.remove("alice", id)
    for store in holding:
        if id not in cloud.stored_ids(store):
            message = f"Nothing notices two changes at the same time, though {store} would, which has the items too."
            yield Problem("lost-update", api.program.id, message)
