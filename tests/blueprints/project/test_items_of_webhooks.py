"""The README says that people can read all items of a webhook."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang

SAID: dict[Lang, str] = {
    "en": "every user who is allowed to call `src/desk` can read all of them",
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


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
@pytest.mark.parametrize("protocol", ["graphql", "http"])
def test_webhooks_set_the_status_of_items_that_a_graphql_api_keeps_without_a_program(
    book: Book, target: str, protocol: str
) -> None:
    shop: dict[str, Any] = {"id": "shop", "trigger": "request", "protocol": protocol, "logic": "none"}
    # A REST API without a program checks no owner, so that it serves no items of users.
    shop |= {"authentication": "sign-up" if protocol == "graphql" else "aws-iam", "reads": ["rows"], "writes": ["rows"]}
    pay = {"id": "pay", "trigger": "request", "exposure": "partner", "authentication": "signature", "writes": ["rows"]}
    said = {"components": [shop, pay], "stores": [{"id": "rows", "access": "key-value"}]}
    files = blueprints.build(advise(make_requirements(said), book), target, lang="en", extras={})
    service = next(text.decode() for path, text in files.items() if path.startswith("src/pay/service."))
    # A mapping template keeps the text of a body, and not an item.
    assert ("ITEM_FIELD" in service) is (protocol == "graphql")
    resolvers = [text.decode() for path, text in files.items() if path.endswith((".js", "template.yaml"))]
    assert "".join(resolvers).count("'request_digest'];") == (4 if protocol == "graphql" else 0)


@pytest.mark.parametrize(
    ("lang", "kept", "sent"),
    [
        ("en", "A data store keeps only the first item", "A message is published again with the same ID"),
        ("ja", "データストアには最初の項目だけが保存されます", "メッセージは同じ ID で再び発行され"),
    ],
)
@pytest.mark.parametrize("does", ["writes", "publishes"])
def test_the_readme_says_of_a_repeated_webhook_only_what_its_program_does(
    lang: Lang, kept: str, sent: str, does: str, book: Book
) -> None:
    hook = {"id": "hook", "title": "Hook", "trigger": "request", "authentication": "signature", does: ["rows"]}
    work = {"id": "work", "trigger": "message", "listens_to": "rows"}
    raw: dict[str, Any] = {"components": [hook], "stores": [{"id": "rows", "access": "key-value"}]}
    if does == "publishes":
        raw = {"components": [hook, work], "channels": [{"id": "rows"}]}
    readme = blueprints.build(advise(make_requirements(raw), book), "sam", lang=lang, extras={})["README.md"].decode()
    assert (kept in readme) is (does == "writes")
    assert (sent in readme) is (does == "publishes")
