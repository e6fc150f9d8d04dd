"""The network of a workload: a VPC in two Availability Zones if something runs in it, or an existing one.

Containers reach AWS through VPC endpoints, so that nothing needs a way to the internet that does not use it. Where
pods run, or a task calls a public API, there is a NAT gateway instead of the interface endpoints: one, or one in each
zone where the workload has to survive the failure of a zone. The same holds where cost is a priority and the endpoints
would cost more.
"""

from collections.abc import Callable
from dataclasses import dataclass

from advisor.architecture import Architecture, Edge, Node
from blueprints.plan.kept_results import records_arrivals
from blueprints.traits import (
    Port,
    callbacks,
    cloudfront,
    dynamodb,
    nat_gateway,
    s3,
    sns,
    traits_of,
    traits_of_engine,
    traits_of_form,
)
from blueprints.traits.ecs_express import behind, in_public
from blueprints.traits.lambda_durable import asks
from blueprints.traits.open_connections import table_edge
from blueprints.traits.outside_effects import acts_once
from blueprints.traits.sent_messages import keeps_records
from blueprints.traits.step_functions_distributed_map import combines_listed

HTTPS_PORT = 443
APPLICATION_PORT = 8080


@dataclass(frozen=True, slots=True)
class Passage:
    """Traffic that a security group allows: from a node (None: the callers of a load balancer) to a node's port.

    `within`: from anywhere within the VPC, where a load balancer stands that ECS makes by itself.
    """

    source: str | None
    target: str
    port: int
    edge: str
    protocol: str = "tcp"
    within: bool = False


@dataclass(frozen=True, slots=True)
class OwnFunctions:
    """Where the functions of the stack itself run, and what they reach from the VPC: the internet, and endpoints."""

    inside: bool
    internet: bool
    interfaces: tuple[str, ...]
    gateways: tuple[str, ...]


NO_OWN_FUNCTIONS = OwnFunctions(inside=False, internet=False, interfaces=(), gateways=())


@dataclass(frozen=True, slots=True)
class Network:
    """The content of the VPC. `members` are the nodes with their own security group.

    `existing`: the VPC and its subnets are parameters, and its routes and endpoints are its owner's. `nat_per_zone`: each
    private subnet reaches the internet by a NAT gateway in its own zone. `fixed_address`: callees are told its addresses.
    `instead_of`: the interface endpoints that the NAT gateway replaces only because it costs less. `private_apis` share one
    endpoint, which `private_callers`, members of the VPC, call.
    """

    existing: bool
    public: bool
    nat: bool
    nat_per_zone: bool
    nat_node: str | None
    fixed_address: bool
    gateways: tuple[str, ...]
    interfaces: tuple[str, ...]
    instead_of: tuple[str, ...]
    members: tuple[str, ...]
    passages: tuple[Passage, ...]
    private_apis: tuple[str, ...]
    private_callers: tuple[str, ...]
    own: OwnFunctions


def network_of(
    architecture: Architecture,
    *,
    existing: bool,
    zone_failure: bool = False,
    own: OwnFunctions = NO_OWN_FUNCTIONS,
    through_nat: Callable[[int], bool] = lambda endpoints: False,
) -> Network | None:
    """Return the network that the nodes need, or None when nothing runs in a VPC.

    `through_nat` says whether so many interface endpoints give way to a NAT gateway.
    """
    members = tuple(node for node in architecture.nodes if inside(architecture, node))
    private_apis = tuple(node.id for node in architecture.nodes if is_private_api(node))
    if not members and not private_apis and not own.inside:
        return None
    nat_node = next(iter(nat_gateway.TRAITS.nodes(architecture)), None)
    inner = tuple(node for node in members if not in_public(architecture, node))
    runs = [node for node in inner if traits_of(node.service).compute and not traits_of(node.service).pods]
    interfaces = {*own.interfaces, *(_interfaces(architecture, runs) if runs or own.inside else ())}
    needed = _has_nat(architecture) or own.internet
    saves = not needed and through_nat(len(interfaces))
    nat = not existing and (needed or saves)
    return Network(
        existing=existing,
        public=nat or len(inner) < len(members) or any(_open(architecture, node, existing) for node in members),
        nat=nat,
        nat_per_zone=nat and zone_failure,
        nat_node=nat_node.id if nat_node else None,
        fixed_address=nat_node is not None and nat_node.settings.get("fixed_address") is True,
        gateways=() if existing else tuple(sorted({*_gateways(architecture, inner), *own.gateways})),
        interfaces=() if existing or nat else tuple(sorted(interfaces)),
        instead_of=tuple(sorted(interfaces)) if nat and saves else (),
        members=tuple(node.id for node in members),
        passages=_passages(architecture),
        private_apis=private_apis,
        private_callers=tuple(node.id for node in members if calls_private_api(architecture, node)),
        own=own,
    )


