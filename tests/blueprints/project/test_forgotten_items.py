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
     ("key-value", True, ["orders"], False)],
)  # fmt: skip
def test_an_index_stores_nothing_for_an_item_that_is_gone(
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
