"""HTTP APIs: routes with an authoriser in front of functions and services, throttled, with an access log."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints import settings
from blueprints.cdk.context import Context
from blueprints.cdk.entry import access_log_format, api_name, identity_of, patience
from blueprints.cdk.modules import apigatewayv2, authorizers, cdk, integrations
from blueprints.cdk.observability import log_group
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import connection, granted, service
from blueprints.cdk.tree import THIS, Do, Expr, Let, Statement, Value, Words
from blueprints.routes import ACCEPT, ROUTES, Route, starting
from blueprints.traits.state_machine import SERVICES

SERVICE = "api-gateway-http"
granted(("client",), ("request",), (SERVICE,))
granted((SERVICE,), ("authorize",), ("cognito", "oidc", "iam-auth"))


@service(SERVICE)
def api(context: Context, node: Node) -> Iterator[Statement]:
    """Make the API, its stage and its authoriser; its connections add the routes."""
    methods = [getattr(apigatewayv2.CorsHttpMethod, method) for method in ("GET", "POST", "PUT", "DELETE")]
    cors = apigatewayv2.CorsPreflightOptions(
        allow_origins=[context.allowed_origin()],
        allow_methods=methods,
        allow_headers=["authorization", "content-type"],
        max_age=cdk.Duration.hours(1),
    )
    made = apigatewayv2.HttpApi(
        THIS, context.id(node.id), api_name=api_name(context, node), create_default_stage=False, cors_preflight=cors
    )
    yield Let(context.name(node.id), made)
    yield log_group(context, node.id, "AccessLogs")
    why = Text(
        "The stage as a plain resource: its construct takes no access log in Python.",
        "ステージは素のリソースで作る。Python のコンストラクトではアクセスログを設定できない。",
    )
    yield Do(apigatewayv2.CfnStage(THIS, context.id(node.id, "Stage"), **stage(context, node, "$default")), why)
    yield from _authorizer(context, node)
    words = Text("Address of the API", "API の URL")
    yield output(context, context.id(node.id, "Url"), context.value_of(node.id, "url"), words)


def stage(context: Context, node: Node, name: Value) -> dict[str, Value]:
    """Return the properties of an API's stage."""
    throttling = apigatewayv2.CfnStage.RouteSettingsProperty(
        detailed_metrics_enabled=True,
        throttling_rate_limit=settings.number(node, "throttle_rate"),
        throttling_burst_limit=settings.number(node, "throttle_burst"),
    )
    log = apigatewayv2.CfnStage.AccessLogSettingsProperty(
        destination_arn=context.ref(node.id, "AccessLogs").log_group_arn, format=access_log_format()
    )
    return {
        "api_id": context.ref(node.id).api_id,
        "stage_name": name,
        "auto_deploy": True,
        "default_route_settings": throttling,
        "access_log_settings": log,
    }


def _authorizer(context: Context, node: Node) -> Iterator[Statement]:
    identity = identity_of(context, node.id)
    if identity is None:
        return
    made: Expr = authorizers.HttpIamAuthorizer()
    if identity.service != "iam-auth":
        made = authorizers.HttpJwtAuthorizer(
            context.id(node.id, "Authorizer"),
            context.value_of(identity.id, "issuer"),
            jwt_audience=[context.value_of(identity.id, "audience")],
        )
    yield Let(context.name(node.id, "Authorizer"), made)


@connection((SERVICE,), "invoke", ("lambda",))
def invoke(context: Context, edge: Edge) -> Iterator[Statement]:
    """Hand requests to the function."""
    name = context.name(edge.source, "Integration")
    made = integrations.HttpLambdaIntegration(
        context.id(edge.source, "Integration"),
        context.ref(edge.target),
        timeout=patience(context.node(edge.source)),
        scope_permission_to_route=False,
    )
    yield Let(name, made)
    yield from routes_to(context, edge, ROUTES)


