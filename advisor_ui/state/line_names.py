"""Names of questions and parts in pasted requirements: titles and ids in both languages, and `line_words.yaml`."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from advisor.vocabulary import FIELDS, Field
from advisor.vocabulary.field import Option
from advisor_ui.state.draft import NAMES, WORKLOAD
from advisor_ui.words_proof import PART_TITLES

_IGNORED = re.compile(r"(?:[^\w#+%]|_)+")
_UNIT = re.compile(r"_(?:s|ms|rps|mib|bytes|percent)$")
_NEAR = 0.86
#: The order in which kinds are asked where a question belongs to several and no part of the list says which.
_ORDER = ("component", "channel", "store", WORKLOAD)
Named = list[tuple[str, Field]]


def fields_called(words: str) -> Named:
    """Return the questions that a text names, with the kinds of part to which they apply."""
    name, names = plain(words), _fields()
    if not name:
        return []
    near = get_close_matches(name, names, 1, _NEAR) if name not in names and len(name) > 4 else []
    return list(names.get(name) or (names[near[0]] if near else ()))


def field_before(words: str) -> tuple[Named, str]:
    """Return the questions whose name a line begins with, the longest name first, and the rest of the line."""
    said = without_filling(words)
    for end in range(len(said), 0, -1):
        if end < len(said) and said[end - 1].isascii() and said[end - 1].isalnum() and said[end].isalnum():
            continue  # in the middle of a word
        found = _fields().get(plain(said[:end]))
        if found:
            rest = said[end:].strip(" :：,、。.")
            return list(found), _filling().sub("", rest, count=1)
    return [], ""


def part_called(words: str) -> str:
    """Return the kind of part, or the typical part, that a text names, or "" if it names neither."""
    return _parts().get(plain(words), "")


def is_no(words: str) -> tuple[bool, str]:
    """Return whether a line negates its subject, and the subject."""
    for no in sorted(line_words()["says_no"], key=len, reverse=True):
        spaced = f"{no} " if no.isascii() else no
        if words.casefold().startswith(spaced):
            return True, words[len(spaced) :].strip()
        if not no.isascii() and words.endswith(no):
            return True, words[: -len(no)].strip()
    return False, words


def has_negation(words: str) -> bool:
    """Return whether a sentence negates something, anywhere."""
    return bool(_negation().search(words))


def without_filling(words: str) -> str:
    """Return a line without the words at its beginning that state nothing, such as "we need"."""
    rest = _filling().sub("", words, count=1)
    return words if rest == words else without_filling(rest)


def says(words: str) -> bool | None:
    """Return the value of a yes or no, or None for other text."""
    name = plain(words)
    for key, value in (("says_yes", True), ("says_no", False)):
        if name in {plain(word) for word in line_words()[key]}:
            return value
    return None


def same_words(one: str, other: str) -> bool:
    """Return whether two names are equal except for case, spaces and hyphens."""
    return plain(one) == plain(other) != ""


def plain(words: str) -> str:
    """Return a text normalized for spelling variants in lists."""
    return _IGNORED.sub("", words.casefold())


def values_of(words: str) -> list[str]:
    """Return the several values that a line names."""
    return [part for part in _between().split(words) if part]


def names_of_option(field: Field, option: Option) -> Iterator[str]:
    """Yield the names of an option, normalized: its value, its labels, and those in `line_words.yaml`."""
    more = line_words()["options"].get(field.id, {}).get(option.value, ())
    yield from (plain(words) for words in (option.value, option.label.en, option.label.ja, *more))


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:[,、;/]|{_any_of('between')})\s*", re.IGNORECASE)


@cache
def _negation() -> re.Pattern[str]:
    return re.compile(_any_of("negation"), re.IGNORECASE)


@cache
def _filling() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_any_of('filling')})\s*", re.IGNORECASE)


def _any_of(key: str) -> str:
    """Return a pattern that matches any of some words; alphabetic ones only as whole words."""
    return "|".join(rf"\b{word}\b" if word.isascii() else word for word in line_words()[key])


@cache
def line_words() -> Mapping[str, Any]:
    """Return the words of `line_words.yaml`."""
    text = files("advisor_ui.state").joinpath("line_words.yaml").read_text(encoding="utf-8")
    words: Mapping[str, Any] = yaml.safe_load(text)
    return words


@cache
def _fields() -> Mapping[str, Named]:
    found: dict[str, Named] = {}
    for kind in _ORDER:
        for field in FIELDS[kind]:
            for name in dict.fromkeys(map(plain, _called(field))):
                found.setdefault(name, []).append((kind, field))
    return found


def _called(field: Field) -> Iterator[str]:
    yield from (field.id, _UNIT.sub("", field.id), field.title.en, field.title.ja)
    yield from line_words()["questions"].get(field.id, ())


@cache
def _parts() -> Mapping[str, str]:
    found = {plain(title): part for part, text in PART_TITLES.items() for title in (text.en, text.ja)}
    found |= {plain(word): part for part, words in line_words()["parts"].items() for word in words}
    found |= {plain(text.en): kind for kind, text in NAMES.items() if kind != WORKLOAD}
    found |= {plain(text.ja): kind for kind, text in NAMES.items() if kind != WORKLOAD}
    return found
