"""What a sentence of pasted requirements means: the answers that it states, by the patterns of `line_meanings.yaml`.

A sentence that states a wish or a plan is not read, and neither is one that states two answers to one question.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml

from advisor.requirements import SUBJECT_KINDS, check_answer
from advisor.vocabulary import FIELDS, Field
from advisor.vocabulary.regions import REGIONS
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.line_names import Named, has_negation

NO_ANSWERS: Mapping[str, str] = MappingProxyType({})
Patterns = tuple[re.Pattern[str], ...]

_SPACE_IN_JAPANESE = re.compile(r"(?<=[\u3041-\u30ff\u4e00-\u9fff]) | (?=[\u3041-\u30ff\u4e00-\u9fff])")


class Meaning(NamedTuple):
    """An answer: its question for each kind of part that has it, its text, and answers of the part that is meant."""

    named: Named
    value: str
    like: Mapping[str, str] = NO_ANSWERS


class Note(NamedTuple):
    """A sentence to be said of a line, by its key, and the Regions that it lists."""

    key: str
    regions: tuple[str, ...] = ()


class Option(NamedTuple):
    """An answer that patterns state. A `weak` one gives way to another answer; `negative`: its patterns hold the negation."""

    named: Named
    value: str
    says: Patterns
    unless: Patterns
    like: Mapping[str, str]
    also: Mapping[str, str]
    negative: bool
    weak: bool
    residency: bool


def normal(words: str) -> str:
    """Return a sentence in one width of characters, with bounds and times of day in their usual words."""
    words = unicodedata.normalize("NFKC", words).replace("\u2019", "'")
    for pattern, bound in _bounds():
        words = pattern.sub(bound, words)
    return words


def is_a_wish(words: str) -> bool:
    """Return whether a sentence is a wish, a plan or a question."""
    return says_any(words, _patterns("hedges"))


def options(words: str) -> tuple[list[Meaning], list[Note]]:
    """Return the options that a sentence states, and what is to be said of those that need another answer."""
    words = _SPACE_IN_JAPANESE.sub("", words)
    stated: dict[str, dict[str, Option]] = {}
    for option in _options():
        if _states(words, option):
            stated.setdefault(option.named[0][1].id, {}).setdefault(option.value, option)
    meanings: list[Meaning] = []
    notes: list[Note] = []
    for values in stated.values():
        for option in _unambiguous(values):
            meanings.append(Meaning(option.named, option.value, option.like))
            meanings += [Meaning(named(field), value, option.like) for field, value in option.also.items()]
            notes += _residency(words) if option.residency else ()
    return meanings, notes


def notes(words: str, *, was_read: bool) -> list[Note]:
    """Return what is to be said of a line besides its answers."""
    return [
        Note(note["note"])
        for note in meanings_file()["notes"]
        if says_any(words, compiled(tuple(note["says"])))
        and not says_any(words, compiled(tuple(note.get("unless", ()))))
        and not (was_read and note.get("only"))
    ]


def named(id: str) -> Named:
    """Return a question for each kind of part that has it; parts before the workload."""
    return [(kind, field) for kind in (*SUBJECT_KINDS, WORKLOAD) for field in FIELDS[kind] if field.id == id]


def is_valid(field: Field, words: str) -> bool:
    """Return whether a text is an answer to a question."""
    try:
        check_answer(field, words)
    except ValueError:
        return False
    return True


def says_any(words: str, patterns: Patterns) -> bool:
    """Return whether one of the patterns is found in a text."""
    return any(pattern.search(words) for pattern in patterns)


def blanked(words: str, start: int, end: int) -> str:
    """Return a text with spaces in place of the characters between two places."""
    return f"{words[:start]}{' ' * (end - start)}{words[end:]}"


def clause_at(words: str, start: int, end: int) -> str:
    """Return the part of a sentence around a place, up to the next mark or "and" on both sides."""
    before = [found.end() for found in _clause_end().finditer(words) if found.end() <= start]
    after = _clause_end().search(words, end)
    return words[max(before, default=0) : after.start() if after else len(words)]


@cache
def compiled(patterns: tuple[str, ...]) -> Patterns:
    """Return patterns of the file, compiled; in them, only Latin letters make up words."""
    return tuple(re.compile(pattern.replace("{places}", _places()), re.IGNORECASE | re.ASCII) for pattern in patterns)


@cache
def meanings_file() -> Mapping[str, Any]:
    """Return the content of `line_meanings.yaml`."""
    text = files("advisor_ui.state").joinpath("line_meanings.yaml").read_text(encoding="utf-8")
    content: Mapping[str, Any] = yaml.safe_load(text)
    return content


def _states(words: str, option: Option) -> bool:
    if says_any(words, option.unless):
        return False
    found = (match for pattern in option.says for match in pattern.finditer(words))
    return any(option.negative or not has_negation(clause_at(words, *match.span())) for match in found)


def _unambiguous(values: Mapping[str, Option]) -> Iterator[Option]:
    """Yield the answers to one question, unless they exclude each other."""
    strong = {value: option for value, option in values.items() if not option.weak} or values
    several = next(iter(strong.values())).named[0][1].kind == "choices"
    if several or len(strong) == 1:
        yield from strong.values()


def _residency(words: str) -> Iterator[Note]:
    """Yield the note on the Region of data that must stay in a country, unless the sentence names a Region."""
    if not any(region in words for region in REGIONS) and (regions := regions_of_area(words)):
        yield Note("note_residency", regions)


def regions_of_area(words: str) -> tuple[str, ...]:
    """Return the Regions of the country or area that words name, or none if they name none."""
    for place in meanings_file()["places"]:
        if says_any(words, compiled(tuple(place["says"]))):
            return tuple(place["regions"])
    return ()


@cache
def _clause_end() -> re.Pattern[str]:
    return compiled((meanings_file()["clause_end"],))[0]


@cache
def _patterns(key: str) -> Patterns:
    return compiled(tuple(meanings_file()[key]))


@cache
def _places() -> str:
    return "|".join(
        pattern.removeprefix(r"\b").removesuffix(r"\b")
        for place in meanings_file()["places"]
        for pattern in place["says"]
    )


@cache
def _bounds() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(p, re.IGNORECASE | re.ASCII), text) for p, text in meanings_file()["bounds"])


@cache
def _options() -> tuple[Option, ...]:
    return tuple(
        Option(
            named=[one for one in named(row["field"]) if one[0] == row.get("kind", one[0])],
            value={True: "yes", False: "no"}.get(row["value"], row["value"]),
            says=compiled(tuple(row["says"])),
            unless=compiled(tuple(row.get("unless", ()))),
            like=row.get("like", NO_ANSWERS),
            also=row.get("with", NO_ANSWERS),
            negative=row.get("negative", False),
            weak=row.get("weak", False),
            residency=row.get("residency", False),
        )
        for row in meanings_file()["options"]
    )
