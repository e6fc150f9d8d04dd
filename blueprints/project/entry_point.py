"""Doors: what starts a program, read off the connections that enter it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.architecture import Architecture, Edge, Node
from advisor.text import Text
from blueprints.durable import Flow, flow_of
from blueprints.environment import variable_name
from blueprints.errors import Unsupported
from blueprints.jobs import array_size
from blueprints.maps import bucket_of
from blueprints.parts import parts

Identity = Literal["none", "cognito", "oidc", "iam-auth"]


@dataclass(frozen=True)
class Door:
    """How a program is started.

    `shell` names the template; `kind` is the variety within it; `entry` the service that callers reach; `source`
    the queue, stream or table that it takes from; `timed` says that it starts by the clock and not for a message;
    `array` is the number of jobs that one run is divided among (0 when it is not), `parts` that of a map's numbered parts;
    `listed` says that its items are the objects of a bucket; `flow` is what a durable function does.
    """

    shell: str
    kind: str = ""
    entry: str = ""
    identity: Identity = "none"
    source: Node | None = None
    timed: bool = False
    workflow: Node | None = None
    records: str = ""
    array: int = 0
    parts: int = 0
    listed: bool = False
    flow: Flow | None = None

    @property
    def ordered(self) -> bool:
        """Whether a batch is taken in order, so that what follows a failure waits."""
        return self.kind == "sqs" and self.fifo

    @property
    def fifo(self) -> bool:
        """Whether the source keeps an order."""
        return self.source is not None and self.source.service.endswith("-fifo")

    @property
    def queue_env(self) -> str:
        """The environment variable that holds the polled queue's URL."""
        return variable_name(self.source.subject, "QUEUE_URL") if self.source else ""

    @property
    def resolver(self) -> str:
        """The Powertools class that reads the entry's events."""
        return _RESOLVERS.get(self.entry, ("", ""))[0]

    @property
    def correlation(self) -> str:
        """The Powertools name of the path to a request's id."""
        return _RESOLVERS.get(self.entry, ("", ""))[1]

    @property
    def identity_path(self) -> tuple[str, ...]:
        """The keys under which the entry's event holds the caller's id."""
        return _IDENTITY.get((self.entry, self.identity), ())

    @property
    def identity_header(self) -> str:
        """The WSGI name of the header in which a load balancer passes the caller's id on."""
        return "HTTP_X_AMZN_OIDC_IDENTITY"

    @property
    def record(self) -> str:
        """The Powertools class of one record."""
        return _RECORDS[self.kind][0]

    @property
    def record_module(self) -> str:
        """The Powertools module of one record's class."""
        return _RECORDS[self.kind][1]

    @property
    def imports(self) -> tuple[str, ...]:
        """What the batch utility is asked for."""
        names = ("SqsFifoPartialProcessor",) if self.ordered else ("BatchProcessor", "EventType")
        return (*names, "process_partial_response")

    @property
    def processor(self) -> str:
        """The batch processor, as code."""
        if self.ordered:
            return "SqsFifoPartialProcessor(skip_group_on_error=True)"
        return f"BatchProcessor(event_type=EventType.{_RECORDS[self.kind][2]}, raise_on_entire_batch_failure=False)"

    @property
    def what(self) -> str:
        """What comes in, in words."""
        return _EVENTS[self.kind][0]

    @property
    def sentence(self) -> str:
        """What is done with it, in a sentence."""
        return _EVENTS[self.kind][1]


