"""The numbers on the arrows: the connections in the order of a request, each once."""

from collections.abc import Iterator
from dataclasses import replace

from advisor.architecture.callers import unstated_callers
from advisor.architecture.graph import Architecture, Edge, Node

_NUMBERED = {"sync", "async", "data", "identity"}
#: What enables callers to do something -> what they then do, at the same target.
_ENABLES = {"presign": "upload", "ask": "decide"}


def numbered(nodes: tuple[Node, ...], edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """Return the edges in the order in which they happen, numbered from 1.

    Image, failure and observe paths are not numbered, nor are requests of users that no answer states, which are not drawn.
    """
    ordered = _Order(nodes, edges).edges()
    unstated = unstated_callers(Architecture(nodes, edges, ()))
    steps = _steps(edge for edge in ordered if edge.flow in _NUMBERED and edge.id not in unstated)
    return tuple(replace(edge, step=steps.get(edge.id)) for edge in ordered)


def renumbered(nodes: tuple[Node, ...], edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """Return a part of numbered edges as they are, those with a number numbered from 1 in the order in which they happen."""
    steps = _steps(edge for edge in _Order(nodes, edges).edges() if edge.step is not None)
    return tuple(replace(edge, step=steps.get(edge.id)) for edge in edges)


def _steps(edges: Iterator[Edge]) -> dict[str, int]:
    return {edge.id: number for number, edge in enumerate(edges, 1)}


class _Order:
    """The order in which edges happen: each arrow is followed to its end before the next one."""

    def __init__(self, nodes: tuple[Node, ...], edges: tuple[Edge, ...]) -> None:
        self._nodes = nodes
        self._outside = {node.id for node in nodes if node.kind == "outside"}
        self._all = edges
        self._leaving: dict[str, list[Edge]] = {}
        for edge in edges:
            self._leaving.setdefault(edge.source, []).append(edge)
        self._visited: set[str] = set()
        self._ordered: dict[str, Edge] = {}

    def edges(self) -> tuple[Edge, ...]:
        """Return all edges, those of callers first."""
        entered = {edge.target for edge in self._all}
        starts = [n.id for n in self._nodes if n.id not in entered and n.id in self._outside and self._begins(n.id)]
        starts += [n.id for n in self._nodes if n.id not in entered and n.id not in self._outside]
        for start in [*starts, *(n.id for n in self._nodes)]:
            self._follow(start)
        return tuple(self._ordered.values())

    def _follow(self, here: str) -> None:
        if here in self._visited:
            return
        self._visited.add(here)
        for edge in self._leaving.get(here, ()):
            for one in (*self._sign_ins(edge), edge, *self._filters(edge), *self._enabled(edge)):
                self._ordered.setdefault(one.id, one)
            self._follow(edge.target)

    def _filters(self, edge: Edge) -> list[Edge]:
        """Return the firewall that inspects what arrives where an edge leads, before anything else there is checked.

        https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html (read 2026-12-01).
        """
        return [one for one in self._leaving.get(edge.target, ()) if one.verb == "filter"]

    def _begins(self, caller: str) -> bool:
        """Return whether a caller does something that nothing else has to enable."""
        enabled = {one.id for edge in self._all for one in self._enabled(edge)}
        return any(edge.id not in enabled for edge in self._leaving.get(caller, ()))

    def _enabled(self, edge: Edge) -> list[Edge]:
        """Return what an edge enables callers to do."""
        verb = _ENABLES.get(edge.verb)
        return [one for one in self._all if verb and one.target == edge.target and one.verb == verb]

    def _sign_ins(self, edge: Edge) -> list[Edge]:
        """Return the sign-ins of callers that are checked where an edge leads."""
        if edge.target in self._visited:
            return []
        asked = {one.target for one in self._leaving.get(edge.target, ()) if one.flow == "identity"}
        return [
            one for one in self._all if one.flow == "identity" and one.source in self._outside and one.target in asked
        ]
