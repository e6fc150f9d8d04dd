"""Whether a name that the template sets is taken already."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import jmespath

from advisor.text import Text
from advisor_account.data import table
from advisor_account.outcome import Outcome, Unanswered
from advisor_account.session import Account, error_code
from blueprints.sam.translation import Json

_PSEUDO = re.compile(r"\$\{(AWS::[A-Za-z]+)\}")
_FREE = Text("The name is free.", "この名前は使用されていません。")
_TAKEN = Text(
    "A resource with this name already exists in this account; choose another stack name, or delete that resource.",
    "このアカウントに同名のリソースが既に存在します。別のスタック名を指定するか、そのリソースを削除してください。",
)
_STACK = Text("Stack {0}", "スタック {0}")


def check_names(account: Account, template: Json, stack: str, number: str) -> Iterator[Outcome]:
    """Yield one finding for the stack's name and for each name that the template sets; `number` is the account's."""
    yield _stack_outcome(account, stack)
    name_rows: Mapping[str, Mapping[str, Any]] = table("names.yaml")["names"]
    pseudo_parameters = {
        "AWS::StackName": stack,
        "AWS::Region": account.region,
        "AWS::AccountId": number,
        "AWS::Partition": "aws",
    }
    for resource in template["Resources"].values():
        row = name_rows.get(resource["Type"])
        name = resolve(resource.get("Properties", {}).get(row["property"]), pseudo_parameters) if row else None
        if row is not None and name is not None:
            yield _name_outcome(account, resource["Type"], row, name)


def resolve(value: Any, pseudo_parameters: Mapping[str, str]) -> str | None:
    """Return a name if all its references are known before a deployment, otherwise None."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and isinstance(value.get("Ref"), str):
        return pseudo_parameters.get(value["Ref"])
    if isinstance(value, dict) and isinstance(value.get("Fn::Sub"), str):
        text = _PSEUDO.sub(lambda match: pseudo_parameters.get(match[1], match[0]), value["Fn::Sub"])
        return None if "${" in text else text
    return None


def _stack_outcome(account: Account, stack: str) -> Outcome:
    about = Text(_STACK.en.format(stack), _STACK.ja.format(stack))
    try:
        account.call("cloudformation", "describe_stacks", StackName=stack)
    except Unanswered as error:
        if error_code(error) == "ValidationError":  # CloudFormation's answer where there is no such stack
            return Outcome("name", "fine", about, _FREE)
        return Outcome("name", "unknown", about, error.text)
    words = Text(
        "A stack with this name already exists: a deployment would update it.",
        "同名のスタックが既に存在します。デプロイするとそのスタックが更新されます。",
    )
    return Outcome("name", "warned", about, words)


def _name_outcome(account: Account, type: str, row: Mapping[str, Any], name: str) -> Outcome:
    about = Text.same(f"{type} {name}")
    query, tail = jmespath.compile(row["list"]), row.get("tail")
    arguments = {row["prefix"]: name} if "prefix" in row else {}
    try:
        for page in account.pages(row["client"], row["operation"], **arguments):
            existing = [str(match).rpartition(tail)[2] if tail else str(match) for match in query.search(page) or ()]
            if name in existing:
                return Outcome("name", "blocked", about, _TAKEN)
    except Unanswered as error:
        return Outcome("name", "unknown", about, error.text)
    return Outcome("name", "fine", about, _FREE)
