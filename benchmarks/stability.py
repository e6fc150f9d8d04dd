"""How far a picture jumps when one node is added: each design is drawn without one of its nodes, and with it.

The node is drawn by lot, with a seed, among those with a single connection, so that what is left is a design too.
"""

import random
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from math import hypot
from typing import NamedTuple

from advisor.architecture import Architecture
from advisor.design import Design
from renderers.drawn import drawn
from renderers.layout import arrange, clear_cache
from renderers.layout.picture import Direction, Picture, Point

#: How far a node may move on average, as a share of the diagonal.
MOST_MOVED = 0.15
#: Nodes that are nearer than this along an axis have no order on it.
_APART = 40.0


class Edit(NamedTuple):
    """What one more node does to a picture: the mean way of the others as a share of the diagonal, and pairs in order."""

    name: str
    moved: float
    kept: float


def stability(designs: Sequence[tuple[str, Design]], seed: int, direction: Direction = "right") -> Iterator[Edit]:
    """Draw each design without one of its nodes and with it, and compare the pictures."""
    for name, design in designs:
        whole = drawn(design).architecture
        without = _without_one(whole, random.Random(f"{seed}-{name}"))
        if without is not None:
            title = design.requirements.title.en
            before = arrange(without, title, direction=direction)
            after = arrange(whole, title, direction=direction)
            clear_cache()
            yield compared(name, before, after)


def _without_one(architecture: Architecture, chance: random.Random) -> Architecture | None:
    """Return an architecture without one node that has a single connection, or None if there is no such node."""
    ends = [end for edge in architecture.edges for end in (edge.source, edge.target)]
    leaves = [node.id for node in architecture.nodes if ends.count(node.id) == 1]
    if not leaves or len(architecture.nodes) < 3:
        return None
    gone = chance.choice(leaves)
    nodes = tuple(node for node in architecture.nodes if node.id != gone)
    edges = tuple(edge for edge in architecture.edges if gone not in (edge.source, edge.target))
    return replace(architecture, nodes=nodes, edges=edges)


def compared(name: str, before: Picture, after: Picture) -> Edit:
    """Return how far the nodes of both pictures moved, and how many pairs of them kept their order."""
    old, new = _middles(before), _middles(after)
    both = sorted(old.keys() & new.keys())
    diagonal = max(hypot(picture.width, picture.height) for picture in (before, after))
    moved = [hypot(new[id][0] - old[id][0], new[id][1] - old[id][1]) / diagonal for id in both]
    orders = [
        (old[a][axis] < old[b][axis]) == (new[a][axis] < new[b][axis])
        for a, b in combinations(both, 2)
        for axis in (0, 1)
        if abs(old[a][axis] - old[b][axis]) > _APART and abs(new[a][axis] - new[b][axis]) > _APART
    ]
    return Edit(name, statistics.fmean(moved) if moved else 0.0, statistics.fmean(orders) if orders else 1.0)


def _middles(picture: Picture) -> dict[str, Point]:
    found = {node.id: (node.box.cx, node.box.cy) for node in picture.nodes}
    return found | {group.id: (group.box.cx, group.box.cy) for group in picture.groups if group.label}


def sentence(edits: Sequence[Edit]) -> str:
    """Return the figures of some edits."""
    moved = [100 * edit.moved for edit in edits]
    kept = [100 * edit.kept for edit in edits]
    far = sum(edit.moved > MOST_MOVED for edit in edits)
    return (
        f"In {len(edits)} designs, the other nodes move by {statistics.fmean(moved):.0f} % of the diagonal on average "
        f"(median {statistics.median(moved):.0f} %, maximum {max(moved):.0f} %; {far} designs above {100 * MOST_MOVED:.0f} %), "
        f"and {statistics.fmean(kept):.0f} % of the pairs of nodes keep their relative order.\n"
    )
