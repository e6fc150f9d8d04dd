"""Load balancers with their listeners and listener actions."""

from advisor.text import Text
from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration, flag, number, pairs
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.lifts.compute.services import LISTENER, LISTENER_RULE, TARGET_GROUP
from blueprints.cdk.lifts.network.vpc import VPC, groups, subnets
from blueprints.cdk.lifts.security.user_pool_domains import DOMAIN
from blueprints.cdk.modules import cdk, elbv2, elbv2_actions
from blueprints.cdk.tree import THIS, Do, Expr, Let, Value
from blueprints.shared.access_logs import LOGS
from blueprints.shared.load_balancing import TLS_POLICY
from blueprints.values import SecretValue

BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
#: The dependency of a load balancer in public subnets, which CDK adds by itself.
_PUBLIC_ROUTE = "PublicDefaultRoute"
_PROTECTION = Text(
    "The parameter controls deletion protection; the property of the L2 construct does not accept parameters.",
    "削除保護はパラメータで制御します。L2 コンストラクトのプロパティにはパラメータを指定できません。",
)
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
    internet_facing = resource.choose("Scheme", {"internet-facing": True, "internal": False})
    options: dict[str, Value] = {"vpc": VPC, "internet_facing": internet_facing}
    options["vpc_subnets"] = subnets(lifter, resource.take("Subnets"))
    attributes = pairs(resource, "LoadBalancerAttributes")
    members = groups(lifter, resource.take("SecurityGroups"))
    if not application:
        options |= {"security_groups": members, **_network_attributes(resource, attributes)}
    elif len(members) == 1:
        options |= {"security_group": members[0], **_application_attributes(attributes)}
    else:
        resource.refuse("SecurityGroups", members)
    protection = attributes.take("deletion_protection.enabled") if "deletion_protection.enabled" in attributes else None
    kind = elbv2.ApplicationLoadBalancer if application else elbv2.NetworkLoadBalancer
    yield Let(lifter.name(resource), kind(THIS, resource.id, **options))
    if protection is not None:
        protected = lifter.ref(resource).set_attribute("deletion_protection.enabled", lifter.value(protection))
        yield Do(protected, _PROTECTION)
    expected = [_PUBLIC_ROUTE] * (internet_facing and _PUBLIC_ROUTE in lifter.composite_of)
    expected += [f"{resource.id}{LOGS}Policy"] * ("access_logs.s3.bucket" in attributes)
    yield from _access_logs(lifter, resource, attributes)
    dependencies = resource.depends()
    if dependencies != expected:
        resource.refuse("DependsOn", dependencies)


def _access_logs(lifter: Lifter, resource: Resource, attributes: Properties) -> Statements:
    """Enable access logs. The construct's own method requires the Region, which is known only at deployment."""
    if "access_logs.s3.bucket" not in attributes:
        return
    attributes.expect("access_logs.s3.enabled", "true")
    bucket = lifter.construct(attributes.take("access_logs.s3.bucket"), "AWS::S3::Bucket")
    balancer = lifter.ref(resource)
    yield Do(balancer.set_attribute("access_logs.s3.enabled", "true"))
    yield Do(balancer.set_attribute("access_logs.s3.bucket", bucket.bucket_name))
    yield Do(balancer.node.add_dependency(bucket))


def _application_attributes(attributes: Properties) -> dict[str, Value]:
    return {
        "drop_invalid_header_fields": flag(attributes, "routing.http.drop_invalid_header_fields.enabled"),
        "idle_timeout": duration(number(attributes, "idle_timeout.timeout_seconds")),
    }


def _network_attributes(resource: Resource, attributes: Properties) -> dict[str, Value]:
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
    """A listener with its certificates and default actions."""
    balancer_ref = resource.take("LoadBalancerArn")
    balancer = lifter.construct(balancer_ref, BALANCER)
    if not resource.id.startswith(balancer_ref.name) or resource.id == balancer_ref.name:
        resource.refuse("LoadBalancerArn", balancer_ref)
    options: dict[str, Value] = {"port": resource.take("Port")}
    application = lifter.resources[balancer_ref.name].properties["Type"] == "application"
    if application:
        # CDK knows the protocol by the port, and opens the security group to all unless it is kept from it.
        resource.expect("Protocol", *(name for name, port in _PORTS.items() if port == options["port"]))
        options["open"] = False
    else:
        options["protocol"] = resource.choose("Protocol", _PROTOCOLS)
    certificates = [lifter.value(certificate.take("CertificateArn")) for certificate in resource.parts("Certificates")]
    if certificates:
        options["certificates"] = [
            elbv2.ListenerCertificate.from_arn(certificate_arn) for certificate_arn in certificates
        ]
        options["ssl_policy"] = resource.choose("SslPolicy", _POLICIES)
    actions = resource.parts("DefaultActions")
    if application:
        options["default_action"] = _action(lifter, resource, actions)
    else:
        options["default_target_groups"] = [_target_group(lifter, action) for action in actions]
    construct = balancer.add_listener(resource.id.removeprefix(balancer_ref.name), **options)
    yield Let(lifter.name(resource), construct)


