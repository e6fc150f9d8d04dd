"""The network a workload needs: one VPC in two zones, made only when something runs in it, or one that exists.

Containers reach AWS through VPC endpoints, so that nothing needs a way to the internet that does not use it. Where
pods run, or a task calls a public API, there is one NAT gateway instead of the interface endpoints.
"""

from dataclasses import dataclass

from advisor.architecture import Architecture, Edge, Node
from blueprints.express import behind, in_public

CONTAINERS = ("ecs", "eks", "ec2", "batch")
BALANCERS = ("alb", "nlb")
DATABASES = ("aurora-serverless", "rds", "rds-proxy", "elasticache-serverless", "efs")
#: What stands outside the VPC and is reached from within by an endpoint of its own.
BY_ENDPOINT = ("aurora-dsql", "opensearch-serverless")
#: What only answers, so that its security group lets nothing out.
SILENT = ("aurora-serverless", "rds", "elasticache-serverless", "efs", *BY_ENDPOINT)
HTTPS_PORT = 443
PORTS = {
    "aurora-dsql": 5432,
    "aurora-serverless": 5432,
    "rds": 5432,
    "rds-proxy": 5432,
    "elasticache-serverless": 6379,
    "efs": 2049,
    "opensearch-serverless": HTTPS_PORT,
}
#: Where a serverless cache answers reads that need not see the newest; clients look at it, too.
CACHE_READERS_PORT = 6380
APPLICATION_PORT = 8080
#: Where work behind a network load balancer takes datagrams.
DATAGRAM_PORT = 8081
#: Service reached -> its interface endpoint (com.amazonaws.<region>.<name>).
INTERFACES = {
    "sqs": ("sqs",),
    "sqs-fifo": ("sqs",),
    "sns": ("sns",),
    "sns-fifo": ("sns",),
    "kinesis": ("kinesis-streams",),
    "secrets-manager": ("secretsmanager",),
    "aurora-serverless": ("rds-data", "secretsmanager"),
    "firehose": ("kinesis-firehose",),
    "ses": ("email",),
    "rds": ("secretsmanager",),
    "rds-proxy": ("secretsmanager",),
    "lambda": ("lambda",),
    "step-functions-standard": ("states",),
    "eventbridge-bus": ("events",),
    "ecr": ("ecr.api", "ecr.dkr"),
}
GATEWAYS = {"s3": "s3", "dynamodb": "dynamodb", "ecr": "s3"}


@dataclass(frozen=True, slots=True)
class Passage:
    """Traffic that a security group lets in: from a node (None: the callers of a load balancer) to a node's port.

    `within`: from anywhere within the VPC, where a load balancer stands that ECS makes by itself.
    """

    source: str | None
    target: str
    port: int
    edge: str
    protocol: str = "tcp"
    within: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """What the VPC holds. `members` are the nodes with a security group of their own.

    `existing`: the VPC and its subnets are parameters, and its routes and endpoints are its owner's.
    """

    existing: bool
    public: bool
    nat: bool
    nat_node: str | None
    gateways: tuple[str, ...]
    interfaces: tuple[str, ...]
    members: tuple[str, ...]
    passages: tuple[Passage, ...]
    private_apis: tuple[str, ...]


def network_of(architecture: Architecture, *, existing: bool) -> Network | None:
    """Return the network that the nodes need, or None when nothing runs in a VPC."""
    members = tuple(node for node in architecture.nodes if inside(architecture, node))
    private_apis = tuple(
        node.id for node in architecture.of_service("api-gateway-rest") if node.settings.get("private") is True
    )
    if not members and not private_apis:
        return None
    nat_node = next((node.id for node in architecture.of_service("nat-gateway")), None)
    inner = tuple(node for node in members if not in_public(architecture, node))
    nat = not existing and (nat_node is not None or _calls_out(architecture, inner))
    runs = [node for node in inner if node.service in ("ecs", "ec2", "lambda", "batch")]
    interfaces = () if existing or nat or not runs else _interfaces(architecture, runs)
    return Network(
        existing=existing,
        public=nat or len(inner) < len(members) or any(_open(node) for node in members),
        nat=nat,
        nat_node=nat_node,
        gateways=() if existing else _gateways(architecture, inner),
        interfaces=interfaces,
        members=tuple(node.id for node in members),
        passages=_passages(architecture),
        private_apis=private_apis,
    )


