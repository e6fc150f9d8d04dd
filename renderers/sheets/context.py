"""What a sheet repeats to be understood alone: the callers of its components, their sign-in, and the encryption of its data."""

from collections.abc import Iterable

from advisor.architecture import Architecture, Edge, Node
from renderers.sheets.division import Unit, nodes_of
from renderers.support import ALWAYS


def content(architecture: Architecture, group: list[Unit]) -> tuple[set[str], set[str]]:
    """Return the ids of the nodes and of the connections of a sheet, without the nodes that no connection leads to."""
    edges = {edge.id: edge for unit in group for edge in unit.edges}
    nodes = nodes_of(group)
    edges |= {edge.id: edge for edge in _calls(architecture, group)}
    edges |= {edge.id: edge for edge in _ways_in(architecture, {edge.source for edge in edges.values()})}
    nodes |= {end for edge in edges.values() for end in (edge.source, edge.target)}
    outside = {node.id for node in architecture.nodes if node.kind == "outside"}
    for edge in architecture.edges:
        if edge.flow == "identity" and edge.source in nodes & outside and edge.target in nodes:
            edges[edge.id] = edge
    for edge in encryption(architecture, nodes):
        edges[edge.id] = edge
        nodes.add(edge.target)
    return nodes, set(edges)


def encryption(architecture: Architecture, nodes: set[str]) -> list[Edge]:
    """Return the connections that protect some nodes wherever they are drawn."""
    return [edge for edge in architecture.edges if edge.verb in ALWAYS and edge.source in nodes]


def _calls(architecture: Architecture, group: list[Unit]) -> list[Edge]:
    """Return the calls of other programs, and of endpoints, to the programs of a sheet, on the first one of a component."""
    subjects = {unit.subject for unit in group if not unit.is_more}
    programs = {node.id: node.subject for node in architecture.nodes if node.role == "compute"}
    callers = programs.keys() | fronts_of(architecture).keys()
    return [
        edge
        for edge in architecture.edges
        if edge.flow in ("sync", "async") and edge.source in callers and programs.get(edge.target) in subjects
    ]


def _ways_in(architecture: Architecture, callers: set[str]) -> list[Edge]:
    """Return the requests to what callers pass on the way to the programs of a sheet, such as an endpoint behind a CDN."""
    fronts, found = fronts_of(architecture), list[Edge]()
    reached = callers & fronts.keys()
    while reached:
        into = [edge for id in fronts if id in reached for edge in fronts[id]]
        found += into
        reached = {edge.source for edge in into} & fronts.keys() - {edge.target for edge in found}
    return found


def fronts_of(architecture: Architecture) -> dict[str, list[Edge]]:
    """Return what requests of callers pass before they reach a program, with the requests that lead there."""
    found: dict[str, list[Edge]] = {}
    passed = {node.id for node in architecture.nodes if node.kind == "outside"}
    size = -1
    while size != len(passed):
        size = len(passed)
        for edge in architecture.edges:
            if edge.flow == "sync" and edge.source in passed and _is_passed(architecture.node(edge.target)):
                passed.add(edge.target)
    for edge in architecture.edges:
        if edge.flow == "sync" and edge.source in passed and edge.target in passed:
            found.setdefault(edge.target, []).append(edge)
    return found


def _is_passed(node: Node) -> bool:
    return node.kind != "outside" and node.role not in ("compute", "store")


def loose(architecture: Architecture, groups: list[list[Unit]], number: int) -> set[str]:
    """Return the nodes of a sheet to which no connection leads, or only their encryption."""
    linked = {end for edge in architecture.edges if edge.verb not in ALWAYS for end in (edge.source, edge.target)}
    linked |= {edge.target for edge in architecture.edges}
    open_ends = [node for node in architecture.nodes if node.id not in linked]
    return {node.id for node in open_ends if number in _places(architecture, node, groups)}


def _places(architecture: Architecture, node: Node, groups: list[list[Unit]]) -> list[int]:
    """Return the sheets of an unconnected node.

    A gateway of a network is on each sheet with a program in that network; other nodes are on the first sheet with a neighbor
    in the same border, otherwise on the first.
    """
    if node.role == "network":
        network = _network(architecture, node.group)
        found = [n for n, group in enumerate(groups, 1) if network in _networks(architecture, group)]
        return found or [1]
    homes = [{architecture.node(id).group for id in nodes_of(group)} for group in groups]
    return [next((n for n, home in enumerate(homes, 1) if node.group in home), 1)]


def _networks(architecture: Architecture, group: Iterable[Unit]) -> set[str | None]:
    """Return the VPCs of the programs of a sheet."""
    subjects = {unit.subject for unit in group}
    programs = [node for node in architecture.nodes if node.role == "compute" and node.subject in subjects]
    return {_network(architecture, node.group) for node in programs}


def _network(architecture: Architecture, group: str | None) -> str | None:
    """Return the VPC around a border."""
    groups = {each.id: each for each in architecture.groups}
    while group in groups and groups[group].kind != "vpc":
        group = groups[group].parent
    return group
