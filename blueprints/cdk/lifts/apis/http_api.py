"""HTTP APIs: routes with an authorizer in front of functions and containers; direct service integrations stay L1."""

from collections.abc import Iterator

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.lifts.apis import websocket_api as websocket
from blueprints.cdk.lifts.apis.vpc_links import is_private, private_integration
from blueprints.cdk.lifts.compute.releases import invoked, is_invoked, names_of
from blueprints.cdk.modules import apigatewayv2, authorizers, integrations
from blueprints.cdk.tree import THIS, Call, Do, Let, Value
from blueprints.cdk.tree import Ref as Variable
from blueprints.shared.api_gateway import EVERY_ROUTE, PRINCIPAL, TOKEN_SOURCE, execution_arn, route_target
from blueprints.values import Ref

_PERMISSION = "AWS::Lambda::Permission"
_INTEGRATION = "AWS::ApiGatewayV2::Integration"
_ROUTE = "AWS::ApiGatewayV2::Route"
_AUTHORIZER = "AWS::ApiGatewayV2::Authorizer"


def _absorbed_by_api(lifter: Lifter, api: Resource) -> Iterator[Resource]:
    """Yield the integration with a function or containers, its permission, routes and authorizer.

    A route to anything else has an integration of its own, which no construct of L2 makes without granting more.
    """
    if api.properties["ProtocolType"] == websocket.PROTOCOL:
        yield from websocket.parts(lifter, api)
        return
    for integration in lifter.of_type(_INTEGRATION):
        if integration.properties["ApiId"] != Ref(api.id):
            continue
        if not _invokes_function(lifter, integration) and not is_private(integration):
            continue
        yield integration
        routes = [
            route for route in lifter.of_type(_ROUTE) if route.properties["Target"] == route_target(integration.id)
        ]
        yield from routes
        checks = [route.properties.get("AuthorizerId") for route in routes]
        yield from (authorizer for authorizer in lifter.of_type(_AUTHORIZER) if Ref(authorizer.id) in checks)
        yield from (
            permission
            for permission in lifter.of_type(_PERMISSION)
            if permission.properties.get("SourceArn") == _every_route(api)
        )


def _invokes_function(lifter: Lifter, integration: Resource) -> bool:
    return is_invoked(lifter, integration.properties.get("IntegrationUri"))


def _every_route(api: Resource) -> object:
    return execution_arn(api.id, EVERY_ROUTE)


@lift("AWS::ApiGatewayV2::Api", ref="api_id", members={"ApiEndpoint": "api_endpoint"}, absorbs=(_absorbed_by_api,))
def api(lifter: Lifter, resource: Resource) -> Statements:
    """An HTTP API with its function routes, or a WebSocket API."""
    if resource.properties["ProtocolType"] == websocket.PROTOCOL:
        resource.take("ProtocolType")
        yield from websocket.websocket_api(lifter, resource)
        return
    resource.expect("ProtocolType", "HTTP")
    options: dict[str, Value] = {"api_name": lifter.value(resource.take("Name")), "create_default_stage": False}
    if "CorsConfiguration" in resource:
        options["cors_preflight"] = _cors(lifter, resource.part("CorsConfiguration"))
    yield Let(lifter.name(resource), apigatewayv2.HttpApi(THIS, resource.id, **options))
    for check in resource.of_type(_AUTHORIZER):
        yield _authorizer(lifter, resource, check)
    for integration in resource.of_type(_INTEGRATION):
        yield _integration(lifter, resource, integration)
    yield from _routes(lifter, resource)


def _cors(lifter: Lifter, cors: Properties) -> Call:
    shown = cors.take("ExposeHeaders", None)
    return apigatewayv2.CorsPreflightOptions(
        allow_origins=lifter.values(cors.take("AllowOrigins")),
        allow_methods=[getattr(apigatewayv2.CorsHttpMethod, method) for method in cors.take("AllowMethods")],
        allow_headers=cors.take("AllowHeaders"),
        **({"expose_headers": shown} if shown else {}),
        max_age=duration(cors.take("MaxAge")),
    )


def _authorizer(lifter: Lifter, resource: Resource, check: Resource) -> Let:
    check.expect("ApiId", Ref(resource.id))
    check.expect("AuthorizerType", "JWT")
    check.expect("IdentitySource", TOKEN_SOURCE)
    check.take("Name")  # CDK calls it by its own id.
    tokens = check.part("JwtConfiguration")
    issuer, audience = lifter.value(tokens.take("Issuer")), lifter.values(tokens.take("Audience"))
    return Let(lifter.name(check), authorizers.HttpJwtAuthorizer(check.id, issuer, jwt_audience=audience))


def _integration(lifter: Lifter, resource: Resource, integration: Resource) -> Let:
    integration.expect("ApiId", Ref(resource.id))
    if is_private(integration):
        return private_integration(lifter, integration)
    integration.expect("IntegrationType", "AWS_PROXY")
    integration.expect("PayloadFormatVersion", "2.0")
    seconds, milliseconds = divmod(integration.take("TimeoutInMillis"), 1000)
    if milliseconds:
        integration.refuse("TimeoutInMillis", milliseconds)
    uri = integration.take("IntegrationUri")
    for allowed in resource.of_type(_PERMISSION):
        allowed.expect("Action", "lambda:InvokeFunction")
        allowed.expect("FunctionName", *names_of(uri))
        allowed.expect("Principal", PRINCIPAL)
        allowed.expect("SourceArn", _every_route(resource))
    function = invoked(lifter, uri)
    options: dict[str, Value] = {"timeout": duration(seconds), "scope_permission_to_route": False}
    return Let(lifter.name(integration), integrations.HttpLambdaIntegration(integration.id, function, **options))


def _routes(lifter: Lifter, resource: Resource) -> Statements:
    """Yield the routes: those to the same path with the same check are one call."""
    calls: dict[tuple[str, object, object], list[Value]] = {}
    checks: dict[object, Value] = {}
    authorizer_of = {Ref(authorizer.id): authorizer for authorizer in resource.of_type(_AUTHORIZER)}
    for route in resource.of_type(_ROUTE):
        route.expect("ApiId", Ref(resource.id))
        method, path = route.take("RouteKey").split(" ")
        kind, check = route.take("AuthorizationType"), route.take("AuthorizerId", None)
        if kind == "AWS_IAM" and kind not in checks:
            checks[kind] = Variable(f"{lifter.name(resource)}_authorizer")
            yield Let(f"{lifter.name(resource)}_authorizer", authorizers.HttpIamAuthorizer())
        elif kind == "JWT" and check in authorizer_of:
            checks[check] = Variable(lifter.name(authorizer_of[check]))
        elif kind not in ("NONE", "AWS_IAM"):
            route.refuse("AuthorizationType", (kind, check))
        target_value = route.take("Target")
        target = next(
            integration
            for integration in resource.of_type(_INTEGRATION)
            if target_value == route_target(integration.id)
        )
        calls.setdefault((path, lifter.name(target), check or kind), []).append(
            getattr(apigatewayv2.HttpMethod, method)
        )
    for (path, target_name, check), methods in calls.items():
        checked = {} if check == "NONE" else {"authorizer": checks[check]}
        integration = Variable(str(target_name))
        yield Do(lifter.ref(resource).add_routes(path=path, methods=methods, integration=integration, **checked))
