"""The check `tenants`: each way to mix tenants is found."""

from pathlib import Path

import pytest

from tests.prove.behaviour.planting import Fault, Resources, one_of, rules_with
from tests.prove.behaviour.sam_projects import WrittenProject, write_project

CHECK = "tenants"
ANSWERS = {
    "schema": 2,
    "title": "Formulas",
    "components": [
        {
            "id": "render",
            "trigger": "request",
            "isolation": "per-tenant",
            "authentication": "sign-up",
            "reads": ["rows"],
        }
    ],
    "stores": [{"id": "rows", "access": "key-value"}],
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    folder: Path = tmp_path_factory.mktemp("tenants") / "project"
    return write_project(ANSWERS, folder)


def shared(resources: Resources) -> None:
    del one_of(resources, "AWS::Lambda::Function", "Render")["TenancyConfig"]


def named(tenant: str | None) -> Fault:
    def plant(resources: Resources) -> None:
        for path in one_of(resources, "AWS::ApiGateway::RestApi")["Body"]["paths"].values():
            for method in path.values():
                integration = method.get("x-amazon-apigateway-integration", {})
                if integration.get("type") == "aws_proxy":
                    integration["requestParameters"] = (
                        {"integration.request.header.X-Amz-Tenant-Id": tenant} if tenant else {}
                    )

    return plant


def test_a_sound_project_has_no_problem(project: WrittenProject) -> None:
    assert project.rules_found_by(CHECK) == set()


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (shared, "tenants-share-environments"),
        (named(None), "tenant-not-verified"),
        (named("method.request.header.x-tenant-id"), "tenant-not-verified"),
        (named("'everyone'"), "tenant-not-verified"),
    ],
)
def test_a_way_to_mix_tenants_is_found(project: WrittenProject, fault: Fault, rule: str) -> None:
    assert rules_with(project, CHECK, fault) == {rule}
