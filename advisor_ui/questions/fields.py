"""Questions as text: options, and the assumption for an unanswered question."""

from dataclasses import replace
from typing import Any

from advisor.requirements import check_answer
from advisor.requirements.peaks import HOURS, PEAK, within_hours
from advisor.text import Lang, Text
from advisor.verdict.fact_words import describe
from advisor.vocabulary import FIELDS, Field, units
from advisor.vocabulary.amounts import Range, amount_words, parse_amount
from advisor.vocabulary.formats.rates import PERIODS, StatedRate
from advisor.vocabulary.units import QuantityError
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD, Raw
from advisor_ui.words import say

_SHORT = 26


def options(field: Field) -> list[str]:
    """Return the values of a field's options."""
    return [option.value for option in field.options]


def fits_segments(field: Field, lang: Lang) -> bool:
    """Return whether a choice is short enough to be a row of segments in the narrow column."""
    labels = [option.label.in_(lang) for option in field.options]
    wide = 2 if lang == "ja" else 1
    return len(labels) <= 3 and sum(len(label) * wide for label in labels) <= _SHORT


def assumed_words(field: Field, value: Any, lang: Lang, kind: str = "component") -> str:
    """Return "assumed: 30 s" for a default, or an example if there is none."""
    if value is None:
        quantity = units.example(field.unit)
        sample = quantity.in_(lang) if quantity else field.example
        return say("example", lang, value=sample) if sample else say("not_answered", lang)
    id = f"workload.{field.id}" if kind == WORKLOAD else field.id
    return say("assumed", lang, value=describe(kind, id, value)[1].in_(lang))


def quantity_echo(field: Field, value: Any, lang: Lang) -> str:
    """Return how a quantity is read: "Read as 25 s." for "25", or "" if it was written so, or nothing can be read."""
    try:
        words = "" if value in (None, "") else amount_words(parse_amount(value, field), field.unit).in_(lang)
    except QuantityError:
        return ""
    written = "".join(str(value).split()) == "".join(words.split())
    return "" if written or not words else say("understood", lang, value=words)


def spread_echo(draft: Raw, id: str, field: Field, lang: Lang) -> str:
    """Return over which time a peak is spread that was stated for an hour or longer, or "" for another question or rate."""
    try:
        value = drafts.answer(draft, id, field.id)
        peak = parse_amount(value, field) if field.id == PEAK and value not in (None, "") else None
    except QuantityError:
        return ""
    period = peak.period if isinstance(peak, StatedRate | Range) else ""
    if peak is None or period not in PERIODS or PERIODS[period] < PERIODS["hour"]:
        return ""
    known, most = _hours(draft, id), field.maximum
    within = peak if known is None else within_hours(peak, known, most)
    rate = replace(within, period="") if isinstance(within, Range) else float(within)  # type: ignore[arg-type]
    key = "spread_hour" if period == "hour" else "spread_known" if within is not peak else "spread_day"
    key = "spread_channel" if key == "spread_day" and drafts.kind_of(draft, id) != "component" else key
    hours = amount_words(known, "h").in_(lang) if known is not None else ""
    return say(key, lang, rate=amount_words(rate, field.unit).in_(lang), hours=hours)


def _hours(draft: Raw, id: str) -> float | Range | None:
    """Return the hours per day of a component, or None if they are not answered."""
    stated = drafts.answer(draft, id, HOURS) if drafts.kind_of(draft, id) == "component" else None
    try:
        return None if stated in (None, "") else parse_amount(stated, field_of("component", HOURS))
    except QuantityError:
        return None


def words_echo(field: Field, value: Any, lang: Lang, kind: str = "component") -> str:
    """Return how a schedule, time zone or Region in words is read, or "" if it is written as a code or cannot be read."""
    code = field.reading(value) if field.reading and isinstance(value, str) else None
    if code is None:
        return ""
    id = f"workload.{field.id}" if kind == WORKLOAD else field.id
    return say("understood", lang, value=describe(kind, id, code)[1].in_(lang))


def problem_of(field: Field, words: str) -> Text | None:
    """Return what is wrong with an answer that was written, or None if nothing is, or nothing was written."""
    try:
        if words:
            check_answer(field, words)
    except ValueError as error:
        problem: Text = error.text  # type: ignore[attr-defined]
        return problem
    return None


def field_of(kind: str, id: str) -> Field:
    """Return a question of a kind of subject. Raises KeyError if there is none."""
    for field in FIELDS[kind]:
        if field.id == id:
            return field
    raise KeyError(id)
