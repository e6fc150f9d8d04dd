"""The numbers on the arrows: the connections in the order of a request, each once."""

from dataclasses import replace

from advisor.architecture.callers import unstated_callers
from advisor.architecture.graph import Architecture, Edge, Node

_NUMBERED = {"sync", "async", "data", "identity"}
#: What enables callers to do something -> what they then do, at the same target.
_ENABLES = {"presign": "upload"}


def numbered(nodes: tuple[Node, ...], edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """Return the edges in the order in which they happen, numbered from 1.

    Image, failure and observe paths are not numbered, nor are requests of users that no answer states, which are not drawn.
    """
    entered = {edge.target for edge in edges}
    starts = [n.id for n in nodes if n.id not in entered and n.kind == "outside"]
    starts += [n.id for n in nodes if n.id not in entered and n.kind != "outside"]
    ordered: dict[str, Edge] = {}
    visited: set[str] = set()
    for start in [*starts, *(n.id for n in nodes)]:
        _follow(start, edges, visited, ordered)
    unstated = unstated_callers(Architecture(nodes, edges, ()))
    told = [id for id, edge in ordered.items() if edge.flow in _NUMBERED and id not in unstated]
    steps = {id: number for number, id in enumerate(told, 1)}
    return tuple(replace(edge, step=steps.get(id)) for id, edge in ordered.items())


def _follow(here: str, edges: tuple[Edge, ...], visited: set[str], ordered: dict[str, Edge]) -> None:
    """Follow each arrow to its end before the next one is numbered."""
    if here in visited:
        return
    visited.add(here)
    for edge in edges:
        if edge.source == here:
            ordered.setdefault(edge.id, edge)
            enabled = (one for one in edges if one.target == edge.target and one.verb == _ENABLES.get(edge.verb))
            ordered.update((one.id, one) for one in enabled if one.id not in ordered)
            _follow(edge.target, edges, visited, ordered)
