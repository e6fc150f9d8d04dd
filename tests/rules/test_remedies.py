"""A risk whose remedy the design already has is no risk: it is explained, and not listed among the warnings."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

API = {"id": "api", "trigger": "request"}
STORE = {"stores": [{"id": "data", "access": "relational"}]}


def warned(book: Book, raw: dict[str, Any]) -> set[str]:
    """Return the ids of the warnings about a design."""
    return {warning.id for warning in advise(make_requirements(raw), book).decision.warnings}


@pytest.mark.parametrize(
    ("remedied", "raw"),
    [
        ("functions-open-many-connections", {"components": [{**API, "writes": ["data"]}], **STORE}),
        (
            "idle-vpc-endpoints-are-charged",
            {"workload": {"must": ["nothing-while-idle"]}, "components": [{**API, "writes": ["data"]}], **STORE},
        ),
        (
            "paused-databases-wake-slowly",
            {"components": [API], "stores": [{**STORE["stores"][0], "shape": "rare", "always_awake": True}]},
        ),
        (
            "rates-are-limited-by-apis",
            {"components": [{**API, "protocol": "graphql", "throttling": True, "waf": True}]},
        ),
        (
            "websocket-cognito-needs-an-authorizer",
            {"components": [{**API, "protocol": "websocket", "authentication": "sign-up"}]},
        ),
        (
            "deployments-stop-tasks-after-two-minutes",
            {
                "components": [{"id": "job", "trigger": "message", "listens_to": "jobs", "longest_run_s": "40 min"}],
                "channels": [{"id": "jobs"}],
            },
        ),
        (
            "topics-do-not-delay",
            {
                "components": [{"id": n, "trigger": "message", "listens_to": "news"} for n in ("mail", "search")],
                "channels": [{"id": "news", "carries": "event", "delay_s": 60}],
            },
        ),
        (
            "own-keys-open-to-senders",
            {
                "workload": {"customer_managed_keys": True},
                "components": [{"id": n, "trigger": "message", "listens_to": "news"} for n in ("mail", "search")],
                "channels": [{"id": "news", "carries": "event"}],
            },
        ),
    ],
)
def test_a_remedy_of_the_design_is_no_risk(remedied: str, raw: dict[str, Any], book: Book) -> None:
    assert remedied in {rule.id for rule in book.rules}
    assert remedied not in warned(book, raw)


def test_a_risk_without_its_remedy_stays(book: Book) -> None:
    endpoint = {**API, "protocol": "graphql", "throttling": True}
    assert "rates-are-limited-by-apis" in warned(book, {"components": [endpoint]})