def _open(node: Node) -> bool:
    return node.service in BALANCERS and node.settings.get("private") is not True


def inside(architecture: Architecture, node: Node) -> bool:
    """Return whether a node runs inside the VPC: by its service, because the design placed a function there, or its users.

    A load balancer that ECS makes by itself has no place in the project.
    """
    if behind(architecture, node.id) is not None:
        return False
    if node.service in (*CONTAINERS, *BALANCERS, *DATABASES):
        return True
    if node.service in BY_ENDPOINT:
        users = [architecture.node(edge.source) for edge in architecture.entering(node.id)]
        return any(inside(architecture, user) for user in users)
    return node.service == "lambda" and node.group in ("private-subnet", "vpc", "public-subnet")


def _reached(architecture: Architecture, nodes: list[Node]) -> list[Node]:
    found: list[Node] = []
    for node in nodes:
        found += [architecture.node(edge.target) for edge in architecture.leaving(node.id)]
        if node.service != "lambda":
            found += [architecture.node(edge.source) for edge in architecture.entering(node.id, "consume")]
    return found


def _calls_out(architecture: Architecture, members: tuple[Node, ...]) -> bool:
    apis = ("api-gateway-http", "api-gateway-rest", "api-gateway-websocket")
    return any(target.service in apis for target in _reached(architecture, list(members)))


def _interfaces(architecture: Architecture, runs: list[Node]) -> tuple[str, ...]:
    names = {name for node in _reached(architecture, runs) for name in INTERFACES.get(node.service, ())}
    names |= {"logs"}
    if any(node.service == "lambda" and node.settings.get("variant") for node in runs):
        names |= {"xray"}
    if any(node.settings.get("engine") in ("ec2", "ecs-managed-instances") for node in runs):
        names |= {"ecs", "ecs-agent", "ecs-telemetry"}
    return tuple(sorted(names))


def _gateways(architecture: Architecture, members: tuple[Node, ...]) -> tuple[str, ...]:
    reached = _reached(architecture, list(members))
    return tuple(sorted({GATEWAYS[node.service] for node in reached if node.service in GATEWAYS}))


def _passages(architecture: Architecture) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for edge in architecture.edges:
        passage = _passage(architecture, edge)
        if passage is None:
            continue
        found.append(passage)
        if "nlb" in (architecture.node(edge.source).service, architecture.node(edge.target).service):
            found.append(Passage(passage.source, passage.target, DATAGRAM_PORT, edge.id, "udp"))
        if architecture.node(edge.target).service == "elasticache-serverless":
            found.append(Passage(passage.source, passage.target, CACHE_READERS_PORT, edge.id))
    return tuple(dict.fromkeys(found))


def _passage(architecture: Architecture, edge: Edge) -> Passage | None:
    source, target = architecture.node(edge.source), architecture.node(edge.target)
    if behind(architecture, source.id) is not None:
        return Passage(None, target.id, APPLICATION_PORT, edge.id, within=True) if edge.verb == "invoke" else None
    if target.service in BALANCERS and edge.verb in ("request", "call"):
        if behind(architecture, target.id) is not None:
            return None
        inner = source.id if source.kind == "service" and inside(architecture, source) else None
        return Passage(inner, target.id, HTTPS_PORT, edge.id)
    if source.service in BALANCERS and edge.verb == "invoke" and target.service in CONTAINERS:
        return Passage(source.id, target.id, APPLICATION_PORT, edge.id)
    if target.service == "efs" and source.service == "eks" and source.settings.get("engine") != "eks-fargate":
        return None  # the nodes mount, and not the pods
    by_address = target.service != "aurora-serverless" or edge.verb == "pool"
    if target.service in PORTS and by_address and inside(architecture, source):
        return Passage(source.id, target.id, PORTS[target.service], edge.id)
    return None
