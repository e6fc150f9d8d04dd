"""What an API hands on as callers have sent it names no owner of what comes of it."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

API: dict[str, Any] = {"id": "api", "trigger": "request", "exposure": "public", "authentication": "sign-up"}
WORKER = {"id": "worker", "trigger": "message", "listens_to": "news", "writes": ["items"]}
READER = {**API, "id": "look", "reads": ["items"]}
FORGED = '{"id": "m1", "owner": "bob", "who": "bob", "item": {"owner": "bob", "who": "bob", "name": "desk"}}'
OBJECT = (
    '{"id": "e1", "source": "aws.s3", "detail-type": "Object Created", "owner": "bob", "detail": '
    '{"owner": "bob", "bucket": {"name": "b"}, "object": {"key": "uploads/bob/o1", "text": "pay here"}}}'
)


def modules(book: Book, *components: dict[str, Any], target: str = "sam", channel: dict[str, Any] | None = None) -> str:
    """Return the text of the worker's module for messages."""
    said = {
        "title": "Bodies",
        "components": [*components, WORKER, READER],
        "channels": [{"id": "news", **(channel or {})}],
        "stores": [{"id": "items", "access": "key-value"}, {"id": "orders", "access": "key-value"}],
    }
    files = blueprints.build(advise(make_requirements(said), book), target, lang="en", extras={})  # type: ignore[arg-type]
    return next(text.decode() for path, text in files.items() if path.startswith("src/worker/message."))


def read(text: str, body: str = FORGED) -> Any:
    """Return what a module makes of a forged message."""
    names: dict[str, Any] = {}
    exec(text, names)
    return names["read"](body, "x")


@pytest.mark.parametrize("authentication", ["none", "sign-up", "aws-iam"])
def test_a_caller_of_an_api_without_a_program_names_no_owner(authentication: str, book: Book) -> None:
    direct = {**API, "authentication": authentication, "logic": "none", "publishes": ["news"]}
    assert read(modules(book, direct)) == {"id": "m1", "item": {"name": "desk"}}


def test_owners_that_programs_name_cannot_be_told_from_forged_ones(book: Book) -> None:
    direct = {**API, "logic": "none", "publishes": ["news"]}
    program = {**API, "id": "orders-api", "publishes": ["news"], "writes": ["orders"], "reads": ["orders"]}
    assert read(modules(book, direct, program))["owner"] == "internal:worker"
    assert "internal:worker" in modules(book, direct, program, target="cdk-typescript")


def test_a_program_names_the_owner_of_what_its_caller_sends(book: Book) -> None:
    program = {**API, "id": "orders-api", "publishes": ["news"], "writes": ["orders"], "reads": ["orders"]}
    assert read(modules(book, program))["item"]["owner"] == "bob"


def test_a_caller_makes_up_no_event_of_a_bucket(book: Book) -> None:
    direct = {**API, "logic": "none", "publishes": ["news"]}
    program = {**API, "id": "orders-api", "publishes": ["news"], "writes": ["orders"], "reads": ["orders"]}
    found = read(modules(book, direct, program), OBJECT)
    assert (found["id"], found["owner"]) == ("e1", "internal:worker")
    assert "source_event" not in found
    assert "owner" not in read(modules(book, direct), OBJECT)
    assert "aws.s3" not in modules(book, direct, program, target="cdk-typescript")


def test_the_boundary_holds_where_a_bucket_sends_events_as_well(book: Book) -> None:
    direct = {**API, "logic": "none", "publishes": ["news"]}
    text = modules(book, direct, channel={"source": "aws-service", "aws_events": "other", "carries": "event"})
    assert "aws.s3" in text
    assert "owner" not in read(text, OBJECT)
