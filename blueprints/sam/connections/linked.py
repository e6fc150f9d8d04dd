"""APIs before containers: a VPC link to an inner load balancer, and the caller's identity as a header.

Containers take the caller from the header in which a load balancer would pass it on. The API sets or removes it on
every request, so that no caller can bring one along.
"""

from advisor.architecture import Edge, Node
from blueprints.authorizers import caller_of
from blueprints.network import APPLICATION_PORT
from blueprints.plan import HEALTH_PATH
from blueprints.registry import connection
from blueprints.routes import ROUTES
from blueprints.sam.connections.balanced import GROUP, bind, join, target_group_id
from blueprints.sam.connections.doors import HTTP, routes_to, timeout_ms
from blueprints.sam.connections.rest import REST, operation
from blueprints.scope import Json, Scope
from blueprints.values import Att, Ref, joined, stack_name

CALLER_HEADER = "x-amzn-oidc-identity"


def _inner(scope: Scope, edge: Edge) -> tuple[str, str]:
    """Add the inner load balancer of an edge; return the ids of the balancer and of its listener."""
    node = scope.architecture.node(edge.target)
    name, group = f"{scope.name(node.id)}Inner", target_group_id(scope, edge)
    anybody = _port("the VPC", CidrIp="0.0.0.0/0")
    security = {
        "GroupDescription": f"Inner load balancer of {scope.name(node.id)}",
        "VpcId": scope.vpc(),
        "SecurityGroupIngress": [anybody],
        "SecurityGroupEgress": [anybody],
    }
    scope.add(f"{name}SecurityGroup", "AWS::EC2::SecurityGroup", security, edge=edge.id)
    balancer = {
        "Type": "network",
        "Scheme": "internal",
        "Subnets": scope.subnets(),
        "SecurityGroups": [Ref(f"{name}SecurityGroup")],
        "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "off",
    }
    scope.add(name, "AWS::ElasticLoadBalancingV2::LoadBalancer", balancer, edge=edge.id)
    scope.add(group, GROUP, _targets(scope), edge=edge.id)
    listener = {
        "LoadBalancerArn": Ref(name),
        "Port": APPLICATION_PORT,
        "Protocol": "TCP",
        "DefaultActions": [{"Type": "forward", "TargetGroupArn": Ref(group)}],
    }
    scope.add(f"{name}Listener", "AWS::ElasticLoadBalancingV2::Listener", listener, edge=edge.id)
    let_in = _port("the inner load balancer", SourceSecurityGroupId=Att(f"{name}SecurityGroup", "GroupId"))
    scope.properties(f"{scope.name(node.id)}SecurityGroup").setdefault("SecurityGroupIngress", []).append(let_in)
    _join(scope, node, group, f"{name}Listener")
    return name, f"{name}Listener"


def _port(words: str, **who: object) -> Json:
    ports = {"IpProtocol": "tcp", "FromPort": APPLICATION_PORT, "ToPort": APPLICATION_PORT}
    return {**ports, **who, "Description": words}


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
        bind(scope, group)
        return
    join(scope, node, group, listener)


@connection([HTTP], "invoke", ["ecs", "eks"])
def http_api_forwards(scope: Scope, edge: Edge) -> None:
    """Hand requests to the containers through a VPC link."""
    api, (name, listener) = scope.main(edge.source), _inner(scope, edge)
    link = {
        "Name": stack_name(api),
        "SubnetIds": scope.subnets(),
        "SecurityGroupIds": [Ref(f"{name}SecurityGroup")],
    }
    scope.add(f"{api}Link", "AWS::ApiGatewayV2::VpcLink", link, edge=edge.id)
    caller, header = caller_of(scope.architecture, edge.source), f"header.{CALLER_HEADER}"
    mapped = {f"remove:{header}": ""} if caller is None else {f"overwrite:{header}": f"$context.{caller}"}
    integration = {
        "ApiId": Ref(api),
        "IntegrationType": "HTTP_PROXY",
        "IntegrationMethod": "ANY",
        "IntegrationUri": Ref(listener),
        "ConnectionType": "VPC_LINK",
        "ConnectionId": Ref(f"{api}Link"),
        "PayloadFormatVersion": "1.0",
        "RequestParameters": mapped,
        "TimeoutInMillis": timeout_ms(scope.architecture.node(edge.source)),
    }
    routes_to(scope, edge, integration, ROUTES)


@connection([REST], "invoke", ["ecs", "eks"])
def rest_api_forwards(scope: Scope, edge: Edge) -> None:
    """Hand requests to the containers through a VPC link."""
    node, (name, _) = scope.architecture.node(edge.source), _inner(scope, edge)
    api = scope.main(node.id)
    link = {"Name": stack_name(api), "TargetArns": [Ref(name)]}
    scope.add(f"{api}Link", "AWS::ApiGateway::VpcLink", link, edge=edge.id)
    caller = caller_of(scope.architecture, edge.source)
    for route in ROUTES:
        names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
        mapped = {f"integration.request.path.{one}": f"method.request.path.{one}" for one in names}
        known = None if route.open else caller
        mapped[f"integration.request.header.{CALLER_HEADER}"] = "''" if known is None else f"context.{known}"
        integration = {
            "type": "http_proxy",
            "httpMethod": route.method,
            "connectionType": "VPC_LINK",
            "connectionId": Ref(f"{api}Link"),
            "uri": joined("http://", Att(name, "DNSName"), f":{APPLICATION_PORT}{route.path}"),
            "requestParameters": mapped,
            "timeoutInMillis": timeout_ms(node),
        }
        operation(scope, node, route, integration, {"200": {"description": "answer of the containers"}})
    scope.carry(api, edge.id)
