"""A quantity split into amounts with their units, which the language modules turn into text."""

import math
from typing import Literal, NamedTuple

from advisor.vocabulary.formats.rates import PERIODS, StatedRate

#: Seconds of the units of time that are numbers in a field's base unit.
IN_SECONDS = {"s": 1.0, "ms": 0.001, "min": 60.0, "h": 3600.0}
#: Bytes of the units of size. AWS writes KB, MB and GB for binary units, so both spellings mean powers of 1,024.
SIZES = {"B": 1.0, "KiB": 2.0**10, "MiB": 2.0**20, "GiB": 2.0**30, "TiB": 2.0**40, "PiB": 2.0**50}
SIZES |= {"KB": 2.0**10, "kB": 2.0**10, "MB": 2.0**20, "GB": 2.0**30, "TB": 2.0**40, "PB": 2.0**50}

TimeUnit = Literal["year", "month", "day", "h", "min", "s", "ms"]
#: A year of the Gregorian calendar on average, and a twelfth of it, in seconds: what "7 years" is read as.
YEAR_S, MONTH_S = 31_556_952, 2_629_746
_CALENDAR_UNITS: tuple[tuple[int, TimeUnit], ...] = ((YEAR_S, "year"), (MONTH_S, "month"))
_TIME_UNITS: tuple[tuple[int, TimeUnit], ...] = ((86400, "day"), (3600, "h"), (60, "min"), (1, "s"))
_MOST_MINUTES = 180
#: From how many seconds on a time is worded in parts; AWS states shorter ones in seconds, such as 350 s.
_IN_PARTS_S = 600


class Duration(NamedTuple):
    """An amount of one unit of time."""

    amount: float
    unit: TimeUnit


def number(value: float) -> str:
    """Return a number with its thousands set apart, and at most three decimals."""
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.3f}".rstrip("0").rstrip(".") if abs(value) >= 0.001 else f"{value:.3g}"


def durations(seconds: float) -> tuple[Duration, ...]:
    """Return a time as one amount if it is a whole one, else as a sum from days to seconds."""
    for size, unit in _CALENDAR_UNITS:
        if seconds and seconds % size == 0:
            return (Duration(seconds // size, unit),)
    for size, unit in _TIME_UNITS[:3]:
        amount = round(seconds / size, 6)
        if amount >= 1 and amount == int(amount) and (size > 60 or amount <= _MOST_MINUTES):
            return (Duration(amount, unit),)
    if seconds >= _IN_PARTS_S:
        return tuple(_parts(seconds))
    if seconds >= 1 or seconds < 0.001:
        return (Duration(seconds, "s"),)
    return (Duration(round(seconds / 0.001, 6), "ms"),)


def _parts(seconds: float) -> list[Duration]:
    parts, rest = [], round(seconds, 6)
    for size, unit in _TIME_UNITS:
        amount = rest if size == 1 else rest // size
        rest = round(rest - amount * size, 6)
        if amount:
            parts.append(Duration(amount, unit))
    return parts


def size(bytes_: float) -> tuple[float, str]:
    """Return a size in the largest binary unit of which there is at least one; "B" below a KiB."""
    for unit in ("PiB", "TiB", "GiB", "MiB", "KiB"):
        if bytes_ >= SIZES[unit]:
            return round(bytes_ / SIZES[unit], 2), unit
    return bytes_, "B"


def rate(per_s: float) -> tuple[float, str]:
    """Return a rate by the period in which it was stated, else by the shortest in which at least one comes, up to "year"."""
    if isinstance(per_s, StatedRate):
        return per_s.amount, per_s.period
    if per_s >= 1 or per_s == 0:
        return per_s, "second"
    amounts = [(round(per_s * length, 6), period) for period, length in PERIODS.items()]
    amount, period = next((worded for worded in amounts if worded[0] >= 1), (per_s * PERIODS["year"], "year"))
    return round(amount, 2) if amount >= 1 else float(f"{amount:.2g}"), period
