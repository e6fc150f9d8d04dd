"""The architecture graph: services as nodes, and their connections. Immutable; the input of every output.

A node is one thing that runs, stores, passes on or calls; an edge is one keyed connection (source service, verb,
target service) with the IAM actions it needs; a group is a border that AWS draws (VPC, subnet, cluster).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from advisor.text import EMPTY, Text, times

Value = str | int | float | bool | tuple[str, ...]
BudgetKind = Literal[
    "timeout",
    "retries",
    "retention",
    "payload",
    "throughput",
    "writes",
    "reads",
    "read-rate",
    "concurrency",
    "connections",
    "idle",
    "lifetime",
]
BudgetState = Literal["kept", "warned", "broken"]
NodeKind = Literal["service", "part", "outside"]
Flow = Literal["sync", "async", "data", "image", "identity", "failure", "observe"]
GroupKind = Literal["cloud", "region", "vpc", "public-subnet", "private-subnet", "cluster", "component"]
StateKind = Literal["start", "task", "map", "wait", "callback", "pause", "check", "choice", "notify", "fail", "end"]


#: Roles whose note is a proper name rather than a description.
NAMED = ("compute", "store", "messaging", "buffer", "queue", "outside")


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a setting has its value: a sentence with the user's own numbers. `source` is the id of a fact, or a link."""

    unit: str
    reason: Text
    source: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """The load of an edge on one limited quantity, against its limit; both in `unit`.

    `source` is the id of the fact that allows it, `<node id>.<setting>`, or a link. The state is *kept*; *warned* when it is
    more than something that may be raised, such as a default quota of an account; or *broken*. `counted` says how
    `have` comes about, `cure` what helps.
    """

    edge: str
    kind: BudgetKind
    have: float
    allowed: float
    unit: str
    source: str
    state: BudgetState
    counted: Text
    cure: Text

    @property
    def ok(self) -> bool:
        """Whether nothing has to be done."""
        return self.state == "kept"

    @property
    def headroom(self) -> float:
        """The headroom as a share of the limit; negative if the limit is exceeded."""
        return (self.allowed - self.have) / self.allowed if self.allowed else 0.0 if self.ok else -1.0


@dataclass(frozen=True, slots=True)
class State:
    """A step of a state machine, drawn inside its border. `next` names the states that may follow."""

    id: str
    kind: StateKind
    title: Text
    note: Text = EMPTY
    next: tuple[str, ...] = ()
    on_error: str | None = None
    settings: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Node:
    """One part of the architecture.

    `id` is `<subject>.<role>` ("report.compute"); `service` a catalogue id for kind *service*, and for the others a
    word of its own ("client", "email", "dead-letter-queue", "nat-gateway"). `icon` names the picture (a container on
    Fargate has service `ecs` and icon `fargate`). `settings` are the derived sizes, keyed with their unit; `grounds`
    gives the reason for the value of each. `count` is how many alike ones of it there are. `remarks` are the short
    lines beneath its note that a view of the architecture adds; `is_assumed` marks in pictures what follows from no
    answer.
    """

    id: str
    service: str
    kind: NodeKind
    subject: str
    role: str
    title: Text
    note: Text
    icon: str
    group: str | None = None
    settings: Mapping[str, Value] = field(default_factory=dict)
    states: tuple[State, ...] = ()
    grounds: Mapping[str, Ground] = field(default_factory=dict)
    count: int = 1
    remarks: tuple[Text, ...] = ()
    is_assumed: bool = False

    @property
    def heading(self) -> Text:
        """The title as drawn, with the count if it represents several parts, as in "Amazon ECS × 12"."""
        return times(self.title, self.count)

    @property
    def own_name(self) -> Text:
        """The name that the requirements give it; empty if they give none."""
        return self.note if self.role in NAMED and self.service != "client" else EMPTY


