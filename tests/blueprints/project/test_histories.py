"""A store that keeps all records has one of each message, also beside a store with the latest states that callers read with it."""

import re
from typing import Any

import pytest

from advisor.book import Book
from tests.blueprints.project.test_results_beside_items import TARGETS, files_of, source

STORES: dict[str, dict[str, Any]] = {
    "table": {"access": "key-value"},
    "rows": {"access": "relational"},
    "pool": {"access": "relational", "connection_pool": True},
    "index": {"access": "search"},
}


def answers(target: str, store: dict[str, Any], reads: list[str], *more: dict[str, Any]) -> dict[str, Any]:
    parts: list[dict[str, Any]] = [
        {
            "id": "worker",
            "trigger": "stream",
            "listens_to": "readings",
            "longest_run_s": "5 s",
            "writes": ["state", "history"],
        },
        {"id": "api", "trigger": "request", "authentication": "sign-up", "reads": reads},
        *more,
    ]
    return {
        "components": [{**one, "language": "nodejs"} if target == "cdk-typescript" else one for one in parts],
        "channels": [{"id": "readings", "carries": "records", "ordering": "per-key"}],
        "stores": [{"id": "state", "keeps": "latest"}, {"id": "history", "keeps": "all", **store}],
    }


def flat(files: dict[str, str], target: str, program: str) -> str:
    return source(files, target, program, "service").replace("storeHistory", "store_history")


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("store", STORES)
def test_each_record_stays_and_is_shown_with_its_item(book: Book, store: str, target: str) -> None:
    files = files_of(answers(target, STORES[store], ["state", "history"]), book, target)
    kept, shown = flat(files, target, "worker"), flat(files, target, "api")
    assert "store_history.put_once({**result," in kept or "store_history.putOnce({ ...result," in kept
    assert "store_history.put(" not in kept
    assert "about:{about}" in kept or "about:${about}" in kept
    assert "store_history.owned_by(" in shown or "store_history.ownedBy(" in shown
    assert "store_history.get(" not in shown


@pytest.mark.parametrize("target", TARGETS)
def test_each_record_stays_in_a_bucket(book: Book, target: str) -> None:
    files = files_of(answers(target, {"access": "objects"}, ["state"]), book, target)
    kept = flat(files, target, "worker")
    assert "store_history.put_once({**result," in kept or "store_history.putOnce({ ...result," in kept
    assert "store_history.put(" not in kept
    # A record of its own replaces nothing, so that nothing is read.
    assert "s3:GetObject" not in files["docs/iam.md"]


def test_records_that_another_program_reads_too_keep_the_owners_of_callers(book: Book) -> None:
    nightly = {"id": "nightly", "trigger": "schedule", "longest_run_s": "60 s", "reads": ["history"]}
    files = files_of(answers("sam", STORES["table"], ["state", "history"], nightly), book)
    kept = flat(files, "sam", "worker")
    assert "store_history.put_once({**result," in kept
    assert 'f"about:' not in kept
    assert "store_history.get(" in flat(files, "sam", "api")


@pytest.mark.parametrize("store", ["rows", "pool"])
def test_a_store_behind_a_pool_keeps_the_latest_as_one_without(book: Book, store: str) -> None:
    stated = answers("sam", STORES[store], ["history"])
    stated["stores"] = [{"id": "state"}, {"id": "history", **STORES[store], "keeps": "latest"}]
    assert "store_history.put(" in flat(files_of(stated, book), "sam", "worker")


@pytest.mark.parametrize("target", TARGETS)
def test_the_test_of_a_paused_cluster_asks_for_records_by_owner(book: Book, target: str) -> None:
    paused = {**STORES["rows"], "pins": {"store": "aurora-serverless"}}
    files = files_of(answers(target, paused, ["state", "history"]), book, target)
    asked = [text for path, text in files.items() if path.startswith("tests/") and "api" in path and "resuming" in text]
    assert len(asked) == 1
    assert not re.search(r"(module|program\.storeHistory)\.put\(", asked[0])
    assert "module.owned_by(" in asked[0] or "program.storeHistory.ownedBy('none')" in asked[0]
