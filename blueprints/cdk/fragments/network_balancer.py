"""Network load balancers: connections over TLS with the deployment's certificate, and datagrams, to the work."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints import settings
from blueprints.cdk.context import Context
from blueprints.cdk.fragments.linked import bound
from blueprints.cdk.modules import cdk, ecs, elbv2
from blueprints.cdk.network import PRIVATE, PUBLIC, VPC
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import connection, granted, service
from blueprints.cdk.tree import THIS, Do, Expr, Let, Statement, Value
from blueprints.network import APPLICATION_PORT, HTTPS_PORT
from blueprints.plan import CONTAINER
from blueprints.traits.nlb import DATAGRAM_PORT

granted(("client",), ("request",), ("nlb",))


@service("nlb")
def load_balancer(context: Context, node: Node) -> Iterator[Statement]:
    """Make a load balancer; where it sends what comes is put in by its connection."""
    inner = settings.flag(node, "private")
    made = elbv2.NetworkLoadBalancer(
        THIS,
        context.id(node.id),
        vpc=VPC,
        internet_facing=not inner,
        vpc_subnets=PRIVATE if inner else PUBLIC,
        security_groups=[context.ref(node.id, "SecurityGroup")],
        cross_zone_enabled=True,
        deletion_protection=False,
    )
    yield Let(context.name(node.id), made)
    words = Text("Host name of the load balancer", "ロードバランサーのホスト名")
    host = context.ref(node.id).load_balancer_dns_name
    yield output(context, context.id(node.id, "DnsName"), host, words)


def listens(context: Context, edge: Edge, kind: Expr, targets: Mapping[str, Expr]) -> Iterator[Statement]:
    """Make listeners and target groups of an edge; `targets` are what the groups hold, by the end of their names."""
    balancer = context.ref(edge.source)
    check = elbv2.HealthCheck(protocol=elbv2.Protocol.TCP, port=str(APPLICATION_PORT))
    rows = (("TargetGroup", elbv2.Protocol.TCP, APPLICATION_PORT), ("DatagramGroup", elbv2.Protocol.UDP, DATAGRAM_PORT))
    for end, protocol, port in rows:
        held: dict[str, Value] = {"targets": [targets[end]]} if targets else {}
        group = elbv2.NetworkTargetGroup(
            THIS,
            context.id(edge.target, end),
            vpc=VPC,
            target_type=kind,
            protocol=protocol,
            port=port,
            health_check=check,
            deregistration_delay=cdk.Duration.seconds(30),
            **held,
        )
        yield Let(context.name(edge.target, end), group)
    encrypted = balancer.add_listener(
        "Listener",
        port=HTTPS_PORT,
        protocol=elbv2.Protocol.TLS,
        certificates=[elbv2.ListenerCertificate.from_arn(context.parameter("CertificateArn"))],
        ssl_policy=elbv2.SslPolicy.RECOMMENDED_TLS,
        default_target_groups=[context.ref(edge.target, "TargetGroup")],
    )
    yield Do(encrypted)
    datagrams = balancer.add_listener(
        "Datagrams",
        port=DATAGRAM_PORT,
        protocol=elbv2.Protocol.UDP,
        default_target_groups=[context.ref(edge.target, "DatagramGroup")],
    )
    yield Do(datagrams)


@connection(("nlb",), "invoke", ("ecs",))
def to_tasks(context: Context, edge: Edge) -> Iterator[Statement]:
    """Send connections and datagrams to the service's tasks."""
    mapped = ecs.PortMapping(container_port=DATAGRAM_PORT, protocol=ecs.Protocol.UDP)
    yield Do(context.ref(edge.target, "Container").add_port_mappings(mapped))
    tasks = context.ref(edge.target, "Service").load_balancer_target
    targets: dict[str, Expr] = {
        "TargetGroup": tasks(container_name=CONTAINER, container_port=APPLICATION_PORT),
        "DatagramGroup": tasks(container_name=CONTAINER, container_port=DATAGRAM_PORT, protocol=ecs.Protocol.UDP),
    }
    yield from listens(context, edge, elbv2.TargetType.IP, targets)


@connection(("nlb",), "invoke", ("eks",))
def to_pods(context: Context, edge: Edge) -> Iterator[Statement]:
    """Send connections and datagrams to pods: TargetGroupBindings in the manifests fill the target groups."""
    yield from listens(context, edge, elbv2.TargetType.IP, {})
    for end in ("TargetGroup", "DatagramGroup"):
        yield from bound(context, edge, end)