def is_private_api(node: Node) -> bool:
    """Return whether a node is an API that is reached only through the VPC endpoint for API Gateway."""
    return traits_of(node.service).private_endpoint and node.settings.get("private") is True


def calls_private_api(architecture: Architecture, node: Node) -> bool:
    """Return whether a program calls a private API of the project."""
    return any(is_private_api(architecture.node(edge.target)) for edge in architecture.leaving(node.id, "call"))


def ways_out(architecture: Architecture, own: OwnFunctions) -> tuple[tuple[str, ...], bool]:
    """Return the endpoint names of the AWS services called from the VPC, and whether the internet is called.

    A VPC that exists has to have a way to them: its routes and endpoints are its owner's.
    """
    inner = tuple(node for node in architecture.nodes if inside(architecture, node))
    runs = [node for node in inner if traits_of(node.service).compute]
    names = {*_gateways(architecture, inner), *(_interfaces(architecture, runs) if runs else ())}
    names |= {*own.gateways, *own.interfaces}
    return tuple(sorted(names)), _calls_out(architecture, inner) or own.internet


def reaches_internet(architecture: Architecture, node: Node) -> bool:
    """Return whether a program has a way to the internet for certain, whatever an existing VPC may have besides."""
    return not inside(architecture, node) or _has_nat(architecture)


def _has_nat(architecture: Architecture) -> bool:
    """Return whether the private subnets have a NAT gateway: one is drawn, or a program in them calls the internet."""
    inner = tuple(one for one in architecture.nodes if inside(architecture, one) and not in_public(architecture, one))
    return bool(nat_gateway.TRAITS.nodes(architecture)) or _calls_out(architecture, inner)


def _open(architecture: Architecture, node: Node, existing: bool) -> bool:
    """Whether a load balancer needs public subnets: a public one, and for their internet gateway in a new VPC a VPC origin.

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html (read 2026-11-30)
    """
    if traits_of(node.service).load_balancer == "":
        return False
    origin = cloudfront.delivered(architecture, node.id) is not None and not existing
    return node.settings.get("private") is not True or origin


def inside(architecture: Architecture, node: Node) -> bool:
    """Return whether a node runs inside the VPC: by its service, because the design placed a function there, or its users.

    A load balancer that ECS makes by itself has no place in the project.
    """
    if behind(architecture, node.id) is not None:
        return False
    traits = traits_of(node.service)
    if traits.placement == "vpc-endpoint":
        users = [architecture.node(edge.source) for edge in architecture.entering(node.id)]
        return any(inside(architecture, user) for user in users)
    placed = traits.compute == "function" and node.group in ("private-subnet", "vpc", "public-subnet")
    return traits.placement == "vpc" or placed


def used_from_outside(architecture: Architecture, node: Node) -> bool:
    """Return whether something that has an endpoint in the VPC is used from outside it, too."""
    users = [architecture.node(edge.source) for edge in architecture.entering(node.id)]
    return not users or not all(inside(architecture, user) for user in users)


