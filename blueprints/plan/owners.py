"""Ownership of items: stores that callers list by owner, and stores with items without an owner."""

from advisor.architecture import Architecture, Node
from blueprints.traits import traits_of

#: The owner of what nobody asked for, such as the result of a schedule; also that of all callers of an open entry.
EVERYONE = "everyone"
#: The index of a table by owner.
OWNER_INDEX = "owner"
_READING, _WRITING = ("read", "read-write"), ("write", "read-write")
_ASKED = ("http", "graphql")


def listed_by_owner(architecture: Architecture, store: str) -> bool:
    """Return whether callers list their own items in a store."""
    return any(
        edge.verb in _READING and _first_store(architecture, edge.source, store)
        for edge in architecture.entering(store)
        if _answers(architecture, architecture.node(edge.source))
    )


def looked_up(architecture: Architecture, store: str) -> bool:
    """Return whether a program that serves callers looks up related data of an item in a store."""
    return any(
        edge.verb == "read" and not _first_store(architecture, edge.source, store)
        for edge in architecture.entering(store)
        if _answers(architecture, architecture.node(edge.source))
    )


def holds_shared(architecture: Architecture, store: str) -> bool:
    """Return whether a store may contain shared items, because other programs than those of its callers write to it."""
    writers = [architecture.node(e.source) for e in architecture.entering(store) if e.verb in _WRITING]
    return not writers or any(not _answers(architecture, w) or architecture.entering(w.id, "call") for w in writers)


def _answers(architecture: Architecture, node: Node) -> bool:
    """Return whether a node answers callers: a program behind an entry, or a GraphQL API itself."""
    if traits_of(node.service).protocol == "graphql":
        return True
    entries = (architecture.node(edge.source) for edge in architecture.entering(node.id, "invoke"))
    return any(traits_of(entry.service).protocol in _ASKED for entry in entries)


def _first_store(architecture: Architecture, program: str, store: str) -> bool:
    """Return whether a store is the one of a program that callers list: one that it writes too, before any other."""
    reached = [edge for edge in architecture.leaving(program) if edge.verb in _READING]
    both = [edge for edge in reached if edge.verb == "read-write"]
    first = both[0].target if both else next((edge.target for edge in reached), "")
    return first == store or traits_of(architecture.node(program).service).protocol == "graphql"
