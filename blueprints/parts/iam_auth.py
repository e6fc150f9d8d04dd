"""Callers that sign with IAM."""

from advisor.architecture import Node
from blueprints.stack.registry import service
from blueprints.stack.scope import Scope


@service("iam-auth")
def signatures(_scope: Scope, _node: Node) -> None:
    """IAM authentication: no resource of its own; it is a setting of the routes."""
