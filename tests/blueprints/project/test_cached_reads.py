"""Responses behind CloudFront: what everybody may read says how long it is kept, and everything else is kept nowhere."""

from typing import Any

import pytest

from advisor.book import Book
from tests.blueprints.project.test_results_beside_items import TARGETS, files_of, source

PUBLIC = "public, max-age=5, s-maxage=30"
NO_STORE = "no-store"


def answers(**answers: Any) -> dict[str, Any]:
    """Return a component that CloudFront delivers."""
    shop = {"id": "shop", "title": "Shop", "trigger": "request", "cdn": True, "writes": ["things"], **answers}
    return {"title": "T", "components": [shop], "stores": [{"id": "things", "title": "Things", "access": "key-value"}]}


@pytest.mark.parametrize(
    ("access", "cached"),
    [
        ({"authentication": "none", "reads": ["things"]}, True),
        ({"authentication": "sign-up", "open_reads": True, "reads": ["things"]}, True),
        ({"authentication": "sign-up", "reads": ["things"]}, False),
        ({"authentication": "signature"}, False),
        ({"authentication": "none"}, False),
        ({"authentication": "none", "reads": ["things"], "cdn": False}, None),
    ],
)
@pytest.mark.parametrize("target", TARGETS)
def test_only_reads_that_depend_on_no_caller_are_cached(
    book: Book, target: str, access: dict[str, Any], cached: bool | None
) -> None:
    files = files_of(answers(**access), book, target)
    app = source(files, target, "shop", "app")
    assert (PUBLIC in app) is bool(cached)
    assert (NO_STORE in app) is (cached is not None)
    tested = files["tests/shop.test.ts" if target == "cdk-typescript" else "tests/test_shop.py"]
    assert ("A response to a change, or to any other request, is never stored." in tested) is bool(cached)
    assert ("which are the same for all callers" in files["README.md"]) is bool(cached)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("access", "cached"), [({"authentication": "none"}, True), ({"authentication": "sign-up"}, False)]
)
def test_servers_cache_no_other_response_either(book: Book, target: str, access: dict[str, Any], cached: bool) -> None:
    given = answers(reads=["things"], packaging="container-image", portability=True, **access)
    main = source(files_of(given, book, target), target, "shop", "main")
    assert (PUBLIC in main) is cached
    assert NO_STORE in main
