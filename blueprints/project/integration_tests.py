"""The test of a deployed stack: for each way in, one real request, message or start, and what has to come of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.architecture import Node
from blueprints.express import behind as served_by_ecs
from blueprints.plan import Plan
from blueprints.project.adapters import StoreAdapter
from blueprints.project.composition import Code
from blueprints.project.pins import pinned
from blueprints.project.render import python

PATH = "integration/test_stack.py"
_HTTP = ("api-gateway-http", "api-gateway-rest", "lambda-function-url")
#: Service -> the end of the output by which something is put into it.
#: Stores that a test can look into from outside the network.
_OPEN = ("dynamodb", "s3", "aurora-serverless")
_SOURCES = {"sqs": "Url", "sns": "Arn", "kinesis": "Name", "dynamodb": "Name"}


@dataclass(frozen=True, slots=True)
class Seen:
    """Where the effect is looked for: a store, the start of its outputs, and what is put before an item's key."""

    service: str
    start: str
    prefix: str
    table: str


@dataclass(frozen=True, slots=True)
class Case:
    """One test: `kind` names its form, `start` is the beginning of the outputs of what is called.

    `seen` is where the effect is looked for; without one, the answer alone is the effect.
    """

    name: str
    kind: str
    start: str
    identity: str = "none"
    reads: bool = False
    many: bool = False
    waits: bool = False
    piped: bool = False
    fifo: bool = False
    url: bool = False
    seen: Seen | None = None

    @property
    def address(self) -> str:
        """The output that holds the address; that of a function is not called a URL."""
        return f"{self.start}{'Address' if self.url else 'Url'}"

    @property
    def signs_for(self) -> str:
        """The service that a signature is for."""
        return "lambda" if self.url else "execute-api"


def deployed_files(plan: Plan, codes: tuple[Code, ...], *, typescript: bool) -> Iterator[tuple[str, bytes]]:
    """Give the test of the deployed stack; a project without Python names what the test needs beside it."""
    yield PATH, _module(plan, codes)
    if typescript:
        sockets = ("websockets",) if any(code.door.shell == "lambda_websocket" for code in codes) else ()
        yield "integration/requirements.txt", pinned("boto3", "pytest", *sockets).encode()


def _module(plan: Plan, codes: tuple[Code, ...]) -> bytes:
    """Return the test module; without any way in that can be tried from outside it asks for the stack's state alone."""
    cases = _named([*_entries(plan, codes), *_programs(plan, codes)])
    kinds = {case.kind for case in cases}
    identities = {case.identity for case in cases}
    stores = {case.seen.service for case in cases if case.seen}
    values = {
        "cases": cases,
        "sends": bool(kinds - {"graphql", "health", "websocket"}),
        "asks": bool(kinds & {"http", "graphql", "health"}),
        "polls": bool(stores)
        or "durable" in kinds
        or any((case.kind == "execution" and not case.waits) or case.kind == "sqs" for case in cases),
        "kinds": kinds,
        "identities": identities,
        "stores": stores,
        "pool": next((plan.name(node.id) for node in plan.architecture.of_service("cognito")), ""),
        "dead": [f"{plan.name(node.id)}Url" for node in plan.architecture.of_service("dead-letter-queue")],
    }
    return python("tests/deployed.py.j2", values)


def _named(cases: list[Case]) -> list[Case]:
    """Return the cases, one of each name."""
    return list({case.name: case for case in reversed(cases)}.values())[::-1]


def _entries(plan: Plan, codes: tuple[Code, ...]) -> Iterator[Case]:
    for entry in plan.architecture.nodes:
        if entry.role != "entry" or entry.settings.get("private") is True:
            continue
        checked = [plan.node(e.target).service for e in plan.architecture.leaving(entry.id, "authorize")]
        identity = checked[0] if checked else "none"
        name, start = entry.subject.replace("-", "_"), plan.name(entry.id)
        behind = [code for code in codes if any(e.source == entry.id for e in code.plan.invoked)]
        reads = bool(behind) and behind[0].can_read and behind[0].can_create
        if entry.service in _HTTP or served_by_ecs(plan.architecture, entry.id) is not None:
            seen = None if behind else _after(plan, codes, entry)
            creates = not behind or behind[0].can_create
            kind = "http" if creates else "health"
            yield Case(name, kind, start, identity, reads=reads, url=entry.service == "lambda-function-url", seen=seen)
        elif entry.service == "appsync" and (not behind or behind[0].can_create):
            yield Case(name, "graphql", start, identity)
        elif entry.service == "api-gateway-websocket" and identity != "iam-auth":
            yield Case(name, "websocket", start, identity)


def _programs(plan: Plan, codes: tuple[Code, ...]) -> Iterator[Case]:
    for code in codes:
        name, door, seen = code.id.replace("-", "_"), code.door, _store(plan, code)
        if door.workflow is not None:
            states, split = door.workflow.states, bool(door.parts or door.listed)
            yield Case(
                name, "execution", plan.name(door.workflow.id),
                many=any(state.kind == "map" for state in states) and not split, waits=any(state.kind == "wait" for state in states),
                piped=bool(door.records), seen=None if code.service == "summary" or door.timed or door.array or split else seen,
            )  # fmt: skip
        elif door.flow is not None:
            yield Case(
                name, "durable", plan.name(code.plan.node.id), many=bool(door.flow.items) and code.service == "work",
                waits=bool(door.flow.approval_s), seen=None if code.service == "summary" or door.timed else seen,
            )  # fmt: skip
        elif door.source is not None and door.source.service.removesuffix("-fifo") in _SOURCES:
            kind = door.source.service.removesuffix("-fifo")
            yield Case(name, kind, plan.name(door.source.id), fifo=door.fifo, seen=seen)
        elif door.shell == "lambda_event":
            yield Case(name, "invocation", plan.name(code.plan.node.id))


def _store(plan: Plan, code: Code) -> Seen | None:
    """Return where a program keeps what it makes of a message."""
    found: StoreAdapter | None = next((store for store in code.writes if store.service in _OPEN), None)
    if found is None or code.service != "work":
        return None
    return Seen(found.service, plan.name(found.node.id), found.prefix, found.table)


def _after(plan: Plan, codes: tuple[Code, ...], entry: Node) -> Seen | None:
    """Return where a request that no code receives is seen: in a store it goes to, or in that of who works on it."""
    reached, waiting = {entry.id}, [entry.id]
    while waiting:
        for edge in plan.architecture.leaving(waiting.pop(0)):
            if edge.target not in reached and edge.verb not in ("authorize", "filter", "dead-letter", "observe"):
                reached.add(edge.target)
                waiting.append(edge.target)
                code = next((c for c in codes if c.plan.node.id == edge.target), None)
                seen = _store(plan, code) if code is not None else None
                if seen is not None and plan.node(edge.target).service != "eks":
                    return seen
    return None
