"""Every rule keeps to its own examples, and together they come to the choices that the talk and the house expect."""

import re
from typing import Any

import pytest

from advisor.book import Rule
from advisor.book.condition import holds
from advisor.explanation.engine import decide
from advisor.requirements import make_requirements
from advisor.requirements.demands import collected
from advisor.verdict.derived_facts import known
from advisor.verdict.derived_titles import DERIVED
from advisor.vocabulary import ENGINE_FIELDS, FIELDS
from rules import load_book

BOOK = load_book()
ROLE_IDS = {role.id for role in BOOK.roles}


def values_of(rule: Rule, example: dict[str, Any]) -> dict[str, Any]:
    """Return what is known in an example: its answers, defaults, and the derived facts and choices it states."""
    kind = BOOK.role(rule.role).subject
    fields = {field.id for field in ENGINE_FIELDS[kind]}
    answers = {key: value for key, value in example.items() if key in fields}
    workload = {key.removeprefix("workload."): value for key, value in example.items() if key.startswith("workload.")}
    requirements = make_requirements({"workload": workload, f"{kind}s": [{"id": "subject", **collected(answers)}]})
    values = known(requirements, kind, requirements.of_kind(kind)[0], {}).values
    stated = {key: tuple(value) if isinstance(value, list) else value for key, value in example.items()}
    return values | {key: value for key, value in stated.items() if key not in fields and "." not in key}


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_a_rule_keeps_to_its_examples(rule: Rule) -> None:
    for example in rule.fires:
        assert holds(rule.when, values_of(rule, dict(example))), f"{rule.id} does not fire on {example}"
    for example in rule.quiet:
        assert not holds(rule.when, values_of(rule, dict(example))), f"{rule.id} fires on {example}"


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_a_rule_speaks_of_known_facts(rule: Rule) -> None:
    kind = BOOK.role(rule.role).subject
    fields = (
        {f.id for f in ENGINE_FIELDS[kind]} | {f"workload.{f.id}" for f in FIELDS["workload"]} | set(DERIVED) | ROLE_IDS
    )
    assert {atom.field for atom in rule.when} <= fields
    compared = {atom.field for atom in rule.when}
    sentences = (rule.because, rule.others) if rule.others else (rule.because,)
    for text in (words for sentence in sentences for words in (sentence.en, sentence.ja)):
        assert set(re.findall(r"{([a-z_.]+)}", text)) <= compared, "a sentence may only name what the rule compares"
    assert re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", rule.because.ja)
    assert rule.source.url.startswith("https://")


