"""Every connection that the target knows: alone, and with others in apps that synthesise."""

import ast
from collections.abc import Mapping
from typing import Any

import pytest

from advisor.book import Book
from advisor.design import Design
from blueprints import cdk
from blueprints.plan import Plan, plan_for
from blueprints.refusals import unmade
from blueprints.stack.registry import connections
from tests.blueprints.cdk.triples import Triple, design_of
from tests.blueprints.sam.test_connections import UNCONFINED
from tests.blueprints.templates import identity_statements, listed, of_type, walk

KEYS = list(connections())


@pytest.mark.parametrize("key", KEYS, ids=" ".join)
def test_a_connection_compiles_alone(key: Triple, designs: Mapping[str, Design], book: Book) -> None:
    if key not in book.connections:
        pytest.skip("the book does not connect these")
    plan = plan_for(design_of(designs["dynamic-web-api"], book, "Alone", [key]))
    assert unmade(plan) == ()
    for path, source in cdk.files(plan, "en").items():
        assert not path.endswith(".py") or ast.parse(source)


def test_connections_together_synthesise(synthesised: Mapping[str, Any], connection_plans: Mapping[str, Plan]) -> None:
    assert set(connection_plans) < set(synthesised)


def test_connections_together_allow_nothing_by_a_wildcard(
    synthesised: Mapping[str, Any], connection_plans: Mapping[str, Plan]
) -> None:
    for name, plan in connection_plans.items():
        assert not list(of_type(synthesised[name], "AWS::IAM::Policy"))
        for role, statement in identity_statements(synthesised[name]):
            named = [] if {*listed(statement["Action"])} <= UNCONFINED else listed(statement["Resource"])
            assert "*" not in named, role
            assert all("*" not in action for action in listed(statement["Action"])), role
        planned = {planned_statement.sid for statements in plan.grants.values() for planned_statement in statements}
        assert planned <= {statement["Sid"] for _, statement in identity_statements(synthesised[name])}


def test_an_existing_vpc_and_cluster_are_used_and_not_made(
    synthesised: Mapping[str, Any], connection_plans: Mapping[str, Plan]
) -> None:
    with_existing_vpc = {
        name for name, plan in connection_plans.items() if plan.network is not None and plan.network.existing
    }
    assert with_existing_vpc
    for name, plan in connection_plans.items():
        assert bool(list(of_type(synthesised[name], "AWS::EC2::VPC"))) == (
            plan.network is not None and name not in with_existing_vpc
        )
        if "cluster" in plan.existing:
            assert not list(of_type(synthesised[name], "AWS::ECS::Cluster", "AWS::EKS::Cluster"))


#: Resource type -> the property that names the key of its data.
KEY_PROPERTIES = {
    "AWS::SQS::Queue": "KmsMasterKeyId",
    "AWS::SNS::Topic": "KmsMasterKeyId",
    "AWS::Logs::LogGroup": "KmsKeyId",
    "AWS::RDS::DBCluster": "KmsKeyId",
    "AWS::ECR::Repository": "EncryptionConfiguration",
    "AWS::DynamoDB::Table": "SSESpecification",
    "AWS::Kinesis::Stream": "StreamEncryption",
}


def test_keys_of_the_customer_encrypt_all_data_where_they_are_asked_for(
    synthesised: Mapping[str, Any], own_keys: Mapping[str, Plan]
) -> None:
    for name in own_keys:
        template = synthesised[name]
        keys = dict(of_type(template, "AWS::KMS::Key"))
        (data_key,) = [id for id in keys if id.startswith("DataKey")]
        key_arn = {"Fn::GetAtt": [data_key, "Arn"]}
        for type, property in KEY_PROPERTIES.items():
            for id, properties in of_type(template, type):
                alarms = template["Resources"][id]["Metadata"]["aws:cdk:path"].split("/")[1] == "Monitoring"
                assert alarms or key_arn in walk(properties[property]), id
        for _, key in of_type(template, "AWS::KMS::Key"):
            for statement in key["KeyPolicy"]["Statement"]:
                assert not [action for action in listed(statement["Action"]) if "*" in action]
