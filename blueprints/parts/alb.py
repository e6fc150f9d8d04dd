"""Application load balancers: HTTPS with the deployment's certificate, a redirect for plain HTTP, sign-in, and targets."""

from advisor.architecture import Edge, Node
from advisor.architecture.balancing import is_shared, verifies_tokens
from advisor.text import Text
from blueprints import settings
from blueprints.parts.cognito import client_id
from blueprints.parts.ecs import join_target_group, service_id
from blueprints.parts.ecs_express import balancer_arn, balancer_full_name, output_address, url
from blueprints.parts.eks import bind_target_group
from blueprints.parts.lambda_ import permission
from blueprints.plan import HEALTH_PATH
from blueprints.plan.network import APPLICATION_PORT
from blueprints.shared.listener_rules import (
    actions_of,
    authenticate_first,
    checking,
    forwarding,
    listener_id,
    tell_apart,
    verify_tokens,
)
from blueprints.shared.load_balancing import LISTENER, TARGET_GROUP, TLS_POLICY, balancer, target_group_id
from blueprints.shared.programs import PROGRAMS
from blueprints.shared.task_scaling import follow_requests
from blueprints.stack.registry import carried, connection, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits import alb, cloudfront, ecs_express
from blueprints.traits.recipients import mails
from blueprints.values import STACK_UUID, Att, Named, Ref, SecretValue, Value, arn, joined

#: How long a target that is taken out may take for what it has begun, in seconds.
_SHORTEST_DELAY_S, _LONGEST_DELAY_S = 30, 3600

carried(["client"], ["request"], ["alb"], by="target")
carried(PROGRAMS, ["call"], ["alb"])


def _url(scope: Scope, node: Node) -> Value:
    served = ecs_express.behind(scope.architecture, node.id)
    if served is not None:
        return url(scope, served)
    names = (f"{scope.name(node.id)}DomainName", "DomainName")
    named = next((Ref(name) for name in names if scope.has(name)), None)
    return joined("https://", named or Att(scope.name(node.id), "DNSName"))


def _certified_name(scope: Scope, node: Node) -> Value:
    """Return the name of the certificate of a load balancer, by which CloudFront verifies it."""
    return Ref(f"{scope.name(node.id)}DomainName")


def _arn(scope: Scope, node: Node) -> Value:
    served = ecs_express.behind(scope.architecture, node.id)
    return Ref(scope.name(node.id)) if served is None else balancer_arn(scope, served)


def _full_name(scope: Scope, node: Node) -> Value:
    served = ecs_express.behind(scope.architecture, node.id)
    return Att(scope.name(node.id), "LoadBalancerFullName") if served is None else balancer_full_name(scope, served)


@service(
    "alb",
    arn=lambda scope, node: _arn(scope, node),
    name=own("LoadBalancerName"),
    full_name=lambda scope, node: _full_name(scope, node),
    url=_url,
    host=_certified_name,
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
)
def load_balancer(scope: Scope, node: Node) -> None:
    """A load balancer; its connections add the targets. ECS Express Mode makes its own."""
    served = ecs_express.behind(scope.architecture, node.id)
    if served is not None:
        output_address(scope, node, served)
        return
    id = scope.name(node.id)
    attributes = {
        "routing.http.drop_invalid_header_fields.enabled": "true",
        "idle_timeout.timeout_seconds": str(settings.number(node, "idle_timeout_s")),
        "deletion_protection.enabled": Ref("DeletionProtection"),
    }
    balancer(scope, node, "application", attributes)
    scope.add(listener_id(scope, node.id), LISTENER, _https(id), node=node.id)
    if is_shared(node):
        tell_apart(scope, node, _url(scope, node))
    if cloudfront.delivered(scope.architecture, node.id) is None:
        scope.add(f"{id}Redirect", LISTENER, _redirect(id), node=node.id)
    scope.output(f"{id}DnsName", Att(id, "DNSName"), "Host name of the load balancer")


def _https(id: str) -> Json:
    return {
        "LoadBalancerArn": Ref(id),
        "Port": 443,
        "Protocol": "HTTPS",
        "SslPolicy": TLS_POLICY,
        "Certificates": [{"CertificateArn": Ref("CertificateArn")}],
        "DefaultActions": [],
    }


def _redirect(id: str) -> Json:
    action = {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}
    return {
        "LoadBalancerArn": Ref(id),
        "Port": 80,
        "Protocol": "HTTP",
        "DefaultActions": [{"Type": "redirect", "RedirectConfig": action}],
    }


@connection(["alb"], "invoke", ["ecs"])
def forwards_to_tasks(scope: Scope, edge: Edge) -> None:
    """Send requests to the service's tasks; in Express Mode ECS does."""
    node = scope.architecture.node(edge.target)
    if ecs_express.express(node):
        scope.carry(service_id(scope, node), edge.id)
        return
    group = target_group_id(scope, edge)
    scope.add(group, TARGET_GROUP, _by_address(scope, edge), edge=edge.id)
    _forward(scope, edge)
    join_target_group(scope, node, group, forwarding(scope, edge))
    follow_requests(scope, node, edge)


@connection(["alb"], "invoke", ["eks"])
def forwards_to_pods(scope: Scope, edge: Edge) -> None:
    """Send requests to pods: a TargetGroupBinding in the manifests fills the target group."""
    scope.add(target_group_id(scope, edge), TARGET_GROUP, _by_address(scope, edge), edge=edge.id)
    bind_target_group(scope, target_group_id(scope, edge))
    _forward(scope, edge)


