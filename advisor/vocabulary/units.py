"""Quantities: a number in the base unit, or a string with a unit ("20 min", "256 KiB"), and their formatting.

Base units are `s`, `ms`, `B`, `MiB`, `per_s`, `vcpu`, `count`, `h`, `percent`, `usd`. `advisor.vocabulary.formats` words them.
"""

import math
import re
from difflib import get_close_matches

from advisor.text import Text, in_a_row
from advisor.vocabulary.formats import measures, quantity
from advisor.vocabulary.formats.measures import IN_SECONDS, SIZES

#: The longest year, in seconds.
YEAR_S = 366 * 86400.0

_TIME = {"ms": 0.001, "s": 1.0, "sec": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0, "day": 86400.0, "days": 86400.0}
_LONG_TIME = {
    **dict.fromkeys(("month", "months"), float(measures.MONTH_S)),
    **dict.fromkeys(("year", "years"), float(measures.YEAR_S)),
}
_RATE = {"/s": 1.0, "rps": 1.0, "/min": 1 / 60, "/h": 1 / 3600, "/day": 1 / 86400, "/d": 1 / 86400}

_ACCEPTED: dict[str, tuple[dict[str, float], float]] = {
    "s": (_TIME | _LONG_TIME, 1.0),
    "ms": (_TIME, 0.001),
    "h": (_TIME, 3600.0),
    "B": (SIZES, 1.0),
    "MiB": (SIZES, 2.0**20),
    "per_s": (_RATE, 1.0),
    "vcpu": ({"vCPU": 1.0, "vcpu": 1.0}, 1.0),
    "percent": ({"%": 1.0}, 1.0),
    "count": ({}, 1.0),
    "usd": ({"USD": 1.0, "usd": 1.0}, 1.0),
}
#: Units in whole words, which everyday quantities may have; the nearest to a misspelt one is named.
_SPELLED = {
    **dict.fromkeys(
        ("s", "ms", "h"), ("milliseconds", "seconds", "minutes", "hours", "days", "weeks", "months", "years")
    ),
    **dict.fromkeys(("B", "MiB"), ("bytes", "kilobytes", "megabytes", "gigabytes", "terabytes")),
}
EXAMPLES = {
    "s": "20 min",
    "ms": "200 ms",
    "h": "8 h",
    "B": "256 KiB",
    "MiB": "2 GiB",
    "per_s": "100/s",
    "vcpu": "0.5 vCPU",
    "percent": "99.9%",
    "count": "3",
    "usd": "500 USD",
}
# Where Japanese writes them otherwise; `amounts` reads both.
_EXAMPLES_JA = {"s": "20 分", "ms": "200 ミリ秒", "h": "8 時間", "per_s": "毎秒 100 件"}
DECIMALS = 9
_ROUNDED_TO = ((172800.0, 3600.0), (900.0, 60.0), (10.0, 1.0))
MOST = 1e300
#: A comma separates thousands: in "5,5 min" it would make 55 of what was meant as 5.5.
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9][0-9_]*)(?:\.[0-9]+)?"
_NUMBER = re.compile(rf"\s*({NUMBER})\s*(\S*)\s*")


class QuantityError(ValueError):
    """The quantity is invalid; `text` states the allowed forms in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def parse(value: object, unit: str) -> float:
    """Return `value` as a number in the base unit `unit`; QuantityError with a sentence when it cannot be read."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        # Nothing is measured in numbers that no float holds; they are past every bound.
        return round(float(value), DECIMALS) if abs(value) < MOST else math.inf if value > 0 else -math.inf
    match = _NUMBER.fullmatch(value) if isinstance(value, str) and len(value) <= 40 else None
    if match is None:
        example = EXAMPLES[unit]
        raise QuantityError(
            Text(f'write a number, or text such as "{example}"', f"数値、または「{example}」のように書いてください")
        )
    number = float(match[1].replace("_", "").replace(",", ""))
    if not match[2]:
        return round(number, DECIMALS)
    accepted, base = _ACCEPTED[unit]
    if match[2] not in accepted:
        first = {unit.lower(): unit for unit in reversed(accepted)}
        allowed = in_a_row(unit for unit in accepted if first[unit.lower()] == unit)
        near = get_close_matches(match[2].lower(), _SPELLED.get(unit, ()), 1, 0.75)
        raise QuantityError(
            Text(
                f'unit "{match[2]}" must be one of: {allowed.en}' + (f'; the nearest is "{near[0]}"' if near else ""),
                f"単位「{match[2]}」は使えません。使える単位: {allowed.ja}"
                + (f"（近いもの: {near[0]}）" if near else ""),
            )
        )
    return round(number * accepted[match[2]] / base, DECIMALS)


def example(unit: str) -> Text | None:
    """Return an example of a quantity as it is written in each language, or None for what has no unit."""
    written = EXAMPLES.get(unit)
    return None if written is None else Text(written, _EXAMPLES_JA.get(unit, written))


def compact(value: float, unit: str) -> str | float:
    """Return a quantity as a person writes it in a requirements file ("20 min"); `parse` reads it back unchanged."""
    steps = {
        "s": (
            (measures.YEAR_S, "years"),
            (measures.MONTH_S, "months"),
            (86400.0, "d"),
            (3600.0, "h"),
            (60.0, "min"),
            (1.0, "s"),
        ),
        "B": ((2.0**40, "TiB"), (2.0**30, "GiB"), (2.0**20, "MiB"), (2.0**10, "KiB")),
        "MiB": ((2.0**20, "TiB"), (2.0**10, "GiB"), (1.0, "MiB")),
    }.get(unit, ())
    for size, name in steps:
        if value >= size and value % size == 0:
            return f"{int(value // size)} {name}"
    return int(value) if value == int(value) else float(value)


def convert(value: float, unit: str, to: str) -> float:
    """Return a number given in one unit ("KiB") in another of the same dimension. Raises ValueError for another dimension."""
    if unit == to:
        return value
    for table in (_TIME, SIZES, _RATE):
        source = table.get(unit) or (1.0 if unit == "per_s" and table is _RATE else None)
        target = table.get(to) or (1.0 if to == "per_s" and table is _RATE else None)
        if source and target:
            return value * source / target
    raise ValueError(f"cannot compare {unit} with {to}")


def words(value: float, unit: str) -> Text:
    """Return a quantity as a reader writes it, exactly: 1,200 s is "20 min", 901 s "15 min 1 s", in Japanese 「15 分 1 秒」."""
    return quantity(value, unit)


def rounded_words(value: float, unit: str) -> Text:
    """Return a calculated load as text with reasonable precision: 2,887 s is "48 min", half a minute is rounded up.

    Only for values that are neither answers nor limits; those are worded exactly, by `words`.
    """
    if unit not in IN_SECONDS or not math.isfinite(value):
        return words(value, unit)
    seconds = value * IN_SECONDS[unit]
    step = next((step for least, step in _ROUNDED_TO if seconds >= least), 0.0)
    return words(math.floor(seconds / step + 0.5) * step if step else seconds, "s")


def accepted(unit: str) -> tuple[str, ...]:
    """Return the units that may be written behind a number of a base unit, as they are written."""
    return tuple(_ACCEPTED[unit][0])
