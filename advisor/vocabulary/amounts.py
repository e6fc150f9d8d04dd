"""Quantities as people state them: a number, a bound, a range, or a word of magnitude ("at most 15 min", "2-8 h", "hours").

`parse_amount` reads them in the base unit of a question; `Range` is what is no single number.
"""

import math
import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from advisor.text import Text, spaced
from advisor.vocabulary import amount_words as names
from advisor.vocabulary.amount_problems import reason_against, reason_of_question, without_month
from advisor.vocabulary.amount_spelling import rewritten
from advisor.vocabulary.amount_text import Span, Unreadable, bands_of, read_span
from advisor.vocabulary.clock_hours import hours_between
from advisor.vocabulary.field import Field
from advisor.vocabulary.formats.beside import Beside
from advisor.vocabulary.formats.rates import PERIODS, StatedRate, period_of
from advisor.vocabulary.units import DECIMALS, EXAMPLES, QuantityError, parse, words

#: What words of order count, by the base unit of a question.
_COUNTED = {
    "s": ("hours", "時間"), "ms": ("seconds", "秒"), "h": ("hours", "時間"), "B": ("GB", " GB"), "MiB": ("GB", " GB"),
    "per_s": ("per day", "件/日"), "count": ("", "件"),
}  # fmt: skip
_NONE = Text("none", "なし")
# A unit is close to a bound if it is no more than this share of it.
_CLOSE = 0.1
# Decimals up to which a rate per second is written as a number.
_SHORT = 3
_DAY_H = 24.0
_RATE_UNIT = re.compile(r"/(min|h|day|d)\s*$")
#: Longest text of a quantity that is read.
MOST_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Range:
    """All values that an answer allows, in the base unit of its question, and the one that a design is drawn for.

    `low` and `high` lie within what the question allows, and `low_open` and `high_open` say that the end itself is left
    out; `said` holds the ends that were stated, None for one that was not. `reading` is the typical value where one was
    stated (`typical`), else that of a word of magnitude (`usual`), else the more demanding of the stated ends. `text` is what was written, and `users` says that it
    counted users, each of whom is taken to make `REQUESTS_PER_USER` requests in the `period`, which a rate has (a name in `PERIODS`).
    """

    low: float
    high: float
    low_open: bool
    high_open: bool
    said: tuple[float | None, float | None]
    reading: float
    typical: bool
    text: str
    users: bool = False
    usual: bool = False
    period: str = ""

    def within(self, hours: float, most: float) -> "Range":
        """Return a range of rates with all of each in some hours of each day, no more than `most`."""
        low, high, reading = (min(end * _DAY_H / hours, most) for end in (self.low, self.high, self.reading))
        said = (None if end is None else min(end * _DAY_H / hours, most) for end in self.said)
        return replace(self, low=low, high=high, reading=reading, said=(next(said), next(said)), period="")

    def holds(self, value: float) -> bool:
        """Return whether the range allows a value."""
        above = value > self.low if self.low_open else value >= self.low
        return above and (value < self.high if self.high_open else value <= self.high)


def parse_amount(value: object, field: Field) -> float | Range:
    """Return a quantity as a number or a range in the base unit of its question. Raises QuantityError if it is invalid."""
    if isinstance(value, Range | StatedRate):
        return value
    try:
        return _in_its_unit(parse(value, field.unit), value)
    except QuantityError as error:
        if not isinstance(value, str) or len(value) > MOST_CHARACTERS or not value.strip():
            raise
        problem = error
    if field.unit == "h" and (hours := hours_between(value)) is not None:
        return round(hours, DECIMALS)
    if other := reason_of_question(value, field):
        raise QuantityError(other)
    try:
        span = _read(without_month(value, field), field)
    except Unreadable as unreadable:
        reason = reason_against(value, field) or unreadable.text
        raise (QuantityError(reason) if reason else _unreadable(field, problem)) from unreadable
    if field.no_limit is not None and span.low is None:
        raise QuantityError(field.no_limit)
    return _as_answer(span, field, " ".join(value.split()))


def _read(text: str, field: Field) -> Span:
    """Return the range that a text states, directly or in everyday words. Raises Unreadable if it states none."""
    try:
        return read_span(text, field)
    except Unreadable:
        plain = rewritten(text)
        if plain == text:
            raise
        try:
            return read_span(plain, field)
        except Unreadable:
            pass  # what is wrong is said of the text as it was written
        raise


