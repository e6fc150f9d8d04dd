"""The roles by which programs use relational databases: one for each program and store, with the privileges it needs."""

from collections.abc import Mapping

from advisor.architecture import Architecture, Edge
from blueprints.naming import lower

#: The attribute of a connection that names the secret with the password of its user.
USER_SECRET = "user-secret-arn"
#: Verb -> what such a role may do with the store's table. Who keeps an item reads what was there.
PRIVILEGES: Mapping[str, tuple[str, ...]] = {
    "read": ("SELECT",),
    "write": ("SELECT", "INSERT", "UPDATE"),
    "read-write": ("SELECT", "INSERT", "UPDATE", "DELETE"),
}


def role_name(program: str, store: str) -> str:
    """Return the role in a database by which a program uses a store; PostgreSQL uses at most 63 characters."""
    return lower(f"{program}-{store}", 60).replace("-", "_")


def role_of(architecture: Architecture, edge: Edge) -> str:
    """Return the role in a database by which the program at an edge's start uses the store at its end."""
    return role_name(edge.source.partition(".")[0], architecture.node(edge.target).subject)


def user_edge(architecture: Architecture, edge: Edge) -> Edge:
    """Return the connection that a component's user of a store is made for: the first of those between them."""
    component = edge.source.partition(".")[0]
    return next(
        other
        for other in architecture.entering(edge.target)
        if other.verb in PRIVILEGES and other.source.partition(".")[0] == component
    )


def made_for(architecture: Architecture, edge: Edge, attribute: str) -> Edge:
    """Return the connection that an attribute belongs to: a component has one password, whatever it does with a store."""
    return user_edge(architecture, edge) if attribute == USER_SECRET else edge
