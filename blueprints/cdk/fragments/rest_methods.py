"""What a REST API does with a request: which function or service answers each method, and what it must show."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from blueprints import settings
from blueprints.cdk.context import Context
from blueprints.cdk.entry import identity_of, patience
from blueprints.cdk.fragments.rest_api import SERVICE
from blueprints.cdk.modules import apigateway, cdk
from blueprints.cdk.registry import connection
from blueprints.cdk.tree import Call, Do, Expr, Let, Statement, Value, Words
from blueprints.names import pascal
from blueprints.plan import TABLE_KEY
from blueprints.routes import ACCEPT, ROUTES, Route, starting
from blueprints.traits.state_machine import SERVICES

_ITEM = Route("GET", "/items/{id}")
_CALLER = "method.request.header.Authorization"
_CONTENT = {
    "sqs": "application/x-www-form-urlencoded",
    "sns": "application/x-www-form-urlencoded",
    "events": "application/x-amz-json-1.1",
}
_ACCEPTED = {"application/json": '{"accepted": true}'}
_REFUSED = {"application/json": '{"accepted": false}'}


def _part(path: str) -> str:
    return pascal(path) + "Path"


def resources(context: Context, api: str, routes: tuple[Route, ...]) -> Iterator[Statement]:
    """Make the resources of the routes' paths, each under its parent."""
    known: set[str] = set()
    for route in routes:
        steps = route.path.strip("/").split("/")
        for depth, step in enumerate(steps):
            path, above = "/".join(steps[: depth + 1]), "/".join(steps[:depth])
            if path in known:
                continue
            known.add(path)
            options: dict[str, Value] = {}
            parent: Expr = context.ref(api, _part(above)) if above else context.ref(api).root
            if not above and not settings.flag(context.node(api), "private"):
                options["default_cors_preflight_options"] = context.ref(api, "Preflight")
            yield Let(context.name(api, _part(path)), parent.add_resource(step, **options))


def method(context: Context, node: Node, route: Route, integration: Value, more: dict[str, Value]) -> Do:
    """Return a method of a path: what a caller must show, what a request must look like, and what answers it."""
    options: dict[str, Value] = {}
    names = [step[1:-1] for step in route.path.split("/") if step.startswith("{")]
    asked: dict[str, Value] = {f"method.request.path.{name}": True for name in names}
    identity = identity_of(context, node.id)
    if not route.open:
        options |= _shown(context, node, identity)
        if _is_cached(node, route) and identity is not None:
            asked[_CALLER] = False
    if asked:
        options["request_parameters"] = asked
    if settings.flag(node, "validation") and route.method in ("POST", "PUT"):
        options["request_models"] = {"application/json": context.ref(node.id, "Item")}
        options["request_validator"] = context.ref(node.id, "Validator")
    resource = context.ref(node.id, _part(route.path.strip("/")))
    return Do(resource.add_method(route.method, integration, **options, **more))


def _shown(context: Context, node: Node, identity: Node | None) -> dict[str, Value]:
    """Return what a caller must show."""
    found: dict[str, Value] = {}
    if identity is not None and identity.service == "iam-auth":
        found["authorization_type"] = apigateway.AuthorizationType.IAM
    elif identity is not None:
        found["authorizer"] = context.ref(node.id, "Authorizer")
    if settings.flag(node, "api_keys"):
        found["api_key_required"] = True
    return found


def _is_cached(node: Node, route: Route) -> bool:
    return settings.flag(node, "caching") and route.method == "GET" and not route.open


def cache_keys(context: Context, node: Node, route: Route) -> list[str]:
    """Return what tells cached answers apart. The caller does, so that nobody is given another's answer."""
    if not _is_cached(node, route):
        return []
    names = [step[1:-1] for step in route.path.split("/") if step.startswith("{")]
    caller = [_CALLER] if identity_of(context, node.id) is not None else []
    return [*(f"method.request.path.{name}" for name in names), *caller]


@connection((SERVICE,), "invoke", ("lambda",))
def invokes_function(context: Context, edge: Edge) -> Iterator[Statement]:
    """Hand requests to the function."""
    node = context.node(edge.source)
    yield Let(context.name(node.id, "Integration"), _to_function(context, edge, []))
    yield from resources(context, node.id, ROUTES)
    for route in ROUTES:
        integration: Expr = context.ref(node.id, "Integration")
        keys = cache_keys(context, node, route)
        if keys:
            integration = _to_function(context, edge, keys)
        yield method(context, node, route, integration, {})


def _to_function(context: Context, edge: Edge, keys: list[str]) -> Call:
    options: dict[str, Value] = {"cache_key_parameters": list(keys)} if keys else {}
    return apigateway.LambdaIntegration(
        context.ref(edge.target),
        timeout=patience(context.node(edge.source)),
        allow_test_invoke=False,
        scope_permission_to_method=False,
        **options,
    )