_RESOLVERS: Mapping[str, tuple[str, str]] = {
    "api-gateway-http": ("APIGatewayHttpResolver", "API_GATEWAY_HTTP"),
    "api-gateway-rest": ("APIGatewayRestResolver", "API_GATEWAY_REST"),
    "lambda-function-url": ("LambdaFunctionUrlResolver", "LAMBDA_FUNCTION_URL"),
    "alb": ("ALBResolver", "APPLICATION_LOAD_BALANCER"),
}
_IDENTITY: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("api-gateway-http", "cognito"): ("requestContext", "authorizer", "jwt", "claims", "sub"),
    ("api-gateway-http", "oidc"): ("requestContext", "authorizer", "jwt", "claims", "sub"),
    ("api-gateway-http", "iam-auth"): ("requestContext", "authorizer", "iam", "userArn"),
    ("api-gateway-rest", "cognito"): ("requestContext", "authorizer", "claims", "sub"),
    ("api-gateway-rest", "oidc"): ("requestContext", "authorizer", "principalId"),
    ("api-gateway-rest", "iam-auth"): ("requestContext", "identity", "userArn"),
    ("lambda-function-url", "iam-auth"): ("requestContext", "authorizer", "iam", "userArn"),
    ("alb", "cognito"): ("headers", "x-amzn-oidc-identity"),
    ("alb", "oidc"): ("headers", "x-amzn-oidc-identity"),
    ("appsync", "cognito"): ("identity", "sub"),
    ("appsync", "oidc"): ("identity", "sub"),
    ("appsync", "iam-auth"): ("identity", "userArn"),
    ("api-gateway-websocket", "oidc"): ("requestContext", "authorizer", "principalId"),
    ("api-gateway-websocket", "cognito"): ("requestContext", "authorizer", "principalId"),
    ("api-gateway-websocket", "iam-auth"): ("requestContext", "identity", "userArn"),
}
_RECORDS: Mapping[str, tuple[str, str, str]] = {
    "sqs": ("SQSRecord", "sqs_event", "SQS"),
    "kinesis": ("KinesisStreamRecord", "kinesis_stream_event", "KinesisDataStreams"),
    "dynamodb": ("DynamoDBRecord", "dynamo_db_stream_event", "DynamoDBStreams"),
}
_EVENTS: Mapping[str, tuple[str, str]] = {
    "event": ("events that a rule of the event bus lets through", "Do the work of one event."),
    "schedule": ("the call of the schedule", "Do one run."),
    "pipe": ("changes, in batches out of a pipe", "Do the work of each change."),
    "topic": ("messages straight from a topic", "Do the work of each message."),
    "call": ("calls of other programs", "Do the work of one call and return what came of it."),
    "direct": ("direct invocations", "Do the work of one message."),
    "turn": ("invocations at regular intervals", "Do one turn."),
}
_DOORS = ("api-gateway-http", "api-gateway-rest", "lambda-function-url", "alb")


def door_of(architecture: Architecture, node: Node, runtime: str) -> Door:
    """Return the door of a component's program; Unsupported when nothing is written for what starts it."""
    entering = [(edge, architecture.node(edge.source)) for edge in architecture.entering(node.id)]
    if (flow := flow_of(node)) is not None:
        return _durable(architecture, node, entering, flow)
    for edge, source in entering:
        if edge.verb == "invoke":
            return _request(architecture, edge, source, runtime)
    for edge, source in entering:
        if edge.verb == "run":
            return _run(architecture, node, source, runtime)
        if edge.verb in ("consume", "stream", "start", "deliver"):
            return _message(architecture, node, edge, source, runtime)
    if runtime == "container":
        return Door("container_loop" if node.settings.get("run") == "worker" else "container_job", timed=True)
    if any(edge.verb == "call" for edge, _ in entering):
        return Door("lambda_event", "call")
    return Door("lambda_event", "turn" if node.settings.get("trigger") == "always-on" else "direct")


def _request(architecture: Architecture, edge: Edge, entry: Node, runtime: str) -> Door:
    identity: Identity = "none"
    for checked in architecture.leaving(entry.id, "authorize"):
        service = architecture.node(checked.target).service
        identity = service if service in ("cognito", "oidc", "iam-auth") else identity  # type: ignore[assignment]
    if runtime == "container" and entry.service in ("alb", "api-gateway-http", "api-gateway-rest"):
        return Door("container_web", entry=entry.service, identity=identity)
    if runtime == "container" and entry.service == "nlb":
        return Door("container_socket", entry=entry.service)
    if runtime == "lambda" and entry.service in _DOORS:
        door = Door("lambda_http", entry=entry.service, identity=identity)
        if identity != "none" and not door.identity_path:
            raise _missing(edge, entry)
        return door
    if runtime == "lambda" and entry.service == "api-gateway-websocket":
        return Door("lambda_websocket", entry=entry.service, identity=identity)
    if runtime == "lambda" and entry.service == "appsync":
        return Door("lambda_graphql", entry=entry.service, identity=identity)
    raise _missing(edge, entry)