@connection(["alb"], "invoke", ["lambda"])
def forwards_to_function(scope: Scope, edge: Edge) -> None:
    """Send requests to the function."""
    group = target_group_id(scope, edge)
    permission_id = f"{scope.name(edge.id)}Permission"
    # The group is there only after the permission, so it has a name that is known before: that of its load balancer.
    name = Att(scope.name(edge.source), "LoadBalancerName")
    source = arn("elasticloadbalancing", joined("targetgroup/", name, "/*"))
    permission(scope, permission_id, edge.target, alb.TRAITS.principal, source, edge.id)
    scope.whys[permission_id] = Text(
        "Only this target group may invoke the function: the target construct would allow load balancers of any account.",
        "呼び出しをこのターゲットグループに限定します。ターゲット用のコンストラクトは、任意のアカウントのロードバランサーに許可します。",
    )
    properties = {"Name": name, "TargetType": "lambda", "Targets": [{"Id": scope.of(edge.target, "arn")}]}
    scope.add(group, TARGET_GROUP, properties, edge=edge.id, depends=[permission_id])
    _forward(scope, edge)


def _by_address(scope: Scope, edge: Edge) -> Json:
    attributes = _attributes(scope.architecture.node(edge.source), scope.architecture.node(edge.target))
    return {
        "VpcId": scope.vpc(),
        "TargetType": "ip",
        "Protocol": "HTTP",
        "Port": APPLICATION_PORT,
        "HealthCheckPath": HEALTH_PATH,
        "HealthCheckIntervalSeconds": 15,
        "HealthyThresholdCount": 2,
        "UnhealthyThresholdCount": 3,
        "TargetGroupAttributes": [{"Key": key, "Value": value} for key, value in attributes.items()],
    }


def _attributes(balancer: Node, node: Node) -> dict[str, str]:
    """Return the attributes of a target group.

    A target that is taken out has the time of the longest answer to end what it has begun, and goes at once where nothing is
    open (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, read
    2026-11-27). A cookie leads callers to the same target, where it keeps their state.
    """
    delay_s = min(_LONGEST_DELAY_S, max(_SHORTEST_DELAY_S, settings.number(balancer, "timeout_s")))
    attributes = {"deregistration_delay.timeout_seconds": str(delay_s)}
    if sticky_s := settings.number(node, "stickiness_s"):
        attributes |= {"stickiness.enabled": "true", "stickiness.type": "lb_cookie"}
        attributes["stickiness.lb_cookie.duration_seconds"] = str(sticky_s)
    return attributes


def _forward(scope: Scope, edge: Edge) -> None:
    """Forward requests of the listener to the target group."""
    statement = forwarding(scope, edge)
    actions = actions_of(scope, statement)
    order = len(actions) + 1
    actions.append({"Type": "forward", "Order": order, "TargetGroupArn": Ref(target_group_id(scope, edge))})
    scope.carry(statement, edge.id)


def _scope(scope: Scope) -> Json:
    """Return the claims that are asked for: the email address too, if emails go to callers. By default it is the id alone.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateCognitoActionConfig.html (read 2026-12-01)
    """
    return {"Scope": "openid email"} if mails(scope.architecture) else {}


@connection(["alb"], "authorize", ["cognito"])
def signs_in_with_pool(scope: Scope, edge: Edge) -> None:
    """Authenticate callers with the user pool before requests are forwarded, or verify its tokens."""
    if verifies_tokens(scope.architecture.node(edge.source)):
        verify_tokens(scope, edge)
        return
    pool, client = scope.main(edge.target), client_id(scope, edge.target)
    # Unique in the world and in lower case, which a stack's name need not be.
    domain = joined("sign-in-", Named("Unique", STACK_UUID))
    # One sign-in page serves all load balancers.
    if f"{pool}Domain" in scope.resources:
        scope.carry(f"{pool}Domain", edge.id)
    else:
        page = {"UserPoolId": Ref(pool), "Domain": domain}
        scope.add(f"{pool}Domain", "AWS::Cognito::UserPoolDomain", page, edge=edge.id)
    properties = scope.properties(client)
    callbacks = [*properties.get("CallbackURLs", ()), joined(scope.of(edge.source, "url"), "/oauth2/idpresponse")]
    properties.update(
        GenerateSecret=True,
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid", "email"],
        SupportedIdentityProviders=["COGNITO"],
        CallbackURLs=callbacks,
    )
    config = {
        "UserPoolArn": scope.of(edge.target, "arn"),
        "UserPoolClientId": Ref(client),
        "UserPoolDomain": Ref(f"{pool}Domain"),
        **_scope(scope),
    }
    action = {"Type": "authenticate-cognito", "Order": 1, "AuthenticateCognitoConfig": config}
    authenticate_first(scope, edge, action)


@connection(["alb"], "authorize", ["oidc"])
def signs_in_with_provider(scope: Scope, edge: Edge) -> None:
    """Authenticate callers with the existing OIDC provider, or verify its tokens; its endpoints and secret are parameters."""
    if verifies_tokens(scope.architecture.node(edge.source)):
        verify_tokens(scope, edge)
        scope.also(checking(scope, edge)[0], edge.target)
        return
    config = {
        "Issuer": Ref("OidcIssuer"),
        "AuthorizationEndpoint": Ref("OidcAuthorizationEndpoint"),
        "TokenEndpoint": Ref("OidcTokenEndpoint"),
        "UserInfoEndpoint": Ref("OidcUserInfoEndpoint"),
        "ClientId": Ref("OidcAudience"),
        "ClientSecret": SecretValue(Ref("OidcClientSecretArn")),
        **_scope(scope),
    }
    authenticate_first(scope, edge, {"Type": "authenticate-oidc", "Order": 1, "AuthenticateOidcConfig": config})
    scope.also(checking(scope, edge)[0], edge.target)
