"""The titles of cited pages: none is missing, none is listed in vain."""

from pathlib import Path

import pytest

import rules
from advisor.design import Design
from advisor.text import LANGS, Lang
from advisor_document import document
from renderers.source_titles import titles

#: Settings and limits cite these pages beside those of the rule book.
_CODE = ("advisor/sizing", "advisor/budgets", "advisor/graph_builder", "advisor/explanation")


def test_every_source_of_the_rule_book_has_a_title() -> None:
    book = rules.load_book()
    listed = {
        url.partition("#")[0]
        for service in book.services.values()
        for p in service.reading
        for url in (p.url.en, p.url.ja)
    }
    cited = {fact.source.url.partition("#")[0] for fact in book.facts.values()}
    cited |= {rule.source.url.partition("#")[0] for rule in book.rules}
    assert sorted(cited - listed - titles().keys()) == []


@pytest.mark.parametrize("name", rules.STORIES)
@pytest.mark.parametrize("lang", LANGS)
def test_every_footnote_has_a_title(name: str, lang: Lang, designs: dict[str, Design]) -> None:
    notes = document(designs[name], lang).notes
    assert [note.url for note in notes if not note.title] == []


def test_every_title_belongs_to_a_page_that_is_cited() -> None:
    root = Path(__file__).parents[2]
    files = [*(root / "rules").rglob("*.yaml"), *(path for folder in _CODE for path in (root / folder).rglob("*.py"))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files).replace('"\n    "', "")
    assert [url for url in titles() if url not in text] == []
    assert all(title.en.strip() for title in titles().values())
