"""Firing times of a schedule as sets of numbers, to compare schedules of different notations.

Six fields are EventBridge's, whose days are counted from Sunday = 1, five are cron's, which counts from Sunday = 0; a
rate starts at an interval in minutes. A year, and days counted from the end of a month, are kept as written: only
EventBridge supports them.
"""

import re
from dataclasses import dataclass

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_MINUTES = {"minute": 1, "hour": 60, "day": 1440}
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 6))


@dataclass(frozen=True, slots=True)
class Firing:
    """When a schedule starts its work: minutes of the day, days, and `rest`, the part that stays as it is written."""

    minutes: frozenset[int]
    dates: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    rest: str


def firing(expression: str) -> Firing:
    """Return the firing times of an expression: `rate(…)`, or `cron(…)` with five or six fields."""
    if match := _RATE.fullmatch(expression):
        step = int(match[1]) * _MINUTES[match[2]]
        dates, months, weekdays = (_span(*_RANGES[at]) for at in (2, 3, 4))
        minutes, rest = frozenset(range(0, 1440, step)), "" if step <= 1440 else expression
        return Firing(minutes, dates=dates, months=months, weekdays=weekdays, rest=rest)
    fields = re.sub(r"^cron\(|\)$", "", expression).upper().split()
    eventbridge = len(fields) == 6
    rest = " ".join(fields[5:]).replace("*", "")
    try:
        minutes, hours, dates, months = (_field(field, *_RANGES[at]) for at, field in enumerate(fields[:4]))
        days = _field(fields[4], *((1, 7) if eventbridge else (0, 7)))
    except (ValueError, IndexError):
        never = frozenset[int]()
        return Firing(never, dates=never, months=never, weekdays=never, rest=expression)
    weekdays = frozenset((day - 1 if eventbridge else day) % 7 for day in days)
    of_day = frozenset(60 * hour + minute for hour in hours for minute in minutes)
    return Firing(of_day, dates=dates, months=months, weekdays=weekdays, rest=rest)


def _span(first: int, last: int) -> frozenset[int]:
    return frozenset(range(first, last + 1))


def _field(text: str, first: int, last: int) -> frozenset[int]:
    values: set[int] = set()
    for part in text.split(","):
        reach, _, step = part.partition("/")
        low, _, high = reach.partition("-")
        start, end = (first, last) if reach in ("*", "?") else (_number(low, first), _number(high or low, first))
        values |= set(range(start, (last if step and not high else end) + 1, int(step or 1)))
    return frozenset(values)


def _number(text: str, first: int) -> int:
    """Return a number, or the number of a month or a day by its name; days are counted from `first`."""
    if text in _MONTHS:
        return _MONTHS.index(text) + 1
    return _DAYS.index(text) + first if text in _DAYS else int(text)
