"""Composition: what has to be written for each component, read off the connections that enter and leave it.

A program is a door (what starts it), a service (what it does) and an adapter for each neighbour that it reaches.
None of the three knows which architecture it is part of, so any combination of them is a program.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.architecture import Architecture, Edge, Node
from advisor.text import Text
from blueprints.errors import Unsupported
from blueprints.plan import HEALTH_PATH, RESULTS_PREFIX, Plan, Program
from blueprints.project.door import Door, door_of

Runtime = Literal["lambda", "container"]
ServiceKind = Literal["items", "work", "summary", "chat"]
STORES = ("dynamodb", "s3", "aurora-serverless")
CHANNELS = {
    "sqs": "sqs",
    "sqs-fifo": "sqs",
    "sns": "sns",
    "sns-fifo": "sns",
    "eventbridge-bus": "eventbridge-bus",
    "kinesis": "kinesis",
}
CALLS = {
    "lambda": "lambda",
    "step-functions-standard": "step-functions",
    "api-gateway-http": "http",
    "api-gateway-rest": "http",
    "alb": "http",
}
_WRITING = ("write", "read-write")


@dataclass(frozen=True)
class Adapter:
    """A module by which a program reaches one neighbour. `env` maps short words to environment variables."""

    module: str
    subject: str
    field: str
    node: Node
    verb: str
    env: Mapping[str, str]

    @property
    def service(self) -> str:
        """The neighbour's catalogue id."""
        return self.node.service

    @property
    def call(self) -> str:
        """How a neighbour that is called is reached."""
        return CALLS.get(self.node.service, "")

    @property
    def fifo(self) -> bool:
        """Whether order is kept."""
        return self.node.service.endswith("-fifo")

    @property
    def registers(self) -> bool:
        """Whether devices register with it for mobile push."""
        return "platform" in self.env

    @property
    def ordering(self) -> str:
        """The order that the channel keeps."""
        return str(self.node.settings.get("ordering", "none"))


@dataclass(frozen=True)
class StoreAdapter(Adapter):
    """A store's module: which of the store functions the program uses."""

    functions: frozenset[str] = frozenset()
    prefix: str = ""

    def has(self, *names: str) -> bool:
        """Whether the program uses one of these store functions."""
        return not self.functions.isdisjoint(names)

    @property
    def readable(self) -> bool:
        """Whether the program may read."""
        return self.verb in ("read", "read-write")

    @property
    def writable(self) -> bool:
        """Whether the program may write."""
        return self.verb in ("write", "read-write")

    @property
    def consistent(self) -> bool:
        """Whether readers must see the newest value."""
        return self.node.settings.get("consistency") in ("strong", "transactions")

    @property
    def table(self) -> str:
        """The SQL table's name."""
        return f"{self.subject.replace('-', '_')}_items"


