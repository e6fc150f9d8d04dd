"""Items that people have approved, or webhooks confirmed: their content stays, and the API and the README say so."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from tests.blueprints.project.test_results_beside_items import TARGETS, files_of, source

STORE = {"id": "orders", "access": "key-value"}
SHOP = {"id": "shop", "trigger": "request", "logic": "code", "reads": ["orders"], "writes": ["orders"]}
CHECK = {"id": "check", "trigger": "message", "listens_to": "placed", "reads": ["orders"], "writes": ["orders"]}


def _answers(shop: dict[str, Any] | None = None, **check: Any) -> dict[str, Any]:
    components = [{**SHOP, **(shop or {}), "publishes": ["placed"]}, {**CHECK, "steps": 2, "retries": True, **check}]
    return {"components": components, "channels": [{"id": "placed", "carries": "work"}], "stores": [STORE]}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("approved", [True, False])
def test_only_approvals_settle_an_item(book: Book, target: str, approved: bool) -> None:
    files = files_of(_answers(human_approval=approved), book, target)
    assert ("SETTLING" in source(files, target, "shop", "service")) is approved
    assert ("409" in source(files, target, "shop", "app")) is approved
    assert ("with 409" in files["README.md"]) is approved


@pytest.mark.parametrize("target", TARGETS)
def test_a_change_during_work_that_asks_again_is_allowed(book: Book, target: str) -> None:
    service = source(
        files_of(_answers(human_approval=True, steps_before_approval=1), book, target), target, "shop", "service"
    )
    settling = service.split("SETTLING", 1)[1].split("}", 1)[0]
    assert "running" in settling
    assert not {'"done"', "'done'"} & {*settling.replace(",", " ").split()}


@pytest.mark.parametrize("approved", [True, False])
def test_the_description_of_an_api_names_the_refusal(book: Book, approved: bool) -> None:
    design = advise(make_requirements(_answers({"validation": True}, human_approval=approved)), book)
    template = blueprints.build(design, "sam", lang="en", extras={})["template.yaml"].decode()
    assert ("in this version, or is in work" in template) is approved


@pytest.mark.parametrize("target", TARGETS)
def test_a_confirmed_item_stays_as_it_is(book: Book, target: str) -> None:
    paid = {
        "id": "paid",
        "trigger": "request",
        "exposure": "partner",
        "authentication": "signature",
        "writes": ["orders"],
    }
    files = files_of({"components": [SHOP, paid], "stores": [STORE]}, book, target)
    assert "paid_result" in source(files, target, "shop", "service").split("SETTLING", 1)[1].split("}", 1)[0]
