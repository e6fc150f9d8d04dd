"""Which programs have an effect on another system that happens once for each message."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.sizing.outside_effects import EFFECT_ONCE, IDS_REQUIRED


def marks(book: Book, channel: dict[str, Any], **component: Any) -> dict[str, tuple[bool, bool]]:
    """Return for each program whether its effect happens once, and whether its messages must have ids."""
    given = {
        "components": [
            {"id": "pay", "trigger": "message", "listens_to": "payouts", "writes": ["ledger"], **component},
            {"id": "audit", "trigger": "message", "listens_to": "payouts", "writes": ["ledger"]},
        ],
        "channels": [{"id": "payouts", "carries": "work", "duplicates_ok": False, **channel}],
        "stores": [{"id": "ledger", "access": "key-value"}],
    }
    nodes = advise(make_requirements(given), book).architecture.nodes
    programs = [node for node in nodes if node.role == "compute" and node.kind == "service"]
    return {n.id: (bool(n.settings.get(EFFECT_ONCE)), bool(n.settings.get(IDS_REQUIRED))) for n in programs}


@pytest.mark.parametrize(
    "component",
    [
        {"uses_secrets": True},
        {"fixed_outgoing_ip": True},
        {"waits_for": "rate-limit"},
        {"uses_secrets": True, "packaging": "container-image", "pins": {"compute": "ecs"}},
        {"uses_secrets": True, "packaging": "container-image", "pins": {"compute": "eks"}},
        {"uses_secrets": True, "steps": 3, "retries": True},
        {"uses_secrets": True, "human_approval": True},
    ],
)
def test_a_program_that_calls_another_system_for_messages_without_duplicates_records_it(
    component: dict[str, Any], book: Book
) -> None:
    found = marks(book, {}, **component)
    assert found["pay.compute"] == (True, True)
    assert found["audit.compute"] == (False, False)


@pytest.mark.parametrize(
    ("channel", "component"),
    [
        ({"duplicates_ok": True}, {"uses_secrets": True}),
        ({}, {}),
        ({}, {"uses_secrets": True, "parallel_items": 50}),
    ],
)
def test_other_programs_record_nothing(channel: dict[str, Any], component: dict[str, Any], book: Book) -> None:
    assert set(marks(book, channel, **component).values()) == {(False, False)}


def test_the_program_that_starts_a_workflow_refuses_messages_without_ids(book: Book) -> None:
    limits = {"rate_average_rps": 0.05, "rate_peak_rps": 0.1}
    work = {"steps": 2, "longest_run_s": "1 h", "typical_run_s": "40 min", "retries": True}
    found = marks(book, limits, uses_secrets=True, **work)
    assert found["pay.compute-starter"] == (False, True)
    assert found["pay.compute"] == (True, True)


def test_records_of_a_stream_are_recognized_by_their_position(book: Book) -> None:
    found = marks(book, {"carries": "records"}, trigger="stream", uses_secrets=True)
    assert found["pay.compute"] == (True, False)
