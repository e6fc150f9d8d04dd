"""Requests: callers find their items by list and by id, page by page, and no items of others.

Scan reads a whole table and Query a partition of it or of an index; each answer ends at 1 MB:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-query-scan.html (checked 2026-11-27).
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from prove.behaviour.contracts.apis import Api, apis
from prove.behaviour.contracts.races import changed_meanwhile, removed_meanwhile
from prove.behaviour.contracts.uploads import uploaded
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running.cloud import NotRun, Sent
from prove.behaviour.running.program import KNOWS_CALLERS, record_tables
from prove.behaviour.running.routes import logical
from prove.behaviour.running.system import System

#: More items than one page of a list holds, and than one page of the store.
MANY = 230


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield items that callers cannot find, or can access without permission."""
    for number, api in enumerate(apis(System(evidence))):
        for ask in (
            _found,
            _pages,
            _expiry,
            removed_meanwhile,
            changed_meanwhile,
            _owner,
            _keys,
            _kept,
            _gone,
            _removed,
        ):
            system = System(evidence)
            again = list(apis(system))[number]
            if not (api.reads or ask in (_expiry, _owner, _keys)):
                continue
            try:
                yield from ask(system, again)
            except NotRun as error:
                system.unproven.append(str(error))


def _found(system: System, reader: Api) -> Iterator[Problem]:
    """Items that belong to a caller, and shared items, can be listed and read."""
    for start in _starts(system):
        try:
            start()
        except NotRun as error:
            system.unproven.append(str(error))
        system.settle()
    store = reader.store("alice")
    held = _items(system, store)
    listed = [str(item.get("id")) for item in reader.everything("alice")]
    place = reader.program.id
    if reader.anonymous:
        # Who proves no identity is shown what belongs to everyone, and nobody's own items.
        held = {id for id in held if reader.read("anybody", id) is not None}
    if len(listed) < len(held):
        yield Problem(
            "reader-misses-items", place, f"{store} holds {sorted(held)[:4]}, and the list has {sorted(listed)[:4]}."
        )
    unread = [id for id in listed if not _same(reader.read("alice", id), id)]
    if unread:
        yield Problem(
            "reader-misses-id", place, f"The list of {store} has {unread[:3]}, and no request by that id finds them."
        )
    yield from _left_out(system, reader, store)
    yield from _of_others(system, reader, store)
    yield from _related(system, reader)


def _related(system: System, reader: Api) -> Iterator[Problem]:
    """Related data of an item is found with it: the result of the processing that it triggered.

    A store to which this processing writes nothing need not have the item: it may have those of another API.
    """
    if not (reader.creates and reader.changes) or reader.graphql:
        return
    before = len(system.cloud.written)
    _, item = reader.create("alice", {"name": "desk"})
    if (reader.program.folder / "uploads.py").exists():
        uploaded(system, reader, str(item["id"]))
    system.settle()
    filled = {store for _, store, _ in system.cloud.written[before:]}
    system.cloud.lookups.clear()
    reader.read("alice", str(item["id"]))
    for program, store, id, found in system.cloud.lookups:
        if program == reader.program.id and not found and store in filled and system.cloud.stored_ids(store):
            held = sorted(system.cloud.stored_ids(store))[:3]
            yield Problem("lookup-finds-nothing", program, f"It looks up {id!r} in {store}, which holds {held}.")


def _left_out(system: System, reader: Api, store: str) -> Iterator[Problem]:
    """Yield lists that omit attributes of an item, because their index projects only the keys."""
    table = system.cloud.tables.get(store)
    if table is None:
        return
    for item in reader.everything("alice"):
        # Nobody but the sender of an item needs to know to whom emails about it go or of which request it is, and the table
        # alone when it expires.
        # A GraphQL API has what the schema does not name in `attributes`.
        shown = {table.key, "recipient", "request_digest", "expires_at", *item, *(item.get("attributes") or ())}
        missing = table.items.get(str(item.get("id")), {}).keys() - shown
        if missing:
            message = f"The list of {store} leaves out {', '.join(sorted(missing))} of an item."
            yield Problem("list-differs", reader.program.id, message)
            return


