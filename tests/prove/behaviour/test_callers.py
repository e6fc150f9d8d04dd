"""The check `callers`: who asks stays who asks, and each way to pass for another is found."""

import pytest

from tests.prove.behaviour.planting import Fault, Resources, one_of, rules_after, rules_with
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]
CHECK = "callers"


@pytest.mark.parametrize(
    "name",
    ["dynamic-web-api", "relational-web-app", "scheduled-batch", "container-on-ec2", "container-web-service",
     "kubernetes-jobs", "kubernetes-migration", "private-business-api"],
)  # fmt: skip
def test_sound_projects_have_no_problem(stories: Stories, name: str) -> None:
    assert stories.project(name).rules_found_by(CHECK) == set()


def cached(resources: Resources) -> None:
    for path in one_of(resources, "AWS::ApiGateway::RestApi")["Body"]["paths"].values():
        path.get("get", {}).get("x-amazon-apigateway-integration", {}).pop("cacheKeyParameters", None)


def any_site(resources: Resources) -> None:
    one_of(resources, "AWS::ApiGatewayV2::Api")["CorsConfiguration"]["AllowOrigins"] = ["*"]


def any_account(resources: Resources) -> None:
    del one_of(resources, "AWS::IAM::Role", "ScheduleRole")["AssumeRolePolicyDocument"]["Statement"][0]["Condition"]


def as_host(resources: Resources) -> None:
    data = one_of(resources, "AWS::EC2::LaunchTemplate")["LaunchTemplateData"]["UserData"]["Fn::Base64"]
    data["Fn::Sub"] = data["Fn::Sub"].replace("ECS_AWSVPC_BLOCK_IMDS=true", "ECS_LOGLEVEL=info")


def past_the_balancer(resources: Resources) -> None:
    rule = one_of(resources, "AWS::EC2::SecurityGroup", "WebTask")["SecurityGroupIngress"][0]
    del rule["SourceSecurityGroupId"]
    rule["CidrIp"] = "10.20.0.0/16"


@pytest.mark.parametrize(
    ("name", "fault", "rule"),
    [
        ("dynamic-web-api", cached, "cached-for-others"),
        ("relational-web-app", any_site, "any-site"),
        ("scheduled-batch", any_account, "any-account"),
        ("container-on-ec2", as_host, "task-as-host"),
        ("container-web-service", past_the_balancer, "around-the-balancer"),
    ],
)
def test_a_way_to_pass_for_another_is_found(stories: Stories, name: str, fault: Fault, rule: str) -> None:
    assert rules_with(stories.project(name), CHECK, fault) == {rule}


def test_policies_that_nothing_enforces_are_found(stories: Stories) -> None:
    find, put = "enable-network-policy-controller: 'true'", "enable-network-policy-controller: 'false'"
    found = rules_after(stories.project("kubernetes-jobs"), CHECK, "kubernetes/base/shared.yaml", find, put)
    assert found == {"not-enforced"}
