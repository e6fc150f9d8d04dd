"""Signatures and answers of other systems stay inside: no item of a caller and no message has them."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

TARGETS = [target.id for target in blueprints.TARGETS]
API = {
    "id": "api",
    "trigger": "request",
    "authentication": "sign-up",
    "reads": ["orders"],
    "writes": ["orders"],
    "publishes": ["todo"],
}
PAY = {
    "id": "pay",
    "trigger": "message",
    "listens_to": "todo",
    "uses_secrets": True,
    "reads": ["orders"],
    "writes": ["orders"],
    "publishes": ["news"],
}


def services(book: Book, target: str, *, duplicates: bool) -> dict[str, str]:
    given: dict[str, Any] = {
        "components": [API, PAY],
        "channels": [{"id": "todo", "duplicates_ok": duplicates}, {"id": "news", "carries": "event"}],
        "stores": [{"id": "orders", "access": "key-value"}],
    }
    found = blueprints.build(advise(make_requirements(given), book), target, lang="en", extras={})
    return {
        path.split("/")[1]: text.decode()
        for path, text in found.items()
        if path.startswith("src/") and path.endswith(("service.py", "service.ts"))
    }


@pytest.mark.parametrize("target", TARGETS)
def test_the_result_in_an_item_has_no_signature(target: str, book: Book) -> None:
    code = services(book, target, duplicates=False)["pay"]
    # The other system gets it, with which the secret is shared.
    assert code.index("signature(message") < code.index("effects.once(")
    assert 'result["signature"],' not in code
    assert "signature: result.signature" not in code
    assert "unsigned(result)" in code or "unsigned(kept)" in code


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_is_signed_for_nobody(target: str, book: Book) -> None:
    assert "signature(message" not in services(book, target, duplicates=True)["pay"]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("duplicates", [True, False])
def test_callers_do_not_see_the_answer_of_another_system(target: str, duplicates: bool, book: Book) -> None:
    code = services(book, target, duplicates=duplicates)["api"]
    assert ("DECIDED" in code) is not duplicates
    assert any(f"{mark}effect{mark}, " in code for mark in ("'", '"')) is not duplicates