def _starts(system: System) -> Iterator[Callable[[], object]]:
    for api in apis(system):
        if api.creates:
            yield partial(api.create, "alice", {"name": "desk"})
    for schedule in system.evidence.stack.of_type("AWS::Scheduler::Schedule"):
        yield partial(system.cloud.started.append, (logical(schedule.properties["Target"]["Arn"]), {}))
    ours = {value for program in system.programs.values() for value in program.env.values()}
    for channel in system.evidence.stack.of_type("AWS::SQS::Queue", "AWS::Kinesis::Stream", "AWS::SNS::Topic"):
        fed = any(
            logical(one.properties["Endpoint"]) == channel.id
            for one in system.evidence.stack.of_type("AWS::SNS::Subscription")
        )
        if channel.id not in ours and not fed:
            yield partial(system.cloud.sent.append, Sent("outside", channel.id, '{"id": "outside-1", "name": "desk"}'))


def _items(system: System, store: str) -> set[str]:
    """Return the stored items, without report files, which have a file extension, results beside items, and internal totals."""
    rows = system.cloud.tables[store].items if store in system.cloud.tables else {}
    inside = {id for id, row in rows.items() if str(row.get("owner")).startswith("internal:")}
    found = system.cloud.stored_ids(store) - inside
    return {id for id in found if not (id.endswith(".csv") or id.startswith("results/"))}


def _same(item: object, id: str) -> bool:
    return isinstance(item, dict) and str(item.get("id")) == id


def _of_others(system: System, reader: Api, store: str) -> Iterator[Problem]:
    if not reader.creates or reader.graphql:
        return
    status, item = reader.create("alice", {"name": "secret"})
    if status != 201 or not isinstance(item, dict) or item.get("owner") != "alice":
        return
    ids = {str(one.get("id")) for one in reader.everything("bob")}
    if str(item["id"]) in ids or reader.read("bob", str(item["id"])) is not None:
        yield Problem("shows-others-items", reader.program.id, f"Another caller gets alice's item out of {store}.")


#: The owner of items that all callers read.
_SHARED = "everyone"


def _pages(system: System, api: Api) -> Iterator[Problem]:
    """A list continues after its first page, and queries only the items of the caller; what everybody owns is read by pages of the table."""
    if not (api.creates and api.changes):
        return
    for _ in range(MANY):
        api.create("alice", {"name": "desk"})
    store = api.store("alice")
    scans = [one for program, one, scan in system.cloud.listed if scan and program == api.program.id]
    rows = system.cloud.tables[store].items.values() if scans and store in system.cloud.tables else ()
    owners = {str(row.get("owner", _SHARED)) for row in rows}
    if any(owner != _SHARED and not owner.startswith("internal:") for owner in owners):
        yield Problem("list-scans-table", api.program.id, f"A caller's list reads the whole of {store}.")
    found = {str(item["id"]) for item in api.everything("alice")}
    if len(found) < MANY:
        yield Problem("list-ends", api.program.id, f"Of {MANY} items the pages of the list hold {len(found)}.")


def _expiry(system: System, api: Api) -> Iterator[Problem]:
    """A request cannot set the expiry time of a DynamoDB item."""
    if not api.creates or api.graphql:
        return
    for table in system.cloud.tables.values():
        if not table.expiry:
            continue
        api.create("alice", {"name": "desk", table.expiry: 1})
        system.settle()
        if any(item.get(table.expiry) == 1 for item in table.items.values()):
            yield Problem(
                "caller-sets-expiry", api.program.id, f"A caller's `{table.expiry}` has {table.name} delete the item."
            )
            return


def _keys(system: System, api: Api) -> Iterator[Problem]:
    """Another sender with the same idempotency key makes another item, also where all items are shared."""
    if not api.creates or not getattr(api.program.entry, KNOWS_CALLERS, False):
        return
    headers = {"Idempotency-Key": "5b1f7a52-8f3e-4f0b-a0a5-2f9f1d1f0d6e"}
    made = [api.create(who, {"name": "desk"}, headers)[1].get("id") for who in ("alice", "alice", "bob")]
    if made[0] != made[1] or made[2] == made[0]:
        yield Problem("idempotency-key-of-another", api.program.id, f"One key of two senders makes the items {made}.")


