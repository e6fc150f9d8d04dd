"""What a program is told about its neighbours: one environment variable per thing that it reaches."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from advisor.architecture import Architecture, Edge, Node
from blueprints.durable import APPROVAL_TOPIC, asks, durable
from blueprints.names import upper_snake
from blueprints.network import inside


@dataclass(frozen=True, slots=True)
class Ref:
    """A value of a resource that only exists once it is deployed: an attribute of a node, and what is appended to it.

    `attribute` is a neutral word ("arn", "name", "url", "stream-arn" …) that each target translates for the node's
    service. `suffix` is for ARNs of things within, such as "/*" for the objects of a bucket. For the attributes in
    `OF_CONNECTIONS`, `node` is the id of an edge.
    """

    node: str
    attribute: str
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable: its name and the value it holds.

    `edge` is the connection that needs it, or the program itself where what it asks by is its own.
    """

    name: str
    value: Ref
    edge: str


#: Attributes of what is made for a connection: its event rule, the database user that it is used by.
OF_CONNECTIONS = frozenset({"rule-arn", "user", "user-arn"})


def attribute_of(edge: Edge, node: str, attribute: str, suffix: str = "") -> Ref:
    """Return a reference to an attribute of a node at an edge's end, or of what is made for the edge itself."""
    return Ref(edge.id if attribute in OF_CONNECTIONS else node, attribute, suffix)


#: For the target's service: (end of the variable's name, attribute of the target). No end is the end of another, so that
#: `orders-queue` with one end is never called as `orders` with another.
SUFFIXES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "dynamodb": (("TABLE_NAME", "name"),),
    "s3": (("BUCKET_NAME", "name"),),
    "aurora-serverless": (("CLUSTER_ARN", "arn"), ("SECRET_ARN", "secret-arn"), ("DATABASE", "database")),
    "sqs": (("QUEUE_URL", "url"),),
    "sqs-fifo": (("QUEUE_URL", "url"),),
    "sns": (("TOPIC_ARN", "arn"),),
    "sns-fifo": (("TOPIC_ARN", "arn"),),
    "eventbridge-bus": (("BUS_NAME", "name"),),
    "kinesis": (("STREAM_NAME", "name"),),
    "secrets-manager": (("SECRET_ARN", "arn"),),
    "lambda": (("FUNCTION_NAME", "name"),),
    "step-functions-standard": (("STATE_MACHINE_ARN", "arn"),),
    "step-functions-express": (("STATE_MACHINE_ARN", "arn"),),
    "elasticache-serverless": (("ENDPOINT", "endpoint"), ("CACHE_NAME", "name"), ("USER", "user")),
    "aurora-dsql": (("ENDPOINT", "endpoint"),),
    "opensearch-serverless": (("ENDPOINT", "endpoint"),),
    "rds": (("ENDPOINT", "endpoint"), ("SECRET_ARN", "secret-arn")),
    "rds-proxy": (("ENDPOINT", "endpoint"), ("SECRET_ARN", "secret-arn")),
    "firehose": (("STREAM_NAME", "name"),),
    "ses": (("SENDER", "sender"), ("CONFIGURATION_SET", "name")),
    "efs": (("DIRECTORY", "directory"),),
    "api-gateway-http": (("BASE_URL", "url"),),
    "api-gateway-rest": (("BASE_URL", "url"),),
    "alb": (("BASE_URL", "url"),),
    "api-gateway-websocket": (("CONNECTIONS_URL", "connections-url"),),
}

#: Names that mean something else: what Lambda and the SDKs read (Lambda takes no `AWS_LAMBDA_FUNCTION_NAME`, for one), and
#: what a durable function is told of its own topic.
_TAKEN = re.compile(rf"(APP_)*(AWS_.*|{APPROVAL_TOPIC})")


def variable_name(subject: str, suffix: str) -> str:
    """Return the name of the variable by which a program knows something of a subject, such as `ORDERS_TABLE_NAME`."""
    name = f"{upper_snake(subject)}_{suffix}"
    return f"APP_{name}" if _TAKEN.fullmatch(name) else name


#: Verbs by which a program reaches the node at the end of its edge.
REACHING = ("read", "write", "read-write", "publish", "push", "get-secret", "call")
#: Services whose program polls the source of its "consume" edge by itself (a function is polled for).
POLLING = ("ecs", "eks", "ec2", "batch")


def variables(architecture: Architecture, program: Node) -> tuple[Variable, ...]:
    """Return the environment variables of a program in the order of its edges, each name once."""
    found: dict[str, Variable] = {}
    for edge, node in _reached(architecture, program):
        for suffix, attribute in _told(architecture, program, node):
            name = variable_name(node.subject, suffix)
            found.setdefault(name, Variable(name, attribute_of(edge, node.id, attribute), edge.id))
    for edge in architecture.leaving(program.id, "publish"):
        for push in _pushes(architecture, edge.target):
            name = variable_name(push.subject, "PLATFORM_APPLICATION_ARN")
            found.setdefault(name, Variable(name, Ref(push.id, "arn"), edge.id))
    for edge in architecture.entering(program.id, "invoke"):
        source = architecture.node(edge.source)
        # A REST API answers browsers' preflights by itself; the answers of the work must name the origin too.
        if source.service == "api-gateway-rest" and source.settings.get("private") is not True:
            name = "ALLOWED_ORIGIN"
            found.setdefault(name, Variable(name, Ref(source.id, "allowed-origin"), edge.id))
    if asks(program):
        found[APPROVAL_TOPIC] = Variable(APPROVAL_TOPIC, Ref(program.id, "approval-topic-arn"), program.id)
    return tuple(found.values())


def _told(architecture: Architecture, program: Node, node: Node) -> tuple[tuple[str, str], ...]:
    """Return what a program is told of a node: within a VPC, an endpoint there has a name of its own."""
    if durable(node):
        return (("FUNCTION_ARN", "arn"),)  # with its alias: a durable function is not invoked without one
    if node.service == "aurora-dsql" and inside(architecture, program):
        return (("ENDPOINT", "private-endpoint"),)
    return SUFFIXES.get(node.service, ())


def _reached(architecture: Architecture, program: Node) -> list[tuple[Edge, Node]]:
    out = [(edge, architecture.node(edge.target)) for edge in architecture.leaving(program.id) if edge.verb in REACHING]
    if program.service in POLLING:
        out += [(edge, architecture.node(edge.source)) for edge in architecture.entering(program.id, "consume")]
    return out


def _pushes(architecture: Architecture, topic: str) -> list[Node]:
    """Return the mobile push destinations of a topic: devices are registered with their platform application."""
    targets = [architecture.node(edge.target) for edge in architecture.leaving(topic, "deliver")]
    return [node for node in targets if node.service == "push"]
