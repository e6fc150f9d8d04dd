"""What of two large designs is drawn beside each other: what differs, and what it is connected to."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from advisor.architecture import Architecture
from renderers.beside.aligning import Pair
from renderers.beside.differences import Differences
from renderers.layout.nesting import holders
from renderers.layout.picture import Change

#: Up to so many parts on both sides together a pair is drawn whole: it is read as one, also where its text is small.
FEW = 20


class Focused(NamedTuple):
    """A pair without what is the same on both sides and has nothing to do with a difference, and how many parts those are."""

    pair: Pair
    left_out: int


def focused(pair: Pair, found: Differences) -> Focused | None:
    """Return what differs in a pair and what it is connected to on either side.

    None if nothing differs, all is near it, or there are few parts.
    """
    ids = near(pair.before, found.before) | near(pair.after, found.after)
    all_of_it = {node.id for side in (pair.before, pair.after) for node in side.nodes}
    if not ids or ids == all_of_it or len(all_of_it) <= FEW:
        return None
    return Focused(Pair(part_of(pair.before, ids), part_of(pair.after, ids)), len(all_of_it - ids))


def near(side: Architecture, marks: Mapping[str, Change]) -> set[str]:
    """Return the parts of a side that differ, those in a border that differs, and those that are connected to one or by one."""
    parents = {group.id: group.parent for group in side.groups}
    differs = {
        node.id for node in side.nodes if marks.get(node.id) or any(map(marks.get, holders(node.group, parents)))
    }
    ends = [{edge.source, edge.target} for edge in side.edges]
    changed = [one for one, edge in zip(ends, side.edges, strict=True) if marks.get(edge.id) or one & differs]
    return differs.union(*changed)


def part_of(side: Architecture, ids: Collection[str]) -> Architecture:
    """Return some parts of a side with the connections between them, and the borders around them."""
    nodes = tuple(node for node in side.nodes if node.id in ids)
    parents = {group.id: group.parent for group in side.groups}
    kept = {id for node in nodes for id in holders(node.group, parents)}
    return replace(
        side,
        nodes=nodes,
        edges=tuple(edge for edge in side.edges if edge.source in ids and edge.target in ids),
        groups=tuple(group for group in side.groups if group.id in kept),
    )
