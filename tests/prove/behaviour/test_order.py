"""Messages that arrive in reverse order: results of an older version that replace those of a later one, or come back, are found."""

from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.planting import rules_after
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

_API: dict[str, Any] = {
    "id": "api",
    "trigger": "request",
    "logic": "code",
    "longest_run_s": 5,
    "reads": ["orders", "found"],
    "writes": ["orders"],
    "publishes": ["news"],
}
_WORK: dict[str, Any] = {"trigger": "event", "listens_to": "news", "longest_run_s": 20}


def project(folder: Path, found: dict[str, Any], *, orders: str = "key-value") -> WrittenProject:
    components = [_API, {"id": "index", **_WORK, "writes": ["found"]}, {"id": "track", **_WORK, "writes": ["orders"]}]
    stores = [{"id": "orders", "access": orders}, {"id": "found", **found}]
    channels = [{"id": "news", "carries": "event"}]
    return write_project(
        {"schema": 2, "components": components, "channels": channels, "stores": stores}, folder / "project"
    )


STORES: dict[str, tuple[dict[str, Any], str, str]] = {
    "table": ({"access": "key-value"}, "item_versions.replaced(item)", '"~"'),
    "rows": ({"access": "relational"}, "replaced=item_versions.replaced(item)", 'replaced="~"'),
    "text": (
        {"access": "relational", "pins": {"store": "aurora-dsql"}},
        "item_versions.is_later(json.loads(before[0]), item)",
        "False",
    ),
    "objects": ({"access": "objects"}, 'item_versions.is_later(json.load(found["Body"]), item)', "False"),
    "files": ({"access": "files"}, 'item_versions.is_later(get(item["id"]), item)', "False"),
    "search": ({"access": "search"}, 'item_versions.is_later(get(item["id"]), item)', "False"),
}


@pytest.mark.parametrize("kind", STORES)
def test_an_older_result_that_replaces_a_later_one_is_found(tmp_path: Path, kind: str) -> None:
    found, find, put = STORES[kind]
    written = project(tmp_path, found)
    assert written.rules_found_by("contracts") == set()
    planted = rules_after(written, "contracts", "src/index/store_found.py", find, put)
    assert planted == {"older-result-stays", *(["deleted-result-returns"] if kind == "search" else [])}


@pytest.mark.parametrize("orders", ["key-value", "relational"])
def test_an_older_result_in_an_item_is_found(tmp_path: Path, orders: str) -> None:
    written = project(tmp_path, {"access": "key-value"}, orders=orders)
    find = "item_versions.replaced(result)"
    assert written.rules_found_by("contracts") == set()
    planted = rules_after(written, "contracts", "src/track/store_orders.py", find, '"~"')
    assert planted == {"older-result-stays"}


@pytest.mark.parametrize("path", ["src/track/store_orders.py", "src/index/store_found.py"])
def test_an_order_of_texts_in_the_locale_of_the_database_is_found(tmp_path: Path, path: str) -> None:
    """In en_US, punctuation is before letters: the text that replaces any version is before all of them."""
    written = project(tmp_path, {"access": "relational"}, orders="relational")
    assert written.rules_found_by("contracts") == set()
    found = rules_after(written, "contracts", path, ' COLLATE \\"C\\"', "")
    assert found == {"result-not-replaced"}


def test_versions_without_an_order_are_found(tmp_path: Path) -> None:
    written = project(tmp_path, {"access": "key-value"})
    find = 'f"v{max(last + 1, time.time_ns() // 1_000_000):013d}-{change}"'
    assert rules_after(written, "contracts", "src/api/item_versions.py", find, "change") == {"older-result-stays"}


def test_a_deleted_item_that_a_late_change_brings_back_is_found(tmp_path: Path) -> None:
    written = project(tmp_path, {"access": "search"})
    find = "    if etag:\n"
    assert rules_after(written, "contracts", "src/index/service.py", find, "    if False:\n") == {
        "deleted-result-returns"
    }


def test_an_older_state_that_replaces_a_newer_one_is_found(tmp_path: Path) -> None:
    written = write_project(story("latest-states"), tmp_path / "project")
    assert written.rules_found_by("contracts") == set()
    find, put = 'Attr("etag").lte(', 'Attr("etag").exists() | Attr("etag").lte('
    assert rules_after(written, "contracts", "src/latest/store_states.py", find, put) == {"older-state-stays"}


@pytest.mark.parametrize(("carries", "trigger"), [("records", "stream"), ("work", "message")])
def test_states_of_requests_instead_of_entities_are_found(tmp_path: Path, carries: str, trigger: str) -> None:
    components = [
        {"id": "gateway", "trigger": "request", "longest_run_s": 5, "publishes": ["entries"]},
        {"id": "balance", "trigger": trigger, "listens_to": "entries", "longest_run_s": 5, "writes": ["balances"]},
    ]
    channels = [{"id": "entries", "carries": carries, "ordering": "per-key"}]
    stores = [{"id": "balances", "access": "key-value", "keeps": "latest"}]
    answers = {"schema": 2, "components": components, "channels": channels, "stores": stores}
    written = write_project(answers, tmp_path / "project")
    assert written.rules_found_by("contracts") == set()
    find, put = '"key": item["ordering_key"]', '"key": item["id"]'
    assert rules_after(written, "contracts", "src/gateway/service.py", find, put) == {"state-not-replaced"}
