"""What an overview leaves out on the way from one part to the next: a load balancer between programs, a proxy, a delivery stream."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Edge, Node

#: Connections that carry requests, messages or data.
FLOWS = ("sync", "async", "data")
#: Roles of what an overview shows as itself or as its component.
_SHOWN = ("compute", "workflow", "events", "schedule", "buffer", "store", "messaging")


def is_passed_on_the_way(node: Node, architecture: Architecture) -> bool:
    """Tell whether all that reaches a node goes on to one other, or all of it comes from one: then the two are connected."""
    sources, targets = _ends(node, architecture)
    return _is_between(node) and bool(sources and targets) and (len(sources) == 1 or len(targets) == 1)


def is_shared_endpoint(node: Node, architecture: Architecture) -> bool:
    """Tell whether several programs reach several others through a node, so that only the node itself says which."""
    sources, targets = _ends(node, architecture)
    return _is_between(node) and len(sources) > 1 and len(targets) > 1


def leads_nowhere(id: str, architecture: Architecture) -> bool:
    """Tell whether nothing is carried on from a node, such as from the queue of a receiver outside the project."""
    return not any(edge.flow in FLOWS for edge in architecture.leaving(id))


def past(architecture: Architecture, left_out: set[str]) -> Iterator[tuple[Edge, str]]:
    """Yield each connection that carries something with its target; what is left out is replaced by where it leads to."""
    for edge in architecture.edges:
        if edge.flow in FLOWS and edge.source not in left_out:
            yield from ((edge, target) for target in _onward(edge.target, architecture, left_out, frozenset()))


def _onward(id: str, architecture: Architecture, left_out: set[str], seen: frozenset[str]) -> Iterator[str]:
    if id not in left_out:
        yield id
        return
    for edge in architecture.leaving(id):
        if edge.flow in FLOWS and edge.target not in seen:
            yield from _onward(edge.target, architecture, left_out, seen | {id})


def _is_between(node: Node) -> bool:
    return node.kind != "outside" and node.role not in _SHOWN


def _ends(node: Node, architecture: Architecture) -> tuple[set[str], set[str]]:
    """Return what leads to a node and where it leads to, by what is carried."""
    sources = {edge.source for edge in architecture.entering(node.id) if edge.flow in FLOWS}
    return sources, {edge.target for edge in architecture.leaving(node.id) if edge.flow in FLOWS}
