"""Load balancers with their listeners: what they let in, and where it goes."""

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration, flag, number, pairs
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.lifts.compute.services import LISTENER, TARGET_GROUP
from blueprints.cdk.lifts.network.vpc import VPC, groups, subnets
from blueprints.cdk.lifts.security.user_pool_domains import DOMAIN
from blueprints.cdk.modules import cdk, elbv2, elbv2_actions
from blueprints.cdk.tree import THIS, Expr, Let, Value
from blueprints.shared.load_balancing import TLS_POLICY
from blueprints.values import SecretValue

BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
#: What a load balancer in public subnets is made after; CDK sees to it by itself.
_WAY_OUT = "PublicDefaultRoute"
_PORTS = {"HTTP": 80, "HTTPS": 443}
_PROTOCOLS = {"TCP": elbv2.Protocol.TCP, "TLS": elbv2.Protocol.TLS, "UDP": elbv2.Protocol.UDP}
_POLICIES = {TLS_POLICY: elbv2.SslPolicy.RECOMMENDED_TLS}


@lift(
    BALANCER,
    ref="load_balancer_arn",
    members={
        "CanonicalHostedZoneID": "load_balancer_canonical_hosted_zone_id",
        "DNSName": "load_balancer_dns_name",
        "LoadBalancerFullName": "load_balancer_full_name",
        "LoadBalancerName": "load_balancer_name",
    },
)
def load_balancer(lifter: Lifter, resource: Resource) -> Statements:
    """A load balancer for requests or for connections, in public or in private subnets."""
    application = resource.choose("Type", {"application": True, "network": False})
    outer = resource.choose("Scheme", {"internet-facing": True, "internal": False})
    options: dict[str, Value] = {"vpc": VPC, "internet_facing": outer}
    options["vpc_subnets"] = subnets(lifter, resource.take("Subnets"))
    attributes = pairs(resource, "LoadBalancerAttributes")
    members = groups(lifter, resource.take("SecurityGroups"))
    if not application:
        options |= {"security_groups": members, **_of_connections(resource, attributes)}
    elif len(members) == 1:
        options |= {"security_group": members[0], **_of_requests(attributes)}
    else:
        resource.refuse("SecurityGroups", members)
    if "deletion_protection.enabled" in attributes:
        options["deletion_protection"] = flag(attributes, "deletion_protection.enabled")
    kind = elbv2.ApplicationLoadBalancer if application else elbv2.NetworkLoadBalancer
    yield Let(lifter.name(resource), kind(THIS, resource.id, **options))
    waits = resource.depends()
    if waits != [_WAY_OUT] * (outer and _WAY_OUT in lifter.inside):
        resource.refuse("DependsOn", waits)


def _of_requests(attributes: Properties) -> dict[str, Value]:
    return {
        "drop_invalid_header_fields": flag(attributes, "routing.http.drop_invalid_header_fields.enabled"),
        "idle_timeout": duration(number(attributes, "idle_timeout.timeout_seconds")),
    }


def _of_connections(resource: Resource, attributes: Properties) -> dict[str, Value]:
    options: dict[str, Value] = {}
    if "load_balancing.cross_zone.enabled" in attributes:
        options["cross_zone_enabled"] = flag(attributes, "load_balancing.cross_zone.enabled")
    enforced = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"
    if enforced in resource:
        checked = resource.choose(enforced, {"off": False, "on": True})
        options["enforce_security_group_inbound_rules_on_private_link_traffic"] = checked
    return options


