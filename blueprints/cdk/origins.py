"""Origins: the nodes and edges of the architecture that each construct implements, for reading a template back.

Every construct belongs to a node, to edges or to a group. A node or edge without a construct of its own (an existing
identity provider, a permission that is only a statement) is assigned to the nearest construct.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from advisor.architecture import Architecture, Edge, Node
from blueprints.cdk.tree import Attr, Call, Expr, Own, Statement, This, Value
from blueprints.plan import Plan

NETWORK = "vpc"
CLOUD = "cloud"


@dataclass
class Origin:
    """The node, group, further nodes and edges that a construct implements."""

    node: str | None = None
    group: str | None = None
    nodes: list[str] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)

    def value(self) -> dict[str, Value]:
        """Return the value in the form that resources use."""
        fields: dict[str, Value] = {}
        if self.node is not None:
            fields["node"] = self.node
        elif self.group is not None:
            fields["group"] = self.group
        if self.nodes:
            fields["nodes"] = list(self.nodes)
        if self.edges:
            fields["edges"] = list(self.edges)
        return fields


class Origins:
    """The origins of a stack's constructs, by construct id, as they become known."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._origins: dict[str, Origin] = {}

    def assign_owner(self, id: str, owner: Mapping[str, Any]) -> None:
        """Record the owner of a construct, as the resource of the stack states it; an owner that is known stays."""
        origin = self._origins.setdefault(id, Origin())
        origin.node = origin.node or owner.get("node")
        origin.group = origin.group or owner.get("group")
        origin.nodes += [node for node in owner.get("nodes", ()) if node not in origin.nodes]
        origin.edges += [edge for edge in owner.get("edges", ()) if edge not in origin.edges]

    def complete(self) -> dict[str, Value]:
        """Assign nodes and edges without a construct to the nearest one, and return all origins."""
        graph = self._plan.architecture
        for admission in self._plan.admissions:
            self._assign_edge(self._construct_of_node(graph.node(admission.queue)), admission.edge)
        for edge in graph.edges:
            if not any(edge.id in origin.edges for origin in self._origins.values()):
                self._assign_edge(self._nearest_construct(graph, edge), edge.id)
        for node in graph.nodes:
            if node.kind != "outside" and self._construct_of_node(node) is None:
                self._assign_node(graph, node)
        return {id: self._origins[id].value() for id in sorted(self._origins)}

    def _construct_of_node(self, node: Node) -> str | None:
        """Return the construct of a node: the one of its name, or the first that was made for it."""
        name = self._plan.name(node.id)
        for id in (name, f"{name}Definition", f"{name}Role"):
            if id in self._origins and self._origins[id].node == node.id:
                return id
        return next((id for id, origin in self._origins.items() if origin.node == node.id), None)

    def _assign_edge(self, id: str | None, edge: str) -> None:
        if id is not None and edge not in self._origins[id].edges:
            self._origins[id].edges.append(edge)

    def _nearest_construct(self, graph: Architecture, edge: Edge) -> str | None:
        """Return the construct of the edge's grantee, else of its other end, else of an adjacent edge or node."""
        ends = (edge.source, edge.target) if edge.grantee == "source" else (edge.target, edge.source)
        of_ends = (self._construct_of_node(graph.node(end)) for end in ends)
        adjacent = [e for e in graph.edges if {e.source, e.target} & {edge.source, edge.target}]
        of_adjacent_edges = (self._construct_of_edge(e) for e in adjacent)
        of_adjacent_nodes = (self._construct_of_node(graph.node(end)) for e in adjacent for end in (e.source, e.target))
        return next((id for id in (*of_ends, *of_adjacent_edges, *of_adjacent_nodes) if id is not None), None)

    def _construct_of_edge(self, edge: Edge) -> str | None:
        return next(
            (id for id, origin in self._origins.items() if origin.node is None and edge.id in origin.edges), None
        )

    def _assign_node(self, graph: Architecture, node: Node) -> None:
        """Assign a node without a construct: a gateway to the network, any other to the construct of an adjacent edge or node."""
        if node.service == "nat-gateway" and "Vpc" in self._origins:
            self._origins["Vpc"].nodes.append(node.id)
            return
        edges = [edge for edge in graph.edges if node.id in (edge.source, edge.target)]
        of_edges = [self._construct_of_edge(edge) for edge in edges]
        of_neighbors = [
            self._construct_of_node(graph.node(e.target if e.source == node.id else e.source)) for e in edges
        ]
        id = next((candidate for candidate in (*of_edges, *of_neighbors) if candidate is not None), None)
        if id is not None:
            self._origins[id].nodes.append(node.id)


def _is_class(called: Expr) -> bool:
    return isinstance(called, Attr | Own) and called._name[:1].isupper()


def constructs(statement: Statement) -> list[str]:
    """Return the ids of the constructs that a statement makes in the stack (and not those that it only names)."""
    calls = [
        expr
        for expr in statement.expressions
        if isinstance(expr, Call) and len(expr._args) > 1 and _is_class(expr._func)
    ]
    return [call._args[1] for call in calls if isinstance(call._args[0], This) and isinstance(call._args[1], str)]
