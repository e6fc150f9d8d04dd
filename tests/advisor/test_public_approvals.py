"""Approvals at a public endpoint are said where all stated endpoints are in the internal network."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

DESK: dict[str, Any] = {"id": "desk", "title": "Desk", "trigger": "request", "publishes": ["posted"]}
CASES: dict[str, Any] = {"id": "cases", "title": "Cases", "trigger": "message", "listens_to": "posted", "steps": 3}


@pytest.mark.parametrize(
    ("exposure", "approved", "warned"),
    [("private", True, True), ("private", False, False), ("public", True, False), ("partner", True, False)],
)
def test_a_public_endpoint_of_approvals_is_said_in_an_internal_design(
    exposure: str, approved: bool, warned: bool, book: Book
) -> None:
    raw = {
        "components": [
            {**DESK, "exposure": exposure},
            {**CASES, "writes": ["kept"], "human_approval": approved},
        ],
        "channels": [{"id": "posted", "carries": "event"}],
        "stores": [{"id": "kept", "access": "key-value"}],
    }
    warnings = advise(make_requirements(raw), book).decision.warnings
    said = [warning for warning in warnings if warning.id == "approvals-at-a-public-endpoint"]
    assert bool(said) is warned
    assert all('"Cases"' in one.sentence.en and "「cases」" not in one.sentence.ja for one in said)
