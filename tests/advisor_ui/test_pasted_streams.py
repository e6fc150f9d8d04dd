"""A part that reads a stream gets a stream, and a part of a titled line keeps what the line says of it."""

from typing import Any

import pytest

from advisor_ui.state import draft as drafts
from advisor_ui.state.given_text import draft_of


def _parts(text: str) -> dict[str, dict[str, Any]]:
    draft, left = draft_of(text.encode())
    assert not left
    return {part["id"]: part for _, part in drafts.subjects(draft)}


@pytest.mark.parametrize(
    "text",
    [
        "A worker reads a stream of records, 2 million events per minute",
        "A worker reads clickstream events from Kinesis.",
        "2 million events per minute arrive in a stream.",
        "ワーカーが Kinesis からレコードを読み取る。",
    ],
)
def test_what_reads_a_stream_waits_for_no_queue(text: str) -> None:
    parts = _parts(text)
    assert [part.get("carries") for id, part in parts.items() if id.startswith("channel")] == ["records"]
    assert (parts["component-1"]["trigger"], parts["component-1"]["listens_to"]) == (["stream"], "channel-1")


def test_a_stream_that_one_part_writes_is_the_one_that_another_reads() -> None:
    parts = _parts("An API writes click events to Kinesis, and a worker reads the stream.")
    (stream,) = [id for id, part in parts.items() if part.get("carries") == "records"]
    assert (parts["component-1"]["publishes"], parts["component-2"]["listens_to"]) == ([stream], stream)


@pytest.mark.parametrize("text", ["An API with a steady stream of requests", "An API. The table has DynamoDB Streams."])
def test_other_streams_are_none(text: str) -> None:
    draft, _ = draft_of(text.encode())
    assert not drafts.ids(draft, ("channel",))


def test_a_titled_worker_keeps_its_queue_and_its_name() -> None:
    parts = _parts("Order API: REST API\nFulfilment: worker that takes orders from a queue\nEmail: a worker")
    names = [part["title"]["en"] for id, part in parts.items() if id.startswith("component")]
    assert names == ["Order API", "Fulfilment", "Email"]
    assert parts["component-2"]["listens_to"] == "channel-1"


@pytest.mark.parametrize(
    "text",
    [
        "An API. A worker calls the API of a payment provider.",
        "Orders: an API\nFulfilment: a worker that calls the API of the warehouse partner",
    ],
)
def test_the_part_that_calls_a_partner_sends_to_it(text: str) -> None:
    parts = _parts(text)
    (outside,) = [id for id, part in parts.items() if part.get("destinations")]
    assert outside in parts["component-2"]["publishes"]
    assert outside not in parts["component-1"]["publishes"]


@pytest.mark.parametrize(
    "text",
    [
        "When a file arrives in S3, a worker processes it. The order per customer must be kept.",
        "S3 にファイルが置かれたら処理するワーカー。顧客ごとに順序を守る。",
    ],
)
def test_an_order_of_new_files_is_not_read_and_what_keeps_it_is_said(text: str) -> None:
    draft, left = draft_of(text.encode())
    assert not drafts.ids(draft, ("channel",))
    assert drafts.answer(draft, "component-1", "writes") in (None, [])
    assert "no guaranteed order" in left[0].en


def test_what_cannot_be_judged_and_is_approved_is_an_approval() -> None:
    assert _parts("What cannot be judged is approved by a manager.")["component-1"]["human_approval"] is True
