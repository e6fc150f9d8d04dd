"""Approvals in generated projects: one endpoint for all that asks, and names that no part of a workload shares."""

from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from tests.blueprints.translation import parsed

STEPS = {"trigger": "schedule", "steps": 2, "human_approval": True, "longest_run_s": "20 s"}
CODE = {
    **STEPS,
    "trigger": "event",
    "event_source": "own-application",
    "longest_run_s": "2 days",
    "typical_run_s": "1 min",
}


def design(*components: dict[str, Any], **more: Any) -> Design:
    return advise(make_requirements({"schema": 2, "components": list(components), **more}), rules.load_book())


@pytest.fixture(scope="module")
def both() -> Design:
    """A state machine and a durable function that ask, among parts that are called as the endpoint is."""
    in_code = {**CODE, "id": "refund", "pins": {"compute": "lambda-durable"}}
    return design(
        {**STEPS, "id": "approvals", "writes": ["kept"]}, in_code, stores=[{"id": "kept", "access": "key-value"}]
    )


def template(made: Design) -> dict[str, Any]:
    resources: dict[str, Any] = parsed(blueprints.build(made, "sam", lang="en", extras={}))["Resources"]
    return resources


def test_one_endpoint_stands_for_all_that_asks(both: Design) -> None:
    approvals = plan_for(both).approvals
    assert approvals is not None
    assert [node.subject for node in approvals.askers] == ["approvals", "refund"]
    resources = template(both)
    assert [id for id, one in resources.items() if one["Type"] == "AWS::ApiGatewayV2::Api"] == ["ApprovalsApi"]
    sids = {s["Sid"] for s in resources["ApprovalsFunction"]["Properties"]["Policies"][0]["Statement"]}
    assert sids == {"KeepApprovalRequests", "NotifyApprover", "CompleteTasks", "CompleteCallbacks"}


def test_parts_of_a_workload_that_are_called_so_have_other_names(both: Design) -> None:
    resources = template(both)
    assert resources["ApprovalsFunction"]["Metadata"]["Advisor"] == {"group": "cloud"}
    assert resources["ApprovalsFunction2"]["Metadata"]["Advisor"]["node"] == "approvals.compute"
    files = blueprints.build(both, "sam", lang="en", extras={})
    assert {
        "src/approvals/app.py",
        "src/approvals-2/app.py",
        "tests/test_approvals.py",
        "tests/test_approvals_2.py",
    } <= {*files}


def test_every_route_asks_for_a_signature(both: Design) -> None:
    routes = [one["Properties"] for one in template(both).values() if one["Type"] == "AWS::ApiGatewayV2::Route"]
    assert [route["RouteKey"] for route in routes] == ["GET /{request}", "POST /{request}"]
    assert {route["AuthorizationType"] for route in routes} == {"AWS_IAM"}


def test_the_table_of_permissions_names_the_endpoint(both: Design) -> None:
    rows = [row for row in permissions_of(plan_for(both)) if row.role == "ApprovalsFunctionRole"]
    assert {action for row in rows for action in row.actions} >= {"states:SendTaskSuccess", "dynamodb:UpdateItem"}


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("target", ["sam", "cdk-python", "cdk-typescript"])
def test_the_readme_says_how_a_person_decides(both: Design, target: str, lang: Any) -> None:
    files = blueprints.build(both, target, lang=lang, extras={})
    readme, makefile = files["README.md"].decode(), files["Makefile"].decode()
    assert "make reject LINK=https://... REASON=" in readme
    assert "send-task-success" not in readme
    assert "\napprove reject: linked\n" in makefile


def test_who_asks_nobody_has_no_endpoint() -> None:
    made = design({**STEPS, "id": "work", "human_approval": False})
    assert plan_for(made).approvals is None
    assert "ApprovalsApi" not in template(made)
    assert "approve" not in blueprints.build(made, "sam", lang="en", extras={})["Makefile"].decode()
