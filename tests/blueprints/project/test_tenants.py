"""Components with isolated tenants: a function with an environment for each, whose API names the tenant, or a refusal."""

import json
from typing import Any

import pytest
import yaml

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements

HEADER = "integration.request.header.X-Amz-Tenant-Id"
TARGETS = [target.id for target in blueprints.TARGETS]


def designed(book: Book, *more: dict[str, Any], **answers: Any) -> Design:
    render = {"id": "render", "trigger": "request", "isolation": "per-tenant", "authentication": "sign-up", **answers}
    given: dict[str, Any] = {"components": [render, *more], "channels": [], "stores": []}
    if render.get("listens_to"):
        given["channels"] = [{"id": "work"}]
    return advise(make_requirements(given), book)


def mapped(files: dict[str, str], target: str) -> dict[str, str]:
    """Return the tenant of each method that a function answers."""
    if target == "sam":
        resources = yaml.load(files["template.yaml"], yaml.BaseLoader)["Resources"]
        (api,) = (one for one in resources.values() if one["Type"] == "AWS::Serverless::Api")
        paths = api["Properties"]["DefinitionBody"]["paths"]
    else:
        paths = json.loads(files["openapi/render-api.json"])["paths"]
    return {
        f"{method} {path}": found["x-amazon-apigateway-integration"].get("requestParameters", {}).get(HEADER, "")
        for path, methods in paths.items()
        for method, found in methods.items()
        if found["x-amazon-apigateway-integration"]["type"] == "aws_proxy"
    }


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("authentication", "tenant"),
    [("sign-up", "context.authorizer.claims.sub"), ("aws-iam", "context.identity.userArn")],
)
def test_each_request_runs_in_an_environment_of_its_caller(
    target: str, authentication: str, tenant: str, book: Book
) -> None:
    design = designed(book, authentication=authentication)
    files = {path: text.decode() for path, text in blueprints.build(design, target, lang="en", extras={}).items()}
    modes = {
        "sam": ("template.yaml", "TenantIsolationMode: PER_TENANT"),
        "cdk-python": ("stacks/components/render.py", "tenancy_config=lambda_.TenancyConfig.PER_TENANT"),
        "cdk-typescript": ("lib/components/render.ts", "tenancyConfig: lambda.TenancyConfig.PER_TENANT"),
    }
    path, mode = modes[target]
    assert mode in files[path]
    tenants = mapped(files, target)
    assert tenants.pop("get /health") == "'anyone'"
    assert tenants
    assert set(tenants.values()) == {tenant}
    assert "an execution environment of its own for each" in files["README.md"]


@pytest.mark.parametrize("target", TARGETS)
def test_a_shared_function_gets_no_tenant(target: str, book: Book) -> None:
    """Lambda rejects a tenant ID for a function without the mode."""
    design = designed(book, isolation="shared", validation=True)
    files = {path: text.decode() for path, text in blueprints.build(design, target, lang="en", extras={}).items()}
    assert set(mapped(files, target).values()) == {""}
    assert not any("PER_TENANT" in text for text in files.values())


def test_only_a_rest_api_passes_tenants(book: Book) -> None:
    design = designed(book)
    assert design.verdict.services["render"]["entry"] == "api-gateway-rest"
    assert designed(book, isolation="shared").verdict.services["render"]["entry"] == "api-gateway-http"


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("answers", "others"),
    [
        ({"authentication": "none"}, []),
        ({"authentication": "existing-provider"}, []),
        ({"protocol": "websocket"}, []),
        ({"trigger": "message", "listens_to": "work", "authentication": None}, []),
        ({"trigger": ["request", "message"], "listens_to": "work"}, []),
        ({"trigger": "schedule", "authentication": None}, []),
        ({}, [{"id": "hub", "trigger": "request", "calls": ["render"]}]),
        ({"authentication": "signature"}, []),
        ({"pins": {"entry": "lambda-function-url"}}, []),
    ],
)
def test_what_cannot_name_the_tenant_is_refused_with_the_ways_out(
    target: str, answers: dict[str, Any], others: list[dict[str, Any]], book: Book
) -> None:
    given = {key: value for key, value in answers.items() if value is not None}
    design = designed(book, *others, **given)
    if answers.get("authentication", "") is None:
        raw = {"id": "render", "isolation": "per-tenant", **given}
        channels = [{"id": "work"}] if "listens_to" in given else []
        design = advise(make_requirements({"components": [raw, *others], "channels": channels}), book)
    refused = [one.reason for one in blueprints.check(design, target)]
    (reason,) = [one for one in refused if "isolation: per-tenant" in one.en]
    assert "deploy the project once for each tenant" in reason.en
    assert "テナントごとにプロジェクトをデプロイ" in reason.ja
