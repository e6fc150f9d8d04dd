"""HTTP APIs: the API, its stage, its authorizer, and the routes to functions, containers and AWS services."""

from advisor.architecture import Edge, Node
from advisor.text import EMPTY, Text
from blueprints.parts.lambda_ import permission
from blueprints.parts.nlb import inner_balancer, link_group
from blueprints.plan.callers.authorizers import CALLER_HEADER, caller_of
from blueprints.plan.routes import ACCEPT, REPLACE, Route, asks, called_from_browsers, routes_to, starting
from blueprints.shared.api_gateway import (
    EVERY_ROUTE,
    HTTP,
    PLAIN_STAGE,
    PRINCIPAL,
    TOKEN_SOURCE,
    access_log,
    allowed_origin,
    api_address,
    api_host,
    custom_domain,
    execution_arn,
    route_authorization,
    route_target,
    stage_checks_signatures,
    throttling,
    timeout_ms,
)
from blueprints.shared.programs import PROGRAMS
from blueprints.shared.roles import role, trust
from blueprints.stack.registry import carried, connection, itself, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits.state_machine import SERVICES
from blueprints.values import Ref, arn, joined, stack_name

DEFAULT_STAGE = "$default"
_PLAIN_INTEGRATION = Text(
    "An L1 construct: the constructs for direct integrations grant more permissions than required.",
    "L1 コンストラクトを使います。直接統合のコンストラクトは必要以上の権限を付与します。",
)

carried(["client"], ["request"], [HTTP], by="target")
carried(PROGRAMS, ["call"], [HTTP])


@service(
    HTTP,
    id=itself,
    name=itself,
    arn=lambda scope, node: arn("apigateway", joined("/apis/", Ref(scope.name(node.id))), account=""),
    url=lambda scope, node: api_address("https", scope.name(node.id)),
    host=lambda scope, node: api_host(scope.name(node.id)),
)
def http_api(scope: Scope, node: Node) -> None:
    """An HTTP API with throttling and an access log, and with CORS for one origin where browsers call it."""
    id = scope.name(node.id)
    properties: Json = {"Name": stack_name(id), "ProtocolType": "HTTP"}
    if called_from_browsers(scope.architecture, node):
        changes = REPLACE in _routes(scope, node)
        properties["CorsConfiguration"] = {
            "AllowOrigins": [allowed_origin(scope)],
            "AllowMethods": list(dict.fromkeys(route.method for route in _routes(scope, node))),
            "AllowHeaders": ["authorization", "content-type", "idempotency-key", *(["if-match"] if changes else [])],
            **({"ExposeHeaders": ["etag"]} if changes else {}),
            "MaxAge": 3600,
        }
    scope.add(id, "AWS::ApiGatewayV2::Api", properties, node=node.id)
    stage = {
        "ApiId": Ref(id),
        "StageName": DEFAULT_STAGE,
        "AutoDeploy": True,
        "DefaultRouteSettings": {"DetailedMetricsEnabled": True, **throttling(node)},
        "AccessLogSettings": access_log(scope, node),
    }
    scope.add(f"{id}Stage", "AWS::ApiGatewayV2::Stage", stage, node=node.id, why=PLAIN_STAGE)
    scope.output(f"{id}Url", api_address("https", scope.name(node.id)), "URL of the API")
    custom_domain(scope, node, "https", f"{id}Stage")


def _routes(scope: Scope, node: Node) -> list[Route]:
    """Return all routes of an API."""
    invoked = scope.architecture.leaving(node.id, "invoke")
    return [route for edge in invoked for route in routes_to(scope.architecture, edge.target)] or [ACCEPT]


@connection([HTTP], "authorize", ["cognito", "oidc"])
def checks_tokens(scope: Scope, edge: Edge) -> None:
    """Add an authorizer that checks issuer, audience, signature and expiry of a token."""
    api = scope.main(edge.source)
    properties = {
        "ApiId": Ref(api),
        "Name": "tokens",
        "AuthorizerType": "JWT",
        "IdentitySource": TOKEN_SOURCE,
        "JwtConfiguration": {
            "Issuer": scope.of(edge.target, "issuer"),
            "Audience": [scope.of(edge.target, "audience")],
        },
    }
    scope.add(f"{api}Authorizer", "AWS::ApiGatewayV2::Authorizer", properties, edge=edge.id)
    if scope.architecture.node(edge.target).service == "oidc":
        scope.also(f"{api}Authorizer", edge.target)


