"""Roles and keys: who may assume what, with statements written out from the connections."""

from collections.abc import Iterable

from blueprints.scope import Json, Scope
from blueprints.values import ACCOUNT, Att, ManagedPolicy, Ref, Value, account_root

VERSION = "2012-10-17"
#: What the account's administrators may do with a key: everything but using a wildcard for it.
_KEY_ADMINISTRATION = (
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:RevokeGrant",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
)

#: The statement by which the account administers a key.
ADMINISTRATION: Json = {
    "Sid": "AccountAdministers",
    "Effect": "Allow",
    "Principal": {"AWS": account_root()},
    "Action": list(_KEY_ADMINISTRATION),
    "Resource": "*",
}


def policy(statements: Iterable[Json]) -> Json:
    """Return a policy document."""
    return {"Version": VERSION, "Statement": list(statements)}


def trust(principal: str, *, confined: bool = False, tagged: bool = False) -> Json:
    """Return the trust policy for a service; `confined` to this account's resources, against a confused deputy."""
    statement: Json = {
        "Effect": "Allow",
        "Principal": {"Service": principal},
        "Action": ["sts:AssumeRole", "sts:TagSession"] if tagged else "sts:AssumeRole",
    }
    if confined:
        statement["Condition"] = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    return policy([statement])


def role(
    scope: Scope,
    id: str,
    assumed_by: Value,
    statements: list[Json],
    *,
    node: str | None = None,
    edge: str | None = None,
    group: str | None = None,
    policies: Iterable[str] = (),
) -> Value:
    """Add a role and return its ARN: its own statements, and policies that AWS manages by name."""
    properties: Json = {"AssumeRolePolicyDocument": assumed_by}
    managed = [ManagedPolicy(name) for name in policies]
    if managed:
        properties["ManagedPolicyArns"] = managed
    if statements:
        properties["Policies"] = [{"PolicyName": "connections", "PolicyDocument": policy(statements)}]
    scope.add(id, "AWS::IAM::Role", properties, node=node, edge=edge, group=group)
    return Att(id, "Arn")


def key(
    scope: Scope, id: str, description: str, statements: Iterable[Json], *, group: str, kept: str = "Retain"
) -> Value:
    """Add a customer-managed key that the account administers and `statements` let others use; return its ARN.

    A key outlives its stack, as what is encrypted under it does; one that nothing is stored under need not.
    """
    properties = {
        "Description": description,
        "EnableKeyRotation": True,
        "KeyPolicy": policy([ADMINISTRATION, *statements]),
    }
    scope.add(id, "AWS::KMS::Key", properties, group=group, kept=kept)
    return Att(id, "Arn")


def log_group(scope: Scope, id: str, *, node: str | None = None, group: str | None = None, name: Value = None) -> Ref:
    """Add a log group that forgets after the deployment's number of days, and return a reference to it."""
    properties: Json = {"LogGroupName": name} if name is not None else {}
    properties["RetentionInDays"] = Ref("LogRetentionDays")
    return scope.add(id, "AWS::Logs::LogGroup", properties, node=node, group=group)
