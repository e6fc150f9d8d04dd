"""Small architectures for tests: any connection of the rule book with the neighbours without which it makes no sense."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from advisor.advise import advise
from advisor.architecture import Architecture, Edge, Node, State
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import EMPTY, Text

OUTSIDE = (
    "client", "application", "saas", "aws-service", "other-account", "email", "sms", "push", "partner-http", "function", "data-lake", "customer-email",
)  # fmt: skip
PARTS = ("dead-letter-queue", "nat-gateway")
Triple = tuple[str, str, str]
_ROLES = {"lambda": "compute", "ecs": "compute", "eks": "compute", "ec2": "compute", "batch": "compute"}
_STATES = (
    State("start", "start", EMPTY, next=("run",)),
    State("run", "task", Text("Run", "実行"), next=("end",), on_error="failed", settings={"retry": True}),
    State("end", "end", EMPTY),
    State("failed", "fail", EMPTY),
)
_SETTINGS: Mapping[str, dict[str, Any]] = {
    "ecs": {"engine": "fargate", "run": "service"},
    "eks": {"engine": "eks-auto-mode", "run": "service"},
    "eventbridge-bus": {"calls_per_s": 1, "call_age_s": 86_400},
}
#: (service, verb or "") -> connections that a node with such a connection has besides: "*" is the node itself.
_BESIDES: Mapping[tuple[str, str], tuple[Triple, ...]] = {
    ("eventbridge-pipes", "start"): (("kinesis", "consume", "*"),),
    ("eventbridge-pipes", "consume"): (("*", "start", "lambda"),),
    ("eventbridge-pipes", "stream"): (("*", "start", "lambda"),),
    ("eventbridge-pipes", "dead-letter"): (("kinesis", "consume", "*"), ("*", "start", "lambda")),
    ("eventbridge-scheduler", "dead-letter"): (("*", "start", "lambda"),),
    ("eventbridge-bus", "dead-letter"): (("*", "deliver", "sqs"),),
    ("eventbridge-bus", "emit"): (("*", "start", "lambda"),),
    ("sns", "dead-letter"): (("*", "deliver", "sqs"),),
    ("sns-fifo", "dead-letter"): (("*", "deliver", "sqs-fifo"),),
    ("kinesis", "dead-letter"): (("*", "consume", "lambda"),),
    ("api-gateway-websocket", ""): (("*", "invoke", "lambda"),),
    ("api-gateway-rest", "authorize"): (("*", "invoke", "lambda"),),
    ("api-gateway-rest", "filter"): (("*", "invoke", "lambda"),),
    ("api-gateway-rest", "request"): (("*", "invoke", "lambda"),),
    ("api-gateway-rest", "call"): (("*", "invoke", "lambda"),),
    ("lambda-function-url", ""): (("*", "invoke", "lambda"),),
    ("alb", ""): (("*", "invoke", "ecs"),),
    ("ecs", ""): (("*", "pull", "ecr"),),
    ("eks", ""): (("*", "pull", "ecr"),),
    ("batch", ""): (("*", "pull", "ecr"), ("step-functions-standard", "run", "*")),
    ("nlb", ""): (("*", "invoke", "ecs"),),
    ("firehose", ""): (("*", "deliver", "data-lake"),),
    ("rds-proxy", ""): (("*", "pool", "rds"),),
    ("cloudfront", "load"): (("*", "fetch", "s3"),),
    ("cloudfront", "filter"): (("*", "fetch", "s3"),),
    ("oidc", "sign-in"): (("api-gateway-http", "authorize", "*"),),
    ("step-functions-standard", ""): (("*", "run", "lambda"),),
    ("step-functions-express", ""): (("*", "run", "lambda"),),
    ("step-functions-distributed-map", ""): (("*", "run", "lambda"),),
}


class Graph:
    """Collects nodes and edges; every connection is of the rule book."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.nodes: dict[str, Node] = {}
        self.edges: dict[str, Edge] = {}

    def connect(self, key: Triple, subject: str) -> None:
        """Add a connection between two new nodes, and what each of them needs besides."""
        source, verb, target = key
        a = self._node(source, f"{subject}-a")
        b = self._node(target, f"{subject}-b")
        self._edge(a, verb, b)
        self._settle(a, verb)
        self._settle(b, verb)
        if target == "s3-vectors" and ("api-gateway-http", "invoke", source) in self.book.connections:
            # The callers of an API send vectors.
            self._beside(a, ("api-gateway-http", "invoke", "*"), f"{subject}-in")

    def _settle(self, id: str, verb: str) -> None:
        """Add what a node with such a connection has besides."""
        service = self.nodes[id].service
        for besides in (*_BESIDES.get((service, verb), ()), *_BESIDES.get((service, ""), ())):
            if not self._has(id, besides):
                self._beside(id, besides, f"{id.split('.')[0]}-{besides[1][:2]}")

    def _has(self, id: str, besides: Triple) -> bool:
        at_source = besides[0] == "*"
        verb = besides[1]
        return any(e.verb == verb and (e.source if at_source else e.target) == id for e in self.edges.values())

    def _beside(self, id: str, besides: Triple, subject: str) -> None:
        source, verb, target = besides
        other = self._node(target if source == "*" else source, subject)
        self._edge(*((id, verb, other) if source == "*" else (other, verb, id)))
        self._settle(other, verb)

    def _node(self, service: str, subject: str) -> str:
        kind: Any = "outside" if service in OUTSIDE else "part" if service in PARTS else "service"
        role = _ROLES.get(service, kind if kind == "outside" else "part")
        id = f"{subject}.{role}"
        title = Text.same(subject)
        states = _STATES if service.startswith("step-functions") else ()
        settings = _SETTINGS.get(service, {})
        self.nodes[id] = Node(id, service, kind, subject, role, title, EMPTY, service, settings=settings, states=states)
        return id

    def _edge(self, source: str, verb: str, target: str) -> None:
        key = (self.nodes[source].service, verb, self.nodes[target].service)
        known = self.book.connections[key]
        id = f"{source}>{verb}>{target}"
        if verb == "dead-letter" and key[0].endswith("-fifo"):
            self.nodes[target] = replace(self.nodes[target], settings={"fifo": True})
        self.edges[id] = Edge(
            id, source, verb, target, EMPTY, EMPTY, known.flow, actions=known.actions, grantee=known.grantee
        )

    def design(self) -> Design:
        """Return a design with this graph."""
        requirements = make_requirements({"components": [{"id": "one"}]})
        architecture = Architecture(tuple(self.nodes.values()), tuple(self.edges.values()), ())
        return replace(advise(requirements, self.book), architecture=architecture)


def design_of(book: Book, keys: Iterable[Triple]) -> Design:
    """Return a design that holds all of these connections, each between nodes of its own."""
    graph = Graph(book)
    for number, key in enumerate(keys):
        graph.connect(key, f"case{number}")
    return graph.design()
