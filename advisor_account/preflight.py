"""Every check before a deployment, one after the other; none stops the next."""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from advisor.text import Lang, Text
from advisor_account.changeset import ELSEWHERE, FOLDER, Trial, unset
from advisor_account.edge import edge_stack
from advisor_account.names import names
from advisor_account.outcome import Outcome, Unanswered
from advisor_account.quotas import needs, quotas, unasked
from advisor_account.regions import live, shipped
from advisor_account.runtimes import runtimes
from advisor_account.session import Account
from advisor_account.template import Json, translated, types_of
from blueprints import sam
from blueprints.parameters.entries import EDGE_PARAMETER
from blueprints.plan import Plan
from blueprints.project import stack_name

_IDENTITY = Text("Credentials", "認証情報")


def preflight(
    plan: Plan,
    account: Account,
    lang: Lang,
    *,
    now: datetime,
    stack: str = "",
    bucket: str = "",
    given: Mapping[str, str] | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Outcome]:
    """Give what is found, check by check.

    `stack` is the stack's name (empty: as the project has it); with a `bucket`, a change set is made of the template
    under a name of its own, with the parameters `given`, and taken back. The stack in us-east-1 of a web ACL before
    CloudFront is checked too, unless `given` names a web ACL that is there already.
    """
    named = stack or stack_name(plan.design, plan, "sam")
    template = translated(
        sam.files(plan, lang),
        account.region,
        code=f"s3://{bucket or 'bucket'}/{FOLDER}/code.zip",
        image=_image(account),
    )
    types = types_of(template)
    edge = None if EDGE_PARAMETER in (given or {}) else edge_stack(plan, account, lang, named)
    number, found = _identity(account)
    yield found
    yield from shipped(types, account.region)
    wanted = list(needs(plan.architecture, template))
    if number:
        yield from live(account, types)
        yield from quotas(account, wanted, now)
        yield from names(account, template, named, number)
    else:
        yield from unasked(wanted, _NOT_ASKED)
    yield from runtimes(template, plan.design.book, now)
    if edge:
        yield from edge.read(number)
    if bucket and number:
        yield from _change_set(plan, account, template, named, bucket, given or {}, sleep)
        if edge:
            yield from edge.tried(sleep)


def _identity(account: Account) -> tuple[str, Outcome]:
    """Return the account's number (empty: not known), and who is asking."""
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
    given: Mapping[str, str],
    sleep: Callable[[float], None],
) -> Iterator[Outcome]:
    missing = unset(plan.parameters, given)
    if missing:
        named = ", ".join(missing)
        words = Text(
            f"No change set was made: {named} have no default; give each as --parameter NAME=VALUE.",
            f"変更セットは作成していません。{named} には既定値がないため、--parameter 名前=値 で指定してください。",
        )
        yield Outcome("change-set", "unknown", Text("Parameters", "パラメータ"), words)
        return
    yield from Trial(account, f"{stack}{ELSEWHERE}", bucket, sleep).outcomes(template, given)


def _image(account: Account) -> str:
    return f"111122223333.dkr.ecr.{account.region}.amazonaws.com/not-uploaded:1"


_NOT_ASKED = Text("The account was not asked.", "アカウントには照会していません。")
