"""Items of callers that other programs replace, that come back, and rows that become more with each run, are found."""

from pathlib import Path
from typing import Any

from tests.prove.behaviour.planting import rules_after
from tests.prove.behaviour.sam_projects import WrittenProject, write_project

_API: dict[str, Any] = {
    "id": "api",
    "trigger": "request",
    "authentication": "sign-up",
    "reads": ["orders"],
    "writes": ["orders"],
}
_NIGHTLY: dict[str, Any] = {
    "id": "nightly",
    "trigger": "schedule",
    "schedule_expression": "cron(0 3 * * ? *)",
    "longest_run_s": 20,
    "reads": ["orders"],
}


def project(folder: Path, *components: dict[str, Any], **channel: Any) -> WrittenProject:
    stores = [{"id": "orders", "access": "key-value"}, {"id": "found", "access": "key-value"}]
    used = [one for one in stores if any(one["id"] in c.get("writes", ()) for c in components)]
    channels = [{"id": "jobs", "carries": "work", **channel}]
    asked = {"schema": 2, "components": list(components), "channels": channels, "stores": used}
    return write_project(asked, folder / "project")


def test_a_second_sender_does_not_have_items_replaced_or_returned(tmp_path: Path) -> None:
    work = {"id": "index", "listens_to": "jobs", "longest_run_s": 5, "writes": ["orders", "found"]}
    api, nightly = {**_API, "publishes": ["jobs"]}, {**_NIGHTLY, "writes": ["orders"], "publishes": ["jobs"]}
    written = project(tmp_path, api, work, nightly)
    assert written.rules_found_by("contracts") == set()
    path = "src/index/service.py"
    service = (written.evidence.folder / path).read_text("utf-8")
    call = "_record_in_store_orders(message, result, outcome)"
    assert call in service
    # The result in place of the item.
    replaced = "store_orders.table.put_item(Item={**result, 'pk': about}) is not None"
    assert "item-replaced" in rules_after(written, "contracts", path, call, replaced)
    returned = "store_orders.table.put_item(Item={**message['item'], 'pk': about}) is not None"
    assert "item-returns" in rules_after(written, "contracts", path, call, returned)


def test_a_worker_that_replaces_the_item_whose_change_started_it_is_found(tmp_path: Path) -> None:
    work = {"id": "follow", "trigger": "event", "event_source": "table-change", "listens_to": "orders"}
    queued = {"id": "queued", "listens_to": "jobs", "longest_run_s": 5, "writes": ["orders"]}
    written = project(tmp_path, {**_API, "publishes": ["jobs"]}, {**work, "writes": ["orders"]}, queued)
    assert written.rules_found_by("contracts") == set()
    path = "src/follow/store_orders.py"
    assert "item-replaced" in rules_after(written, "contracts", path, "PREFIX + item", "item")


def test_rows_that_a_run_multiplies_are_found(tmp_path: Path) -> None:
    feed = {**_NIGHTLY, "publishes": ["jobs"]}
    ship = {"id": "ship", "listens_to": "jobs", "longest_run_s": 5, "writes": ["orders"]}
    written = project(tmp_path, feed, ship, rate_average_rps=1)
    assert written.rules_found_by("contracts") == set()
    planted = rules_after(written, "contracts", "src/nightly/service.py", 'id.startswith("results/")', "False")
    assert planted == {"rows-multiply"}
