"""Budgets: no story breaks one; each kind has requirements on both of its sides; a broken one is said and refused."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limited

import blueprints
import rules
from advisor.advise import advise
from advisor.architecture import Budget
from advisor.book import dated
from advisor.budgets import ALLOWED, MEASURES, broken
from advisor.budgets.cures import CURES
from advisor.budgets.table import BOUNDS
from advisor.budgets.words import KINDS, headroom_words, line, quantity_title, sentence, tells
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.sizing.integration_settings import RETRYING
from advisor.text import Text
from tests.advisor.strategies import raw_requirements

BOOK = rules.load_book()
LAMBDA, ECS = {"pins": {"compute": "lambda"}}, {"pins": {"compute": "ecs"}, "packaging": "container-image"}
BATCH = {"pins": {"compute": "batch"}, "packaging": "container-image"}


def request(**answers: Any) -> dict[str, Any]:
    return {"components": [{"id": "api", "trigger": "request", **answers}]}


def worker(channel: dict[str, Any], **answers: Any) -> dict[str, Any]:
    job = {"id": "job", "trigger": "message", "listens_to": "work", "longest_run_s": "5 s", **answers}
    return {"components": [job], "channels": [{"id": "work", **channel}]}


def capped(*, routing: bool = False, **answers: Any) -> dict[str, Any]:
    """A function that may process 80 messages at once of 40 a second; where routed, of at most so many."""
    carries = {"carries": "event", "routing": True} if routing else {"carries": "work"}
    return worker({"rate_average_rps": "40/s", **carries}, most_at_once=80, **LAMBDA, **answers)


def stored(item: str, **store: Any) -> dict[str, Any]:
    return {
        "components": [{"id": "job", "trigger": "schedule", "longest_run_s": "5 s", "writes": ["kept"]}],
        "stores": [{"id": "kept", "item_bytes": item, **store}],
    }


def embedded(peak: str) -> dict[str, Any]:
    """An API that writes a vector for each request."""
    api = {"id": "api", "trigger": "request", "rate_peak_rps": peak, "typical_run_s": "10 ms", "writes": ["kept"]}
    return {"components": [{**api, **LAMBDA}], "stores": [{"id": "kept", "access": "vectors"}]}


def nightly(volume: str, *, parts: int = 0, **store: Any) -> dict[str, Any]:
    """A scheduled run of ten minutes that reads a whole store, divided into parts if their number is given."""
    divided = {"parallel_items": parts} if parts else {}
    job = {"id": "job", "trigger": "schedule", "longest_run_s": "10 min", "reads": ["kept"], **divided, **LAMBDA}
    return {"components": [job], "stores": [{"id": "kept", "volume_bytes": volume, **store}]}


def hooks(peak: str, reader: str = "sign-up") -> dict[str, Any]:
    """A webhook whose items people list."""
    hook = {
        "id": "hook",
        "trigger": "request",
        "authentication": "signature",
        "rate_peak_rps": peak,
        "writes": ["kept"],
    }
    desk = {"id": "desk", "trigger": "request", "authentication": reader, "reads": ["kept"]}
    stores = [{"id": "kept", "access": "key-value", "item_bytes": "64 KiB"}]
    return {"components": [hook, desk], "stores": stores}


def beside(given: dict[str, Any], authentication: str) -> dict[str, Any]:
    """Return requirements with a GraphQL API without a program, whose index by owner programs cannot change."""
    graph = {"id": "graph", "trigger": "request", "protocol": "graphql", "logic": "none", "reads": ["kept"]}
    return {**given, "components": [*given["components"], {**graph, "authentication": authentication}]}


def opened(peak: str, **access: Any) -> dict[str, Any]:
    """Items of callers without an identity, or that everybody reads, whose size is not stated: each takes a unit at least."""
    who = {"authentication": "sign-up", **access} if access else {"authentication": "none"}
    api = {"id": "api", "trigger": "request", "rate_peak_rps": peak, "typical_run_s": "10 ms", **who}
    return {
        "components": [{**api, "reads": ["kept"], "writes": ["kept"]}],
        "stores": [{"id": "kept", "access": "key-value"}],
    }


def from_devices(peak: str) -> dict[str, Any]:
    """Records that nothing of the workload sends, and whose results people list."""
    keeper = {
        "id": "latest",
        "trigger": "stream",
        "listens_to": "records",
        "writes": ["kept"],
        "typical_run_s": "10 ms",
    }
    desk = {"id": "desk", "trigger": "request", "authentication": "sign-up", "reads": ["kept"]}
    channel = {"id": "records", "carries": "records", "message_bytes": "2 KiB", "rate_peak_rps": peak}
    return {
        "components": [keeper, desk],
        "channels": [channel],
        "stores": [{"id": "kept", "access": "key-value"}],
    }


def readings(peak: str, **channel: Any) -> dict[str, Any]:
    """Records that devices send with an API key, and of which people list what becomes of them."""
    sender = {"id": "ingest", "trigger": "request", "api_keys": True, "publishes": ["records"]}
    keeper = {
        "id": "job",
        "trigger": "message",
        "listens_to": "records",
        "writes": ["kept"],
        "rate_peak_rps": peak,
        "typical_run_s": "10 ms",
    }
    desk = {"id": "desk", "trigger": "request", "authentication": "existing-provider", "reads": ["kept"]}
    stores = [{"id": "kept", "access": "key-value", **({} if channel else {"item_bytes": "4 KiB"})}]
    return {"components": [sender, keeper, desk], "channels": [{"id": "records", **channel}], "stores": stores}


def flow(message: str, *, steps: int = 3, **answers: Any) -> dict[str, Any]:
    return worker({"message_bytes": message}, steps=steps, **(answers or LAMBDA))


def piped(channel: dict[str, Any]) -> dict[str, Any]:
    """A task for each message: a pipe starts the workflow that runs it."""
    return {**worker(channel, **(ECS | {"longest_run_s": "2 h"})), "workload": {"must": ["nothing-while-idle"]}}


def news(rate: str) -> dict[str, Any]:
    channel = {
        "id": "news",
        "carries": "event",
        "destinations": [{"kind": "email"}],
        "rate_average_rps": rate,
        "rate_peak_rps": rate,
    }
    return {"channels": [channel]}


def chat(**answers: Any) -> dict[str, Any]:
    return request(protocol="websocket", pins={"entry": "api-gateway-websocket"}, longest_run_s="5 s", **answers)


def chain(length: int) -> dict[str, Any]:
    """A queue whose consumer starts a workflow, whose steps start another, and so on: only starts are tried again."""
    flow: dict[str, Any] = {"trigger": "on-demand", "longest_run_s": "3 s", "steps": 2, "retries": True}
    names = [f"c{number}" for number in range(length)]
    called = [{"id": a, **flow, "calls": [b]} for a, b in pairwise(names)]
    found = worker({}, calls=[names[0]])
    return {**found, "components": [*found["components"], *called, {"id": names[-1], **flow}]}


#: kind, the bound that decides, requirements within it, requirements beyond it, and what they come to.
CASES: list[tuple[str, str, dict[str, Any], dict[str, Any], str]] = [
    ("timeout", "apigw-http-timeout", request(longest_run_s="30 s", pins={"entry": "api-gateway-http"}),
     request(longest_run_s="31 s", pins={"entry": "api-gateway-http"}), "broken"),
    ("timeout", "api.entry.timeout_s", request(longest_run_s="3 s", response_s="3 s"),
     request(longest_run_s="20 s", response_s="3 s"), "broken"),
    ("timeout", "api.response_s", request(longest_run_s="3 s", response_s="3 s"),
     request(longest_run_s="8 s", response_s="3 s"), "broken"),
    ("timeout", "job.compute.timeout_s", worker({}, longest_run_s="15 min", **LAMBDA),
     worker({}, longest_run_s="20 min", **LAMBDA), "broken"),
    ("timeout", "work.messaging.visibility_timeout_s", worker({}, longest_run_s="10 h", **ECS),
     worker({}, longest_run_s="11 h", **ECS), "broken"),
    ("retention", "work.messaging.retention_s", worker({"retention_s": "10 min"}, longest_run_s="20 s"),
     worker({"retention_s": "60 s"}, longest_run_s="20 s"), "broken"),
    ("retries", RETRYING, chain(1), chain(2), "warned"),
    ("payload", "sfn-payload", flow("256 KiB"), flow("1 MiB"), "broken"),
    ("payload", "ecs-overrides", piped({"message_bytes": "8 KiB"}), piped({"message_bytes": "9 KiB"}), "broken"),
    ("payload", "ecs-overrides", piped({"message_bytes": "8 KiB"}), piped({}), "warned"),
    ("payload", "ecs-overrides", flow("8 KiB", retries=True, **ECS), flow("9 KiB", retries=True, **ECS), "broken"),
    ("payload", "batch-submit-payload", flow("30 KiB", **BATCH), flow("31 KiB", **BATCH), "broken"),
    ("payload", "apigw-ws-message", chat(response_bytes="128 KiB"), chat(response_bytes="129 KiB"), "broken"),
    ("payload", "ddb-item", stored("400 KiB", pins={"store": "dynamodb"}),
     stored("401 KiB", pins={"store": "dynamodb"}), "broken"),
    ("payload", "s3v-metadata", stored("40 KiB", access="vectors", pins={"store": "s3-vectors"}),
     stored("41 KiB", access="vectors", pins={"store": "s3-vectors"}), "broken"),
    # 6,000 pages take ten minutes.
    ("timeout", "job.longest_run_s", nightly("6000 MiB", access="key-value"), nightly("6001 MiB", access="key-value"), "warned"),
    ("timeout", "job.longest_run_s", nightly("12000 MiB", parts=2, access="key-value"),
     nightly("12001 MiB", parts=2, access="key-value"), "warned"),
    ("throughput", "s3v-write-requests", embedded("1000/s"), embedded("1001/s"), "warned"),
    ("payload", "lambda-payload-sync", request(request_bytes="6 MiB", **LAMBDA),
     request(request_bytes="7 MiB", **LAMBDA), "broken"),
    ("payload", "alb-lambda", request(request_bytes="1 MiB", pins={"entry": "alb", "compute": "lambda"}),
     request(request_bytes="2 MiB", pins={"entry": "alb", "compute": "lambda"}), "broken"),
    ("throughput", "sns-email-rate", news("10/s"), news("11/s"), "broken"),
    ("throughput", "apigw-throttle-default", request(rate_peak_rps="10000/s", longest_run_s="10 ms"),
     request(rate_peak_rps="10001/s", longest_run_s="10 ms"), "warned"),
    ("concurrency", "lambda-concurrency-default", request(rate_peak_rps="1000/s", typical_run_s="1 s", **LAMBDA),
     request(rate_peak_rps="1001/s", typical_run_s="1 s", **LAMBDA), "warned"),
    ("concurrency", "job.compute.max_concurrency", capped(typical_run_s="2 s"), capped(typical_run_s="3 s"), "broken"),
    ("concurrency", "job.compute.max_concurrency", capped(longest_run_s="4 s"), capped(longest_run_s="5 s"), "warned"),
    ("concurrency", "job.compute.max_concurrency", capped(typical_run_s="2 s", routing=True),
     capped(typical_run_s="3 s", routing=True), "warned"),
    ("connections", "dsql-connections",
     {"components": [{"id": "api", "trigger": "request", "reads": ["kept"], "rate_peak_rps": "10000/s",
                      "typical_run_s": "1 s", **LAMBDA}],
      "stores": [{"id": "kept", "access": "relational", "pins": {"store": "aurora-dsql"}}]},
     {"components": [{"id": "api", "trigger": "request", "reads": ["kept"], "rate_peak_rps": "10001/s",
                      "typical_run_s": "1 s", **LAMBDA}],
      "stores": [{"id": "kept", "access": "relational", "pins": {"store": "aurora-dsql"}}]}, "warned"),
    ("writes", "ddb-partition-writes", beside(hooks("10/s"), "sign-up"), beside(hooks("20/s"), "sign-up"), "warned"),
    ("writes", "ddb-partition-writes", beside(readings("250/s"), "existing-provider"), beside(readings("251/s"), "existing-provider"), "warned"),
    ("writes", "ddb-partition-writes", beside(from_devices("500/s"), "sign-up"), beside(from_devices("501/s"), "sign-up"), "warned"),
    ("writes", "ddb-partition-writes", beside(opened("1000/s"), "sign-up"), beside(opened("1001/s"), "sign-up"), "warned"),
    ("writes", "ddb-partition-writes", beside(opened("1000/s", open_reads=True), "sign-up"), beside(opened("1001/s", open_reads=True), "sign-up"), "warned"),
    ("writes", "ddb-partition-writes", beside(readings("250/s", message_bytes="4 KiB"), "existing-provider"), beside(readings("251/s", message_bytes="4 KiB"), "existing-provider"), "warned"),
    ("reads", "ddb-partition-reads", nightly("10 GiB", access="key-value"), nightly("20 GiB", access="key-value"),
     "warned"),
    ("reads", "ddb-throughput-default", nightly("400 GiB", parts=100, access="key-value"),
     nightly("800 GiB", parts=100, access="key-value"), "warned"),
    ("read-rate", "s3-connection-rate", nightly("40 GiB", access="objects"), nightly("50 GiB", access="objects"),
     "warned"),
    ("read-rate", "rds-gp3-throughput", nightly("70 GiB", access="relational", pins={"store": "rds"}),
     nightly("80 GiB", access="relational", pins={"store": "rds"}), "warned"),
    ("timeout", "job.longest_run_s", nightly("7 GiB", access="relational", pins={"store": "rds"}),
     nightly("13 GiB", access="relational", pins={"store": "rds"}), "warned"),
    ("timeout", "job.longest_run_s", nightly("10 GiB", access="relational", pins={"store": "aurora-dsql"}),
     nightly("12 GiB", access="relational", pins={"store": "aurora-dsql"}), "warned"),
    ("timeout", "job.longest_run_s", nightly("2 GiB", access="relational", pins={"store": "aurora-serverless"}),
     nightly("3 GiB", access="relational", pins={"store": "aurora-serverless"}), "warned"),
    ("read-rate", "rds-gp3-throughput-large",
     nightly("400 GiB", parts=80, access="relational", pins={"store": "rds"}),
     nightly("700 GiB", parts=80, access="relational", pins={"store": "rds"}), "warned"),
    ("idle", "api.entry.idle_timeout_s", request(response_s="4000 s", pins={"entry": "alb"}, **{"packaging": "container-image"}),
     request(response_s="4001 s", pins={"entry": "alb"}, packaging="container-image"), "broken"),
    ("lifetime", "apigw-ws-duration", chat(connection_s="2 h"), chat(connection_s="3 h"), "broken"),
]  # fmt: skip


def made(parts: dict[str, Any], as_of: str | None = None) -> Design:
    return advise(make_requirements(parts), dated(BOOK, as_of))


def of_kind(design: Design, kind: str, source: str) -> list[Budget]:
    return [b for e in design.architecture.edges for b in e.budgets if (b.kind, b.source) == (kind, source)]


@pytest.mark.parametrize("name", rules.STORIES)
def test_no_budget_of_a_story_is_exceeded(name: str, designs: dict[str, Design]) -> None:
    architecture = designs[name].architecture
    # The vCPU quota of a new account is small: which is told, and raised on request.
    budgets = [b for e in architecture.edges for b in e.budgets if b.source != "fargate-vcpu-quota"]
    assert [sentence(architecture, b).en for b in budgets if not b.ok] == []


@pytest.mark.parametrize(
    ("kind", "source", "within", "beyond", "state"), CASES, ids=[f"{c[0]}-{c[1].split('/')[-1]}" for c in CASES]
)
def test_each_kind_of_budget_has_two_sides(
    kind: str, source: str, within: dict[str, Any], beyond: dict[str, Any], state: str
) -> None:
    kept, exceeded = of_kind(made(within), kind, source), of_kind(made(beyond), kind, source)
    assert kept
    assert all(budget.ok for budget in kept), [line(b).en for b in kept]
    assert state in [budget.state for budget in exceeded], [line(b).en for b in exceeded]
    assert all(budget.headroom >= 0 for budget in kept)
    assert any(budget.headroom < 0 for budget in exceeded)


def test_a_broken_budget_is_a_warning_with_both_numbers_and_the_cure() -> None:
    design = made(flow("1 MiB"))
    warning = next(w for w in design.decision.warnings if w.id == "budget-payload")
    assert (warning.subject, warning.role) == ("job", "workflow")
    assert warning.sentence.en == (
        "Amazon EventBridge Pipes → AWS Step Functions (Standard): payload 1 MiB (one message) exceeds the "
        "limit of 256 KiB. Store the content in S3 and send only its object key."
    )
    assert "1 MiB" in warning.sentence.ja
    assert "256 KiB" in warning.sentence.ja
    assert warning.source == BOOK.facts["sfn-payload"].source


@pytest.mark.parametrize("unstated", ["longest_run_s", "volume_bytes"])
def test_an_assumed_volume_or_run_time_warns_of_no_slow_read(unstated: str) -> None:
    parts = nightly("500 GiB", access="key-value")
    assert "budget-reads" in {warning.id for warning in made(parts).decision.warnings}
    for part in (*parts["components"], *parts["stores"]):
        part.pop(unstated, None)
    assert "budget-reads" not in {warning.id for warning in made(parts).decision.warnings}


def test_a_slow_read_of_a_whole_store_is_warned_of_with_both_numbers_and_generated() -> None:
    design = made(nightly("500 GiB", access="key-value"))
    (warning,) = (w for w in design.decision.warnings if w.id == "budget-reads")
    for text in (warning.sentence.en, warning.sentence.ja):
        assert "109,227" in text
        assert "3,000" in text
        assert "500 GiB" in text
    assert blueprints.check(design, "sam") == ()


def test_a_blueprint_never_holds_a_broken_budget() -> None:
    design = made(flow("1 MiB"))
    refused = blueprints.check(design, "sam")
    assert refused[0].where == broken(design.architecture)[0].edge
    assert "256 KiB" in refused[0].reason.en
    with pytest.raises(blueprints.Unsupported):
        blueprints.build(design, "sam", lang="en", extras={})
    assert blueprints.check(made(flow("256 KiB")), "sam") == ()


def test_a_budget_is_held_against_the_limit_of_the_day() -> None:
    parts = worker({"message_bytes": "512 KiB"}, pins={"compute": "ecs"}, packaging="container-image")
    parts["channels"][0]["pins"] = {"messaging": "sqs"}
    assert [b.state for b in of_kind(made(parts), "payload", "sqs-message-size")] == ["kept"]
    assert [b.state for b in of_kind(made(parts, "2025-08-03"), "payload", "sqs-message-size")] == ["broken"]


def test_headroom_is_never_rounded_up() -> None:
    design = made(stored("1 KiB", pins={"store": "s3"}))
    budgets = of_kind(design, "payload", "s3-object-size")
    assert [headroom_words(budget) for budget in budgets] == ["99%"]
    assert [quantity_title(budget).en for budget in budgets] == ["Object size"]


def test_a_timeout_that_equals_its_load_tells_nothing() -> None:
    design = made(worker({}, **LAMBDA))
    (hidden,) = of_kind(design, "timeout", "work.messaging.visibility_timeout_s")
    assert hidden.counted == Text("6 × the function timeout of 1 min, plus the batch window of 1 s", hidden.counted.ja)
    assert not tells(hidden)
    assert all(tells(budget) for budget in of_kind(design, "timeout", "job.compute.timeout_s"))


def test_the_time_of_a_stream_consumer_is_that_of_its_batch() -> None:
    design = made(worker({"carries": "records", "pins": {"messaging": "kinesis"}}, **LAMBDA))
    (work,) = of_kind(design, "timeout", "job.compute.timeout_s")
    batch = int(str(design.architecture.node("job.compute").settings["batch_size"]))
    assert batch > 1
    assert (work.counted.en, work.have) == (f"{batch} records × 5 s", 5 * batch)


def test_a_pushed_message_is_judged_by_the_largest_response() -> None:
    pushed = of_kind(made(chat()), "payload", "apigw-ws-message")
    assert [budget.counted.en for budget in pushed] == ["the largest request", "the largest response"]
    assert all(budget.ok for budget in pushed)


def test_the_table_names_only_what_is_there() -> None:
    for bound in BOUNDS:
        assert bound.measure in MEASURES
        assert bound.cure in CURES
        assert bound.kind in KINDS
        assert bound.allowed in ALLOWED or bound.allowed in BOOK.facts, bound.allowed
        assert set(bound.verbs) <= {verb for _, verb, _ in BOOK.connections}
    assert {bound.measure for bound in BOUNDS} == set(MEASURES)
    assert {bound.cure for bound in BOUNDS} == set(CURES)
    assert {bound.allowed for bound in BOUNDS} >= set(ALLOWED)


@given(raw_requirements())
@limited(max_examples=60)
def test_random_designs_are_budgeted_and_what_is_broken_is_said_and_refused(raw: dict[str, Any]) -> None:
    design = advise(make_requirements(raw), BOOK)
    for edge in design.architecture.edges:
        for budget in edge.budgets:
            assert budget.edge == edge.id
            assert budget.ok == (budget.have <= budget.allowed * 1.000001)
            said = sentence(design.architecture, budget)
            assert all((said.en, said.ja, line(budget).en, line(budget).ja))
            assert "{" not in budget.counted.en + budget.counted.ja
    if broken(design.architecture):
        assert blueprints.check(design, "sam")
        assert any(warning.id.startswith("budget-") for warning in design.decision.warnings)


def test_a_table_that_is_larger_than_the_memory_is_read_row_by_row_from_the_disk() -> None:
    job = {
        "id": "job",
        "trigger": "schedule",
        "longest_run_s": "2 h",
        "reads": ["kept"],
        "packaging": "container-image",
    }
    store = {"id": "kept", "access": "relational", "pins": {"store": "rds"}, "volume_bytes": "200 GiB"}
    design = made({"components": [job], "stores": [store]})
    (budget,) = [b for b in of_kind(design, "timeout", "job.longest_run_s") if "random read" in b.counted.en]
    # 209,715,200 rows of 1 KiB at 3,000 reads per second: 19 hours, and not the 27 minutes of the throughput.
    assert round(budget.have / 3600) == 19
    assert not budget.ok
    assert "Aggregate in SQL" in budget.cure.en
