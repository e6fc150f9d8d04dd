"""What stays inside a project: addresses, digests, totals over all owners, and who decided."""

import sys
from types import ModuleType
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from tests.blueprints.project.test_results_beside_items import TARGETS, files_of, source

ANN = "ann@example.com"
MAILS = {"id": "mails", "destinations": [{"kind": "customer-email", "title": "Customer"}]}
API = {"id": "api", "trigger": "request", "exposure": "public", "authentication": "sign-up"}


def module(text: str, **others: Any) -> dict[str, Any]:
    """Return what a program defines; `others` are the functions of the modules that it imports."""
    for name, functions in others.items():
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update(functions)
    names: dict[str, Any] = {}
    try:
        exec(text, names)
    finally:
        for name in others:
            del sys.modules[name]
    return names


def called(compute: str) -> dict[str, Any]:
    """Return an API whose items another program works on when called, and one of partners that reads the same items."""
    pins = {"pins": {"compute": compute}} if compute == "ecs" else {}
    desk = {"id": "desk", "trigger": "request", "exposure": "partner", "authentication": "existing-provider"}
    components = [
        {**API, "calls": ["calc"], "writes": ["items"], "publishes": ["news"]},
        {"id": "calc", "trigger": "on-demand", "reads": ["own"], "writes": ["own"]},
        {"id": "forward", "trigger": "message", "listens_to": "news", "publishes": ["mails"]},
        {**desk, "reads": ["items"], **pins},
    ]
    stores = [{"id": id, "access": "key-value"} for id in ("items", "own")]
    return {"title": "T", "components": components, "channels": [{"id": "news"}, MAILS], "stores": stores}


@pytest.mark.parametrize("compute", ["lambda", "ecs"])
@pytest.mark.parametrize("target", TARGETS)
def test_no_reader_sees_the_address_or_the_digest_that_is_in_the_result_of_a_call(
    book: Book, target: str, compute: str
) -> None:
    text = source(files_of(called(compute), book, target), target, "desk", "service")
    assert "recipient" in text
    assert "request_digest" in text
    assert "calc" in text
    if target == "cdk-typescript":
        assert "kept[field] = { ...shown(result)" in text
        return
    inner = {"id": "i1", "recipient": ANN, "request_digest": "x", "item": {"recipient": ANN}}
    item = {**inner, "owner": "everyone", "calc": inner}
    found = {"get": lambda id: item, "owned_by": lambda owner, after="": ([item], "")}
    desk = module(text, store_items=found)
    for shown in (desk["read"]("stranger", "i1"), desk["listing"]("everyone")):
        assert ANN not in str(shown)
        assert "request_digest" not in str(shown)


def test_the_response_to_a_sender_has_no_address_in_the_result_of_a_call(book: Book) -> None:
    text = files_of(called("lambda"), book)["src/api/service.py"]
    shown = module("Item = dict\n" + text[text.index("INSIDE =") : text.index("\n\n\ndef create")])
    exec(text[text.index("def _shown") :], shown)
    assert ANN not in str(shown["_shown"]({"id": "i1", "calc": {"id": "i1", "recipient": ANN}}))


def scheduled(store: str, reader: dict[str, Any], *, isolation: str = "", compute: str = "lambda") -> dict[str, Any]:
    """Return an API, and a schedule that aggregates its items into a data store that a reader lists."""
    pins = {"pins": {"compute": compute}, "packaging": "container-image"} if compute == "ecs" else {}
    nightly = {"id": "nightly", "trigger": "schedule", "schedule_expression": "rate(1 day)", "reads": ["items"], **pins}
    isolated = {"isolation": isolation} if isolation else {}
    components = [{**API, "reads": ["items"], "writes": ["items"], **isolated}, {**nightly, "writes": [store]}]
    stores = [{"id": id, "title": id.title(), "access": "key-value"} for id in ("items", "totals")]
    return {"title": "T", "components": [*components, *([reader] if reader else [])], "stores": stores}


@pytest.mark.parametrize("compute", ["lambda", "ecs"])
@pytest.mark.parametrize("isolation", ["", "per-tenant"])
@pytest.mark.parametrize("target", TARGETS)
def test_no_caller_finds_totals_over_all_owners(book: Book, target: str, isolation: str, compute: str) -> None:
    files = files_of(scheduled("items", {}, isolation=isolation, compute=compute), book, target)
    text = source(files, target, "nightly", "service")
    assert "internal:nightly" in text
    assert "everyone" not in text
    assert "the owner `internal:nightly`" in files["README.md"]


@pytest.mark.parametrize("target", TARGETS)
def test_those_who_list_a_data_store_of_totals_find_them(book: Book, target: str) -> None:
    desk = {"id": "desk", "trigger": "request", "authentication": "aws-iam", "reads": ["totals"]}
    files = files_of(scheduled("totals", desk), book, target)
    text = source(files, target, "nightly", "service")
    assert "everyone" in text
    assert "internal:nightly" not in text
    assert 'who lists "Totals"' in files["README.md"]
    isolated = files_of(scheduled("totals", {**desk, "isolation": "per-tenant"}), book, target)
    assert "everyone" not in source(isolated, target, "nightly", "service")


