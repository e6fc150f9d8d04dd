"""Where the items have to be that the messages of a program are about: an item that is not there was deleted meanwhile."""

from advisor.architecture import Architecture, Node
from advisor.architecture.passing import WRITING
from blueprints.traits import eventbridge_pipes, has_client, is_store, traits_of_node
from blueprints.traits.elasticache_serverless import CACHE
from blueprints.traits.item_results import serves, sources
from blueprints.traits.served_items import holds_named_files


def homes(architecture: Architecture, node: Node) -> frozenset[str]:
    """Return the subjects of the stores in which an item has to be for a message about it: those of its callers, or the changed table.

    It is empty if a message can be about no item of theirs, because something else than programs of callers sends some. Of the
    same component is what starts its work.
    """
    leading = sources(architecture, node)
    if changing := [one.subject for one in leading if is_store(one)]:
        return frozenset(changing)
    kept = list[set[str]]()
    for one in leading:
        if serves(architecture, one.id):
            written = [edge.target for edge in architecture.leaving(one.id) if edge.verb in WRITING]
            kept.append({architecture.node(id).subject for id in written})
        elif not (_passes_on(one) or one.subject == node.subject):
            return frozenset()
    return frozenset(set.intersection(*kept)) if kept else frozenset()


def tells_gone(architecture: Architecture, node: Node) -> frozenset[str]:
    """Return the subjects of the stores that a program only reads, and in which it sees that the item of a message is gone.

    A search index finds new items late, and a cache loses items that still exist. A file has a key that the item names.
    """
    found = homes(architecture, node)
    read = [architecture.node(edge.target) for edge in architecture.leaving(node.id, "read")]
    reliable = (one for one in read if not _finds_late(one) and not holds_named_files(architecture, one.id))
    return found.intersection(one.subject for one in reliable)


def _finds_late(node: Node) -> bool:
    client = traits_of_node(node).client
    return node.service == CACHE or (client is not None and client.searched)


def _passes_on(node: Node) -> bool:
    """Return whether a node passes a message on as it is: a channel, a pipe after one, or a workflow that runs programs for it."""
    return has_client(node, "channel") or bool(node.states) or node.service == eventbridge_pipes.TRAITS.service
