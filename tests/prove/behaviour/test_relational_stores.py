"""What others have stored in a relational store is there for a check, as in any other store, and faults of its readers and writers are found."""

from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.planting import rules_after
from tests.prove.behaviour.sam_projects import WrittenProject, write_project

_STORES: dict[str, dict[str, Any]] = {
    "aurora": {"pins": {"store": "aurora-serverless"}},
    "proxy": {"connection_pool": True, "pins": {"store": "aurora-serverless"}},
    "dsql": {"pins": {"store": "aurora-dsql"}},
    "rds": {"pins": {"store": "rds"}},
}
_NIGHTLY: dict[str, Any] = {
    "id": "nightly",
    "trigger": "schedule",
    "schedule_expression": "cron(0 3 * * ? *)",
    "time_zone": "UTC",
    "longest_run_s": 20,
    "reads": ["orders"],
    "publishes": ["jobs"],
}
_WORK: dict[str, Any] = {"id": "work", "listens_to": "jobs", "longest_run_s": 5}


def project(folder: Path, components: list[dict[str, Any]], stores: dict[str, str], **channel: Any) -> WrittenProject:
    """Write a project whose stores are relational ones or tables of DynamoDB."""
    made = [
        {"id": id, **({"access": "relational", **_STORES[kind]} if kind else {"access": "key-value"})}
        for id, kind in stores.items()
    ]
    heard = any(one.get("listens_to") == "jobs" for one in components)
    channels = [{"id": "jobs", "carries": "work", **channel}] if heard else []
    asked = {"schema": 2, "components": components, "channels": channels, "stores": made}
    return write_project(asked, folder / "project")


@pytest.mark.parametrize("kind", _STORES)
def test_a_message_about_an_item_of_others_finds_it(kind: str, tmp_path: Path) -> None:
    written = project(tmp_path, [{**_WORK, "reads": ["orders"], "writes": ["done"]}], {"orders": kind, "done": ""})
    assert written.rules_found_by("contracts") == set()
    planted = rules_after(written, "contracts", "src/work/service.py", "orders.get(about)", "orders.get(about + 's')")
    assert planted == {"lookup-finds-nothing"}


@pytest.mark.parametrize("kind", _STORES)
def test_a_result_that_the_first_change_leaves_for_good_is_found(kind: str, tmp_path: Path) -> None:
    api = {"id": "api", "trigger": "request", "authentication": "sign-up", "reads": ["orders"], "writes": ["orders"]}
    follow = {"id": "follow", "trigger": "event", "event_source": "table-change", "listens_to": "orders"}
    written = project(tmp_path, [api, {**follow, "writes": ["done"]}], {"orders": "", "done": kind})
    assert written.rules_found_by("contracts") == set()
    once = "if not hasattr(store_done, 'full'): store_done.put(result); store_done.full = True"
    assert rules_after(written, "contracts", "src/follow/service.py", "store_done.put(result)", once) == {"change-lost"}


@pytest.mark.parametrize("kind", _STORES)
def test_a_run_over_rows_tells_of_each_and_makes_no_more_of_them(kind: str, tmp_path: Path) -> None:
    ship = {**_WORK, "writes": ["orders"]}
    rows = project(tmp_path / "rows", [_NIGHTLY, ship], {"orders": kind}, rate_average_rps=1)
    assert rows.rules_found_by("contracts") == set()
    path, results = "src/nightly/service.py", 'id.startswith("results/")'
    assert rules_after(rows, "contracts", path, results, "False") == {"rows-multiply"}
    pay = {**_WORK, "writes": ["done"]}
    stores = {"orders": kind, "done": ""}
    told = project(tmp_path / "told", [_NIGHTLY, pay], stores, ordering="per-key", rate_average_rps=20)
    assert told.rules_found_by("contracts") == set()
    path, sent = "src/nightly/batches.py", "rejected = put(batch)"
    assert rules_after(told, "contracts", path, sent, "rejected = put(batch[:1])") == {"items-not-told"}
