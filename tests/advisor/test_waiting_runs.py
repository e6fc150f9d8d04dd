"""Runs that wait: more requests for approval than an email address takes, and more open executions than the quota."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

APPROVED = "faster-than-people-approve"
OPEN = "more-open-executions-than-the-quota"
CASES: dict[str, Any] = {"id": "cases", "title": "Cases", "trigger": "message", "listens_to": "posted", "steps": 3}
KEPT = [{"id": "kept", "access": "key-value"}]


def warned(book: Book, channel: dict[str, Any], **answers: Any) -> dict[str, str]:
    """Return the sentences of the warnings, by their ids."""
    raw = {
        "components": [{**CASES, "writes": ["kept"], **answers}],
        "channels": [{"id": "posted", "carries": "event", **channel}],
        "stores": KEPT,
    }
    design = advise(make_requirements(raw), book)
    assert all(warning.sentence.ja for warning in design.decision.warnings)
    return {warning.id: warning.sentence.en for warning in design.decision.warnings}


@pytest.mark.parametrize(
    ("channel", "answers", "figures"),
    [
        (
            {"rate_average_rps": "40/s", "rate_peak_rps": "250/s"},
            {"human_approval": True},
            ("250 per second", "10 per second"),
        ),
        ({}, {"human_approval": True, "rate_peak_rps": "11/s"}, ("11 per second",)),
        ({"rate_average_rps": "1/s", "rate_peak_rps": "10/s"}, {"human_approval": True}, ()),
        ({"rate_average_rps": "40/s", "rate_peak_rps": "250/s"}, {}, ()),  # nobody approves
        ({}, {"human_approval": True}, ()),  # nobody stated how many there are
    ],
)
def test_more_requests_for_approval_than_emails_are_said_with_both_rates(
    channel: dict[str, Any], answers: dict[str, Any], figures: tuple[str, ...], book: Book
) -> None:
    sentence = warned(book, channel, **answers).get(APPROVED, "")
    assert bool(sentence) is bool(figures)
    assert ('"Cases"' in sentence) is bool(figures)
    assert all(figure in sentence for figure in figures)


@pytest.mark.parametrize(
    ("rate", "wait", "figures"),
    [
        ("40/s", "5 d", ("17,280,000", "1,000,000", "5 days")),
        ("2/s", "5 d", ()),
        ("3/s", "5 d", ("1,296,000",)),
        ("40/s", "1 h", ()),
    ],
)
def test_more_open_executions_than_the_quota_are_said_with_their_number(
    rate: str, wait: str, figures: tuple[str, ...], book: Book
) -> None:
    channel = {"rate_average_rps": rate, "rate_peak_rps": rate}
    sentence = warned(book, channel, human_approval=True, wait_s=wait).get(OPEN, "")
    assert bool(sentence) is bool(figures)
    assert ('"Cases"' in sentence) is bool(figures)
    assert all(figure in sentence for figure in figures)


@pytest.mark.parametrize(
    ("items", "longest", "schedule", "late"),
    [
        (1_000_000, "10 min", "rate(1 hour)", True),
        (1_000, "10 s", "rate(1 hour)", False),
        (1_000_000, "10 min", "", False),
    ],
)
def test_a_map_that_lasts_longer_than_until_its_next_start(
    book: Book, items: int, longest: str, schedule: str, late: bool
) -> None:
    started = {"trigger": "schedule", "schedule_expression": schedule} if schedule else {"trigger": "on-demand"}
    component = {
        "id": "p",
        **started,
        "parallel_items": items,
        "longest_run_s": longest,
        "reads": ["o"],
        "writes": ["kv"],
        "pins": {"workflow": "step-functions-distributed-map"},
    }
    stores = [{"id": "o", "access": "objects"}, {"id": "kv", "access": "key-value"}]
    design = advise(make_requirements({"title": "T", "components": [component], "stores": stores}), book)
    found = [one for one in design.decision.warnings if one.id == "map-lasts-too-long"]
    assert bool(found) is late
    assert all("8 h 20 min" in one.sentence.en and "8 時間 20 分" in one.sentence.ja for one in found)
    machine = next(node for node in design.architecture.nodes if node.role == "workflow")
    reason = machine.grounds["map_concurrency"].reason
    assert ("100,000 items would have to run at once" in reason.en) is (items == 1_000_000 and bool(schedule))
