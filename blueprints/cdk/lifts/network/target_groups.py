"""Target groups of load balancers with their health checks."""

from collections.abc import Mapping

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration, number, pairs
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.lifts.compute.services import SERVICE, TARGET_GROUP
from blueprints.cdk.lifts.network.vpc import vpc
from blueprints.cdk.modules import cdk, ecs, elbv2
from blueprints.cdk.tree import THIS, Do, Expr, Let, Value
from blueprints.values import Ref

_REQUESTS = {"HTTP": elbv2.ApplicationProtocol.HTTP}
_CONNECTIONS = {"TCP": elbv2.Protocol.TCP, "UDP": elbv2.Protocol.UDP}
_CHECKS = {"TCP": elbv2.Protocol.TCP, "HTTP": elbv2.Protocol.HTTP}
#: Property of a health check -> its option.
_CHECKED: Mapping[str, str] = {
    "HealthCheckPath": "path",
    "HealthCheckPort": "port",
    "HealthCheckIntervalSeconds": "interval",
    "HealthyThresholdCount": "healthy_threshold_count",
    "UnhealthyThresholdCount": "unhealthy_threshold_count",
}


@lift(
    TARGET_GROUP,
    ref="target_group_arn",
    members={"TargetGroupArn": "target_group_arn", "TargetGroupFullName": "target_group_full_name"},
)
def target_group(lifter: Lifter, resource: Resource) -> Statements:
    """A target group of a function, of IP addresses that others register, or of the tasks of a service."""
    kind = resource.choose("TargetType", {"lambda": "lambda", "ip": "ip"})
    if kind == "lambda":
        yield from _of_function(lifter, resource)
        return
    protocol = resource.take("Protocol")
    application = protocol in _REQUESTS
    if not application and protocol not in _CONNECTIONS:
        resource.refuse("Protocol", protocol)
    options: dict[str, Value] = {
        "vpc": vpc(lifter, resource.take("VpcId")),
        "target_type": elbv2.TargetType.IP,
        "protocol": _REQUESTS[protocol] if application else _CONNECTIONS[protocol],
        "port": resource.take("Port"),
        "health_check": _health_check(resource),
        **_attributes(resource),
    }
    targets = _tasks(lifter, resource, protocol)
    if targets:
        options["targets"] = targets
    construct_class = elbv2.ApplicationTargetGroup if application else elbv2.NetworkTargetGroup
    yield Let(lifter.name(resource), construct_class(THIS, resource.id, **options))
    for tag in resource.parts("Tags"):
        yield Do(cdk.Tags.of(lifter.ref(resource)).add(tag.take("Key"), lifter.value(tag.take("Value"))))


def _health_check(resource: Resource) -> Expr:
    options: dict[str, Value] = {}
    if "HealthCheckProtocol" in resource:
        options["protocol"] = resource.choose("HealthCheckProtocol", _CHECKS)
    for name, option in _CHECKED.items():
        if name in resource:
            value = resource.take(name)
            options[option] = duration(value) if name.endswith("Seconds") else value
    health_check: Expr = elbv2.HealthCheck(**options)
    return health_check


def _attributes(resource: Resource) -> dict[str, Value]:
    attributes = pairs(resource, "TargetGroupAttributes")
    options: dict[str, Value] = {
        "deregistration_delay": duration(number(attributes, "deregistration_delay.timeout_seconds"))
    }
    if "stickiness.enabled" in attributes:
        attributes.expect("stickiness.enabled", "true")
        attributes.expect("stickiness.type", "lb_cookie")
        options["stickiness_cookie_duration"] = duration(number(attributes, "stickiness.lb_cookie.duration_seconds"))
    return options


def _tasks(lifter: Lifter, resource: Resource, protocol: str) -> list[Value]:
    """Return the containers whose services join the group."""
    datagrams: dict[str, Value] = {"protocol": ecs.Protocol.UDP} if protocol == "UDP" else {}
    targets: list[Value] = []
    for service in lifter.of_type(SERVICE):
        for joined in service.properties.get("LoadBalancers", ()):
            if joined["TargetGroupArn"] == Ref(resource.id):
                container = {"container_name": joined["ContainerName"], "container_port": joined["ContainerPort"]}
                targets.append(lifter.ref(service).load_balancer_target(**container, **datagrams))
    return targets


def _of_function(lifter: Lifter, resource: Resource) -> Statements:
    """Yield a target group with a Lambda function; the CDK construct for it would let any account invoke the function."""
    this = lifter.ref(resource)
    construct = elbv2.ApplicationTargetGroup(
        THIS,
        resource.id,
        target_group_name=lifter.value(resource.take("Name")),
        target_type=elbv2.TargetType.LAMBDA,
    )
    yield Let(lifter.name(resource), construct)
    targets: list[Value] = [{"Id": lifter.value(target.take("Id"))} for target in resource.parts("Targets")]
    yield Do(this.node.default_child.add_property_override("Targets", targets))
    for id in resource.depends():
        yield Do(this.node.add_dependency(lifter.dependency(id)))
