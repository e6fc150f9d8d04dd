"""Functions that only archive records of a stream store few and large objects; records that somebody waits for do not wait."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

KEPT = {"id": "kept", "title": "Kept", "access": "objects"}


def settings(book: Book, *more: dict[str, Any], message_bytes: str = "2 KiB", **archiver: Any) -> dict[str, object]:
    """Return the settings of a function that stores records of a stream in a bucket."""
    one = {
        "id": "archive",
        "title": "Archive",
        "trigger": "stream",
        "listens_to": "readings",
        "writes": ["kept"],
        **archiver,
    }
    readings = {"id": "readings", "title": "Readings", "carries": "records", "message_bytes": message_bytes}
    readings |= {"rate_average_rps": "1500/s", "rate_peak_rps": "4000/s"}
    given = {"components": [one, *more], "channels": [readings, {"id": "news"}], "stores": [KEPT]}
    return dict(advise(make_requirements(given), book).architecture.node("archive.compute").settings)


@pytest.mark.parametrize(("size", "batch"), [("2 KiB", 3072), ("100 B", 10_000), ("6 MiB", 1)])
def test_a_batch_of_an_archive_is_what_one_invocation_accepts(book: Book, size: str, batch: int) -> None:
    found = settings(book, message_bytes=size)
    assert (found["batch_size"], found["batch_window_s"]) == (batch, 60)


def test_a_stated_time_for_each_record_limits_the_batch_of_an_archive(book: Book) -> None:
    found = settings(book, typical_run_s="1 s", longest_run_s="10 s")
    assert (found["batch_size"], found["batch_window_s"]) == (75, 60)


@pytest.mark.parametrize(
    ("archiver", "more"),
    [
        ({"publishes": ["news"]}, []),
        ({}, [{"id": "desk", "trigger": "request", "reads": ["kept"]}]),
        ({}, [{"id": "after", "trigger": "event", "event_source": "s3-object", "listens_to": "kept"}]),
    ],
)
def test_records_that_somebody_waits_for_do_not_wait(
    book: Book, archiver: dict[str, Any], more: list[dict[str, Any]]
) -> None:
    assert settings(book, *more, **archiver)["batch_window_s"] == 1
