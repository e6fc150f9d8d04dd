"""What callers read without a program: only items that everyone may read who knows an id."""

from typing import Any

import pytest

from advisor.book import Book
from advisor.book.dated import dated
from advisor.requirements import make_requirements
from advisor.requirements.answers import answers_of
from advisor.verdict import decide_workload

STORE = {"id": "orders", "access": "key-value"}
TENANTS = {"id": "tenants", "trigger": "request", "authentication": "sign-up", "writes": ["orders"]}


@pytest.mark.parametrize(
    ("api", "tenants", "program"),
    [
        ({"authentication": "none"}, {}, False),
        ({"authentication": "aws-iam"}, {}, False),
        ({"authentication": "sign-up"}, {}, True),
        ({"authentication": "existing-provider"}, {}, True),
        ({"authentication": "none", "isolation": "per-tenant"}, {}, True),
        # Beside isolated tenants, an API without sign-in returned each of their items by its id.
        ({"authentication": "none"}, {"isolation": "per-tenant"}, True),
        ({"authentication": "none", "reads": []}, {"isolation": "per-tenant"}, False),
        ({"authentication": "sign-up", "protocol": "graphql"}, {"isolation": "per-tenant"}, False),
    ],
)
def test_an_integration_reads_no_items_that_have_owners(
    book: Book, api: dict[str, Any], tenants: dict[str, Any], program: bool
) -> None:
    open_api = {"id": "open", "trigger": "request", "logic": "none", "reads": ["orders"], "writes": ["orders"], **api}
    raw = {"components": [open_api, {**TENANTS, **tenants}], "stores": [STORE]}
    verdict = decide_workload(answers_of(make_requirements(raw)), dated(book))
    assert (verdict.services["open"]["compute"] != "none") is program
