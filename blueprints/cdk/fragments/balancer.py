"""Load balancers: HTTPS with the deployment's certificate, sign-in where asked, a target group per work."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints import settings
from blueprints.cdk.context import Context, duration
from blueprints.cdk.entry import identity_of
from blueprints.cdk.fragments.express import address
from blueprints.cdk.fragments.linked import bound
from blueprints.cdk.fragments.rules import permission
from blueprints.cdk.modules import cdk, cognito, elbv2, elbv2_actions
from blueprints.cdk.network import PRIVATE, PUBLIC, VPC
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import connection, granted, service
from blueprints.cdk.tree import THIS, Do, Expr, Let, Statement, Value, Words
from blueprints.network import APPLICATION_PORT
from blueprints.plan import CONTAINER, HEALTH_PATH
from blueprints.traits import ecs_express

granted(("client",), ("request",), ("alb",))


@service("alb")
def load_balancer(context: Context, node: Node) -> Iterator[Statement]:
    """Make a load balancer; where it sends requests is put in by its connections. ECS Express Mode makes its own."""
    served = ecs_express.behind(context.architecture, node.id)
    if served is not None:
        yield from address(context, node, served)
        return
    inner = settings.flag(node, "private")
    made = elbv2.ApplicationLoadBalancer(
        THIS,
        context.id(node.id),
        vpc=VPC,
        internet_facing=not inner,
        vpc_subnets=PRIVATE if inner else PUBLIC,
        security_group=context.ref(node.id, "SecurityGroup"),
        drop_invalid_header_fields=True,
        idle_timeout=duration(settings.number(node, "idle_timeout_s")),
        deletion_protection=False,
    )
    yield Let(context.name(node.id), made)
    redirect = elbv2.ListenerAction.redirect(protocol="HTTPS", port="443", permanent=True)
    balancer = context.ref(node.id)
    yield Do(balancer.add_listener("Redirect", port=80, open=False, default_action=redirect))
    words = Text("Host name of the load balancer", "ロードバランサーのホスト名")
    yield output(context, context.id(node.id, "DnsName"), balancer.load_balancer_dns_name, words)


def _listener(context: Context, edge: Edge) -> Iterator[Statement]:
    """Listen for HTTPS and forward to the edge's target group, once the caller has signed in where that is asked."""
    group = context.ref(edge.target, "TargetGroup")
    action: Expr = elbv2.ListenerAction.forward([group])
    identity = identity_of(context, edge.source)
    if identity is not None:
        yield from _domain(context, identity)
        action = _signed_in(context, identity, action)
    certificate = elbv2.ListenerCertificate.from_arn(context.parameter("CertificateArn"))
    made = context.ref(edge.source).add_listener(
        "Listener",
        port=443,
        open=False,
        certificates=[certificate],
        ssl_policy=elbv2.SslPolicy.RECOMMENDED_TLS,
        default_action=action,
    )
    yield Do(made)


def _domain(context: Context, identity: Node) -> Iterator[Statement]:
    if identity.service != "cognito":
        return
    # Unique in the world and in lower case, which a stack's name need not be.
    unique = cdk.Fn.select(2, cdk.Fn.split("/", cdk.Aws.STACK_ID))
    domain = cognito.UserPoolDomain(
        THIS,
        context.id(identity.id, "Domain"),
        user_pool=context.ref(identity.id),
        cognito_domain=cognito.CognitoDomainOptions(domain_prefix=cdk.Fn.join("-", ["sign-in", unique])),
    )
    yield Let(context.name(identity.id, "Domain"), domain)


def _signed_in(context: Context, identity: Node, action: Expr) -> Expr:
    if identity.service == "cognito":
        return elbv2_actions.AuthenticateCognitoAction(
            user_pool=context.ref(identity.id),
            user_pool_client=context.ref(identity.id, "Client"),
            user_pool_domain=context.ref(identity.id, "Domain"),
            next=action,
        )
    secret = cdk.SecretValue.secrets_manager(context.parameter("OidcClientSecretArn"))
    return elbv2.ListenerAction.authenticate_oidc(
        issuer=context.parameter("OidcIssuer"),
        authorization_endpoint=context.parameter("OidcAuthorizationEndpoint"),
        token_endpoint=context.parameter("OidcTokenEndpoint"),
        user_info_endpoint=context.parameter("OidcUserInfoEndpoint"),
        client_id=context.parameter("OidcAudience"),
        client_secret=secret,
        next=action,
    )


granted(("alb",), ("authorize",), ("cognito", "oidc"))


def _by_address(context: Context, edge: Edge, targets: list[Value]) -> Let:
    check = elbv2.HealthCheck(
        path=HEALTH_PATH,
        interval=cdk.Duration.seconds(15),
        healthy_threshold_count=2,
        unhealthy_threshold_count=3,
    )
    options: dict[str, Value] = {"targets": targets} if targets else {}
    group = elbv2.ApplicationTargetGroup(
        THIS,
        context.id(edge.target, "TargetGroup"),
        vpc=VPC,
        target_type=elbv2.TargetType.IP,
        protocol=elbv2.ApplicationProtocol.HTTP,
        port=APPLICATION_PORT,
        health_check=check,
        deregistration_delay=cdk.Duration.seconds(30),
        **options,
    )
    return Let(context.name(edge.target, "TargetGroup"), group)


@connection(("alb",), "invoke", ("ecs",))
def to_tasks(context: Context, edge: Edge) -> Iterator[Statement]:
    """Send requests to the service's tasks; in Express Mode ECS does."""
    if ecs_express.express(context.node(edge.target)):
        return
    tasks = context.ref(edge.target, "Service").load_balancer_target(
        container_name=CONTAINER, container_port=APPLICATION_PORT
    )
    yield _by_address(context, edge, [tasks])
    yield from _listener(context, edge)


@connection(("alb",), "invoke", ("eks",))
def to_pods(context: Context, edge: Edge) -> Iterator[Statement]:
    """Send requests to pods: a TargetGroupBinding in the manifests fills the target group."""
    yield _by_address(context, edge, [])
    yield from bound(context, edge)
    yield from _listener(context, edge)


@connection(("alb",), "invoke", ("lambda",))
def to_function(context: Context, edge: Edge) -> Iterator[Statement]:
    """Send requests to the function."""
    why = Text(
        "Only load balancers of this account: the construct for targets would let those of any account invoke it.",
        "このアカウントのロードバランサーに限定する。ターゲット用のコンストラクトでは任意のアカウントに許可される。",
    )
    here = Words(
        "arn:", cdk.Aws.PARTITION, ":elasticloadbalancing:", cdk.Aws.REGION, ":", cdk.Aws.ACCOUNT_ID, ":targetgroup/*"
    )
    allowed = permission(context, edge, "elasticloadbalancing.amazonaws.com", here)
    yield Let(context.name(edge.id, "Permission"), allowed, why)
    id = context.id(edge.target, "TargetGroup")
    yield Let(
        context.name(edge.target, "TargetGroup"),
        elbv2.ApplicationTargetGroup(THIS, id, target_type=elbv2.TargetType.LAMBDA),
    )
    group = context.ref(edge.target, "TargetGroup")
    targets: Value = [{"Id": context.value_of(edge.target, "arn")}]
    yield Do(group.node.default_child.add_property_override("Targets", targets))
    yield Do(group.node.add_dependency(context.ref(edge.id, "Permission")))
    yield from _listener(context, edge)
