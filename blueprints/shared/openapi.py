"""The OpenAPI definition of a REST API: operations, security schemes and CORS preflight."""

from advisor.architecture import Node
from blueprints import settings
from blueprints.plan.routes import (
    ACCEPT,
    HEALTH,
    PUT_VECTOR,
    QUERIES,
    REMOVE,
    REPLACE,
    UPLOADS,
    Route,
    asks,
    called_from_browsers,
)
from blueprints.shared.api_gateway import allowed_origin
from blueprints.stack.scope import Json, Scope
from blueprints.traits.s3_vectors import MOST_DIMENSIONS, MOST_RESULTS
from blueprints.traits.served_items import OrderingKey
from blueprints.values import Value, joined

#: A media type with up to three parameters (https://www.rfc-editor.org/rfc/rfc6838#section-4.2).
MEDIA_TYPE = r"^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}[/][A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}(; ?[A-Za-z0-9!#$&^_.+-]{1,64}=[A-Za-z0-9!#$&^_.+-]{1,64}){0,3}$"
_CALLER = "method.request.header.Authorization"
_NAME: Json = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"\S"}
_ITEM: Json = {"type": "string", "minLength": 1, "maxLength": 512}
_ORDERING_KEY: Json = {
    "type": "string",
    "minLength": 1,
    "maxLength": 128,
    "pattern": "^[!-~]+$",
    "description": "Messages with the same key stay in order.",
}
_VECTOR: Json = {"type": "array", "minItems": 1, "maxItems": MOST_DIMENSIONS, "items": {"type": "number"}}
#: The routes whose body is no item -> the schema of their body.
_BODIES = {UPLOADS: "Upload", PUT_VECTOR: "Vector", QUERIES: "Query"}


def item_schema(ordering_key: OrderingKey, *, named: bool = True) -> Json:
    """Return the schema of a new item, where requests are validated; any object where its sender decides on the body."""
    if not named:
        return {"type": "object"}
    properties = {"name": _NAME, **({"ordering_key": _ORDERING_KEY} if ordering_key else {})}
    required = ["name", *(["ordering_key"] if ordering_key == "required" else [])]
    return {"type": "object", "required": required, "properties": properties}


def upload_schema(largest_bytes: int, *, of_item: bool) -> Json:
    """Return the schema of a file that a client wants to upload, where requests are validated; `of_item`: it names an item."""
    media = {"type": "string", "maxLength": 255, "pattern": MEDIA_TYPE}
    size = {"type": "integer", "minimum": 1, "maximum": largest_bytes}
    properties = {"name": _NAME, "content_type": media, "size": size, **({"item": _ITEM} if of_item else {})}
    return {"type": "object", "required": [*properties], "properties": properties, "additionalProperties": False}


def vector_schemas() -> dict[str, Json]:
    """Return the schemas of a vector and of a query, where requests are validated; the program knows the number of dimensions."""
    several = {"type": "integer", "minimum": 1, "maximum": MOST_RESULTS}
    return {
        "Vector": _object({"vector": _VECTOR, "metadata": {"type": "object"}}),
        "Query": _object({"vector": _VECTOR, "top_k": several}),
    }


def _object(properties: Json) -> Json:
    """Return the schema of an object that must have a vector, and has nothing else than these properties."""
    return {"type": "object", "required": ["vector"], "properties": properties, "additionalProperties": False}


def _body(scope: Scope, api: str) -> Json:
    body: Json = scope.properties(scope.main(api))["DefinitionBody"]
    return body


def security_schemes(scope: Scope, api: str) -> Json:
    """Return the security schemes of an API."""
    schemes: Json = _body(scope, api).setdefault("components", {}).setdefault("securitySchemes", {})
    return schemes


