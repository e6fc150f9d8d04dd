"""Quantities in a sentence of pasted requirements: lengths of time, sizes, shares, rates, schedules and numbers of receivers.

A quantity answers the question whose words stand nearest to it, in `line_meanings.yaml`; without such words it answers none.
"""

from collections.abc import Mapping
from functools import cache
from re import Pattern
from typing import NamedTuple

from advisor_ui.state.line_meanings import (
    NO_ANSWERS,
    Meaning,
    Patterns,
    blanked,
    clause_at,
    compiled,
    is_valid,
    meanings_file,
    named,
    says_any,
)
from advisor_ui.state.line_measures import Found, amount_pattern, measured, rate_pattern
from advisor_ui.state.line_names import Named, has_negation
from advisor_ui.state.line_receivers import receivers
from advisor_ui.state.line_schedules import schedule

#: The questions whose words `line_meanings.yaml` has, so that no other reading of a sentence answers them.
QUANTITIES = frozenset(row["field"] for row in meanings_file()["quantities"])


class Quantity(NamedTuple):
    """A question with a quantity: the unit in which it counts, and the words next to it."""

    named: Named
    of: str
    says: Patterns
    needs: Patterns
    unless: Patterns
    unless_clause: Patterns
    most: bool
    weak: bool
    like: Mapping[str, str]


def amounts(words: str) -> tuple[list[Meaning], str]:
    """Return the quantities that a sentence states, and the sentence with those blanked out."""
    words = _with_units(words)
    meanings, rest = schedule(words, [found.span() for found in rate_pattern().finditer(words)])
    for reading in (_rates, _measures, receivers):
        more, rest = reading(rest)
        meanings += more
    return meanings, rest


def _with_units(words: str) -> str:
    """Return a sentence in which a number beside "peak" or "average" has the unit of the only other rate."""
    found = [*rate_pattern().finditer(words)]
    unit = _count().match(found[0][0]) if len(found) == 1 else None
    if unit is None or not found[0][0][unit.end() :].strip():
        return words
    for pattern in _of_the_same():
        if number := pattern.search(blanked(words, *found[0].span())):
            return f"{words[: number.end()]}{found[0][0][unit.end() :]}{words[number.end() :]}"
    return words


def bare_amounts(words: str, questions: Mapping[str, str]) -> tuple[list[Meaning], str]:
    """Return the quantities that answer a question by what they measure alone, each question once, and the other words."""
    meanings: dict[str, Meaning] = {}
    for one in sorted(measured(words), key=lambda one: one.start):
        field = questions.get(one.of, "")
        text = _bare(one.text)
        if one.of == "time" and says_any(clause_at(words, one.start, one.end), (*_notices(), *_other_percentile())):
            continue
        if field and field not in meanings and is_valid(named(field)[0][1], text) and not _is_negated(words, one):
            meanings[field] = Meaning(named(field), text)
            words = blanked(words, one.start, one.end)
    return list(meanings.values()), words


def _rates(words: str) -> tuple[list[Meaning], str]:
    """Return the rates that are the load of a part; peak or average by the nearest word."""
    file = meanings_file()
    if says_any(words, compiled(tuple(file["not_a_load"]))):
        return [], words
    found = [Found("rate", *match.span(), match[0]) for match in rate_pattern().finditer(words)]
    meanings: dict[str, Meaning] = {}
    bound = amount_pattern("rate_bound")
    sizes = [one for one in measured(words) if one.of == "size"]
    for rate in found:
        near = sorted((*found, *sizes), key=lambda one: one.start)
        before, after = _around(words, near, near.index(rate))
        before, text = before + "".join(bound.findall(rate.text)), bound.sub("", rate.text)
        kinds = (("rate_peak_rps", file["peak"]), ("rate_average_rps", file["average"]))
        said = [(d, id) for id, says in kinds if (d := _distance(before, after, compiled(tuple(says)))) is not None]
        id = min(said)[1] if said else "rate_average_rps"
        if id in meanings or not is_valid(named(id)[0][1], text) or _is_negated(words, rate):
            continue
        meanings[id] = Meaning(named(id), text)
        words = blanked(words, rate.start, rate.end)
        said_here = slice(rate.start - len(before), rate.end + len(after))
        kind = compiled(tuple(dict(kinds)[id]))
        words = f"{words[: said_here.start]}{_without(words[said_here], kind)}{words[said_here.stop :]}"
    return list(meanings.values()), words


