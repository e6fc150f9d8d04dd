"""Receivers of signed webhooks: a program verifies the signatures, with a secret of its own for each sender."""

import re
from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints.errors import Unsupported
from rules import load_book

_STORE = {"id": "data", "access": "key-value"}


@pytest.fixture(scope="module")
def book() -> Book:
    return load_book()


def designed(book: Book, *others: dict[str, Any], **more: Any) -> Design:
    receiver = {"id": "receiver", "trigger": "request", "authentication": "signature", "writes": ["data"], **more}
    return advise(make_requirements({"components": [receiver, *others], "stores": [_STORE]}), book)


def edges(design: Design) -> set[str]:
    """The connections of what handles requests, and of what verifies them."""
    verbs = ("invoke", "start", "call", "verify", "authorize", "sign-in")
    return {edge.id for edge in design.architecture.edges if edge.verb in verbs}


def test_the_program_verifies_and_the_entry_does_not(book: Book) -> None:
    assert edges(designed(book)) == {
        "receiver.entry>invoke>receiver.compute",
        "receiver.compute>verify>receiver.identity",
    }


def test_each_sender_has_a_secret_of_its_own(book: Book) -> None:
    other = {"id": "other", "trigger": "request", "authentication": "signature", "writes": ["data"]}
    secrets = designed(book, other).architecture.of_service("signing-secret")
    assert [node.id for node in secrets] == ["receiver.identity", "other.identity"]


@pytest.mark.parametrize("more", [{"logic": "none"}, {"logic": "none", "writes": [], "packaging": "code"}])
def test_requests_are_not_stored_without_a_program(book: Book, more: dict[str, Any]) -> None:
    assert designed(book, **more).verdict.subjects["receiver"].services["compute"] == "lambda"


def test_a_workflow_is_started_by_a_program_that_verifies(book: Book) -> None:
    assert edges(designed(book, steps=3)) >= {
        "receiver.entry>invoke>receiver.compute-starter",
        "receiver.compute-starter>verify>receiver.identity",
        "receiver.compute-starter>call>receiver.workflow",
    }


@pytest.mark.parametrize("protocol", ["websocket", "graphql", "tcp-udp", "grpc"])
def test_other_protocols_conflict(book: Book, protocol: str) -> None:
    design = designed(book, protocol=protocol)
    assert design.verdict.subjects["receiver"].services["identity"] is None
    assert any("HTTP" in str(conflict) for conflict in design.decision.conflicts)


@pytest.mark.parametrize("more", [{"reads": ["data"]}, {"static_site": True, "exposure": "public"}])
def test_a_receiver_that_serves_more_is_refused_by_all_targets_alike(book: Book, more: dict[str, Any]) -> None:
    told = set()
    for target in ("sam", "cdk-python", "cdk-typescript"):
        with pytest.raises(Unsupported) as refused:
            blueprints.build(designed(book, **more), target, lang="en", extras={})
        told.add(str(refused.value))
    assert len(told) == 1
    assert "receives by POST" in told.pop()


@pytest.mark.parametrize("target", ["sam", "cdk-python", "cdk-typescript"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_project_says_how_to_set_and_rotate_the_secret(book: Book, target: str, lang: Any) -> None:
    files = blueprints.build(designed(book), target, lang=lang, extras={})
    readme = files["README.md"].decode()
    assert 'put-secret-value --secret-id "$(output ReceiverSigningSecretArn)"' in readme
    assert 'openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY"' in readme
    assert "Idempotency-Key" not in readme
    assert "secretsmanager:GetSecretValue" in files["docs/iam.md"].decode()
    assert b"webhook-signature" in files["integration/test_stack.py"]


@pytest.mark.parametrize("entry", ["api-gateway-http", "api-gateway-rest"])
def test_senders_call_it_and_no_browser_does(book: Book, entry: str) -> None:
    design = designed(book, pins={"entry": entry})
    assert design.architecture.node("client.sender.public").title.en == "Webhook senders"
    assert design.architecture.node("client.sender.public").icon == "partner-http"
    for target in ("sam", "cdk-python", "cdk-typescript"):
        files = blueprints.build(design, target, lang="en", extras={})
        assert [
            name for name, text in files.items() if re.search(rb"allowed.?origin|\bcors", text, re.IGNORECASE)
        ] == []


def test_users_of_another_api_keep_their_name_and_their_origin(book: Book) -> None:
    api = {"id": "shop", "trigger": "request", "authentication": "sign-up", "reads": ["data"]}
    design = designed(book, api)
    assert design.architecture.node("client.public").title.en == "Users"
    assert b"AllowedOrigin" in blueprints.build(design, "sam", lang="en", extras={})["template.yaml"]
