"""Statements of a key policy that nothing under the key needs are found."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.sam_projects import write_project

GIVEN = {
    "workload": {"customer_managed_keys": True},
    "components": [
        {"id": "api", "trigger": "request", "reads": ["claims"], "writes": ["claims"], "publishes": ["work"]},
        {"id": "worker", "trigger": "message", "listens_to": "work", "writes": ["results"]},
    ],
    "channels": [{"id": "work"}],
    "stores": [{"id": "claims", "access": "key-value"}, {"id": "results", "access": "objects"}],
}


def statement(resources: dict[str, Any], sid: str) -> dict[str, Any]:
    found = (one for one in resources["DataKey"]["Properties"]["KeyPolicy"]["Statement"] if one["Sid"] == sid)
    return next(found)  # type: ignore[no-any-return]


def grants_without_a_service(resources: dict[str, Any]) -> None:
    del statement(resources, "AllowGrantsToServices")["Condition"]["Bool"]


def grants_beside_uses(resources: dict[str, Any]) -> None:
    statement(resources, "AllowUseThroughServices")["Action"].append("kms:CreateGrant")


def another_service(resources: dict[str, Any]) -> None:
    allowed = statement(resources, "AllowUseThroughServices")["Condition"]["StringEquals"]["kms:ViaService"]
    allowed.append({"Fn::Sub": "rds.${AWS::Region}.amazonaws.com"})


def grants_through_a_queue(resources: dict[str, Any]) -> None:
    allowed = statement(resources, "AllowGrantsToServices")["Condition"]["StringEquals"]["kms:ViaService"]
    allowed.append({"Fn::Sub": "sqs.${AWS::Region}.amazonaws.com"})


def encrypts_itself(resources: dict[str, Any]) -> None:
    statement(resources, "AllowUseThroughServices")["Action"].append("kms:Encrypt")


def topics_deliver(resources: dict[str, Any]) -> None:
    resources["DataKey"]["Properties"]["KeyPolicy"]["Statement"].append(
        {
            "Sid": "SnsDelivers",
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": ["kms:Decrypt"],
            "Resource": "*",
        }
    )


@pytest.mark.parametrize(
    "wider",
    [
        grants_without_a_service,
        grants_beside_uses,
        another_service,
        grants_through_a_queue,
        encrypts_itself,
        topics_deliver,
    ],
)
def test_a_statement_that_is_wider_than_needed_is_found(
    wider: Callable[[dict[str, Any]], None], tmp_path: Path
) -> None:
    written = write_project(GIVEN, tmp_path / "project")
    assert written.rules_found_by("keys") == set()
    written.plant(wider)
    assert written.rules_found_by("keys") == {"wide-key-statement"}


def test_the_instances_of_a_cluster_need_no_statement(tmp_path: Path) -> None:
    """They are encrypted as their cluster is, through which nobody decrypts."""
    stores = [{"id": "claims", "pins": {"store": "aurora-serverless"}}, *GIVEN["stores"][1:]]  # type: ignore[index]
    project = write_project({**GIVEN, "stores": stores}, tmp_path / "claims")
    assert project.rules_found_by("keys") == set()
    project.plant(another_service)
    assert project.rules_found_by("keys") == {"wide-key-statement"}


#: Stores under keys of AWS beside a topic of an AWS service, which alone is under a key of the stack.
OPENED = {
    "components": [
        {"id": "api", "trigger": "request", "reads": ["claims"], "writes": ["claims", "found"]},
        {"id": "search", "trigger": "request", "reads": ["found"]},
        {"id": "worker", "trigger": "message", "listens_to": "alerts", "writes": ["claims"]},
    ],
    "channels": [{"id": "alerts", "source": "aws-service", "pins": {"messaging": "sns"}}],
    "stores": [
        {"id": "claims", "access": "relational", "pins": {"store": "aurora-dsql"}},
        {"id": "found", "access": "vectors", "pins": {"store": "s3-vectors"}},
    ],
}


@pytest.mark.parametrize("named", [False, True], ids=["keys-of-aws", "own-keys"])
def test_a_key_admits_only_services_whose_data_is_under_it(named: bool, tmp_path: Path) -> None:
    project = write_project({**OPENED, "workload": {"customer_managed_keys": named}}, tmp_path / "project")
    assert project.rules_found_by("keys") == set()
    policy = str(project.evidence.stack.resources["DataKey"].properties["KeyPolicy"])
    assert ("dsql.amazonaws.com" in policy, "indexing.s3vectors.amazonaws.com" in policy) == (named, named)
