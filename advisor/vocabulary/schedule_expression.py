"""Schedule expressions of EventBridge Scheduler: their time zone, and how often one starts something.

Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (read 2026-11-25).
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

#: The question that is answered with one.
SCHEDULE = "schedule_expression"
#: The question for its time zone.
ZONE = "time_zone"
_ZONES = {"ap-northeast-1": "Asia/Tokyo", "ap-northeast-3": "Asia/Tokyo"}
_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_SECONDS = {"minute": 60, "hour": 3600, "day": 86400}
_DAY_S = 86400.0
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WEEK = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_DAYS_OF_A_MONTH = 365.2425 / 12
_EVERY = ("*", "?")
#: A list of hours, and neither a reach nor steps.
_STATED = re.compile(r"\d+(,\d+)*")


def time_zone(region: str) -> str:
    """Return the time zone of schedules in a Region for which none is stated."""
    return _ZONES.get(region, "UTC")


def zone_of(values: Mapping[str, Any]) -> str:
    """Return the time zone of a component's schedule as stated or by its Region, or "" if neither is known."""
    if stated := values.get(ZONE):
        return str(stated)
    region = values.get("workload.region")
    return time_zone(str(region)) if region else ""


def assumed_zone(values: Mapping[str, Any]) -> str:
    """Return the time zone that is assumed for a schedule; "" if one is stated, or none matters."""
    expression = str(values.get(SCHEDULE, ""))
    return "" if not expression or expression.startswith("rate(") or values.get(ZONE) else zone_of(values)


def starts_per_s(expression: str) -> float:
    """Return the average number of starts a second of a checked expression; 0.0 for `at(…)`, which starts once.

    The years of a `cron(…)` are left out: the average is that of a year in which it starts something.
    """
    if rate := _RATE.fullmatch(expression):
        return 1.0 / (int(rate[1]) * _SECONDS[rate[2]])
    if not expression.startswith("cron("):
        return 0.0
    minutes, hours, dates, months, days, _ = expression[5:-1].upper().split(" ")
    in_a_day = _count(minutes, 0, 59) * _count(hours, 0, 23)
    dated = 1.0 if dates in _EVERY else min(1.0, _count(dates, 1, 31) / _DAYS_OF_A_MONTH)
    weekly = 1.0 if days in _EVERY else _days_of_a_week(days) / 7
    return in_a_day * dated * weekly * _count(months, 1, 12, _MONTHS) / 12 / _DAY_S


def times_of_day(expression: str) -> tuple[int, ...]:
    """Return the minutes of the day at which a `cron(…)` of stated hours starts something; none for one that runs all day."""
    if not expression.startswith("cron("):
        return ()
    minutes, hours, *_ = expression[5:-1].upper().split(" ")
    if not _STATED.fullmatch(hours):
        return ()
    at = [value for part in minutes.split(",") for value in _values(part, 0, 59, ())]
    return tuple(
        sorted(int(hour) * 60 + minute for hour in hours.split(",") for minute in at if isinstance(minute, int))
    )


def matches_day(expression: str, day: date) -> bool:
    """Return whether a `cron(…)` starts something on a day. The last days of a month and such (`L`, `W`, `#`) are left out."""
    dates, months, days, years = expression[5:-1].upper().split(" ")[2:6]
    weekday = day.isoweekday() % 7 + 1
    return (
        day.day in _reach(dates, 1, 31)
        and day.month in _reach(months, 1, 12, _MONTHS)
        and weekday in _reach(days, 1, 7, _WEEK)
        and day.year in _reach(years, 1970, 2199)
    )


def _reach(field: str, low: int, high: int, names: tuple[str, ...] = ()) -> set[int | str]:
    return {value for part in field.split(",") for value in _values(part, low, high, names)}


def _days_of_a_week(field: str) -> float:
    """Return on how many days of a week a field starts something: `6#3` and `6L` are one day of a month."""
    monthly = sum("#" in part or part.endswith("L") for part in field.split(","))
    plain = ",".join(part for part in field.split(",") if "#" not in part and not part.endswith("L"))
    return (_count(plain, 1, 7, _WEEK) if plain else 0) + monthly * 7 / _DAYS_OF_A_MONTH


def _count(field: str, low: int, high: int, names: tuple[str, ...] = ()) -> int:
    """Return the number of values that a cron field allows; an invalid field counts as one."""
    return len({value for part in field.split(",") for value in _values(part, low, high, names)})


def _values(part: str, low: int, high: int, names: tuple[str, ...]) -> Iterator[int | str]:
    reach, _, step = part.partition("/")
    first, _, last = reach.partition("-")
    start = low if first in _EVERY else _number(first, low, names)
    end = high if first in _EVERY or (step and not last) else _number(last or first, low, names)
    if start is None or end is None or not (step or "1").isdecimal() or int(step or "1") == 0:
        yield part  # such as `L` or `15W`: one day
    elif start > end:  # a reach over the end, such as `FRI-MON`
        yield from (*range(start, high + 1), *range(low, end + 1))
    else:
        yield from range(start, min(end, high) + 1, int(step or "1"))


def _number(word: str, low: int, names: tuple[str, ...]) -> int | None:
    if word in names:
        return names.index(word) + low
    return int(word) if word.isdecimal() else None
