"""Refusals: what no target builds is refused by all of them, of the same node or edge and in the same words."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

import blueprints
import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import RequirementsError, make_requirements
from blueprints.errors import Unsupported
from blueprints.plan import Plan, plan_for
from blueprints.refusals import refusals
from blueprints.refusals.services import REFUSALS
from blueprints.refusals.targets import OWN_REFUSALS
from blueprints.targets import TARGETS, target
from blueprints.traits.ec2 import windows
from prove.cases import stories, supplements
from prove.cases.factors import factors
from prove.cases.pairwise import FILE, requirements
from tests.blueprints.answers import NAMES, design_from
from tests.blueprints.graphs import Triple, design_of

SAMPLE, SEED = 90, 20261128
ROOT = Path(blueprints.__file__).parent


def compare(design: Design) -> tuple[Unsupported, ...]:
    """Return what all targets refuse. Raises AssertionError if they differ by what the table of targets does not hold."""
    return compared(plan_for(design))[0]


def compared(plan: Plan) -> tuple[tuple[Unsupported, ...], dict[str, tuple[Unsupported, ...]]]:
    """Return what all targets refuse, and what each refuses; raises AssertionError as `compare` does."""
    refused = {one.id: one.check(plan) for one in TARGETS}
    common = {id: _common(plan, id, found) for id, found in refused.items()}
    assert len(set(common.values())) == 1, common
    for one in TARGETS:
        if not refused[one.id]:
            assert one.files(plan, "en")
    return common["sam"], refused


def _common(plan: Plan, id: str, found: tuple[Unsupported, ...]) -> tuple[Unsupported, ...]:
    if not found or refusals(plan):
        return found
    own = [refused for row in OWN_REFUSALS if id in row.targets for refused in row.find(plan)]
    return tuple(refused for refused in found if refused not in own)


def test_all_targets_build_every_story_and_supplement(book: Book) -> None:
    for case in (*stories(book), *supplements(book)):
        assert compare(case.design) == (), case.name


def test_all_targets_build_every_pairwise_row(book: Book) -> None:
    for row in yaml.safe_load(FILE.read_text("utf-8")):
        plain = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
        assert compare(advise(make_requirements(requirements(plain)), book)) == (), row


@pytest.mark.parametrize("name", NAMES)
def test_all_targets_refuse_the_same_of_answers_that_no_story_has(name: str, book: Book) -> None:
    design = design_from(name, book)
    refused_by_all, refused = compared(plan_for(design))
    assert refused_by_all == ()
    if any(windows(node) for node in design.architecture.nodes):
        (refusal,) = refused.pop("cdk-typescript")
        assert "Windows" in refusal.reason.en
        with pytest.raises(Unsupported):
            blueprints.build(design, "cdk-typescript", lang="en", extras={})
    assert not any(refused.values()), refused


def odd(count: int, seed: int, book: Book) -> Iterator[dict[str, Any]]:
    """Yield requirements whose answers and pins are drawn: few, some or many, whether they fit together or not."""
    chance, known = random.Random(seed), factors()
    for _ in range(count):
        share = chance.choice((0.05, 0.15, 0.3))
        raw = requirements({one.id: chance.choice(one.levels[1:]) for one in known if chance.random() < share})
        for kind in ("component", "channel", "store"):
            for subject in raw[f"{kind}s"]:
                for role in book.roles:
                    if role.subject == kind and chance.random() < 0.25:
                        subject.setdefault("pins", {})[role.id] = chance.choice(list(role.candidates))
        yield raw


def test_all_targets_refuse_the_same_of_odd_designs(book: Book) -> None:
    refused = built = 0
    for raw in odd(SAMPLE, SEED, book):
        try:
            design = advise(make_requirements(raw), book)
        except RequirementsError:
            continue
        found = compare(design)
        refused += bool(found)
        built += not found
        assert all(one.reason.en and one.reason.ja for one in found)
    assert refused > SAMPLE / 4
    assert built > SAMPLE / 5


STORE: dict[str, Any] = {"id": "data", "multi_region": True}
#: What is refused, by a design of requirements: (requirements, where, words).
ANSWERED: dict[str, tuple[dict[str, Any], str, str]] = {
    "a cache in two Regions": (
        {"components": [{"id": "api", "trigger": "request", "reads": ["data"], "writes": ["data"]}],
         "stores": [{**STORE, "access": "cache", "pins": {"store": "elasticache-serverless"}}]},
        "data.store", "one stack in one Region",
    ),
    "objects in two Regions": (
        {"components": [{"id": "api", "trigger": "request"}], "stores": [{**STORE, "access": "objects"}]},
        "data.store", "one stack in one Region",
    ),
    "a table in two Regions under own keys": (
        {"workload": {"customer_managed_keys": True}, "components": [{"id": "api", "trigger": "request"}],
         "stores": [{**STORE, "access": "key-value"}]},
        "data.store", "requires a key in each",
    ),
    "tasks on nodes of Kubernetes": (
        {"components": [{"id": "job", "trigger": "request", "privileged": True, "pins": {"engine": "eks-node-groups"}}]},
        "job.compute", "Specify another container platform",
    ),
    "an image by a pin alone": (
        {"components": [{"id": "job", "trigger": "request", "pins": {"compute": "ecs-express"}}]},
        "job.compute", "runs as an image",
    ),
    "hosts for a cluster that exists": (
        {"workload": {"existing": ["vpc", "cluster"]},
         "components": [{"id": "job", "trigger": "always-on", "packaging": "container-image", "pins": {"engine": "ec2"}}]},
        "job.compute", "add container instances to an existing cluster",
    ),
    "a public API beside a private one, for a program in the VPC": (
        {"components": [
            {"id": "front", "trigger": "request", "exposure": "private", "calls": ["back", "open"]},
            {"id": "back", "trigger": "request", "exposure": "private", "steps": 3},
            {"id": "open", "trigger": "request", "exposure": "public", "steps": 3},
        ]},
        "front.compute>call>open.entry", "VPC endpoint of the private APIs answers for all APIs",
    ),
    "a job with a GPU on Fargate": (
        {"components": [{"id": "job", "trigger": "on-demand", "gpu": True, "pins": {"engine": "fargate"}}]},
        "job.compute", "does not support GPUs",
    ),
    "pods with a GPU on Fargate": (
        {"components": [{"id": "job", "trigger": "request", "gpu": True, "kubernetes": "house-standard",
                         "packaging": "container-image", "pins": {"engine": "eks-fargate"}}]},
        "job.compute", "does not support GPUs",
    ),
    "a privileged task on Fargate": (
        {"components": [{"id": "job", "trigger": "request", "privileged": True, "pins": {"engine": "fargate"}}]},
        "job.compute", "does not support privileged containers",
    ),
    "a job of Batch on nodes of Kubernetes": (
        {"components": [{"id": "job", "trigger": "on-demand", "gpu": True, "pins": {"engine": "eks-node-groups"}}]},
        "job.compute", "Specify another container platform",
    ),
    "a delivery stream to nowhere": (
        {"components": [{"id": "job", "trigger": "schedule", "publishes": ["news"]}],
         "channels": [{"id": "news", "pins": {"messaging": "firehose"}}]},
        "news.messaging", "no destination bucket",
    ),
    "an HTTP API for the own network alone": (
        {"components": [{"id": "job", "trigger": "request", "exposure": "private", "pins": {"entry": "api-gateway-http"}}]},
        "job.entry", "can be called from anywhere",
    ),
    "two file systems of one function": (
        {"components": [{"id": "job", "trigger": "schedule", "reads": ["old"], "writes": ["new"]}],
         "stores": [{"id": id, "access": "files"} for id in ("old", "new")]},
        "job.compute", "can mount one file system",
    ),
    "a file system of a function on Managed Instances": (
        {"components": [{"id": "job", "trigger": "schedule", "reads": ["old"], "pins": {"compute": "lambda-managed-instances"}}],
         "stores": [{"id": "old", "access": "files"}]},
        "job.compute", "not confirmed",
    ),
    "a CDN before callers who sign": (
        {"components": [{"id": "job", "trigger": "request", "cdn": True, "authentication": "aws-iam"}]},
        "job.delivery", "for the host name of the endpoint",
    ),
    "a CDN before a slow function": (
        {"components": [{"id": "job", "trigger": "request", "cdn": True, "response_s": "300 s", "pins": {"entry": "lambda-function-url"}}]},
        "job.delivery", "waits at most 120 seconds",
    ),
    "a CDN before a load balancer that signs people in": (
        {"components": [{"id": "job", "trigger": "request", "cdn": True, "packaging": "container-image",
                         "authentication": "sign-up", "pins": {"entry": "alb"}}]},
        "job.delivery", "its own host name after their sign-in",
    ),
    "a CDN before two buckets": (
        {"components": [{"id": "job", "trigger": "request", "logic": "none", "cdn": True, "reads": ["old", "new"]}],
         "stores": [{"id": id, "access": "objects"} for id in ("old", "new")]},
        "job.delivery", "a component for each bucket",
    ),
    "uploads through a CDN": (
        {"components": [{"id": "job", "trigger": "request", "logic": "none", "cdn": True, "writes": ["new"]}],
         "stores": [{"id": "new", "access": "objects"}]},
        "job.delivery>write>new.store", "accepts no uploads",
    ),
}  # fmt: skip
#: What is refused of a graph that lacks a connection: (its one connection, the verb that is taken away, words).
LACKING: dict[str, tuple[Triple, str, str]] = {
    "eventbridge-scheduler": (("eventbridge-scheduler", "start", "lambda"), "start", "has no target"),
    "eventbridge-pipes": (("kinesis", "consume", "eventbridge-pipes"), "start", "no source or no target"),
    "eventbridge-bus": (("aws-service", "emit", "eventbridge-bus"), "start", "No component consumes"),
    "lambda-function-url": (("client", "request", "lambda-function-url"), "invoke", "has no target"),
    "cloudfront": (("client", "load", "cloudfront"), "fetch", "no origin bucket"),
    "step-functions-standard": (("lambda", "call", "step-functions-standard"), "run", "has no steps"),
}


@pytest.mark.parametrize("name", ANSWERED)
def test_what_a_service_refuses_is_refused_by_every_target(name: str, book: Book) -> None:
    raw, where, words = ANSWERED[name]
    found = compare(advise(make_requirements(raw), book))
    assert [one.where for one in found] == [where], found
    assert words in found[0].reason.en


@pytest.mark.parametrize("service", LACKING)
def test_what_lacks_a_connection_is_refused_by_every_target(service: str, book: Book) -> None:
    key, verb, words = LACKING[service]
    design = design_of(book, [key])
    graph = design.architecture
    without = tuple(edge for edge in graph.edges if graph.key(edge)[:2] != (service, verb))
    found = compare(replace(design, architecture=replace(graph, edges=without)))
    assert words in found[0].reason.en, found


def test_a_connection_that_the_book_does_not_know_is_refused_by_every_target(book: Book) -> None:
    design = design_of(book, [("lambda", "write", "dynamodb")])
    (edge,) = design.architecture.edges
    strange = replace(edge, verb="call", settings={"unknown": True})
    (refused,) = compare(replace(design, architecture=replace(design.architecture, edges=(strange,))))
    assert (refused.where, "does not support the connection" in refused.reason.en) == (edge.id, True)


def test_what_one_target_refuses_alone_stands_in_a_table_with_its_reason(book: Book) -> None:
    assert {path.relative_to(ROOT).as_posix() for target_ in ("sam", "cdk") for path in (ROOT / target_).rglob("*.py") if "Unsupported(" in path.read_text("utf-8")} == {"cdk/sections.py"}  # fmt: skip
    ids = {one.id for one in TARGETS}
    assert all(row.why.endswith(".") and 0 < len(row.targets) < len(ids) and ids >= set(row.targets) for row in OWN_REFUSALS)  # fmt: skip


def test_cdk_alone_refuses_the_thirtieth_second_of_an_api(book: Book) -> None:
    raw = {"components": [{"id": "api", "trigger": "request", "response_s": "30 s", "longest_run_s": "30 s"}]}
    design = advise(make_requirements(raw), book)
    plan = plan_for(design)
    (api,) = [node for node in plan.architecture.nodes if node.role == "entry"]
    nodes = tuple(replace(node, settings={**node.settings, "timeout_s": 30}) if node == api else node for node in plan.architecture.nodes)  # fmt: skip
    late = plan_for(replace(design, architecture=replace(plan.architecture, nodes=nodes)))
    assert refusals(late) == target("sam").check(late) == ()
    for id in ("cdk-python", "cdk-typescript"):
        assert [one.where for one in target(id).check(late)] == [api.id]
        with pytest.raises(Unsupported):
            target(id).files(late, "en")


def test_every_service_that_refuses_is_one_of_the_book() -> None:
    assert set(REFUSALS) <= set(rules.load_book().services)


def test_grpc_is_refused_while_programs_serve_http(book: Book) -> None:
    component = {"id": "prices", "title": "Prices", "trigger": "request", "protocol": "grpc"}
    design = advise(make_requirements({"schema": 2, "components": [component]}), book)
    (refused,) = compare(design)
    assert refused.where == "prices.compute"
    assert "gRPC" in refused.reason.en
    other = advise(make_requirements({"schema": 2, "components": [component | {"protocol": "http"}]}), book)
    assert compare(other) == ()


@pytest.mark.parametrize(
    ("engine", "refused"), [("postgresql", False), ("any", False), ("mysql", True), ("oracle", True)]
)
def test_only_projects_with_postgresql_are_generated(engine: str, refused: bool, book: Book) -> None:
    worker = {"id": "app", "trigger": "request", "packaging": "container-image", "writes": ["orders"]}
    store = {"id": "orders", "access": "relational", "database_engine": engine}
    design = advise(make_requirements({"schema": 2, "components": [worker], "stores": [store]}), book)
    assert ["PostgreSQL" in one.reason.en for one in compare(design)] == [True] * refused


def test_websocket_connections_are_refused_where_a_program_would_hold_them(book: Book) -> None:
    live: dict[str, Any] = {"id": "live", "trigger": "request", "protocol": "websocket", "packaging": "container-image"}
    held = {**live, "pins": {"compute": "ecs", "entry": "alb"}}
    (refused,) = compare(advise(make_requirements({"schema": 2, "components": [held]}), book))
    assert "must serve WebSocket itself" in refused.reason.en
    by_api = {**live, "packaging": "code", "pins": {"entry": "api-gateway-websocket"}}
    refusals = compare(advise(make_requirements({"schema": 2, "components": [by_api]}), book))
    assert not any("must serve WebSocket itself" in refusal.reason.en for refusal in refusals)


WAITING: dict[str, Any] = {
    "id": "work",
    "trigger": "schedule",
    "steps": 3,
    "waits_for": ["callback"],
    "wait_s": "1 day",
}
ANSWERING: dict[str, Any] = {"id": "back", "trigger": "callback", "authentication": "signature", "calls": ["work"]}


def waiting(book: Book, *components: dict[str, Any]) -> list[str]:
    return [one.reason.en for one in compare(advise(make_requirements({"components": list(components)}), book))]


def test_a_callback_that_another_component_receives_is_awaited(book: Book) -> None:
    assert waiting(book, WAITING, ANSWERING) == []
    assert waiting(book, WAITING | {"waits_for": ["other-system"]}) == []


@pytest.mark.parametrize(
    "others",
    [
        [],
        [ANSWERING | {"authentication": "none"}],
        [ANSWERING | {"trigger": ["callback", "request"]}],
        [ANSWERING | {"packaging": "container-image", "pins": {"compute": "ecs"}}],
        [ANSWERING, {"id": "other", "trigger": "request", "calls": ["back"]}],
        [ANSWERING | {"calls": ["work", "work-2"]}, WAITING | {"id": "work-2"}],
    ],
    ids=["nobody", "unsigned", "requests", "container", "called", "two"],
)
def test_a_callback_that_no_component_can_receive_is_refused(others: list[dict[str, Any]], book: Book) -> None:
    said = waiting(book, WAITING, *others)
    assert any('"work" waits for a callback, but no component receives it. Add a component' in one for one in said)


@pytest.mark.parametrize(
    "answers",
    [
        {"pins": {"compute": "lambda-durable"}},
        {"packaging": "container-image", "pins": {"compute": "ecs"}},
        {"parallel_items": 20},
    ],
    ids=["durable", "container", "map"],
)
def test_a_callback_that_no_step_can_await_is_refused(answers: dict[str, Any], book: Book) -> None:
    assert any("Generated projects support this only for" in one for one in waiting(book, WAITING | answers, ANSWERING))


@pytest.mark.parametrize(
    ("kind", "pin", "refused"),
    [("push", "eventbridge-bus", True), ("push", "sqs-fifo", True), ("push", "sns", False), ("email", "sqs", False)],
)
def test_push_notifications_are_refused_where_no_records_prevent_repetitions(
    kind: str, pin: str, refused: bool, book: Book
) -> None:
    requirements = {
        "components": [
            {"id": "work", "trigger": "request", "reads": ["data"], "writes": ["data"], "publishes": ["news"]}
        ],
        "stores": [{"id": "data"}],
        "channels": [{"id": "news", "destinations": [{"kind": kind}, {"kind": "saas"}], "pins": {"messaging": pin}}],
    }
    reasons = compare(advise(make_requirements(requirements), book))
    assert any("push notifications" in str(reason) for reason in reasons) == refused