@lift(LISTENER, ref="listener_arn", members={"ListenerArn": "listener_arn"})
def listener(lifter: Lifter, resource: Resource) -> Statements:
    """What a load balancer listens for, and what it does with it."""
    of = resource.take("LoadBalancerArn")
    balancer = lifter.construct(of, BALANCER)
    if not resource.id.startswith(of.name) or resource.id == of.name:
        resource.refuse("LoadBalancerArn", of)
    options: dict[str, Value] = {"port": resource.take("Port")}
    application = lifter.resources[of.name].properties["Type"] == "application"
    if application:
        # CDK knows the protocol by the port, and opens the security group to all unless it is kept from it.
        resource.expect("Protocol", *(name for name, port in _PORTS.items() if port == options["port"]))
        options["open"] = False
    else:
        options["protocol"] = resource.choose("Protocol", _PROTOCOLS)
    certificates = [lifter.value(one.take("CertificateArn")) for one in resource.parts("Certificates")]
    if certificates:
        options["certificates"] = [elbv2.ListenerCertificate.from_arn(one) for one in certificates]
        options["ssl_policy"] = resource.choose("SslPolicy", _POLICIES)
    actions = resource.parts("DefaultActions")
    if application:
        options["default_action"] = _action(lifter, resource, actions)
    else:
        options["default_target_groups"] = [_forwarded(lifter, one) for one in actions]
    made = balancer.add_listener(resource.id.removeprefix(of.name), **options)
    yield Let(lifter.name(resource), made)


def _forwarded(lifter: Lifter, action: Properties) -> Expr:
    action.expect("Type", "forward")
    return lifter.construct(action.take("TargetGroupArn"), TARGET_GROUP)


def _action(lifter: Lifter, resource: Resource, actions: list[Properties]) -> Expr:
    """Return what is done with a request: the last action, after those that go before it."""
    if not actions:
        resource.refuse("DefaultActions", actions)
    *before, last = actions
    for number_of, action in enumerate(actions, 1):
        action.expect("Order", number_of, default=number_of)
    if "RedirectConfig" in last:
        last.expect("Type", "redirect")
        made = _redirect(last.part("RedirectConfig"))
    else:
        made = elbv2.ListenerAction.forward([_forwarded(lifter, last)])
    for action in reversed(before):
        signed_in = action.choose(
            "Type", {"authenticate-cognito": _signed_in_at_pool, "authenticate-oidc": _signed_in_at_provider}
        )
        made = signed_in(lifter, action, made)
    return made


def _redirect(to: Properties) -> Expr:
    options: dict[str, Value] = {"protocol": to.take("Protocol"), "port": to.take("Port")}
    if to.choose("StatusCode", {"HTTP_301": True, "HTTP_302": False}):
        options["permanent"] = True
    made: Expr = elbv2.ListenerAction.redirect(**options)
    return made


def _signed_in_at_pool(lifter: Lifter, action: Properties, then: Expr) -> Expr:
    pool = action.part("AuthenticateCognitoConfig")
    made: Expr = elbv2_actions.AuthenticateCognitoAction(
        user_pool=lifter.construct(pool.take("UserPoolArn"), "AWS::Cognito::UserPool", "Arn"),
        user_pool_client=lifter.construct(pool.take("UserPoolClientId"), "AWS::Cognito::UserPoolClient"),
        user_pool_domain=lifter.construct(pool.take("UserPoolDomain"), DOMAIN),
        next=then,
    )
    return made


def _signed_in_at_provider(lifter: Lifter, action: Properties, then: Expr) -> Expr:
    provider = action.part("AuthenticateOidcConfig")
    secret = provider.take("ClientSecret")
    if not isinstance(secret, SecretValue):
        provider.refuse("ClientSecret", secret)
    made: Expr = elbv2.ListenerAction.authenticate_oidc(
        issuer=lifter.value(provider.take("Issuer")),
        authorization_endpoint=lifter.value(provider.take("AuthorizationEndpoint")),
        token_endpoint=lifter.value(provider.take("TokenEndpoint")),
        user_info_endpoint=lifter.value(provider.take("UserInfoEndpoint")),
        client_id=lifter.value(provider.take("ClientId")),
        client_secret=cdk.SecretValue.secrets_manager(lifter.value(secret.secret)),
        next=then,
    )
    return made
