"""Whose items are: which stores callers list, which hold what is everyone's, and the index that a list needs."""

from typing import Any

import pytest

import rules
from advisor.advise import advise
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints.plan import plan_for
from blueprints.plan.callers.owners import holds_shared, listed_by_owner, looked_up, written_for_others
from blueprints.plan.statements import statements as statements_of
from blueprints.refusals import refusals
from blueprints.stack.assembly import stack_of

STORES = ("orders", "receipts", "totals", "trail")


def design_of(answers: dict[str, Any]) -> Design:
    return advise(make_requirements({"schema": 2, "title": "Orders", **answers}), rules.load_book())


@pytest.fixture(scope="module")
def orders() -> Design:
    asked = {"trigger": "request", "authentication": "sign-up"}
    components = [
        {"id": "api", **asked, "reads": ["orders", "receipts"], "writes": ["orders"], "publishes": ["placed"]},
        {"id": "work", "trigger": "message", "listens_to": "placed", "writes": ["receipts", "trail"]},
        {"id": "nightly", "trigger": "schedule", "reads": ["orders"], "writes": ["totals"]},
        {"id": "sums", **asked, "reads": ["totals"]},
    ]
    return design_of(
        {
            "components": [{"title": one["id"], **one} for one in components],
            "stores": [{"id": id, "title": id, "access": "key-value"} for id in STORES],
            "channels": [{"id": "placed", "title": "Placed", "carries": "work"}],
        }
    )


def test_callers_list_the_first_store_of_their_program(orders: Design) -> None:
    listed = {id for id in STORES if listed_by_owner(orders.architecture, f"{id}.store")}
    assert listed == {"orders", "totals"}


def test_what_no_caller_s_program_writes_may_be_everyone_s(orders: Design) -> None:
    shared = {id for id in STORES if holds_shared(orders.architecture, f"{id}.store")}
    assert shared == {"receipts", "totals", "trail"}


def test_a_store_beside_the_first_is_looked_up(orders: Design) -> None:
    assert [id for id in STORES if looked_up(orders.architecture, f"{id}.store")] == ["receipts"]


def test_only_tables_that_callers_list_have_an_index_and_the_permission_to_ask_it(orders: Design) -> None:
    plan = plan_for(orders)
    tables = {
        id: resource["Properties"].get("GlobalSecondaryIndexes", [])
        for id, resource in stack_of(plan, "en").resources.items()
        if resource["Type"] == "AWS::DynamoDB::Table"
    }
    indexed = {id: [index["IndexName"] for index in indexes] for id, indexes in tables.items() if indexes}
    assert indexed == {"OrdersTable": ["owner"], "TotalsTable": ["owner"]}
    asked = {
        (statement.edge, ref.suffix)
        for statements in statements_of(orders.architecture).values()
        for statement in statements
        if "dynamodb:Query" in statement.actions
        for ref in statement.resources
    }
    assert ("api.compute>read-write>orders.store", "/index/owner") in asked
    assert ("api.compute>read>receipts.store", "/index/owner") not in asked


def chain(*ways: tuple[str, str, str]) -> Design:
    """Return a design of components that each listen to a channel and publish to another."""
    components = [
        {"id": id, "title": id, "trigger": "message", "listens_to": heard, "publishes": [told]}
        for id, heard, told in ways
    ]
    channels = {id for _, *both in ways for id in both}
    listed = [{"id": id, "title": id, "carries": "work"} for id in sorted(channels)]
    return design_of({"components": components, "channels": listed})


def test_channels_that_lead_back_are_refused() -> None:
    refused = refusals(plan_for(chain(("a", "one", "two"), ("b", "two", "one"))))
    assert [(one.where, "infinite loop" in one.reason.en) for one in refused] == [("a.compute", True)]


def test_channels_that_lead_on_are_not_refused() -> None:
    assert refusals(plan_for(chain(("a", "one", "two"), ("b", "two", "three")))) == ()


@pytest.mark.parametrize(
    ("kinds", "publisher"),
    [(["email"], "scan.workflow"), (["email", "queue"], "scan.workflow"), (["queue"], "scan.compute")],
)
def test_people_hear_once_of_a_run_over_items(kinds: list[str], publisher: str) -> None:
    scan = {"id": "scan", "title": "Scan", "trigger": "schedule", "parallel_items": 30_000, "longest_run_s": "20 s"}
    design = design_of(
        {
            "components": [{**scan, "reads": ["files"], "publishes": ["done"]}],
            "stores": [{"id": "files", "title": "Files", "access": "objects"}],
            "channels": [
                {"id": "done", "title": "Done", "carries": "event", "destinations": [{"kind": k} for k in kinds]}
            ],
        }
    )
    assert [edge.source for edge in design.architecture.entering("done.messaging", "publish")] == [publisher]


