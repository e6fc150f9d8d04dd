"""The glossary: terms in both languages, words to avoid, and the generated document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from advisor.text import LANGS, Lang, Text

#: Where the document is kept.
FILE = "glossary.md"
_JAPANESE = re.compile(r"[ぁ-んァ-ヺ一-龥]")
_HEAD = """# Glossary / 用語集

The glossary defines one term per concept in English and Japanese. `pytest tests/renderers/test_glossary.py --accept` generates this
document from `renderers/glossary/terms.yaml`. `tests/words/` reports words to avoid, in sources and in generated files.

1 つの概念に対し、英語と日本語で 1 つずつ用語を定めています。本ドキュメントは、`renderers/glossary/terms.yaml` から
`pytest tests/renderers/test_glossary.py --accept` で生成します。使わない語は、`tests/words/` のテストがソースと生成物から検出します。
"""


@dataclass(frozen=True, slots=True)
class Term:
    """A concept with its term in each language, its definition, and the words to avoid for it."""

    word: Text
    means: Text
    avoided: Text


@dataclass(frozen=True, slots=True)
class Avoided:
    """A wording to avoid, and its replacement.

    `unless` are phrases in which it is right; `only` the places in which it is wrong, all of them where it is empty.
    """

    pattern: re.Pattern[str]
    write: str
    unless: tuple[str, ...]
    only: frozenset[str]

    def found_in(self, text: str, place: str) -> Iterator[str]:
        """Yield the words to avoid that a text contains at a place."""
        if self.only and place not in self.only:
            return
        for phrase in self.unless:
            text = text.replace(phrase, "\N{OBJECT REPLACEMENT CHARACTER}")
        for match in self.pattern.finditer(text):
            yield match[0]


def terms() -> tuple[Term, ...]:
    """Return the concepts, in the order of the table."""
    return tuple(
        Term(
            Text(one["en"], one["ja"]),
            Text(one["means"]["en"], one["means"]["ja"]),
            Text(*(", ".join(filter(None, map(_shown, one["not"][lang]))) for lang in LANGS)),
        )
        for one in _table()["terms"]
    )


@cache
def avoided(lang: Lang) -> tuple[Avoided, ...]:
    """Return the wordings of a language that are not to be used."""
    of_terms = [(entry, one[lang]) for one in _table()["terms"] for entry in one["not"][lang]]
    of_phrases = [
        ({"word": entry["not"], **entry} if "not" in entry else entry, "") for entry in _table()["phrases"][lang]
    ]
    return tuple(_avoided(entry, write) for entry, write in (*of_terms, *of_phrases))


def stays() -> tuple[str, ...]:
    """Return the sentences that stay as they are until the next proof of everything."""
    return tuple(_table()["stays"])


def glossary() -> str:
    """Return the document: both languages side by side, with definitions and words to avoid."""
    lines = [_HEAD, "| English | 日本語 | Meaning | 意味 | not / 使わない語 |", "| --- | --- | --- | --- | --- |"]
    for term in sorted(terms(), key=lambda term: term.word.en.lower()):
        never = "; ".join(filter(None, (term.avoided.en, term.avoided.ja)))
        lines.append(f"| {term.word.en} | {term.word.ja} | {term.means.en} | {term.means.ja} | {never} |")
    return "\n".join(lines) + "\n"


def _avoided(entry: str | dict[str, Any], write: str) -> Avoided:
    given = {"word": entry} if isinstance(entry, str) else entry
    pattern = re.compile(given.get("pattern") or _whole_word(given["word"]), re.IGNORECASE)
    return Avoided(pattern, given.get("write", write), tuple(given.get("unless", ())), frozenset(given.get("only", ())))


def _whole_word(word: str) -> str:
    if _JAPANESE.search(word):
        return re.escape(word)
    spaced = r"\s+".join(map(re.escape, word.split()))
    return rf"(?<![\w-]){spaced}(?:e?s)?(?![\w-])"


def _shown(entry: str | dict[str, Any]) -> str:
    return entry if isinstance(entry, str) else str(entry.get("word", ""))


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(files(__name__).joinpath("terms.yaml").read_text("utf-8"))
    return table