def _kept(system: System, api: Api) -> Iterator[Problem]:
    """What is worked out of an item is added to it: the item stays as its caller sent it, also for a repeated request."""
    if not (api.creates and api.changes):
        return
    sent, headers = {"name": "desk", "price": 12.5}, {"Idempotency-Key": "9d1c7c1e-6a0f-4f3e-9a52-0d8b7a3f6c11"}
    _, item = api.create("alice", sent, headers)
    if (api.program.folder / "uploads.py").exists():
        # Its file has work done on the item too.
        uploaded(system, api, str(item["id"]))
    system.settle()
    read = api.read("alice", str(item["id"]))
    kept = _fields(read) if isinstance(read, dict) else {}
    lost = sorted(name for name, value in _fields(item).items() if kept.get(name) != value)
    if lost:
        yield Problem("item-overwritten", api.program.id, f"Other programs change or drop {lost} of an item.")
    beside = [
        id for one in api.everything("alice") if str(item["id"]) in (id := str(one.get("id"))) and id != item["id"]
    ]
    if beside:
        yield Problem("result-listed", api.program.id, f"The list shows {beside} beside the item they come from.")
    try:
        again = api.create("alice", sent, headers)[1]
    except Exception:
        again = None
    if not isinstance(again, dict) or again.get("id") != item["id"]:
        yield Problem(
            "item-overwritten", api.program.id, "A repeated request is refused after others worked on the item."
        )


def _fields(item: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an item; a GraphQL API has those that its schema does not name in `attributes`."""
    inner = item.get("attributes")
    return (
        {**{name: value for name, value in item.items() if name != "attributes"}, **inner}
        if isinstance(inner, dict)
        else item
    )


def _gone(system: System, api: Api) -> Iterator[Problem]:
    """An item that is removed before others have worked on it stays removed: nobody acts for it or notes that work is undone."""
    if not (api.creates and api.changes):
        return
    _, item = api.create("alice", {"name": "desk"})
    id = str(item["id"])
    api.remove("alice", id)
    store = api.store("alice")
    if id in system.cloud.stored_ids(store):
        return
    system.settle()
    if id in system.cloud.stored_ids(store):
        yield Problem("removed-item-returns", api.program.id, f"Other programs bring a removed item back to {store}.")
    # Programs that record their result at the item, or look it up, can see that it is gone; others work on the message alone.
    services = {one.id: one.folder / "service.py" for one in system.programs.values()}
    seeing = {name for name, file in services.items() if file.exists() and _sees(file.read_text("utf-8"))}
    for program in sorted({program for program, _ in system.cloud.acted} & seeing):
        message = f"{program} has another system act for an item that was removed while its message waited."
        yield Problem("removed-item-acted", api.program.id, message)
    for place in (*system.cloud.tables, *system.cloud.buckets):
        noted = sorted(one for one in system.cloud.stored_ids(place) if id in one and one.endswith(".undone"))
        if noted:
            message = f"For an item that was removed, a compensation adds {noted[:3]} to {place}."
            yield Problem("removed-item-noted", api.program.id, message)


def _sees(service: str) -> bool:
    return any(words in service for words in ("set_result(", "effects.made("))


def _removed(system: System, api: Api) -> Iterator[Problem]:
    """An event that an item was removed adds nothing to what other programs keep."""
    if not (api.creates and api.changes):
        return
    _, item = api.create("alice", {"name": "desk"})
    system.settle()
    before = {store: system.cloud.stored_ids(store) for store in (*system.cloud.tables, *system.cloud.buckets)}
    api.remove("alice", str(item["id"]))
    system.settle()
    records = record_tables(system.programs.values())
    for store, held in before.items():
        added = system.cloud.stored_ids(store) - held
        if added and store not in records:
            message = f"For an item that was removed, {sorted(added)[:3]} is added to {store}."
            yield Problem("removed-item-adds", api.program.id, message)


def _owner(_: System, api: Api) -> Iterator[Problem]:
    """A request cannot set the owner or the id of an item."""
    if not api.creates or api.graphql or api.anonymous:
        return
    status, item = api.create("alice", {"name": "desk", "owner": "bob", "id": "of-bob"})
    if status < 300 and isinstance(item, dict) and "owner" in item:
        forged = [name for name, value in (("owner", "bob"), ("id", "of-bob")) if item.get(name) == value]
        if forged:
            yield Problem(
                "caller-sets-owner", api.program.id, f"A caller's `{forged[0]}` makes an item somebody else's."
            )
