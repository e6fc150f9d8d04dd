"""Load balancers of both kinds (application, network): the balancer itself, and the names of its target groups."""

from collections.abc import Mapping

from advisor.architecture import Edge, Node
from blueprints import settings
from blueprints.shared.access_logs import LOGS, access_log_attributes
from blueprints.shared.listener_rules import path_prefix
from blueprints.stack.registry import Attribute
from blueprints.stack.scope import Json, Scope
from blueprints.values import Att, Ref, Value

#: AWS's policy for TLS 1.3 and 1.2 with the smaller, stronger set of ciphers.
TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06"
TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
LOAD_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
LISTENER = "AWS::ElasticLoadBalancingV2::Listener"


def balancer(scope: Scope, node: Node, kind: str, attributes: Mapping[str, Value]) -> None:
    """Add a load balancer of a kind (application, network) to the subnets of its callers, and its access logs."""
    id, inner = scope.name(node.id), settings.flag(node, "private")
    logged = {**attributes, **access_log_attributes(scope, node, kind)}
    properties: Json = {
        "Type": kind,
        "Scheme": "internal" if inner else "internet-facing",
        "Subnets": scope.subnets(public=not inner),
        "SecurityGroups": [Ref(f"{id}SecurityGroup")],
        "LoadBalancerAttributes": [{"Key": key, "Value": value} for key, value in logged.items()],
    }
    outward = not inner and "PublicDefaultRoute" in scope.resources
    # Logs are tried when they are switched on, so the bucket has to be open to them by then.
    depends = [*(["PublicDefaultRoute"] if outward else []), f"{id}{LOGS}Policy"]
    scope.add(id, LOAD_BALANCER, properties, node=node.id, depends=depends)


def group_name(end: str) -> Attribute:
    """Return how the full name of a target group of a node is read, as metrics name it."""
    return lambda scope, node: Att(f"{scope.name(node.id)}{end}", "TargetGroupFullName")


def inner_balancer_name(scope: Scope, node: Node) -> Att:
    """Return the full name of the internal load balancer in front of a node."""
    return Att(f"{scope.name(node.id)}Inner", "LoadBalancerFullName")


#: What metrics of the targets of a node are named by, and the path of their requests.
TARGET_ATTRIBUTES: Mapping[str, Attribute] = {
    "target_group": group_name("TargetGroup"),
    "datagram_group": group_name("DatagramGroup"),
    "inner_balancer": inner_balancer_name,
    "path_prefix": path_prefix,
}


def target_group_id(scope: Scope, edge: Edge) -> str:
    """Return the logical id of the target group of an edge: named after the work."""
    return f"{scope.name(edge.target)}TargetGroup"
