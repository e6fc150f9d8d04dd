"""CloudWatch log groups."""

from blueprints.stack.registry import encrypted_by
from blueprints.stack.scope import Json, Scope
from blueprints.values import Ref, Value

encrypted_by("AWS::Logs::LogGroup", "KmsKeyId")


def log_group(scope: Scope, id: str, *, node: str | None = None, group: str | None = None, name: Value = None) -> Ref:
    """Add a log group with the deployment's retention period, and return a reference to it."""
    properties: Json = {"LogGroupName": name} if name is not None else {}
    properties["RetentionInDays"] = Ref("LogRetentionDays")
    return scope.add(id, "AWS::Logs::LogGroup", properties, node=node, group=group)
