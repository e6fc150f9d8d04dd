"""`advisor preflight` from end to end: partial results are kept, bad input is one sentence, the policy is the least."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest
from click.testing import CliRunner, Result

import rules
from advisor.book import Book
from advisor.design import Design
from advisor_account.names import check_names
from advisor_account.policy import change_set_policy, read_policy
from advisor_account.preflight import preflight as checked
from advisor_account.quotas import check_quotas, quota_needs
from advisor_account.report import passed, to_text
from advisor_account.session import Account
from advisor_cli.main import cli
from blueprints import sam
from blueprints.plan import plan_for
from blueprints.sam.translation import translate_template
from tests.advisor_account.scripted import NUMBER, REGION, scripted
from tests.advisor_account.test_checks import NOW
from tests.blueprints.answers import design_from

DOCS = Path(__file__).parents[2] / "docs"
_POLICY = re.compile(r"```json\n(.*?)```", re.DOTALL)


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["preflight", "-", *words], input=rules.story_bytes("web-application"))


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """No credentials of whoever runs the tests, and no look for them outside this machine."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    return


def test_without_credentials_what_is_known_here_is_still_said() -> None:
    result = run("--region", REGION, "--format", "json")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert said["passed"] is False
    states = {(one["check"], one["state"]) for one in said["findings"]}
    assert ("identity", "unknown") in states
    assert ("region", "fine") in states
    assert ("quota", "unknown") in states
    assert not {state for check, state in states if check == "name"}


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_text_names_each_check_in_the_language(lang: str) -> None:
    result = run("--region", REGION, "--lang", lang)
    assert {"en": "Concurrent executions (Lambda): Takes 150.", "ja": "同時実行数（Lambda）: 必要量 150。"}[
        lang
    ] in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--region", "Tokyo"), '--region: "Tokyo" is not a valid Region'),
        (("--stack-name", "1st"), '--stack-name: "1st" is not a valid stack name'),
        (("--change-set", "My_Bucket"), '--change-set: "My_Bucket" is not a valid bucket name'),
        (("--profile", "nobody"), '--profile: there is no profile "nobody"'),
        (("--region", REGION, "--parameter", "Colour=red"), '--parameter: "Colour=red" must have the form NAME=VALUE'),
        (("--region", REGION, "--parameter", "AlarmEmail"), '--parameter: "AlarmEmail" must have the form NAME=VALUE'),
    ],
)
def test_bad_input_is_one_sentence(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stderr.startswith(said)
    assert result.stderr.count("\n") == 1


def _answering(account: Account, answers: Mapping[str, Any]) -> None:
    """Let every call answer from a table, by its operation; what the table lacks answers with nothing."""

    class Client:
        def __init__(self, service: str) -> None:
            self._service = service

        def can_paginate(self, operation: str) -> bool:
            return False

        def __getattr__(self, operation: str) -> Any:
            return lambda **given: answers.get(operation, {})

    account.client = Client  # type: ignore[method-assign,assignment]


ANSWERS = {
    "get_caller_identity": {"Account": NUMBER, "Arn": f"arn:aws:iam::{NUMBER}:user/a"},
    "get_parameters_by_path": {"Parameters": [{"Value": one} for one in "abcdefg"]},
    "get_service_quota": {"Quota": {"Value": 10_000_000, "Adjustable": True}},
    "describe_stacks": {"Stacks": [{"StackStatus": "CREATE_COMPLETE"}]},
}


def test_what_is_asked_is_what_the_policy_allows(designs: Mapping[str, Design], book: Book) -> None:
    allowed = {action for one in read_policy()["Statement"] for action in one["Action"]}
    asked: set[str] = set()
    for design in (*designs.values(), design_from("site-waf", book)):
        account = Account(boto3.Session(), REGION)
        for one in (account, account.in_region("us-east-1")):
            _answering(one, ANSWERS)
        list(checked(plan_for(design), account, "en", now=NOW))
        asked |= account.calls
    assert asked - {"sts:GetCallerIdentity"} <= allowed
    assert asked >= {
        "servicequotas:GetServiceQuota",
        "ec2:DescribeVpcs",
        "s3:ListAllMyBuckets",
        "states:ListStateMachines",
    }
    assert not [action for action in allowed if not re.match(r"[a-z0-9-]+:(Describe|Get|List)", action)]


@pytest.mark.parametrize("page", ["preflight.md", "preflight.ja.md"])
def test_the_documents_print_the_policies(page: str) -> None:
    printed = [json.loads(found) for found in _POLICY.findall((DOCS / page).read_text(encoding="utf-8"))]
    assert printed == [read_policy(), change_set_policy()]


def test_a_design_that_fits_its_account_passes(designs: Mapping[str, Design]) -> None:
    plan = plan_for(designs["async-coupling"])
    template = translate_template(sam.files(plan, "en"), REGION, code="s3://bucket/code.zip", image="image:1")
    with scripted() as script:
        for need in quota_needs(plan.architecture, template):
            script.answer("service-quotas", "get_service_quota", {"Quota": {"Value": 1e9, "Adjustable": True}})
            if "count" in need.row:
                script.answer(need.row["count"]["client"], need.row["count"]["operation"], {})
        script.refuse("cloudformation", "describe_stacks", "ValidationError")
        found = [
            *check_quotas(script.account, list(quota_needs(plan.architecture, template)), NOW),
            *check_names(script.account, template, "orders", NUMBER),
        ]
    assert passed(found)
    assert ", 0 warnings, " in to_text(found, "en")
