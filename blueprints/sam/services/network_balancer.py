"""Network load balancers: connections over TLS with the deployment's certificate, and datagrams, to the work."""

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.network import APPLICATION_PORT, HTTPS_PORT
from blueprints.plan import CONTAINER
from blueprints.registry import carried, connection, own, service
from blueprints.sam.services.balancer import TLS_POLICY, balancer
from blueprints.sam.services.containers import service_id
from blueprints.scope import Scope
from blueprints.traits.nlb import DATAGRAM_PORT
from blueprints.values import Att, Ref, Value

LISTENER = "AWS::ElasticLoadBalancingV2::Listener"
GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
#: End of the target group's name -> its protocol and port.
KINDS = {"TargetGroup": ("TCP", APPLICATION_PORT), "DatagramGroup": ("UDP", DATAGRAM_PORT)}

carried(["client"], ["request"], ["nlb"], by="target")


def _group(scope: Scope, node: Node) -> Value:
    (edge,) = scope.architecture.leaving(node.id, "invoke")
    return Att(f"{scope.name(edge.target)}TargetGroup", "TargetGroupFullName")


@service(
    "nlb",
    arn=lambda scope, node: Ref(scope.name(node.id)),
    name=own("LoadBalancerName"),
    full_name=own("LoadBalancerFullName"),
    target_group=_group,
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
)
def load_balancer(scope: Scope, node: Node) -> None:
    """A load balancer; where it sends what comes is put in by its connection."""
    id = scope.name(node.id)
    attributes = {"deletion_protection.enabled": "false", "load_balancing.cross_zone.enabled": "true"}
    balancer(scope, node, "network", attributes)
    words = Text("Host name of the load balancer", "ロードバランサーのホスト名")
    scope.output(f"{id}DnsName", Att(id, "DNSName"), words)


def listens(scope: Scope, edge: Edge, kind: str) -> list[str]:
    """Add listeners and target groups of an edge, for addresses (`ip`) or hosts (`instance`); return the listeners."""
    id, name = scope.name(edge.source), scope.name(edge.target)
    for end, (protocol, port) in KINDS.items():
        group = {
            "VpcId": scope.vpc(),
            "TargetType": kind,
            "Protocol": protocol,
            "Port": port,
            "HealthCheckProtocol": "TCP",
            "HealthCheckPort": str(APPLICATION_PORT),
            "TargetGroupAttributes": [{"Key": "deregistration_delay.timeout_seconds", "Value": "30"}],
        }
        scope.add(f"{name}{end}", GROUP, group, edge=edge.id)
    encrypted = {
        "LoadBalancerArn": Ref(id),
        "Port": HTTPS_PORT,
        "Protocol": "TLS",
        "SslPolicy": TLS_POLICY,
        "Certificates": [{"CertificateArn": Ref("CertificateArn")}],
        "DefaultActions": [{"Type": "forward", "TargetGroupArn": Ref(f"{name}TargetGroup")}],
    }
    scope.add(f"{id}Listener", LISTENER, encrypted, node=edge.source, edge=edge.id)
    datagrams = {
        "LoadBalancerArn": Ref(id),
        "Port": DATAGRAM_PORT,
        "Protocol": "UDP",
        "DefaultActions": [{"Type": "forward", "TargetGroupArn": Ref(f"{name}DatagramGroup")}],
    }
    scope.add(f"{id}Datagrams", LISTENER, datagrams, node=edge.source, edge=edge.id)
    return [f"{id}Listener", f"{id}Datagrams"]


@connection(["nlb"], "invoke", ["ecs"])
def forwards_to_tasks(scope: Scope, edge: Edge) -> None:
    """Send connections and datagrams to the service's tasks."""
    listeners = listens(scope, edge, "ip")
    node = scope.architecture.node(edge.target)
    container = scope.properties(scope.main(node.id))["ContainerDefinitions"][0]
    container["PortMappings"].append({"ContainerPort": DATAGRAM_PORT, "Protocol": "udp"})
    id = service_id(scope, node)
    groups = [
        {"ContainerName": CONTAINER, "ContainerPort": port, "TargetGroupArn": Ref(f"{scope.name(node.id)}{end}")}
        for end, (_, port) in KINDS.items()
    ]
    scope.properties(id).update(LoadBalancers=groups, HealthCheckGracePeriodSeconds=60)
    known = scope.resources[id].get("DependsOn", [])
    scope.resources[id]["DependsOn"] = [*([known] if isinstance(known, str) else known), *listeners]
