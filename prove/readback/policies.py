"""Policies in the normal form: principals, actions, resources and conditions.

Treated as equal, and why:

* One action, resource or principal is a list of one, and these lists, like the statements of a policy, have no order:
  IAM reads them as sets.
* `Principal: "*"` is `{"AWS": "*"}`: IAM documents them as equal in policies of resources.
* Keys of conditions are compared in lower case, except references in them: IAM ignores their case. Values keep theirs.
* A statement's `Sid` and the name of an inline policy are labels without effect. So the inline policies of a role are
  one set of statements.
* An AWS managed policy is the same in any partition: SAM's transform writes the partition of the Region that it runs
  in, CDK leaves it to CloudFormation.
* A policy without a version has that of 2008, the default of IAM.

Wildcards are compared literally: a resource `*` equals `*` only.
"""

import re
from collections.abc import Mapping
from typing import Any

from prove.readback.values import Value

_LISTED = ("Action", "NotAction", "Resource", "NotResource")
_BESIDE_REFERENCES = re.compile(r"(\$\{[^}]*\})|[^$]+|\$")
_MANAGED = re.compile(r"^arn:(?:aws|\$\{AWS::Partition\}):iam::aws:policy/")
OLDEST = "2008-10-17"


def policies(value: Value) -> Value:
    """Return a value with every policy in it in the normal form."""
    if isinstance(value, list):
        return [policies(item) for item in value]
    if not isinstance(value, dict):
        return value
    if _is_policy(value):
        return {
            "Version": value.get("Version", OLDEST),
            "Statement": [_statement(statement) for statement in as_list(value["Statement"])],
        }
    return {key: policies(item) for key, item in value.items()}


def role(properties: Mapping[str, Value]) -> dict[str, Value]:
    """Return a role's properties with the statements of all its inline policies as one set."""
    merged = dict(properties)
    inline = merged.pop("Policies", [])
    if inline:
        merged["Statements"] = [statement for policy in inline for statement in policy["PolicyDocument"]["Statement"]]
    if "ManagedPolicyArns" in merged:
        merged["ManagedPolicyArns"] = [
            _MANAGED.sub("arn:${AWS::Partition}:iam::aws:policy/", arn) for arn in merged["ManagedPolicyArns"]
        ]
    return merged


def as_list(value: Any) -> list[Any]:
    """Return a value as a list, unless it is one."""
    return value if isinstance(value, list) else [value]


def _lower(key: str) -> str:
    return _BESIDE_REFERENCES.sub(lambda match: match[1] or match[0].lower(), key)


def _is_policy(value: Mapping[str, Value]) -> bool:
    statements = value.get("Statement")
    return isinstance(statements, list | dict) and all(
        isinstance(statement, dict) and "Effect" in statement for statement in as_list(statements)
    )


def _statement(statement: Mapping[str, Value]) -> dict[str, Value]:
    spelled = {key: value for key, value in statement.items() if key != "Sid"}
    for key in _LISTED:
        if key in spelled:
            spelled[key] = as_list(spelled[key])
    for key in ("Principal", "NotPrincipal"):
        if key in spelled:
            who = {"AWS": "*"} if spelled[key] == "*" else spelled[key]
            spelled[key] = {kind: as_list(value) for kind, value in who.items()}
    if "Condition" in spelled:
        spelled["Condition"] = {
            operator: {_lower(key): as_list(value) for key, value in keys.items()}
            for operator, keys in spelled["Condition"].items()
        }
    return spelled
