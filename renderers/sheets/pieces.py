"""A component that is too large for a sheet, in pieces: its program is on each of them, with some of what is around it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from advisor.architecture import Architecture, Edge
from renderers.sheets.division import Unit, nodes_of

#: The most sheets of a component.
_MOST = 4
Fits = Callable[[list[Unit]], bool]


def in_pieces(unit: Unit, architecture: Architecture, fits: Fits) -> Iterator[Unit]:
    """Yield a component that does not fit on a sheet in as few pieces as do; one that nothing can be taken from as it is."""
    branches = _branches(unit, architecture)
    tries = [_shared(branches, count) for count in range(2, min(_MOST, len(branches)) + 1)]
    made = [[replace(unit, edges=edges, is_more=n > 0) for n, edges in enumerate(one)] for one in tries]
    yield from next((pieces for pieces in made if all(fits([piece]) for piece in pieces)), made[-1] if made else [unit])


def _branches(unit: Unit, architecture: Architecture) -> list[list[Edge]]:
    """Return the connections of a component by what they have to do with each other without its programs, in their order."""
    programs = {id for id in nodes_of([unit]) if _is_program(architecture, id, unit)}
    found: list[tuple[set[str], list[Edge]]] = []
    for edge in unit.edges:
        ends = {edge.source, edge.target} - programs
        near = [one for one in found if one[0] & ends]
        rest = [one for one in found if not one[0] & ends]
        joined = (ends.union(*(one[0] for one in near)), [*(each for one in near for each in one[1]), edge])
        at = found.index(near[0]) if near else len(rest)
        found = [*rest[:at], joined, *rest[at:]]
    order = {edge.id: place for place, edge in enumerate(unit.edges)}
    return [sorted(edges, key=lambda edge: order[edge.id]) for _, edges in found]


def _is_program(architecture: Architecture, id: str, unit: Unit) -> bool:
    node = architecture.node(id)
    return node.role == "compute" and node.subject == unit.subject


def _shared(branches: Sequence[Sequence[Edge]], count: int) -> list[tuple[Edge, ...]]:
    """Return the branches in their order, shared out over so many pieces of about the same number of connections."""
    total = sum(map(len, branches))
    pieces: list[list[Edge]] = [[]]
    before = 0
    for place, branch in enumerate(branches):
        is_full = before + len(branch) / 2 > total * len(pieces) / count
        must = len(branches) - place <= count - len(pieces)
        if pieces[-1] and len(pieces) < count and (is_full or must):
            pieces.append([])
        pieces[-1] += branch
        before += len(branch)
    return [tuple(piece) for piece in pieces]
