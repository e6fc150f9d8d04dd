"""The schedule of some work in a sentence of pasted requirements, with its time zone."""

import re
from collections.abc import Sequence

from advisor.vocabulary.schedule_words import expression_of
from advisor.vocabulary.time_zones import zone_in
from advisor_ui.state.line_meanings import Meaning, blanked, clause_at, compiled, meanings_file, named, says_any
from advisor_ui.state.line_names import has_negation

_TOKEN = re.compile(r"[A-Za-z0-9:,'/]+|[^\sA-Za-z0-9]")
_LONGEST_SCHEDULE = 12
_OF_A_JOB = {"trigger": "schedule"}

Spans = Sequence[tuple[int, int]]


def schedule(words: str, rates: Spans = (), *, of_work: bool = False) -> tuple[list[Meaning], str]:
    """Return the schedule of some work, if the sentence is about work or a part of a job (`of_work`); the words of a rate, such as "daily" of its unit, are none."""
    file = meanings_file()
    scheduled = of_work or _is_alone(words) or says_any(words, compiled(tuple(file["scheduled"])))
    if not scheduled or says_any(words, compiled(tuple(file["not_scheduled"]))):
        return [], words
    zone, timed = zone_in(words) or ("", words)
    meanings, rest = _timed(timed, rates if timed == words else ())
    zoned = [Meaning(named("time_zone"), zone, _OF_A_JOB)] if zone and meanings else []
    return [*meanings, *zoned], rest if meanings else words


def _timed(words: str, rates: Spans) -> tuple[list[Meaning], str]:
    """Return the schedule that the longest words of a sentence state."""
    file = meanings_file()
    taken = [found.span() for pattern in compiled(tuple(file["no_schedule"])) for found in pattern.finditer(words)]
    bare = compiled((file["bare_day"],))[0]
    tokens = [found.span() for found in _TOKEN.finditer(words)]
    for length in range(min(_LONGEST_SCHEDULE, len(tokens)), 0, -1):
        for first in range(len(tokens) - length + 1):
            start, end = tokens[first][0], tokens[first + length - 1][1]
            if any(start < other[1] and other[0] < end for other in taken) or _is_unit(start, end, rates):
                continue
            text = compiled((file["amounts"]["schedule_end"],))[0].sub("", words[start:end])
            if len(text) >= (4 if text.isascii() else 2) and (bare.search(text) or expression_of(text)):
                text, rest = _with_clock(text, blanked(words, start, end))
                if bare.search(text):
                    continue
                negated = has_negation(clause_at(words, start, end))
                answers = {"trigger": "schedule", "schedule_expression": text}
                meanings = [Meaning(named(id), value, _OF_A_JOB) for id, value in answers.items()]
                return ([], words) if negated else (meanings, rest)
    return [], words


def _is_alone(words: str) -> bool:
    """Return whether a line is nothing but a schedule with a time of day: "Weekdays 7:00"."""
    return any(one.isdigit() for one in words) and expression_of(_without_ends(words)) is not None


def _without_ends(words: str) -> str:
    return compiled((meanings_file()["amounts"]["schedule_ends"],))[0].sub("", words)


def _with_clock(text: str, rest: str) -> tuple[str, str]:
    """Return a schedule with the only time of day that stands apart from its days: "nightly export at 2:30 am"."""
    parts = meanings_file()["amounts"]
    found = [*compiled((parts["clock"],))[0].finditer(rest)]
    if len(found) != 1 or says_any(rest[: found[0].start()], compiled((parts["not_a_start"],))):
        return text, rest
    timed = f"{text} {found[0]['clock']}"
    return (timed, blanked(rest, *found[0].span())) if expression_of(timed) else (text, rest)


def _is_unit(start: int, end: int, rates: Spans) -> bool:
    """Return whether words are only the unit of a rate: "daily" of "1,000 orders daily"; "4 times a day" as a whole is a schedule."""
    return any(first <= start and end <= last and (start, end) != (first, last) for first, last in rates)
