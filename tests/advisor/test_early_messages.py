"""Work that reads uploaded files is started by them, or the decision says that it may start before them."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

API = {
    "id": "portal", "trigger": "request", "authentication": "sign-up", "direct_uploads": True, "reads": ["claims"],
    "writes": ["claims", "photos"], "publishes": ["filed"],
}  # fmt: skip
REVIEW = {"id": "review", "trigger": "message", "listens_to": "filed", "reads": ["photos"], "writes": ["claims"]}
FLOW = {**REVIEW, "steps": 3, "retries": True, "longest_run_s": 30}
BY_FILES = {**REVIEW, "trigger": "event", "event_source": "s3-object", "listens_to": "photos"}


def warned(book: Book, worker: dict[str, Any], **of_channel: Any) -> list[str]:
    raw = {
        "components": [API, worker], "channels": [{"id": "filed", "carries": "work", **of_channel}],
        "stores": [{"id": "claims", "access": "key-value"}, {"id": "photos", "access": "objects", "item_bytes": "20 MiB"}],
    }  # fmt: skip
    made = advise(make_requirements(raw), book)
    return [one.sentence.en for one in made.decision.warnings if one.id == "starts-before-the-upload"]


@pytest.mark.parametrize("worker", [REVIEW, FLOW], ids=["worker", "workflow"])
def test_the_message_of_an_api_comes_before_the_file(book: Book, worker: dict[str, Any]) -> None:
    (sentence,) = warned(book, worker)
    assert sentence.startswith('"portal" sends a message when a client creates an item')
    assert "`listens_to: photos`" in sentence


@pytest.mark.parametrize(
    "worker",
    [BY_FILES, {**REVIEW, "reads": ["claims"]}, {**FLOW, "human_approval": True, "wait_s": "5 days"}],
    ids=["started by files", "reads no files", "a person answers first"],
)
def test_work_that_finds_its_file_is_left_alone(book: Book, worker: dict[str, Any]) -> None:
    assert warned(book, worker) == []
