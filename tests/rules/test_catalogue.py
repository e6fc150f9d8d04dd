"""The catalogue is complete, bilingual and sourced, and its limits rest on facts that decide."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from advisor.book import Book, Fact, Limit, Service
from advisor.text import Text
from advisor.vocabulary import FIELDS, Field
from advisor.vocabulary.units import convert
from rules import load_book

PROMISED: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("promised.yaml").read_text("utf-8"))
AVAILABLE, RETIRED, EMERGING = PROMISED["available"], PROMISED["retired"], PROMISED["emerging"]

UNITS = {
    "s",
    "ms",
    "h",
    "min",
    "B",
    "KiB",
    "MiB",
    "GiB",
    "TiB",
    "per_s",
    "vcpu",
    "count",
    "percent",
    "usd",
    "date",
    "none",
}
KINDS = {"hard-limit", "quota", "setting", "feature", "lifecycle", "property", "price", "behaviour"}
DECIDING_KINDS = {"hard-limit", "price", "feature", "lifecycle", "property"}
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LINK = re.compile(r"https://[^\s/]+\.[^\s/]+(/\S*)?")


@pytest.fixture(scope="module")
def book() -> Book:
    return load_book()


def test_every_id_of_the_catalogue_has_a_file_and_no_other_has(book: Book) -> None:
    assert sorted(book.services) == sorted(AVAILABLE + RETIRED + EMERGING)


def test_services_say_whether_they_are_available_emerging_or_retired(book: Book) -> None:
    marked = {id: service.lifecycle for id, service in book.services.items()}
    assert marked == (
        dict.fromkeys(AVAILABLE, "available") | dict.fromkeys(RETIRED, "retired") | dict.fromkeys(EMERGING, "emerging")
    )


def test_a_retired_service_names_what_takes_its_place_and_is_no_candidate(book: Book) -> None:
    candidates = {candidate for role in book.roles for candidate in role.candidates}
    for id in RETIRED:
        assert book.services[id].replaced_by, f"rules/services/{id}.yaml: say under 'replaced_by' what to use"
        assert set(book.services[id].replaced_by) <= set(AVAILABLE)
        assert id not in candidates


def test_every_text_exists_in_both_languages(book: Book) -> None:
    for where, text in _texts(book):
        assert text.en.strip(), f"{where}: the English text is empty"
        assert text.ja.strip(), f"{where}: the Japanese text is empty"
        assert not JAPANESE.search(text.en), f"{where}: the English text holds Japanese"


def test_japanese_sentences_are_japanese(book: Book) -> None:
    for where, text in _sentences(book):
        assert JAPANESE.search(text.ja), f"{where}: the Japanese text is not Japanese"
        assert text.ja.endswith("。"), f"{where}: end the Japanese sentence"
        assert text.en.endswith("."), f"{where}: end the English sentence"


def test_every_source_and_every_reading_is_a_link(book: Book) -> None:
    for fact in book.facts.values():
        assert LINK.fullmatch(fact.source.url), f"rules/facts/{fact.service}.yaml: {fact.id}"
        assert DAY.fullmatch(fact.source.checked), f"rules/facts/{fact.service}.yaml: {fact.id}"
    for service in book.services.values():
        assert service.reading, f"rules/services/{service.id}.yaml: name a page to read on"
        for reading in service.reading:
            assert LINK.fullmatch(reading.url.en), service.id
            assert LINK.fullmatch(reading.url.ja), service.id
            if reading.url.en.startswith("https://docs.aws.amazon.com/"):
                assert reading.url.ja.startswith("https://docs.aws.amazon.com/ja_jp/"), service.id


def test_facts_keep_to_the_units_and_kinds_of_the_book(book: Book) -> None:
    for fact in book.facts.values():
        assert fact.unit in UNITS, fact.id
        assert fact.kind in KINDS, fact.id
        assert fact.confidence in ("high", "medium", "low"), fact.id
        days = [day for day, _ in fact.series]
        assert days, fact.id
        assert days == sorted(set(days)), fact.id
        assert all(DAY.fullmatch(day) for day in days), fact.id
        if fact.unit not in ("none", "date"):
            assert all(type(value) in (int, float) for _, value in fact.series), fact.id


def test_quotas_and_settings_never_decide(book: Book) -> None:
    for fact in book.facts.values():
        assert not fact.decides or fact.kind in DECIDING_KINDS, f"{fact.id} is a {fact.kind} and must not decide"


def test_every_limit_compares_a_known_field_with_a_fact_that_decides(book: Book) -> None:
    for service, limit, fact in _limits(book):
        where = f"rules/services/{service.id}.yaml: {limit.fact}"
        assert fact.decides, where
        assert fact.kind in ("hard-limit", "price"), where
        role = book.role(limit.role)
        assert service.id in role.candidates, f"{where}: it is no candidate of the role '{role.id}'"
        units = {id: field.unit for id, field in _fields(role.subject).items() if field.kind == "quantity"}
        assert limit.field in units, f"{where}: '{limit.field}' is no quantity of a {role.subject}"
        for _, value in fact.series:
            assert convert(float(value), fact.unit, units[limit.field]) > 0, where


#: Services with a standing charge whose minimum price is not known, or not that of the service alone.
WITHOUT_PRICE = {"api-gateway-rest", "ec2", "lambda", "lambda-durable", "lambda-managed-instances", "batch"}


def test_a_service_that_is_charged_while_idle_has_a_minimum_price(book: Book) -> None:
    charged = {s.id for s in book.services.values() if any(p.name == "standing-charge" for p in s.properties)}
    priced = {
        s.id for s, limit, fact in _limits(book) if fact.kind == "price" and not fact.id.startswith("nat-gateway")
    }
    assert charged - priced == WITHOUT_PRICE


def test_no_limit_rejects_what_is_assumed_when_nothing_is_said(book: Book) -> None:
    for service, limit, fact in _limits(book):
        subject = book.role(limit.role).subject
        field = _fields(subject)[limit.field]
        if not isinstance(field.default, int | float):
            continue
        for _, value in fact.series:
            bound = convert(float(value), fact.unit, field.unit)
            kept = field.default <= bound if limit.relation == "at_most" else field.default >= bound
            assert kept, f"rules/services/{service.id}.yaml: the default of '{field.id}' breaks {limit.fact}"


@pytest.mark.parametrize(
    ("fact", "as_of", "value"),
    [
        ("lambda-timeout-max", "2026-11-25", 900),
        ("lambda-timeout-max-standard", "2026-11-18", 900),
        ("lambda-timeout-max-standard", "2026-11-25", 1800),
        ("sqs-message-size", "2024-06-01", 262144),
        ("sqs-message-size", "2026-11-25", 1048576),
        ("eb-classic-event-size", "2026-01-28", 262144),
        ("lambda-payload-async", "2025-09-30", 256),
        ("kinesis-record", "2024-06-01", 1024),
        ("fargate-vcpu-max", "2024-06-01", 16),
        ("fargate-vcpu-max", "2026-11-25", 32),
    ],
)
def test_a_limit_that_moved_keeps_the_value_of_its_day(book: Book, fact: str, as_of: str, value: float) -> None:
    assert book.facts[fact].value(as_of) == value


def test_the_longer_lambda_timeout_is_shown_and_does_not_decide(book: Book) -> None:
    assert book.facts["lambda-timeout-max"].decides
    assert not book.facts["lambda-timeout-max-standard"].decides
    limits = {(limit.field, limit.fact) for limit in book.services["lambda"].limits}
    assert ("longest_run_s", "lambda-timeout-max") in limits


def _limits(book: Book) -> Iterator[tuple[Service, Limit, Fact]]:
    for service in book.services.values():
        for limit in service.limits:
            yield service, limit, book.facts[limit.fact]


def _fields(kind: str) -> dict[str, Field]:
    """Return the answers that a limit of a subject may compare: its own, and those of the workload under its names for them."""
    shared = {f"workload.{field.id}": field for field in FIELDS["workload"]}
    return {field.id: field for field in FIELDS[kind]} | shared


def _sentences(book: Book) -> Iterator[tuple[str, Text]]:
    for fact in book.facts.values():
        yield f"rules/facts/{fact.service}.yaml: {fact.id}", fact.statement
    for service in book.services.values():
        yield f"rules/services/{service.id}.yaml: solves", service.solves
        yield f"rules/services/{service.id}.yaml: not_when", service.not_when


def _texts(book: Book) -> Iterator[tuple[str, Text]]:
    yield from _sentences(book)
    for service in book.services.values():
        where = f"rules/services/{service.id}.yaml"
        yield from ((f"{where}: name", service.name), (f"{where}: note", service.note))
        yield from ((f"{where}: reading", reading.title) for reading in service.reading)