@pytest.mark.parametrize("target", TARGETS)
def test_no_caller_hides_an_item_from_the_totals(book: Book, target: str) -> None:
    text = source(files_of(scheduled("items", {}), book, target), target, "nightly", "service")
    if target == "cdk-typescript":
        assert "item.owner.startsWith('internal:')" in text
        assert "item.type ===" not in text
        return
    kept: list[dict[str, Any]] = []
    items = [{"id": "i1", "owner": "ann", "type": "nightly.summary", "count": 1000}]
    stored = {"read_all": lambda: iter([*items, *kept]), "put_once": kept.append}
    nightly = module(text, store_items=stored)
    assert nightly["run"]("r1")["sums"] == {"count": 1000}
    assert nightly["run"]("r2")["count"] == 1


def decided(*, owned: bool) -> dict[str, Any]:
    """Return an API and a workflow with an approval: of its callers' messages, or of files that nobody owns."""
    steps = {"steps": 2, "human_approval": True, "steps_before_approval": 1, "compensation": True}
    api = {**API, "reads": ["prices"], "writes": ["prices"], **({"publishes": ["news"]} if owned else {})}
    importing = {"id": "load", "trigger": "event", "event_source": "s3-object", "listens_to": "files"}
    components = [
        api,
        *([] if owned else [{**importing, "reads": ["files"], "publishes": ["news"]}]),
        {
            "id": "release",
            "trigger": "message",
            "listens_to": "news",
            "reads": ["prices"],
            "writes": ["prices"],
            **steps,
        },
    ]
    stores = [{"id": "prices", "access": "key-value"}, *([] if owned else [{"id": "files", "access": "objects"}])]
    return {"title": "T", "components": components, "channels": [{"id": "news"}], "stores": stores}


@pytest.mark.parametrize("target", TARGETS)
def test_no_caller_finds_who_rejected_work_without_an_owner(book: Book, target: str) -> None:
    text = source(files_of(decided(owned=False), book, target), target, "release", "service")
    if target == "cdk-typescript":
        assert "storePrices.putOnce({ ...note, owner: INTERNAL })" in text
        assert text.count("storePrices.putOnce(") == text.count("owner: INTERNAL })")
        return
    kept: list[dict[str, Any]] = []
    stored = {
        "put": kept.append,
        "put_once": kept.append,
        "set_result": lambda id, result: True,
        "get": lambda id: None,
    }
    release = module(text, store_prices=stored)
    release["close"]({"id": "m1"}, "rejected", "2026-01-03T10:00:00Z", "role/clerk: too dear")
    # Files come from nobody: a name in one of them is no owner.
    release["close"]({"id": "m2", "owner": "ann"}, "rejected", "2026-01-03T10:00:00Z", "role/clerk: too dear")
    assert [("clerk" in str(one), one["owner"]) for one in kept] == [(True, "internal:release")] * 2


@pytest.mark.parametrize("target", TARGETS)
def test_the_owner_of_an_item_does_not_see_who_rejected_it(book: Book, target: str) -> None:
    text = source(files_of(decided(owned=True), book, target), target, "api", "service")
    assert "release_result" in text
    if target == "cdk-typescript":
        assert "['decided_by', 'effect', 'reason'].includes(name)" in text
        return
    result = {"status": "rejected", "decided_by": "role/clerk", "reason": "too dear"}
    item = {"id": "i1", "owner": "ann", "reason": "broken", "release_result": result}
    api = module(
        text[text.index("DECIDED =") : text.index("\n# No id")]
        + "\nItem = dict\n"
        + text[text.index("def _shown") :].split("\n\n\n")[0]
    )
    assert api["_shown"](item) == {**item, "release_result": {"status": "rejected"}}


@pytest.mark.parametrize("compute", ["lambda", "ecs"])
@pytest.mark.parametrize("target", TARGETS)
def test_compensated_work_sends_no_email(book: Book, target: str, compute: str) -> None:
    pins = {"pins": {"compute": compute}, "packaging": "container-image"} if compute == "ecs" else {}
    flow = {"id": "flow", "trigger": "message", "listens_to": "news", "steps": 2, "compensation": True, **pins}
    said = {
        "title": "T",
        "components": [{**API, "publishes": ["news"]}, {**flow, "writes": ["results"], "publishes": ["mails"]}],
        "channels": [{"id": "news"}, MAILS],
        "stores": [{"id": "results", "access": "key-value"}],
    }
    files = files_of(said, book, target)
    text = source(files, target, "flow", "service")
    undo = text[text.index("def undo" if target != "cdk-typescript" else "function undo") :].split(
        "\n}" if target == "cdk-typescript" else "\n\n\n"
    )[0]
    assert "send(" in text
    assert ".send(" not in undo
    assert "the program sends no email about it" in files["README.md"]


