"""Parts of the work on an item that find no item, and so do nothing without an error, are found."""

from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.planting import rules_after
from tests.prove.behaviour.sam_projects import write_project

_API: dict[str, Any] = {
    "id": "api",
    "trigger": "request",
    "authentication": "sign-up",
    "reads": ["items"],
    "writes": ["items"],
    "publishes": ["jobs"],
}
_FLOW: dict[str, Any] = {
    "id": "flow",
    "listens_to": "jobs",
    "steps": 2,
    "retries": True,
    "writes": ["items", "found"],
}


@pytest.mark.parametrize(
    "more", [{"parallel_items": 4}, {"parallel_items": 4, "combined_result": True}, {"parallel_items": 20000}]
)
def test_each_part_of_an_item_that_exists_is_worked_on(tmp_path: Path, more: dict[str, Any]) -> None:
    stores = [{"id": "items", "access": "key-value"}, {"id": "found", "access": "key-value"}]
    channels = [{"id": "jobs", "carries": "work"}]
    asked = {"schema": 2, "components": [_API, {**_FLOW, **more}], "channels": channels, "stores": stores}
    written = write_project(asked, tmp_path / "project")
    assert written.rules_found_by("contracts") == set()
    path = "src/flow/message.py"
    # The part has the id of the message, which is that of no item.
    assert "part-not-worked-on" in rules_after(
        written, "contracts", path, '{"key": started["id"], **started, "id"', '{"id"'
    )


def test_a_combined_result_of_a_deleted_item_is_found(tmp_path: Path) -> None:
    stores = [{"id": "items", "access": "key-value"}, {"id": "found", "access": "key-value"}]
    channels = [{"id": "jobs", "carries": "work"}]
    flow = {**_FLOW, "parallel_items": 4, "combined_result": True}
    asked = {"schema": 2, "components": [_API, flow], "channels": channels, "stores": stores}
    written = write_project(asked, tmp_path / "project")
    assert written.rules_found_by("contracts") == set()
    find = "    if not store_items.set_result(about, outcome):\n        return result"
    planted = "    store_items.set_result(about, outcome)\n    if False:\n        return result"
    assert rules_after(written, "contracts", "src/flow/service.py", find, planted) == {"combined-of-deleted"}
