"""Migrations of relational databases: SQL folders, and the function that applies them inside the VPC.

The RDS Data API and Aurora DSQL are called by the person or pipeline that deploys. An instance of RDS is not: a
function in its subnets, which nothing in the stack may invoke, applies them as the administrator.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.architecture import Architecture, Edge, Node
from blueprints.traits import aurora_dsql, aurora_serverless, rds
from blueprints.traits.database_roles import PRIVILEGES, role_of, user_edge

HANDLER = "app.handler"
TIMEOUT_S = 900
MEMORY_MIB = 512
RELATIONAL = (aurora_dsql.TRAITS.service, aurora_serverless.TRAITS.service, rds.TRAITS.service)


@dataclass(frozen=True, slots=True)
class Migrations:
    """The migrations of a database. `users` are the connections that have a database role."""

    store: Node
    users: tuple[Edge, ...]

    @property
    def directory(self) -> str:
        """The folder with the SQL, and with the function's code if there is one."""
        return f"migrations/{self.store.subject}"

    @property
    def table(self) -> str:
        """The table that holds the store's items."""
        return f"{self.store.subject.replace('-', '_')}_items"

    @property
    def by_function(self) -> bool:
        """Whether a function in the VPC applies them."""
        return self.store.service == rds.TRAITS.service


def migrations_of(architecture: Architecture) -> Iterator[Migrations]:
    """Yield the migrations of each relational database that programs use, by itself or through a proxy."""
    for store in architecture.of_service(*RELATIONAL):
        fronts = [store.id, *(edge.source for edge in architecture.entering(store.id, "pool"))]
        edges = [edge for front in fronts for edge in architecture.entering(front) if edge.verb in PRIVILEGES]
        users = [edge for edge in edges if user_edge(architecture, edge) == edge]
        if users:
            yield Migrations(store, tuple(users))


def privileges(architecture: Architecture, users: tuple[Edge, ...]) -> dict[str, tuple[str, ...]]:
    """Return the table privileges of each role, from all connections of its component to the store."""
    granted: dict[str, tuple[str, ...]] = {}
    for user in users:
        role = role_of(architecture, user)
        edges = [
            e for e in architecture.entering(user.target) if e.verb in PRIVILEGES and user_edge(architecture, e) == user
        ]
        verbs = {edge.verb for edge in edges}
        (verb,) = verbs if len(verbs) == 1 else ("read-write",)
        wanted = {*granted.get(role, ()), *PRIVILEGES[verb]}
        granted[role] = tuple(word for word in PRIVILEGES["read-write"] if word in wanted)
    return granted
