"""The check `bounds`: what a project sets itself leaves what was asked, and each bound below it is found."""

import pytest

from tests.prove.behaviour.planting import Fault, Resources, one_of, rules_with
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]
CHECK = "bounds"


@pytest.mark.parametrize(
    "name",
    [
        "mobile-backend",
        "business-process-integration",
        "order",
        "async-coupling",
        "graphql-api",
        "kubernetes-migration",
    ],
)
def test_sound_projects_have_no_problem(stories: Stories, name: str) -> None:
    assert stories.project(name).rules_found_by(CHECK) == set()


def stopped(resources: Resources) -> None:
    one_of(resources, "AWS::Lambda::Function")["ReservedConcurrentExecutions"] = 0


def long_window(resources: Resources) -> None:
    one_of(resources, "AWS::Lambda::EventSourceMapping")["MaximumBatchingWindowInSeconds"] = 300


def one_write(resources: Resources) -> None:
    table = one_of(resources, "AWS::DynamoDB::Table", "Sums")
    table["BillingMode"] = "PROVISIONED"
    table["ProvisionedThroughput"] = {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}


def no_burst(resources: Resources) -> None:
    one_of(resources, "AWS::ApiGatewayV2::Stage")["DefaultRouteSettings"]["ThrottlingBurstLimit"] = 0


def any_depth(resources: Resources) -> None:
    one_of(resources, "AWS::AppSync::GraphQLApi")["QueryDepthLimit"] = 0


def few_addresses(resources: Resources) -> None:
    for part, block in (("PrivateSubnetA", "10.20.0.0/28"), ("PrivateSubnetB", "10.20.16.0/28")):
        one_of(resources, "AWS::EC2::Subnet", part)["CidrBlock"] = block


@pytest.mark.parametrize(
    ("name", "fault", "rule"),
    [
        ("mobile-backend", stopped, "few-reserved"),
        ("business-process-integration", long_window, "seen-again"),
        ("order", one_write, "fixed-capacity"),
        ("async-coupling", no_burst, "nothing-through"),
        ("graphql-api", any_depth, "unbounded-query"),
        ("kubernetes-migration", few_addresses, "few-addresses"),
    ],
)
def test_a_bound_that_is_too_low_is_found(stories: Stories, name: str, fault: Fault, rule: str) -> None:
    assert rules_with(stories.project(name), CHECK, fault) == {rule}
