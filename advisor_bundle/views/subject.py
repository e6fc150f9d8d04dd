"""The inputs of views: a design with its plan and its stack, and the common texts of all views."""

from dataclasses import dataclass, replace
from functools import cached_property

from advisor.architecture import NAMED, Architecture, Edge, Node
from advisor.architecture.callers import stated_callers_only
from advisor.design import Design
from advisor.text import EMPTY, Text
from blueprints.errors import Unsupported
from blueprints.permissions import Permission, permissions
from blueprints.plan import Plan, plan_for
from blueprints.stack.assembly import stack_of
from blueprints.stack.registry import attributes
from blueprints.stack.scope import Scope
from renderers.drawn import drawn
from renderers.words import node_name

#: Roles whose note is a name rather than a description.
_NAMED = (*NAMED, "authorizer")


@dataclass(frozen=True)
class Subject:
    """A design with the plan and the stack that its projects are made from."""

    design: Design
    plan: Plan

    @property
    def graph(self) -> Architecture:
        """The graph that was decided."""
        return self.design.architecture

    @cached_property
    def architecture(self) -> Architecture:
        """The graph with the additional parts of the project, as in complete diagrams."""
        return drawn(self.design, self.plan).architecture

    @cached_property
    def decided(self) -> Architecture:
        """The graph that was decided, with the users, sources and schedules as in complete diagrams.

        Users that no answer states are left out, and what is assumed is marked.
        """
        drawn_nodes = (self.architecture.find(node.id) for node in self.graph.nodes)
        nodes = {node.id: node for node in drawn_nodes if node is not None}
        edges = stated_callers_only(self.graph).edges
        kept = tuple(edge for edge in edges if {edge.source, edge.target} <= nodes.keys())
        return replace(self.graph, nodes=tuple(nodes.values()), edges=kept)

    @cached_property
    def stack(self) -> Scope:
        """The stack; if no project can be generated, what can be built of it."""
        return stack_of(self.plan, "en", to_draw=True)

    @cached_property
    def permissions(self) -> tuple[Permission, ...]:
        """The IAM permissions, as `advisor iam` lists them."""
        try:
            return permissions(self.stack)
        except (KeyError, Unsupported):
            return permissions(Scope(self.plan, "en", attributes()))

    def node(self, id: str) -> Node:
        """Return a part; callers that the project leaves out, because others of it serve for them, are in the graph only."""
        return self.architecture.find(id) or self.graph.node(id)

    def ports(self, edge: Edge) -> str:
        """Return the ports that security groups open for a connection: "TCP 5432", or none if they open none."""
        network = self.plan.network
        passages = [passage for passage in (network.passages if network else ()) if passage.edge == edge.id]
        return ", ".join(dict.fromkeys(f"{passage.protocol.upper()} {passage.port}" for passage in passages))

    def ends(self, edge: Edge) -> Text:
        """Return both ends of a connection as text."""
        source, target = self.names(edge)
        return Text(f"{source.en} → {target.en}", f"{source.ja} → {target.ja}")

    def names(self, edge: Edge) -> tuple[Text, Text]:
        """Return the names of both ends of a connection; two parts of one name have that of their service besides."""
        nodes = [self.node(id) for id in (edge.source, edge.target)]
        source, target = (short(node) for node in nodes)
        if source == target:
            source, target = (node_name(node) for node in nodes)
        return source, target


def subject_of(design: Design, plan: Plan | None = None) -> Subject:
    """Return the subject of views of a design."""
    return Subject(design, plan or plan_for(design))


def short(node: Node) -> Text:
    """Return the name of a node: its own name if it has one, otherwise the name of its service."""
    named = node.note != EMPTY and node.role in _NAMED and node.service != "client"
    return node.note if named else node.title


def titled(title: Text, value: Text) -> Text:
    """Return a title with its value: `Timeout: 36 s`."""
    return Text(f"{title.en}: {value.en}", f"{title.ja}: {value.ja}")
