"""ECS services: placement, deployment and load balancing of their tasks."""

from advisor.text import EMPTY, Text
from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.lifts.compute.clusters import ASSOCIATION, CAPACITY_PROVIDER, CLUSTER
from blueprints.cdk.lifts.compute.task_definitions import TASK_DEFINITION, compatibility
from blueprints.cdk.lifts.network.vpc import placement
from blueprints.cdk.modules import ecs
from blueprints.cdk.tree import THIS, Call, Do, Let, Value

SERVICE = "AWS::ECS::Service"
TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
LISTENER = "AWS::ElasticLoadBalancingV2::Listener"
LISTENER_RULE = "AWS::ElasticLoadBalancingV2::ListenerRule"
_TAGS = {"SERVICE": ecs.PropagatedTagSource.SERVICE}
_ON_CLUSTER = Text(
    "Tasks run on a capacity provider of the cluster.",
    "タスクはクラスターのキャパシティープロバイダーで実行します。",
)


@lift(SERVICE, ref="service_arn", members={"Name": "service_name"})
def service(lifter: Lifter, resource: Resource) -> Statements:
    """A service in the private subnets; it is registered with its target groups where they are defined."""
    definition = lifter.construct(resource.properties["TaskDefinition"], TASK_DEFINITION)
    kind = compatibility(lifter.resources[resource.take("TaskDefinition").name])
    options: dict[str, Value] = {
        "cluster": lifter.construct(resource.take("Cluster"), CLUSTER),
        "task_definition": definition,
    }
    if "DesiredCount" in resource:
        options["desired_count"] = resource.take("DesiredCount")
    options |= _deployment(resource.part("DeploymentConfiguration"))
    options |= _placement(lifter, resource.part("NetworkConfiguration").part("AwsvpcConfiguration"), kind)
    options["enable_ecs_managed_tags"] = resource.take("EnableECSManagedTags")
    options["propagate_tags"] = resource.choose("PropagateTags", _TAGS)
    if "HealthCheckGracePeriodSeconds" in resource:
        options["health_check_grace_period"] = duration(resource.take("HealthCheckGracePeriodSeconds"))
    elif "LoadBalancers" in resource:
        resource.refuse("HealthCheckGracePeriodSeconds", None)  # CDK sets one where there is a load balancer.
    if "CapacityProviderStrategy" in resource:
        options["capacity_provider_strategies"] = [
            _strategy(lifter, strategy) for strategy in resource.parts("CapacityProviderStrategy")
        ]
    else:
        resource.expect("LaunchType", "FARGATE")
        options["platform_version"] = resource.choose("PlatformVersion", {"LATEST": ecs.FargatePlatformVersion.LATEST})
    construct_class = ecs.Ec2Service if kind == "EC2" else ecs.FargateService
    yield Let(lifter.name(resource), construct_class(THIS, resource.id, **options))
    yield from _dependencies(lifter, resource)


def _deployment(deployment: Properties) -> dict[str, Value]:
    if "Alarms" in deployment:
        # The service is there before its alarms, which are told of it when they are made.
        alarms = deployment.part("Alarms")
        alarms.expect("Enable", True)
        alarms.expect("Rollback", True)
        alarms.take("AlarmNames")
    breaker = deployment.part("DeploymentCircuitBreaker")
    breaker.expect("Enable", True)
    return {
        "circuit_breaker": ecs.DeploymentCircuitBreaker(rollback=breaker.take("Rollback")),
        "min_healthy_percent": deployment.take("MinimumHealthyPercent"),
        "max_healthy_percent": deployment.take("MaximumPercent"),
    }


def _placement(lifter: Lifter, configuration: Properties, kind: str) -> dict[str, Value]:
    if kind != "EC2" and "AssignPublicIp" in configuration:
        configuration.expect("AssignPublicIp", "DISABLED")
    options = placement(lifter, configuration, "Subnets", "SecurityGroups")
    return {name: value for name, value in options.items() if name != "vpc"}  # The cluster knows it.


def _strategy(lifter: Lifter, strategy: Properties) -> Call:
    provider = strategy.take("CapacityProvider")
    lifter.construct(provider, CAPACITY_PROVIDER)
    return ecs.CapacityProviderStrategy(capacity_provider=lifter.value(provider), weight=strategy.take("Weight"))


def _dependencies(lifter: Lifter, resource: Resource) -> Statements:
    """Mark the target groups of the service and its dependencies as processed.

    CDK makes the service depend on the listeners or rules of its target groups; these are compared. Any other
    dependency is written to the program.
    """
    groups = []
    for joined in resource.parts("LoadBalancers"):
        groups.append(joined.take("TargetGroupArn"))
        lifter.construct(groups[-1], TARGET_GROUP)
        # The target group says which container and port.
        joined.take("ContainerName")
        joined.take("ContainerPort")
    listening = [
        stated.id
        for type, key in ((LISTENER, "DefaultActions"), (LISTENER_RULE, "Actions"))
        for stated in lifter.of_type(type)
        if any(action.get("TargetGroupArn") in groups for action in stated.properties[key])
    ]
    dependencies = resource.depends()
    if not set(listening) <= set(dependencies):
        resource.refuse("DependsOn", dependencies)
    for id in dependencies:
        if id not in listening:
            dependency = lifter.ref(resource).node.add_dependency(lifter.dependency(id))
            on_cluster = id in lifter.resources and lifter.resources[id].type == ASSOCIATION
            yield Do(dependency, _ON_CLUSTER if on_cluster else EMPTY)