def _run(architecture: Architecture, node: Node, workflow: Node, runtime: str) -> Door:
    array = array_size(workflow, node)
    timed = any(
        architecture.node(edge.source).service == "eventbridge-scheduler"
        for edge in architecture.entering(workflow.id, "start")
    )
    shell = "container_job" if runtime == "container" else "lambda_step"
    numbered = parts(architecture, workflow, node)
    # A job of an array, and one item of a map, is a part of the work and adds nothing up.
    timed = timed and not array and all(state.kind != "map" for state in workflow.states)
    records, listed = _piped(architecture, workflow), bucket_of(architecture, workflow) is not None
    return Door(shell, timed=timed, workflow=workflow, records=records, array=array, parts=numbered, listed=listed)


#: What starts a durable function -> the kind of event that it gets; all of it goes on without waiting for the end.
_STARTS = {
    "eventbridge-scheduler": "schedule",
    "eventbridge-bus": "event",
    "eventbridge-pipes": "pipe",
    "lambda": "call", "ecs": "call", "eks": "call", "batch": "call", "ec2": "call",
}  # fmt: skip


def _durable(architecture: Architecture, node: Node, entering: list[tuple[Edge, Node]], flow: Flow) -> Door:
    for edge, source in entering:
        if source.service not in _STARTS or edge.verb == "invoke":
            raise _missing(edge, source)
    started = [source for edge, source in entering if edge.verb != "call"]
    kind = _STARTS[started[0].service] if started else "call" if entering else "direct"
    records = _piped(architecture, node)
    taken = started[0] if started else None
    return Door("lambda_durable", kind, source=taken, timed=kind == "schedule", records=records, flow=flow)


def _piped(architecture: Architecture, node: Node) -> str:
    """Return the service whose records reach a node through a pipe as they are."""
    for edge in architecture.entering(node.id, "start"):
        pipe = architecture.node(edge.source)
        if pipe.service == "eventbridge-pipes":
            sources = [architecture.node(e.source).service for e in architecture.entering(pipe.id)]
            return next((s.removesuffix("-fifo") for s in sources), "")
    return ""


def _message(architecture: Architecture, node: Node, edge: Edge, source: Node, runtime: str) -> Door:
    service = source.service
    if runtime == "container":
        if service in ("sqs", "sqs-fifo"):
            return Door("container_queue", source=source)
        if edge.verb == "start":
            timed = service == "eventbridge-scheduler"
            return Door("container_job", timed=timed, records=_piped(architecture, node))
        raise _missing(edge, source)
    if service in ("sqs", "sqs-fifo"):
        return Door("lambda_batch", "sqs", source=source)
    if service in ("kinesis", "dynamodb"):
        return Door("lambda_batch", service, source=source)
    kinds = {
        "eventbridge-scheduler": "schedule",
        "eventbridge-bus": "event",
        "eventbridge-pipes": "pipe",
        "sns": "topic",
    }
    if service not in kinds:
        raise _missing(edge, source)
    timed, records = service == "eventbridge-scheduler", _piped(architecture, node)
    return Door("lambda_event", kinds[service], source=source, timed=timed, records=records)


def _missing(edge: Edge, source: Node) -> Unsupported:
    reason = Text(
        f"There is no code yet for a program that {source.title.en} starts ({edge.verb}) in this way.",
        f"{source.title.ja}からこの形で起動されるプログラムのコード（{edge.verb}）はまだありません。",
    )
    return Unsupported(edge.id, reason)
