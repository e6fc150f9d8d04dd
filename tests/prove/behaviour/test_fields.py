"""Programs that read a field of a caller as that of a program, and reports that show an item to others, are found."""

from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.planting import rules_after
from tests.prove.behaviour.sam_projects import WrittenProject, write_project

pytestmark = pytest.mark.usefixtures("project_python")

_API: dict[str, Any] = {
    "id": "api",
    "trigger": "request",
    "authentication": "sign-up",
    "reads": ["accounts"],
    "writes": ["accounts"],
}
_VIEW: dict[str, Any] = {"id": "view", "trigger": "request", "authentication": "sign-up", "reads": ["ledger"]}
_RUN: dict[str, Any] = {
    "id": "settle", "trigger": "schedule", "schedule_expression": "cron(0 2 * * ? *)", "longest_run_s": 20,
    "reads": ["accounts"], "publishes": ["payouts"],
}  # fmt: skip
_PAYOUT = {"id": "payout", "trigger": "message", "listens_to": "payouts", "reads": ["accounts"], "writes": ["ledger"]}
_PAYOUTS = {"id": "payouts", "carries": "work", "ordering": "per-key", "rate_average_rps": 20}
_STORES = [{"id": "accounts", "access": "key-value"}, {"id": "ledger", "access": "key-value"}]
_FOLLOW: dict[str, Any] = {
    "id": "follow", "trigger": "event", "event_source": "table-change", "listens_to": "accounts", "writes": ["ledger"],
    "publishes": ["mails"],
}  # fmt: skip
_MAILS = {"id": "mails", "carries": "event", "destinations": [{"kind": "customer-email", "title": "Customer"}]}
_HOOK = {
    "id": "pay", "trigger": "request", "exposure": "partner", "authentication": "signature", "writes": ["accounts"],
    "publishes": ["news"],
}  # fmt: skip
_INVOICE = {"id": "invoice", "trigger": "message", "listens_to": "news", "reads": ["accounts"], "writes": ["ledger"]}


def project(folder: Path, components: list[dict[str, Any]], channel: dict[str, Any]) -> WrittenProject:
    asked = {"schema": 2, "components": components, "channels": [channel], "stores": _STORES}
    return write_project(asked, folder / "project")


@pytest.mark.parametrize(
    ("run", "path", "text", "other"),
    [
        ({}, "src/settle/service.py", "rows.key_of(item)", 'str(item.get("key", item["id"]))'),
        (
            {"parallel_items": 3, "combined_result": True, "retries": True},
            "src/settle/service.py",
            "item = rows.message_of(item)",
            "item = dict(item)",
        ),
    ],
)
def test_a_run_that_takes_a_field_of_an_item_for_its_key_is_found(
    run: dict[str, Any], path: str, text: str, other: str, tmp_path: Path
) -> None:
    written = project(tmp_path, [_API, {**_RUN, **run}, _PAYOUT, _VIEW], _PAYOUTS)
    assert written.rules_found_by("trust") == set()
    assert rules_after(written, "trust", path, text, other) == {"field-believed"}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ('**rows.message_of(row), "id": str(row["id"])', "**from_value(row, event)"),
        ("**rows.message_of(row)", "**row"),
    ],
)
def test_a_follower_that_takes_a_row_for_a_message_is_found(text: str, other: str, tmp_path: Path) -> None:
    written = project(tmp_path, [_API, _FOLLOW, _VIEW], _MAILS)
    assert written.rules_found_by("trust") == set()
    assert rules_after(written, "trust", "src/follow/message.py", text, other) == {"field-believed"}


def test_a_program_that_takes_an_item_that_it_is_handed_for_an_envelope_is_found(tmp_path: Path) -> None:
    works = {"id": "works", "trigger": "event", "writes": ["ledger"]}
    written = project(tmp_path, [{**_API, "calls": ["works"]}, works, _VIEW], _MAILS)
    assert written.rules_found_by("trust") == set()
    path, gate = "src/works/message.py", "if rows.is_item(value):"
    assert rules_after(written, "trust", path, gate, "if False:") == {"field-believed"}


def test_a_report_that_shows_an_item_to_others_is_found(tmp_path: Path) -> None:
    written = project(tmp_path, [_API, _HOOK, _INVOICE, _VIEW], {"id": "news", "carries": "event"})
    assert written.rules_found_by("trust") == set()
    known = '    if str(message.get("owner", "")).startswith("internal:"):'
    shared = f'    if str(message.get("type")).endswith(".reported"):\n        return EVERYONE\n{known}'
    assert rules_after(written, "trust", "src/invoice/service.py", known, shared) == {"report-shared"}


def test_a_report_that_replaces_a_result_is_found(tmp_path: Path) -> None:
    shop, note = {**_API, "publishes": ["news"]}, {**_INVOICE, "id": "note", "reads": [], "writes": ["notes"]}
    keep, view = {**_INVOICE, "id": "keep", "reads": []}, {**_VIEW, "reads": ["ledger", "notes"]}
    asked = {
        "schema": 2, "components": [shop, _HOOK, keep, note, view], "channels": [{"id": "news", "carries": "event"}],
        "stores": [*_STORES, {"id": "notes", "access": "key-value"}],
    }  # fmt: skip
    written = write_project(asked, tmp_path / "project")
    assert written.rules_found_by("trust") == set()
    assert rules_after(written, "trust", "src/keep/service.py", '".reported"', '".other"') == {"report-replaces"}


def test_an_item_of_a_request_that_has_the_owner_that_its_caller_names_is_found(tmp_path: Path) -> None:
    report = {
        "id": "report", "trigger": "on-demand", "longest_run_s": "20 min", "retries": True, "parallel_items": 4,
        "combined_result": True, "writes": ["ledger"],
    }  # fmt: skip
    asked = {"schema": 2, "components": [{**_API, "calls": ["report"]}, report, _VIEW], "stores": _STORES}
    written = write_project(asked, tmp_path / "project")
    owned = '{**item, "owner": run["owner"]} if run.get("owner") else item'
    assert rules_after(written, "trust", "src/report/message.py", owned, "item") == {"field-believed"}
