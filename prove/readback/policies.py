"""Policies in one spelling: who may do what on what, under which conditions.

What is taken as the same, and why:

* One action, resource or principal is a list of one, and these lists, like the statements of a policy, have no order:
  IAM reads them as sets.
* `Principal: "*"` is `{"AWS": "*"}`: IAM documents them as equal in policies of resources.
* Keys of conditions are compared in lower case, but for references in them: IAM does not tell cases apart there. Values
  keep theirs.
* A statement's `Sid` and the name of an inline policy are labels: they allow nothing. So the inline policies of a role
  are one set of statements.
* A policy that AWS manages is the same in whatever partition: SAM's transform writes the partition of the Region
  that it runs in, CDK leaves it to CloudFormation.
* A policy without a version has that of 2008, as IAM has it.

Wildcards are texts like any other: a resource `*` equals nothing but `*`.
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
    """Return a value with every policy in it in one spelling."""
    if isinstance(value, list):
        return [policies(one) for one in value]
    if not isinstance(value, dict):
        return value
    if _is_policy(value):
        return {
            "Version": value.get("Version", OLDEST),
            "Statement": [_statement(one) for one in listed(value["Statement"])],
        }
    return {key: policies(one) for key, one in value.items()}


def role(properties: Mapping[str, Value]) -> dict[str, Value]:
    """Return a role's properties with the statements of all its inline policies as one set."""
    made = dict(properties)
    inline = made.pop("Policies", [])
    if inline:
        made["Statements"] = [one for policy in inline for one in policy["PolicyDocument"]["Statement"]]
    if "ManagedPolicyArns" in made:
        made["ManagedPolicyArns"] = [
            _MANAGED.sub("arn:${AWS::Partition}:iam::aws:policy/", one) for one in made["ManagedPolicyArns"]
        ]
    return made


def listed(value: Any) -> list[Any]:
    """Return what stands alone as a list."""
    return value if isinstance(value, list) else [value]


def _lower(key: str) -> str:
    return _BESIDE_REFERENCES.sub(lambda found: found[1] or found[0].lower(), key)


def _is_policy(value: Mapping[str, Value]) -> bool:
    found = value.get("Statement")
    return isinstance(found, list | dict) and all(isinstance(one, dict) and "Effect" in one for one in listed(found))


def _statement(one: Mapping[str, Value]) -> dict[str, Value]:
    made = {key: value for key, value in one.items() if key != "Sid"}
    for key in _LISTED:
        if key in made:
            made[key] = listed(made[key])
    for key in ("Principal", "NotPrincipal"):
        if key in made:
            who = {"AWS": "*"} if made[key] == "*" else made[key]
            made[key] = {kind: listed(value) for kind, value in who.items()}
    if "Condition" in made:
        made["Condition"] = {
            operator: {_lower(key): listed(value) for key, value in keys.items()}
            for operator, keys in made["Condition"].items()
        }
    return made