@dataclass(frozen=True)
class Code:
    """The code of one program: its door, what it does, and its adapters. `plan` is what targets know of it."""

    plan: Program
    runtime: Runtime
    door: Door
    service: ServiceKind
    stores: tuple[StoreAdapter, ...] = ()
    channels: tuple[Adapter, ...] = ()
    secrets: tuple[Adapter, ...] = ()
    calls: tuple[Adapter, ...] = ()
    results_prefix: str = ""

    @property
    def id(self) -> str:
        """The component's id."""
        return self.plan.id

    @property
    def folder(self) -> str:
        """The program's folder."""
        return self.plan.directory

    @property
    def parts(self) -> tuple[str, ...]:
        """The helper modules that its door needs."""
        found: list[str] = []
        if self.door.shell in ("lambda_http", "lambda_websocket", "lambda_graphql"):
            found.append("caller")
        if self.authorizes:
            found.append("authorizer")
        if self.service == "work" and self.door.shell != "container_loop":
            found.append("message")
        if self.runtime == "container":
            found.append("log")
        return tuple(found)

    @property
    def authorizes(self) -> bool:
        """Whether it holds a Lambda authoriser."""
        return self.door.shell == "lambda_websocket" and self.door.identity in ("cognito", "oidc")

    @property
    def health(self) -> str:
        """The path on which it says that it is well, where it answers HTTP."""
        return HEALTH_PATH if self.door.shell in ("container_web", "lambda_http") else ""

    @property
    def browsers(self) -> bool:
        """Whether its answers must name the one origin that browsers may call from."""
        return any(variable.name == "ALLOWED_ORIGIN" for variable in self.plan.env)

    @property
    def connections_env(self) -> str:
        """The environment variable with the address by which connections are reached."""
        return next((v.name for v in self.plan.env if v.name.endswith("_CONNECTIONS_URL")), "")

    @property
    def steps(self) -> bool:
        """Whether it does several steps of a state machine."""
        workflow = self.door.workflow
        return workflow is not None and sum(state.kind == "task" for state in workflow.states) > 1

    @property
    def compensates(self) -> bool:
        """Whether its state machine can ask it to undo."""
        workflow = self.door.workflow
        return workflow is not None and any(state.id == "compensate" for state in workflow.states)

    @property
    def adapters(self) -> tuple[str, ...]:
        """The names of all adapter modules, sorted."""
        found = [*self.stores, *self.channels, *self.secrets, *self.calls]
        return tuple(sorted(a.module for a in found))

    @property
    def reads(self) -> tuple[StoreAdapter, ...]:
        """Stores that are read."""
        return tuple(s for s in self.stores if s.readable)

    @property
    def writes(self) -> tuple[StoreAdapter, ...]:
        """Stores that are written."""
        return tuple(s for s in self.stores if s.writable)

    @property
    def deletes(self) -> tuple[StoreAdapter, ...]:
        """Stores of which items may be removed: only reading and writing together includes removing."""
        return tuple(s for s in self.stores if s.verb == "read-write")

    @property
    def writes_files(self) -> bool:
        """Whether it writes files and not only items."""
        return any(s.has("put_file") for s in self.stores)

    @property
    def primary(self) -> StoreAdapter | None:
        """The store that answers questions about items: read and written if there is one, else one that is read."""
        return next(iter((*self.deletes, *self.reads)), None)

    @property
    def related(self) -> tuple[StoreAdapter, ...]:
        """Stores that know more about an item of the primary store."""
        return tuple(s for s in self.reads if s is not self.primary and not s.writable)

    @property
    def looks_up(self) -> tuple[StoreAdapter, ...]:
        """Stores in which a message's id is looked up."""
        return tuple(s for s in self.reads if not s.writable)

    @property
    def can_read(self) -> bool:
        """Whether callers can read items."""
        return self.primary is not None

    @property
    def can_change(self) -> bool:
        """Whether callers can replace and remove items."""
        return bool(self.deletes)

    @property
    def can_create(self) -> bool:
        """Whether callers can send new items."""
        return bool(self.writes or self.channels or self.calls) or not self.stores


def codes(plan: Plan) -> tuple[Code, ...]:
    """Return the code of all programs of a plan; Unsupported names what nothing is written for."""
    return tuple(_code(plan.architecture, program) for program in plan.programs)


def _code(architecture: Architecture, program: Program) -> Code:
    node = program.node
    runtime: Runtime = "container" if program.kind == "container" else "lambda"
    door = door_of(architecture, node, runtime)
    reached = [(edge, architecture.node(edge.target)) for edge in program.uses]
    reading = any(e.verb in ("read", "read-write") and n.service in STORES for e, n in reached)
    kind = _service_kind(door, reading)
    emitters = frozenset(n.id for n in architecture.nodes if architecture.leaving(n.id, "emit"))
    writes_back = any(e.target in emitters and e.verb in _WRITING for e in program.uses)
    prefix = RESULTS_PREFIX if writes_back and kind == "work" else ""
    names = [v.name for v in program.env]
    return Code(
        program, runtime, door, kind, tuple(_stores(reached, kind, names, emitters if prefix else frozenset())),
        tuple(_adapter("channel", e, n, names) for e, n in reached if e.verb == "publish" and _known(e, n, CHANNELS)),
        tuple(_adapter("secret", e, n, names) for e, n in reached if e.verb == "get-secret"),
        tuple(_adapter("call", e, n, names) for e, n in reached if e.verb == "call" and _known(e, n, CALLS)),
        prefix,
    )  # fmt: skip


