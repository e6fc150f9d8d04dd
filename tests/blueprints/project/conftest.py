"""Projects on disk: every story's, and one made of the connections that no story has."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from advisor.architecture import Architecture, Edge, Node, State
from advisor.book import Book
from advisor.design import Design
from advisor.text import Text
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from blueprints.project import project_files
from prove.cases import supplements
from tests.blueprints.answers import NAMES, design_from

ROOT = Path(__file__).parents[3]


def node(subject: str, role: str, service: str, **settings: object) -> Node:
    """Return a node as the wiring makes it."""
    word = Text.same(service)
    kept = {key: value for key, value in settings.items() if key != "states"}
    states = settings.get("states", ())
    return Node(f"{subject}.{role}", service, "service", subject, role, word, word, service, None, kept, states)  # type: ignore[arg-type]


def edge(source: str, verb: str, target: str) -> Edge:
    """Return an edge; what it says and permits does not matter to a program."""
    word = Text.same(verb)
    return Edge(f"{source}>{verb}>{target}", source, verb, target, word, word, "sync")


STEPS = (
    State("start", "start", Text.same("Start"), next=("step-1",)),
    State("step-1", "task", Text.same("1"), next=("step-2",), on_error="compensate-1", settings={"step": 1}),
    State("step-2", "task", Text.same("2"), next=("end",), on_error="compensate-2", settings={"step": 2}),
    State("end", "end", Text.same("End")),
    State(
        "compensate-2",
        "task",
        Text.same("Undo 2"),
        next=("compensate-1",),
        settings={"step": 2, "action": "compensate"},
    ),
    State("compensate-1", "task", Text.same("Undo 1"), next=("failed",), settings={"step": 1, "action": "compensate"}),
    State("failed", "fail", Text.same("Failed")),
)
STORES = (
    node("table", "store", "dynamodb"),
    node("strict", "store", "dynamodb", consistency="strong"),
    node("bucket", "store", "s3"),
    node("database", "store", "aurora-serverless"),
    node("cache", "store", "elasticache-serverless"),
    node("spread", "store", "aurora-dsql"),
    node("found", "store", "opensearch-serverless"),
    node("instance", "store", "rds"),
)
CHANNELS = (
    node("queue", "messaging", "sqs"),
    node("ordered", "messaging", "sqs-fifo", ordering="per-key"),
    node("topic", "messaging", "sns"),
    node("ordered-topic", "messaging", "sns-fifo", ordering="global"),
    node("bus", "messaging", "eventbridge-bus"),
    node("stream", "messaging", "kinesis"),
)
IDENTITIES = (
    node("workload", "cognito", "cognito"),
    node("workload", "oidc", "oidc"),
    node("workload", "iam-auth", "iam-auth"),
)
#: Component -> (compute, settings, edges that enter it, edges that leave it). "self" stands for the component's compute.
PROGRAMS: dict[str, tuple[str, dict[str, object], list[tuple[str, str]], list[tuple[str, str]]]] = {
    "by-url": ("lambda", {}, [("by-url.entry", "invoke")], [("read-write", "bucket.store"), ("get-secret", "by-url.secrets")]),
    "by-alb": ("lambda", {}, [("by-alb.entry", "invoke")], [("read", "strict.store"), ("read", "bucket.store")]),
    "by-rest": ("lambda", {"image": True}, [("by-rest.entry", "invoke")], [("write", "database.store")]),
    "web": ("ecs", {"run": "service"}, [("web.entry", "invoke")], [("read-write", "database.store"), ("publish", "bus.messaging")]),
    "graph": ("lambda", {}, [("graph.entry", "invoke")], [("read-write", "table.store"), ("publish", "stream.messaging")]),
    "chat": ("lambda", {}, [("chat.entry", "invoke")], [("read-write", "table.store"), ("publish", "topic.messaging"), ("push", "chat.entry")]),
    "in-order": ("lambda", {}, [("ordered.messaging", "consume")], [("write", "table.store"), ("publish", "ordered.messaging")]),
    "on-change": ("lambda", {}, [("table.store", "stream")], [("write", "database.store"), ("publish", "ordered-topic.messaging")]),
    "on-upload": ("lambda", {}, [("bus.messaging", "start")], [("read-write", "bucket.store"), ("publish", "queue.messaging")]),
    "on-topic": ("lambda", {}, [("topic.messaging", "deliver")], [("write", "strict.store"), ("call", "called.compute")]),
    "on-pipe": ("lambda", {}, [("changes.events", "start")], [("write", "bucket.store"), ("get-secret", "on-pipe.secrets")]),
    "called": ("lambda", {}, [("on-topic.compute", "call")], [("read", "database.store"), ("write", "table.store")]),
    "hourly": ("lambda", {}, [("hourly.schedule", "start")], [("read", "database.store"), ("read", "bucket.store"), ("write", "table.store")]),
    "turning": ("lambda", {"trigger": "always-on"}, [], [("publish", "bus.messaging")]),
    "steps": ("lambda", {}, [("steps.workflow", "run")], [("read", "table.store"), ("write", "strict.store"), ("publish", "topic.messaging")]),
    "adding": ("lambda", {}, [("adding.workflow", "run")], [("read", "table.store"), ("write", "database.store"), ("get-secret", "adding.secrets")]),
    "job": ("batch", {"run": "job"}, [("job.workflow", "run")], [("read-write", "table.store"), ("call", "by-rest.entry"), ("publish", "ordered.messaging")]),
    "worker": ("ecs", {"run": "worker", "batch_size": 1}, [("ordered.messaging", "consume")], [("read", "strict.store"), ("write", "bucket.store"), ("call", "steps.workflow")]),
    "board": ("ecs", {"run": "service"}, [("board.entry", "invoke")], [("read", "strict.store")]),
    "by-cache": ("lambda", {}, [("by-cache.entry", "invoke")], [("read-write", "cache.store")]),
    "cached": ("ecs", {"run": "service"}, [("cached.entry", "invoke")], [("read", "cache.store")]),
    "filling": ("ecs", {"run": "worker"}, [("queue.messaging", "consume")], [("read", "cache.store"), ("write", "table.store")]),
    "warming": ("lambda", {}, [("bus.messaging", "start")], [("write", "cache.store")]),
    "counting": ("ecs", {"run": "worker"}, [], [("read", "cache.store"), ("write", "bucket.store")]),
    "by-spread": ("lambda", {}, [("by-spread.entry", "invoke")], [("read-write", "spread.store"), ("read", "instance.store")]),
    "booking": ("ecs", {"run": "worker"}, [("queue.messaging", "consume")], [("write", "spread.store"), ("write", "instance.store")]),
    "ledger": ("ecs", {"run": "service"}, [("ledger.entry", "invoke")], [("read-write", "instance.store")]),
    "closing": ("batch", {"run": "job"}, [("job.workflow", "run")], [("read", "spread.store"), ("write", "bucket.store")]),
    "by-found": ("lambda", {}, [("by-found.entry", "invoke")], [("read-write", "found.store")]),
    "indexing": ("ecs", {"run": "worker"}, [("queue.messaging", "consume")], [("write", "found.store")]),
    "counted": ("ecs", {"run": "worker"}, [], [("read", "found.store"), ("write", "bucket.store")]),
    "loop": ("ec2", {"run": "worker"}, [], [("read", "strict.store"), ("write", "bucket.store"), ("publish", "queue.messaging")]),
}  # fmt: skip
EXTRA = (
    node("by-url", "entry", "lambda-function-url"),
    node("by-alb", "entry", "alb"),
    node("by-rest", "entry", "api-gateway-rest", validation=True),
    node("web", "entry", "alb"),
    node("board", "entry", "alb"),
    node("by-cache", "entry", "lambda-function-url"),
    node("by-spread", "entry", "lambda-function-url"),
    node("by-found", "entry", "lambda-function-url"),
    node("ledger", "entry", "alb"),
    node("cached", "entry", "alb"),
    node("graph", "entry", "appsync"),
    node("chat", "entry", "api-gateway-websocket"),
    node("changes", "events", "eventbridge-pipes"),
    node("hourly", "schedule", "eventbridge-scheduler"),
    node("night", "schedule", "eventbridge-scheduler"),
    node("steps", "workflow", "step-functions-standard", states=STEPS),
    node("adding", "workflow", "step-functions-standard", states=STEPS[:2]),
    node("job", "workflow", "step-functions-standard", states=STEPS),
    node("by-url", "secrets", "secrets-manager"),
    node("on-pipe", "secrets", "secrets-manager"),
    node("adding", "secrets", "secrets-manager"),
)
AROUND = (
    ("by-url.entry", "authorize", "workload.iam-auth"),
    ("by-alb.entry", "authorize", "workload.oidc"),
    ("web.entry", "authorize", "workload.cognito"),
    ("graph.entry", "authorize", "workload.iam-auth"),
    ("chat.entry", "authorize", "workload.oidc"),
    ("bucket.store", "emit", "bus.messaging"),
    ("table.store", "stream", "changes.events"),
    ("night.schedule", "start", "adding.workflow"),
)


def catalogue() -> Architecture:
    """Return an architecture of the connections that no story has."""
    nodes = [*STORES, *CHANNELS, *IDENTITIES, *EXTRA]
    edges = [edge(*around) for around in AROUND]
    for subject, (service, settings, entering, leaving) in PROGRAMS.items():
        own = f"{subject}.compute"
        nodes.append(node(subject, "compute", service, **settings))
        edges += [edge(source, verb, own) for source, verb in entering]
        edges += [edge(own, verb, target) for verb, target in leaving]
    unique = {one.id: one for one in edges}
    return Architecture(tuple(nodes), tuple(unique.values()), ())


def write(files: dict[str, bytes], folder: Path) -> Path:
    """Write a project to disk."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def catalogue_design(designs: dict[str, Design]) -> Design:
    return replace(designs["dynamic-web-api"], architecture=catalogue())


@pytest.fixture(scope="session")
def project_contents(designs: dict[str, Design], book: Book, catalogue_design: Design) -> dict[str, dict[str, bytes]]:
    """The files of every story's project, of those of requirements that lead elsewhere, and of the catalogue's."""
    answered = {f"answers-{name}": design_from(name, book) for name in NAMES}
    answered |= {f"case-{case.name}": case.design for case in supplements(book)}
    plans = {name: plan_for(design) for name, design in {**designs, **answered, "catalogue": catalogue_design}.items()}
    return {name: project_files(plan, "sam", "en", permissions_of(plan)) for name, plan in plans.items()}


@pytest.fixture(scope="session")
def projects(
    project_contents: dict[str, dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Those projects on disk."""
    root = tmp_path_factory.mktemp("projects")
    return {name: write(files, root / name) for name, files in project_contents.items()}


@pytest.fixture(scope="session")
def run(project_python: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run a command of the generated projects' own interpreter."""

    def command(*arguments: str, cwd: Path = ROOT) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([str(project_python), *arguments], cwd=cwd, capture_output=True, text=True, check=False)

    return command
