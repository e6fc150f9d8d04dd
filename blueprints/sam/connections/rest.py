"""What a REST API does with a request: who may call, and which function or service answers it."""

from collections.abc import Mapping
from typing import Any

from advisor.architecture import Edge, Node
from blueprints import settings
from blueprints.json_text import JsonText
from blueprints.plan import TABLE_KEY
from blueprints.registry import connection
from blueprints.routes import ACCEPT, HEALTH, ROUTES, Route, starting
from blueprints.sam.connections.doors import timeout_ms
from blueprints.sam.roles import role, trust
from blueprints.sam.services.functions import invocation_uri, permission, service_uri
from blueprints.sam.services.http_api import execution_arn
from blueprints.sam.services.rest_api import preflight, stage_arn
from blueprints.scope import Json, Scope
from blueprints.traits.state_machine import SERVICES
from blueprints.values import ACCOUNT, Att, Ref, Value, joined

REST = "api-gateway-rest"
_CALLER = "method.request.header.Authorization"
#: The body of a request as a string of JSON, as API Gateway puts it in.
_BODY = "$util.escapeJavaScript($input.body)"


def _body(scope: Scope, api: str) -> Json:
    found: Json = scope.properties(scope.main(api))["DefinitionBody"]
    return found


def security_schemes(scope: Scope, api: str) -> Json:
    """Return the ways in which the callers of an API may be asked who they are."""
    found: Json = _body(scope, api).setdefault("components", {}).setdefault("securitySchemes", {})
    return found


@connection([REST], "authorize", ["cognito"])
def checks_tokens(scope: Scope, edge: Edge) -> None:
    """Let the API check tokens of the user pool."""
    security_schemes(scope, edge.source)["tokens"] = {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "cognito_user_pools",
        "x-amazon-apigateway-authorizer": {
            "type": "cognito_user_pools",
            "providerARNs": [scope.of(edge.target, "arn")],
        },
    }
    scope.carry(scope.main(edge.source), edge.id)


@connection([REST], "authorize", ["iam-auth"])
def checks_signatures(scope: Scope, edge: Edge) -> None:
    """Let the API check IAM signatures."""
    security_schemes(scope, edge.source)["signatures"] = {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "awsSigv4",
    }
    scope.carry(scope.main(edge.source), edge.id)
    scope.also(scope.main(edge.source), edge.target)


@connection([REST], "filter", ["waf"])
def filters(scope: Scope, edge: Edge) -> None:
    """Let the firewall see requests first: the association waits for the stage."""
    api = scope.main(edge.source)
    stage = Ref(f"{api}.Stage")  # SAM's name for it, which waits for the stage
    properties = {"ResourceArn": stage_arn(api, stage), "WebACLArn": scope.of(edge.target, "arn")}
    scope.add(f"{api}WebAcl", "AWS::WAFv2::WebACLAssociation", properties, edge=edge.id)


def _security(scope: Scope, node: Node) -> list[Json]:
    """What a caller must show for everything but the health route."""
    asked: Json = {}
    for edge in scope.architecture.leaving(node.id, "authorize"):
        signed = scope.architecture.node(edge.target).service == "iam-auth"
        asked["signatures" if signed else "tokens"] = []
    if settings.flag(node, "api_keys"):
        security_schemes(scope, node.id)["key"] = {"type": "apiKey", "name": "x-api-key", "in": "header"}
        asked["key"] = []
    return [asked] if asked else []


def operation(scope: Scope, node: Node, route: Route, integration: Json, answers: Json) -> None:
    """Describe one method of one path: who may call, what a request must look like, and what answers it."""
    described: Json = {"responses": answers, "x-amazon-apigateway-integration": integration}
    names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
    parameters = [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in names]
    security = [] if route == HEALTH else _security(scope, node)
    if security:
        described["security"] = security
    if settings.flag(node, "caching") and route.method == "GET" and route != HEALTH:
        parameters += _cached(integration, names, bool(scope.architecture.leaving(node.id, "authorize")))
    if parameters:
        described["parameters"] = parameters
    if settings.flag(node, "validation") and route.method in ("POST", "PUT"):
        schema = {"schema": {"$ref": "#/components/schemas/Item"}}
        described["requestBody"] = {"required": True, "content": {"application/json": schema}}
        described["x-amazon-apigateway-request-validator"] = "all"
    paths = _body(scope, node.id)["paths"]
    if not settings.flag(node, "private"):
        steps = route.path.strip("/").split("/")
        for depth in range(len(steps)):
            paths.setdefault("/" + "/".join(steps[: depth + 1]), {}).setdefault("options", preflight(scope))
    paths.setdefault(route.path, {})[route.method.lower()] = described


def _cached(integration: Json, names: list[str], identified: bool) -> list[Json]:
    """Make the caller part of the cache's key, so that nobody is given another's answer."""
    keys = [f"method.request.path.{name}" for name in names]
    keys += [_CALLER] if identified else []
    if keys:
        integration["cacheKeyParameters"] = keys
    caller = {"name": "Authorization", "in": "header", "required": False, "schema": {"type": "string"}}
    return [caller] if identified else []


