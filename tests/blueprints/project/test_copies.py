"""What the README says of the copies that stay when a caller deletes an item."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

PORTAL = {"id": "portal", "trigger": "request", "authentication": "existing-provider", "publishes": ["changes"]}
BILLING = {"id": "billing", "trigger": "message", "listens_to": "changes", "writes": ["bills", "papers"]}
OTHER = {"id": "other", "trigger": "schedule", "writes": ["reports"]}


def _said(book: Book, lang: Any, *components: dict[str, Any]) -> list[str]:
    access = {"items": "key-value", "bills": "key-value", "papers": "objects", "reports": "objects", "index": "search"}
    stores = [{"id": id, "title": id.capitalize(), "access": kind} for id, kind in access.items()]
    used = {id for one in components for name in ("reads", "writes") for id in one.get(name, ())}
    answers = {
        "components": list(components),
        "channels": [{"id": "changes"}],
        "stores": [store for store in stores if store["id"] in used],
    }
    readme = blueprints.build(advise(make_requirements(answers), book), "sam", lang=lang, extras={})[
        "README.md"
    ].decode()
    words = "When a caller deletes an item" if lang == "en" else "項目を削除すると"
    return [line for line in readme.splitlines() if words in line]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_copies_that_stay_are_named(book: Book, lang: Any) -> None:
    writing = {**PORTAL, "reads": ["items"], "writes": ["items", "index"]}
    (said,) = _said(book, lang, writing, BILLING, OTHER)
    assert all(name in said for name in ("Items", "Index", "Bills", "Papers", "`src/billing`", "`expires_at`"))
    assert "Reports" not in said, "no item gets there"


def test_nothing_is_said_where_no_copy_stays(book: Book) -> None:
    kept = {**PORTAL, "reads": ["items"], "writes": ["items"]}
    beside = {**BILLING, "writes": ["items"]}
    assert _said(book, "en", kept, beside) == []
    assert _said(book, "en", {**PORTAL, "writes": ["items"]}, BILLING) == [], "nobody deletes an item"
