"""The table in which the program of a WebSocket API keeps the open connections."""

from advisor.architecture import Node
from blueprints.shared.tables import by_owner, keyed_table
from blueprints.stack.scope import Json, Scope
from blueprints.traits.open_connections import audience, has_table, keeps_connections
from blueprints.values import Att, Ref, Value


def table_name(scope: Scope, node: Node) -> Value:
    """Return the name of the table with the connections of an API."""
    return Ref(_id(scope, node))


def table_arn(scope: Scope, node: Node) -> Value:
    """Return the ARN of the table with the connections of an API."""
    return Att(_id(scope, node), "Arn")


def connection_table(scope: Scope, node: Node) -> None:
    """Add the table to an API whose program has no store for nothing but connections; entries of lost connections expire."""
    if not has_table(scope.architecture, node):
        return
    table: Json = keyed_table()
    pushes = scope.architecture.entering(node.id, "push")
    if any(audience(scope.architecture, e).users for e in pushes if keeps_connections(scope.architecture, e)):
        table |= by_owner(table["AttributeDefinitions"])
    scope.add(_id(scope, node), "AWS::DynamoDB::Table", table, node=node.id)


def _id(scope: Scope, node: Node) -> str:
    return f"{scope.name(node.id)}ConnectionTable"
