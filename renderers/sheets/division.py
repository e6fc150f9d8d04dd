"""The division of an architecture along its flow: connections belong to the component that makes them.

Every connection is on exactly one sheet, and every node on at least one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from advisor.architecture import Architecture, Edge, Node
from advisor.text import EMPTY, Lang, Text


@dataclass(frozen=True, slots=True)
class Unit:
    """A component with its connections, in the order of the flow. `subject` is the id of the component."""

    subject: str
    edges: tuple[Edge, ...]


def units(architecture: Architecture) -> list[Unit]:
    """Return the components of an architecture in the order of the flow."""
    owners = _owners(architecture)
    components = set(owners.values())
    edges: dict[str, list[Edge]] = {}
    for edge in architecture.edges:
        shared = next(
            (n.subject for id in (edge.target, edge.source) if (n := architecture.node(id)).subject in components), ""
        )
        edges.setdefault(owners.get(edge.source) or owners.get(edge.target) or shared, []).append(edge)
    return [Unit(subject, tuple(found)) for subject, found in edges.items()]


def _owners(architecture: Architecture) -> dict[str, str]:
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


def part_of(architecture: Architecture, groups: list[list[Unit]], number: int, lang: Lang) -> Architecture:
    """Return the architecture on a sheet (counted from 1), with references to the sheets on which it continues."""
    group = groups[number - 1]
    ids = nodes_of(group) | _loose(architecture, groups, number)
    edges = {edge.id for unit in group for edge in unit.edges}
    nodes = [
        replace(node, note=_continued(node, _elsewhere(node, groups, number), lang))
        for node in architecture.nodes
        if node.id in ids
    ]
    kept = tuple(edge for edge in architecture.edges if edge.id in edges)
    return replace(architecture, nodes=tuple(nodes), edges=kept, rows=())


def _loose(architecture: Architecture, groups: list[list[Unit]], number: int) -> set[str]:
    """Return the unconnected nodes of a sheet: on the first sheet with a neighbor in the same group, otherwise the first."""
    linked = {end for edge in architecture.edges for end in (edge.source, edge.target)}
    homes = [{architecture.node(id).group for id in nodes_of(group)} for group in groups]
    loose = set()
    for node in architecture.nodes:
        if node.id not in linked:
            at = next((n for n, home in enumerate(homes, 1) if node.group in home), 1)
            loose |= {node.id} if at == number else set()
    return loose


def _elsewhere(node: Node, groups: list[list[Unit]], number: int) -> list[int]:
    """Return the other sheets on which the flow goes on from a node; data and helpers are shared by many."""
    if node.kind == "outside" or node.role not in ("messaging", "buffer", "entry", "compute"):
        return []
    return [n for n, group in enumerate(groups, 1) if n != number and node.id in nodes_of(group)]


def _continued(node: Node, elsewhere: list[int], lang: Lang) -> Text:
    if not elsewhere:
        return node.note
    listed = ", ".join(map(str, elsewhere[:4]))
    en, ja = f"sheet {listed}", f"シート {listed}"
    if node.note != EMPTY:
        en, ja = f"{node.note.en}, {en}", f"{node.note.ja}（{ja}）"
    return Text(en, ja)
