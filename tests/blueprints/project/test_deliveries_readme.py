"""The README says that a webhook is an item of its own, and that consumers of other messages receive it too."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang

Json = dict[str, Any]
SAID: dict[Lang, tuple[str, str]] = {
    "en": ("changes no item that another component keeps in `orders`", "`hook.created` for each webhook beside messages from `pay`"),
    "ja": ("`orders` に保存した項目は変更しません", "`pay` からのメッセージに加えて、Webhook ごとに `hook.created`"),
}  # fmt: skip
SHOP: Json = {
    "id": "shop",
    "trigger": "request",
    "authentication": "sign-up",
    "writes": ["orders"],
    "publishes": ["placed"],
}
PAY: Json = {"id": "pay", "trigger": "message", "listens_to": "placed", "writes": ["orders"], "publishes": ["paid"]}
HOOK: Json = {"id": "hook", "trigger": "request", "authentication": "signature"}
ISSUE: Json = {"id": "issue", "trigger": "message", "listens_to": "paid", "writes": ["tickets"]}


@pytest.mark.parametrize("lang", SAID)
@pytest.mark.parametrize("stored", [True, False])
@pytest.mark.parametrize("published", [True, False])
def test_webhooks_beside_other_items_and_messages_are_named(
    lang: Lang, stored: bool, published: bool, book: Book
) -> None:
    hook = {**HOOK, "writes": ["orders" if stored else "received"], "publishes": ["paid" if published else "heard"]}
    other = {**ISSUE, "id": "other", "listens_to": hook["publishes"][0]}
    channels = ["placed", "paid", *([] if published else ["heard"])]
    stores = ["orders", "tickets", *([] if stored else ["received"])]
    requirements = {
        "components": [SHOP, PAY, hook, ISSUE, *([] if published else [other])],
        "channels": [{"id": id, "carries": "event"} for id in channels],
        "stores": [{"id": id, "access": "key-value"} for id in stores],
    }
    design = advise(make_requirements(requirements), book)
    readme = blueprints.build(design, "sam", lang=lang, extras={})["README.md"].decode()
    assert tuple(words in readme for words in SAID[lang]) == (stored, published)
