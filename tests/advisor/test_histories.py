"""Callers get the first records of a history with an item, or a warning says that they find none."""

from typing import Any

import pytest

from advisor.book import Book
from tests.advisor.test_cautions import warned

WORKER = {"id": "worker", "trigger": "stream", "listens_to": "readings", "longest_run_s": "5 s"}
API = {"id": "api", "trigger": "request", "authentication": "sign-up"}
NIGHTLY = {"id": "nightly", "trigger": "schedule", "longest_run_s": "60 s"}
STATE = {"id": "state", "access": "key-value", "keeps": "latest"}
HISTORY = {"id": "history", "title": "History", "access": "key-value", "keeps": "all"}
FIRST, NONE = "up to 100 records", "finds no matching record"


@pytest.mark.parametrize(
    ("reads", "more", "history", "said"),
    [
        (["state", "history"], [], {}, FIRST),
        (["state", "history"], [], {"access": "relational", "connection_pool": True}, FIRST),
        (["state", "history"], [{**NIGHTLY, "reads": ["history"]}], {}, NONE),
        (["state", "history"], [], {"access": "objects"}, NONE),
        (["state", "history"], [{**NIGHTLY, "writes": ["history"]}], {}, NONE),
        (["state"], [], {}, ""),
        (["history"], [], {}, ""),
        (["state", "history"], [], {"keeps": "latest"}, ""),
    ],
)
def test_what_callers_get_of_a_history_is_said(
    book: Book, reads: list[str], more: list[dict[str, Any]], history: dict[str, Any], said: str
) -> None:
    parts = [{**WORKER, "writes": ["state", "history"]}, {**API, "reads": reads}, *more]
    channels = [{"id": "readings", "carries": "records", "ordering": "per-key"}]
    found = warned(book, parts, channels=channels, stores=[STATE, {**HISTORY, **history}])
    assert ("looks-up-a-history" in found) is bool(said)
    assert not said or (said in found["looks-up-a-history"] and '"History"' in found["looks-up-a-history"])


@pytest.mark.parametrize(("writes", "said"), [(["history"], FIRST), (["state", "history"], NONE)])
def test_callers_find_no_records_by_the_item_that_the_last_step_leaves(
    book: Book, writes: list[str], said: str
) -> None:
    own = [] if "state" in writes else ["state"]
    parts = [
        {**WORKER, "trigger": "message", "steps": 3, "retries": True, "writes": writes},
        {**API, "reads": ["state", "history"], "writes": own, "publishes": ["readings"] if own else []},
    ]
    found = warned(book, parts, channels=[{"id": "readings", "carries": "work"}], stores=[STATE, HISTORY])
    assert said in found["looks-up-a-history"]
