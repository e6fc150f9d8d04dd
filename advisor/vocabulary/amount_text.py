"""The grammar of stated quantities: from "between 2 and 8 hours, typically 3" to the ends of a span in a base unit."""

import re
import unicodedata
from dataclasses import dataclass, replace

from advisor.text import Text
from advisor.vocabulary import amount_words as names
from advisor.vocabulary.field import Field
from advisor.vocabulary.units import NUMBER, QuantityError, parse

_BASE = {"s": 1.0, "ms": 0.001, "h": 3600.0, "B": 1.0, "MiB": 2.0**20}

_MULTIPLIER = "|".join(sorted(map(re.escape, names.MULTIPLIERS), key=len, reverse=True))
_NUMBERED = re.compile(rf"({NUMBER})\s*({_MULTIPLIER})?(?![a-z]*ib|b\b)\s*(.*)", re.IGNORECASE)
_NUMBERED_PLAIN = re.compile(rf"({NUMBER})()\s*(.*)")
_TIMES = {"once": 1.0, "twice": 2.0}
_ONE = re.compile(r"(?:an?|one|1つの)\s+(?=hundred|thousand|million|billion|dozen)", re.IGNORECASE)
_SEPARATOR = re.compile(r"(.+?)\s*(?:\bto\b|\band\b|-|–|—|〜|～|~|から)\s*(.+)", re.IGNORECASE)
_TYPICALLY = "|".join(map(re.escape, names.TYPICALLY))
_TYPICAL_LAST = re.compile(rf"(.+?)[\s,、;(]+(?:{_TYPICALLY})\s*:?\s*([^()]+)\)?", re.IGNORECASE)
_TYPICAL_FIRST = re.compile(rf"(?:{_TYPICALLY})\s*([^,、;]+)[,、;]\s*(.+)", re.IGNORECASE)
_BOTH = re.compile(r"\s*(?:[,、;](?![0-9])|\band\b|\bbut\b|かつ)\s*", re.IGNORECASE)
_PERIOD = "|".join(sorted(map(re.escape, names.PERIODS), key=len, reverse=True))
_PER = re.compile(rf"(.*?)\s*(?:/|\bper\b|\ban?\b|\bevery\b|\beach\b)\s*({_PERIOD})", re.IGNORECASE)
_PER_JA = re.compile(
    r"(?:毎|1\s*)?(秒|分|時間?|日|週間?|か月|ヶ月|カ月|ヵ月|月|年)(?:間|あたり|平均|に|の)*\s*(?=[0-9数何])(.+)"
)


class Unreadable(ValueError):
    """The text is not a quantity; `text` states the reason if it is known."""

    def __init__(self, text: Text | None = None) -> None:
        super().__init__(text.en if text else "")
        self.text = text


@dataclass(frozen=True, slots=True)
class Span:
    """The ends of a stated quantity in its base unit, None for one that was not stated.

    `typical` is the usual value where one was stated, `usual` that of a word of magnitude; `step` is one of the unit that was written. `bare` says that a
    number had no unit of its own, `users` that it was counted in users, of which each is taken to ask several times. `period` is
    that of a rate, in seconds.
    """

    low: float | None
    high: float | None
    low_open: bool = False
    high_open: bool = False
    typical: float | None = None
    usual: float | None = None
    step: float = 1.0
    bare: bool = False
    users: bool = False
    period: float = 0.0

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high and self.low is not None

    def asked_end(self, asks: str) -> float | None:
        """Return the single stated bound if the question asks for a bound on that side."""
        if asks == "at_most" and self.low is None:
            return self.high
        return self.low if asks == "at_least" and self.high is None else None


def read_span(text: str, field: Field) -> Span:
    """Return the span that a text states in the base unit of a question. Raises Unreadable if it states none."""
    written = " ".join(unicodedata.normalize("NFKC", text).split())
    if typical := _TYPICAL_LAST.fullmatch(written):
        stated, usually = typical[1], typical[2]
    elif typical := _TYPICAL_FIRST.fullmatch(written):
        stated, usually = typical[2], typical[1]
    else:
        return _bounded(written, field)
    span, usual = _bounded(stated, field), _simple(usually.strip(), field)
    if not usual.exact:
        raise Unreadable
    factor = span.step if usual.bare and not span.bare else 1.0
    return replace(span, typical=(usual.low or 0.0) * factor)


def _bounded(text: str, field: Field) -> Span:
    parts = [part for part in _BOTH.split(text) if part]
    if len(parts) == 2 and all(_bound(part, field) for part in parts):
        return _both(*(span for part in parts if (span := _bound(part, field))))
    return _bound(text, field) or _magnitude(text, field) or _spread(text, field) or _simple(text, field)