def _unreadable(field: Field, problem: QuantityError) -> QuantityError:
    """Return the suggested correction: the problem with the unit, or all accepted forms of a quantity."""
    if "unit" in problem.text.en:
        return problem
    example = EXAMPLES[field.unit]
    value = words(parse(example, field.unit), field.unit).ja
    listed = ", ".join(f'"{word}"' for word in known_words(field).en[:6])
    listed_ja = "".join(f"「{word}」" for word in known_words(field).ja[:6] if word != "数")
    return QuantityError(
        spaced(
            Text(
                f'write a number such as "{example}", a bound ("at most {example}", "more than {example}"), a range or a word such as {listed}',
                f"数値（「{value}」など）、上限・下限（「{value}以下」「{value}超」など）、範囲、または{listed_ja}などの語で書いてください",
            )
        )
    )


class KnownWords(NamedTuple):
    """Words of magnitude in each language, the most common first."""

    en: list[str]
    ja: list[str]


def known_words(field: Field) -> KnownWords:
    """Return the words of magnitude that a question accepts."""
    en, ja = _COUNTED.get(field.unit, ("", ""))
    bands = bands_of(field)
    return KnownWords(
        [*(band.en[0] for band in bands), *(f"{order} {en}".strip() for order in ("a few", "tens of", "thousands of"))],
        [*(band.ja[0] for band in bands if band.ja), *(f"{order}{ja}" for order in ("数", "数十", "数千"))],
    )


def _as_answer(span: Span, field: Field, text: str) -> float | Range:
    low, high = (None if end is None else round(end, DECIMALS) for end in (span.low, span.high))
    asked = span.asked_end(field.asks)
    if asked is not None:  # the question itself asks for this bound
        return round(asked, DECIMALS)
    if low is not None and low == high and not (span.low_open or span.high_open or span.users):
        return _in_its_period(low, span.period, text)
    least, most = (
        max(field.minimum, low if low is not None else field.minimum),
        (min(field.maximum, high) if high is not None else field.maximum),
    )
    _check_order(span, low, high, field)
    if (low is not None and low > field.maximum) or (high is not None and high < field.minimum):
        raise _outside(field)
    answer = Range(
        least,
        most,
        span.low_open and low is not None,
        span.high_open and high is not None,
        (low, high),
        0.0,
        False,
        text,
        span.users,
        period=period_of(span.period),
    )
    if field.unit == "count":
        answer = _whole(answer, field)
    return _with_reading(answer, span, field)


def _in_its_unit(number: float, value: object) -> float:
    """Return a number that may be a rate with a unit, such as "30000/day", as it was stated."""
    unit = _RATE_UNIT.search(value) if isinstance(value, str) else None
    return number if unit is None else _in_its_period(number, names.PERIODS[unit[1]], str(value).strip())


def _in_its_period(rate: float, length: float, text: str) -> float:
    """Return a rate as it was stated if that is an hour or longer, or if it is no short number per second."""
    period = period_of(length)
    kept = period and (PERIODS[period] >= PERIODS["hour"] or rate != round(rate, _SHORT))
    return StatedRate(rate, period, text) if kept else rate


def _check_order(span: Span, low: float | None, high: float | None, field: Field) -> None:
    if low is None or high is None or low < high or (low == high and not (span.low_open or span.high_open)):
        return
    a, b = words(low, field.unit), words(high, field.unit)
    raise QuantityError(
        spaced(
            Text(
                f"no value is at least {a.en} and at most {b.en}; write the smaller end first",
                f"{a.ja}以上で{b.ja}以下の値はありません。小さい方を先に書いてください",
            )
        )
    )


def _outside(field: Field) -> QuantityError:
    low, high = words(field.minimum, field.unit), words(field.maximum, field.unit)
    return QuantityError(
        spaced(
            Text(
                f"nothing in it is between {low.en} and {high.en}, which is what can be answered",
                f"回答できる範囲（{low.ja}から{high.ja}まで）に入る値がありません",
            )
        )
    )


