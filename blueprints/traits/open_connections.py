"""Open connections of a WebSocket API: the table in which a program keeps them, so that it finds those that a message is for.

A message is for the connections of one user, which an index finds, or for all, for which the whole table is read. A key-value
store that no other program uses contains nothing else; where there is none, the API has a table of its own, so that
connections and business items are never read, listed or exported together.
"""

from collections.abc import Mapping
from typing import NamedTuple

from advisor.architecture import Architecture, Edge, Node
from blueprints.traits import dynamodb, traits_of

#: What a program does with one connection, with those of a user, and with all of them.
ACTIONS = ("dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem")
OF_A_USER, OF_ALL = "dynamodb:Query", "dynamodb:Scan"
#: Attributes of an API: the name and the ARN of the table with its connections.
TABLE_NAME, TABLE_ARN = "connection-table-name", "connection-table-arn"
#: The end of the name of the environment variable with the table; no name of a store's variable ends like this.
TABLE_VARIABLE = "CONNECTION_TABLE"
#: The statement by which a program uses the table.
SID = "KeepConnections"


class Audience(NamedTuple):
    """Whom the messages of a program are for: the connections of one user, all of them, or either, as a message says."""

    users: bool
    everyone: bool


def audience(architecture: Architecture, push: Edge) -> Audience:
    """Return whom the messages that a program pushes over an API are for.

    A text is for its user only where other programs send news by the program; a message of another program is for the owner of
    its item, which may be everybody.
    """
    called = bool(architecture.entering(push.source, "call"))
    return Audience(users=called, everyone=True)


def push_of(architecture: Architecture, program: Node) -> Edge | None:
    """Return the connection by which a program pushes messages over a WebSocket API, or None."""
    pushes = architecture.leaving(program.id, "push")
    return next((e for e in pushes if traits_of(architecture.node(e.target).service).protocol == "websocket"), None)


def found_by_user(architecture: Architecture, store: str) -> bool:
    """Return whether a key-value store contains connections that a program finds by their user."""
    programs = (architecture.node(edge.source) for edge in architecture.entering(store))
    pushes = (push_of(architecture, one) for one in programs if store_of_connections(architecture, one) == store)
    return any(push is not None and audience(architecture, push).users for push in pushes)


def store_of_connections(architecture: Architecture, program: Node) -> str:
    """Return the id of the key-value store that contains only the connections of a program, or "" if there is none."""
    verbs: Mapping[str, set[str]] = {
        store.id: {edge.verb for edge in architecture.leaving(program.id) if edge.target == store.id}
        for store in dynamodb.TRAITS.nodes(architecture)
    }
    return next(
        (
            id
            for id, used in verbs.items()
            if ("read-write" in used or used >= {"read", "write"})
            and not architecture.leaving(id)
            and all(edge.source == program.id for edge in architecture.entering(id))
        ),
        "",
    )


def keeps_connections(architecture: Architecture, edge: Edge) -> bool:
    """Return whether a program keeps the connections of the API at the end of an edge in the API's own table."""
    api = architecture.node(edge.target)
    pushes = edge.verb == "push" and traits_of(api.service).protocol == "websocket"
    return pushes and not store_of_connections(architecture, architecture.node(edge.source))


def has_table(architecture: Architecture, api: Node) -> bool:
    """Return whether a WebSocket API has a table of its own for its connections."""
    return any(keeps_connections(architecture, edge) for edge in architecture.entering(api.id, "push"))


def table_edge(architecture: Architecture, program: Node) -> Edge | None:
    """Return the connection from a program to the API in whose own table it keeps the connections, or None."""
    pushes = architecture.leaving(program.id, "push")
    return next((edge for edge in pushes if keeps_connections(architecture, edge)), None)
