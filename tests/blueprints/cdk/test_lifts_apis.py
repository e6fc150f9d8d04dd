"""REST and WebSocket APIs as lifts print them: what they refuse, and the OpenAPI file whose names are filled."""

import json
import re
from collections.abc import Callable, Mapping
from importlib.resources import files as resources
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from advisor.design import Design
from blueprints import cdk
from blueprints.cdk.lifting.registry import lifts
from blueprints.cdk.lifting.resource import NotLifted
from blueprints.cdk.lifting.short_forms import resources_of
from blueprints.cdk.sections import program
from blueprints.plan import plan_for
from blueprints.stack.assembly import stack_of
from blueprints.values import Att, Fn, Joined, Ref, joined
from tests.blueprints.cdk.conftest import synthesise, write

Json = dict[str, Any]
REST, WEBSOCKET = "dynamic-web-api", "realtime-chat"
DEFINITION = "openapi/api.json"


def the(resources: Mapping[str, Json], type: str) -> Json:
    properties: Json = next(resource for resource in resources.values() if resource["Type"] == f"AWS::{type}")[
        "Properties"
    ]
    return properties


def _says(type: str, name: str, value: Any) -> Callable[[dict[str, Json]], None]:
    return lambda resources: the(resources, type).update({name: value})


def _logs_one_method(resources: dict[str, Json]) -> None:
    the(resources, "ApiGateway::Stage")["MethodSettings"][0]["ResourcePath"] = "/items"


def _traces_data(resources: dict[str, Json]) -> None:
    the(resources, "ApiGateway::Stage")["MethodSettings"][0]["DataTraceEnabled"] = True


def _words_like_a_name(resources: dict[str, Json]) -> None:
    the(resources, "ApiGateway::RestApi")["Body"]["info"]["description"] = "for ${Everybody}"


def _two_values_of_one_name(resources: dict[str, Json]) -> None:
    the(resources, "ApiGateway::RestApi")["Body"]["info"]["description"] = joined(
        Ref("ApiFunctionArn"), " ", Att("ApiFunction", "Arn")
    )


def _nobody_lets_it_in(resources: dict[str, Json]) -> None:
    for resource in resources.values():
        if resource["Type"] == "AWS::Lambda::Permission":
            resource["Properties"]["Principal"] = "*"


