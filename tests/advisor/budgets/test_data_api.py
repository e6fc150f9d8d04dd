"""What a function reads through the RDS Data API: 64 KiB for each row. A response may be made of several reads."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.budgets import broken
from advisor.requirements import make_requirements


def found(book: Book, response: str, item: str) -> list[str]:
    api: dict[str, Any] = {
        "id": "api",
        "trigger": "request",
        "response_bytes": response,
        "reads": ["book"],
        "writes": ["book"],
    }
    store = {"id": "book", "access": "relational", "item_bytes": item}
    pins = {"api": {"compute": "lambda"}, "book": {"store": "aurora-serverless"}}
    raw = {"components": [{**api, "pins": pins["api"]}], "stores": [{**store, "pins": pins["book"]}]}
    design = advise(make_requirements(raw), book)
    edge = next(one for one in design.architecture.edges if one.target == "book.store" and one.source == "api.compute")
    return sorted(one.source for one in broken(design.architecture) if one.edge == edge.id)


@pytest.mark.parametrize(
    ("response", "item", "expected"),
    [
        ("1 MiB", "64 KiB", []),
        ("4 MiB", "64 KiB", []),
        ("1 MiB", "65 KiB", ["aurora-data-api-row"]),
    ],
)
def test_the_limits_of_the_data_api_apply_to_what_is_read(
    response: str, item: str, expected: list[str], book: Book
) -> None:
    assert found(book, response, item) == expected