def operation(scope: Scope, node: Node, route: Route, integration: Json, answers: Json) -> None:
    """Add one operation: security, request validation and integration."""
    described: Json = {"responses": answers, "x-amazon-apigateway-integration": integration}
    names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
    parameters = [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in names]
    asked = asks(node, route)
    security = [] if route == HEALTH else _security(scope, node, asked=asked)
    if security:
        described["security"] = security
    if settings.flag(node, "caching") and route.method == "GET" and route != HEALTH:
        identified = asked and bool(scope.architecture.leaving(node.id, "authorize"))
        parameters += _cached(integration, names, identified)
    if route == ACCEPT and str(integration["type"]).endswith("_proxy"):
        parameters.append({"name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string"}})
    if route in (REPLACE, REMOVE):
        parameters.append({"name": "If-Match", "in": "header", "required": False, "schema": {"type": "string"}})
    if parameters:
        described["parameters"] = parameters
    if settings.flag(node, "validation") and route.method in ("POST", "PUT"):
        schema = {"schema": {"$ref": f"#/components/schemas/{_BODIES.get(route, 'Item')}"}}
        described["requestBody"] = {"required": True, "content": {"application/json": schema}}
        described["x-amazon-apigateway-request-validator"] = "all"
    paths = _body(scope, node.id)["paths"]
    operations: Json = paths.setdefault(route.path, {})
    if called_from_browsers(scope.architecture, node) and route != HEALTH:
        operations.setdefault("options", {})
    operations[route.method.lower()] = described
    if "options" in operations:
        operations["options"] = preflight(scope, [method.upper() for method in operations if method != "options"])


def described_answers(route: Route, programs: str, *, conditional: bool, settles: bool) -> Json:
    """Return the responses of programs in the description of an API: also why they refuse a request.

    `conditional`: they refuse a change that does not name the version of the item; `settles`: also one of an item that was
    approved or confirmed.
    """
    answers = {"200": {"description": f"Response of the {programs}"}}
    if route.method in ("POST", "PUT"):
        answers["400"] = {"description": "The request is invalid. The message says why."}
        answers["413"] = {"description": "The body is too large. The message states the limit."}
    if route == REPLACE and settles:
        answers["409"] = {"description": "The item was approved or confirmed in this version, or is in work."}
    if route in (REPLACE, REMOVE):
        answers["412"] = {"description": "The item does not have the version (ETag) in If-Match."}
        if conditional:
            answers["428"] = {"description": "The header If-Match with the version (ETag) of the item is missing."}
    return answers


def _security(scope: Scope, node: Node, *, asked: bool) -> list[Json]:
    """Return the security requirement of an operation other than the health check; `asked` is the authentication."""
    requirement: Json = {}
    for edge in scope.architecture.leaving(node.id, "authorize") if asked else ():
        signed = scope.architecture.node(edge.target).service == "iam-auth"
        requirement["signatures" if signed else "tokens"] = []
    if settings.flag(node, "api_keys"):
        security_schemes(scope, node.id)["key"] = {"type": "apiKey", "name": "x-api-key", "in": "header"}
        requirement["key"] = []
    return [requirement] if requirement else []


def _cached(integration: Json, names: list[str], identified: bool) -> list[Json]:
    """Make the caller and the page of a list part of the cache key, so that responses are cached for each."""
    asked = [] if names else [{"name": "after", "in": "query", "required": False, "schema": {"type": "string"}}]
    keys = [f"method.request.path.{name}" for name in names] or ["method.request.querystring.after"]
    integration["cacheKeyParameters"] = [*keys, *([_CALLER] if identified else [])]
    caller = {"name": "Authorization", "in": "header", "required": False, "schema": {"type": "string"}}
    return [*asked, *([caller] if identified else [])]


def preflight(scope: Scope, methods: list[str]) -> Json:
    """Return the mock integration that answers CORS preflight requests for one origin."""
    values = {
        "Access-Control-Allow-Headers": "'authorization,content-type,idempotency-key,if-match,x-api-key'",
        "Access-Control-Allow-Origin": quoted(allowed_origin(scope)),
        "Vary": "'Origin'",
        "Access-Control-Allow-Methods": f"'{','.join([*methods, 'OPTIONS'])}'",
        "Access-Control-Max-Age": "'3600'",
    }
    headers = {f"method.response.header.{name}": value for name, value in values.items()}
    described = {name: {"schema": {"type": "string"}} for name in values}
    return {
        "responses": {"204": {"description": "CORS preflight response", "headers": described}},
        "x-amazon-apigateway-integration": {
            "type": "mock",
            "requestTemplates": {"application/json": "{ statusCode: 200 }"},
            "responses": {"default": {"statusCode": "204", "responseParameters": headers}},
        },
    }


def quoted(value: Value) -> Value:
    """Return a value as API Gateway takes a constant: in quotes."""
    return joined("'", value, "'")
