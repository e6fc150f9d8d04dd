"""The pages of a site offer what its API serves, and read no more than a page of items at a time."""

from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements


def pages(ordering: str = "", **does: Any) -> tuple[str, str]:
    """Return the page and the script of a site with an API before a table."""
    api = {
        "id": "desk",
        "title": "Desk",
        "trigger": "request",
        "authentication": "sign-up",
        "static_site": True,
        **does,
    }
    raw: dict[str, Any] = {
        "schema": 2,
        "title": "Desk",
        "components": [api, {"id": "keeper", "title": "Keeper", "trigger": "schedule", "writes": ["rows"]}],
        "stores": [{"id": "rows", "title": "Rows", "access": "key-value"}],
    }
    if ordering:
        raw["components"].append({"id": "reader", "title": "Reader", "trigger": "message", "listens_to": "changes"})
        raw["channels"] = [{"id": "changes", "title": "Changes", "carries": "work", "ordering": ordering}]
    files = blueprints.build(advise(make_requirements(raw), rules.load_book()), "sam", lang="en", extras={})
    return files["site/index.html"].decode(), files["site/app.js"].decode()


@pytest.mark.parametrize(("ordering", "asks"), [("per-key", True), ("none", False)])
def test_a_page_asks_for_the_ordering_key_that_its_api_requires(ordering: str, asks: bool) -> None:
    page, script = pages(publishes=["changes"], ordering=ordering)
    assert ('name="ordering_key"' in page) is ("ordering_key: form.get('ordering_key')" in script) is asks


@pytest.mark.parametrize(
    ("does", "adds", "removes", "reads"),
    [
        ({"reads": ["rows"]}, False, False, True),
        ({"writes": ["rows"]}, True, False, False),
        ({"reads": ["rows"], "writes": ["rows"]}, True, True, True),
    ],
)
def test_a_page_offers_what_its_api_serves(does: dict[str, Any], adds: bool, removes: bool, reads: bool) -> None:
    page, script = pages(**does)
    assert ('id="new"' in page) is ("'POST', '/items'" in script) is adds
    assert ("'DELETE'" in script) is removes
    assert ('id="more"' in page) is ("api('GET'" in script) is reads
    assert "} while (" not in script
