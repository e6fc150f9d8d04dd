"""The README says that people can read all items of a webhook."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang

SAID: dict[Lang, str] = {
    "en": "Every caller with read access can read all of them",
    "ja": "すべての項目を読み取れます",
}


@pytest.mark.parametrize("lang", SAID)
@pytest.mark.parametrize("read", [True, False])
def test_the_readme_says_that_people_read_all_items_of_a_webhook(lang: Lang, read: bool, book: Book) -> None:
    hook: dict[str, Any] = {
        "id": "hook", "title": "Hook", "trigger": "request", "authentication": "signature", "writes": ["rows"],
    }  # fmt: skip
    desk = {"id": "desk", "title": "Desk", "trigger": "request", "authentication": "sign-up", "reads": ["rows"]}
    stores = [{"id": "rows", "title": "Rows", "access": "key-value"}]
    design = advise(make_requirements({"components": [hook, *([desk] if read else [])], "stores": stores}), book)
    readme = blueprints.build(design, "sam", lang=lang, extras={})["README.md"].decode()
    assert (SAID[lang] in readme) is read


@pytest.mark.parametrize("isolation", [None, "per-tenant"])
@pytest.mark.parametrize("writes", [True, False])
def test_people_list_the_items_of_a_webhook_unless_they_are_isolated_tenants(
    writes: bool, isolation: str | None, book: Book
) -> None:
    hook = {"id": "hook", "trigger": "request", "authentication": "signature", "writes": ["rows"]}
    desk: dict[str, Any] = {"id": "desk", "trigger": "request", "authentication": "sign-up", "reads": ["rows"]}
    desk |= {"writes": ["rows"]} if writes else {}
    desk |= {"isolation": isolation} if isolation else {}
    said = {"components": [hook, desk], "stores": [{"id": "rows", "access": "key-value"}]}
    design = advise(make_requirements(said), book)
    files = blueprints.build(design, "sam", lang="en", extras={})
    shared = isolation is None
    assert ("owned_by(EVERYONE" in files["src/desk/service.py"].decode()) is shared
    assert ("no tenant can list or read them" in files["README.md"].decode()) is not shared
    assert ("people-read-what-machines-send" in {one.id for one in design.decision.warnings}) is shared
