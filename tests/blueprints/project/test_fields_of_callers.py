"""No program reads a field that the sender of an item has set as one that a program has set."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

API: dict[str, Any] = {
    "id": "api",
    "trigger": "request",
    "authentication": "sign-up",
    "reads": ["orders"],
    "writes": ["orders"],
}
FOLLOW = {
    "id": "follow",
    "trigger": "event",
    "event_source": "table-change",
    "listens_to": "orders",
    "writes": ["kept"],
}
RUN: dict[str, Any] = {
    "id": "settle", "trigger": "schedule", "schedule_expression": "cron(0 2 * * ? *)", "longest_run_s": 20,
    "reads": ["orders"], "publishes": ["work"],
}  # fmt: skip
PARTS = {**RUN, "parallel_items": 4, "combined_result": True, "retries": True}
HOOK = {
    "id": "pay", "trigger": "request", "exposure": "partner", "authentication": "signature", "writes": ["orders"],
    "publishes": ["work"],
}  # fmt: skip
WORK = {"id": "worker", "trigger": "message", "listens_to": "work", "writes": ["kept"]}
VIEW = {"id": "view", "trigger": "request", "authentication": "sign-up", "reads": ["kept"]}
CALLED = {"id": "worker", "trigger": "event", "writes": ["kept"]}
TARGETS = ("sam", "cdk-python", "cdk-typescript")


def files(book: Book, target: str, *components: dict[str, Any]) -> dict[str, str]:
    """Return the texts of the programs of a project."""
    channel = {"id": "work", "carries": "work", "rate_average_rps": 20}
    published = any("publishes" in one for one in components)
    said = {
        "title": "Fields",
        "components": [API, *components, VIEW],
        "channels": [channel] if published else [],
        "stores": [{"id": "orders", "access": "key-value"}, {"id": "kept", "access": "key-value"}],
    }
    made = blueprints.build(advise(make_requirements(said), book), target, lang="en", extras={})
    return {path: content.decode() for path, content in made.items() if path.startswith("src/")}


def module(found: dict[str, str], path: str) -> str:
    return next(text for name, text in found.items() if name.startswith(f"src/{path}."))


@pytest.mark.parametrize("target", TARGETS)
def test_the_key_of_an_item_of_a_run_is_its_id(target: str, book: Book) -> None:
    service = module(files(book, target, RUN, WORK), "settle/service")
    assert "rows.key_of(item)" in service or "rows.keyOf(item)" in service
    service = module(files(book, target, PARTS, WORK), "settle/service")
    assert "rows.message_of(item)" in service or "rows.messageOf(item)" in service


@pytest.mark.parametrize("target", TARGETS)
def test_a_changed_row_is_never_an_envelope(target: str, book: Book) -> None:
    text = module(files(book, target, FOLLOW), "follow/message")
    assert "rows.message_of(row)" in text or "rows.messageOf(row)" in text
    assert "from_value(row" not in text
    assert "fromValue(row" not in text


@pytest.mark.parametrize("target", TARGETS)
def test_an_item_that_is_handed_over_is_no_envelope(target: str, book: Book) -> None:
    made = blueprints.build(
        advise(
            make_requirements(
                {
                    "title": "Fields",
                    "components": [{**API, "calls": ["worker"]}, CALLED, VIEW],
                    "stores": [{"id": "orders", "access": "key-value"}, {"id": "kept", "access": "key-value"}],
                }
            ),
            book,
        ),
        target,
        lang="en",
        extras={},
    )
    text = next(content.decode() for path, content in made.items() if path.startswith("src/worker/message."))
    gate = "rows.is_item(value)" if target != "cdk-typescript" else "rows.isItem(value)"
    assert text.index(gate) < text.index("Notification")


@pytest.mark.parametrize("target", TARGETS)
def test_a_report_of_a_webhook_has_no_owner_whom_a_caller_has(target: str, book: Book) -> None:
    service = module(files(book, target, HOOK, WORK), "pay/service")
    reported = next(line for line in service.splitlines() if "reported" in line and "tell(" in line)
    assert "internal:pay" in reported


def test_what_an_older_release_has_stored_is_safe(book: Book) -> None:
    """Each release has set the time of an item itself, over whatever its caller sent."""
    names: dict[str, Any] = {}
    exec(module(files(book, "sam", RUN, WORK), "settle/rows"), names)
    old = {"name": "x", "key": "of-another", "id": "i1", "owner": "bob", "created_at": "2025-01-01T00:00:00+00:00"}
    assert names["key_of"](old) == "i1"
    assert names["message_of"]({**old, "item": {"owner": "ann"}})["sent"] == {
        "key": "of-another",
        "item": {"owner": "ann"},
    }
    # What programs store about items keeps its key.
    assert names["key_of"]({"id": "m1", "key": "i1", "item": old}) == "i1"


def test_a_program_without_rows_has_no_such_module(book: Book) -> None:
    found = files(book, "sam", {**API, "id": "shop", "publishes": ["work"]}, WORK)
    assert not [path for path in found if "rows" in path]