def _service_kind(door: Door, reading: bool) -> ServiceKind:
    if door.shell in ("lambda_http", "container_web", "lambda_graphql"):
        return "items"
    if door.shell == "lambda_websocket":
        return "chat"
    return "summary" if door.timed and reading else "work"


def _stores(
    reached: Iterable[tuple[Edge, Node]], kind: ServiceKind, names: list[str], emitters: frozenset[str]
) -> Iterable[StoreAdapter]:
    verbs: dict[str, set[str]] = {}
    found: dict[str, tuple[Edge, Node]] = {}
    for edge, node in reached:
        if edge.verb in ("read", "write", "read-write") and _known(edge, node, STORES):
            verbs.setdefault(node.id, set()).add(edge.verb)
            found.setdefault(node.id, (edge, node))
    joined = {id: found[id][0].verb if len(verbs[id]) == 1 else "read-write" for id in found}
    primary = next((id for verb in ("read-write", "read") for id in joined if joined[id] == verb), None)
    for id, (edge, node) in found.items():
        verb = joined[id]
        adapter = _adapter("store", edge, node, names)
        own = RESULTS_PREFIX if node.id in emitters and verb in _WRITING else ""
        yield StoreAdapter(
            adapter.module, adapter.subject, adapter.field, node, verb, adapter.env,
            _functions(kind, verb, node.service, id == primary), own,
        )  # fmt: skip


#: (what the program does, what it may do with the store) -> the store functions that it uses.
_FUNCTIONS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("items", "read"): ("get", "owned_by"),
    ("items", "write"): ("put",),
    ("items", "read-write"): ("get", "owned_by", "put", "delete"),
    ("work", "read"): ("get",),
    ("work", "write"): ("put_once",),
    ("work", "read-write"): ("put_once",),
    ("summary", "read"): ("read_all",),
    ("summary", "write"): ("put",),
    ("summary", "read-write"): ("read_all", "put"),
    ("chat", "read"): ("get", "read_all"),
    ("chat", "write"): ("put",),
    ("chat", "read-write"): ("get", "read_all", "put", "delete"),
}


def _functions(kind: ServiceKind, verb: str, service: str, primary: bool) -> frozenset[str]:
    names = _FUNCTIONS[kind, verb]
    if kind == "items" and not primary:
        # Callers ask the primary store; the others only follow it, or add what they know of an item.
        names = ("get",) if verb == "read" else tuple(n for n in names if n in ("put", "delete"))
    if kind == "summary" and service == "s3":
        names = tuple("put_file" if name == "put" else name for name in names)
    return frozenset(names)


def _adapter(kind: str, edge: Edge, node: Node, names: list[str]) -> Adapter:
    word = node.subject.replace("-", "_")
    return Adapter(f"{kind}_{word}", node.subject, word, node, edge.verb, _env(node, names))


#: The end of an environment variable's name -> the word by which templates ask for it.
_WORDS = (
    ("_TABLE_NAME", "table"), ("_BUCKET_NAME", "bucket"), ("_CLUSTER_ARN", "cluster"), ("_SECRET_ARN", "secret"),
    ("_DATABASE", "database"), ("_QUEUE_URL", "queue"), ("_TOPIC_ARN", "topic"), ("_BUS_NAME", "bus"),
    ("_STREAM_NAME", "stream"), ("_PLATFORM_APPLICATION_ARN", "platform"), ("_FUNCTION_NAME", "function"), ("_STATE_MACHINE_ARN", "state_machine"),
    ("_URL", "url"),
)  # fmt: skip


def _env(node: Node, names: list[str]) -> dict[str, str]:
    prefix = node.subject.replace("-", "_").upper()
    return {word: prefix + suffix for suffix, word in _WORDS if prefix + suffix in names}


def _known(edge: Edge, node: Node, known: Iterable[str]) -> bool:
    if node.service in known:
        return True
    reason = Text(
        f"There is no code yet by which a program can reach {node.title.en} ({edge.verb}).",
        f"プログラムから{node.title.ja}に接続するコード（{edge.verb}）はまだありません。",
    )
    raise Unsupported(edge.id, reason)
