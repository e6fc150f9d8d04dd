"""What the README and `make verify` say about messages that do not arrive: failed ones, and those to who has not confirmed."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang

WORK = {"id": "work", "trigger": "message", "listens_to": "orders", "writes": ["kept"]}
NEWS = {"id": "news", "carries": "event", "destinations": [{"kind": "partner-http"}, {"kind": "email"}]}
MAKER = {"id": "maker", "trigger": "schedule", "publishes": ["orders", "news"]}


def files(book: Book, lang: Lang = "en", target: str = "sam", **orders: Any) -> dict[str, str]:
    raw = {
        "components": [WORK, MAKER],
        "channels": [{"id": "orders", **orders}, NEWS],
        "stores": [{"id": "kept", "access": "key-value"}],
    }
    found = blueprints.build(advise(make_requirements(raw), book), target, lang=lang, extras={})
    return {path: found[path].decode() for path in ("README.md", "integration/test_stack.py")}


@pytest.mark.parametrize("lang", LANGS)
def test_the_readme_says_how_failed_messages_come_back(lang: Lang, book: Book) -> None:
    readme = files(book, lang)["README.md"]
    assert "aws sqs start-message-move-task" in readme
    assert "aws sqs receive-message" in readme
    words = {"en": "that you move back is processed after them", "ja": "後続のメッセージを待たせます"}[lang]
    assert words not in readme
    assert words in files(book, lang, ordering="per-key")["README.md"]


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
@pytest.mark.parametrize("lang", LANGS)
def test_who_has_to_confirm_is_named_and_looked_for(lang: Lang, target: str, book: Book) -> None:
    found = files(book, lang, target)
    assert "SubscriptionConfirmation" in found["README.md"]
    assert "PendingConfirmation" in found["integration/test_stack.py"]
    assert "warnings.warn" in found["integration/test_stack.py"]
