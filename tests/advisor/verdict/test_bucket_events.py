"""New objects of a bucket wait in the queue of their only consumer; whatever a notification does not offer needs an event bus."""

from collections.abc import Mapping
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.report.decision_report import services
from advisor.requirements import make_requirements

READ: dict[str, Any] = {"id": "read", "trigger": "message", "listens_to": "arrivals", "reads": ["files"]}
ARRIVALS: dict[str, Any] = {"id": "arrivals", "carries": "event", "source": "aws-service"}
FILES: dict[str, Any] = {"id": "files", "access": "objects"}
OTHER: dict[str, Any] = {**READ, "id": "other"}


def designed(
    book: Book,
    *,
    channel: Mapping[str, Any] = {},
    read: Mapping[str, Any] = {},
    components: tuple[dict[str, Any], ...] = (),
    channels: tuple[dict[str, Any], ...] = (),
    stores: tuple[dict[str, Any], ...] = (),
) -> Design:
    raw = {
        "components": [{**READ, **read}, *components],
        "channels": [{**ARRIVALS, **channel}, *channels],
        "stores": [FILES, *stores],
    }
    return advise(make_requirements(raw), book)


def messaging(design: Design) -> str | None:
    decided = next(one for one in design.decision.subjects if one.id == "arrivals")
    return next(choice.service for choice in decided.choices if choice.role == "messaging")


def test_the_bucket_notifies_the_queue_of_its_only_reader(book: Book) -> None:
    design = designed(book)
    edges = {(edge.source, edge.verb, edge.target) for edge in design.architecture.edges}
    assert ("files.store", "emit", "arrivals.messaging") in edges
    assert ("arrivals.messaging", "consume", "read.compute") in edges
    assert "eventbridge-bus" not in services(design)
    assert not any(node.kind == "outside" for node in design.architecture.nodes)


def test_that_events_are_those_of_the_bucket_is_an_assumption_until_it_is_stated(book: Book) -> None:
    assert [one.field for one in designed(book).decision.assumptions if one.field == "aws_events"] == ["aws_events"]
    stated = designed(book, channel={"aws_events": "s3-object"})
    assert messaging(stated) == "sqs"
    assert not [one for one in stated.decision.assumptions if one.field == "aws_events"]


@pytest.mark.parametrize("compute", ["lambda", "ecs", "ec2"])
def test_functions_containers_and_hosts_read_notifications(book: Book, compute: str) -> None:
    assert messaging(designed(book, read={"pins": {"compute": compute}})) == "sqs"


@pytest.mark.parametrize(
    "asked",
    [
        {"channel": {"aws_events": "other"}},
        {"channel": {"routing": True}},
        {"channel": {"replay": True}},
        {"channel": {"other_teams": True}},
        {"channel": {"direct_delivery": True}},
        {"channel": {"fan_out": 2}},
        {"components": (OTHER,)},
        # A filter of a bucket excludes no prefix: the results would start the program again.
        {"read": {"writes": ["files"]}},
        # Nothing says which of the two buckets is meant.
        {"read": {"reads": ["files", "more"]}, "stores": ({"id": "more", "access": "objects"},)},
        {"read": {"reads": []}},
        # S3 sends events of one type to one destination.
        {"components": ({**OTHER, "listens_to": "again"},), "channels": ({**ARRIVALS, "id": "again"},)},
        # A pipe would start an execution for the test message of S3.
        {"read": {"steps": 3}},
    ],
    ids=str,
)
def test_what_a_notification_does_not_offer_needs_the_bus(book: Book, asked: dict[str, Any]) -> None:
    assert messaging(designed(book, **asked)) == "eventbridge-bus"


SECOND: dict[str, Any] = {
    "components": ({**OTHER, "listens_to": "again"},),
    "channels": ({**ARRIVALS, "id": "again"},),
}


@pytest.mark.parametrize(
    ("asked", "hubs"),
    [
        (SECOND, {"arrivals.messaging", "again.messaging"}),
        ({"components": (OTHER,), "channel": {"aws_events": "s3-object"}}, {"arrivals.messaging"}),
        ({"read": {"steps": 3}, "channel": {"aws_events": "s3-object"}}, {"arrivals.messaging"}),
    ],
    ids=["two channels", "two consumers", "workflow"],
)
def test_a_bus_of_new_objects_gets_them_from_their_bucket(book: Book, asked: dict[str, Any], hubs: set[str]) -> None:
    architecture = designed(book, **asked).architecture
    emitted = {(edge.source, edge.target) for edge in architecture.edges if edge.verb == "emit"}
    assert emitted == {("files.store", hub) for hub in hubs}
    assert not any(node.kind == "outside" for node in architecture.nodes)


@pytest.mark.parametrize(
    "asked",
    [
        {"components": (OTHER,)},
        {"components": (OTHER,), "channel": {"aws_events": "other"}},
        {"components": ({**OTHER, "writes": ["files"]},), "channel": {"aws_events": "s3-object"}},
        {"components": ({**OTHER, "reads": []},), "channel": {"aws_events": "s3-object"}},
    ],
    ids=["not stated", "other events", "a consumer writes", "a consumer does not read"],
)
def test_a_bus_of_other_events_has_a_source_that_a_deployment_states(book: Book, asked: dict[str, Any]) -> None:
    emitted = {edge.source for edge in designed(book, **asked).architecture.edges if edge.verb == "emit"}
    assert emitted == {"arrivals.source"}


def test_a_bus_can_be_specified(book: Book) -> None:
    design = designed(book, channel={"pins": {"messaging": "eventbridge-bus"}})
    assert messaging(design) == "eventbridge-bus"
    assert not design.decision.conflicts
