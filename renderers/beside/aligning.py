"""Two architectures on one sheet: parts within the same borders on both sides have one id, all others have two."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from advisor.architecture import Architecture, Edge, Group, Node
from advisor.architecture.groups import EXTERNAL
from renderers.layout.nesting import holders

#: What marks the id of a part that stands within other borders than before.
_MOVED = "~"


@dataclass(frozen=True)
class Pair:
    """Two architectures whose parts have the same id where they have the same place; `original` says what others were called."""

    before: Architecture
    after: Architecture


def original(id: str) -> str:
    """Return the id that a part had in its own architecture."""
    return id.removesuffix(_MOVED)


def with_twins(ids: Collection[str]) -> set[str]:
    """Return ids of parts with those that the parts have on the other side, if they stand within other borders there."""
    return {*ids, *map(original, ids), *(f"{id}{_MOVED}" for id in ids)}


def aligned(before: Architecture, after: Architecture) -> Pair:
    """Return two architectures as a pair, without step numbers and with workflows as one part each."""
    first, second = _plain(before), _plain(after)
    groups = {group.id: _within(group.parent, first) for group in first.groups}
    nodes = {node.id: _place(node, first) for node in first.nodes}
    moved = {one.id for one in second.groups if one.id in groups and groups[one.id] != _within(one.parent, second)}
    moved_nodes = {one.id for one in second.nodes if one.id in nodes and nodes[one.id] != _place(one, second)}
    return Pair(first, _renamed(second, moved, moved_nodes))


def _plain(architecture: Architecture) -> Architecture:
    last = max((edge.step or 0 for edge in architecture.edges), default=0) + 1
    edges = sorted(architecture.edges, key=lambda edge: edge.step or last)
    return replace(
        architecture,
        nodes=tuple(replace(node, states=()) for node in architecture.nodes),
        edges=tuple(replace(edge, step=None) for edge in edges),
        rows=(),
    )


def _within(group: str | None, architecture: Architecture) -> tuple[str, ...]:
    """Return the borders around something, from the inside out."""
    parents = {one.id: one.parent for one in architecture.groups}
    return tuple(holders(group, parents))


def _place(node: Node, architecture: Architecture) -> tuple[tuple[str, ...], bool]:
    return _within(node.group, architecture), node.kind == "outside" or node.service in EXTERNAL


def _renamed(architecture: Architecture, groups: set[str], nodes: set[str]) -> Architecture:
    def group_id(id: str | None) -> str | None:
        return f"{id}{_MOVED}" if id in groups else id

    def group(one: Group) -> Group:
        return replace(one, id=group_id(one.id) or one.id, parent=group_id(one.parent))

    def node(one: Node) -> Node:
        return replace(one, id=f"{one.id}{_MOVED}" if one.id in nodes else one.id, group=group_id(one.group))

    def edge(one: Edge) -> Edge:
        ends = {end: f"{end}{_MOVED}" for end in (one.source, one.target) if end in nodes}
        if not ends:
            return one
        source, target = ends.get(one.source, one.source), ends.get(one.target, one.target)
        id = f"{one.id}{_MOVED}"
        budgets = tuple(replace(budget, edge=id) for budget in one.budgets)
        return replace(one, id=id, source=source, target=target, budgets=budgets)

    return replace(
        architecture,
        nodes=tuple(map(node, architecture.nodes)),
        edges=tuple(map(edge, architecture.edges)),
        groups=tuple(map(group, architecture.groups)),
    )
