"""The table in which programs record the messages that they have sent to people."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints.shared.tables import keyed_table
from blueprints.stack.scope import Scope
from blueprints.traits.sent_messages import pushes, recorded, sent_table
from blueprints.values import Att, Ref, Value

_KEPT = Text(
    "Kept when the stack is deleted: without the registrations, no device would receive push notifications.",
    "スタックを削除しても残します。登録がないと、プッシュ通知がどのデバイスにも届かなくなります。",
)


def table_name(scope: Scope, node: Node) -> Value:
    """Return the name of the table with the records of a channel."""
    return Ref(_id(scope, node))


def table_arn(scope: Scope, node: Node) -> Value:
    """Return the ARN of the table with the records of a channel."""
    return Att(_id(scope, node), "Arn")


def record_table(scope: Scope, node: Node) -> None:
    """Add the table to a channel through which programs send to people; records expire once repeats are impossible.

    Registrations of devices do not expire, and are data of users: a table with these is kept when the stack is deleted.
    """
    if not recorded(scope.architecture, node.id):
        return
    id = _id(scope, node)
    if not pushes(scope.architecture, node.id):
        scope.add(id, "AWS::DynamoDB::Table", keyed_table(), node=node.id)
        return
    scope.add(id, "AWS::DynamoDB::Table", keyed_table(), node=node.id, kept="Retain", why=_KEPT)
    scope.output(f"{id}Name", Ref(id), "Table with the registrations of devices")


def _id(scope: Scope, node: Node) -> str:
    return sent_table(scope.name(node.id))