COMPONENTS: tuple[tuple[dict[str, Any], dict[str, str]], ...] = (
    ({}, {"compute": "lambda", "entry": "api-gateway-http"}),
    ({"caching": True}, {"compute": "lambda", "entry": "api-gateway-rest"}),
    ({"validation": True}, {"entry": "api-gateway-rest"}),
    ({"api_keys": True}, {"entry": "api-gateway-rest"}),
    ({"waf": True}, {"entry": "api-gateway-rest"}),
    ({"exposure": "private"}, {"entry": "api-gateway-rest"}),
    ({"streaming": True}, {"entry": "api-gateway-rest"}),
    ({"response_s": 30}, {"entry": "api-gateway-http"}),
    ({"response_s": 31}, {"compute": "lambda", "entry": "lambda-function-url"}),
    ({"response_s": 31, "authentication": "sign-up"}, {"entry": "alb", "identity": "cognito"}),
    ({"protocol": "websocket"}, {"compute": "lambda", "entry": "api-gateway-websocket"}),
    ({"protocol": "websocket", "connection_s": 7201}, {"compute": "ecs", "entry": "alb"}),
    ({"protocol": "websocket", "exposure": "private"}, {"compute": "ecs", "entry": "alb"}),
    ({"protocol": "graphql"}, {"compute": "lambda", "entry": "appsync"}),
    ({"protocol": "tcp-udp"}, {"compute": "ecs", "entry": "nlb"}),
    ({"protocol": "grpc"}, {"compute": "ecs", "entry": "alb"}),
    ({"portability": True}, {"compute": "ecs", "engine": "fargate", "entry": "alb"}),
    ({"portability": True, "exposure": "private"}, {"compute": "ecs", "entry": "alb"}),
    ({"portability": True, "caching": True}, {"compute": "ecs", "entry": "api-gateway-rest"}),
    ({"migrates_from": "app-runner"}, {"compute": "ecs", "engine": "fargate"}),
    ({"migrates_from": "copilot"}, {"compute": "ecs"}),
    ({"migrates_from": "on-premises-kubernetes"}, {"compute": "eks", "engine": "eks-auto-mode"}),
    ({"kubernetes": "ecosystem", "os": "windows"}, {"compute": "eks", "engine": "eks-node-groups"}),
    ({"kubernetes": "house-standard", "logic": "none"}, {"compute": "eks"}),
    ({"shape": "steady", "rate_average_rps": 100, "typical_run_s": 1}, {"compute": "ecs"}),
    ({"gpu": True, "packaging": "container-image"}, {"compute": "ecs", "engine": "ec2"}),
    ({"gpu": True, "trigger": "schedule", "longest_run_s": 3600}, {"compute": "batch", "engine": "ec2"}),
    ({"host_control": True}, {"compute": "ec2", "entry": "alb"}),
    ({"host_control": True, "packaging": "container-image"}, {"compute": "ecs", "engine": "ec2"}),
    ({"state_in_memory": True}, {"compute": "ecs"}),
    ({"logic": "none"}, {"compute": "none", "entry": "api-gateway-http"}),
    ({"logic": "none", "trigger": "message"}, {"compute": "lambda"}),
    ({"trigger": "schedule", "parallel_items": 3000}, {"workflow": "step-functions-distributed-map"}),
    ({"trigger": "schedule", "parallel_items": 2999}, {"workflow": "step-functions-standard"}),
    (
        {"trigger": "event", "steps": 3, "rate_average_rps": 500, "longest_run_s": 300},
        {"workflow": "step-functions-express", "events": "eventbridge-bus"},
    ),
    (
        {"trigger": "event", "steps": 3, "rate_average_rps": 500, "longest_run_s": 301},
        {"workflow": "step-functions-standard"},
    ),
    (
        {"trigger": "event", "steps": 3, "rate_average_rps": 500, "longest_run_s": 5, "human_approval": True},
        {"workflow": "step-functions-standard"},
    ),
    ({"trigger": "event", "event_source": "table-change"}, {"events": "none"}),
    ({"trigger": "event", "event_source": "table-change", "steps": 3}, {"events": "eventbridge-pipes"}),
)
CHANNELS: tuple[tuple[dict[str, Any], str], ...] = (
    ({}, "sqs"),
    ({"fan_out": 2}, "sns"),
    ({"fan_out": 2, "destinations": ["email"], "routing": True}, "sns"),
    ({"destinations": ["sms"], "source": "saas-partner"}, "sns"),
    ({"destinations": ["partner-http"]}, "sns"),
    ({"destinations": ["other-account"]}, "eventbridge-bus"),
    ({"routing": True}, "eventbridge-bus"),
    ({"other_teams": True}, "eventbridge-bus"),
    ({"fan_out": 2, "other_teams": True}, "eventbridge-bus"),
    ({"source": "saas-partner"}, "eventbridge-bus"),
    ({"source": "aws-service"}, "eventbridge-bus"),
    ({"source": "other-account"}, "eventbridge-bus"),
    ({"ordering": "per-key"}, "sqs-fifo"),
    ({"ordering": "per-key", "fan_out": 2}, "sns-fifo"),
    ({"duplicates_ok": False}, "sqs-fifo"),
    ({"duplicates_ok": False, "fan_out": 2}, "sns-fifo"),
    ({"carries": "records"}, "kinesis"),
    ({"replay": True}, "eventbridge-bus"),
    ({"replay": True, "ordering": "global"}, "kinesis"),
    ({"migrates_from": "kafka"}, "msk"),
    ({"migrates_from": "rabbitmq-jms", "ordering": "per-key"}, "amazon-mq"),
    ({"delay_s": 60, "routing": True}, "sqs"),
)
STORES: tuple[tuple[dict[str, Any], str], ...] = (
    ({}, "dynamodb"),
    ({"access": "key-value", "item_bytes": 409601}, "s3"),
    ({"multi_region": True}, "dynamodb"),
    ({"access": "relational"}, "aurora-serverless"),
    ({"access": "relational", "shape": "steady"}, "rds"),
    ({"access": "relational", "multi_region": True}, "aurora-dsql"),
    ({"access": "objects"}, "s3"),
    ({"access": "search"}, "opensearch-serverless"),
    ({"access": "vectors"}, "s3-vectors"),
    ({"access": "vectors", "query_ms": 1000}, "s3-vectors"),
    ({"access": "vectors", "query_ms": 999}, "opensearch-serverless"),
    ({"access": "vectors", "query_ms": 100, "must": ["nothing-while-idle"]}, "s3-vectors"),
    ({"access": "vectors", "item_bytes": 40960}, "s3-vectors"),
    ({"access": "vectors", "item_bytes": 40961}, "opensearch-serverless"),
    ({"access": "vectors", "consistency": "strong", "query_ms": 500}, "s3-vectors"),
    ({"access": "cache"}, "elasticache-serverless"),
    ({"access": "files"}, "efs"),
)


@pytest.mark.parametrize(("answers", "services"), COMPONENTS)
def test_a_component_comes_to(answers: dict[str, Any], services: dict[str, str]) -> None:
    asked = {"id": "it", "trigger": "request", **answers}
    decided = decide(make_requirements({"components": [asked]}), BOOK).subject("it")
    assert {role: decided.service(role) for role in services} == services


@pytest.mark.parametrize(("answers", "service"), CHANNELS)
def test_a_channel_with_one_listener_comes_to(answers: dict[str, Any], service: str) -> None:
    destinations = [{"kind": kind} for kind in answers.get("destinations", [])]
    channel = {"id": "it", **answers} | ({"destinations": destinations} if destinations else {})
    listener = {"id": "listener", "trigger": "message", "listens_to": "it"}
    made = make_requirements({"components": [listener], "channels": [channel]})
    assert decide(made, BOOK).subject("it").service("messaging") == service


@pytest.mark.parametrize(("answers", "service"), STORES)
def test_a_store_comes_to(answers: dict[str, Any], service: str) -> None:
    made = make_requirements({"stores": [{"id": "it", **answers}]})
    assert decide(made, BOOK).subject("it").service("store") == service
