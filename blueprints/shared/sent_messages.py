"""The table in which programs record the messages that they have sent to people."""

from advisor.architecture import Node
from blueprints.shared.tables import keyed_table
from blueprints.stack.scope import Scope
from blueprints.traits.sent_messages import recorded
from blueprints.values import Att, Ref, Value


def table_name(scope: Scope, node: Node) -> Value:
    """Return the name of the table with the records of a channel."""
    return Ref(_id(scope, node))


def table_arn(scope: Scope, node: Node) -> Value:
    """Return the ARN of the table with the records of a channel."""
    return Att(_id(scope, node), "Arn")


def record_table(scope: Scope, node: Node) -> None:
    """Add the table to a channel through which programs send to people; records expire once repeats are impossible."""
    if not recorded(scope.architecture, node.id):
        return
    scope.add(_id(scope, node), "AWS::DynamoDB::Table", keyed_table(), node=node.id)


def _id(scope: Scope, node: Node) -> str:
    return f"{scope.name(node.id)}SentTable"