connection([HTTP], "authorize", ["iam-auth"])(stage_checks_signatures)


@connection([HTTP], "invoke", ["lambda"])
def invokes_function(scope: Scope, edge: Edge) -> None:
    """Integrate the function."""
    api = scope.main(edge.source)
    integration = {
        "ApiId": Ref(api),
        "IntegrationType": "AWS_PROXY",
        "IntegrationUri": scope.of(edge.target, "arn"),
        "PayloadFormatVersion": "2.0",
        "TimeoutInMillis": timeout_ms(scope.architecture.node(edge.source)),
    }
    _integrate(scope, edge, integration, routes_to(scope.architecture, edge.target))
    id = f"{scope.name(edge.id)}Permission"
    permission(scope, id, edge.target, PRINCIPAL, execution_arn(api, EVERY_ROUTE), edge.id)


@connection([HTTP], "invoke", ["ecs", "eks"])
def http_api_forwards(scope: Scope, edge: Edge) -> None:
    """Integrate the containers through a VPC link."""
    api = scope.main(edge.source)
    group = link_group(scope, edge, f"{api}LinkSecurityGroup")
    _, listener = inner_balancer(scope, edge, group)
    link = {
        "Name": stack_name(api),
        "SubnetIds": scope.subnets(),
        "SecurityGroupIds": [Ref(group)],
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
    _integrate(scope, edge, integration, routes_to(scope.architecture, edge.target))


def _integrate(scope: Scope, edge: Edge, integration: Json, routes: tuple[Route, ...], why: Text = EMPTY) -> None:
    """Add the integration of an HTTP API and its routes."""
    api = scope.main(edge.source)
    id = f"{api}Integration"
    scope.add(id, "AWS::ApiGatewayV2::Integration", integration, edge=edge.id, why=why)
    entry = scope.architecture.node(edge.source)
    auth = route_authorization(scope, entry)
    for route in routes:
        authorization = auth if asks(entry, route) else {"AuthorizationType": "NONE"}
        properties = {"ApiId": Ref(api), "RouteKey": route.key, **authorization, "Target": route_target(id)}
        scope.add(f"{api}{route.name}Route", "AWS::ApiGatewayV2::Route", properties, edge=edge.id)


def _direct(scope: Scope, edge: Edge, subtype: str, parameters: Json) -> None:
    """Integrate an AWS service directly, by a role of the API."""
    api = scope.main(edge.source)
    assumed = trust(PRINCIPAL, confined=True)
    direct = role(scope, f"{scope.name(edge.id)}Role", assumed, scope.statements(edge.source, edge.id), edge=edge.id)
    integration = {
        "ApiId": Ref(api),
        "IntegrationType": "AWS_PROXY",
        "IntegrationSubtype": subtype,
        "PayloadFormatVersion": "1.0",
        "CredentialsArn": direct,
        "RequestParameters": parameters,
    }
    _integrate(scope, edge, integration, (ACCEPT,), _PLAIN_INTEGRATION)


@connection([HTTP], "publish", ["sqs"])
def puts_into_queue(scope: Scope, edge: Edge) -> None:
    """Send the body of a request to the queue."""
    _direct(scope, edge, "SQS-SendMessage", {"QueueUrl": scope.of(edge.target, "url"), "MessageBody": "$request.body"})


@connection([HTTP], "publish", ["eventbridge-bus"])
def puts_on_bus(scope: Scope, edge: Edge) -> None:
    """Publish the body of a request to the bus."""
    parameters = {
        "EventBusName": scope.of(edge.target, "name"),
        "Source": scope.architecture.node(edge.source).subject,
        "DetailType": "request",
        "Detail": "$request.body",
    }
    _direct(scope, edge, "EventBridge-PutEvents", parameters)


@connection([HTTP], "start", SERVICES)
def starts_machine(scope: Scope, edge: Edge) -> None:
    """Start an execution with a request's body; an Express workflow answers with its result."""
    parameters = {"StateMachineArn": scope.of(edge.target, "arn"), "Input": "$request.body"}
    start = starting(scope.architecture.node(edge.target).service)
    _direct(scope, edge, f"StepFunctions-{start}", parameters)
