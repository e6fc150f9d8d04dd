"""Changes in the OpenAPI definition of a REST API are found."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from advisor.design import Design
from blueprints import sam
from blueprints.plan import plan_for
from prove.readback import differences, normal, read
from tests.blueprints.translation import translated

Json = dict[str, Any]
#: A REST API before a function, for callers who sign in, with validation and a cache.
STORY = "dynamic-web-api"
API = "AWS::ApiGateway::RestApi"
_INTEGRATION = "x-amazon-apigateway-integration"


@pytest.fixture(scope="module")
def template(designs: Mapping[str, Design]) -> Json:
    return translated(sam.files(plan_for(designs[STORY]), "en"))


def api(template: Json) -> Json:
    (api_properties,) = [
        resource["Properties"] for resource in template["Resources"].values() if resource["Type"] == API
    ]
    return dict(api_properties)


def method(template: Json, verb: str, path: str = "/items") -> Json:
    operation: Json = api(template)["Body"]["paths"][path][verb]
    return operation


def opens_a_method(template: Json) -> None:
    del method(template, "post")["security"]


def asks_another_pool(template: Json) -> None:
    scheme = api(template)["Body"]["components"]["securitySchemes"]["tokens"]
    scheme["x-amazon-apigateway-authorizer"]["providerARNs"] = [{"Ref": "AnotherPool"}]


def stops_validating(template: Json) -> None:
    del method(template, "post")["x-amazon-apigateway-request-validator"]


def validates_less(template: Json) -> None:
    api(template)["Body"]["x-amazon-apigateway-request-validators"]["all"]["validateRequestBody"] = False


def takes_anything(template: Json) -> None:
    del api(template)["Body"]["components"]["schemas"]["Item"]["required"]


def answers_another_origin(template: Json) -> None:
    answers = method(template, "options")[_INTEGRATION]["responses"]["default"]["responseParameters"]
    answers["method.response.header.Access-Control-Allow-Origin"] = "'*'"


def changes_a_template(template: Json) -> None:
    method(template, "options")[_INTEGRATION]["requestTemplates"]["application/json"] = "{ statusCode: 500 }"


def forgets_the_caller_in_the_cache(template: Json) -> None:
    method(template, "get")[_INTEGRATION]["cacheKeyParameters"].remove("method.request.header.Authorization")


def lets_everybody_read_refusals(template: Json) -> None:
    answer = api(template)["Body"]["x-amazon-apigateway-gateway-responses"]["DEFAULT_4XX"]
    answer["responseParameters"]["gatewayresponse.header.Access-Control-Allow-Origin"] = "'*'"


def imports_otherwise(template: Json) -> None:
    api(template)["Parameters"]["endpointConfigurationTypes"] = "EDGE"


def adds_a_word_to_a_method(template: Json) -> None:
    method(template, "get")["x-amazon-apigateway-auth"] = {"type": "NONE"}


def adds_parameters_to_a_path(template: Json) -> None:
    api(template)["Body"]["paths"]["/items"]["parameters"] = [{"name": "page", "in": "query"}]


def narrows_a_parameter(template: Json) -> None:
    method(template, "get", "/items/{id}")["parameters"][0]["schema"] = {"type": "integer"}


FAULTS: Mapping[Callable[[Json], None], str] = {
    opens_a_method: "POST /items",
    asks_another_pool: "AnotherPool",
    stops_validating: "POST /items",
    validates_less: "POST /items",
    takes_anything: "POST /items",
    answers_another_origin: "OPTIONS /items",
    changes_a_template: "OPTIONS /items",
    forgets_the_caller_in_the_cache: "GET /items",
    lets_everybody_read_refusals: "DEFAULT_4XX",
    imports_otherwise: "endpointConfigurationTypes",
    adds_a_word_to_a_method: "GET /items",
    adds_parameters_to_a_path: "/items",
    narrows_a_parameter: "GET /items/{id}",
}


@pytest.mark.parametrize("change", FAULTS, ids=lambda change: change.__name__)
def test_a_changed_definition_is_found_and_named(template: Json, change: Callable[[Json], None]) -> None:
    changed = copy.deepcopy(template)
    change(changed)
    changes = list(differences(normal(read(template)), normal(read(changed))))
    assert changes
    assert any(
        FAULTS[change] in f"{difference.place} {difference.between('mine', 'changed')}" for difference in changes
    ), changes


def test_a_definition_equals_itself_in_another_order(template: Json) -> None:
    changed = copy.deepcopy(template)
    body = api(changed)["Body"]
    body["paths"] = dict(reversed(body["paths"].items()))
    assert list(differences(normal(read(template)), normal(read(changed)))) == []
