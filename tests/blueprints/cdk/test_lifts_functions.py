"""Lifts of functions and of what stands around them: what they print, and what they refuse by name."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from blueprints.cdk.lifting.resource import NotLifted
from blueprints.cdk.lifting.short_forms import resources_of
from blueprints.plan import plan_for
from blueprints.stack.assembly import stack_of
from blueprints.stack.scope import Scope
from blueprints.values import Ref, account_root
from prove.readback.spelling import spelling
from prove.readback.stack import Owner, Resource
from tests.blueprints.answers import design_from
from tests.blueprints.cdk.test_lifts_leaves import printed

Json = dict[str, Any]


@cache
def scope_of(name: str) -> Scope:
    """Return the filled scope of requirements that lead to services which no story holds."""
    return stack_of(plan_for(design_from(name, rules.load_book())), "en")


def with_properties(resources: Mapping[str, Json], type: str, **changed: Any) -> tuple[str, dict[str, Json]]:
    """Return the id of the first resource of a type, and the resources with some of its properties changed."""
    id = next(id for id, resource in resources.items() if resource["Type"] == type)
    properties = {**resources[id]["Properties"], **changed}
    return id, {**resources, id: {**resources[id], "Properties": properties}}


@pytest.mark.parametrize(
    ("name", "type", "property", "value"),
    [
        ("durable-map", "AWS::Lambda::Function", "SnapStart", {"ApplyOn": "None"}),
        ("durable-map", "AWS::Lambda::Function", "Runtime", "python3.9"),
        ("durable-map", "AWS::Lambda::Function", "DurableConfig", {"ExecutionTimeout": 60, "Unknown": 1}),
        ("durable-map", "AWS::Lambda::Alias", "FunctionVersion", "3"),
        ("durable-map", "AWS::Scheduler::Schedule", "State", "PAUSED"),
        ("durable-map", "AWS::Scheduler::Schedule", "GroupName", "nightly"),
        ("durable-queue", "AWS::Lambda::EventSourceMapping", "FunctionName", "another"),
        ("durable-queue", "AWS::Lambda::EventSourceMapping", "TumblingWindowInSeconds", 5),
        ("url-workflow", "AWS::Lambda::Url", "InvokeMode", "LATER"),
        ("url-workflow", "AWS::Lambda::Url", "Cors", {"AllowOrigins": ["*"]}),
        ("lambda-managed-instances", "AWS::Lambda::CapacityProvider", "KmsKeyArn", "a-key"),
        ("appsync-events-oidc", "AWS::AppSync::ChannelNamespace", "CodeHandlers", "code"),
        ("appsync-events-oidc", "AWS::AppSync::Api", "OwnerContact", "somebody"),
    ],
)
def test_a_property_without_a_lift_is_refused_by_name(name: str, type: str, property: str, value: Any) -> None:
    scope = scope_of(name)
    id, changed = with_properties(resources_of(scope), type, **{property: value})
    with pytest.raises(NotLifted) as refused:
        printed(scope, changed)
    assert id in str(refused.value)
    assert property in str(refused.value)


def test_a_public_function_url_is_refused_without_its_permissions() -> None:
    scope = scope_of("url-workflow")
    resources = resources_of(scope)
    assert not any("CfnPermission(" in line for line in printed(scope, resources))
    opens = [id for id, resource in resources.items() if "InvokedViaFunctionUrl" in resource["Properties"]]
    with pytest.raises(NotLifted, match="is open to everybody by"):
        printed(scope, {id: resource for id, resource in resources.items() if id not in opens})


def test_a_published_function_becomes_its_version_and_its_alias() -> None:
    scope = scope_of("durable-map")
    resources = resources_of(scope)
    versions = [resource for resource in resources.values() if resource["Type"] == "AWS::Lambda::Version"]
    assert versions
    assert all(version["DeletionPolicy"] == "Retain" for version in versions)
    text = "\n".join(printed(scope, resources))
    assert "current_version_options=lambda_.VersionOptions(removal_policy=cdk.RemovalPolicy.RETAIN)" in text
    assert 'alias_name="live", version=' in text


def test_an_image_is_built_from_its_folder() -> None:
    raw = {
        "components": [
            {"id": "shop", "trigger": "request", "packaging": "container-image", "pins": {"compute": "lambda"}}
        ]
    }
    scope = stack_of(plan_for(advise(make_requirements(raw), rules.load_book())), "en")
    resources = resources_of(scope)
    id = next(id for id, resource in resources.items() if resource.get("Properties", {}).get("PackageType") == "Image")
    assert any("ImageFunction(" in line and id in line for line in printed(scope, resources))
    _, changed = with_properties(resources, "AWS::Lambda::Function", Code={"DockerContext": "src", "Dockerfile": "X"})
    with pytest.raises(NotLifted, match="Dockerfile is 'X'"):
        printed(scope, changed)


@pytest.mark.parametrize(
    ("principal", "text"),
    [
        ({"AWS": account_root(Ref("AWS::StackName"))}, "assumed_by=iam.AccountPrincipal(cdk.Aws.STACK_NAME)"),
        ({"Service": Ref("AWS::StackName")}, "assumed_by=iam.ServicePrincipal(cdk.Aws.STACK_NAME)"),
    ],
)
def test_a_role_says_which_account_or_service_assumes_it(principal: Json, text: str) -> None:
    scope = scope_of("durable-map")
    assert any(text in line for line in printed(scope, trusting(resources_of(scope), principal)))


@pytest.mark.parametrize("principal", ["*", {"AWS": "*"}, {"Service": ["a", "b"]}, {"Federated": "a"}])
def test_a_role_that_others_assume_is_refused(principal: Any) -> None:
    scope = scope_of("durable-map")
    with pytest.raises(NotLifted, match="Principal"):
        printed(scope, trusting(resources_of(scope), principal))


def trusting(resources: Mapping[str, Json], principal: Any) -> dict[str, Json]:
    """Return the resources, the first role among them one that this principal assumes."""
    id = next(id for id in resources if id.endswith("FunctionRole"))
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    properties = {**resources[id]["Properties"], "AssumeRolePolicyDocument": document}
    return {**resources, id: {**resources[id], "Properties": properties}}


@pytest.mark.parametrize(("part", "read"), [("6", "${TheirArn}"), ("7", None)])
def test_a_function_is_read_by_the_name_in_its_arn(part: str, read: str | None) -> None:
    named = {"Fn::Select": [part, {"Fn::Split": [":", "${TheirArn}"]}]}
    type = "AWS::Lambda::EventSourceMapping"
    (spelled,) = spelling({"Source": Resource("Source", type, {"FunctionName": named}, owner=Owner())}).values()
    assert spelled.properties["FunctionName"] == (read or named)
