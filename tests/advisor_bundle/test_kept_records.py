"""A decision record is written once per design, language and form, and never for another design."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import Text
from advisor_bundle import record
from advisor_bundle.record import decision_record

STORY = "async-coupling"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages in which records were written."""
    languages: list[str] = []
    adr = record.adr

    def counted(design: Design, lang: str, **options: object) -> bytes:
        languages.append(lang)
        return adr(design, lang, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(record, "adr", counted)
    return languages


def test_the_record_of_a_design_is_written_once_per_language(designs: Mapping[str, Design], written: list[str]) -> None:
    design = replace(designs[STORY])
    first = [decision_record(design, lang, full=True) for lang in ("en", "ja")]
    assert [decision_record(design, lang, full=True) for lang in ("en", "ja")] == first
    assert written == ["en", "ja"]


def test_other_forms_have_records_of_their_own(designs: Mapping[str, Design], written: list[str]) -> None:
    design = replace(designs[STORY])
    plain = decision_record(design, "en")
    assert len({plain, decision_record(design, "en", full=True), decision_record(design, "en", picture="x.svg")}) == 3
    assert decision_record(design, "en") == plain
    assert len(written) == 3


def test_another_design_never_has_the_record_of_the_first(book: Book, written: list[str]) -> None:
    """Also one that was made from the first by a replacement."""
    design = advise(rules.load_story(STORY), book)
    first = decision_record(design, "en")
    requirements = design.requirements.model_copy(update={"title": Text.same("Renamed")})
    assert decision_record(replace(design, requirements=requirements), "en") != first
    other = advise(make_requirements({"components": [{"id": "job", "trigger": "schedule"}]}), book)
    assert decision_record(other, "en") != first
    assert len(written) == 3


def test_few_records_are_kept(designs: Mapping[str, Design]) -> None:
    design = replace(designs[STORY])
    for number in range(9):
        decision_record(design, "en", picture=f"{number}.svg")
    assert len(design.kept["decision records"]) <= record._MOST_KEPT