def _without(words: str, patterns: Patterns) -> str:
    for pattern in patterns:
        words = pattern.sub(lambda found: " " * len(found[0]), words)
    return words


def _measures(words: str) -> tuple[list[Meaning], str]:
    found = sorted(measured(words), key=lambda one: one.start)
    ends = {one.end + gap for one in found for gap in (0, 1)}
    found = [
        one for one in found if one.start not in ends or one.text[0] != "a"
    ]  # in "200 USD a month", no month is stated
    meanings: dict[str, Meaning] = {}
    rest = words
    for index, one in enumerate(found):
        before, after = _around(words, found, index)
        quantity = _nearest(words, one, before, after, {*meanings})
        if quantity is None or _is_negated(words, one):
            continue
        field = quantity.named[0][1]
        if field.id == "longest_run_s" and says_any(
            clause_at(words, one.start, one.end), (*_notices(), *_other_percentile())
        ):
            continue
        text = _bare(one.text) if quantity.most or field.asks else one.text
        if is_valid(field, text):
            meanings[field.id] = Meaning(quantity.named, text, quantity.like)
            rest = blanked(rest, one.start, one.end)
            rest = _without(rest, quantity.says)
    return list(meanings.values()), rest


def _nearest(words: str, one: Found, before: str, after: str, taken: set[str]) -> Quantity | None:
    """Return the question whose words are nearest to a quantity, or None; those that any quantity can have come last."""
    near = []
    for order, quantity in enumerate(_quantities()):
        if quantity.of != one.of or quantity.named[0][1].id in taken or says_any(words, quantity.unless):
            continue
        if says_any(clause_at(words, one.start, one.end), quantity.unless_clause):
            continue
        distance = _distance(before, after, quantity.says)
        if distance is not None and (not quantity.needs or says_any(words, quantity.needs)):
            near.append((quantity.weak, distance, order, quantity))
    return min(near, key=lambda one: one[:3])[3] if near else None


def _around(words: str, found: list[Found], index: int) -> tuple[str, str]:
    """Return the text between a quantity and the one before it, and after it up to the next one or the end of the clause."""
    start = found[index - 1].end if index else 0
    end = found[index + 1].start if index + 1 < len(found) else len(words)
    after = words[found[index].end : end]
    mark = amount_pattern("break").search(after)
    return words[start : found[index].start], after[: mark.start()] if mark else after


def _distance(before: str, after: str, says: Patterns) -> int | None:
    ends = [len(before) - match.end() for pattern in says for match in pattern.finditer(before)]
    starts = [match.start() for pattern in says for match in pattern.finditer(after)]
    return min((*ends, *starts), default=None)


def _bare(text: str) -> str:
    """Return a quantity without the words of an upper bound, where the question asks for the largest."""
    return compiled((meanings_file()["amounts"]["upper"],))[0].sub("", text)


def _is_negated(words: str, found: Found) -> bool:
    return has_negation(clause_at(words, found.start, found.end))


@cache
def _count() -> Pattern[str]:
    parts = meanings_file()["amounts"]
    return compiled((parts["nearly"] + parts["count"],))[0]


@cache
def _of_the_same() -> Patterns:
    parts = meanings_file()["amounts"]
    return compiled(tuple(one.replace("{count}", parts["count"]) for one in parts["of_the_same"]))


@cache
def _notices() -> Patterns:
    parts = meanings_file()["amounts"]
    return compiled((*parts["notices"], *parts["processed_within"]))


@cache
def _other_percentile() -> Patterns:
    return compiled((meanings_file()["other_percentile"],))


@cache
def _quantities() -> tuple[Quantity, ...]:
    return tuple(
        Quantity(
            named=named(row["field"]),
            of=row["of"],
            says=compiled(tuple(row["says"])),
            needs=compiled(tuple(row.get("needs", ()))),
            unless=compiled(tuple(row.get("unless", ()))),
            unless_clause=compiled((meanings_file()[row["unless_clause"]],) if "unless_clause" in row else ()),
            most=row.get("most", False),
            weak=row.get("weak", False),
            like=row.get("like", NO_ANSWERS),
        )
        for row in meanings_file()["quantities"]
    )