@pytest.mark.parametrize(("logic", "same"), [("kept", False), ("sent", True)])
def test_the_readme_does_not_promise_the_first_item_where_none_is_kept(book: Book, logic: str, same: bool) -> None:
    kept = {"reads": ["items"], "writes": ["items"]} if logic == "kept" else {"publishes": ["news"]}
    worker = {"id": "w", "trigger": "message", "listens_to": "news", "writes": ["items"]}
    said = {
        "title": "T",
        "components": [{**API, **kept}, *([] if logic == "kept" else [worker])],
        "channels": [{"id": "news"}] if logic == "sent" else [],
        "stores": [{"id": "items", "access": "key-value"}],
    }
    text = files_of(said, book)["README.md"]
    assert ("the item that the first attempt created" in text) is not same


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("keeps", [True, False])
def test_a_program_signs_only_what_it_keeps(book: Book, target: str, keeps: bool) -> None:
    worker = {"id": "w", "trigger": "message", "listens_to": "news", "publishes": ["mails"], "uses_secrets": True}
    said = {
        "title": "T",
        "components": [{**API, "publishes": ["news"]}, {**worker, **({"writes": ["results"]} if keeps else {})}],
        "channels": [{"id": "news"}, MAILS],
        "stores": [{"id": "results", "access": "key-value"}] if keeps else [],
    }
    files = files_of(said, book, target)
    assert ("signature" in source(files, target, "w", "service")) is keeps
    assert ("does not use it" in files["README.md"]) is not keeps


def test_emails_about_messages_of_connections_are_warned_of(book: Book) -> None:
    hub = {**API, "id": "hub", "protocol": "websocket", "publishes": ["news"]}
    forward = {"id": "forward", "trigger": "message", "listens_to": "news", "publishes": ["mails"]}
    said = {"title": "T", "components": [hub, forward], "channels": [{"id": "news"}, MAILS]}
    found = [
        one for one in advise(make_requirements(said), book).decision.warnings if one.id == "emails-without-a-recipient"
    ]
    assert [one.subject for one in found] == ["hub"]
    assert "WebSocket" in found[0].sentence.en
    assert "WebSocket" in found[0].sentence.ja


def test_nobody_signs_in_to_the_program_for_messages_of_an_api(book: Book) -> None:
    hook = {"id": "hook", "trigger": "request", "authentication": "signature", "writes": ["kv"], "publishes": ["q"]}
    api = {
        **API,
        "trigger": ["request", "message"],
        "listens_to": "q",
        "protocol": "graphql",
        "reads": ["kv"],
        "writes": ["kv"],
    }
    machines = {"id": "adm", "trigger": "request", "authentication": "aws-iam", "protocol": "graphql"}
    said = {
        "title": "T",
        "components": [hook, api, {**machines, "reads": ["kv"], "writes": ["kv"]}],
        "channels": [{"id": "q"}],
        "stores": [{"id": "kv", "access": "key-value"}],
    }
    warnings = advise(make_requirements(said), book).decision.warnings
    about = [one for one in warnings if one.id in ("people-read-what-machines-send", "readers-find-no-items-of-others")]
    assert about
    assert not any("messages" in one.sentence.en for one in about)
    assert len({(one.id, one.sentence.en) for one in about}) == len(about) == 2


def settled(parts: bool, writes: str) -> dict[str, Any]:
    """Return a program that sends a message per account, and another one whose totals are in the store that is written."""
    spread = {"parallel_items": 4, "retries": True} if parts else {}
    nightly = {"trigger": "schedule", "longest_run_s": 60, "reads": ["accounts"]}
    components = [
        {**API, "reads": ["accounts"], "writes": ["accounts"]},
        {"id": "settle", **nightly, "publishes": ["payouts"], **spread},
        {"id": "totals", **nightly, "writes": [writes]},
        {"id": "payout", "listens_to": "payouts", "writes": ["ledger"]},
    ]
    stores = [{"id": id, "access": "key-value"} for id in ("accounts", "ledger", "reports")]
    payouts = {"id": "payouts", "carries": "work", "rate_average_rps": "20/s"}
    return {"title": "T", "components": components, "channels": [payouts], "stores": stores}


@pytest.mark.parametrize("parts", [False, True])
@pytest.mark.parametrize("target", TARGETS)
def test_totals_of_another_program_are_no_items(book: Book, target: str, parts: bool) -> None:
    mixed = source(files_of(settled(parts, "accounts"), book, target), target, "settle", "service")
    apart = source(files_of(settled(parts, "reports"), book, target), target, "settle", "service")
    assert "internal:" in mixed
    assert "internal:" not in apart
    if not parts or target == "cdk-typescript":
        return
    rows = [{"id": "a1", "owner": "user-1"}, {"id": "totals-1", "owner": "internal:totals"}]
    sent: list[Any] = []

    class Batches:
        def __init__(self, *_: Any) -> None: ...

        add, send = staticmethod(sent.append), staticmethod(lambda: None)

    found = module(
        mixed,
        batches={"Batches": Batches},
        channel_payouts={"send_all": None},
        event_id={"of": lambda message, *_: message["id"]},
        store_accounts={"read_part": lambda *_: iter([dict(row) for row in rows])},
        rows={"message_of": lambda item: item},
    )
    assert found["work"]({"id": "run-0", "index": 0, "size": 1}) == {"id": "run-0", "count": 1}
    assert [message["key"] for message in sent] == ["a1"]
