"""`advisor preflight`: checks whether an architecture can be deployed to an AWS account."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from advisor.text import Text, in_a_row
from advisor_cli.console import (
    BAD_INPUT,
    CHECK_FAILED,
    NOT_EXPRESSIBLE,
    TOOL_MISSING,
    Stop,
    command,
    design_command,
    say,
)
from advisor_cli.opening import open_without_conflicts
from advisor_cli.usage_errors import OneOf, UsageProblem, filled

if TYPE_CHECKING:
    from advisor.design import Design
    from advisor.text import Lang
    from advisor_account.outcome import Outcome
    from advisor_account.session import Account
    from blueprints.plan import Plan

_STACK = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,117}")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-[0-9]")
_NO_TOOLS = Text(
    "preflight requires boto3 and aws-sam-translator. Install the Python extra `aws`: pip install 'aws-architecture-advisor[aws]'",
    "preflight には boto3 と aws-sam-translator が必要です。Python パッケージの追加機能 `aws` をインストールしてください（pip install 'aws-architecture-advisor[aws]'）。",
)
_BAD = {
    "--stack-name": Text(
        '--stack-name: "{0}" is not a valid stack name: use up to 118 letters, digits and hyphens, starting with a letter.',
        "--stack-name: 「{0}」はスタック名に使用できません。英字で始まる 118 文字以内の英数字とハイフンで指定してください。",
    ),
    "--change-set": Text(
        '--change-set: "{0}" is not a valid bucket name: use 3 to 63 lower-case letters, digits, dots and hyphens.',
        "--change-set: 「{0}」はバケット名に使用できません。3～63 文字の英小文字、数字、ドット、ハイフンで指定してください。",
    ),
    "--region": Text(
        '--region: "{0}" is not a valid Region: use a Region code, such as ap-northeast-1.',
        "--region: 「{0}」はリージョンコードではありません。ap-northeast-1 のように指定してください。",
    ),
    "--parameter": Text(
        '--parameter: "{0}" must have the form NAME=VALUE; NAME must be one of: {1}.',
        "--parameter: 「{0}」は使えません。NAME=VALUE の形式で指定してください。使える NAME: {1}",
    ),
}


@command()
@design_command
@click.option(
    "--profile", metavar="NAME", help="AWS CLI profile; if omitted, the default AWS credential chain applies."
)
@click.option("--region", metavar="REGION", help="AWS Region; if omitted, that of FILE, then that of the profile.")
@click.option(
    "--stack-name",
    "stack",
    metavar="NAME",
    default="",
    help="Name of the stack that you plan to deploy, for the check of names; if omitted, that of the project.",
)
@click.option(
    "--change-set",
    "bucket",
    metavar="BUCKET",
    help="Also have CloudFormation validate the template with a change set. The command does not execute the change set. Afterwards, "
    "it deletes the change set, the empty stack that CloudFormation creates for it, and the template in BUCKET.",
)
@click.option(
    "--parameter",
    "parameters",
    metavar="NAME=VALUE",
    multiple=True,
    help="Parameter value for --change-set; can be repeated.",
)
@click.option("--format", "form", type=OneOf(["text", "json"]), default="text", help="Output format; text if omitted.")
def preflight(
    file: str,
    lang: "Lang",
    as_of: str | None,
    folder: str | None,
    profile: str | None,
    region: str | None,
    stack: str,
    bucket: str | None,
    parameters: tuple[str, ...],
    form: str,
) -> None:
    """Check whether the architecture for the requirements in FILE can be deployed to your AWS account.

    The command checks credentials, Region, quotas, resource names and Lambda runtimes. It is read-only unless
    --change-set is given. The result can change over time, because the command checks the quota usage of the last day,
    and compares the end-of-support dates of runtimes with the current date.

    Exit code: 0 if nothing blocks a deployment, 1 if something would block it or could not be checked.

    \b
    Examples:
      advisor preflight batch.yaml --profile dev --region ap-northeast-1
      advisor preflight batch.yaml --change-set my-bucket --parameter AlarmEmail=ops@example.com
    """
    _require_tools(lang)
    from advisor_account.report import passed

    _check_form("--region", region, _REGION)
    _check_form("--stack-name", stack, _STACK)
    _check_form("--change-set", bucket, _BUCKET)
    plan = _plan(open_without_conflicts(file, lang, as_of, folder), lang)
    account = _account(plan, profile, region, lang)
    outcomes = _outcomes(plan, account, lang, stack, bucket, parameters)
    _print(outcomes, account.region, lang, form)
    if not passed(outcomes):
        click.get_current_context().exit(CHECK_FAILED)


def _require_tools(lang: "Lang") -> None:
    try:
        import boto3  # noqa: F401
        import samtranslator  # noqa: F401
    except ImportError as error:
        raise Stop(TOOL_MISSING, _NO_TOOLS.in_(lang)) from error


def _account(plan: "Plan", profile: str | None, region: str | None, lang: "Lang") -> "Account":
    from advisor_account.outcome import Unanswered
    from advisor_account.session import open_account

    answered = str(plan.design.requirements.workload_answers.get("region") or "")
    try:
        return open_account(profile, region, answered)
    except Unanswered as error:
        raise Stop(BAD_INPUT, error.text.in_(lang)) from error


def _outcomes(
    plan: "Plan", account: "Account", lang: "Lang", stack: str, bucket: str | None, parameters: tuple[str, ...]
) -> tuple["Outcome", ...]:
    from advisor_account.preflight import preflight as check_account

    values = dict(_parameter_value(plan, parameter) for parameter in parameters)
    now = datetime.now(UTC)
    return tuple(check_account(plan, account, lang, now=now, stack=stack, bucket=bucket or "", values=values))


def _print(outcomes: tuple["Outcome", ...], region: str, lang: "Lang", form: str) -> None:
    from advisor.report.decision_report import SCHEMA, dumps
    from advisor_account.report import passed, to_data, to_text

    if form == "json":
        findings = to_data(outcomes, lang)
        say(dumps({"schema": SCHEMA, "region": region, "passed": passed(outcomes), "findings": findings}))
    else:
        say(to_text(outcomes, lang))


def _plan(design: "Design", lang: "Lang") -> "Plan":
    """Return the plan of a design; stop with the reasons if it cannot be expressed."""
    import blueprints
    from blueprints.plan import plan_for

    plan = plan_for(design)
    gaps = blueprints.unsupported(plan, "sam")
    if gaps:
        raise Stop(NOT_EXPRESSIBLE, *(f"{gap.where}: {gap.reason.in_(lang)}" for gap in gaps))
    return plan


def _check_form(option: str, value: str | None, pattern: re.Pattern[str]) -> None:
    if value and not pattern.fullmatch(value):
        raise UsageProblem(filled(_BAD[option], value[:60]))


def _parameter_value(plan: "Plan", argument: str) -> tuple[str, str]:
    name, separator, value = argument.partition("=")
    names = [parameter.id for parameter in plan.parameters]
    if not separator or name not in names:
        raise UsageProblem(filled(_BAD["--parameter"], argument[:60], in_a_row(names)))
    return name, value
