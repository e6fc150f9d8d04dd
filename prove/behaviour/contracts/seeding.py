"""What stores hold before a check: items that only others fill, in tables, buckets and databases alike."""

import json
from collections.abc import Collection
from typing import Any

from prove.behaviour.evidence import Evidence
from prove.behaviour.running import sql
from prove.behaviour.running.cloud import Stored
from prove.behaviour.running.program import record_tables
from prove.behaviour.running.system import System

Json = dict[str, Any]
#: An item as others have stored it, but for its id.
ITEM: Json = {"owner": "alice", "name": "desk", "created_at": "2026-11-27"}


def seeded(evidence: Evidence, *ids: str, but: Collection[str] = ()) -> System:
    """Return a system that holds an item under each id in all its stores, except those in `but`."""
    system = System(evidence)
    for store in stores(system):
        if store not in but:
            for id in ids:
                keep(system, store, {"id": id, **ITEM})
    return system


def stores(system: System) -> list[str]:
    """Return the stores of items: tables of DynamoDB without those of records, buckets, and tables of SQL databases."""
    records = record_tables(system.programs.values())
    tables = [name for name in system.cloud.tables if name not in records]
    return [*tables, *system.cloud.buckets, *sql.tables(system.cloud)]


def keep(system: System, store: str, item: Json) -> None:
    """Have a store hold an item under its id."""
    id, cloud = str(item["id"]), system.cloud
    if store in cloud.tables:
        cloud.tables[store].items[id] = {**item, cloud.tables[store].key: id}
    elif store in cloud.buckets:
        cloud.buckets[store][id] = Stored(json.dumps(item).encode(), "application/json")
    else:
        sql.keep(cloud, store, item)


def held(system: System, store: str) -> dict[str, str]:
    """Return what a store holds as text, by id."""
    cloud = system.cloud
    if store in cloud.tables:
        return {id: json.dumps(item, default=str) for id, item in cloud.tables[store].items.items()}
    if store in cloud.buckets:
        return {id: json.dumps(one.body.decode()) for id, one in cloud.buckets[store].items()}
    return sql.held(cloud, store)
