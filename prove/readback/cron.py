"""When a schedule starts its work, as sets of numbers: so that two ways to write a schedule can be compared.

Six fields are EventBridge's, whose days are counted from Sunday = 1, five are cron's, which counts from Sunday = 0; a
rate starts every so many minutes of a day. A year, and what counts days from the end of a month, stay as they are
written: only EventBridge can say them.
"""

import re

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_MINUTES = {"minute": 1, "hour": 60, "day": 1440}
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
#: Minutes of the day, days of the month, months, days of the week, the rest as it is written.
Firing = tuple[frozenset[int], frozenset[int], frozenset[int], frozenset[int], str]
_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 6))


def firing(expression: str) -> Firing:
    """Return when an expression, `rate(…)` or `cron(…)` with five or six fields, starts something."""
    if found := _RATE.fullmatch(expression):
        step = int(found[1]) * _MINUTES[found[2]]
        dates, months, days = (_span(*_RANGES[at]) for at in (2, 3, 4))
        return frozenset(range(0, 1440, step)), dates, months, days, "" if step <= 1440 else expression
    fields = re.sub(r"^cron\(|\)$", "", expression).upper().split()
    eventbridge = len(fields) == 6
    rest = " ".join(fields[5:]).replace("*", "")
    try:
        minutes, hours, dates, months = (_field(one, *_RANGES[at]) for at, one in enumerate(fields[:4]))
        days = _field(fields[4], *((1, 7) if eventbridge else (0, 7)))
    except (ValueError, IndexError):
        never = frozenset[int]()
        return never, never, never, never, expression
    days = frozenset((day - 1 if eventbridge else day) % 7 for day in days)
    return frozenset(60 * hour + minute for hour in hours for minute in minutes), dates, months, days, rest


def _span(first: int, last: int) -> frozenset[int]:
    return frozenset(range(first, last + 1))


def _field(text: str, first: int, last: int) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        reach, _, step = part.partition("/")
        low, _, high = reach.partition("-")
        start, end = (first, last) if reach in ("*", "?") else (_number(low, first), _number(high or low, first))
        found |= set(range(start, (last if step and not high else end) + 1, int(step or 1)))
    return frozenset(found)


def _number(text: str, first: int) -> int:
    """Return a number, or that of a month or a day by its name; days are counted from `first`."""
    if text in _MONTHS:
        return _MONTHS.index(text) + 1
    return _DAYS.index(text) + first if text in _DAYS else int(text)
