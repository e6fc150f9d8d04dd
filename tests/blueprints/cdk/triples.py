"""Small designs for connections that no story has: each connection with what its ends need to be whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from advisor.architecture import Architecture, Edge, Node, State, Value
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import Text

Triple = tuple[str, str, str]
OUTSIDE = (
    "client", "application", "saas", "aws-service", "other-account", "email", "sms", "push", "partner-http", "function", "data-lake", "customer-email",
)  # fmt: skip
MACHINES = ("step-functions-standard", "step-functions-express", "step-functions-distributed-map")
STORES = (
    "dynamodb",
    "s3",
    "aurora-serverless",
    "rds",
    "efs",
    "elasticache-serverless",
    "aurora-dsql",
    "opensearch-serverless",
    "s3-vectors",
)
PRIVATE = ("ecs", "eks", "batch", "aurora-serverless", "rds", "rds-proxy", "elasticache-serverless")
CHANNELS = ("firehose", "ses", "sqs", "sqs-fifo", "sns", "sns-fifo", "kinesis")
ENTRIES = (
    "api-gateway-http",
    "api-gateway-rest",
    "api-gateway-websocket",
    "appsync",
    "alb",
    "nlb",
    "lambda-function-url",
)
#: Service -> what else it is connected to, so that it makes sense alone: (verb, other service).
LEAVING: Mapping[str, tuple[tuple[str, str], ...]] = {
    "api-gateway-rest": (("invoke", "lambda"),),
    "alb": (("invoke", "lambda"),),
    "api-gateway-websocket": (("invoke", "lambda"),),
    "eventbridge-bus": (("start", "lambda"),),
    "lambda-function-url": (("invoke", "lambda"),),
    "ecs": (("pull", "ecr"),),
    "eks": (("pull", "ecr"),),
    "batch": (("pull", "ecr"),),
    "nlb": (("invoke", "ecs"),),
    "rds-proxy": (("pool", "rds"),),
    "firehose": (("deliver", "data-lake"),),
    **dict.fromkeys(MACHINES, (("run", "lambda"),)),
    "eventbridge-scheduler": (("start", "lambda"),),
    "eventbridge-pipes": (("start", "lambda"),),
    "cloudfront": (("fetch", "s3"),),
}
ENTERING: Mapping[str, tuple[tuple[str, str], ...]] = {
    "eventbridge-pipes": (("consume", "sqs"),),
    "oidc": (("authorize", "api-gateway-http"),),
}
#: An entry that sends requests to one of these sends them to no other.
ANSWERING = ("invoke", "publish", "start", "write", "read", "read-write")
#: A distribution delivers from one origin.
ORIGINS = ("fetch", "forward", "read")
STATES = (
    State("start", "start", Text.same("Start"), next=("run",)),
    State("run", "task", Text.same("Run"), next=("end",), on_error="failed", settings={"retry": True}),
    State("end", "end", Text.same("End")),
    State("failed", "fail", Text.same("Failed")),
)
#: The states of a machine that waits for a callback, which another part answers.
WAITING = (
    State("start", "start", Text.same("Start"), next=("callback",)),
    State("callback", "callback", Text.same("Wait"), next=("run",), on_error="failed", settings={"retry": True}),
    *STATES[1:],
)


@dataclass
class Graph:
    """A graph that grows by connections."""

    book: Book
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)

    def connect(self, name: str, triple: Triple) -> None:
        """Add a connection between two new parts, and what these need."""
        source, verb, target = triple
        a = self.node(f"{name}a", source, triple)
        b = self.node(f"{name}b", target, triple)
        self.edge(a, verb, b)
        self._whole(name, a, triple)
        self._whole(name, b, triple)

    def _whole(self, name: str, node: Node, triple: Triple) -> None:
        for verb, other in LEAVING.get(node.service, ()):
            if not self._has(node, verb, leaving=True):
                needed = self.node(f"{name}c{verb}", other, triple)
                self.edge(node, verb, needed)
                self._whole(f"{name}{verb}", needed, triple)
        for verb, other in ENTERING.get(node.service, ()):
            if triple[:2] == ("eventbridge-pipes", "dead-letter"):
                # Only a stream leaves its dead letters to the pipe.
                verb, other = "consume", "kinesis"
            if not self._has(node, verb, leaving=False):
                self.edge(self.node(f"{name}d{verb}", other, triple), verb, node)
        # The callers of an API send vectors.
        if triple[2] == "s3-vectors" and node.service == triple[0]:
            self.edge(self.node(f"{name}e", "api-gateway-http", triple), "invoke", node)

    def _has(self, node: Node, verb: str, *, leaving: bool) -> bool:
        if verb in ORIGINS and leaving and node.service == "cloudfront":
            alike = ORIGINS
        else:
            alike = (
                ANSWERING if verb in ANSWERING and leaving else ("stream", "consume") if verb == "consume" else (verb,)
            )
        ends = [(edge.source if leaving else edge.target, edge.verb) for edge in self.edges.values()]
        return any(end == node.id and end_verb in alike for end, end_verb in ends)

    def node(self, subject: str, service: str, triple: Triple) -> Node:
        """Add a part."""
        role = _role(service)
        shared = service in ("cognito", "oidc", "iam-auth", "ecr", "cloudwatch", "waf", "nat-gateway")
        id = f"workload.{service}" if shared else f"{subject}.{role}"
        if id in self.nodes:
            return self.nodes[id]
        kind = "outside" if service in OUTSIDE else "part" if service == "dead-letter-queue" else "service"
        title = Text.same(service)
        # A function mounts a file system from within the VPC only.
        mounts = service == "lambda" and "efs" in triple
        group = "private-subnet" if service in PRIVATE or mounts else "cloud"
        new_node = Node(
            id, service, kind, subject, role, title, title, service, group,
            _settings(service, triple), _states(service, triple),
        )  # type: ignore[arg-type] # fmt: skip
        self.nodes[id] = new_node
        return new_node

    def edge(self, a: Node, verb: str, b: Node) -> None:
        """Add a connection as the book states it."""
        known = self.book.connections[a.service, verb, b.service]
        id = f"{a.id}>{verb}>{b.id}"
        self.edges[id] = Edge(
            id, a.id, verb, b.id, known.label, known.sentence, known.flow, None, known.actions, known.grantee
        )


def _role(service: str) -> str:
    roles = {
        "sns": "messaging",
        "secrets-manager": "secrets",
        "eventbridge-bus": "events",
        "eventbridge-pipes": "events",
    }
    if service in STORES:
        return "store"
    if service in CHANNELS:
        return "messaging"
    if service in ENTRIES:
        return "entry"
    if service in MACHINES:
        return "workflow"
    return roles.get(service, "compute" if service in ("lambda", "ecs", "eks", "batch") else service)


def _states(service: str, triple: Triple) -> tuple[State, ...]:
    if service not in MACHINES:
        return ()
    return WAITING if "resume" in triple else STATES


def _settings(service: str, triple: Triple) -> dict[str, Value]:
    settings: dict[str, Value] = {}
    if service == "ecs":
        called, started = triple[1] in ("invoke", "request") or triple[2] == "s3-vectors", triple[1:] == ("run", "ecs")
        settings = {"engine": "fargate", "run": "service" if called else "job" if started else "worker"}
    if service == "batch":
        settings = {"engine": "fargate", "run": "job"}
    if service == "eks":
        settings = {"engine": "eks-auto-mode", "run": "service"}
    if service == "dead-letter-queue":
        settings = {"fifo": triple[0] == "sqs-fifo"}
    if service == "eventbridge-bus":
        settings = {"replay": True, "calls_per_s": 1, "call_age_s": 86_400}
    if service == "api-gateway-rest":
        settings = {"caching": True, "validation": True, "api_keys": True}
    return settings


def design_of(
    template: Design, book: Book, title: str, triples: Iterable[Triple], existing: Iterable[str] = ()
) -> Design:
    """Return a design that holds these connections."""
    graph = Graph(book)
    for number, triple in enumerate(triples):
        graph.connect(f"t{number}", triple)
    kinds: dict[str, dict[str, str]] = {"components": {}, "channels": {}, "stores": {}}
    for node in graph.nodes.values():
        kind = "stores" if node.service in STORES else "channels" if node.service in CHANNELS else "components"
        if node.subject != "workload" and node.kind != "outside":
            kinds[kind].setdefault(node.subject, node.subject)
    raw = {kind: [{"id": id} for id in ids] for kind, ids in kinds.items()}
    requirements = make_requirements({"title": title, "workload": {"existing": list(existing)}, **raw})
    architecture = Architecture(tuple(graph.nodes.values()), tuple(graph.edges.values()), ())
    return replace(template, requirements=requirements, architecture=architecture)