def _whole(answer: Range, field: Field) -> Range:
    """Return a range of counts with whole, closed ends."""
    low = math.floor(answer.low) + 1 if answer.low_open else math.ceil(answer.low)
    high = math.ceil(answer.high) - 1 if answer.high_open else math.floor(answer.high)
    if low > high:
        raise _outside(field)
    return replace(answer, low=float(low), high=float(high), low_open=False, high_open=False)


def _with_reading(answer: Range, span: Span, field: Field) -> Range:
    if span.typical is not None:
        typical = round(span.typical, DECIMALS)
        if not answer.holds(typical):
            worded = words(typical, field.unit)
            raise QuantityError(
                spaced(
                    Text(
                        f"the typical {worded.en} is outside the range",
                        f"通常値の{worded.ja}が範囲に入っていません",
                    )
                )
            )
        return replace(answer, reading=typical, typical=True)
    if span.usual is not None and answer.holds(usual := round(span.usual, DECIMALS)):
        return replace(answer, reading=usual, usual=True)
    return replace(answer, reading=_cautious(answer, field, span.step))


def _cautious(answer: Range, field: Field, step: float) -> float:
    """Return the most demanding stated bound; if it is exclusive, the value one unit inside it.

    An exclusive upper bound of a few units is used itself: one unit less than 1 s is nothing, and less than 2 h is not 1 h.
    """
    low_said, high_said = (end is not None for end in answer.said)
    take_high = high_said and (field.cautious == "high" or not low_said)
    if take_high:
        inside = answer.high_open and step <= answer.high * _CLOSE
        return _beside(answer.high, -step, answer) if inside else answer.high
    return _beside(answer.low, step, answer) if answer.low_open else answer.low


def _beside(end: float, step: float, answer: Range) -> float:
    near = round(end + step, DECIMALS)
    return Beside(near, end) if answer.holds(near) else round((answer.low + answer.high) / 2, DECIMALS)


def amount_words(amount: float | Range, unit: str) -> Text:
    """Return a number or a range as a reader writes it: "2 h to 8 h", "at most 15 min", "more than 15 min"."""
    if not isinstance(amount, Range):
        return words(amount, unit)
    words_of_range = _range_words(amount, unit)
    if not amount.users:
        return words_of_range
    each = f"{names.REQUESTS_PER_USER:g}"
    return Text(
        f"{words_of_range.en} ({each} requests per user)", f"{words_of_range.ja}（利用者 1 人あたり {each} リクエスト）"
    )


def near_words(value: float, unit: str) -> Text:
    """Return a number for a sentence on the value that is used: "a value just above 15 min" where it stands beside an end."""
    if not isinstance(value, Beside):
        return words(value, unit)
    end = words(value.end, unit)
    en, ja = ("just above", "をわずかに超える") if value.above else ("just below", "をわずかに下回る")
    return spaced(Text(f"a value {en} {end.en}", f"{end.ja}{ja}値"))


def answer_words(amount: float | Range, unit: str) -> Text:
    """Return an answer as a reader writes it: a count of zero is none."""
    return _NONE if unit == "count" and amount == 0 else amount_words(amount, unit)


def _range_words(amount: Range, unit: str) -> Text:
    low_said, high_said = amount.said
    if low_said == high_said and low_said is not None:
        return words(low_said, unit)
    a, b = (
        words(StatedRate(end, amount.period) if amount.period else end, unit)
        for end in (amount.low if low_said is not None else 0.0, amount.high if high_said is not None else 0.0)
    )
    if low_said is None:
        word = Text("less than {0}", "{0}未満") if amount.high_open else Text("at most {0}", "{0}以下")
        return spaced(Text(word.en.format(b.en), word.ja.format(b.ja)))
    if high_said is None:
        word = Text("more than {0}", "{0}超") if amount.low_open else Text("at least {0}", "{0}以上")
        return spaced(Text(word.en.format(a.en), word.ja.format(a.ja)))
    left_en, left_ja = ("more than ", "超") if amount.low_open else ("", "")
    number, per, unit_en = a.en.partition(" per ")
    if per and b.en.endswith(per + unit_en):
        a = Text(number, a.ja)  # "2 to 9 per day"
    right_en, right_ja = ("less than ", "未満") if amount.high_open else ("", "")
    return spaced(Text(f"{left_en}{a.en} to {right_en}{b.en}", f"{a.ja}{left_ja}～{b.ja}{right_ja}"))
