"""Channels and stores that exist are not created again, and consumers without a queue in front are started by the channel."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.vocabulary.channel import DIRECT
from advisor.vocabulary.many import EXISTS
from blueprints import TARGETS, build, check

COMPONENTS = [
    {"id": "api", "trigger": "request", "publishes": ["news"]},
    {"id": "mail", "trigger": "event", "listens_to": "news", "writes": ["sent"]},
]


def designed(book: Book, channel: dict[str, Any], store: dict[str, Any]) -> Design:
    parts = {"channels": [{"id": "news", "carries": "event", **channel}], "stores": [{"id": "sent", **store}]}
    return advise(make_requirements({"schema": 2, "components": COMPONENTS, **parts}), book)


@pytest.mark.parametrize("target", [target.id for target in TARGETS])
@pytest.mark.parametrize(("channel", "store", "where"), [({EXISTS: True}, {}, "news"), ({}, {EXISTS: True}, "sent")])
def test_what_exists_is_not_created_again(
    book: Book, target: str, channel: dict[str, Any], store: dict[str, Any], where: str
) -> None:
    design = designed(book, channel, store)
    (refused,) = check(design, target)
    assert refused.where.startswith(f"{where}.")
    assert "exists already" in refused.reason.en
    assert any("exists already" in warning.sentence.en for warning in design.decision.warnings)


@pytest.mark.parametrize("pins", [{}, {"messaging": "eventbridge-bus"}, {"messaging": "sns"}])
def test_a_consumer_without_a_queue_is_started_by_its_channel(book: Book, pins: dict[str, str]) -> None:
    design = designed(book, {DIRECT: True, "pins": pins}, {})
    services = {node.service for node in design.architecture.nodes if node.subject == "news"}
    assert not services & {"sqs", "sqs-fifo"}
    assert any(edge.target == "mail.compute" for edge in design.architecture.leaving("news.messaging"))
    assert "template.yaml" in build(design, "sam", lang="en", extras={})


def test_a_queue_does_not_start_a_consumer_directly(book: Book) -> None:
    (conflict,) = designed(book, {DIRECT: True, "ordering": "per-key"}, {}).decision.conflicts
    assert "No queue before consumers" in conflict.sentence.en
