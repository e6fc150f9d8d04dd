"""When a schedule starts its work, as conditions that a program checks: a run finds the time of the run before it.

EventBridge Scheduler tells a run its own time, and not that of the run before.
Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (read 2026-12-01).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_SECONDS = {"minute": 60, "hour": 3600, "day": 86400}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_FIELDS = (
    ("minute", 0, 59, ()),
    ("hour", 0, 23, ()),
    ("date", 1, 31, ()),
    ("month", 1, 12, _MONTHS),
    ("weekday", 1, 7, _DAYS),
    ("year", 1970, 2199, ()),
)


@dataclass(frozen=True, slots=True)
class Starts:
    """The starts of a schedule: every `every_s` seconds, or by the clock (`clock`); neither if there is only one.

    By the clock, it starts in the hours for which `hours` holds, at the minutes for which `minutes` holds; "" holds always.
    Both are Python about the numbers `minute`, `hour`, `date`, `month`, `year`, `weekday` (Sunday is 1) and `last`, the last
    date of the month.
    """

    every_s: int = 0
    clock: bool = False
    hours: str = ""
    minutes: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The numbers that the conditions are about; the minute always is."""
        return tuple(name for name in (*(name for name, *_ in _FIELDS), "last") if name == "minute" or self.uses(name))

    def uses(self, name: str) -> bool:
        """Whether the conditions are about a number."""
        return re.search(rf"\b{name}\b", f"{self.hours} {self.minutes}") is not None

    def typescript(self, condition: str) -> str:
        """Return a condition in TypeScript."""
        text = re.sub(r"(\w+) in \(([^)]*)\)", r"[\2].includes(\1)", condition)
        return text.replace("==", "===").replace(" and ", " && ").replace(" or ", " || ")


def starts(expression: str) -> Starts:
    """Return the starts of a checked schedule expression; those of `at(…)` are none before it."""
    if rate := _RATE.fullmatch(expression):
        return Starts(every_s=int(rate[1]) * _SECONDS[rate[2]])
    if not expression.startswith("cron("):
        return Starts()
    fields = expression[5:-1].upper().split()
    minutes, *others = (_condition(field, *_FIELDS[at]) for at, field in enumerate(fields))
    hours = " and ".join(text for text in others if text)
    return Starts(clock=True, hours=hours, minutes=minutes) if hours or minutes else Starts(every_s=60)


def _condition(field: str, name: str, low: int, high: int, names: Sequence[str]) -> str:
    """Return the condition of one field, or "" if it is true of every minute."""
    special = [text for part in field.split(",") if (text := _special(part, name, names))]
    plain = {
        value
        for part in field.split(",")
        if not _special(part, name, names)
        for value in _values(part, low, high, names)
    }
    if plain == set(range(low, high + 1)):
        return ""
    listed = ", ".join(map(str, sorted(plain)))
    either = [*([f"{name} in ({listed})" if len(plain) > 1 else f"{name} == {listed}"] if plain else []), *special]
    return either[0] if len(either) == 1 else f"({' or '.join(either)})"


def _special(part: str, name: str, names: Sequence[str]) -> str:
    """Return the condition of a day that differs from month to month, or ""."""
    if name == "date" and part == "L":
        return "date == last"
    if name == "date" and part == "LW":
        return "(weekday in (2, 3, 4, 5, 6) and (date == last or (weekday == 6 and date >= last - 2)))"
    if name == "date" and (near := re.fullmatch(r"(\d+)W", part)):
        return _nearest_weekday(int(near[1]))
    if name == "weekday" and part == "L":
        return "weekday == 7"
    if name == "weekday" and (final := re.fullmatch(r"(\w+)L", part)):
        return f"(weekday == {_number(final[1], 1, names)} and date > last - 7)"
    if name == "weekday" and (nth := re.fullmatch(r"(\w+)#(\d)", part)):
        week = int(nth[2])
        return f"(weekday == {_number(nth[1], 1, names)} and date > {7 * week - 7} and date <= {7 * week})"
    return ""


def _nearest_weekday(date: int) -> str:
    """Return the condition of the weekday that is nearest to a date in its month: the date, the Friday before or the Monday after."""
    friday, monday = f"(weekday == 6 and date == {date - 1})", f"(weekday == 2 and date == {date + 1})"
    if date == 1:
        return f"(weekday in (2, 3, 4, 5, 6) and (date == 1 or {monday} or (weekday == 2 and date == 3)))"
    last = f"(weekday == 6 and date == {date - 2} and last == {date})"
    return f"(weekday in (2, 3, 4, 5, 6) and (date == {date} or {friday} or {monday} or {last}))"


def _values(part: str, low: int, high: int, names: Sequence[str]) -> set[int]:
    reach, _, step = part.partition("/")
    first, _, last = reach.partition("-")
    if reach in ("*", "?"):
        begin, end = low, high
    else:
        begin = _number(first, low, names)
        end = _number(last, low, names) if last else high if step else begin
    numbers = [*range(begin, end + 1)] if begin <= end else [*range(begin, high + 1), *range(low, end + 1)]
    return set(numbers[:: int(step or 1)])


def _number(word: str, low: int, names: Sequence[str]) -> int:
    return names.index(word) + low if word in names else int(word)
