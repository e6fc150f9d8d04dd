"""IAM roles with the statements of their connections, trust policies, and resource policies."""

from collections.abc import Iterable

from blueprints.stack.scope import Json, Scope
from blueprints.values import ACCOUNT, Att, ManagedPolicy, Value

VERSION = "2012-10-17"
ASSUME = "sts:AssumeRole"
#: EKS also tags the sessions of pods that assume a role.
ASSUME_AND_TAG = [ASSUME, "sts:TagSession"]


def policy(statements: Iterable[Json]) -> Json:
    """Return a policy document."""
    return {"Version": VERSION, "Statement": list(statements)}


def trust(principal: str, *, confined: bool = False, tagged: bool = False) -> Json:
    """Return the trust policy for a service; `confined` limits it to this account, against the confused deputy problem."""
    statement: Json = {
        "Effect": "Allow",
        "Principal": {"Service": principal},
        "Action": ASSUME_AND_TAG if tagged else ASSUME,
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


def resource_policy(scope: Scope, node: str, type: str, properties: Json, admitted: Iterable[tuple[Json, str]]) -> None:
    """Add the policy of a node's own resource; each statement is passed with its edge."""
    id = f"{scope.name(node)}Policy"
    document = policy(statement for statement, _ in admitted)
    scope.add(id, type, {**properties, "PolicyDocument": document}, node=node)
    for _, edge in admitted:
        scope.carry(id, edge)