@connection([REST], "invoke", ["lambda"])
def invokes_function(scope: Scope, edge: Edge) -> None:
    """Hand requests to the function."""
    node = scope.architecture.node(edge.source)
    for route in ROUTES:
        integration = {
            "type": "aws_proxy",
            "httpMethod": "POST",
            "uri": invocation_uri(scope.of(edge.target, "arn")),
            "timeoutInMillis": timeout_ms(node),
        }
        operation(scope, node, route, integration, {"200": {"description": "answer of the function"}})
    scope.carry(scope.main(node.id), edge.id)
    id = f"{scope.name(edge.id)}Permission"
    source = execution_arn(scope.main(node.id), "/*/*/*")
    permission(scope, id, edge.target, "apigateway.amazonaws.com", source, edge.id)


def _direct(
    scope: Scope,
    edge: Edge,
    action: Value,
    template: Value,
    *,
    form: bool = False,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Hand a request to an AWS service without a function, by a role of the API and a mapping."""
    node = scope.architecture.node(edge.source)
    arn = _api_role(scope, edge)
    content = "'application/x-www-form-urlencoded'" if form else f"'application/x-amz-json-1.{1 if headers else 0}'"
    sent = {"Content-Type": content, **(headers or {})}
    integration = {
        "type": "aws",
        "httpMethod": "POST",
        "uri": service_uri(action),
        "credentials": arn,
        "requestParameters": {f"integration.request.header.{name}": value for name, value in sent.items()},
        "requestTemplates": {"application/json": template},
        "passthroughBehavior": "never",
        "responses": {
            "default": {"statusCode": "202", "responseTemplates": {"application/json": JsonText({"accepted": True})}},
            r"[45]\d\d": {
                "statusCode": "500",
                "responseTemplates": {"application/json": JsonText({"accepted": False})},
            },
        },
    }
    answers = {"202": {"description": "accepted"}, "500": {"description": "not accepted"}}
    operation(scope, node, ACCEPT, integration, answers)
    scope.carry(scope.main(node.id), edge.id)


@connection([REST], "publish", ["sqs"])
def puts_into_queue(scope: Scope, edge: Edge) -> None:
    """Put a request's body into the queue."""
    action = joined("sqs:path/", ACCOUNT, "/", scope.of(edge.target, "name"))
    _direct(scope, edge, action, "Action=SendMessage&MessageBody=$util.urlEncode($input.body)", form=True)


@connection([REST], "publish", ["sns"])
def publishes(scope: Scope, edge: Edge) -> None:
    """Publish a request's body to the topic."""
    template = joined("Action=Publish&TopicArn=", scope.of(edge.target, "arn"), "&Message=$util.urlEncode($input.body)")
    _direct(scope, edge, "sns:action/Publish", template, form=True)


@connection([REST], "publish", ["eventbridge-bus"])
def puts_on_bus(scope: Scope, edge: Edge) -> None:
    """Put a request's body on the bus."""
    entry = {
        "EventBusName": scope.of(edge.target, "name"),
        "Source": scope.architecture.node(edge.source).subject,
        "DetailType": "request",
        "Detail": _BODY,
    }
    template = JsonText({"Entries": [entry]})
    _direct(scope, edge, "events:action/PutEvents", template, headers={"X-Amz-Target": "'AWSEvents.PutEvents'"})


@connection([REST], "start", SERVICES)
def starts_machine(scope: Scope, edge: Edge) -> None:
    """Start an execution with a request's body; an Express workflow answers with its result."""
    template = JsonText({"stateMachineArn": scope.of(edge.target, "arn"), "input": _BODY})
    start = starting(scope.architecture.node(edge.target).service)
    _direct(scope, edge, f"states:action/{start}", template)


@connection([REST], "write", ["dynamodb"])
@connection([REST], "read-write", ["dynamodb"])
def writes_item(scope: Scope, edge: Edge) -> None:
    """Write a request's body as an item under the request's id; with reading too, get one by its id."""
    table = scope.of(edge.target, "name")
    id = {"S": "$context.requestId"}
    item = {TABLE_KEY: id, "id": id, "body": {"S": _BODY}}
    _direct(scope, edge, "dynamodb:action/PutItem", JsonText({"TableName": table, "Item": item}))
    if edge.verb == "read-write":
        _gets_item(scope, edge, table)


@connection([REST], "read", ["dynamodb"])
def reads_item(scope: Scope, edge: Edge) -> None:
    """Get an item by its id."""
    _api_role(scope, edge)
    _gets_item(scope, edge, scope.of(edge.target, "name"))
    scope.carry(scope.main(edge.source), edge.id)


def _api_role(scope: Scope, edge: Edge) -> Any:
    assumed = trust("apigateway.amazonaws.com", confined=True)
    statements = scope.statements(edge.source, edge.id)
    return role(scope, f"{scope.name(edge.id)}Role", assumed, statements, edge=edge.id)


def _gets_item(scope: Scope, edge: Edge, table: Value) -> None:
    node = scope.architecture.node(edge.source)
    key = {TABLE_KEY: {"S": "$util.escapeJavaScript($input.params('id'))"}}
    integration = {
        "type": "aws",
        "httpMethod": "POST",
        "uri": service_uri("dynamodb:action/GetItem"),
        "credentials": joined(Att(f"{scope.name(edge.id)}Role", "Arn")),
        "requestTemplates": {"application/json": JsonText({"TableName": table, "Key": key})},
        "passthroughBehavior": "when_no_templates",
        "responses": {
            "default": {
                "statusCode": "200",
                "responseTemplates": {"application/json": "$input.path('$.Item.body.S')"},
            }
        },
    }
    operation(scope, node, Route("GET", "/items/{id}"), integration, {"200": {"description": "the item"}})
