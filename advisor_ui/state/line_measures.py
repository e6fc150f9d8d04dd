"""Numbers in a sentence of pasted requirements with what they measure, whichever question they answer: "20 min", "5 GB", "50 rps"."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from advisor_ui.state.line_meanings import compiled, meanings_file, says_any

_MONEY = r"(?:US)?\$\s?{number}"


class Found(NamedTuple):
    """A quantity in a sentence: what it measures, where it stands, and its words."""

    of: str
    start: int
    end: int
    text: str


def has_number(words: str) -> bool:
    """Return whether a number is left in a sentence; the 1 of "1 message" and that of "S3" do not count."""
    return bool(amount_pattern("loose_number").search(words))


def has_quantity(words: str) -> bool:
    """Return whether a text holds a number with a unit, or a time of day, whether they answer a question or not."""
    patterns = (rate_pattern(), amount_pattern("clock"), *_measure_patterns().values())
    return any(pattern.search(words) for pattern in patterns)


def numbers_in(words: str) -> list[str]:
    """Return the numbers that are left in a sentence, each with the words after it."""
    return [match[0].strip(" ,;、") for match in amount_pattern("named_number").finditer(words)]


def measured(words: str) -> Iterator[Found]:
    """Yield the lengths of time, sizes, shares and sums of money in a sentence."""
    for of, pattern in _measure_patterns().items():
        for match in pattern.finditer(words):
            is_other = _is_interval(words, match) if of == "time" else of == "size" and _is_no_largest(words, match)
            if not is_other:
                yield Found(of, *match.span(), match[0].strip())


def _is_no_largest(words: str, match: re.Match[str]) -> bool:
    """Return whether a size is a growth or the usual one, for neither of which there is a question."""
    return _stands_by(words, match, "growth") or _stands_by(words, match, "usual")


def _stands_by(words: str, match: re.Match[str], key: str) -> bool:
    """Return whether a quantity stands right after or before words of the file."""
    before, after = (compiled((pattern,)) for pattern in meanings_file()["amounts"][key])
    return says_any(words[: match.start("core")], before) or says_any(words[match.end() :], after)


def _is_interval(words: str, match: re.Match[str]) -> bool:
    """Return whether a time is an interval or the unit of a rate: "every 5 min", "10 calls a second"."""
    said = words[: match.start("core")]
    is_unit = match["core"][:1] in ("a", "A") and amount_pattern("counted").search(said)
    return bool(is_unit) or _stands_by(words, match, "interval")


@cache
def amount_pattern(key: str) -> re.Pattern[str]:
    """Return a pattern of the file by its key."""
    return compiled((meanings_file()["amounts"][key],))[0]


@cache
def rate_pattern() -> re.Pattern[str]:
    """Return the pattern of a number of something in a time."""
    parts = meanings_file()["amounts"]
    rates = "|".join(parts["rates"]).replace("{count}", parts["count"])
    return compiled((f"{parts['nearly']}(?:{rates})",))[0]


@cache
def _measure_patterns() -> Mapping[str, re.Pattern[str]]:
    parts = meanings_file()["amounts"]
    number = parts["number"]
    several = rf"(?:{number}\s?(?:{parts['between']})\s?)?"
    found = {
        of: rf"{parts['before']}(?<![\w.,/])(?<!\d:)(?P<core>{several}{number}\s?(?:{unit})){parts['after']}"
        for of, unit in parts["units"].items()
    }
    found["money"] = rf"(?:{found['money']})|{_MONEY.replace('{number}', number)}"
    return {of: compiled((pattern,))[0] for of, pattern in found.items()}
