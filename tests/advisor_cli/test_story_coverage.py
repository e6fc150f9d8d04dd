"""What the product was asked to be: every part of the talk is in a story, and decided as the talk says."""

from collections.abc import Mapping
from typing import Any

import pytest

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.vocabulary import FIELDS
from advisor_cli.story_coverage import Row, missing, story_rows

ROWS = story_rows()


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_the_talk_is_covered(row: Row, designs: dict[str, Design], book: Book) -> None:
    def decide(raw: Mapping[str, Any]) -> Design:
        return advise(make_requirements(raw), book)

    assert [*missing(row, designs, decide)] == []
    assert row.words.en
    assert row.words.ja


def test_ids_are_unique_and_every_story_has_a_row() -> None:
    ids = [row.id for row in ROWS]
    assert len(ids) == len(set(ids))
    held = {story for row in ROWS for story in row.stories}
    assert held == set(rules.STORIES), "give the story a row in advisor_cli/story_coverage.yaml"


@pytest.mark.parametrize(
    ("kind", "count"),
    [("system", 3), ("pattern", 4), ("use-case", 11), ("catalogue", 16), ("case", 5), ("reading", 5)],
)
def test_the_table_holds_the_whole_talk(kind: str, count: int) -> None:
    assert sum(row.kind == kind for row in ROWS) == count


def test_run_duration_kubernetes_and_fan_out_are_the_first_questions() -> None:
    first = {field.id for kind in FIELDS.values() for field in kind if field.section == "first"}
    assert {"longest_run_s", "kubernetes", "fan_out"} <= first
    assert [field.id for field in FIELDS["component"]][:2] == ["longest_run_s", "kubernetes"]
    assert FIELDS["channel"][0].id == "fan_out"


def test_the_newer_limit_of_lambda_is_shown_and_decides_nothing(book: Book) -> None:
    deciding, shown = book.facts["lambda-timeout-max"], book.facts["lambda-timeout-max-standard"]
    assert (deciding.decides, deciding.value(book.newest)) == (True, 900)
    assert (shown.decides, shown.value(book.newest)) == (False, 1800)


@pytest.mark.parametrize(
    "service", ["app-runner", "copilot", "proton", "app-mesh", "aurora-serverless-v1", "cloudwatch-events"]
)
def test_a_retired_service_is_known_and_never_chosen(service: str, book: Book) -> None:
    assert book.services[service].lifecycle == "retired"
    assert not [role.id for role in book.roles if service in role.candidates]


@pytest.mark.parametrize("service", ["lambda-microvms", "lambda-web-functions", "eventbridge-custom-bus"])
def test_an_emerging_service_is_chosen_only_where_it_is_allowed(
    service: str, book: Book, designs: dict[str, Design]
) -> None:
    assert book.services[service].lifecycle == "emerging"
    for design in designs.values():
        for subject in design.decision.subjects:
            for choice in subject.choices:
                found = [r for r in choice.rejected if r.service == service]
                assert choice.service != service
                assert not any(rejected.possible for rejected in found), f"{subject.id}: {service} counts as possible"


def test_every_service_says_what_it_solves_and_when_it_is_not_the_answer(book: Book) -> None:
    for service in book.services.values():
        for text in (service.name, service.solves, service.not_when):
            assert text.en, f"write it in rules/services/{service.id}.yaml"
            assert text.ja, f"write it in rules/services/{service.id}.yaml"
        assert service.reading, f"give rules/services/{service.id}.yaml further reading"
        for page in service.reading:
            assert page.url.en.startswith("https://")
            assert page.url.ja.startswith("https://")
