"""The check served: dead routes and fields, handlers that nothing reaches, preflights of other methods, and open subscriptions."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

Resources = dict[str, Any]
STORIES = ("dynamic-web-api", "web-application", "graphql-api")


@pytest.mark.parametrize("name", STORIES)
def test_a_sound_project_has_no_findings(name: str, tmp_path: Path) -> None:
    assert write_project(story(name), tmp_path / "project").rules_found_by("served") == set()


def another_route(resources: Resources) -> None:
    (route, *_) = [one["Properties"] for one in resources.values() if one["Type"] == "AWS::ApiGatewayV2::Route"]
    resources["Another"] = {
        "Type": "AWS::ApiGatewayV2::Route",
        "Properties": {**route, "RouteKey": "PATCH /items/{id}"},
    }


def fewer_routes(resources: Resources) -> None:
    dropped = [id for id, one in resources.items() if one["Properties"].get("RouteKey") == "PUT /items/{id}"]
    assert [resources.pop(id) for id in dropped]


def fewer_fields(resources: Resources) -> None:
    dropped = [id for id, one in resources.items() if one["Properties"].get("FieldName") == "removeItem"]
    assert [resources.pop(id) for id in dropped]


def preflight_alone(resources: Resources) -> None:
    (api,) = [one["Properties"] for one in resources.values() if one["Type"] == "AWS::ApiGateway::RestApi"]
    paths = api["Body"]["paths"]
    paths["/"] = {"options": paths["/items"]["options"]}


def unfiltered(resources: Resources) -> None:
    dropped = [id for id, one in resources.items() if one["Properties"].get("FieldName") == "itemRemoved"]
    assert [resources.pop(id) for id in dropped]


def filtered_by_another_field(resources: Resources) -> None:
    (one,) = [one for one in resources.values() if one["Properties"].get("FieldName") == "itemCreated"]
    code = one["Properties"]["Code"]
    assert "fieldName: 'owner'" in code
    one["Properties"]["Code"] = code.replace("fieldName: 'owner'", "fieldName: 'name'")


PLANTED: list[tuple[str, Callable[[Resources], None], str]] = [
    ("web-application", another_route, "dead-route"),
    ("web-application", fewer_routes, "unreached-handler"),
    ("graphql-api", fewer_fields, "unreached-handler"),
    ("graphql-api", unfiltered, "open-subscription"),
    ("graphql-api", filtered_by_another_field, "open-subscription"),
    ("dynamic-web-api", preflight_alone, "dead-preflight"),
]


@pytest.mark.parametrize(("name", "fault", "rule"), PLANTED)
def test_a_fault_in_the_template_is_found(
    name: str, fault: Callable[[Resources], None], rule: str, tmp_path: Path
) -> None:
    project = write_project(story(name), tmp_path / "project")
    project.plant(fault)
    assert rule in project.rules_found_by("served")


EDITED = [
    ("dynamic-web-api", "src/api/app.py", '@app.delete("/items/<id>")\n', "", "dead-route"),
    ("graphql-api", "src/graph/app.py", 'field_name="removeItem"', 'field_name="deleteItem"', "dead-route"),
]


@pytest.mark.parametrize(("name", "path", "old", "new", "rule"), EDITED)
def test_a_fault_in_a_program_is_found(name: str, path: str, old: str, new: str, rule: str, tmp_path: Path) -> None:
    project: WrittenProject = write_project(story(name), tmp_path / "project")
    file = project.evidence.folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    assert rule in project.rules_found_by("served")
