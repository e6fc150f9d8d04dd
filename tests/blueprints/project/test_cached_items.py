"""A cache beside a data store: after a change, no request brings the old version of an item back."""

from typing import Any

import pytest

from advisor.book import Book
from tests.blueprints.project.test_results_beside_items import TARGETS, files_of, source

STORES = [{"id": "data", "access": "key-value"}, {"id": "copies", "access": "cache"}]
SHOP = {"id": "shop", "trigger": "request", "logic": "code", "longest_run_s": "5 s"}


def _answers(*stores: str) -> dict[str, Any]:
    return {"components": [{**SHOP, "reads": [*stores], "writes": [*stores]}], "stores": STORES}


@pytest.mark.parametrize("target", TARGETS)
def test_a_copy_never_replaces_the_mark_of_a_change(book: Book, target: str) -> None:
    cache = source(files_of(_answers("data", "copies"), book, target), target, "shop", "store_copies")
    assert ("nx=True" in cache) or ("condition: 'NX'" in cache)
    assert not any(deletion in cache for deletion in (".delete(PREFIX", ".del(PREFIX"))


@pytest.mark.parametrize("target", TARGETS)
def test_a_cache_that_is_the_only_store_deletes_its_items(book: Book, target: str) -> None:
    cache = source(files_of(_answers("copies"), book, target), target, "shop", "store_copies")
    assert "CHANGED" not in cache
    assert any(deletion in cache for deletion in (".delete(PREFIX", ".del(PREFIX"))


def test_the_readme_says_when_an_old_version_is_served(book: Book) -> None:
    assert "An old version can be served for up to 60 s" in files_of(_answers("data", "copies"), book)["README.md"]
    assert "answers `GET /items/{id}` from the cache" not in files_of(_answers("copies"), book)["README.md"]


@pytest.mark.parametrize("target", TARGETS)
def test_a_cache_beside_a_store_that_others_write_holds_copies(book: Book, target: str) -> None:
    answers: dict[str, Any] = {
        "components": [
            {**SHOP, "reads": ["copies", "data"], "writes": ["copies"]},
            {"id": "keeper", "trigger": "schedule", "writes": ["data"]},
        ],
        "stores": STORES,
    }
    files = files_of(answers, book, target)
    service = source(files, target, "shop", "service")
    assert "store_data.owned_by(" in service or "storeData.ownedBy(" in service
    assert "_loaded(" in service or "loaded(" in service
    assert "def create(" not in service
    assert "function create(" not in service
    assert "is visible after at most 60 s" in files["README.md"]
