"""The check `updates`: a second release takes the place of the first, and each thing that keeps it from that is found."""

import pytest

from tests.prove.behaviour.planting import Fault, Resources, id_of, one_of, rules_after, rules_with
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]
CHECK = "updates"
SERVICE, FUNCTION = "AWS::ECS::Service", "AWS::Lambda::Function"
SHOP = "kubernetes/base/shop.yaml"


@pytest.mark.parametrize(
    "name",
    ["container-web-service", "container-on-ec2", "web-application", "order", "durable", "kubernetes-migration", "realtime-chat"],
)  # fmt: skip
def test_sound_projects_have_no_problem(stories: Stories, name: str) -> None:
    assert stories.project(name).rules_found_by(CHECK) == set()


def no_room(resources: Resources) -> None:
    one_of(resources, SERVICE)["DeploymentConfiguration"]["MaximumPercent"] = 100


def stops_all(resources: Resources) -> None:
    one_of(resources, SERVICE)["DeploymentConfiguration"]["MinimumHealthyPercent"] = 0


def family(resources: Resources) -> None:
    one_of(resources, SERVICE)["TaskDefinition"] = {"Fn::Sub": "${AWS::StackName}_web"}


def one_image(resources: Resources) -> None:
    policy = one_of(resources, "AWS::ECR::Repository")["LifecyclePolicy"]
    policy["LifecyclePolicyText"] = policy["LifecyclePolicyText"].replace('"countNumber": 20', '"countNumber": 1')


def first_hosts(resources: Resources) -> None:
    one_of(resources, "AWS::AutoScaling::AutoScalingGroup")["LaunchTemplate"]["Version"] = "1"


def not_deployed(resources: Resources) -> None:
    one_of(resources, "AWS::ApiGatewayV2::Stage")["AutoDeploy"] = False


def called(resources: Resources) -> None:
    one_of(resources, "AWS::DynamoDB::Table")["TableName"] = "ledger"


def unversioned(resources: Resources) -> None:
    starter = one_of(resources, FUNCTION, "Starter")["Environment"]["Variables"]
    starter["CLAIMS_FUNCTION_ARN"] = {"Fn::GetAtt": [id_of(resources, FUNCTION, "ClaimsFunction"), "Arn"]}


@pytest.mark.parametrize(
    ("name", "fault", "rule"),
    [
        ("container-web-service", no_room, "no-room"),
        ("container-web-service", stops_all, "stops-everything"),
        ("container-web-service", family, "no-revision"),
        ("container-web-service", one_image, "image-expires"),
        ("container-on-ec2", first_hosts, "fixed-hosts"),
        ("web-application", not_deployed, "not-deployed"),
        ("order", called, "fixed-name"),
        ("durable", unversioned, "unversioned"),
    ],
)
def test_a_fault_of_the_template_is_found(stories: Stories, name: str, fault: Fault, rule: str) -> None:
    assert rules_with(stories.project(name), CHECK, fault) == {rule}


ROLLING = "    rollingUpdate:\n      maxSurge: 25%\n      maxUnavailable: 0\n"


@pytest.mark.parametrize(
    ("name", "path", "find", "put", "rule"),
    [
        ("durable", "template.yaml", "      AutoPublishAliasAllProperties: true\n", "", "unpublished"),
        ("kubernetes-migration", SHOP, "  maxUnavailable: 1", "  maxUnavailable: 0", "no-disruption"),
        ("kubernetes-migration", SHOP, ROLLING, "    type: Recreate\n", "stops-everything"),
    ],
)
def test_a_fault_of_a_file_is_found(stories: Stories, name: str, path: str, find: str, put: str, rule: str) -> None:
    assert rules_after(stories.project(name), CHECK, path, find, put) == {rule}
