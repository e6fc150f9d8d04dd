"""The stack in us-east-1 of a web ACL before CloudFront: asked for there, in whatever Region the workload is."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from botocore.stub import ANY

from advisor.book import Book
from advisor.design import Design
from advisor.text import Lang
from advisor_account.edge import EdgeStack, open_edge_stack
from advisor_account.outcome import Outcome
from advisor_account.preflight import preflight
from blueprints.parameters.entries import EDGE_PARAMETER
from blueprints.plan import Plan, plan_for
from tests.advisor_account.scripted import NUMBER, REGION, Script, scripted
from tests.advisor_account.test_checks import NOW
from tests.blueprints.answers import design_from

SERVICES = "/aws/service/global-infrastructure/regions/us-east-1/services"
TRIAL = "shop-edge-preflight"
LOGS = "aws-waf-logs-shop-edge-EdgeWebAcl"


@pytest.fixture(scope="module")
def plan(book: Book) -> Plan:
    return plan_for(design_from("site-waf", book))


@contextmanager
def there(plan: Plan, region: str = REGION, stack: str = "shop") -> Iterator[tuple[EdgeStack, Script]]:
    """The edge stack of a workload in a Region, and what the account answers in us-east-1."""
    with scripted(region) as here:
        script = Script(here.account.in_region("us-east-1"))
        found = open_edge_stack(plan, here.account, stack)
        assert found is not None
        yield found, script
        script.done()


def answers(script: Script, services: tuple[str, ...] = ("waf", "logs", "s3")) -> None:
    listed = [{"Name": one, "Value": one} for one in services]
    script.answer("ssm", "get_parameters_by_path", {"Parameters": listed}, {"Path": SERVICES})


def free(script: Script, stack: str = "shop-edge") -> None:
    script.refuse("cloudformation", "describe_stacks", "ValidationError", f"Stack with id {stack} does not exist")


def logs(script: Script, *taken: str) -> None:
    groups = [{"logGroupName": name} for name in taken]
    script.answer("logs", "describe_log_groups", {"logGroups": groups}, {"logGroupNamePrefix": LOGS})


def said(found: list[Outcome], lang: Lang = "en") -> list[tuple[str, str, str]]:
    return [(one.check, one.state, f"{one.about.in_(lang)}: {one.words.in_(lang)}") for one in found]


@pytest.mark.parametrize("region", [REGION, "us-east-1"])
def test_its_type_and_its_name_are_asked_for_in_its_region(plan: Plan, region: str) -> None:
    with there(plan, region) as (stack, script):
        answers(script)
        free(script)
        logs(script)
        found = list(stack.outcomes(NUMBER))
    assert [(check, state) for check, state, _ in said(found)] == [
        ("region", "fine"),
        ("region", "fine"),
        ("name", "fine"),
        ("name", "fine"),
    ]
    types, services, name, log_group = (words for _, _, words in said(found))
    assert types.startswith("Resource types in us-east-1 (edge/template.yaml): According to the schemas of cfn-lint")
    assert (
        services
        == "Services in us-east-1 (edge/template.yaml): According to AWS, all 2 services can be used in us-east-1."
    )
    assert name == "Stack shop-edge (edge/template.yaml, us-east-1): The name is free."
    assert log_group == f"AWS::Logs::LogGroup {LOGS} (edge/template.yaml, us-east-1): The name is free."


def test_every_sentence_names_the_region_in_japanese_too(plan: Plan) -> None:
    with there(plan) as (stack, script):
        answers(script, ("s3",))
        script.answer("cloudformation", "describe_stacks", {"Stacks": []}, {"StackName": "shop-edge"})
        logs(script, LOGS)
        found = list(stack.outcomes(NUMBER))
    assert [one.state for one in found] == ["fine", "blocked", "warned", "blocked"]
    assert all("us-east-1" in words for _, _, words in said(found, "ja"))
    assert said(found, "ja")[2][2].startswith("スタック shop-edge（edge/template.yaml、us-east-1）: 同名のスタックが")


def test_what_may_not_be_asked_there_is_said_and_the_rest_goes_on(plan: Plan) -> None:
    with there(plan) as (stack, script):
        script.refuse("ssm", "get_parameters_by_path", "AccessDeniedException")
        script.refuse("cloudformation", "describe_stacks", "AccessDenied")
        script.refuse("logs", "describe_log_groups", "AccessDeniedException")
        found = list(stack.outcomes(NUMBER))
    assert [one.state for one in found] == ["fine", "unknown", "unknown", "unknown"]
    assert all("us-east-1" in words for _, _, words in said(found))


def test_without_credentials_the_shipped_table_is_still_read(plan: Plan) -> None:
    with there(plan) as (stack, _):
        assert [(one.check, one.state) for one in stack.outcomes("")] == [("region", "fine")]


def test_its_change_set_needs_no_bucket_and_leaves_nothing(plan: Plan) -> None:
    by_name = {"StackName": TRIAL, "ChangeSetName": "preflight"}
    handed = {"StackName": TRIAL, "ChangeSetName": "preflight", "ChangeSetType": "CREATE", "TemplateBody": ANY,
              "Parameters": [], "Capabilities": ANY}  # fmt: skip
    with there(plan) as (stack, script):
        free(script, TRIAL)
        script.answer("cloudformation", "create_change_set", {}, handed)
        for _ in range(2):
            changes = {"Status": "CREATE_COMPLETE", "Changes": [{"Type": "Resource"}]}
            script.answer("cloudformation", "describe_change_set", changes, by_name)
        review = {"StackName": TRIAL, "CreationTime": NOW, "StackStatus": "REVIEW_IN_PROGRESS"}
        script.answer("cloudformation", "describe_stacks", {"Stacks": [review]})
        script.answer("cloudformation", "delete_change_set", {}, by_name)
        script.answer("cloudformation", "delete_stack", {}, {"StackName": TRIAL})
        free(script, TRIAL)
        found = list(stack.change_set_outcomes(lambda seconds: None))
    assert said(found) == [
        ("change-set", "fine", f"Change set for {TRIAL} (edge/template.yaml, us-east-1): CloudFormation accepts the template; it would create 1 resources.")
    ]  # fmt: skip


def test_its_template_is_small_enough_to_be_handed_over(plan: Plan) -> None:
    with there(plan) as (stack, _):
        assert len(json.dumps(stack._template)) < 51_200


def test_a_long_name_is_cut_for_the_change_set(plan: Plan) -> None:
    long = "s" * 118
    with there(plan, stack=long) as (stack, script):
        expected = {"StackName": f"{long}-preflight"}
        script.answer("cloudformation", "describe_stacks", {"Stacks": []}, expected)
        (found,) = stack.change_set_outcomes(lambda seconds: None)
    assert found.state == "blocked"


def test_a_design_without_one_is_not_asked(designs: dict[str, Design]) -> None:
    with scripted() as script:
        assert open_edge_stack(plan_for(designs["web-application"]), script.account, "web") is None


@pytest.mark.parametrize(("given", "expected"), [({}, True), ({EDGE_PARAMETER: "arn"}, False)])
def test_a_web_acl_of_the_house_needs_no_stack(plan: Plan, given: dict[str, str], expected: bool) -> None:
    with scripted() as script:
        script.refuse("sts", "get_caller_identity", "ExpiredToken")
        found = list(preflight(plan, script.account, "en", now=NOW, values=given))
    assert any("edge/template.yaml" in one.about.en for one in found) is expected
