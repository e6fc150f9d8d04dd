"""The location of the items that a program processes: a mapped bucket, a partitioned store, or a change stream."""

from collections.abc import Collection, Sequence

from advisor.architecture import Architecture, Edge, Node
from blueprints.plan.owners import looked_up
from blueprints.project.programs.adapters import WRITING, ItemSource, client_of, is_store
from blueprints.project.programs.entry_point import EntryPoint
from blueprints.traits import traits_of, traits_of_node
from blueprints.traits.direct_uploads import ISSUE, takes_uploads
from blueprints.traits.served_items import holds_files_of_items, served
from blueprints.traits.step_functions_distributed_map import bucket_of

#: How what happens in a store gets to a program.
_LEADING = ("emit", "stream", "start", "consume", "deliver", "run")
#: How an item gets from one program to the next, and to the stores of each.
_PASSING = (*_LEADING, *WRITING, "publish", "call", "invoke")


def item_source(
    architecture: Architecture, node: Node, entry_point: EntryPoint, reached: Sequence[tuple[Edge, Node]]
) -> ItemSource:
    """Return the location of the items that a program processes.

    An item with a permanent id is processed again if it has changed, or in the next run, so its result is written
    again. The result of a message is written once, under the id of the message.
    """
    workflow = entry_point.workflow
    listed = (bucket_of(architecture, workflow) or "") if workflow is not None and entry_point.listed else ""
    shared = _divided(reached) if entry_point.parts or entry_point.array else ""
    keyed = after_files_of_items(architecture, node) or any(
        edge.verb in WRITING and looked_up(architecture, store.id) for edge, store in reached
    )
    return ItemSource(listed, shared, bool(listed or shared or keyed) or follows_store(architecture, node), keyed)


def _divided(reached: Sequence[tuple[Edge, Node]]) -> str:
    """Return the store whose items are divided among parts: one that is only read, before one that is written too."""
    stores = [(edge.verb, node.id) for edge, node in reached if edge.verb in ("read", "read-write") and is_store(node)]
    return next((id for wanted in ("read", "read-write") for verb, id in stores if verb == wanted), "")


def results_in(architecture: Architecture, node: Node) -> dict[str, str]:
    """Return, by store, the attribute for a program's result in the items that another program keeps for its callers.

    A message about such an item comes from the program of the callers, directly or by way of others. Its result is an
    attribute of the item: a row of its own would replace the item, return a deleted one, or be listed beside it.
    """
    sources = _sources(architecture, node)
    origins = [one for one in sources if not _led(architecture, one)]
    written = [edge.target for edge in architecture.leaving(node.id) if edge.verb in WRITING]
    found = {}
    for store in dict.fromkeys(written):
        owners = {edge.source for edge in architecture.entering(store) if edge.verb in WRITING}
        owners = {id for id in owners if id != node.id and _serves(architecture, id)}
        leads = any(e.verb in ("emit", "stream") for e in architecture.leaving(store))
        updates = is_store(architecture.node(store)) and client_of(architecture.node(store)).updates
        if updates and not leads and origins and all(one.id in owners for one in origins):
            found[store] = f"{node.subject.replace('-', '_')}_result"
    return found


def _serves(architecture: Architecture, id: str) -> bool:
    """Return whether a program answers the requests of callers about items."""
    entries = (architecture.node(edge.source) for edge in architecture.entering(id, "invoke"))
    return any(traits_of(entry.service).protocol in ("http", "graphql") for entry in entries)


def _led(architecture: Architecture, node: Node) -> bool:
    filled = any(edge.verb in (*_LEADING, "publish", *WRITING) for edge in architecture.entering(node.id))
    return filled or holds_files_of_items(architecture, node.id)


def _sources(architecture: Architecture, node: Node) -> list[Node]:
    """Return all nodes from which messages get to a program: channels, stores, and the programs that fill these."""
    found, waiting = {node.id: node}, [node]
    while waiting:
        one = waiting.pop()
        if one.id != node.id and _serves(architecture, one.id):
            continue
        for edge in architecture.entering(one.id):
            filling = edge.verb == "publish" or (edge.verb in WRITING and one.id != node.id)
            filling |= edge.verb == ISSUE and holds_files_of_items(architecture, one.id)
            if (edge.verb in _LEADING or filling) and edge.source not in found:
                found[edge.source] = architecture.node(edge.source)
                waiting.append(found[edge.source])
    return [one for id, one in found.items() if id != node.id]


def after_uploads(architecture: Architecture, node: Node) -> bool:
    """Return whether uploads of clients trigger a program, directly or indirectly."""
    return any(takes_uploads(architecture, source.id) for source in _sources(architecture, node))


def after_files_of_items(architecture: Architecture, node: Node) -> bool:
    """Return whether files that clients upload for their items trigger a program, directly or indirectly."""
    return any(holds_files_of_items(architecture, source.id) for source in _sources(architecture, node))


def hears_removals(architecture: Architecture, node: Node, working: Collection[str]) -> bool:
    """Return whether a program hears that items of callers were removed: by events, and not by work, of `working` channels."""
    seen, waiting = {node.id}, [node.id]
    while waiting:
        for edge in architecture.entering(waiting.pop()):
            source = architecture.node(edge.source)
            told = edge.verb == "publish" and architecture.node(edge.target).subject not in working
            if told and _serves(architecture, source.id) and served(architecture, source).changes:
                return True
            if edge.verb in _LEADING and source.id not in seen:
                seen.add(source.id)
                waiting.append(source.id)
    return False


def follows_store(architecture: Architecture, node: Node) -> bool:
    """Return whether changes of a store trigger a program, directly or indirectly."""
    seen, waiting = {node.id}, [node.id]
    while waiting:
        for edge in architecture.entering(waiting.pop()):
            source = architecture.node(edge.source)
            if edge.verb in _LEADING and source.id not in seen:
                if is_store(source):
                    return True
                seen.add(source.id)
                waiting.append(source.id)
    return False


def largest_item(architecture: Architecture, node: Node) -> int:
    """Return the smallest limit for an item, in bytes of JSON, of all that a program passes it to; 0 if none has one.

    The consumers of its messages keep the item in stores of their own: an item that these refuse fails there in each retry.
    """
    reached, waiting = [node], [node]
    while waiting:
        for edge in architecture.leaving(waiting.pop().id):
            target = architecture.node(edge.target)
            if edge.verb in _PASSING and target not in reached:
                reached.append(target)
                waiting.append(target)
    clients = (traits_of_node(one).client for one in reached)
    return min((client.largest_item for client in clients if client and client.largest_item), default=0)
