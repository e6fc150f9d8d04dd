"""The division of an architecture along its flow: connections belong to the component that makes them.

Every connection and every node is on at least one sheet. What a sheet needs to be understood is repeated on it (`context`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.architecture import Architecture, Edge, Node
from renderers.support import ALWAYS


@dataclass(frozen=True, slots=True)
class Unit:
    """A component with its connections, in the order of the flow. `subject` is the id of the component.

    Destinations that are too many for the sheet of their sender are a unit with the id of the sender's subject. A component
    that is too large for a sheet is several units, of which `is_more` marks all but the first.
    """

    subject: str
    edges: tuple[Edge, ...]
    destinations: tuple[str, ...] = ()
    is_more: bool = False


def units(architecture: Architecture) -> list[Unit]:
    """Return the components of an architecture in the order of the flow.

    Encryption belongs to none: it is on each sheet with what is encrypted.
    """
    owners = owners_of(architecture)
    edges: dict[str, list[Edge]] = {}
    unowned: list[Edge] = []
    for edge in architecture.edges:
        owner = owners.get(edge.source) or owners.get(edge.target)
        if owner:
            edges.setdefault(owner, []).append(edge)
        elif edge.verb not in ALWAYS:
            unowned.append(edge)
    if not edges:
        return [Unit("", tuple(unowned))] if unowned else []
    outside = {node.id for node in architecture.nodes if node.kind == "outside"}
    while unowned:
        edge = next((edge for edge in unowned if _nearest(edge, edges, outside)), unowned[0])
        unowned.remove(edge)
        edges[_nearest(edge, edges, outside) or next(iter(edges))].append(edge)
    order = {edge.id: place for place, edge in enumerate(architecture.edges)}
    return [Unit(subject, tuple(sorted(found, key=lambda each: order[each.id]))) for subject, found in edges.items()]


def _nearest(edge: Edge, edges: dict[str, list[Edge]], outside: set[str]) -> str | None:
    """Return the first component with a connection at the end of an edge that the fewest share; callers say the least.

    Of several components at that end, one with the other end comes first: users sign in where they call something.
    """
    found: list[tuple[bool, int, str]] = []
    ends = {subject: {end for e in own for end in (e.source, e.target)} for subject, own in edges.items()}
    for end, other in ((edge.source, edge.target), (edge.target, edge.source)):
        touching = [subject for subject, own in ends.items() if end in own]
        if touching:
            first = next((subject for subject in touching if other in ends[subject]), touching[0])
            found.append((end in outside, len(touching), first))
    return min(found, key=lambda each: each[:2])[2] if found else None


def owners_of(architecture: Architecture) -> dict[str, str]:
    """Return the component of each node; for a queue, its consumer or its producer."""
    components = {node.subject for node in architecture.nodes if node.role == "compute"}
    owners = {node.id: node.subject for node in architecture.nodes if node.subject in components and _is_own(node)}
    passing = {node.id for node in architecture.nodes if node.id not in owners and _passes_on(node, architecture)}
    for _ in passing:  # a topic hands on to queues, and these to functions: as often as something is still open
        for edge in architecture.edges:
            if edge.source in passing and edge.verb in ("consume", "poll") and edge.target in owners:
                owners.setdefault(edge.source, owners[edge.target])
        for edge in architecture.edges:
            if edge.target in passing and edge.source in owners:
                owners.setdefault(edge.target, owners[edge.source])
    return owners


def _is_own(node: Node) -> bool:
    return node.id.partition(".")[0] == node.subject


def _passes_on(node: Node, architecture: Architecture) -> bool:
    return node.kind != "outside" and node.role in ("messaging", "buffer") and bool(architecture.leaving(node.id))


def nodes_of(group: Iterable[Unit]) -> set[str]:
    """Return the ids of the nodes that some components and their connections take."""
    return {end for unit in group for edge in unit.edges for end in (edge.source, edge.target)}
