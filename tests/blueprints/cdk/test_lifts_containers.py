"""Containers, jobs, hosts and load balancers as lifts print them: no leaf is lost, and what is not known is refused."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.cdk.lifting.resource import NotLifted
from blueprints.cdk.lifting.short_forms import resources_of
from blueprints.plan import Plan, plan_for
from blueprints.stack.assembly import stack_of
from blueprints.values import Att, Image, Ref, joined
from tests.blueprints.answers import design_from
from tests.blueprints.cdk.test_lifts_leaves import is_printed, printed, variants
from tests.prove.behaviour import loaded_designs
from tests.prove.behaviour.sam_projects import story

Json = dict[str, Any]
LINKED = "http-api-before-tasks"
SHARED = "shared-balancer"
LOADED = {
    "web under load": loaded_designs.web(state_in_memory=True),
    "worker under load": loaded_designs.long_messages(),
    "web on its cpu": loaded_designs.web(pins={"compute": "ecs"}, protocol="tcp-udp"),
}
DESIGNS = (
    "alb-workflow", "batch-array", "batch-gpu", "ecs-ec2-gpu", "ecs-managed-instances", "nlb-sockets", LINKED, *LOADED, SHARED,
)  # fmt: skip
TYPES = frozenset(
    {
        "AWS::ApiGatewayV2::VpcLink",
        "AWS::ApplicationAutoScaling::ScalableTarget",
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        "AWS::AutoScaling::AutoScalingGroup",
        "AWS::Batch::ComputeEnvironment",
        "AWS::Batch::JobDefinition",
        "AWS::Batch::JobQueue",
        "AWS::EC2::LaunchTemplate",
        "AWS::ECS::CapacityProvider",
        "AWS::ECS::Cluster",
        "AWS::ECS::ClusterCapacityProviderAssociations",
        "AWS::ECS::Service",
        "AWS::ECS::TaskDefinition",
        "AWS::ElasticLoadBalancingV2::Listener",
        "AWS::ElasticLoadBalancingV2::ListenerRule",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        "AWS::IAM::InstanceProfile",
    }
)


def plan_of(name: str, book: Book) -> Plan:
    if name in LOADED:
        return plan_for(advise(make_requirements(LOADED[name]), book))
    if name == SHARED:
        shop = story(SHARED)
        shop["components"] = shop["components"][:2]
        shop["components"][0]["authentication"] = "existing-provider"
        return plan_for(advise(make_requirements(shop), book))
    if name != LINKED:
        return plan_for(design_from(name, book))
    pins = {"compute": "ecs", "entry": "api-gateway-http"}
    web = {"id": "web", "trigger": "request", "packaging": "container-image", "pins": pins}
    return plan_for(advise(make_requirements({"title": "Web", "components": [web]}), book))


def test_every_leaf_counts(book: Book) -> None:
    counted: set[str] = set()
    unnoticed: set[tuple[str, str, str]] = set()
    for name in DESIGNS:
        scope = stack_of(plan_of(name, book), "en")
        resources = resources_of(scope)
        before = printed(scope, resources)
        others = {id for id, resource in resources.items() if resource["Type"] not in TYPES}
        for type, path, changed in variants(resources, others):
            counted.add(type)
            try:
                unnoticed |= {(name, type, path)} if is_printed(before, scope, changed) else set()
            except NotLifted:
                continue
    assert unnoticed == set()
    assert counted == TYPES


def test_private_integrations_of_an_http_api_lose_nothing(book: Book) -> None:
    scope = stack_of(plan_of(LINKED, book), "en")
    resources = resources_of(scope)
    before = printed(scope, resources)
    others = {id for id, resource in resources.items() if resource["Type"] != "AWS::ApiGatewayV2::Integration"}
    paths = []
    for _, path, changed in variants(resources, others):
        paths.append(path)
        try:
            assert not is_printed(before, scope, changed), path
        except NotLifted:
            continue
    assert {"ConnectionId", "IntegrationUri", "TimeoutInMillis"} <= set(paths)


def _set(type: str, path: str, value: Any) -> Callable[[dict[str, Json]], None]:
    """Return what sets a property, named by a path, of the first resource of a type."""

    def change(resources: dict[str, Json]) -> None:
        at: Any = next(resource for resource in resources.values() if resource["Type"] == f"AWS::{type}")
        *steps, last = path.split(".")
        for step in steps:
            at = at[int(step)] if step.isdecimal() else at[step]
        at[last] = value

    return change


_CONTAINER = "Properties.ContainerDefinitions.0"
_POOL = "Properties.ComputeResources"
REFUSED: Mapping[str, tuple[str, Callable[[dict[str, Json]], None], str]] = {
    "host name of a container": (
        "ecs-workflow",
        _set("ECS::TaskDefinition", f"{_CONTAINER}.Hostname", "app"),
        r"ContainerDefinitions\[0\]\.Hostname is 'app', and its lift does not take it",
    ),
    "image of elsewhere": (
        "ecs-workflow",
        _set("ECS::TaskDefinition", f"{_CONTAINER}.Image", "nginx"),
        "Image is 'nginx'",
    ),
    "image of no repository": (
        "ecs-workflow",
        _set("ECS::TaskDefinition", f"{_CONTAINER}.Image", Image("Cluster", "1")),
        "is not the Ref of a AWS::ECR::Repository",
    ),
    "logs elsewhere": (
        "ecs-workflow",
        _set("ECS::TaskDefinition", f"{_CONTAINER}.LogConfiguration.LogDriver", "splunk"),
        "LogDriver is 'splunk'",
    ),
    "CPU in words": ("nlb-sockets", _set("ECS::TaskDefinition", "Properties.Cpu", "1 vCPU"), "Cpu is '1 vCPU'"),
    "public tasks": (
        "nlb-sockets",
        _set("ECS::Service", "Properties.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp", "ENABLED"),
        "AssignPublicIp is 'ENABLED'",
    ),
    "commands in containers": (
        "nlb-sockets",
        _set("ECS::Service", "Properties.EnableExecuteCommand", True),
        "EnableExecuteCommand is True, and its lift does not take it",
    ),
    "no wait for listeners": (
        "nlb-sockets",
        _set("ECS::Service", "DependsOn", []),
        r"DependsOn is \[\], which its lift does not know",
    ),
    "default strategy": (
        "ecs-ec2-gpu",
        _set("ECS::ClusterCapacityProviderAssociations", "Properties.DefaultCapacityProviderStrategy", [{"Weight": 1}]),
        "DefaultCapacityProviderStrategy is",
    ),
    "hosts of another cluster": (
        "ecs-ec2-gpu",
        _set("ECS::ClusterCapacityProviderAssociations", "Properties.CapacityProviders", []),
        r"CapacityProviders is \[\]|UserData is",
    ),
    "updates of hosts": (
        "ecs-ec2-gpu",
        _set("AutoScaling::AutoScalingGroup", "UpdatePolicy", {"AutoScalingRollingUpdate": {}}),
        "another UpdatePolicy",
    ),
    "metadata for all": (
        "batch-gpu",
        _set("EC2::LaunchTemplate", "Properties.LaunchTemplateData.MetadataOptions.HttpTokens", "optional"),
        "HttpTokens is 'optional'",
    ),
    "managed instances": (
        "batch-array",
        _set("Batch::ComputeEnvironment", f"{_POOL}.Type", "ECS_MANAGED"),
        "is 'ECS_MANAGED'",
    ),
    "role without a profile": (
        "batch-gpu",
        _set("Batch::ComputeEnvironment", f"{_POOL}.InstanceRole", "ecsInstanceRole"),
        "InstanceRole is 'ecsInstanceRole'",
    ),
    "parts of a vCPU": (
        "batch-array",
        _set("Batch::JobDefinition", "Properties.ContainerProperties.ResourceRequirements.1.Value", "two"),
        "VCPU is 'two'",
    ),
    "IPv6": (
        "alb-workflow",
        _set("ElasticLoadBalancingV2::LoadBalancer", "Properties.IpAddressType", "dualstack"),
        "IpAddressType is 'dualstack', and its lift does not take it",
    ),
    "attribute": (
        "alb-workflow",
        _set("ElasticLoadBalancingV2::LoadBalancer", "Properties.LoadBalancerAttributes.0.Key", "waf.fail_open"),
        "routing.http.drop_invalid_header_fields.enabled is missing",
    ),
    "old ciphers": (
        "alb-workflow",
        _set("ElasticLoadBalancingV2::Listener", "Properties.SslPolicy", "ELBSecurityPolicy-2016-08"),
        "SslPolicy is 'ELBSecurityPolicy-2016-08'",
    ),
    "fixed answer": (
        "alb-workflow",
        _set("ElasticLoadBalancingV2::Listener", "Properties.DefaultActions", [{"Type": "fixed-response"}]),
        "Type is 'fixed-response'",
    ),
    "scaling of another service": (
        "web under load",
        _set("ApplicationAutoScaling::ScalableTarget", "Properties.ResourceId", joined("service/", Ref("Cluster"))),
        "ResourceId is",
    ),
    "requests of another balancer": (
        "web under load",
        _set(
            "ApplicationAutoScaling::ScalingPolicy",
            "Properties.TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.ResourceLabel",
            joined(Att("WorkLoadBalancer", "LoadBalancerFullName"), "/", Att("Cluster", "Arn")),
        ),
        "ResourceLabel is",
    ),
    "targets by instance": (
        "nlb-sockets",
        _set("ElasticLoadBalancingV2::TargetGroup", "Properties.TargetType", "instance"),
        "TargetType is 'instance'",
    ),
    "link to no balancer": (
        LINKED,
        _set("ApiGatewayV2::Integration", "Properties.IntegrationUri", Att("Cluster", "Arn")),
        "is not the Ref of a AWS::ElasticLoadBalancingV2::Listener",
    ),
    "header of a response": (
        LINKED,
        _set("ApiGatewayV2::Integration", "Properties.RequestParameters", {"append:header.x": Ref("Cluster")}),
        "append:header.x is Ref",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_lift_does_not_know_is_refused_with_its_name_and_value(name: str, book: Book) -> None:
    design, change, words = REFUSED[name]
    scope = stack_of(plan_of(design, book), "en")
    resources = resources_of(scope)
    printed(scope, resources)
    change(resources)
    with pytest.raises(NotLifted, match=words):
        printed(scope, resources)