@dataclass(frozen=True)
class Edge:
    """A connection, keyed by (source service, verb, target service).

    `label` stands beside the line, `sentence` in the numbered legend, `step` is its number (None: not numbered).
    `actions` are the IAM actions it takes (never a wildcard), held by the role of the node at `grantee`: a function
    that polls a queue needs them on the edge's source. `budgets` are what the edge takes against what is allowed.
    """

    id: str
    source: str
    verb: str
    target: str
    label: Text
    sentence: Text
    flow: Flow
    step: int | None = None
    actions: tuple[str, ...] = ()
    grantee: Literal["source", "target"] = "source"
    settings: Mapping[str, Value] = field(default_factory=dict)
    budgets: tuple[Budget, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A border around nodes and other groups; `service` names its corner icon where that is a catalogue service."""

    id: str
    kind: GroupKind
    title: Text
    parent: str | None = None
    service: str | None = None


@dataclass(frozen=True, slots=True)
class LegendRow:
    """A sentence of a view that belongs to no connection, with the icon beside it, and the parts that it is about, if any."""

    icon: str
    words: Text
    nodes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Architecture:
    """Nodes, edges and groups, each in a stable order.

    `view` is the title of the view that it is reduced to (empty: the whole architecture), `rows` are additional rows in
    the legend of the view. In a brief one every supporting connection is a mark in pictures, even where it is the only one.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    groups: tuple[Group, ...]
    view: Text = EMPTY
    rows: tuple[LegendRow, ...] = ()
    is_brief: bool = False

    @cached_property
    def _by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def _leaving(self) -> dict[str, tuple[Edge, ...]]:
        return _by_end((edge.source, edge) for edge in self.edges)

    @cached_property
    def _entering(self) -> dict[str, tuple[Edge, ...]]:
        return _by_end((edge.target, edge) for edge in self.edges)

    @cached_property
    def unpooled(self) -> "Architecture":
        """The same architecture in which programs reach stores themselves, and not through their connection pools."""
        behind = {edge.source: edge.target for edge in self.edges if edge.verb == "pool"}
        if not behind:
            return self
        direct = (edge for edge in self.edges if edge.source not in behind)
        return replace(self, edges=tuple(replace(edge, target=behind.get(edge.target, edge.target)) for edge in direct))

    def node(self, id: str) -> Node:
        """Return the node with this id. Raises KeyError if there is none."""
        return self._by_id[id]

    def find(self, id: str) -> Node | None:
        """Return the node with this id, or None."""
        return self._by_id.get(id)

    def leaving(self, id: str, verb: str | None = None) -> tuple[Edge, ...]:
        """Return the edges that start at a node, with one verb when given."""
        leaving = self._leaving.get(id, ())
        return leaving if verb is None else tuple(edge for edge in leaving if edge.verb == verb)

    def entering(self, id: str, verb: str | None = None) -> tuple[Edge, ...]:
        """Return the edges that end at a node, with one verb when given."""
        entering = self._entering.get(id, ())
        return entering if verb is None else tuple(edge for edge in entering if edge.verb == verb)

    def reached(self, start: str, verbs: Collection[str]) -> set[str]:
        """Return the ids of the nodes that lie behind a node over edges with such verbs, and of the node itself."""
        found, waiting = {start}, [start]
        while waiting:
            targets = {edge.target for edge in self.leaving(waiting.pop()) if edge.verb in verbs}
            waiting += targets - found
            found |= targets
        return found

    def reaching(self, end: str, verbs: Collection[str]) -> set[str]:
        """Return the ids of the nodes that lead to a node over edges with such verbs, and of the node itself."""
        found, waiting = {end}, [end]
        while waiting:
            sources = {edge.source for edge in self.entering(waiting.pop()) if edge.verb in verbs}
            waiting += sources - found
            found |= sources
        return found

    def of_service(self, *services: str) -> tuple[Node, ...]:
        """Return the nodes of these services."""
        return tuple(n for n in self.nodes if n.service in services)

    def key(self, edge: Edge) -> tuple[str, str, str]:
        """Return the connection's key: (source service, verb, target service)."""
        return (self.node(edge.source).service, edge.verb, self.node(edge.target).service)


def _by_end(edges: Iterable[tuple[str, Edge]]) -> dict[str, tuple[Edge, ...]]:
    """Return edges by the node at one of their ends, each in the order of the graph."""
    found: dict[str, list[Edge]] = {}
    for end, edge in edges:
        found.setdefault(end, []).append(edge)
    return {end: tuple(together) for end, together in found.items()}
