"""Which part of the graph each construct stands for, so that a template can be read back into a graph.

Every construct belongs to a node, to edges or to a group; what has no construct of its own (an existing identity
provider, a permission that is only a statement) is carried by the construct that stands nearest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from advisor.architecture import Architecture, Edge, Node
from blueprints.cdk.tree import Attr, Call, Expr, Own, This, Value, walk
from blueprints.plan import Plan

NETWORK = "vpc"
CLOUD = "cloud"


@dataclass
class Origin:
    """Whom a construct stands for."""

    node: str | None = None
    group: str | None = None
    nodes: list[str] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)

    def value(self) -> dict[str, Value]:
        """Return it as resources carry it."""
        found: dict[str, Value] = {}
        if self.node is not None:
            found["node"] = self.node
        elif self.group is not None:
            found["group"] = self.group
        if self.nodes:
            found["nodes"] = list(self.nodes)
        if self.edges:
            found["edges"] = list(self.edges)
        return found


class Origins:
    """The origins of a stack's constructs, by construct id, as they become known."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._found: dict[str, Origin] = {}

    def owned(self, id: str, owner: Mapping[str, Any]) -> None:
        """Note whom a construct stands for, as the resource of the stack says it; what is known already stays."""
        origin = self._found.setdefault(id, Origin())
        origin.node = origin.node or owner.get("node")
        origin.group = origin.group or owner.get("group")
        origin.nodes += [one for one in owner.get("nodes", ()) if one not in origin.nodes]
        origin.edges += [one for one in owner.get("edges", ()) if one not in origin.edges]

    def complete(self) -> dict[str, Value]:
        """Give what has no construct to the one that stands nearest, and return all origins."""
        graph = self._plan.architecture
        for admission in self._plan.admissions:
            self._carry(self._main(graph.node(admission.queue)), admission.edge)
        for edge in graph.edges:
            if not any(edge.id in origin.edges for origin in self._found.values()):
                self._carry(self._nearest(graph, edge), edge.id)
        for node in graph.nodes:
            if node.kind != "outside" and self._main(node) is None:
                self._lodge(graph, node)
        return {id: self._found[id].value() for id in sorted(self._found)}

    def _main(self, node: Node) -> str | None:
        """Return the construct that stands for a node: the one of its name, or the first that was made for it."""
        name = self._plan.name(node.id)
        for id in (name, f"{name}Definition", f"{name}Role"):
            if id in self._found and self._found[id].node == node.id:
                return id
        return next((id for id, origin in self._found.items() if origin.node == node.id), None)

    def _carry(self, id: str | None, edge: str) -> None:
        if id is not None and edge not in self._found[id].edges:
            self._found[id].edges.append(edge)

    def _nearest(self, graph: Architecture, edge: Edge) -> str | None:
        """Return the construct of the end that holds the edge's permissions, else of the other end."""
        ends = (edge.source, edge.target) if edge.grantee == "source" else (edge.target, edge.source)
        found = (self._main(graph.node(end)) for end in ends)
        around = [e for e in graph.edges if {e.source, e.target} & {edge.source, edge.target}]
        made = (self._made_for(e) for e in around)
        beside = (self._main(graph.node(end)) for e in around for end in (e.source, e.target))
        return next((id for id in (*found, *made, *beside) if id is not None), None)

    def _made_for(self, edge: Edge) -> str | None:
        return next((id for id, origin in self._found.items() if origin.node is None and edge.id in origin.edges), None)

    def _lodge(self, graph: Architecture, node: Node) -> None:
        """Let a construct stand for a node that has none: the network for its gateway, else a neighbour's."""
        if node.service == "nat-gateway" and "Vpc" in self._found:
            self._found["Vpc"].nodes.append(node.id)
            return
        touching = [edge for edge in graph.edges if node.id in (edge.source, edge.target)]
        own = [self._made_for(edge) for edge in touching]
        near = [self._main(graph.node(e.target if e.source == node.id else e.source)) for e in touching]
        id = next((found for found in (*own, *near) if found is not None), None)
        if id is not None:
            self._found[id].nodes.append(node.id)


def _is_class(called: Expr) -> bool:
    return isinstance(called, Attr | Own) and called._name[:1].isupper()


def constructs(value: Value) -> list[str]:
    """Return the ids of the constructs that an expression makes in the stack (and not those that it only names)."""
    calls = [expr for expr in walk(value) if isinstance(expr, Call) and len(expr._args) > 1 and _is_class(expr._func)]
    return [call._args[1] for call in calls if isinstance(call._args[0], This) and isinstance(call._args[1], str)]
