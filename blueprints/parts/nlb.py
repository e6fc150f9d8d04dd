"""Network load balancers for TLS and UDP, and internal ones behind VPC links."""

from advisor.architecture import Edge, Node
from blueprints.parts.ecs import join_target_group, service_id
from blueprints.parts.eks import bind_target_group
from blueprints.plan import CONTAINER, HEALTH_PATH
from blueprints.plan.network import APPLICATION_PORT, HTTPS_PORT
from blueprints.shared.load_balancing import (
    LISTENER,
    LOAD_BALANCER,
    TARGET_GROUP,
    TLS_POLICY,
    balancer,
    target_group_id,
)
from blueprints.shared.network import ANYWHERE
from blueprints.stack.registry import carried, connection, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits.nlb import DATAGRAM_PORT
from blueprints.values import Att, Ref

#: End of the target group's name -> its protocol and port.
KINDS = {"TargetGroup": ("TCP", APPLICATION_PORT), "DatagramGroup": ("UDP", DATAGRAM_PORT)}

carried(["client"], ["request"], ["nlb"], by="target")


@service(
    "nlb",
    arn=lambda scope, node: Ref(scope.name(node.id)),
    name=own("LoadBalancerName"),
    full_name=own("LoadBalancerFullName"),
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
)
def load_balancer(scope: Scope, node: Node) -> None:
    """A load balancer; its connection adds the targets."""
    id = scope.name(node.id)
    attributes = {
        "deletion_protection.enabled": Ref("DeletionProtection"),
        "load_balancing.cross_zone.enabled": "true",
    }
    balancer(scope, node, "network", attributes)
    words = "Host name of the load balancer"
    scope.output(f"{id}DnsName", Att(id, "DNSName"), words)


def add_listeners(scope: Scope, edge: Edge, kind: str) -> list[str]:
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
        scope.add(f"{name}{end}", TARGET_GROUP, group, edge=edge.id)
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
    listeners = add_listeners(scope, edge, "ip")
    node = scope.architecture.node(edge.target)
    container = scope.properties(scope.main(node.id))["ContainerDefinitions"][0]
    container["PortMappings"].append({"ContainerPort": DATAGRAM_PORT, "Protocol": "udp"})
    id = service_id(scope, node)
    groups = [
        {"ContainerName": CONTAINER, "ContainerPort": port, "TargetGroupArn": Ref(f"{scope.name(node.id)}{end}")}
        for end, (_, port) in KINDS.items()
    ]
    scope.properties(id).update(LoadBalancers=groups, HealthCheckGracePeriodSeconds=60)
    scope.wait(id, listeners)


@connection(["nlb"], "invoke", ["eks"])
def forwards_to_pods(scope: Scope, edge: Edge) -> None:
    """Send connections and datagrams to pods: TargetGroupBindings in the manifests fill the target groups."""
    add_listeners(scope, edge, "ip")
    for end in KINDS:
        bind_target_group(scope, f"{scope.name(edge.target)}{end}")


def link_group(scope: Scope, edge: Edge, id: str) -> str:
    """Add the security group of a VPC link, which no other resource uses; return its id."""
    security = {
        "GroupDescription": f"VPC link to {scope.name(edge.target)}",
        "VpcId": scope.vpc(),
        "SecurityGroupEgress": [_port("To the internal load balancer", CidrIp=ANYWHERE)],
    }
    scope.add(id, "AWS::EC2::SecurityGroup", security, edge=edge.id)
    return id


def inner_balancer(scope: Scope, edge: Edge, link: str = "") -> tuple[str, str]:
    """Add the internal load balancer of an edge; return the ids of the balancer and of its listener.

    Only its API reaches it, since the program believes what the API says of a caller: by the security group of its VPC
    link, or over PrivateLink, which the inbound rules are not held against; so there are none.
    """
    node = scope.architecture.node(edge.target)
    name, group = f"{scope.name(node.id)}Inner", target_group_id(scope, edge)
    security: Json = {"GroupDescription": f"Inner load balancer of {scope.name(node.id)}", "VpcId": scope.vpc()}
    if link:
        security["SecurityGroupIngress"] = [_port("From the API", SourceSecurityGroupId=Att(link, "GroupId"))]
    security["SecurityGroupEgress"] = [_port("To the containers", CidrIp=ANYWHERE)]
    scope.add(f"{name}SecurityGroup", "AWS::EC2::SecurityGroup", security, edge=edge.id)
    balancer = {
        "Type": "network",
        "Scheme": "internal",
        "Subnets": scope.subnets(),
        "SecurityGroups": [Ref(f"{name}SecurityGroup")],
        "LoadBalancerAttributes": [{"Key": "load_balancing.cross_zone.enabled", "Value": "true"}],
        **({} if link else {"EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "off"}),
    }
    scope.add(name, LOAD_BALANCER, balancer, edge=edge.id)
    scope.add(group, TARGET_GROUP, _targets(scope), edge=edge.id)
    listener = {
        "LoadBalancerArn": Ref(name),
        "Port": APPLICATION_PORT,
        "Protocol": "TCP",
        "DefaultActions": [{"Type": "forward", "TargetGroupArn": Ref(group)}],
    }
    scope.add(f"{name}Listener", LISTENER, listener, edge=edge.id)
    let_in = _port("To the internal load balancer", SourceSecurityGroupId=Att(f"{name}SecurityGroup", "GroupId"))
    scope.properties(f"{scope.name(node.id)}SecurityGroup").setdefault("SecurityGroupIngress", []).append(let_in)
    _join(scope, node, group, f"{name}Listener")
    return name, f"{name}Listener"


def _port(words: str, **peer: object) -> Json:
    ports = {"IpProtocol": "tcp", "FromPort": APPLICATION_PORT, "ToPort": APPLICATION_PORT}
    return {**ports, **peer, "Description": words}


def _targets(scope: Scope) -> Json:
    return {
        "VpcId": scope.vpc(),
        "TargetType": "ip",
        "Protocol": "TCP",
        "Port": APPLICATION_PORT,
        "HealthCheckProtocol": "HTTP",
        "HealthCheckPath": HEALTH_PATH,
        "TargetGroupAttributes": [{"Key": "deregistration_delay.timeout_seconds", "Value": "30"}],
    }


def _join(scope: Scope, node: Node, group: str, listener: str) -> None:
    if node.service == "eks":
        bind_target_group(scope, group)
        return
    join_target_group(scope, node, group, listener)