@pytest.mark.parametrize(
    ("authentication", "reader", "shared"),
    [
        ("aws-iam", "sign-up", True),
        ("aws-iam", "none", True),
        ("aws-iam", "aws-iam", False),
        ("sign-up", "sign-up", False),
        ("existing-provider", "aws-iam", True),
        ("existing-provider", "sign-up", True),
        ("sign-up", "none", False),
    ],
)
@pytest.mark.parametrize("direct", [True, False])
def test_what_is_sent_and_read_with_different_kinds_of_identity_has_no_owner(
    authentication: str, reader: str, shared: bool, direct: bool
) -> None:
    asked = {"trigger": "request", "exposure": "partner"}
    sends = {"writes": ["orders"]} if direct else {"publishes": ["placed"]}
    keep = {"id": "keep", "trigger": "message", "listens_to": "placed", "writes": ["orders"]}
    components = [
        {"id": "ingest", **asked, "authentication": authentication, **sends},
        *([] if direct else [keep]),
        {"id": "show", **asked, "authentication": reader, "reads": ["orders"]},
    ]
    parts = {
        "components": [{"title": one["id"], **one} for one in components],
        "stores": [{"id": "orders", "title": "orders", "access": "key-value"}],
    }
    channels = [] if direct else [{"id": "placed", "title": "Placed", "carries": "work"}]
    architecture = design_of({**parts, "channels": channels}).architecture
    assert written_for_others(architecture, architecture.node("ingest.compute")) is shared
    if direct:
        assert holds_shared(architecture, "orders.store") is shared


def test_people_who_read_their_items_keep_them_although_machines_read_the_store() -> None:
    asked = {"trigger": "request", "exposure": "partner"}
    components = [
        {"id": "shop", **asked, "authentication": "sign-up", "reads": ["orders"], "writes": ["orders"]},
        {"id": "erp", **asked, "authentication": "aws-iam", "reads": ["orders"]},
    ]
    stores = [{"id": "orders", "title": "orders", "access": "key-value"}]
    design = design_of({"components": [{"title": one["id"], **one} for one in components], "stores": stores})
    assert not written_for_others(design.architecture, design.architecture.node("shop.compute"))
    assert "readers-find-no-items-of-others" in {warning.id for warning in design.decision.warnings}


def test_a_reader_that_asks_nobody_publishes_no_items_of_people_although_others_read_them() -> None:
    asked = {"trigger": "request", "exposure": "public"}
    components = [
        {"id": "shop", **asked, "authentication": "sign-up", "writes": ["orders"]},
        {"id": "open", **asked, "authentication": "none", "reads": ["orders"]},
        {"id": "desk", **asked, "authentication": "existing-provider", "exposure": "partner", "reads": ["orders"]},
    ]
    stores = [{"id": "orders", "title": "orders", "access": "key-value"}]
    design = design_of({"components": [{"title": one["id"], **one} for one in components], "stores": stores})
    assert not written_for_others(design.architecture, design.architecture.node("shop.compute"))
    hidden = [one for one in design.decision.warnings if one.id == "readers-find-no-items-of-others"]
    assert {one.sentence.en.split('"')[3] for one in hidden} == {"desk", "open"}
    assert "readers-share-no-identity-with-senders" not in {one.id for one in design.decision.warnings}


@pytest.mark.parametrize(("sender", "shared"), [({"api_keys": True}, True), ({"authentication": "sign-up"}, False)])
def test_what_callers_without_authentication_send_is_found_by_those_who_sign_in(sender: Any, shared: bool) -> None:
    ingest = {"id": "ingest", "title": "Ingest", "trigger": "request", "writes": ["rows"], **sender}
    desk = {"id": "desk", "title": "Desk", "trigger": "request", "authentication": "sign-up", "reads": ["rows"]}
    stores = [{"id": "rows", "title": "Rows", "access": "key-value"}]
    architecture = design_of({"components": [ingest, desk], "stores": stores}).architecture
    assert holds_shared(architecture, "rows.store") is shared
