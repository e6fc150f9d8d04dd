"""What is drawn and not generated: its own reason is said, in both languages, before anything is written."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.cli import cli
from advisor.requirements import make_requirements
from advisor.text import Lang
from blueprints.not_generated import not_generated, without_fragment
from tests.blueprints.graphs import design_of

REASONS = not_generated()
#: Services, settings of services and connections together.
MOST_ROWS = 9


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
def test_each_reason_is_the_one_that_a_design_is_refused_with(target: str, book: Book) -> None:
    for service, because in REASONS.services.items():
        key = next((key for key in sorted(book.connections) if service in (key[0], key[2])), None)
        if key is not None:
            assert because in [one.reason for one in blueprints.check(design_of(book, [key]), target)], service
    for connection, because in REASONS.connections.items():
        assert because in [one.reason for one in blueprints.check(design_of(book, [connection]), target)], connection


def test_no_more_than_twelve_things_are_drawn_only() -> None:
    assert REASONS.rows <= MOST_ROWS


def test_a_part_that_is_missing_without_a_listed_reason_is_named(book: Book) -> None:
    graph = design_of(book, [("lambda", "write", "dynamodb")]).architecture
    (refused,) = without_fragment(graph, "SAM", lambda service: service, lambda key: None)
    assert refused.reason.en.startswith("There is no SAM part for")


@pytest.mark.parametrize("store", ["objects", "relational", "search", "cache", "files"])
def test_what_a_door_cannot_reach_by_itself_is_said_with_the_way_out(store: str, book: Book) -> None:
    work = {"id": "shelf", "trigger": "request", "logic": "none", "reads": ["kept"], "writes": ["kept"]}
    asked = {"components": [work], "stores": [{"id": "kept", "access": store}]}
    for target in blueprints.TARGETS:
        (refused,) = blueprints.check(advise(make_requirements(asked), book), target.id)
        assert "Answer 'Own code between' with code" in refused.reason.en
        assert "「間に入る独自コード」に code と答える" in refused.reason.ja
    behind = {**asked, "components": [{**work, "logic": "code"}]}
    assert not blueprints.check(advise(make_requirements(behind), book), "sam")


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_command_line_says_the_reason_and_ends_with_4(tmp_path: Path, lang: Lang) -> None:
    tenant = {"id": "sandbox", "trigger": "request", "isolation": "per-tenant", "state_in_memory": True}
    file = tmp_path / "emerging.yaml"
    file.write_text(yaml.safe_dump({"workload": {"allow_emerging": True}, "components": [tenant]}))
    said = CliRunner().invoke(
        cli, ["blueprint", str(file), "--target", "sam", "--lang", lang, "-o", str(tmp_path / "a.zip")]
    )
    assert said.exit_code == 4
    assert REASONS.services["lambda-microvms"].in_(lang) in said.output
