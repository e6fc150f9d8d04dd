"""Answers that limit what a channel delivers, where nothing in the design does so: the decision says it."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

AT_ONCE = "nothing-limits-messages-at-once"
DEVICES = "devices-receive-all-types"


def warned(book: Book, work: dict[str, Any], channel: dict[str, Any]) -> list[str]:
    components = [
        {"id": "shop", "trigger": "request", "reads": ["kept"], "writes": ["kept"], "publishes": ["orders"]},
        {"id": "work", "trigger": "message", "listens_to": "orders", "writes": ["kept"], **work},
    ]
    given = {
        "components": components,
        "channels": [{"id": "orders", "carries": "work", **channel}],
        "stores": [{"id": "kept", "access": "key-value"}],
    }
    found = advise(make_requirements(given), book).decision.warnings
    return [one.id for one in found if one.id in (AT_ONCE, DEVICES)]


@pytest.mark.parametrize(
    ("work", "channel"),
    [
        ({}, {"carries": "records"}),
        ({"longest_run_s": 7200}, {"carries": "records"}),
        ({"steps": 3, "pins": {"compute": "lambda-durable"}}, {}),
        ({"steps": 3, "pins": {"workflow": "lambda-durable"}}, {}),
    ],
    ids=["stream", "tasks of a stream", "durable", "durable workflow"],
)
def test_a_limit_that_nothing_keeps_is_told(book: Book, work: dict[str, Any], channel: dict[str, Any]) -> None:
    assert warned(book, {**work, "most_at_once": 3}, channel) == [AT_ONCE]
    assert warned(book, work, channel) == []


@pytest.mark.parametrize(
    ("work", "channel"),
    [
        ({}, {}),
        ({}, {"carries": "event"}),
        ({}, {"ordering": "per-key"}),
        ({"longest_run_s": 7200}, {}),
        ({"trigger": ["message", "request"]}, {}),
        # A rule says so of workflows.
        ({"pins": {"compute": "batch"}}, {}),
    ],
    ids=["functions", "events", "ordered", "tasks", "also requests", "jobs"],
)
def test_nothing_is_told_of_readers_of_a_queue(book: Book, work: dict[str, Any], channel: dict[str, Any]) -> None:
    assert warned(book, {**work, "most_at_once": 3}, channel) == []


def test_nothing_is_told_where_it_is_open_what_sends_the_messages(book: Book) -> None:
    work = {"id": "work", "trigger": "message", "most_at_once": 3}
    found = advise(make_requirements({"components": [work]}), book).decision.warnings
    assert AT_ONCE not in [one.id for one in found]


@pytest.mark.parametrize("kind", ["push", "email", "sms"])
@pytest.mark.parametrize("routing", [True, False])
def test_devices_of_a_channel_that_routes_receive_all_types(book: Book, kind: str, routing: bool) -> None:
    channel = {"carries": "event", "routing": routing, "pins": {"messaging": "sns"}, "destinations": [{"kind": kind}]}
    assert warned(book, {}, channel) == ([DEVICES] if routing and kind == "push" else [])


@pytest.mark.parametrize(
    ("limit", "rates", "waits"),
    [
        (200, {"rate_average_rps": 80, "rate_peak_rps": 300}, True),
        # Enough for the peak, too few for the average (a budget tells of it), and no stated rate.
        (600, {"rate_average_rps": 80, "rate_peak_rps": 300}, False),
        (100, {"rate_average_rps": 80, "rate_peak_rps": 300}, False),
        (1, {}, False),
    ],
)
def test_a_peak_that_a_stated_limit_holds_back_is_told(
    book: Book, limit: int, rates: dict[str, Any], *, waits: bool
) -> None:
    work = {"id": "work", "trigger": "message", "listens_to": "jobs", "typical_run_s": 2, "most_at_once": limit}
    raw = {"components": [work], "channels": [{"id": "jobs", **rates}]}
    design = advise(make_requirements(raw), book)
    told = [one.sentence.en for one in design.decision.warnings if one.id == "peaks-wait-in-the-queue"]
    assert bool(told) is waits
    assert not waits or "600 messages at the same time" in told[0]


@pytest.mark.parametrize(
    ("shop", "expected"),
    [
        ({"authentication": "sign-up"}, []),
        ({"authentication": "none"}, ["devices-of-everybody"]),
        ({"exposure": "partner", "authentication": "signature"}, ["no-api-registers-devices"]),
        ({"authentication": "sign-up", "publishes": []}, ["no-api-registers-devices"]),
    ],
    ids=["users", "everybody", "webhooks", "another program"],
)
def test_who_registers_devices_is_told(book: Book, shop: dict[str, Any], expected: list[str]) -> None:
    api = {"id": "shop", "trigger": "request", "writes": ["kept"], "publishes": ["news"], **shop}
    run = {"id": "run", "trigger": "schedule", "longest_run_s": 20, "reads": ["kept"], "publishes": ["news"]}
    given = {
        "components": [api, run],
        "channels": [{"id": "news", "carries": "event", "destinations": [{"kind": "push"}]}],
        "stores": [{"id": "kept", "access": "key-value"}],
    }
    found = advise(make_requirements(given), book).decision.warnings
    assert [one.id for one in found if "devices" in one.id] == expected


@pytest.mark.parametrize("trigger", ["event", "stream", "request", ["schedule", "event"], None])
def test_a_limit_that_does_not_count_for_the_trigger_is_no_error(book: Book, trigger: str | list[str] | None) -> None:
    work = {"id": "work", "trigger": trigger, "listens_to": "news", "typical_run_s": 2, "most_at_once": 3}
    raw = {
        "components": [{name: answer for name, answer in work.items() if answer is not None}],
        "channels": [{"id": "news", "carries": "event", "rate_average_rps": 1, "rate_peak_rps": 5000}],
    }
    told = [one.id for one in advise(make_requirements(raw), book).decision.warnings]
    assert "peaks-wait-in-the-queue" not in told