REFUSED: Mapping[str, tuple[str, Callable[[dict[str, Json]], None], str]] = {
    "endpoint": (
        REST,
        _says("ApiGateway::RestApi", "EndpointConfiguration", {"Types": ["EDGE"]}),
        r"Types is \['EDGE'\]",
    ),
    "property": (REST, _says("ApiGateway::RestApi", "BinaryMediaTypes", ["*/*"]), "BinaryMediaTypes is"),
    "name": (REST, _words_like_a_name, r"for \$\{Everybody\}"),
    "two values": (REST, _two_values_of_one_name, "ApiFunctionArn would stand for"),
    "deployment": (REST, _says("ApiGateway::Deployment", "Description", "first"), "Description is 'first'"),
    "stage": (REST, _says("ApiGateway::Stage", "RestApiId", Ref("AnotherApi")), "RestApiId is Ref"),
    "one method": (REST, _logs_one_method, "ResourcePath is '/items'"),
    "data trace": (REST, _traces_data, "DataTraceEnabled is True"),
    "authorizer": (WEBSOCKET, _says("ApiGatewayV2::Authorizer", "AuthorizerType", "JWT"), "AuthorizerType is 'JWT'"),
    "uri": (
        WEBSOCKET,
        _says("ApiGatewayV2::Integration", "IntegrationUri", "elsewhere"),
        "IntegrationUri is 'elsewhere'",
    ),
    "route": (WEBSOCKET, _says("ApiGatewayV2::Route", "AuthorizationType", "JWT"), "AuthorizationType is"),
    "target": (WEBSOCKET, _says("ApiGatewayV2::Route", "Target", "integrations/x"), "Target is 'integrations/x'"),
    "permission": (WEBSOCKET, _nobody_lets_it_in, r"Principal is '\*'"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_what_a_lift_does_not_know_is_refused_by_name(fault: str, designs: Mapping[str, Design]) -> None:
    story, change, words = REFUSED[fault]
    plan = plan_for(designs[story])
    scope = stack_of(plan, "en")
    resources = resources_of(scope)
    change(resources)
    with pytest.raises(NotLifted, match=words):
        program(scope, resources, lifts())


def test_a_definition_has_a_name_for_every_value(designs: Mapping[str, Design]) -> None:
    files = cdk.files(plan_for(designs[REST]), "en")
    text = files[DEFINITION].decode()
    assert text.endswith("}\n")
    assert json.loads(text)["info"]["title"] == "${StackName}-Api"
    program_text = "".join(text.decode() for path, text in files.items() if path.startswith("stacks/"))
    for name in set(re.findall(r"\$\{(\w+)\}", text)):
        assert f'"{name}": ' in program_text


@pytest.fixture(scope="module")
def reader() -> ModuleType:
    """The project's own module that reads definitions."""
    module = ModuleType("openapi")
    exec(resources("blueprints.cdk.python").joinpath("files", "openapi.py.txt").read_text("utf-8"), module.__dict__)
    return module


def test_names_are_filled_wherever_they_stand(reader: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "api.json"
    file.write_text(
        json.dumps({"uri": "${Part}/${Part}", "text": json.dumps({"Name": "${Name}"}), "vtl": "$input.body"})
    )
    definition = reader.definition_of(str(file), {"Part": "${Token[Part.1]}", "Name": "a"})
    assert definition == {"uri": "${Token[Part.1]}/${Token[Part.1]}", "text": '{"Name": "a"}', "vtl": "$input.body"}


@pytest.mark.parametrize("values", [{}, {"Part": "a"}, {"Part": "a", "Name": "b", "Unused": "c"}])
def test_a_name_without_a_value_and_a_value_without_a_name_are_errors(
    values: dict[str, str], reader: ModuleType, tmp_path: Path
) -> None:
    file = tmp_path / "api.json"
    file.write_text('{"uri": "${Part}/${Name}"}')
    with pytest.raises(ValueError, match="have different names"):
        reader.definition_of(str(file), values)


@pytest.mark.usefixtures("cdk_python")
def test_a_changed_definition_is_deployed_anew(designs: Mapping[str, Design], tmp_path: Path) -> None:
    plan = plan_for(designs[REST])
    files = cdk.files(plan, "en")
    changed = files[DEFINITION].replace(b'"maxLength": 200', b'"maxLength": 201')
    assert changed != files[DEFINITION]
    for name, definition in {"first": files[DEFINITION], "same": files[DEFINITION], "other": changed}.items():
        write(tmp_path / "projects" / name, plan, {**files, DEFINITION: definition})
    deployments = {
        name: [
            id for id, resource in template["Resources"].items() if resource["Type"] == "AWS::ApiGateway::Deployment"
        ]
        for name, template in synthesise(tmp_path / "projects", tmp_path / "out").items()
    }
    assert len(deployments["first"]) == 1
    assert deployments["first"] == deployments["same"] != deployments["other"]


def test_sam_names_the_stage_of_an_api_and_the_stack_refers_to_it(designs: Mapping[str, Design]) -> None:
    resources = resources_of(stack_of(plan_for(designs[REST]), "en"))
    assert resources["ApiStage"]["Type"] == "AWS::ApiGateway::Stage"
    assert not [reference for reference in _references(list(resources.values())) if reference.endswith(".Stage")]


def _references(value: Any) -> list[str]:
    if isinstance(value, Ref):
        return [value.name]
    if isinstance(value, Mapping):
        return [name for item in value.values() for name in _references(item)]
    if isinstance(value, list | tuple):
        return [name for item in value for name in _references(item)]
    if isinstance(value, Joined | Fn):
        return _references(value.parts if isinstance(value, Joined) else value.arguments)
    return [value.resource] if isinstance(value, Att) else []