def _both(one: Span, other: Span) -> Span:
    """Return the range within two bounds; two bounds on the same side contradict each other or are redundant."""
    below, above = (one, other) if one.low is not None else (other, one)
    if below.low is None or above.high is None:
        raise Unreadable
    return Span(below.low, above.high, below.low_open, above.high_open, step=min(one.step, other.step))


def _bound(text: str, field: Field) -> Span | None:
    """Return the span of a text with a bound before or after it, or None if it has none."""
    lower = text.lower()
    for group, side, open_ in names.BOUNDS_BEFORE:
        for word in group:
            if lower.startswith(word) and not (
                word[-1].isalpha() and lower[len(word) : len(word) + 1].isalpha() and word.isascii()
            ):
                return _one_sided(text[len(word) :].strip(), field, side, open_)
    for group, side, open_ in names.BOUNDS_AFTER:
        for word in group:
            if lower.endswith(word) and len(lower) > len(word):
                return _one_sided(text[: -len(word)].strip(), field, side, open_)
    return None


def _one_sided(text: str, field: Field, side: str, open_: bool) -> Span:
    inner = _simple(text, field)
    if side == "high":
        return Span(None, inner.high, high_open=open_, step=inner.step, users=inner.users, period=inner.period)
    return Span(inner.low, None, low_open=open_, step=inner.step, users=inner.users, period=inner.period)


def _spread(text: str, field: Field) -> Span | None:
    """Return the span between two quantities ("2-8 h", "hundreds to thousands"), or about one; None for neither."""
    for word in names.ABOUT_BEFORE:
        rest = text[len(word) :].strip()
        if text.lower().startswith(word) and rest[:1].isdigit():
            return _about(_simple(rest, field))
    for word in names.ABOUT_AFTER:
        if text.endswith(word):
            return _about(_simple(text[: -len(word)].strip(), field))
    bare = re.sub(r"^(?:between|from)\s+", "", text, flags=re.IGNORECASE)
    match = _SEPARATOR.fullmatch(bare)
    if match is None:
        return None
    right = _simple(match[2].removesuffix("まで").strip(), field)
    left = _left(match[1].strip(), match[2], field, right)
    ends = Span(left.low, right.high, usual=right.usual, users=right.users, period=right.period)
    return replace(ends, step=min(left.step, right.step), bare=left.bare and right.bare)


def _left(text: str, right_text: str, field: Field, right: Span) -> Span:
    """Return the left end of a range; without a unit, it has the unit of the right end."""
    if re.fullmatch(NUMBER, text) and not right.bare:
        unit = re.sub(rf"^{NUMBER}\s*", "", right_text)
        return _simple(f"{text} {unit}", field)
    try:
        return _simple(text, field)
    except Unreadable:
        unit = re.sub(r"^.*?(/|per |an? |every |each )", r"\1", right_text, flags=re.IGNORECASE)
        return _simple(f"{text} {unit}", field)


def _about(span: Span) -> Span:
    if not span.exact or span.low is None:
        return span
    return replace(span, low=span.low * (1 - names.ABOUT), high=span.low * (1 + names.ABOUT), typical=span.low)


def _simple(text: str, field: Field) -> Span:
    """Return a number with its unit, or a word of magnitude."""
    written = text.strip().removesuffix("まで").strip()
    try:
        number = parse(written, field.unit)
    except QuantityError:
        return _worded(written, field)
    step = number / amount if (amount := _leading(written)) else 1.0
    return Span(number, number, step=step, bare=bool(re.fullmatch(NUMBER, written)))


def _leading(text: str) -> float:
    match = re.match(NUMBER, text)
    return float(match[0].replace(",", "").replace("_", "")) if match else 0.0


def _worded(text: str, field: Field) -> Span:
    word = _magnitude(text, field)
    if word is not None:
        return word
    return _rate(text) if field.unit == "per_s" else _counted(text, field.unit)


def _magnitude(text: str, field: Field) -> Span | None:
    """Return the range of a word of magnitude, or None if the question has no such word."""
    lower = text.lower()
    if field.unit == "per_s" and lower in names.FREQUENCIES:
        return _exact(names.FREQUENCIES[lower])
    for band in bands_of(field):
        if lower in band.en or text in band.ja:
            base = 1.0 if band in names.ADJECTIVES.get(field.unit, ()) else _BASE[field.unit]
            low, high, usual = (None if end is None else end / base for end in (band.low, band.high, band.usual))
            # What must hold, such as how long messages are kept, holds for the more demanding end.
            drawn = usual if field.adjectives or field.unit == "per_s" else None
            return Span(low, high, low_open=band.above, usual=drawn)
    return None


