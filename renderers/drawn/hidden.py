"""The parts of a project that are not in its graph, from the resources of its stack; one function for each part."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from advisor.architecture import Node
from advisor.text import Text
from advisor.vocabulary.formats import listed, row
from blueprints.plan import Plan
from blueprints.traits import traits_of
from blueprints.traits.approvals import steps_before
from blueprints.traits.callbacks import RESUME
from blueprints.traits.ecs_express import in_public
from blueprints.traits.open_connections import keeps_connections
from blueprints.traits.sent_messages import sends_to_people
from blueprints.values import Att, Fn, Joined, Named, Ref
from renderers.drawn.graph import Drawing
from renderers.drawn.table import Resource, endpoint_names, shown

_MAPPING = "AWS::Lambda::EventSourceMapping"
_INSIDE = ("private-subnet", "ecs-cluster", "eks-cluster")


@dataclass(frozen=True)
class Stack:
    """The plan and the resources of a project."""

    plan: Plan
    resources: Sequence[Resource]

    @cached_property
    def by_word(self) -> dict[str, list[Resource]]:
        """The resources by the way in which the table shows them."""
        found: dict[str, list[Resource]] = {}
        for one in self.resources:
            found.setdefault(shown(one, self.plan.architecture), []).append(one)
        return found


def add_hidden(drawing: Drawing, stack: Stack) -> None:
    """Draw each resource that the graph lacks, and route existing lines through it where it is on the path."""
    for part, draw in _PARTS.items():
        if found := stack.by_word.get(f"part {part}"):
            draw(drawing, stack, found)
    _go_out(drawing, stack)
    _dead_letters(drawing, stack)


def _delivery_streams(drawing: Drawing, stack: Stack, found: Iterable[Resource]) -> None:
    for one in found:
        edge = drawing.edges[one.edges[0]]
        drawing.between("delivery-stream", edge, drawing.add("delivery-stream", f"{edge.target}-delivery"))


def _balancers(drawing: Drawing, stack: Stack, found: Iterable[Resource]) -> None:
    for one in found:
        edge = drawing.edges[one.edges[0]]
        service = "alb" if one.properties.get("Type") == "application" else "nlb"
        drawing.between("balancer", edge, drawing.add("balancer", f"{edge.target}-inner", service=service))


def _authorizers(drawing: Drawing, stack: Stack, found: Iterable[Resource]) -> None:
    for one in found:
        for edge in drawing.graph.leaving(one.node, "authorize"):
            node = drawing.add("authorizer", f"{one.node}-authorizer", private="VpcConfig" in one.properties)
            drawing.between("authorizer", edge, node)


def _secrets(drawing: Drawing, stack: Stack, found: Iterable[Resource]) -> None:
    for one in found:
        node, edge = drawing.add("secret", "workload.secrets"), drawing.edges[one.edges[0]]
        by_data_api = any(action.startswith("rds-data:") for action in edge.actions)
        lines = "by_data_api" if by_data_api else "lines"
        drawing.connect("secret", edge.source, "get-secret", node.id, lines=lines)


def _sent_messages(drawing: Drawing, stack: Stack, found: Iterable[Resource]) -> None:
    for one in found:
        node = drawing.add("sent-messages", f"{one.node}-sent")
        for edge in drawing.graph.entering(one.node, "publish"):
            if sends_to_people(drawing.graph, edge):
                drawing.connect("sent-messages", edge.source, "record", node.id)


def _effects(drawing: Drawing, stack: Stack, found: Iterable[Resource]) -> None:
    for one in found:
        node = drawing.add("effects", f"{one.node}-effects")
        drawing.connect("effects", one.node, "record", node.id)


def _arrivals(drawing: Drawing, stack: Stack, found: Iterable[Resource]) -> None:
    for one in found:
        node = drawing.add("arrivals", f"{one.node}-arrivals")
        drawing.connect("arrivals", one.node, "record", node.id)


def _connections(drawing: Drawing, stack: Stack, found: Iterable[Resource]) -> None:
    for one in found:
        node = drawing.add("connections", f"{one.node}-connections")
        for edge in drawing.graph.entering(one.node, "push"):
            if keeps_connections(drawing.graph, edge):
                drawing.connect("connections", edge.source, "keep", node.id)


def _callbacks(drawing: Drawing, stack: Stack, found: Iterable[Resource]) -> None:
    for one in found:
        node = drawing.add("callbacks", f"{one.node}-callbacks")
        asking = [edge.target for edge in drawing.graph.leaving(one.node, "run")]
        answering = [edge.source for edge in drawing.graph.entering(one.node, RESUME)]
        for program in dict.fromkeys((*asking, *answering)):
            drawing.connect("callbacks", program, "task-token", node.id)


def _approvals(drawing: Drawing, stack: Stack, found: Iterable[Resource]) -> None:
    approvals = stack.plan.approvals
    if approvals is None:
        return
    node = drawing.add("approvals", "workload.approvals")
    for asker in approvals.askers:
        steps = steps_before(asker)
        done = Text(f"{steps} step{'s' if steps > 1 else ''}", f"{steps} ステップ")
        drawing.connect("approvals", asker.id, "ask", node.id, listed=done, lines="after" if steps else "lines")
    drawing.connect("approver", drawing.add("approver", "client.approver").id, "decide", node.id)


def _keys(drawing: Drawing, stack: Stack, found: Iterable[Resource]) -> None:
    node = drawing.add("key", "workload.key")
    for one in stack.by_word.get("node", ()):
        # A state machine is drawn as a border, which has no marks.
        if one.node and not drawing.nodes[one.node].states and any(_refers(one.properties, key.id) for key in found):
            drawing.connect("key", one.node, "encrypt", node.id, numbered=False)


def _endpoints(drawing: Drawing, stack: Stack, found: Iterable[Resource]) -> None:
    names = dict.fromkeys(_endpoint(one, drawing) for one in found)
    services = [Text.same(name) for name in sorted(names)]
    node = drawing.add("vpc-endpoints", "workload.vpc-endpoints", note=row(services))
    for program in _inside(drawing):
        drawing.connect(
            "vpc-endpoints", program.id, "reach-privately", node.id, listed=listed(services), numbered=False
        )
    network = stack.plan.network
    for api in network.private_apis if network is not None else ():
        for edge in drawing.graph.entering(api, "request"):
            drawing.between("private-door", edge, node)


def _endpoint(one: Resource, drawing: Drawing) -> str:
    """Return the display name of the service behind an endpoint."""
    name = one.properties.get("ServiceName")
    last = name.parts[-1] if isinstance(name, Joined) else None
    if isinstance(last, str):
        word = last.removeprefix(".")
        return endpoint_names().get(word, word)
    return drawing.nodes[one.node].title.en.removeprefix("Amazon ")


def _inside(drawing: Drawing) -> Iterator[Node]:
    """Yield the programs that run in private subnets."""
    for node in drawing.graph.nodes:
        runs = node.kind == "service" and traits_of(node.service).compute
        if runs and node.group in _INSIDE and not in_public(drawing.graph, node):
            yield node


def _gateways(drawing: Drawing, stack: Stack, found: Iterable[Resource]) -> None:
    drawing.add("nat-gateway", "workload.nat")


def _go_out(drawing: Drawing, stack: Stack) -> None:
    """Connect the NAT gateway with the nodes that use it."""
    if stack.plan.network is None or not stack.plan.network.nat or "workload.nat" not in drawing.nodes:
        return
    for program in _inside(drawing):
        drawing.connect("nat-gateway", program.id, "go-out", "workload.nat", numbered=False)


def _dead_letters(drawing: Drawing, stack: Stack) -> None:
    """Draw the line of failed records from the function of the event source mapping instead of from its source."""
    leaving: dict[str, list[str]] = {}
    for one in stack.resources:
        edges = [drawing.graph_edge(id) for id in one.edges] if one.type == _MAPPING else []
        readers = [edge.target for edge in edges if edge.verb != "dead-letter"]
        for edge in edges:
            if edge.verb == "dead-letter" and edge.source not in readers:
                leaving.setdefault(edge.id, []).extend(readers)
    for id, readers in leaving.items():
        edge = drawing.edges[id]
        moved = (replace(edge, id=f"{reader}>dead-letter>{edge.target}", source=reader) for reader in readers)
        drawing.replace(id, *moved)


def _refers(value: Any, id: str) -> bool:
    """Return whether a value of a stack refers to a resource."""
    if isinstance(value, dict):
        return any(_refers(one, id) for one in value.values())
    if isinstance(value, list | tuple):
        return any(_refers(one, id) for one in value)
    if isinstance(value, Joined):
        return _refers(value.parts, id)
    if isinstance(value, Fn):
        return _refers(value.arguments, id)
    if isinstance(value, Named):
        return _refers(value.value, id)
    return (isinstance(value, Ref) and value.name == id) or (isinstance(value, Att) and value.resource == id)


_PARTS: dict[str, Callable[[Drawing, Stack, Iterable[Resource]], None]] = {
    "delivery-stream": _delivery_streams,
    "balancer": _balancers,
    "authorizer": _authorizers,
    "secret": _secrets,
    "sent-messages": _sent_messages,
    "effects": _effects,
    "arrivals": _arrivals,
    "connections": _connections,
    "callbacks": _callbacks,
    "approvals": _approvals,
    "key": _keys,
    "vpc-endpoints": _endpoints,
    "nat-gateway": _gateways,
}
