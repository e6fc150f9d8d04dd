"""Results of programs that are attributes of the items that another program keeps for its callers."""

from advisor.architecture import Architecture, Node
from blueprints.traits import traits_of, traits_of_node
from blueprints.traits.direct_uploads import ISSUE
from blueprints.traits.served_items import holds_files_of_items

#: How a program writes to a store.
WRITING = ("write", "read-write")
#: How what happens in a store gets to a program.
LEADING = ("emit", "stream", "start", "consume", "deliver", "run")


def results_in(architecture: Architecture, node: Node) -> dict[str, str]:
    """Return, by store, the attribute for a program's result in the items that another program keeps for its callers.

    A message about such an item comes from the program of the callers, directly or by way of others. Its result is an
    attribute of the item: a row of its own would replace the item, return a deleted one, or be listed beside it.
    """
    origins = [one for one in sources(architecture, node) if not _led(architecture, one)]
    written = [edge.target for edge in architecture.leaving(node.id) if edge.verb in WRITING]
    found = {}
    for store in dict.fromkeys(written):
        owners = {edge.source for edge in architecture.entering(store) if edge.verb in WRITING}
        owners = {id for id in owners if id != node.id and serves(architecture, id)}
        leads = any(e.verb in ("emit", "stream") for e in architecture.leaving(store))
        client = traits_of_node(architecture.node(store)).client
        updates = client is not None and client.kind == "store" and client.updates
        if updates and not leads and origins and all(one.id in owners for one in origins):
            found[store] = f"{node.subject.replace('-', '_')}_result"
    return found


def serves(architecture: Architecture, id: str) -> bool:
    """Return whether a program answers the requests of callers about items."""
    entries = (architecture.node(edge.source) for edge in architecture.entering(id, "invoke"))
    return any(traits_of(entry.service).protocol in ("http", "graphql") for entry in entries)


def _led(architecture: Architecture, node: Node) -> bool:
    filled = any(edge.verb in (*LEADING, "publish", *WRITING) for edge in architecture.entering(node.id))
    return filled or holds_files_of_items(architecture, node.id)


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
            if (edge.verb in LEADING or filling) and edge.source not in found:
                found[edge.source] = architecture.node(edge.source)
                waiting.append(found[edge.source])
    return [one for id, one in found.items() if id != node.id]