def bands_of(field: Field) -> list[names.Band]:
    """Return the words of magnitude that are an answer to a question by themselves, adjectives first."""
    dimension = {"s": "time", "ms": "time", "h": "time", "B": "size", "MiB": "size"}.get(field.unit, "")
    adjectives = names.ADJECTIVES.get(field.unit, ()) if field.unit != "s" or field.adjectives else ()
    return [*adjectives, *names.UNIT_BANDS.get(dimension, ())]


def _exact(number: float) -> Span:
    return Span(number, number, step=number)


def _rate(text: str) -> Span:
    """Return a count per period ("30,000 users a month", 毎分 4000 件) as a rate per second."""
    match = _PER.fullmatch(text)
    period, amount = (match[2], match[1]) if match else (None, text)
    if period is None and (japanese := _PER_JA.fullmatch(text)):
        period, amount = japanese[1], japanese[2]
    if period is None:
        _uses(_amount(text.strip())[2])  # what is no number of something, or a word, lacks more than its period
        raise Unreadable(
            Text(
                'say in which period: "100/s", "a few per day", "30,000/month"',
                "期間も書いてください（「100/s」「1 日 1000 件」など）",
            )
        )
    low, high, rest = _amount(amount.strip())
    uses = _uses(rest)
    length = names.PERIODS[period.lower()]
    per_s = uses / length
    return Span(low * per_s, high * per_s, step=per_s, users=uses != 1.0, period=length)


def _uses(counted: str) -> float:
    """Return the number of requests that one counted item represents. Raises Unreadable if it is unknown."""
    noun = counted.strip().lower()
    noun = re.sub(r"^(?:active|monthly|daily|unique|アクティブ)\s*", "", noun)
    if noun == "" or noun in names.COUNTED_JA or noun.removesuffix("s") in names.COUNTED or noun in names.COUNTED:
        return 1.0
    if noun.removesuffix("s") in names.USERS or noun in names.USERS:
        return names.REQUESTS_PER_USER
    if names.THINGS.fullmatch(noun):
        return names.REQUESTS_PER_USER if names.THINGS_OF_USERS.search(noun) else 1.0
    raise Unreadable


def _counted(text: str, unit: str) -> Span:
    low, high, rest = _amount(text)
    factor = _factor(rest.strip(), unit)
    return Span(low * factor, high * factor, step=factor)


def _amount(text: str) -> tuple[float, float, str]:
    """Return the smallest and largest number at the start of a text, and the remainder."""
    text = _ONE.sub("1 ", text)
    lower = text.lower()
    for word, times in _TIMES.items():
        if lower == word or lower.startswith(f"{word} "):
            return times, times, text[len(word) :]
    for pattern in (_NUMBERED, _NUMBERED_PLAIN):
        if match := pattern.fullmatch(text):
            number = float(match[1].replace(",", "").replace("_", ""))
            number *= names.MULTIPLIERS[match[2].lower()] if match[2] else 1.0
            return number, number, match[3]
    for low, high, word in _ORDERS:
        if lower.startswith(word) and not (word.isascii() and lower[len(word) : len(word) + 1].isalpha()):
            return _multiplied(low, high, text[len(word) :].strip())
    raise Unreadable


def _multiplied(low: float, high: float, rest: str) -> tuple[float, float, str]:
    """Return an order of magnitude with the multiplier that may follow it ("a few thousand")."""
    first, _, others = rest.partition(" ")
    times = names.MULTIPLIERS.get(first.lower())
    return (low, high, rest) if times is None else (low * times, high * times, others)


_ORDERS: list[tuple[float, float, str]] = sorted(
    ((band.low or 0.0, band.high or 0.0, word) for band in names.ORDERS for word in (*band.en, *band.ja)),
    key=lambda order: -len(order[2]),
)


def _factor(rest: str, unit: str) -> float:
    """Return the factor from a unit to the base unit. Raises Unreadable for a unit of another kind."""
    lower = rest.lower()
    if unit in ("s", "ms", "h") and lower in names.PERIODS:
        return names.PERIODS[lower] / _BASE[unit]
    # "Gb" and "Gib" are bits.
    if unit in ("B", "MiB") and lower in names.SIZES and (rest.islower() or rest.endswith("B") or len(rest) > 4):
        return names.SIZES[lower] / _BASE[unit]
    if unit == "vcpu" and lower in ("", "vcpu", "vcpus", "cpu", "cpus", "core", "cores", "コア"):
        return 1.0
    if unit == "usd" and lower in ("", "$", "usd", "dollar", "dollars", "ドル"):
        return 1.0
    if unit == "percent" and lower in ("", "%", "percent", "パーセント"):
        return 1.0
    if unit == "count":
        return _uses(rest) and 1.0
    raise Unreadable(Text("say the unit as well", "単位も書いてください") if lower == "" else None)
