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
