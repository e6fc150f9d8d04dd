"""Streams whose consumers cannot keep up, or whose shards an account does not have, say so and are not inflated."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements


def made(
    book: Book, channel: Mapping[str, Any] = MappingProxyType({}), region: str = "ap-northeast-1", **history: Any
) -> Design:
    latest = {"id": "latest", "trigger": "stream", "listens_to": "readings", "typical_run_s": 0.2, "longest_run_s": 30}
    kept = {"id": "history", "trigger": "stream", "listens_to": "readings", "longest_run_s": 60, **history}
    readings = {
        "id": "readings",
        "carries": "records",
        "message_bytes": 2048,
        "rate_average_rps": 1500,
        "rate_peak_rps": 4000,
        "pins": {"messaging": "kinesis"},
        **channel,
    }
    given = {"workload": {"region": region}, "components": [latest, kept], "channels": [readings]}
    return advise(make_requirements(given), book)


def posted(book: Book, channel: Mapping[str, Any] = MappingProxyType({}), **latest: Any) -> Design:
    """Return the design of an API that may put a record on a stream for each of its 4,000 requests a second."""
    api = {
        "id": "api",
        "trigger": "request",
        "publishes": ["readings"],
        "rate_average_rps": 1500,
        "rate_peak_rps": 4000,
    }
    read = {"id": "latest", "trigger": "stream", "listens_to": "readings", "longest_run_s": 30, **latest}
    stream = {
        "id": "readings",
        "carries": "records",
        "message_bytes": 2048,
        "pins": {"messaging": "kinesis"},
        **channel,
    }
    return advise(make_requirements({"components": [api, read], "channels": [stream]}), book)


def told(design: Design, id: str) -> list[str]:
    return [one.sentence.en for one in design.decision.warnings if one.id == id]


def test_a_slow_record_does_not_multiply_shards_beyond_the_quota_of_executions(book: Book) -> None:
    """4,000 a second of 30 s would be 144,000 batches: 14,400 shards that nothing could read."""
    design = made(book, typical_run_s=30)
    stream = design.architecture.node("readings.messaging")
    assert stream.settings["shards"] == 96  # those of the consumer that can keep up
    reason = design.architecture.node("history.compute").grounds["parallelization"].reason
    assert "More shards do not help" in reason.en
    assert "シャードを増やしても追い付きません" in reason.ja
    (late,) = told(design, "stream-consumer-falls-behind")
    assert 'but "history" processes only 32 records per second' in late
    assert "assumed" not in late
    (together,) = told(design, "functions-share-the-account-quota")
    assert "need 1,920" in together


def test_a_consumer_that_keeps_up_gets_its_shards(book: Book) -> None:
    design = made(book, typical_run_s=0.1)
    assert not told(design, "stream-consumer-falls-behind")
    assert design.architecture.node("readings.messaging").settings["shards"] == 96


def test_an_assumed_time_that_is_too_long_is_told(book: Book) -> None:
    (late,) = told(made(book), "stream-consumer-falls-behind")
    assert " are assumed: state the typical run time." in late


def test_one_function_that_exceeds_the_quota_alone_by_its_stream_is_warned_of(book: Book) -> None:
    design = made(book, {"rate_peak_rps": 1_200_000, "rate_average_rps": 100_000}, typical_run_s=0.001)
    assert int(str(design.architecture.node("history.compute").settings["concurrency"])) > 1000
    assert told(design, "functions-share-the-account-quota")


@pytest.mark.parametrize(("region", "warned"), [("ap-northeast-1", True), ("us-east-1", False)])
def test_shards_beyond_the_default_quota_are_told(region: str, warned: bool, book: Book) -> None:
    design = made(book, {"rate_peak_rps": 1_200_000, "rate_average_rps": 100_000}, region=region, typical_run_s=0.001)
    found = told(design, "shards-exceed-the-account-quota")
    assert bool(found) is warned
    assert not found or "1,000" in found[0]


def test_an_upper_bound_provisions_no_shards(book: Book) -> None:
    """Not every request writes a record: an on-demand stream takes what comes, while shards are paid for by the hour."""
    stream = posted(book).architecture.node("readings.messaging")
    assert (stream.settings["shards"], stream.settings.get("provisioned")) == (11, None)
    assert "State the rate of the channel to provision the stream" in stream.grounds["shards"].reason.en
    assert "チャネルのレートを回答すると" in stream.grounds["shards"].reason.ja
    stated = posted(book, {"rate_peak_rps": 4000}).architecture.node("readings.messaging")
    assert (stated.settings["shards"], stated.settings.get("provisioned")) == (11, True)


def test_an_upper_bound_adds_no_shards_for_slow_readers(book: Book) -> None:
    design = posted(book, typical_run_s=0.1)
    stream, read = (design.architecture.node(id) for id in ("readings.messaging", "latest.compute"))
    assert (stream.settings["shards"], stream.settings.get("provisioned")) == (11, None)
    assert read.settings["parallelization"] == 10
    assert "not enough at this peak, which is only known as an upper bound" in read.grounds["parallelization"].reason.en
    assert "ピークは上限しかわからない" in read.grounds["parallelization"].reason.ja
    # Whoever states the rate of the channel or of its consumer gets the shards.
    for stated in (
        posted(book, {"rate_peak_rps": 4000}, typical_run_s=0.1),
        posted(book, typical_run_s=0.1, rate_peak_rps=4000),
    ):
        stream = stated.architecture.node("readings.messaging")
        assert (stream.settings["shards"], stream.settings.get("provisioned")) == (48, True)
