"""The adapters of a program behind a WebSocket API: one for the open connections, and those of its stores."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from advisor.architecture import Architecture, Node
from blueprints.plan.environment import connection_variable
from blueprints.project.programs.adapters import StoreAdapter
from blueprints.project.programs.store_functions import CONNECTION_FUNCTIONS, OF_A_USER, OF_ALL
from blueprints.traits import dynamodb
from blueprints.traits.open_connections import audience, push_of, store_of_connections, table_edge

#: The module with the connections of an API that has a table of its own.
_MODULE = "connections"


def with_connections(architecture: Architecture, node: Node, stores: Iterable[StoreAdapter]) -> Iterator[StoreAdapter]:
    """Yield the adapters that a program behind a WebSocket API uses, among them the one of the open connections.

    Messages are items of the stores that it writes. One that it only reads has no part in passing messages on.
    """
    functions = _functions(architecture, node)
    store = store_of_connections(architecture, node)
    for adapter in stores:
        if adapter.node.id == store:
            yield replace(adapter, connections=True, functions=functions)
        elif adapter.functions:
            yield adapter
    edge = table_edge(architecture, node)
    if edge is not None:
        api = architecture.node(edge.target)
        table = replace(api, service=dynamodb.TRAITS.service, settings={})
        env = {"table": connection_variable(api.subject)}
        yield StoreAdapter(_MODULE, api.subject, _MODULE, table, "read-write", env, functions, connections=True)


def _functions(architecture: Architecture, node: Node) -> frozenset[str]:
    """Return the functions of the client of the connections: a message is for those of a user, or for all."""
    push = push_of(architecture, node)
    if push is None:
        return CONNECTION_FUNCTIONS | {OF_ALL}
    heard = audience(architecture, push)
    used = {name for name, is_used in ((OF_A_USER, heard.users), (OF_ALL, heard.everyone)) if is_used}
    return CONNECTION_FUNCTIONS | used
