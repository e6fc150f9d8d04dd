"""Quantities, lists and schedules in English."""

import math
from collections.abc import Sequence

from advisor.vocabulary.formats import measures
from advisor.vocabulary.formats.beside import Beside
from advisor.vocabulary.formats.measures import IN_SECONDS, SIZES, number
from advisor.vocabulary.formats.rates import StatedRate
from advisor.vocabulary.formats.schedules import Days, Interval, Once, Schedule, Times

_WEEK = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ORDINALS = ("first", "second", "third", "fourth", "fifth")


def quantity(value: float, unit: str) -> str:
    """Return a quantity of a base unit, exactly: "3 h 15 min", "10 per second", "256 KiB"."""
    if isinstance(value, Beside):
        return f"{'more' if value.above else 'less'} than {quantity(value.end, unit)}"
    if math.isinf(value):
        return number(value)
    if unit in IN_SECONDS:
        return " ".join(_duration(*part) for part in measures.durations(value * IN_SECONDS[unit]))
    if unit in SIZES:
        amount, name = measures.size(value * SIZES[unit])
        return f"{number(amount)} {'bytes' if name == 'B' else name}"
    if unit == "per_s":
        amount, period = measures.rate(value)
        hours = f" within {number(value.hours)} h a day" if isinstance(value, StatedRate) and value.hours < 24 else ""
        return f"{number(amount)} per {period}{hours}"
    suffix = {"vcpu": " vCPU", "percent": "%", "usd": " USD"}.get(unit, "")
    return number(value) + suffix


def _duration(amount: float, unit: str) -> str:
    return f"{number(amount)} {unit}{'s' if unit in ('year', 'month', 'day') and amount != 1 else ''}"


def share(value: float) -> str:
    """Return a share of one as a percentage."""
    return f"{value:.0%}" if value >= 0.01 or value == 0 else "less than 1%"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Return parts in a row: "a, b and c"."""
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def noun(name: str) -> str:
    """Return the name of a service within a sentence, with an article if the name is a common noun: "a load balancer"."""
    if not name.endswith(("URL", "Balancer")):
        return name
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def either(parts: Sequence[str]) -> str:
    """Return parts of which one holds: "a, b or c"."""
    return listed(parts, "or")


def schedule(read: Schedule, zone: str) -> str:
    """Return a schedule: "daily at 01:30 (Asia/Tokyo)", "every 15 min, Monday to Friday (UTC)"."""
    named = f" ({zone})" if zone and read.local else ""
    if isinstance(read, Once):
        return f"once on {read.date} at {_clock(read.time)}{named}"
    if isinstance(read, Interval):
        return f"every {_every(read)}"
    days = _days(read.days)
    if read.times.every is None:
        return f"{days or 'daily'} at {listed([_clock(time) for time in read.times.at])}{named}"
    return ", ".join(part for part in (_repeated(read.times), days) if part) + named


def _every(interval: Interval) -> str:
    one, unit = interval.amount == 1, interval.unit
    return ("hour" if unit == "h" else "minute" if unit == "min" else unit) if one else _duration(*interval)


def _repeated(times: Times) -> str:
    if times.every is not None and times.every.unit == "h" and times.minute:
        return f"every {_every(times.every)} at minute {times.minute}"
    during = f" from {_clock(times.at[0])} to {_clock(times.at[-1])}" if times.at else ""
    return f"every {_every(times.every)}{during}" if times.every is not None else ""


def _days(days: Days) -> str:
    """Return on which days something starts; nothing for all of them."""
    months = listed([_MONTHS[month - 1] for month in days.months])
    of = f"of {months}" if months else "of each month"
    if days.nth is not None:
        number_, day = days.nth
        return f"on the {'last' if number_ == 0 else _ORDINALS[number_ - 1]} {_WEEK[day - 1]} {of}"
    if days.last:
        return f"on the last day {of}"
    if days.dates:
        return f"on day{'s' if len(days.dates) > 1 else ''} {listed([str(date) for date in days.dates])} {of}"
    within = f" in {months}" if months else ""
    if days.week:
        return f"{_week(days.week)}{within}"
    return f"daily{within}" if within else ""


def _week(week: tuple[int, ...]) -> str:
    if len(week) > 2 and week == tuple(range(week[0], week[-1] + 1)):
        return f"{_WEEK[week[0] - 1]} to {_WEEK[week[-1] - 1]}"
    return f"every {listed([_WEEK[day - 1] for day in week])}"


def _clock(time: tuple[int, int]) -> str:
    return f"{time[0]:02}:{time[1]:02}"
