"""The glossary is made from the table of terms, which is consistent: one word for a concept, and none that another rules out."""

from pathlib import Path

import pytest

from advisor.text import LANGS, Lang
from renderers.glossary import FILE, avoided, glossary, terms

DOCUMENT = Path(__file__).parents[2] / "docs" / FILE


def test_the_document_is_fresh(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        DOCUMENT.write_text(glossary(), "utf-8")
    told = "docs/glossary.md is old; run pytest tests/renderers/test_glossary.py --accept"
    assert DOCUMENT.read_text("utf-8") == glossary(), told


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_concepts_have_one_word(lang: Lang) -> None:
    words = [term.word.in_(lang).lower() for term in terms()]
    assert sorted(words) == sorted({*words})


@pytest.mark.parametrize("lang", LANGS)
def test_no_term_and_no_definition_holds_a_word_that_is_not_used(lang: Lang) -> None:
    for term in terms():
        for text in (term.word.in_(lang), term.means.in_(lang)):
            assert text
            assert [word for one in avoided(lang) for word in one.found_in(text, "sources")] == [], text


@pytest.mark.parametrize("lang", LANGS)
def test_each_wording_that_is_not_used_has_another_to_write(lang: Lang) -> None:
    assert [one.pattern.pattern for one in avoided(lang) if not one.write] == []
