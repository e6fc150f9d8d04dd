"""The check contracts: an item that is removed while its message waits has nobody act, and no compensation noted."""

from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.planting import rules_after
from tests.prove.behaviour.sam_projects import WrittenProject, write_project

CHECK = "contracts"
API = {
    "id": "api",
    "trigger": "request",
    "authentication": "sign-up",
    "reads": ["orders"],
    "writes": ["orders"],
    "publishes": ["todo"],
}
PAY = {"id": "pay", "trigger": "message", "listens_to": "todo", "writes": ["orders"]}


def project_of(folder: Path, work: dict[str, Any], *others: dict[str, Any]) -> WrittenProject:
    design = {
        "schema": 2,
        "title": "Orders",
        "components": [API, {**PAY, **work}],
        "channels": [{"id": "todo", "duplicates_ok": False}],
        "stores": [{"id": "orders", "access": "key-value"}, *others],
    }
    return write_project(design, folder / "project")


@pytest.fixture(scope="module")
def paying(tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    return project_of(tmp_path_factory.mktemp("paying"), {"uses_secrets": True})


@pytest.fixture(scope="module")
def looking(tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    work = {"uses_secrets": True, "reads": ["orders"], "writes": ["payments"]}
    return project_of(tmp_path_factory.mktemp("looking"), work, {"id": "payments", "access": "key-value"})


@pytest.fixture(scope="module")
def compensating(tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    work = {"steps": 2, "compensation": True, "writes": ["orders", "decisions"]}
    decisions = {"id": "decisions", "access": "objects"}
    return project_of(tmp_path_factory.mktemp("compensating"), work, decisions)


def test_nobody_acts_for_an_item_that_was_removed(paying: WrittenProject) -> None:
    assert paying.rules_found_by(CHECK) == set()
    found = rules_after(
        paying, CHECK, "src/pay/service.py", "if not store_orders.set_result(about, begun):", "if False:"
    )
    assert "removed-item-acted" in found


def test_nobody_acts_for_an_item_that_is_looked_up_and_was_removed(looking: WrittenProject) -> None:
    assert looking.rules_found_by(CHECK) == set()
    found = rules_after(looking, CHECK, "src/pay/service.py", 'if result["orders"] is None:', "if False:")
    assert "removed-item-acted" in found


def test_a_compensation_notes_nothing_of_an_item_that_was_removed(compensating: WrittenProject) -> None:
    assert compensating.rules_found_by(CHECK) == set()
    keeps = "        return note  # The item was deleted meanwhile"
    found = rules_after(
        compensating, CHECK, "src/pay/service.py", keeps, "        pass  # The item was deleted meanwhile"
    )
    assert found == {"removed-item-noted"}
