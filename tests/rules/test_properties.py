"""What services do that a demand may exclude: dated facts with sources, and for each demand who is out and who stays."""

import pytest

from advisor.book import Book
from advisor.decision import Decision
from advisor.explanation.engine import decide
from advisor.requirements import make_requirements
from advisor.vocabulary.demands import DEMANDS, PROPERTIES, START_TIME
from rules import load_book

BOOK = load_book()
STATED = [(service.id, stated) for service in BOOK.services.values() for stated in service.properties]
KINDS = {"property", "feature", "hard-limit"}


@pytest.mark.parametrize(("service", "stated"), STATED, ids=[f"{s}-{p.role}-{p.fact}-{len(p.when)}" for s, p in STATED])
def test_a_property_rests_on_a_dated_fact_that_decides(service: str, stated: object) -> None:
    fact = BOOK.facts[stated.fact]  # type: ignore[attr-defined]
    assert fact.kind in KINDS, f"{fact.id} is a {fact.kind}"
    assert fact.decides
    assert fact.confidence != "low"
    assert fact.value(BOOK.newest) is not None
    assert service in BOOK.role(stated.role).candidates  # type: ignore[attr-defined]
    if stated.name == START_TIME:  # type: ignore[attr-defined]
        assert fact.unit == "s"
        assert fact.value(BOOK.newest) > 0


def test_facts_of_the_kind_property_are_properties() -> None:
    used = {stated.fact for _, stated in STATED}
    properties = {fact.id for fact in BOOK.facts.values() if fact.kind == "property"}
    assert properties <= used, "a property that no service states decides nothing"


def test_every_property_is_stated_of_some_service() -> None:
    assert {stated.name for _, stated in STATED} == set(PROPERTIES)


CALLED = {"trigger": "request"}
#: The demand, what is asked, and the candidates of a role that it excludes and that stay.
CASES: tuple[tuple[str, str, dict[str, object], str, set[str], str], ...] = (
    ("nothing-while-idle", "component", CALLED | {"portability": True}, "entry", {"alb", "nlb"}, "api-gateway-http"),
    ("nothing-while-idle", "component", CALLED | {"cold_start_ok": False}, "compute", {"lambda", "ecs", "ec2", "eks"}, ""),
    ("nothing-while-idle", "component", CALLED | {"cold_start_ok": False, "language": "java"}, "compute", {"ecs"}, "lambda"),
    ("nothing-while-idle", "component", CALLED | {"cold_start_ok": False, "language": "go"}, "compute", {"lambda"}, ""),
    ("nothing-while-idle", "component", {"trigger": "schedule", "longest_run_s": 3600}, "compute", {"ec2"}, "ecs"),
    ("nothing-while-idle", "component", {"trigger": "message", "longest_run_s": 3600}, "compute", {"ec2"}, "ecs"),
    ("nothing-while-idle", "component", {"trigger": "message", "longest_run_s": 60}, "compute", {"ecs"}, "lambda"),
    ("nothing-while-idle", "component", {"waf": True}, "firewall", {"waf"}, ""),
    ("nothing-while-idle", "component", {"caching": True}, "entry", {"api-gateway-rest"}, ""),
    ("nothing-while-idle", "channel", {"carries": "records"}, "messaging", {"kinesis", "msk"}, "sqs"),
    ("nothing-while-idle", "channel", {"carries": "records", "replay": True, "ordering": "per-key"}, "messaging", {"kinesis", "msk"}, "sns-fifo"),
    ("nothing-while-idle", "store", {"access": "relational"}, "store", {"rds"}, "aurora-serverless"),
    ("nothing-while-idle", "store", {"access": "cache"}, "store", {"elasticache-serverless"}, ""),
    ("nothing-while-idle", "store", {"access": "vectors", "query_ms": 500}, "store", {"opensearch-serverless"}, "s3-vectors"),
    ("nothing-while-idle", "store", {"access": "vectors", "query_ms": 99}, "store", {"opensearch-serverless"}, ""),
    ("no-hourly-entry", "component", CALLED | {"packaging": "container-image"}, "entry", {"alb", "nlb"}, "api-gateway-http"),
    ("spot", "component", {}, "compute", {"lambda", "ecs-express", "lambda-managed-instances"}, "ecs"),
    ("spot", "component", {"os": "windows", "packaging": "container-image"}, "engine", {"fargate"}, "ec2"),
    ("no-servers", "component", CALLED | {"packaging": "container-image"}, "engine", {"ec2", "ecs-managed-instances"}, "fargate"),
    ("no-servers", "store", {"access": "relational", "shape": "steady"}, "store", {"rds"}, "aurora-serverless"),
    ("no-servers", "channel", {"migrates_from": "rabbitmq-jms"}, "messaging", {"amazon-mq"}, ""),
    ("no-containers", "component", {"longest_run_s": 3600}, "compute", {"ecs", "eks", "batch"}, "ec2"),
    ("no-containers", "component", CALLED | {"portability": True}, "compute", {"lambda", "ecs", "eks"}, "ec2"),
    ("no-clusters", "component", {"kubernetes": "house-standard"}, "compute", {"eks"}, ""),
    ("no-clusters", "component", CALLED | {"packaging": "container-image"}, "engine", {"ec2"}, "fargate"),
    ("no-clusters", "channel", {"migrates_from": "kafka"}, "messaging", {"msk"}, ""),
    ("no-functions", "component", {}, "compute", {"lambda", "lambda-durable"}, "ecs"),
    ("managed-only", "component", {"host_control": True}, "engine", {"ec2"}, ""),
    ("managed-only", "component", {"os": "windows", "packaging": "code"}, "compute", {"ec2"}, "ecs"),
    ("managed-only", "component", {"gpu": True, "packaging": "container-image"}, "engine", {"ec2"}, "ecs-managed-instances"),
    ("no-program-change", "component", {}, "compute", {"lambda"}, "ecs"),
    ("no-program-change", "component", CALLED | {"packaging": "container-image"}, "compute", {"lambda-durable"}, "lambda"),
    ("no-program-change", "component", CALLED | {"packaging": "container-image", "protocol": "websocket"}, "compute", {"lambda"}, "ecs"),
    ("no-program-change", "component", {"trigger": "message", "packaging": "container-image"}, "compute", {"lambda"}, "ecs"),
)  # fmt: skip


