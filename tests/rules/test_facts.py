"""Facts hold their dates and sources, limits rest on what is sure, and every service says since when it is there."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest

from advisor.book import Book, Fact, Limit, Service
from rules import load_book

WELL_KNOWN = ["ec2", "rds", "efs", "amazon-mq", "msk", "firehose", "ses", "waf", "secrets-manager", "opensearch"]
WITHOUT_SINCE = {
    "appsync": "announced in November 2017; the day of its general availability was not read",
    "kinesis": "a preview in November 2013; the day of its general availability was not read",
    "ses": "the day was not read",
    "sqs": "launched for production in 2006; the day was not read",
    "iam-auth": "a way to sign requests, not a service that was launched",
    "oidc": "a provider of the user's own, not a service of AWS",
}
DAY = re.compile(r"20\d\d-\d\d-\d\d")
PACKAGE = re.compile(r"https://pypi\.org/project/[\w.-]+/[\w.]+/")
SCALE = {"count", "vcpu", "per_s", "percent", "s", "ms", "h", "min", "B", "KiB", "MiB", "GiB", "TiB"}


@pytest.fixture(scope="module")
def book() -> Book:
    return load_book()


def test_a_series_ascends_and_keeps_to_one_kind_of_value(book: Book) -> None:
    for fact in book.facts.values():
        days = [day for day, _ in fact.series]
        assert days == sorted(set(days)), fact.id
        assert all(DAY.fullmatch(day) for day in days), fact.id
        assert len({_kind(value) for _, value in fact.series}) == 1, f"{fact.id}: its values are not of one unit"
        if fact.unit in SCALE:
            assert _kind(fact.series[0][1]) == "number", f"{fact.id}: a value in {fact.unit} is a number"


def test_a_series_states_a_value_again_only_when_it_moved(book: Book) -> None:
    for fact in book.facts.values():
        values = [value for _, value in fact.series]
        assert all(before != after for before, after in pairwise(values)), fact.id


def test_a_source_is_a_page_or_a_package_with_the_place_in_it(book: Book) -> None:
    for fact in book.facts.values():
        assert fact.source.url.startswith("https://"), fact.id
        if PACKAGE.fullmatch(fact.source.url):
            package = fact.source.url.split("/")[-3]
            named = re.search(rf"{package} [\d.]+: \S+", fact.note)
            assert named, f"{fact.id}: say in its note where in {package} it was read"


def test_a_limit_rests_on_a_hard_limit_that_is_sure_and_decides(book: Book) -> None:
    for service, _, fact in _limits(book):
        where = f"rules/services/{service.id}.yaml: {fact.id}"
        assert fact.kind in ("hard-limit", "price"), f"{where} is a {fact.kind}; only hard limits and prices reject"
        assert fact.decides, f"{where} is only shown"
        assert fact.confidence != "low", f"{where} is of low confidence"


def test_a_limit_is_stated_once_per_role_and_field(book: Book) -> None:
    for service in book.services.values():
        stated = Counter((limit.role, limit.field, limit.relation, limit.when) for limit in service.limits)
        assert not [key for key, times in stated.items() if times > 1], service.id


@pytest.mark.parametrize("service", WELL_KNOWN)
def test_a_service_that_wins_roles_has_its_facts(book: Book, service: str) -> None:
    facts = [fact for fact in book.facts.values() if fact.service == service]
    assert len(facts) >= 5, f"rules/facts/{service}.yaml: state at least five facts that a decision turns on"
    assert sum(fact.decides for fact in facts) >= 1 or service == "ec2", service


def test_every_service_that_can_be_chosen_says_since_when(book: Book) -> None:
    candidates = {candidate for role in book.roles for candidate in role.candidates} - {"none"}
    silent = {id for id in candidates if not book.services[id].since}
    assert silent <= set(WITHOUT_SINCE), "state `since`, or say in WITHOUT_SINCE why not"
    dated = {id for id in WITHOUT_SINCE if book.services[id].since}
    assert not dated, "take what now has a date off WITHOUT_SINCE"


def test_since_is_a_day_that_the_book_knows_of(book: Book) -> None:
    for service in book.services.values():
        assert not service.since or DAY.fullmatch(service.since), service.id
        assert service.since <= book.newest, service.id


def test_a_variant_is_no_older_than_what_it_is_a_variant_of(book: Book) -> None:
    since = {service.id: service.since for service in book.services.values()}
    for variant, base in VARIANTS.items():
        assert since[variant] > since[base], f"{variant} is stated to be older than {base}"


VARIANTS = {
    "sns-fifo": "sns",
    "lambda-durable": "lambda",
    "lambda-function-url": "lambda",
    "lambda-managed-instances": "lambda",
    "api-gateway-http": "api-gateway-rest",
    "api-gateway-websocket": "api-gateway-rest",
    "ecs-express": "fargate",
    "ecs-managed-instances": "ecs",
    "eks-auto-mode": "eks",
    "eks-fargate": "fargate",
    "eks-node-groups": "eks",
    "rds-proxy": "rds",
    "step-functions-express": "step-functions-standard",
    "step-functions-distributed-map": "step-functions-standard",
    "eventbridge-pipes": "eventbridge-bus",
    "eventbridge-custom-bus": "eventbridge-bus",
}


@pytest.mark.parametrize(
    ("fact", "before", "then", "after", "now"),
    [
        ("lambda-timeout-max", "2018-10-09", 300, "2018-10-10", 900),
        ("lambda-memory-max-standard", "2020-11-30", 3008, "2021-01-01", 10240),
        ("lambda-ephemeral-storage", "2022-02-28", 512, "2022-04-01", 10240),
        ("lambda-response-stream", "2025-06-30", 20, "2025-08-01", 200),
        ("fargate-vcpu-max", "2022-08-31", 4, "2022-10-01", 16),
        ("eks-fargate-storage", "2023-07-30", 20, "2023-07-31", 175),
        ("sqs-inflight-fifo", "2024-10-31", 20000, "2024-12-01", 120000),
        ("sns-message-size-max", "2026-09-28", 262144, "2026-09-29", 1048576),
        ("ddb-transact", "2022-08-31", 25, "2022-10-01", 100),
        ("s3-object-size", "2025-12-01", 5, "2025-12-02", 48.8),
        ("aurora-storage-max", "2025-06-30", 128, "2025-08-01", 256),
        ("aurora-sv2-max", "2024-09-30", 128, "2024-11-01", 256),
        ("aurora-sv2-min", "2024-11-17", 0.5, "2024-11-18", 0),
        ("rds-storage-max", "2025-11-30", 64, "2026-01-01", 256),
    ],
)
def test_a_replay_meets_the_limit_of_its_day(
    book: Book, fact: str, before: str, then: float, after: str, now: float
) -> None:
    assert book.facts[fact].value(before) == then
    assert book.facts[fact].value(after) == now


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "flag"
    return "number" if isinstance(value, int | float) else "words"


def _limits(book: Book) -> Iterator[tuple[Service, Limit, Fact]]:
    for service in book.services.values():
        for limit in service.limits:
            yield service, limit, book.facts[limit.fact]
