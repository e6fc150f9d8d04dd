"""The topics that the rule book judges: their rules exist, and their cases come true on both sides of the line."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.advise import advise
from advisor.book import Book
from advisor.report.decision_report import services
from advisor.requirements import make_requirements

LOADED = yaml.safe_load(Path(__file__).with_name("coverage.yaml").read_text("utf-8"))
TOPICS: list[dict[str, Any]] = LOADED["topics"] or []
KEYS = {"id", "words", "rules", "cases"}
CASE_KEYS = {"side", "given", "services", "without", "warns", "explains"}


def untrue(case: Mapping[str, Any], book: Book) -> Iterator[str]:
    """Yield a sentence for everything that a case says and the design does not hold."""
    design = advise(make_requirements(case["given"]), book)
    chosen, warned = services(design), {warning.id for warning in design.decision.warnings}
    choices = [choice for subject in design.decision.subjects for choice in subject.choices]
    explained = {reason.id for choice in choices for reason in choice.because}
    for service in case.get("services") or ():
        if service not in chosen:
            yield f"{case['side']}: {service} is not chosen, but {', '.join(chosen)}."
    for service in case.get("without") or ():
        if service in chosen:
            yield f"{case['side']}: {service} is chosen."
    for rule in case.get("warns") or ():
        if rule not in warned:
            yield f"{case['side']}: {rule} does not warn, but {', '.join(sorted(warned))}."
    for rule in case.get("explains") or ():
        if rule not in explained:
            yield f"{case['side']}: {rule} speaks for no chosen service."


@pytest.mark.parametrize("topic", TOPICS, ids=[topic["id"] for topic in TOPICS])
def test_a_topic_names_rules_and_has_cases_on_both_sides(topic: dict[str, Any], book: Book) -> None:
    assert set(topic) == KEYS
    assert topic["words"]["en"]
    assert topic["words"]["ja"]
    assert topic["rules"], "a topic without a rule is not judged"
    assert not set(topic["rules"]) - {rule.id for rule in book.rules}
    assert len(topic["cases"]) >= 2
    for case in topic["cases"]:
        assert set(case) <= CASE_KEYS
        assert set(case) & {"services", "without", "warns", "explains"}, "a case says what comes of it"
    sides = {case["side"] for case in topic["cases"]}
    assert len(sides) >= 2, "show at least one case on each side of the line"


@pytest.mark.parametrize("topic", TOPICS, ids=[topic["id"] for topic in TOPICS])
def test_the_cases_of_a_topic_come_true(topic: dict[str, Any], book: Book) -> None:
    assert [sentence for case in topic["cases"] for sentence in untrue(case, book)] == []


def test_ids_are_unique() -> None:
    ids = [topic["id"] for topic in TOPICS]
    assert len(ids) == len(set(ids))
