"""An answer that changes nothing is listed, in the text, the JSON, the record and both languages; one that counts is not."""

import json
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.report.decision_file import to_json
from advisor.report.decision_report import to_text
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang
from renderers.adr import adr

CALLED: dict[str, Any] = {"id": "api", "title": "Orders", "trigger": "request"}


def decided(book: Book, component: dict[str, Any], workload: dict[str, Any] | None = None, **rest: Any) -> Design:
    raw = {"schema": 2, "title": "T", "workload": workload or {}, "components": [{**CALLED, **component}], **rest}
    return advise(make_requirements(raw), book)


def places(design: Design) -> list[str]:
    return [f"{answer.subject}.{answer.field}" for answer in design.unused_answers]


@pytest.mark.parametrize(
    ("component", "unused"),
    [
        ({"rate_average_rps": "20/s", "rate_peak_rps": "50/s"}, ["api.rate_average_rps"]),
        ({"rate_average_rps": "20/s"}, []),
        ({"interruption": "restart"}, ["api.interruption"]),
        ({"retries": True}, []),
        ({"isolation": "per-tenant"}, []),
        ({"packaging": "container-image", "isolation": "per-tenant", "shape": "steady", "portability": True}, []),
        ({"latency_ms": "200 ms"}, []),
        ({"protocol": "websocket", "latency_ms": "200 ms"}, []),
        ({"protocol": "websocket", "api_keys": True, "caching": True, "validation": True}, []),
    ],
)
def test_the_answers_that_change_nothing_are_listed(component: dict[str, Any], unused: list[str], book: Book) -> None:
    assert places(decided(book, component)) == unused


@pytest.mark.parametrize(
    ("workload", "unused"),
    [
        ({"region": "eu-west-1", "customer_managed_keys": True, "budget_month_usd": 500}, []),
        ({"existing": ["domain"]}, []),  # the API answers at an address of its own, which is said
        ({"existing": ["vpc", "cluster"]}, [".existing", ".existing"]),
        ({"operations": "team"}, [".operations"]),
    ],
)
def test_each_entry_of_a_list_is_an_answer_of_its_own(workload: dict[str, Any], unused: list[str], book: Book) -> None:
    assert places(decided(book, {}, workload)) == unused


def test_what_the_project_alone_reads_counts(book: Book) -> None:
    store = {"id": "data", "access": "relational", "shape": "steady"}
    component = {"packaging": "container-image", "shape": "steady", "portability": True, "reads": ["data"]}
    design = decided(book, component, {"availability_percent": 99}, stores=[store])
    assert design.architecture.of_service("rds")
    assert ".availability_percent" not in places(design)


def test_a_zone_that_fails_counts_where_something_stands_by_for_it(book: Book) -> None:
    function = decided(book, {}, {"zone_failure": True})
    assert ".zone_failure" in places(function)
    store = {"id": "orders", "title": "Orders", "access": "relational"}
    spare = decided(book, {"reads": ["orders"]}, {"zone_failure": True}, stores=[store])
    assert spare.architecture.of_service("aurora-serverless")
    assert ".zone_failure" not in places(spare)
    twice = decided(book, {"reads": ["orders"]}, {"zone_failure": True, "availability_percent": 99.95}, stores=[store])
    assert ".zone_failure" in places(twice)


@pytest.mark.parametrize("lang", LANGS)
def test_one_line_says_so_in_text_json_and_record(lang: Lang, book: Book) -> None:
    design = decided(book, {"waiting_free": True, "interruption": "restart"})
    line = design.unused_line.in_(lang)
    assert line.count("Orders") == 1
    assert line in to_text(design, lang)
    assert line in adr(design, lang, full=True).decode().replace("\\", "")
    listed = json.loads(to_json(design, lang))["unused_answers"]
    assert [(row["subject"], row["field"]) for row in listed] == [("api", "waiting_free"), ("api", "interruption")]
    assert all(row["sentence"] in line for row in listed)


def test_where_every_answer_counts_nothing_is_said(book: Book) -> None:
    design = decided(book, {})
    assert not design.unused_answers
    assert "change no service" not in to_text(design, "en")
    assert "change no service" not in adr(design, "en", full=True).decode()