def routes_to(context: Context, edge: Edge, routes: tuple[Route, ...]) -> Iterator[Statement]:
    """Add routes to the edge's integration, one call for each path."""
    paths: dict[tuple[str, bool], list[Value]] = {}
    for route in routes:
        method = getattr(apigatewayv2.HttpMethod, route.method)
        paths.setdefault((route.path, route.open), []).append(method)
    checked = identity_of(context, edge.source) is not None
    for (path, is_open), methods in paths.items():
        options: dict[str, Value] = {"path": path, "methods": methods}
        options["integration"] = context.ref(edge.source, "Integration")
        if checked and not is_open:
            options["authorizer"] = context.ref(edge.source, "Authorizer")
        yield Do(context.ref(edge.source).add_routes(**options))


def _direct(context: Context, edge: Edge, subtype: str, parameters: dict[str, Value]) -> Iterator[Statement]:
    """Hand a request to an AWS service without a function, by a role of the API."""
    yield context.role(edge.id, "apigateway.amazonaws.com", context.statements(edge.source, edge.id), confined=True)
    api_id, name = context.ref(edge.source).api_id, context.name(edge.source, "Integration")
    integration = apigatewayv2.CfnIntegration(
        THIS,
        context.id(edge.source, "Integration"),
        api_id=api_id,
        integration_type="AWS_PROXY",
        integration_subtype=subtype,
        payload_format_version="1.0",
        credentials_arn=context.ref(edge.id, "Role").role_arn,
        request_parameters=parameters,
    )
    why = Text(
        "A plain resource: the constructs for direct integrations grant more than is needed.",
        "素のリソースで作る。直接統合のコンストラクトは必要以上の権限を付ける。",
    )
    yield Let(name, integration, why)
    identity = identity_of(context, edge.source)
    options: dict[str, Value] = {"authorization_type": "NONE"}
    if identity is not None and identity.service == "iam-auth":
        options = {"authorization_type": "AWS_IAM"}
    elif identity is not None:
        yield from _token_check(context, edge.source, identity)
        options = {"authorization_type": "JWT", "authorizer_id": context.ref(edge.source, "TokenCheck").ref}
    target = Words("integrations/", context.ref(edge.source, "Integration").ref)
    id = context.id(edge.source, f"{ACCEPT.name}Route")
    yield Do(apigatewayv2.CfnRoute(THIS, id, api_id=api_id, route_key=ACCEPT.key, target=target, **options))


def _token_check(context: Context, entry: str, identity: Node) -> Iterator[Statement]:
    tokens = apigatewayv2.CfnAuthorizer.JWTConfigurationProperty(
        issuer=context.value_of(identity.id, "issuer"), audience=[context.value_of(identity.id, "audience")]
    )
    made = apigatewayv2.CfnAuthorizer(
        THIS,
        context.id(entry, "TokenCheck"),
        api_id=context.ref(entry).api_id,
        name="tokens",
        authorizer_type="JWT",
        identity_source=["$request.header.Authorization"],
        jwt_configuration=tokens,
    )
    yield Let(context.name(entry, "TokenCheck"), made)


@connection((SERVICE,), "publish", ("sqs",))
def puts_into_queue(context: Context, edge: Edge) -> Iterator[Statement]:
    """Put a request's body into the queue."""
    queue = context.value_of(edge.target, "url")
    yield from _direct(context, edge, "SQS-SendMessage", {"QueueUrl": queue, "MessageBody": "$request.body"})


@connection((SERVICE,), "publish", ("eventbridge-bus",))
def puts_on_bus(context: Context, edge: Edge) -> Iterator[Statement]:
    """Put a request's body on the bus."""
    parameters: dict[str, Value] = {
        "EventBusName": context.value_of(edge.target, "name"),
        "Source": context.node(edge.source).subject,
        "DetailType": "request",
        "Detail": "$request.body",
    }
    yield from _direct(context, edge, "EventBridge-PutEvents", parameters)


@connection((SERVICE,), "start", SERVICES)
def starts_machine(context: Context, edge: Edge) -> Iterator[Statement]:
    """Start an execution with a request's body; an Express workflow answers with its result."""
    parameters: dict[str, Value] = {"StateMachineArn": context.value_of(edge.target, "arn"), "Input": "$request.body"}
    start = starting(context.node(edge.target).service)
    yield from _direct(context, edge, f"StepFunctions-{start}", parameters)
