"""APIs before containers: a VPC link to an inner load balancer, and the caller's identity as a header.

Containers take the caller from the header in which a load balancer would pass it on. The API sets or removes it on
every request, so that no caller can bring one along.
"""

from collections.abc import Iterator

from advisor.architecture import Edge
from advisor.text import Text
from blueprints.authorizers import caller_of
from blueprints.cdk.context import Context
from blueprints.cdk.entry import api_name, patience
from blueprints.cdk.fragments.http_api import routes_to
from blueprints.cdk.fragments.rest_methods import cache_keys, method, resources
from blueprints.cdk.modules import apigateway, apigatewayv2, cdk, ec2, elbv2, integrations
from blueprints.cdk.network import PRIVATE, VPC
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import connection
from blueprints.cdk.tree import THIS, Do, Expr, Let, Statement, Value, Words
from blueprints.network import APPLICATION_PORT
from blueprints.plan import CONTAINER, HEALTH_PATH
from blueprints.routes import ROUTES

HTTP, REST = "api-gateway-http", "api-gateway-rest"
CALLER_HEADER = "x-amzn-oidc-identity"


def _inner(context: Context, edge: Edge) -> Iterator[Statement]:
    """Make the inner load balancer of an edge, its target group and its listener."""
    id = context.id(edge.target, "Inner")
    yield from _let_in(context, edge)
    balancer = elbv2.NetworkLoadBalancer(
        THIS,
        id,
        vpc=VPC,
        internet_facing=False,
        vpc_subnets=PRIVATE,
        security_groups=[context.ref(edge.target, "InnerSecurityGroup")],
        enforce_security_group_inbound_rules_on_private_link_traffic=False,
    )
    yield Let(context.name(edge.target, "Inner"), balancer)
    yield from _targets(context, edge)
    listener = context.ref(edge.target, "Inner").add_listener(
        "Listener",
        port=APPLICATION_PORT,
        protocol=elbv2.Protocol.TCP,
        default_target_groups=[context.ref(edge.target, "TargetGroup")],
    )
    yield Let(context.name(edge.target, "InnerListener"), listener)