@lift(LISTENER_RULE, ref="listener_rule_arn")
def listener_rule(lifter: Lifter, resource: Resource) -> Statements:
    """A listener rule: its path conditions and actions."""
    conditions = []
    for condition in resource.parts("Conditions"):
        condition.expect("Field", "path-pattern")
        paths = condition.part("PathPatternConfig").take("Values")
        conditions.append(elbv2.ListenerCondition.path_patterns(paths))
    construct = elbv2.ApplicationListenerRule(
        THIS,
        resource.id,
        listener=lifter.construct(resource.take("ListenerArn"), LISTENER),
        priority=resource.take("Priority"),
        conditions=conditions,
        action=_action(lifter, resource, resource.parts("Actions")),
    )
    yield Let(lifter.name(resource), construct)


def _target_group(lifter: Lifter, action: Properties) -> Expr:
    action.expect("Type", "forward")
    return lifter.construct(action.take("TargetGroupArn"), TARGET_GROUP)


def _action(lifter: Lifter, resource: Resource, actions: list[Properties]) -> Expr:
    """Return the default action, after the actions that authenticate the caller."""
    if not actions:
        resource.refuse("Actions", actions)
    *authentication, last = actions
    for order, action in enumerate(actions, 1):
        action.expect("Order", order, default=order)
    if "FixedResponseConfig" in last:
        last.expect("Type", "fixed-response")
        listener_action = _fixed_response(last.part("FixedResponseConfig"))
    elif "RedirectConfig" in last:
        last.expect("Type", "redirect")
        listener_action = _redirect(last.part("RedirectConfig"))
    else:
        listener_action = elbv2.ListenerAction.forward([_target_group(lifter, last)])
    for action in reversed(authentication):
        signed_in = action.choose(
            "Type",
            {
                "authenticate-cognito": _cognito_sign_in,
                "authenticate-oidc": _oidc_sign_in,
                "jwt-validation": _token_check,
            },
        )
        listener_action = signed_in(lifter, action, listener_action)
    return listener_action


def _fixed_response(answer: Properties) -> Expr:
    listener_action: Expr = elbv2.ListenerAction.fixed_response(
        answer.choose("StatusCode", {"404": 404}),
        content_type=answer.take("ContentType"),
        message_body=answer.take("MessageBody"),
    )
    return listener_action


def _redirect(redirect: Properties) -> Expr:
    options: dict[str, Value] = {"protocol": redirect.take("Protocol"), "port": redirect.take("Port")}
    if redirect.choose("StatusCode", {"HTTP_301": True, "HTTP_302": False}):
        options["permanent"] = True
    listener_action: Expr = elbv2.ListenerAction.redirect(**options)
    return listener_action


def _cognito_sign_in(lifter: Lifter, action: Properties, then: Expr) -> Expr:
    pool = action.part("AuthenticateCognitoConfig")
    listener_action: Expr = elbv2_actions.AuthenticateCognitoAction(
        user_pool=lifter.construct(pool.take("UserPoolArn"), "AWS::Cognito::UserPool", "Arn"),
        user_pool_client=lifter.construct(pool.take("UserPoolClientId"), "AWS::Cognito::UserPoolClient"),
        user_pool_domain=lifter.construct(pool.take("UserPoolDomain"), DOMAIN),
        **_session(pool),
        next=then,
    )
    return listener_action


def _oidc_sign_in(lifter: Lifter, action: Properties, then: Expr) -> Expr:
    provider = action.part("AuthenticateOidcConfig")
    secret = provider.take("ClientSecret")
    if not isinstance(secret, SecretValue):
        provider.refuse("ClientSecret", secret)
    listener_action: Expr = elbv2.ListenerAction.authenticate_oidc(
        issuer=lifter.value(provider.take("Issuer")),
        authorization_endpoint=lifter.value(provider.take("AuthorizationEndpoint")),
        token_endpoint=lifter.value(provider.take("TokenEndpoint")),
        user_info_endpoint=lifter.value(provider.take("UserInfoEndpoint")),
        client_id=lifter.value(provider.take("ClientId")),
        client_secret=cdk.SecretValue.secrets_manager(lifter.value(secret.secret)),
        **_session(provider),
        next=then,
    )
    return listener_action


def _token_check(lifter: Lifter, action: Properties, then: Expr) -> Expr:
    provider = action.part("JwtValidationConfig")
    listener_action: Expr = elbv2.ListenerAction.authenticate_jwt(
        issuer=lifter.value(provider.take("Issuer")),
        jwks_endpoint=lifter.value(provider.take("JwksEndpoint")),
        next=then,
    )
    return listener_action


def _session(config: Properties) -> dict[str, Value]:
    options: dict[str, Value] = {"session_timeout": duration(int(config.take("SessionTimeout")))}
    options |= {"scope": config.take("Scope")} if "Scope" in config else {}
    return options | (
        {"session_cookie_name": config.take("SessionCookieName")} if "SessionCookieName" in config else {}
    )
