"""CloudWatch log groups."""

from blueprints.scope import Json, Scope
from blueprints.values import Ref, Value


def log_group(scope: Scope, id: str, *, node: str | None = None, group: str | None = None, name: Value = None) -> Ref:
    """Add a log group with the deployment's retention period, and return a reference to it."""
    properties: Json = {"LogGroupName": name} if name is not None else {}
    properties["RetentionInDays"] = Ref("LogRetentionDays")
    return scope.add(id, "AWS::Logs::LogGroup", properties, node=node, group=group)
