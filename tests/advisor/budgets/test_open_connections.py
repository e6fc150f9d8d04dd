"""Reads of open connections: messages for all scan the table, those for a user find theirs by an index."""

from typing import Any

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

HUB = {
    "id": "hub", "trigger": "request", "protocol": "websocket", "authentication": "sign-up", "rate_average_rps": 100,
    "rate_peak_rps": 800,
}  # fmt: skip


def reads(book: Book, *others: dict[str, Any], **hub: Any) -> list[tuple[float, float, str]]:
    given = {
        "components": [{**HUB, **hub}, *others],
        "channels": [{"id": "news", "carries": "event", "rate_average_rps": 10, "rate_peak_rps": 50}] if others else [],
    }
    architecture = advise(make_requirements(given), book).architecture
    (push,) = (edge for edge in architecture.edges if edge.verb == "push")
    return [(one.have, one.allowed, one.state) for one in push.budgets if one.kind == "reads"]


def test_messages_for_all_scan_the_table(book: Book) -> None:
    # 1,000 connections of 128 bytes: 32 blocks of 4 KiB, each half a unit.
    assert reads(book) == [(800 * 16, 12_000, "warned")]
    assert reads(book, rate_peak_rps=700) == [(700 * 16, 12_000, "kept")]


def test_messages_for_a_user_take_half_a_unit_each(book: Book) -> None:
    news = {"id": "news-sender", "trigger": "message", "listens_to": "news", "calls": ["hub"]}
    assert reads(book, news) == [((800 + 50) / 2, 40_000, "kept")]
