"""A parsed EventBridge Scheduler expression, which the language modules turn into text.

Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (read 2026-11-25).
"""

import re
from typing import Literal, NamedTuple

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_AT = re.compile(r"at\((\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):\d{2}\)")
_UNITS: dict[str, Literal["day", "h", "min"]] = {"minute": "min", "hour": "h", "day": "day"}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WEEK = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_ANY = ("*", "?")
_NTH = re.compile(r"([1-7]|[A-Z]{3})(?:#([1-5])|L)")
#: More times of a day than these are read out as an interval, or not at all.
_MOST_TIMES = 6

Clock = tuple[int, int]


class Interval(NamedTuple):
    """This is the time between two starts; it does not depend on the time zone."""

    amount: float
    unit: Literal["day", "h", "min"]

    @property
    def local(self) -> bool:
        """Whether a time zone matters."""
        return False


class Once(NamedTuple):
    """A single start."""

    date: str
    time: Clock

    @property
    def local(self) -> bool:
        """Whether a time zone matters."""
        return True


class Days(NamedTuple):
    """The days on which something starts: all of them if nothing is set.

    `week` has days from 1 (Sunday), `nth` the number of such a day in a month, 0 for the last one.
    """

    months: tuple[int, ...] = ()
    dates: tuple[int, ...] = ()
    week: tuple[int, ...] = ()
    last: bool = False
    nth: tuple[int, int] | None = None


class Times(NamedTuple):
    """The times of a day: those of `at`, or one `every` so much time, from the first of `at` to the last if it has any."""

    at: tuple[Clock, ...] = ()
    every: Interval | None = None
    minute: int = 0


class Recurring(NamedTuple):
    """Times on days."""

    days: Days
    times: Times

    @property
    def local(self) -> bool:
        """Whether a time zone matters."""
        return bool(self.times.at) or self.days != Days()


Schedule = Interval | Once | Recurring


class _UnreadableError(ValueError):
    """A schedule field cannot be expressed as text."""


def read_schedule(expression: str) -> Schedule | None:
    """Return the description of a valid schedule expression, or None if it cannot be expressed."""
    if rate := _RATE.fullmatch(expression):
        return Interval(float(rate[1]), _UNITS[rate[2]])
    if at := _AT.fullmatch(expression):
        return Once(at[1], (int(at[2]), int(at[3])))
    fields = expression[5:-1].upper().split(" ") if expression.startswith("cron(") else []
    if len(fields) != 6 or fields[5] != "*":
        return None
    try:
        return Recurring(_days(*fields[2:5]), _times(fields[0], fields[1]))
    except _UnreadableError:
        return None


def _times(minutes: str, hours: str) -> Times:
    step = _step(minutes, 60)
    if step is not None:
        return _within_hours(step, hours)
    at = _values(minutes, 0, 59)
    hourly = 1 if hours in _ANY else _step(hours, 24)
    times = tuple((hour, minute) for hour in _values(hours, 0, 23) for minute in at)
    if hourly is not None and len(at) == 1 and (len(times) > _MOST_TIMES or hourly == 1):
        return Times((), Interval(hourly, "h"), at[0])
    if len(times) > _MOST_TIMES:
        raise _UnreadableError
    return Times(times)


def _within_hours(step: int, hours: str) -> Times:
    """Return an interval of minutes, all day or in consecutive hours."""
    every = Interval(step, "min")
    if hours in _ANY:
        return Times((), every)
    found = _values(hours, 0, 23)
    if found != tuple(range(found[0], found[-1] + 1)):
        raise _UnreadableError
    return Times(((found[0], 0), (found[-1], 60 - step)), every)


def _step(field: str, whole: int) -> int | None:
    """Return the step of a field that divides the whole evenly from its beginning; 1 for every value."""
    if field in _ANY:
        return 1
    start, slash, step = field.partition("/")
    if slash and start in ("*", "0") and step.isdecimal() and int(step) and whole % int(step) == 0:
        return int(step)
    return None


def _days(dates: str, months: str, week: str) -> Days:
    in_year = () if months in _ANY else _values(months, 1, 12, _MONTHS)
    if dates not in _ANY and week not in _ANY:
        raise _UnreadableError
    if dates == "L":
        return Days(in_year, last=True)
    if dates not in _ANY:
        return Days(in_year, dates=_values(dates, 1, 31))
    if nth := _NTH.fullmatch(week):
        return Days(in_year, nth=(int(nth[2] or 0), _value(nth[1], 1, 7, _WEEK)))
    found = () if week in _ANY else _values(week, 1, 7, _WEEK)
    return Days(in_year, week=() if len(found) == 7 else found)


def _values(field: str, low: int, high: int, names: tuple[str, ...] = ()) -> tuple[int, ...]:
    """Return the values of a field in order."""
    return tuple(sorted({value for part in field.split(",") for value in _part(part, low, high, names)}))


def _part(part: str, low: int, high: int, names: tuple[str, ...]) -> range:
    reach, slash, step = part.partition("/")
    first, dash, last = reach.partition("-")
    if slash and not (step.isdecimal() and int(step)):
        raise _UnreadableError
    if first in _ANY:
        return range(low, high + 1, int(step or "1"))
    start = _value(first, low, high, names)
    end = _value(last, low, high, names) if dash else high if slash else start
    if start > end:
        raise _UnreadableError
    return range(start, end + 1, int(step or "1"))


def _value(word: str, low: int, high: int, names: tuple[str, ...]) -> int:
    value = names.index(word) + low if word in names else int(word) if word.isdecimal() else -1
    if not low <= value <= high:
        raise _UnreadableError
    return value
