"""The README says at which item a webhook is recorded, and that consumers of other messages receive it too."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang

Json = dict[str, Any]
SAID: dict[Lang, tuple[str, str]] = {
    "en": ("sets the attribute `hook_result` of this item", "for each webhook in addition to messages from `pay`"),
    "ja": ("はその項目の属性 `hook_result` に", "`pay` からのメッセージに加えて、Webhook ごとに `hook.created`"),
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


@pytest.mark.parametrize(("access", "set_there"), [("key-value", True), ("relational", True), ("objects", False)])
@pytest.mark.parametrize("target", ["sam", "cdk-typescript"])
def test_a_webhook_sets_an_attribute_of_an_item_only_in_stores_that_can(
    access: str, set_there: bool, target: str, book: Book
) -> None:
    hook = {**HOOK, "writes": ["orders"], "publishes": ["placed"]}
    requirements = {
        "components": [SHOP, hook],
        "channels": [{"id": "placed", "routing": True}],
        "stores": [{"id": "orders", "access": access}],
    }
    files = blueprints.build(advise(make_requirements(requirements), book), target, lang="en", extras={})
    service = next(files[name].decode() for name in ("src/hook/service.py", "src/hook/service.ts") if name in files)
    assert ("ITEM_FIELD" in service) is set_there
    readme = files["README.md"].decode()
    assert ("`hook.reported`" in readme) is set_there
    assert ("does not change items that another component stores in `orders`" in readme) is not set_there


def test_two_receivers_of_webhooks_share_a_store_without_items_of_callers(book: Book) -> None:
    hooks = [{**HOOK, "id": id, "writes": ["orders"]} for id in ("first", "second")]
    requirements = {"components": hooks, "stores": [{"id": "orders", "access": "key-value"}]}
    files = blueprints.build(advise(make_requirements(requirements), book), "sam", lang="en", extras={})
    assert b"ITEM_FIELD" not in files["src/first/service.py"] + files["src/second/service.py"]


GUARD = {"sam": '.endswith(".reported")', "cdk-typescript": ".endsWith('.reported')"}


@pytest.mark.parametrize("target", GUARD)
@pytest.mark.parametrize("beside", [True, False])
def test_what_a_webhook_reports_is_no_new_work_beside_other_messages(target: str, beside: bool, book: Book) -> None:
    hook = {**HOOK, "writes": ["orders"], "publishes": ["paid" if beside else "heard"]}
    other = {**ISSUE, "id": "other", "listens_to": "heard"}
    requirements = {
        "components": [SHOP, PAY, hook, ISSUE, *([] if beside else [other])],
        "channels": [{"id": id, "carries": "event"} for id in ("placed", "paid", *([] if beside else ["heard"]))],
        "stores": [{"id": id, "access": "key-value"} for id in ("orders", "tickets")],
    }
    files = blueprints.build(advise(make_requirements(requirements), book), target, lang="en", extras={})
    services = {name.split("/")[1]: text.decode() for name, text in files.items() if "/service." in name}
    # Where webhooks are its only messages, what they report is a program's work.
    assert {name for name, text in services.items() if GUARD[target] in text} == ({"issue"} if beside else set())
    assert ("It does nothing for a message whose type ends with `.reported`" in files["README.md"].decode()) is beside


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "so the older result would remain"), ("ja", "古い結果が残ってしまいます")],
)
@pytest.mark.parametrize(
    ("ordering", "unversioned", "replaced"), [("per-key", True, True), ("per-key", False, False), ("none", True, False)]
)
def test_messages_that_replace_a_result_are_named_where_their_order_ends(
    lang: Lang, words: str, ordering: str, unversioned: bool, replaced: bool, book: Book
) -> None:
    nightly = {"id": "nightly", "trigger": "schedule", "publishes": ["placed"]}
    worker = {**PAY, "publishes": [], "packaging": "container-image", "pins": {"compute": "ecs"}}
    requirements = {
        "components": [SHOP, worker, *([nightly] if unversioned else [])],
        "channels": [{"id": "placed", "carries": "work", "ordering": ordering}],
        "stores": [{"id": "orders", "access": "key-value"}],
    }
    design = advise(make_requirements(requirements), book)
    readme = blueprints.build(design, "sam", lang=lang, extras={})["README.md"].decode()
    # A message that names the version of its item replaces no later result.
    assert (words in readme) is replaced