def _direct(context: Context, edge: Edge, service: str, call: dict[str, Value], template: Value) -> Iterator[Statement]:
    """Hand a request to an AWS service without a function, by a role of the API and a mapping."""
    node = context.node(edge.source)
    yield context.role(edge.id, "apigateway.amazonaws.com", context.statements(edge.source, edge.id), confined=True)
    yield from resources(context, node.id, (ACCEPT,))
    content = _CONTENT.get(service, "application/x-amz-json-1.0")
    sent = {"integration.request.header.Content-Type": f"'{content}'"}
    if service == "events":
        sent["integration.request.header.X-Amz-Target"] = "'AWSEvents.PutEvents'"
    options = apigateway.IntegrationOptions(
        credentials_role=context.assumed(edge.id),
        request_parameters=sent,
        request_templates={"application/json": template},
        passthrough_behavior=apigateway.PassthroughBehavior.NEVER,
        integration_responses=[
            apigateway.IntegrationResponse(status_code="202", response_templates=_ACCEPTED),
            apigateway.IntegrationResponse(
                status_code="500", selection_pattern=r"[45]\d\d", response_templates=_REFUSED
            ),
        ],
    )
    integration = apigateway.AwsIntegration(service=service, integration_http_method="POST", options=options, **call)
    answers = [apigateway.MethodResponse(status_code=code) for code in ("202", "500")]
    yield method(context, node, ACCEPT, integration, {"method_responses": list(answers)})


@connection((SERVICE,), "publish", ("sqs",))
def puts_into_queue(context: Context, edge: Edge) -> Iterator[Statement]:
    """Put a request's body into the queue."""
    path = Words(cdk.Aws.ACCOUNT_ID, "/", context.ref(edge.target).queue_name)
    yield from _direct(
        context, edge, "sqs", {"path": path}, "Action=SendMessage&MessageBody=$util.urlEncode($input.body)"
    )


@connection((SERVICE,), "publish", ("sns",))
def publishes(context: Context, edge: Edge) -> Iterator[Statement]:
    """Publish a request's body to the topic."""
    topic = context.ref(edge.target).topic_arn
    template = Words("Action=Publish&TopicArn=", topic, "&Message=$util.urlEncode($input.body)")
    yield from _direct(context, edge, "sns", {"action": "Publish"}, template)


@connection((SERVICE,), "publish", ("eventbridge-bus",))
def puts_on_bus(context: Context, edge: Edge) -> Iterator[Statement]:
    """Put a request's body on the bus."""
    words = f'", "Source": "{context.node(edge.source).subject}", "DetailType": "request", '
    body = '"Detail": "$util.escapeJavaScript($input.body)"}]}'
    bus = context.ref(edge.target).event_bus_name
    template = Words('{"Entries": [{"EventBusName": "', bus, words + body)
    yield from _direct(context, edge, "events", {"action": "PutEvents"}, template)


@connection((SERVICE,), "start", SERVICES)
def starts_machine(context: Context, edge: Edge) -> Iterator[Statement]:
    """Start an execution with a request's body; an Express workflow answers with its result."""
    machine = context.ref(edge.target).state_machine_arn
    template = Words('{"stateMachineArn": "', machine, '", "input": "$util.escapeJavaScript($input.body)"}')
    yield from _direct(context, edge, "states", {"action": starting(context.node(edge.target).service)}, template)


@connection((SERVICE,), "write", ("dynamodb",))
def writes_item(context: Context, edge: Edge) -> Iterator[Statement]:
    """Write a request's body as an item under the request's id."""
    item = (
        f'", "Item": {{"{TABLE_KEY}": {{"S": "$context.requestId"}}, "id": {{"S": "$context.requestId"}}, '
        '"body": {"S": "$util.escapeJavaScript($input.body)"}}}'
    )
    template = Words('{"TableName": "', context.ref(edge.target).table_name, item)
    yield from _direct(context, edge, "dynamodb", {"action": "PutItem"}, template)


@connection((SERVICE,), "read-write", ("dynamodb",))
def writes_and_reads_item(context: Context, edge: Edge) -> Iterator[Statement]:
    """Write items, and get one by its id."""
    yield from writes_item(context, edge)
    items = context.ref(edge.source, _part("items"))
    yield Let(context.name(edge.source, _part("items/{id}")), items.add_resource("{id}"))
    yield _gets_item(context, edge)


@connection((SERVICE,), "read", ("dynamodb",))
def reads_item(context: Context, edge: Edge) -> Iterator[Statement]:
    """Get an item by its id."""
    yield context.role(edge.id, "apigateway.amazonaws.com", context.statements(edge.source, edge.id), confined=True)
    yield from resources(context, edge.source, (_ITEM,))
    yield _gets_item(context, edge)


def _gets_item(context: Context, edge: Edge) -> Do:
    key = f'", "Key": {{"{TABLE_KEY}": {{"S": "$util.escapeJavaScript($input.params(\'id\'))"}}}}}}'
    template = Words('{"TableName": "', context.ref(edge.target).table_name, key)
    answer = {"application/json": "$input.path('$.Item.body.S')"}
    keys = cache_keys(context, context.node(edge.source), _ITEM)
    cached: dict[str, Value] = {"cache_key_parameters": list(keys)} if keys else {}
    options = apigateway.IntegrationOptions(
        credentials_role=context.assumed(edge.id),
        request_templates={"application/json": template},
        passthrough_behavior=apigateway.PassthroughBehavior.WHEN_NO_TEMPLATES,
        integration_responses=[apigateway.IntegrationResponse(status_code="200", response_templates=answer)],
        **cached,
    )
    integration = apigateway.AwsIntegration(
        service="dynamodb", integration_http_method="POST", action="GetItem", options=options
    )
    more: dict[str, Value] = {"method_responses": [apigateway.MethodResponse(status_code="200")]}
    return method(context, context.node(edge.source), _ITEM, integration, more)