def _reached(architecture: Architecture, nodes: list[Node]) -> list[Node]:
    reached: list[Node] = []
    for node in nodes:
        reached += [architecture.node(edge.target) for edge in architecture.leaving(node.id)]
        if traits_of(node.service).compute != "function":
            reached += [architecture.node(edge.source) for edge in architecture.entering(node.id, "consume")]
    return reached


def _calls_out(architecture: Architecture, members: tuple[Node, ...]) -> bool:
    reached = _reached(architecture, list(members))
    return any(traits_of(target.service).public_api and not is_private_api(target) for target in reached)


def _interfaces(architecture: Architecture, runs: list[Node]) -> tuple[str, ...]:
    names = {name for node in _reached(architecture, runs) for name in traits_of(node.service).interface_endpoints}
    names |= {"logs"}
    for node in runs:
        names |= {*traits_of_form(node).own_endpoints, *traits_of_engine(node).own_endpoints}
        names |= {*sns.TRAITS.interface_endpoints} if asks(node) else set()
    return tuple(sorted(names))


def _gateways(architecture: Architecture, members: tuple[Node, ...]) -> tuple[str, ...]:
    reached = _reached(architecture, list(members))
    records = any(_keeps_own_records(architecture, node) for node in members)
    own = {dynamodb.TRAITS.gateway_endpoint} if records else set()
    own |= {s3.TRAITS.gateway_endpoint} if any(combines_listed(architecture, node) for node in members) else set()
    return tuple(sorted(({traits_of(node.service).gateway_endpoint for node in reached} | own) - {""}))


def _keeps_own_records(architecture: Architecture, node: Node) -> bool:
    """Return whether a program uses a table that is no store: of sent messages, effects, arrivals, connections, approvals or callbacks."""
    resumes = architecture.leaving(node.id, callbacks.RESUME)
    awaiting = callbacks.awaiting(architecture, node) is not None
    connected = table_edge(architecture, node) is not None
    own = acts_once(node) or asks(node) or records_arrivals(architecture, node)
    return keeps_records(architecture, node) or own or bool(resumes) or awaiting or connected


def _passages(architecture: Architecture) -> tuple[Passage, ...]:
    passages: list[Passage] = []
    for edge in architecture.edges:
        passage = _passage(architecture, edge)
        if passage is None:
            continue
        passages.append(passage)
        for port in _further_ports(architecture, edge):
            passages.append(Passage(passage.source, passage.target, port.number, edge.id, port.protocol))
    return tuple(dict.fromkeys(passages))


def _further_ports(architecture: Architecture, edge: Edge) -> tuple[Port, ...]:
    """Return the additional ports of a connection; a load balancer forwards the ports that it receives."""
    source, target = (traits_of(architecture.node(id).service) for id in (edge.source, edge.target))
    return (*(source.ports[1:] if source.load_balancer else ()), *target.ports[1:])


def _passage(architecture: Architecture, edge: Edge) -> Passage | None:
    source, target = architecture.node(edge.source), architecture.node(edge.target)
    by, to = traits_of(source.service), traits_of(target.service)
    if behind(architecture, source.id) is not None:
        return Passage(None, target.id, APPLICATION_PORT, edge.id, within=True) if edge.verb == "invoke" else None
    if to.load_balancer and edge.verb in ("request", "call", "forward"):
        if behind(architecture, target.id) is not None:
            return None
        inner = source.id if source.kind == "service" and inside(architecture, source) else None
        return Passage(inner, target.id, to.ports[0].number, edge.id)
    if by.load_balancer and edge.verb == "invoke" and to.compute == "container":
        return Passage(source.id, target.id, APPLICATION_PORT, edge.id)
    if to.mounted and traits_of_engine(source).nodes_mount:
        return None  # the nodes mount, and not the pods
    by_address = not to.data_api or edge.verb == "pool"
    if to.ports and not to.load_balancer and by_address and inside(architecture, source):
        return Passage(source.id, target.id, to.ports[0].number, edge.id)
    return None
