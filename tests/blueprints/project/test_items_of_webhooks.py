"""Items of webhooks name no owner: no caller with items of their own finds them, over whatever they reach these callers."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang
from tests.blueprints.project.test_inside import module
from tests.blueprints.project.test_results_beside_items import TARGETS, files_of, source

SAID: dict[Lang, str] = {
    "en": "no caller of `src/desk` can list or read them",
    "ja": "呼び出し元は一覧や読み取りができません",
}


@pytest.mark.parametrize("lang", SAID)
@pytest.mark.parametrize("read", [True, False])
def test_the_readme_says_that_people_read_no_items_of_a_webhook(lang: Lang, read: bool, book: Book) -> None:
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
def test_people_list_shared_items_beside_a_webhook_unless_they_are_isolated_tenants(
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
    assert ("replace the owner `internal:hook` with `everyone`" in files["README.md"].decode()) is shared
    assert 'return "internal:hook"' in files["src/hook/caller.py"].decode()
    assert "readers-find-no-items-of-others" in {one.id for one in design.decision.warnings}


HOPS: dict[str, Any] = {
    "title": "Hops",
    "components": [
        {"id": "hook", "trigger": "request", "authentication": "signature", "publishes": ["a"]},
        {"id": "one", "trigger": "message", "listens_to": "a", "longest_run_s": "5 s", "writes": ["raw"], "publishes": ["b"]},
        {"id": "two", "trigger": "event", "listens_to": "b", "steps": 3, "retries": True, "writes": ["mid"]},
        {"id": "three", "trigger": "event", "event_source": "table-change", "listens_to": "mid", "writes": ["shown"]},
    ],
    "channels": [{"id": "a", "carries": "work"}, {"id": "b", "carries": "event", "routing": True}],
    "stores": [{"id": id, "access": "key-value"} for id in ("raw", "mid", "shown")],
}  # fmt: skip


def over_hops(book: Book, target: str = "sam", **reader: Any) -> dict[str, str]:
    """Return the files of webhooks that reach a reader over a queue, an event bus, a workflow and changes of a table."""
    desk = {"id": "desk", "trigger": "request", "longest_run_s": "5 s", "reads": ["shown"], **reader}
    return files_of({**HOPS, "components": [*HOPS["components"], *([desk] if reader else [])]}, book, target)


@pytest.mark.parametrize(
    ("reader", "owner"),
    [
        ({"authentication": "sign-up"}, "internal:hook"),
        ({"authentication": "existing-provider"}, "internal:hook"),
        ({"authentication": "aws-iam"}, "internal:hook"),
        ({"authentication": "sign-up", "isolation": "per-tenant"}, "internal:hook"),
        ({"authentication": "sign-up", "open_reads": True}, "internal:hook"),
        ({"authentication": "none"}, "everyone"),
        ({}, "everyone"),
    ],
)
@pytest.mark.parametrize("target", TARGETS)
def test_webhooks_stay_inside_over_queues_workflows_and_changes_of_tables(
    book: Book, target: str, reader: dict[str, Any], owner: str
) -> None:
    files = over_hops(book, target, **reader)
    caller = source(files, target, "hook", "caller")
    assert f"return '{owner}'" in caller or f'return "{owner}"' in caller
    inside = owner != "everyone"
    assert ("OWNER_FIELD" in source(files, target, "hook", "service")) is inside
    assert ("Set `OWNER_FIELD`".lower() in files["README.md"].lower()) is inside


@pytest.mark.parametrize(("field", "owner"), [((), "internal:hook"), (("data", "user"), "ann")])
def test_what_programs_make_of_a_webhook_keeps_its_owner(book: Book, field: tuple[str, ...], owner: str) -> None:
    files = over_hops(book, authentication="sign-up", isolation="per-tenant")
    sent, kept = list[dict[str, Any]](), list[dict[str, Any]]()
    hook = module(files["src/hook/service.py"], channel_a={"send": sent.append}, models={"item": dict})
    hook["OWNER_FIELD"] = field
    hook["create"]("internal:hook", {"owner": "bob", "data": {"user": "ann"}}, "event-1")
    one = module(files["src/one/service.py"], channel_b={"send": sent.append}, store_raw={"put_once": id})
    one["work"](sent[0])
    two = module(files["src/two/service.py"], store_mid={"put_once": kept.append})
    two["work"](sent[1], 3)
    versions = {"of": lambda message: {}}
    three = module(files["src/three/service.py"], item_versions=versions, store_shown={"put": kept.append})
    three["work"](kept[0])
    assert kept[1]["owner"] == owner


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
