"""The documents of the rule book are what the book says today, and every id in them is an address."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

import rules
from advisor.book import AXES, EFFECTS, Book
from advisor.book import book as make_book
from advisor.text import LANGS, Lang
from renderers.rulebook import documents, file_name, words
from renderers.rulebook.entries import Entries

DOCS = Path(__file__).parents[2] / "docs"
MOST_BYTES = 512 * 1024  # above this a page is shown as plain text where it is read


@pytest.mark.parametrize("lang", LANGS)
def test_the_documents_are_fresh(lang: Lang, book: Book, request: pytest.FixtureRequest) -> None:
    for name, made in documents(book, lang).items():
        if request.config.getoption("--accept"):
            (DOCS / name).write_text(made, "utf-8")
        told = f"docs/{name} is old; run pytest tests/renderers/test_rulebook.py --accept"
        assert (DOCS / name).read_text("utf-8") == made, told
        assert len(made.encode()) < MOST_BYTES, f"docs/{name} is too long to be shown"


@pytest.mark.parametrize("lang", LANGS)
def test_every_rule_and_fact_is_a_heading_and_every_link_inside_leads_somewhere(lang: Lang, book: Book) -> None:
    made = documents(book, lang)
    parts = ("roles", "rules", "facts")
    texts = {part: made[file_name(part, lang)] for part in parts}
    depths = {"roles": "none", "rules": "####", "facts": "###"}
    headings = {part: re.findall(rf"^{depths[part]} `(\S+)`$", texts[part], re.M) for part in parts}
    assert sorted(headings["rules"]) == sorted(rule.id for rule in book.rules)
    assert sorted(headings["facts"]) == sorted(book.facts)
    places = {file_name(part, lang): {*headings[part], *_anchors(texts[part])} for part in parts}
    for name, text in made.items():
        for file, place in re.findall(r"\]\(([a-z.]*)#([^)]+)\)", text):
            assert place in places[file or name], f"{name}: {file}#{place}"


def _anchors(text: str) -> list[str]:
    return re.findall(r'<a id="([^"]+)">', text)


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_raw_is_left_in_the_documents(lang: Lang, book: Book) -> None:
    for made in documents(book, lang).values():
        assert "None" not in re.sub(r"(Authentication|Current standard platform|認証)[^\n]*None|None \(new\)", "", made)
        assert not re.search(r"[^`]\{[a-z_.]+\}", made)
        assert not re.search(r"True|False", made)


def test_the_notes_on_facts_of_this_book_are_in_both_languages(book: Book) -> None:
    assert words.WORDS["english_note"].ja not in documents(book, "ja")[file_name("facts", "ja")]


def test_every_kind_of_word_has_its_title(book: Book) -> None:
    assert set(words.AXES) == set(AXES)
    assert set(words.EFFECTS) == set(EFFECTS)
    assert {rule.topic for rule in book.rules} <= set(words.TOPICS), "name the topic in rulebook_words.TOPICS"
    owners = {fact.service for fact in book.facts.values()} - set(book.services)
    assert owners <= set(words.OWNERS), "name the family in rulebook_words.OWNERS"


def test_the_compiled_book_and_its_files_give_the_same_documents(book: Book) -> None:
    sources = dict(rules._sources(files(rules)))
    assert documents(make_book(rules.parse(sources), book.version), "ja") == documents(book, "ja")


@pytest.mark.parametrize("lang", LANGS)
def test_a_value_says_what_it_counts_or_its_period(lang: Lang, book: Book) -> None:
    """A number alone reads as an amount: 500 MiB for 500 MiB per second, 2,000 for 2,000 connections."""
    entries = Entries(book, lang, lambda kind, id: f"#{id}")
    throughput = "\n".join(entries.fact(book.facts["rds-gp3-throughput-large"]))
    assert ("500 MiB per second\n" if lang == "en" else "毎秒 500 MiB\n") in throughput.partition(
        words.WORDS["value"].in_(lang)
    )[2]
    bare = re.compile(rf"^- \*\*{words.WORDS['value'].in_(lang)}\*\*:? ?[\d,.]+$", re.M)
    assert [id for id, fact in book.facts.items() if bare.search("\n".join(entries.fact(fact)))] == []


def test_a_source_is_a_link_with_the_title_of_its_page(book: Book) -> None:
    entries = Entries(book, "en", lambda kind, id: f"#{id}")
    for fact in book.facts.values():
        assert not re.search(r"\[[^\]]*(\.html|amazon\.com/[^\]]*)\]\(http", entries.source(fact.source)), fact.id
