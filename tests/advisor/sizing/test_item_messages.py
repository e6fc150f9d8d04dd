"""Which channels carry a message for each item of a run."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.sizing.item_messages import ITEM_MESSAGES

_DAY = 86400
_NIGHTLY = {"id": "settle", "trigger": "schedule", "schedule_expression": "cron(0 3 * * ? *)"}


def marked(book: Book, channel: dict[str, Any], *publishers: dict[str, Any]) -> bool:
    """Return whether a channel with these publishers is marked."""
    given = {
        "components": [
            *({"reads": ["accounts"], "publishes": ["payouts"], **one} for one in publishers),
            {"id": "pay", "listens_to": "payouts"},
        ],
        "channels": [{"id": "payouts", "carries": "work", **channel}],
        "stores": [{"id": "accounts", "access": "key-value"}],
    }
    nodes = advise(make_requirements(given), book).architecture.nodes
    return any(node.settings.get(ITEM_MESSAGES) for node in nodes if node.subject == "payouts")


@pytest.mark.parametrize(
    ("channel", "component", "expected"),
    [
        ({"rate_average_rps": 20}, {}, True),
        ({"rate_peak_rps": 20}, {}, True),
        ({"rate_average_rps": 10 / _DAY}, {}, True),
        ({"rate_average_rps": 9 / _DAY}, {}, False),
        ({}, {}, False),
        ({"rate_average_rps": 20}, {"rate_average_rps": 3}, False),
        ({"rate_average_rps": 20}, {"parallel_items": 400, "combined_result": True}, True),
        # Nobody knows how often such a component starts.
        ({"rate_average_rps": 20}, {"trigger": "request", "schedule_expression": None}, False),
        # Requests are no items of a run.
        ({"rate_average_rps": 20}, {"trigger": "request", "schedule_expression": None, "rate_average_rps": 1}, False),
        (
            {"rate_average_rps": 20},
            {"trigger": "request", "schedule_expression": None, "rate_average_rps": 1, "parallel_items": 50},
            True,
        ),
    ],
)
def test_the_rate_of_a_channel_says_what_it_carries(
    channel: dict[str, Any], component: dict[str, Any], *, expected: bool, book: Book
) -> None:
    stated = {name: value for name, value in {**_NIGHTLY, **component}.items() if value is not None}
    assert marked(book, channel, stated) is expected


def test_what_another_publisher_sends_is_not_taken_for_items(book: Book) -> None:
    api = {"id": "api", "trigger": "request", "rate_average_rps": 19}
    assert not marked(book, {"rate_average_rps": 20}, _NIGHTLY, api)
