"""Results of programs about the items that another program keeps for its callers: attributes of these, or kept beside them."""

from advisor.architecture import Architecture, Edge, Node
from blueprints.traits import Client, traits_of, traits_of_node
from blueprints.traits.direct_uploads import ISSUE
from blueprints.traits.served_items import holds_files_of_items

#: How a program writes to a store.
WRITING = ("write", "read-write")
#: How what happens in a store gets to a program.
LEADING = ("emit", "stream", "start", "consume", "deliver", "run")


def results_in(architecture: Architecture, node: Node) -> dict[str, str]:
    """Return, by store, the attribute for a program's result in the items that another program keeps for its callers.

    A message about such an item comes from the program of the callers, directly or by way of others. Its result is an
    attribute of the item: a row of its own would replace the item, return a deleted one, or be listed beside it. If
    changes of the store lead to the program, such a result would start it again. A webhook can be about such an item, too.
    """
    stores = (
        _reported(architecture, node) if receives_webhooks(architecture, node) else _about_items(architecture, node)
    )
    return {store: _named(node) for store in stores if (client := _client(architecture, store)) and client.updates}


def receives_webhooks(architecture: Architecture, node: Node) -> bool:
    """Return whether a program verifies the signature of a sender of webhooks."""
    return bool(architecture.leaving(node.id, "verify"))


def _reported(architecture: Architecture, node: Node) -> list[str]:
    """Return the stores that a receiver of webhooks writes, and in which others keep the items of their callers.

    These are programs, or GraphQL APIs without one.
    """
    found = list[str]()
    for store in dict.fromkeys(edge.target for edge in architecture.leaving(node.id) if edge.verb in WRITING):
        others = [architecture.node(id) for id in other_writers(architecture, node, store)]
        kept = [one for one in others if serves(architecture, one.id) or traits_of(one.service).protocol == "graphql"]
        found += [store] if any(not receives_webhooks(architecture, one) for one in kept) else []
    return found


def kept_beside(architecture: Architecture, node: Node) -> dict[str, str]:
    """Return, by store, the name of a program's result that is kept beside the items of callers.

    It is where changes of these items start the program, and in a store that cannot set one attribute of an item.
    """
    leading = {one.id for one in sources(architecture, node)}
    about = _about_items(architecture, node)
    found = dict[str, str]()
    for edge in architecture.leaving(node.id):
        client = _client(architecture, edge.target)
        if edge.verb not in WRITING or client is None or not client.prefixes:
            continue
        if edge.target in leading or (client.beside and edge.target in about):
            writers = other_writers(architecture, node, edge.target)
            found |= {edge.target: _named(node)} if any(serves(architecture, id) for id in writers) else {}
    return found


def _about_items(architecture: Architecture, node: Node) -> list[str]:
    """Return the stores that a program writes, all of whose messages come from the programs that keep items of callers there."""
    leading = sources(architecture, node)
    origins = [one for one in leading if not _led(architecture, one)]
    found = list[str]()
    for store in dict.fromkeys(edge.target for edge in architecture.leaving(node.id) if edge.verb in WRITING):
        owners = {id for id in other_writers(architecture, node, store) if serves(architecture, id)}
        started = store in {one.id for one in leading}
        if not started and origins and all(one.id in owners for one in origins):
            found.append(store)
    return found


def _client(architecture: Architecture, store: str) -> Client | None:
    return traits_of_node(architecture.node(store)).client


def _named(node: Node) -> str:
    return f"{node.subject.replace('-', '_')}_result"


def other_writers(architecture: Architecture, node: Node, store: str) -> set[str]:
    """Return the programs besides one that write to a store, directly or through a pool of connections."""
    edges = (edge for id in _same(architecture, store) for edge in architecture.entering(id))
    return {edge.source for edge in edges if edge.verb in WRITING and edge.source != node.id}


def _same(architecture: Architecture, store: str) -> set[str]:
    """Return the ids by which programs reach a database: its own, and those of the pools of connections before it."""
    behind = {edge.target for edge in architecture.leaving(store, "pool")} or {store}
    return behind | {edge.source for id in behind for edge in architecture.entering(id, "pool")}


def serves(architecture: Architecture, id: str) -> bool:
    """Return whether a program answers the requests of callers about items."""
    entries = (architecture.node(edge.source) for edge in architecture.entering(id, "invoke"))
    return any(traits_of(entry.service).protocol in ("http", "graphql") for entry in entries)


def _led(architecture: Architecture, node: Node) -> bool:
    entering = architecture.entering(node.id)
    filled = any(edge.verb in (*LEADING, "publish", *WRITING) or _starting(architecture, edge) for edge in entering)
    return filled or holds_files_of_items(architecture, node.id)


def _starting(architecture: Architecture, edge: Edge) -> bool:
    """Return whether a program starts a workflow or a durable function of its own component with what it received."""
    return edge.verb == "call" and architecture.node(edge.source).subject == architecture.node(edge.target).subject


def sources(architecture: Architecture, node: Node) -> list[Node]:
    """Return all nodes from which messages get to a program: channels, stores, and the programs that fill these."""
    found, waiting = {node.id: node}, [node]
    while waiting:
        one = waiting.pop()
        if one.id != node.id and serves(architecture, one.id):
            continue
        for edge in architecture.entering(one.id):
            filling = edge.verb == "publish" or (edge.verb in WRITING and one.id != node.id)
            filling |= edge.verb == ISSUE and holds_files_of_items(architecture, one.id)
            filling |= _starting(architecture, edge)
            if (edge.verb in LEADING or filling) and edge.source not in found:
                found[edge.source] = architecture.node(edge.source)
                waiting.append(found[edge.source])
    return [one for id, one in found.items() if id != node.id]