def decided(kind: str, answers: dict[str, object], *, wide: str = "", own: str = "") -> Decision:
    subject = {"id": "it", **answers} | ({"must": [own]} if own else {})
    parts = {f"{kind}s": [subject], "workload": {"must": [wide]} if wide else {}}
    return decide(make_requirements(parts), BOOK)


@pytest.mark.parametrize("at_workload", [True, False], ids=["workload", "part"])
@pytest.mark.parametrize(("word", "kind", "answers", "role", "out", "stays"), CASES)
def test_a_demand_excludes_what_does_not_meet_it_and_leaves_the_rest(
    word: str, kind: str, answers: dict[str, object], role: str, out: set[str], stays: str, *, at_workload: bool
) -> None:
    demand = next(demand for demand in DEMANDS if demand.word == word)
    decision = decided(kind, answers, wide=word) if at_workload else decided(kind, answers, own=word)
    choice = next(choice for choice in decision.subject("it").choices if choice.role == role)
    for service in out:
        rejected = next(rejected for rejected in choice.rejected if rejected.service == service)
        first = rejected.because[0]
        statement = BOOK.facts[first.id].statement
        assert first.sentence.en == f"{demand.sentence.en} {statement.en}"
        assert first.sentence.ja == f"{demand.sentence.ja.removesuffix('。')}が、{statement.ja}"
        assert first.source == BOOK.facts[first.id].source
        assert not rejected.possible
    left = {rejected.service for rejected in choice.rejected if rejected.possible} | {str(choice.service)}
    assert choice.service is None if not stays else stays in left


def test_every_demand_that_excludes_has_cases_on_both_sides() -> None:
    excluding = {demand.word for demand in DEMANDS if demand.excludes}
    assert {word for word, *_, out, _ in CASES if out} == excluding
    assert {word for word, *_, stays in CASES if stays} == excluding


@pytest.mark.parametrize(("within", "out"), [(0.5, True), (0.999, True), (1, False), (30, False), (None, False)])
def test_a_start_within_a_time_excludes_slower_starts(within: float | None, *, out: bool) -> None:
    answers = {} if within is None else {"start_within_s": within}
    assert ("lambda" in _out(decided("component", answers), "compute")) == out


def test_a_task_that_must_start_at_once_is_no_container() -> None:
    answers = {"trigger": "schedule", "longest_run_s": 3600, "start_within_s": 10}
    decision = decided("component", answers)
    (conflict,) = (c for c in decision.conflicts if c.role == "engine")
    assert {"longest_run_s", "start_within_s"} in [set(fields) for fields in conflict.sets]
    because = next(r.because[0] for c in decision.subject("it").choices if c.role == "engine" for r in c.rejected)
    assert because.sentence.en.startswith("Startup must take at most 10 s. According to AWS")
    assert because.sentence.ja.startswith("起動は 10 秒以内であることが必須ですが、AWS によると")


def _out(decision: Decision, role: str) -> set[str]:
    choice = next(choice for choice in decision.subject("it").choices if choice.role == role)
    return {rejected.service for rejected in choice.rejected if not rejected.possible}


def test_no_service_between_meets_every_demand(book: Book) -> None:
    answers = CALLED | {"logic": "none"}
    for demand in DEMANDS:
        assert "none" not in _out(decided("component", answers, own=demand.word), "compute"), demand.word


@pytest.mark.parametrize(
    ("kind", "answers", "role", "without", "with_it"),
    [
        ("store", {"access": "relational"}, "store", "aurora-serverless", "rds"),
        ("component", CALLED | {"shape": "steady"}, "compute", "lambda", "ecs"),
    ],
)
def test_predictable_cost_prefers_a_price_by_the_hour(
    kind: str, answers: dict[str, object], role: str, without: str, with_it: str
) -> None:
    assert decided(kind, answers).subject("it").service(role) == without
    assert decided(kind, answers, wide="predictable-cost").subject("it").service(role) == with_it
    assert without not in _out(decided(kind, answers, own="predictable-cost"), role)


def test_spot_warns_that_a_project_starts_on_demand() -> None:
    warned = {warning.id for warning in decided("component", {}, wide="spot").warnings}
    assert "spot-capacity-is-set-by-you" in warned
