"""WebSocket APIs: routes to a function, with a Lambda or IAM authorizer at connection."""

from collections.abc import Iterator, Mapping

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.resource import NotLifted, Resource
from blueprints.cdk.lifts.compute.releases import invoked, names_of, uri_names
from blueprints.cdk.modules import apigatewayv2, authorizers, integrations
from blueprints.cdk.tree import THIS, Call, Do, Expr, Let, Value
from blueprints.cdk.tree import Ref as Variable
from blueprints.shared.api_gateway import PRINCIPAL, execution_arn, invocation_uri, route_target
from blueprints.values import Att, Ref, joined

PROTOCOL = "WEBSOCKET"
_PERMISSION = "AWS::Lambda::Permission"
_INTEGRATION = "AWS::ApiGatewayV2::Integration"
_ROUTE = "AWS::ApiGatewayV2::Route"
_AUTHORIZER = "AWS::ApiGatewayV2::Authorizer"
_IAM = "AWS_IAM"


def parts(lifter: Lifter, api: Resource) -> Iterator[Resource]:
    """Yield the integrations, routes and authorizers of an API, and its invoke permissions."""
    for type in (_INTEGRATION, _ROUTE, _AUTHORIZER):
        yield from (resource for resource in lifter.of_type(type) if resource.properties["ApiId"] == Ref(api.id))
    sources = [_source(api, resource) for type in (_ROUTE, _AUTHORIZER) for resource in lifter.of_type(type)]
    yield from (
        permission for permission in lifter.of_type(_PERMISSION) if permission.properties.get("SourceArn") in sources
    )


def websocket_api(lifter: Lifter, resource: Resource) -> Statements:
    """An API with its authorizer, its integration, and the routes to it."""
    options: dict[str, Value] = {
        "api_name": lifter.value(resource.take("Name")),
        "route_selection_expression": resource.take("RouteSelectionExpression"),
    }
    yield Let(lifter.name(resource), apigatewayv2.WebSocketApi(THIS, resource.id, **options))
    for check in resource.of_type(_AUTHORIZER):
        yield Let(lifter.name(check), _authorizer(lifter, resource, check), check.why)
    handlers: dict[str, Ref | Att] = {}
    for integration in resource.of_type(_INTEGRATION):
        integration.expect("ApiId", Ref(resource.id))
        integration.expect("IntegrationType", "AWS_PROXY")
        handlers[integration.id] = _function_arn(lifter, integration, "IntegrationUri")
        function = invoked(lifter, handlers[integration.id])
        yield Let(lifter.name(integration), integrations.WebSocketLambdaIntegration(integration.id, function))
    yield from _routes(lifter, resource, handlers)


def _source(api: Resource, caller: Resource) -> object:
    """Return the source ARN with which a route or an authorizer invokes its function."""
    if caller.type == _ROUTE:
        return execution_arn(api.id, f"/*{caller.properties['RouteKey']}")
    return execution_arn(api.id, joined("/authorizers/", Ref(caller.id)))


def _function_arn(lifter: Lifter, resource: Resource, name: str) -> Ref | Att:
    """Consume the invocation URI of a function and return its ARN, or its alias."""
    uri = resource.take(name)
    for function_arn in uri_names(lifter):
        if uri == invocation_uri(function_arn):
            return function_arn
    raise NotLifted(f"{resource.where}.{name} is {uri!r}, which is no function of the stack")


def _take_permission(api: Resource, caller: Resource, function: Ref | Att) -> None:
    """Consume the permission that the construct of a route or an authorizer creates."""
    permissions = [
        permission
        for permission in api.of_type(_PERMISSION)
        if permission.properties.get("SourceArn") == _source(api, caller)
    ]
    if len(permissions) != 1:
        raise NotLifted(f"{caller.where} needs one permission to invoke {function!r}, and has {len(permissions)}")
    (allowed,) = permissions
    allowed.expect("Action", "lambda:InvokeFunction")
    allowed.expect("FunctionName", *names_of(function))
    allowed.expect("Principal", PRINCIPAL)
    allowed.take("SourceArn")


def _authorizer(lifter: Lifter, api: Resource, check: Resource) -> Call:
    check.expect("ApiId", Ref(api.id))
    check.expect("AuthorizerType", "REQUEST")
    check.take("Name")  # CDK calls it by its own id.
    function = _function_arn(lifter, check, "AuthorizerUri")
    _take_permission(api, check, function)
    handler, source = invoked(lifter, function), check.take("IdentitySource")
    return authorizers.WebSocketLambdaAuthorizer(check.id, handler, identity_source=source)


def _routes(lifter: Lifter, api: Resource, handlers: Mapping[str, Ref | Att]) -> Statements:
    targets = {route_target(id): id for id in handlers}
    iam_authorizer = f"{lifter.name(api)}_authorizer"
    routes = api.of_type(_ROUTE)
    if any(route.properties["AuthorizationType"] == _IAM for route in routes):
        yield Let(iam_authorizer, authorizers.WebSocketIamAuthorizer())
    for route in routes:
        route.expect("ApiId", Ref(api.id))
        target = route.take("Target")
        if target not in targets:
            route.refuse("Target", target)
        _take_permission(api, route, handlers[targets[target]])
        options: dict[str, Value] = {"integration": Variable(lifter.name(lifter.resources[targets[target]]))}
        check = _check(lifter, api, route, iam_authorizer)
        if check is not None:
            options["authorizer"] = check
        yield Do(lifter.ref(api).add_route(route.take("RouteKey"), **options))


def _check(lifter: Lifter, api: Resource, route: Resource, iam_authorizer: str) -> Expr | None:
    """Consume the authorizer of a route; `iam_authorizer` is the variable of the IAM authorizer."""
    kind = route.take("AuthorizationType")
    if kind == "NONE":
        return None
    if kind == _IAM:
        return Variable(iam_authorizer)
    check = route.take("AuthorizerId", None)
    authorizers_by_ref = {Ref(authorizer.id): authorizer for authorizer in api.of_type(_AUTHORIZER)}
    if kind != "CUSTOM" or check not in authorizers_by_ref:
        route.refuse("AuthorizationType", (kind, check))
    return Variable(lifter.name(authorizers_by_ref[check]))
