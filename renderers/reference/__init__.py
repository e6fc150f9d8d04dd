"""The reference of the requirements file as a document: every question, unit and pin, and two files explained.

It is made from the vocabulary and from a book's roles. It says neither which rules there are nor what they decide.
"""

import re
from collections.abc import Iterator

from advisor.book import Book
from advisor.text import Lang
from advisor.vocabulary import FIELDS
from renderers.reference.examples import examples
from renderers.reference.fields import Fields
from renderers.reference.how_to import HOW_TO
from renderers.reference.phrases import PHRASES
from renderers.reference.pins import pins
from renderers.reference.quantities import quantities
from renderers.reference.words import ABOUT, ENTRY, FRAME, KINDS, WORDS

_ANCHOR = '<a id="'
_LINK = re.compile(r"\[([^\]]+)\]\(#[^)]*\)")


def file_name(lang: Lang) -> str:
    """Return the name of the document."""
    return "requirements-file.md" if lang == "en" else f"requirements-file.{lang}.md"


def reference(book: Book, lang: Lang) -> str:
    """Return the reference as a Markdown document."""
    return "\n".join(_lines(book, lang)) + "\n"


def embedded(book: Book, lang: Lang) -> str:
    """Return the reference for embedding in a page: without title, contents, HTML and anchor links."""
    body = [line for _, lines in _parts(book, lang) for line in lines if not line.startswith(_ANCHOR)]
    return _LINK.sub(r"\1", "\n".join(body)).replace("<br>", WORDS["gap"].in_(lang)) + "\n"


def _lines(book: Book, lang: Lang) -> Iterator[str]:
    parts = [*_parts(book, lang)]
    yield f"# {WORDS['title'].in_(lang)}"
    yield from ("", WORDS["intro"].in_(lang), "", WORDS["other"].in_(lang), "")
    yield f"## {WORDS['contents'].in_(lang)}"
    yield ""
    yield from (f"- [{title}](#{anchor})" for anchor, lines in parts for title in [_title(lines)])
    yield ""
    for _, lines in parts:
        yield from lines


def _title(lines: list[str]) -> str:
    return next(line.removeprefix("## ") for line in lines if line.startswith("## "))


def _parts(book: Book, lang: Lang) -> Iterator[tuple[str, list[str]]]:
    """Yield the parts of the document: the anchor of each, and its lines."""
    yield "how-to", _part("how-to", WORDS["how_to"].in_(lang), _how_to(lang))
    yield "file", _part("file", WORDS["frame"].in_(lang), _frame(lang))
    yield "quantities", _part("quantities", WORDS["quantities"].in_(lang), quantities(lang))
    for kind in FIELDS:
        yield kind, _part(kind, KINDS[kind].in_(lang), _kind(book, kind, lang))
    yield "pins", _part("pins", WORDS["pins"].in_(lang), pins(book, lang))
    yield "examples", _part("examples", WORDS["examples"].in_(lang), examples(lang))


def _part(anchor: str, title: str, lines: Iterator[str]) -> list[str]:
    return [f'{_ANCHOR}{anchor}"></a>', "", f"## {title}", "", *lines]


def _how_to(lang: Lang) -> Iterator[str]:
    for number, line in enumerate(HOW_TO, 1):
        yield f"{number}. {line.in_(lang)}"
    yield from ("", WORDS["phrases"].in_(lang), "")
    yield from (f"| {WORDS['phrase'].in_(lang)} | {WORDS['enter'].in_(lang)} |", "| --- | --- |")
    yield from (f"| {phrase.in_(lang)} | {answers.in_(lang)} |" for phrase, answers in PHRASES)
    yield ""


def _frame(lang: Lang) -> Iterator[str]:
    head = f"| {WORDS['key'].in_(lang)} | {WORDS['holds'].in_(lang)} |"
    for rows in (FRAME, ENTRY):
        yield from (head, "| --- | --- |")
        yield from (f"| `{key}` | {words.in_(lang)} |" for key, words in rows.items())
        yield ""
        if rows is FRAME:
            yield WORDS["entry_intro"].in_(lang)
            yield ""
    yield WORDS["titles"].in_(lang)
    yield ""


def _kind(book: Book, kind: str, lang: Lang) -> Iterator[str]:
    yield ABOUT[kind].in_(lang)
    yield ""
    fields = Fields(book, kind, lang)
    yield WORDS["gap"].in_(lang).join(f"[`{field.id}`](#{kind}-{field.id})" for field in FIELDS[kind])
    yield ""
    for field in FIELDS[kind]:
        yield f'{_ANCHOR}{kind}-{field.id}"></a>'
        yield ""
        yield f"### `{field.id}`"
        yield ""
        yield from fields.entry(field)
        yield ""
