"""An API describes exactly what the program behind it serves: no dead routes or fields, and every required field."""

import re
from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints.plan import plan_for
from blueprints.plan.routes import routes_to
from blueprints.project.programs.code import Code
from blueprints.project.programs.composition import codes
from blueprints.sam.translation import parse_template
from blueprints.traits.served_items import served

Json = dict[str, Any]
#: What a program does with its data -> its answers besides those of an API, and the routes that it serves.
PROGRAMS: dict[str, tuple[Json, set[str]]] = {
    "reads": ({"reads": ["data"]}, {"GET /items", "GET /items/{id}"}),
    "writes": ({"writes": ["data"]}, {"POST /items"}),
    "both": (
        {"reads": ["data"], "writes": ["data"]},
        {"GET /items", "GET /items/{id}", "POST /items", "PUT /items/{id}", "DELETE /items/{id}"},
    ),
    "sends": ({"publishes": ["orders"]}, {"POST /items"}),
    "both and sends": (
        {"reads": ["data"], "writes": ["data"], "publishes": ["orders"]},
        {"GET /items", "GET /items/{id}", "POST /items", "PUT /items/{id}", "DELETE /items/{id}"},
    ),
    "reads and sends": ({"reads": ["data"], "publishes": ["orders"]}, {"GET /items", "GET /items/{id}", "POST /items"}),
}
HEALTH = "GET /health"
METHODS = re.compile(r"'([A-Z,]+)'")


def made(program: str, **answers: Any) -> Design:
    does, _ = PROGRAMS[program]
    shop = {"id": "shop", "trigger": "request", "logic": "code", **does, **answers}
    parts: Json = {"components": [shop], "stores": [{"id": "data", "access": "key-value"}]}
    if "publishes" in does:
        parts["components"].append({"id": "worker", "trigger": "message", "listens_to": "orders"})
        parts["channels"] = [{"id": "orders", "ordering": "per-key"}]
    if "data" not in str(does):
        parts.pop("stores")
    return advise(make_requirements({"schema": 2, **parts}), rules.load_book())


def built(program: str, target: str = "sam", **answers: Any) -> dict[str, bytes]:
    return blueprints.build(made(program, **answers), target, lang="en", extras={})


def resources(files: dict[str, bytes], type: str) -> list[Json]:
    template = parse_template(files["template.yaml"].decode())
    return [found["Properties"] for found in template["Resources"].values() if found["Type"] == type]


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_http_api_has_the_routes_that_are_served(program: str) -> None:
    files = built(program, pins={"entry": "api-gateway-http", "compute": "lambda"})
    routes = {route["RouteKey"] for route in resources(files, "AWS::ApiGatewayV2::Route")}
    assert routes == {HEALTH, *PROGRAMS[program][1]}
    (api,) = resources(files, "AWS::ApiGatewayV2::Api")
    assert set(api["CorsConfiguration"]["AllowMethods"]) == {route.split()[0] for route in routes}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_rest_api_has_the_routes_that_are_served(program: str) -> None:
    files = built(program, validation=True, pins={"entry": "api-gateway-rest", "compute": "lambda"})
    (api,) = resources(files, "AWS::Serverless::Api")
    paths = api["DefinitionBody"]["paths"]
    routes = {
        f"{method.upper()} {path}" for path, methods in paths.items() for method in methods if method != "options"
    }
    assert routes == {HEALTH, *PROGRAMS[program][1]}
    for path, methods in paths.items():
        named = {method.upper() for method in methods if method != "options"}
        # Health checks come from no browser.
        assert ("options" in methods) is (path != "/health")
        if "options" in methods:
            integration = methods["options"]["x-amazon-apigateway-integration"]
            allowed = integration["responses"]["default"]["responseParameters"]
            (listed,) = METHODS.findall(allowed["method.response.header.Access-Control-Allow-Methods"])
            assert set(listed.split(",")) == {*named, "OPTIONS"}


FIELDS = {"GET /items": "items", "GET /items/{id}": "item", "POST /items": "createItem",
          "PUT /items/{id}": "replaceItem", "DELETE /items/{id}": "removeItem"}  # fmt: skip


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_graphql_api_has_the_fields_that_are_served(program: str) -> None:
    files = built(program, protocol="graphql", pins={"compute": "lambda"})
    resolvers = resources(files, "AWS::AppSync::Resolver")
    # AppSync itself resolves subscriptions (test_subscriptions.py).
    fields = {resolver["FieldName"] for resolver in resolvers if resolver["TypeName"] != "Subscription"}
    expected = {FIELDS[route] for route in PROGRAMS[program][1]}
    assert fields == (expected if expected & {"item"} else {*expected, "health"})
    schema = files["graphql/schema.graphql"].decode()
    described = {field for field in [*FIELDS.values(), "health"] if re.search(rf"^  {field}[(:]", schema, re.MULTILINE)}
    assert described - {"items"} == fields - {"items"}
    app = files["src/shop/app.py"].decode()
    assert set(re.findall(r'field_name="(\w+)"', app)) == fields


@pytest.mark.parametrize(
    ("program", "demanded"), [("sends", True), ("reads and sends", True), ("both and sends", False)]
)
def test_the_schema_of_an_ordered_api_has_the_ordering_key(program: str, demanded: bool) -> None:
    schema = built(program, protocol="graphql", pins={"compute": "lambda"})["graphql/schema.graphql"].decode()
    given = re.search(r"input ItemInput \{(.*?)\}", schema, re.DOTALL)
    assert given is not None
    assert ("ordering_key: String!" in given[1]) is demanded
    files = built(program, validation=True, pins={"entry": "api-gateway-rest", "compute": "lambda"})
    (api,) = resources(files, "AWS::Serverless::Api")
    item = api["DefinitionBody"]["components"]["schemas"]["Item"]
    assert ("ordering_key" in item["required"]) is demanded
    key = item["properties"]["ordering_key"]
    assert (key["minLength"], key["maxLength"], key["pattern"]) == (1, 128, "^[!-~]+$")
    assert 'ORDERING_KEY = re.compile("[!-~]{1,128}")' in files["src/shop/service.py"].decode()


def test_the_sender_of_webhooks_decides_on_their_bodies() -> None:
    made = {"authentication": "signature", "exposure": "partner", "validation": True}
    files = built("sends", **made, pins={"entry": "api-gateway-rest", "compute": "lambda"})
    (api,) = resources(files, "AWS::Serverless::Api")
    assert api["DefinitionBody"]["components"]["schemas"]["Item"] == {"type": "object"}
    assert "name" not in files["src/shop/models.py"].decode().split("class Item")[1].split("def _deeper")[0]


def test_without_an_order_no_key_is_described() -> None:
    schema = built("both", protocol="graphql", pins={"compute": "lambda"})["graphql/schema.graphql"].decode()
    assert "ordering_key" not in schema


def told(code: Code) -> str:
    return "" if not code.keyed else "required" if code.asks_for_key else "optional"


def test_programs_and_their_apis_agree_in_every_story(designs: dict[str, Design]) -> None:
    seen = 0
    for design in designs.values():
        plan = plan_for(design)
        for code in codes(plan):
            if code.service == "items":
                does = served(plan.architecture, code.plan.node)
                assert (does.reads, does.creates, does.changes) == (code.can_read, code.can_create, code.can_change)
                assert does.ordering_key == told(code)
                assert len(routes_to(plan.architecture, code.plan.node.id)) > 1
                seen += 1
    assert seen > 5
