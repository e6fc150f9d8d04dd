"""The documents of the rule book are what the book says today, and every id in them is an address."""

import re
from pathlib import Path

import pytest

from advisor.book import AXES, EFFECTS, Book
from advisor.text import LANGS, Lang
from renderers import rulebook_words
from renderers.rulebook import rulebook

DOCS = Path(__file__).parents[2] / "docs"
FILES: dict[Lang, str] = {"en": "rules.md", "ja": "rules.ja.md"}


@pytest.mark.parametrize("lang", LANGS)
def test_the_documents_are_fresh(lang: Lang, book: Book, request: pytest.FixtureRequest) -> None:
    path, made = DOCS / FILES[lang], rulebook(book, lang)
    if request.config.getoption("--accept"):
        path.write_text(made, "utf-8")
    assert path.read_text("utf-8") == made, (
        f"docs/{path.name} is old; run pytest tests/renderers/test_rulebook.py --accept"
    )


@pytest.mark.parametrize("lang", LANGS)
def test_every_rule_and_fact_is_a_heading_and_every_link_inside_leads_somewhere(lang: Lang, book: Book) -> None:
    made = rulebook(book, lang)
    headings = re.findall(r"^#### (\S+)$", made, re.M)
    assert sorted(headings) == sorted([*book.facts, *(rule.id for rule in book.rules)])
    places = {*headings, *re.findall(r'<a id="([^"]+)">', made)}
    assert set(re.findall(r"\]\(#([^)]+)\)", made)) <= places


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_raw_is_left_in_the_document(lang: Lang, book: Book) -> None:
    made = rulebook(book, lang)
    assert "None" not in re.sub(r"Authentication[^\n]*None", "", made)
    assert not re.search(r"[^`]\{[a-z_.]+\}", made)
    assert not re.search(r"True|False", made)


def test_every_kind_of_word_has_its_title(book: Book) -> None:
    assert set(rulebook_words.AXES) == set(AXES)
    assert set(rulebook_words.EFFECTS) == set(EFFECTS)
    assert {rule.topic for rule in book.rules} <= set(rulebook_words.TOPICS), "name the topic in rulebook_words.TOPICS"
    owners = {fact.service for fact in book.facts.values()} - set(book.services)
    assert owners <= set(rulebook_words.OWNERS), "name the family in rulebook_words.OWNERS"
