"""Search indexes that follow a table or messages: a deleted item is deleted there too, and the README says how."""

from typing import Any

import pytest

from advisor.book import Book
from tests.blueprints.project.test_results_beside_items import TARGETS, files_of, source

SHOP = {"id": "shop", "trigger": "request", "logic": "code", "longest_run_s": "5 s", "writes": ["orders"]}
INDEXER = {"id": "indexer", "trigger": "event", "longest_run_s": "20 s", "writes": ["copies"]}


def _answers(access: str = "search", *, news: bool = False) -> dict[str, Any]:
    told = {"listens_to": "news"} if news else {"listens_to": "orders", "event_source": "table-change"}
    return {
        "components": [
            {**SHOP, "reads": ["orders", "copies"], **({"publishes": ["news"]} if news else {})},
            {**INDEXER, **told},
        ],
        "channels": [{"id": "news", "carries": "event"}] if news else [],
        "stores": [{"id": "orders", "access": "key-value"}, {"id": "copies", "access": access}],
    }


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("news", [False, True])
def test_a_search_index_forgets_deleted_items(book: Book, target: str, news: bool) -> None:
    files = files_of(_answers(news=news), book, target)
    index = source(files, target, "indexer", "store_copies")
    assert ("def delete(" in index) or ("function remove(" in index)
    caller = source(files, target, "indexer", "service" if news else "app")
    assert "forget(" in caller
    assert "`src/indexer` deletes an item from" in files["README.md"]
    # Only messages can come in another order: their last version stays.
    assert ("does not add the item again" in files["README.md"]) is news
    assert "Copies and results of the item" not in files["README.md"]


@pytest.mark.parametrize("target", TARGETS)
def test_other_stores_keep_their_results(book: Book, target: str) -> None:
    files = files_of(_answers("key-value"), book, target)
    assert "forget" not in source(files, target, "indexer", "app") + source(files, target, "indexer", "service")
    assert "`src/indexer` deletes an item from" not in files["README.md"]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("access", "news", "reads", "said"),
    [("search", True, ["orders"], True), ("search", False, ["orders"], True), ("search", True, [], False),
     ("key-value", True, ["orders"], True), ("key-value", False, ["orders"], True), ("key-value", True, [], False)],
)  # fmt: skip
def test_nothing_is_stored_for_an_item_that_is_gone(
    book: Book, target: str, access: str, news: bool, reads: list[str], said: bool
) -> None:
    answers = _answers(access, news=news)
    answers["components"][1]["reads"] = reads
    service = source(files_of(answers, book, target), target, "indexer", "service")
    assert ("The item was deleted while its message waited" in service) is said


@pytest.mark.parametrize("target", TARGETS)
def test_an_item_that_another_sender_has_elsewhere_is_not_gone(book: Book, target: str) -> None:
    answers = _answers(news=True)
    answers["components"][1]["reads"] = ["orders"]
    other = {**SHOP, "id": "other", "reads": ["parts"], "writes": ["parts"], "publishes": ["news"]}
    answers["components"].append(other)
    answers["stores"].append({"id": "parts", "access": "key-value"})
    service = source(files_of(answers, book, target), target, "indexer", "service")
    assert "The item was deleted while its message waited" not in service


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("told", [False, True])
def test_an_index_that_another_component_searches_has_each_item_once(book: Book, target: str, told: bool) -> None:
    answers = _answers(news=True)
    shop, indexer = answers["components"]
    finder = {"id": "finder", "trigger": "request", "longest_run_s": "5 s", "reads": ["copies"]}
    more: dict[str, Any] = {"publishes": ["told"]} if told else {}
    answers["components"] = [{**shop, "reads": ["orders"]}, {**indexer, **more}, finder]
    # What pushes carry is told once for an item; the index follows each change.
    answers["channels"] += [{"id": "told", "carries": "event", "destinations": [{"kind": "push"}]}] if told else []
    files = files_of(answers, book, target)
    service = source(files, target, "indexer", "service")
    assert ("_once(" in service or "putOnce(" in service) is False
    assert "forget(" in service
    assert ("refresh(message)" in service) is told
    assert "`src/indexer` deletes an item from" in files["README.md"]


DESK = {"id": "desk", "trigger": "request", "reads": ["contracts"], "writes": ["contracts"], "publishes": ["submitted"]}
SIGN = {"id": "sign", "trigger": "message", "listens_to": "submitted", "longest_run_s": "1 min", "retries": True}
STEPS = {"steps": 3, "wait_s": "3 days", "compensation": True}


def _signing(*reads: str, **changed: Any) -> dict[str, Any]:
    return {
        "components": [DESK, {**SIGN, **STEPS, "reads": list(reads), "writes": ["signatures"], **changed}],
        "channels": [{"id": "submitted", "carries": "work", "duplicates_ok": False}],
        "stores": [{"id": "contracts"}, {"id": "signatures"}, {"id": "prices"}],
    }


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("compute", [{}, {"pins": {"compute": "lambda-durable"}}, {"longest_run_s": "40 min"}])
def test_no_step_works_on_an_item_that_was_deleted_meanwhile(book: Book, target: str, compute: dict[str, Any]) -> None:
    files = files_of(_signing("contracts", **compute), book, target)
    service = source(files, target, "sign", "service")
    assert "The item was deleted while its message waited, or after an earlier step" in service
    # A container returns nothing to the workflow that runs it.
    assert ("gone: true" in service or '"gone": True' in service) is ("longest_run_s" not in compute)
    # Undoing adds nothing of the item either.
    assert "return note" in service.partition("The item was deleted meanwhile")[0][-40:]


@pytest.mark.parametrize("target", TARGETS)
def test_an_item_that_is_looked_up_elsewhere_tells_nothing_of_the_item(book: Book, target: str) -> None:
    service = source(files_of(_signing("prices"), book, target), target, "sign", "service")
    assert "deleted" not in service


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("steps", [{}, STEPS])
def test_another_system_acts_for_no_item_that_is_gone(book: Book, target: str, steps: dict[str, Any]) -> None:
    answers = _signing("contracts", uses_secrets=True)
    answers["components"][1] = {**SIGN, **steps, "uses_secrets": True, "reads": ["contracts"], "writes": ["signatures"]}
    files = files_of(answers, book, target)
    service = source(files, target, "sign", "service")
    guard, act = service.index("GoneAfterEffect("), service.index("effects.once(")
    assert guard < act
    assert "class GoneAfterEffect" in source(files, target, "sign", "effects")
