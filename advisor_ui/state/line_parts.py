"""Typical parts that a sentence of pasted requirements names: "an API, a queue worker and a database", by `line_parts.yaml`.

The sentence falls into phrases; a phrase belongs to the part that it names, else to the part that was named before it.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

import yaml

_FLAGS = re.IGNORECASE | re.ASCII


class Mention(NamedTuple):
    """A typical part that a phrase names, with the words; `own` keeps them as its name, `another` is one more of its kind."""

    part: str
    words: str
    own: bool
    another: bool


class Phrase(NamedTuple):
    """A phrase of a sentence, and the typical part that it names, if any."""

    words: str
    mention: Mention | None = None

    @property
    def rest(self) -> str:
        """What the phrase says besides the name of the part, without words that say nothing."""
        return without_empty(self.words.replace(self.mention.words, " ", 1) if self.mention else self.words)


class _Found(NamedTuple):
    start: int
    end: int
    part: str
    own: bool


def phrases(words: str) -> list[Phrase]:
    """Return the phrases of a sentence, each with at most one part."""
    found = list(_mentioned(words))
    cuts = {0: 0, len(words): len(words)}  # where a phrase begins, and where the one before ends
    for match in _pattern("between").finditer(words):
        if not any(one.start < match.end() and match.start() < one.end for one in found) and not _is_inside(
            words, match
        ):
            cuts[match.end()] = match.start()
    for one, after in pairwise(found):
        if not any(one.end <= cut <= after.start for cut in cuts):
            joined = _pattern("joins").match(words, one.end)
            own = _pattern("begins").search(words[one.end : after.start])
            start = joined.end() if joined else one.end + own.start() if own else after.start
            cuts[start] = joined.start() if joined else start
    places = sorted(cuts)
    return [
        Phrase(text, _mention(words, start, end, found))
        for start, end in pairwise(places)
        if (text := _trimmed(words[start : cuts[end]]))
    ]


def clauses(found: Sequence[Phrase], *, by_subject: bool = True) -> list[list[Phrase]]:
    """Return the phrases of a sentence in groups that are each about one part, or `by_subject` about something else.

    Of a sentence that names several parts, each begins a group; what stands before the only part belongs to it, unless it has
    a subject of its own.
    """
    several = sum(phrase.mention is not None for phrase in found) > 1
    groups: list[list[Phrase]] = [[]]
    of_another = is_condition = False
    for phrase in found:
        said = normalized(phrase.words)
        begins = by_subject and not (phrase.mention or is_condition) and bool(_pattern("subject").search(said))
        is_condition = bool(_pattern("condition").search(said))
        if begins or (phrase.mention and (several or of_another)):
            groups.append([])
        of_another = begins or (of_another and phrase.mention is None)
        groups[-1].append(phrase)
    return [group for group in groups if group]


def pieces(phrase: Phrase) -> list[Phrase]:
    """Return what marks and parentheses part in a phrase, or nothing if it has no such marks; the words of its part stand in none."""
    found = [piece for piece in _pattern("pieces").split(normalized(phrase.words)) if without_empty(piece)]
    named = normalized(phrase.mention.words) if phrase.mention else ""
    return [Phrase(piece.strip()) for piece in found if not named or named not in piece] if len(found) > 1 else []


def is_a_list(words: str) -> bool:
    """Return whether marks part a text into several statements."""
    return len([one for one in _pattern("pieces").split(normalized(words)) if without_empty(one)]) > 1


def normalized(words: str) -> str:
    """Return words in one width of characters."""
    return unicodedata.normalize("NFKC", words)


def without_empty(words: str) -> str:
    """Return a text without the words that say nothing, or "" if nothing is left."""
    return " ".join(_pattern("empty").sub(" ", words).split())


def counts_users(words: str) -> bool:
    """Return whether a rate counts the users of a workload."""
    return bool(_pattern("users").search(words))


def counts_things(words: str) -> bool:
    """Return whether a rate counts files or messages, and no requests."""
    return bool(_pattern("things").search(words)) and not counts_users(words)


def titles_nothing(words: str) -> bool:
    """Return whether words before a colon are the heading of a remark, and no title of a part."""
    return bool(_pattern("no_title").search(words.strip()))


def takes_messages(words: str) -> bool:
    """Return whether what is said of a part makes it a worker: it consumes events, messages or jobs, or acts on each of them."""
    return bool(_pattern("takes_messages").search(words))


def takes_events(words: str) -> bool:
    """Return whether what a worker takes are events, of which each receiver gets its own copy."""
    return takes_messages(words) and bool(_pattern("events").search(words))


def beside(kind: str) -> Mapping[str, str]:
    """Return the questions of a kind of part that a bare quantity answers, by what it measures."""
    found: Mapping[str, str] = _file()["beside"].get(kind, {})
    return found


def _trimmed(words: str) -> str:
    return re.sub(rf"(?:{_file()['between']})+$", "", words.strip(), flags=_FLAGS).strip()


def _is_inside(words: str, match: re.Match[str]) -> bool:
    """Return whether a mark stands inside parentheses."""
    before = words[: match.start()]
    return before.count("(") > before.count(")")


def _mention(words: str, start: int, end: int, found: list[_Found]) -> Mention | None:
    for one in found:
        if start <= one.start < end:
            another = bool(_pattern("another_before").search(words[start : one.start]))
            return Mention(one.part, words[one.start : one.end], one.own, another) if one.part else None
    return None


def _mentioned(words: str) -> Iterator[_Found]:
    """Yield the parts that a sentence names, in its order; of words that overlap, the longest."""
    found = [
        _Found(*match.span(), row["part"], row.get("own", False))
        for row in _file()["parts"]
        for pattern in row["says"]
        for match in _compiled(pattern).finditer(words)
    ]
    taken: list[_Found] = []
    for one in sorted(found, key=lambda one: one.start - one.end):
        if not any(one.start < other.end and other.start < one.end for other in taken):
            taken.append(one)
    yield from (one for one in sorted(taken) if one.part and not _is_absent(words, one))


def _is_absent(words: str, one: _Found) -> bool:
    before, after = _pattern("absent_before"), _pattern("absent_after")
    return bool(before.search(words[: one.start]) or after.search(words[one.end :]))


def _pattern(key: str) -> re.Pattern[str]:
    return _compiled(_file()[key])


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    for name in ("outside_ja", "outside"):
        pattern = pattern.replace(f"{{{name}}}", f"(?:{_file()[name]})")
    return re.compile(pattern, _FLAGS)


@cache
def _file() -> Mapping[str, Any]:
    text = files("advisor_ui.state").joinpath("line_parts.yaml").read_text(encoding="utf-8")
    content: Mapping[str, Any] = yaml.safe_load(text)
    return content
