"""What is said of the items in a store is said also where programs reach the store through a connection pool."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

TILLS = {"id": "tills", "trigger": "request", "authentication": "aws-iam", "publishes": ["sold"]}
POINTS = {"id": "points", "trigger": "message", "listens_to": "sold", "reads": ["orders"], "publishes": ["tiers"]}
TIER = {"id": "tier", "trigger": "message", "listens_to": "tiers", "writes": ["members"]}
API = {"id": "api", "trigger": "request", "authentication": "sign-up", "reads": ["members"], "writes": ["members"]}
SHOP = {"id": "shop", "trigger": "request", "authentication": "sign-up", "reads": ["orders"], "writes": ["orders"]}
HISTORY = {
    "id": "desk",
    "trigger": "request",
    "authentication": "sign-up",
    "reads": ["orders", "members"],
    "writes": ["orders"],
}


def warned(
    book: Book, pooled: bool, stores: dict[str, dict[str, Any]], *components: dict[str, Any]
) -> list[tuple[str, str, str]]:
    answers = {
        "components": list(components),
        "channels": [{"id": id, "carries": "work"} for id in ("sold", "tiers")],
        "stores": [
            {"id": id, "access": "relational", "database_engine": "postgresql", "connection_pool": pooled, **stated}
            for id, stated in stores.items()
        ],
    }
    design = advise(make_requirements(answers), book)
    roles = {node.role for node in design.architecture.nodes}
    assert ("proxy" in roles) is pooled
    return sorted((one.subject, one.id, one.sentence.en) for one in design.decision.warnings)


@pytest.mark.parametrize(
    ("stores", "components", "expected"),
    [
        ({"members": {}, "orders": {}}, (TILLS, POINTS, TIER, API, SHOP), "results-that-nobody-reads"),
        ({"members": {}, "orders": {}}, (TILLS, POINTS, TIER, API, SHOP), "reads-by-an-id-of-no-writer"),
        ({"members": {}}, (TILLS, {**TIER, "listens_to": "sold"}, API), "people-read-what-machines-send"),
        ({"members": {"keeps": "all"}, "orders": {}}, (TILLS, {**TIER, "listens_to": "sold"}, HISTORY), "looks-up-a-history"),
        (
            {"members": {}},
            (TILLS, {**TIER, "listens_to": "sold"}, {**API, "isolation": "per-tenant"}, {**TILLS, "id": "open", "authentication": "none"}),
            "tenants-find-no-items-of-callers-without-sign-in",
        ),
    ],
)  # fmt: skip
def test_a_connection_pool_hides_no_warning_about_items(
    stores: dict[str, dict[str, Any]], components: tuple[dict[str, Any], ...], expected: str, book: Book
) -> None:
    pooled = warned(book, True, stores, *components)
    assert expected in {id for _, id, _ in pooled}
    direct = {one for one in warned(book, False, stores, *components) if one[1] == expected}
    assert direct == {one for one in pooled if one[1] == expected}
