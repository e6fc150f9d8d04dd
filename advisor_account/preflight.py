"""Every check before a deployment, one after the other; none stops the next."""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from advisor.text import Lang, Text, in_a_row
from advisor_account.changeset import FOLDER, STACK_SUFFIX, ChangeSetCheck, parameters_without_value, with_examples
from advisor_account.edge import open_edge_stack
from advisor_account.names import check_names
from advisor_account.outcome import Outcome, Unanswered
from advisor_account.quotas import check_quotas, quota_needs, unchecked_quotas
from advisor_account.regions import check_resource_types, check_services
from advisor_account.runtimes import check_runtimes
from advisor_account.session import Account
from blueprints import sam
from blueprints.parameters.entries import EDGE_PARAMETER
from blueprints.plan import Plan
from blueprints.project import stack_name
from blueprints.sam.translation import Json, translate_template, types_of

_IDENTITY = Text("Credentials", "認証情報")


def preflight(
    plan: Plan,
    account: Account,
    lang: Lang,
    *,
    now: datetime,
    stack: str = "",
    bucket: str = "",
    values: Mapping[str, str] | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Outcome]:
    """Yield the outcomes, check by check.

    `stack` is the stack's name (empty: as the project has it); with a `bucket`, a change set is made of the template
    under a name of its own, with the parameter `values`, and taken back. The stack in us-east-1 with the web ACL of
    CloudFront is checked too, unless `values` names an existing web ACL.
    """
    stack = stack or stack_name(plan.design, plan, "sam")
    template = _template(plan, account, lang, bucket)
    types = types_of(template)
    edge = None if EDGE_PARAMETER in (values or {}) else open_edge_stack(plan, account, stack)
    number, identity = _identity(account)
    yield identity
    yield from check_resource_types(types, account.region)
    needs = list(quota_needs(plan.architecture, template))
    if number:
        yield from check_services(account, types)
        yield from check_quotas(account, needs, now)
        yield from check_names(account, template, stack, number)
    else:
        yield from unchecked_quotas(needs, _ACCOUNT_UNKNOWN)
    yield from check_runtimes(template, plan.design.book, now)
    if edge:
        yield from edge.outcomes(number)
    if bucket and number:
        yield from _change_set(plan, account, template, stack, bucket, values or {}, sleep)
        if edge:
            yield from edge.change_set_outcomes(sleep)


def _identity(account: Account) -> tuple[str, Outcome]:
    """Return the account number (empty if unknown), and the identity of the caller."""
    try:
        answer = account.call("sts", "get_caller_identity")
    except Unanswered as error:
        return "", Outcome("identity", "unknown", _IDENTITY, error.text)
    number, who = str(answer["Account"]), str(answer["Arn"])
    words = Text(f"Account {number}, {account.region}, as {who}.", f"アカウント {number}、{account.region}、{who}。")
    return number, Outcome("identity", "fine", _IDENTITY, words)


def _change_set(
    plan: Plan,
    account: Account,
    template: Json,
    stack: str,
    bucket: str,
    values: Mapping[str, str],
    sleep: Callable[[float], None],
) -> Iterator[Outcome]:
    missing = parameters_without_value(plan.parameters, values)
    if missing:
        ids = in_a_row(missing)
        words = Text(
            f"No change set was created: {ids.en} have no default. Specify each as --parameter NAME=VALUE.",
            f"変更セットは作成していません。{ids.ja} にはデフォルト値がないため、--parameter 名前=値 で指定してください。",
        )
        yield Outcome("change-set", "unknown", Text("Parameters", "パラメータ"), words)
        return
    yield from ChangeSetCheck(account, f"{stack}{STACK_SUFFIX}", bucket, sleep).outcomes(
        template, with_examples(plan.parameters, values)
    )


def _template(plan: Plan, account: Account, lang: Lang, bucket: str) -> Json:
    """Return the translated template; the code and image that it names are not uploaded."""
    code = f"s3://{bucket or 'bucket'}/{FOLDER}/code.zip"
    image = f"111122223333.dkr.ecr.{account.region}.amazonaws.com/not-uploaded:1"
    return translate_template(sam.files(plan, lang), account.region, code=code, image=image)


_ACCOUNT_UNKNOWN = Text("The account was not queried.", "アカウントには照会していません。")