def _let_in(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the VPC reach the inner load balancer, and this the containers."""
    id = context.id(edge.target, "Inner")
    group = ec2.SecurityGroup(
        THIS,
        f"{id}SecurityGroup",
        vpc=VPC,
        description=f"Inner load balancer of {context.id(edge.target)}",
        allow_all_outbound=False,
    )
    yield Let(context.name(edge.target, "InnerSecurityGroup"), group)
    inner, port = context.ref(edge.target, "InnerSecurityGroup"), ec2.Port.tcp(APPLICATION_PORT)
    yield Do(inner.add_ingress_rule(ec2.Peer.any_ipv4(), port, "the VPC"))
    yield Do(inner.add_egress_rule(ec2.Peer.any_ipv4(), port, "the VPC"))
    work = context.ref(edge.target, "SecurityGroup")
    yield Do(work.add_ingress_rule(inner, port, "the inner load balancer"))


def _targets(context: Context, edge: Edge) -> Iterator[Statement]:
    options: dict[str, Value] = {}
    if context.node(edge.target).service == "ecs":
        tasks = context.ref(edge.target, "Service").load_balancer_target(
            container_name=CONTAINER, container_port=APPLICATION_PORT
        )
        options["targets"] = [tasks]
    group = elbv2.NetworkTargetGroup(
        THIS,
        context.id(edge.target, "TargetGroup"),
        vpc=VPC,
        target_type=elbv2.TargetType.IP,
        protocol=elbv2.Protocol.TCP,
        port=APPLICATION_PORT,
        health_check=elbv2.HealthCheck(protocol=elbv2.Protocol.HTTP, path=HEALTH_PATH),
        deregistration_delay=cdk.Duration.seconds(30),
        **options,
    )
    yield Let(context.name(edge.target, "TargetGroup"), group)
    if not options:
        yield from bound(context, edge)


def bound(context: Context, edge: Edge, end: str = "TargetGroup") -> Iterator[Statement]:
    """Let EKS Auto Mode fill a target group: it may only change those that carry its cluster's name."""
    group = context.ref(edge.target, end)
    why = Text(
        "EKS Auto Mode may only change target groups that carry its cluster's name.",
        "EKS Auto Mode が変更できるのは、クラスター名のタグが付いたターゲットグループだけ。",
    )
    tag = cdk.Tags.of(group).add("eks:eks-cluster-name", context.value_of(edge.target, "cluster-name"))
    yield Do(tag, why)
    words = Text("Target group that the pods are bound to", "Pod を結び付けるターゲットグループ")
    yield output(context, context.id(edge.target, f"{end}Arn"), group.target_group_arn, words)


@connection((HTTP,), "invoke", ("ecs", "eks"))
def http_api_forwards(context: Context, edge: Edge) -> Iterator[Statement]:
    """Hand requests to the containers through a VPC link."""
    yield from _inner(context, edge)
    node = context.node(edge.source)
    link = apigatewayv2.VpcLink(
        THIS,
        context.id(edge.source, "Link"),
        vpc_link_name=api_name(context, node),
        vpc=VPC,
        subnets=PRIVATE,
        security_groups=[context.ref(edge.target, "InnerSecurityGroup")],
    )
    yield Let(context.name(edge.source, "Link"), link)
    caller = caller_of(context.architecture, edge.source)
    mapping: Expr = apigatewayv2.ParameterMapping().remove_header(CALLER_HEADER)
    if caller is not None:
        value = apigatewayv2.MappingValue.custom(f"$context.{caller}")
        mapping = apigatewayv2.ParameterMapping().overwrite_header(CALLER_HEADER, value)
    made = integrations.HttpNlbIntegration(
        context.id(edge.source, "Integration"),
        context.ref(edge.target, "InnerListener"),
        vpc_link=context.ref(edge.source, "Link"),
        parameter_mapping=mapping,
        timeout=patience(node),
    )
    yield Let(context.name(edge.source, "Integration"), made)
    yield from routes_to(context, edge, ROUTES)


@connection((REST,), "invoke", ("ecs", "eks"))
def rest_api_forwards(context: Context, edge: Edge) -> Iterator[Statement]:
    """Hand requests to the containers through a VPC link."""
    yield from _inner(context, edge)
    node = context.node(edge.source)
    link = apigateway.VpcLink(
        THIS,
        context.id(edge.source, "Link"),
        vpc_link_name=api_name(context, node),
        targets=[context.ref(edge.target, "Inner")],
    )
    yield Let(context.name(edge.source, "Link"), link)
    yield from resources(context, edge.source, ROUTES)
    caller = caller_of(context.architecture, edge.source)
    host = context.ref(edge.target, "Inner").load_balancer_dns_name
    for route in ROUTES:
        names = [step[1:-1] for step in route.path.split("/") if step.startswith("{")]
        mapped = {f"integration.request.path.{name}": f"method.request.path.{name}" for name in names}
        known = None if route.open else caller
        mapped[f"integration.request.header.{CALLER_HEADER}"] = f"context.{known}" if known else "''"
        keys = cache_keys(context, node, route)
        cached: dict[str, Value] = {"cache_key_parameters": list(keys)} if keys else {}
        options = apigateway.IntegrationOptions(
            connection_type=apigateway.ConnectionType.VPC_LINK,
            vpc_link=context.ref(edge.source, "Link"),
            request_parameters=mapped,
            timeout=patience(node),
            **cached,
        )
        integration = apigateway.Integration(
            type=apigateway.IntegrationType.HTTP_PROXY,
            integration_http_method=route.method,
            uri=Words("http://", host, f":{APPLICATION_PORT}{route.path}"),
            options=options,
        )
        yield method(context, node, route, integration, {})
