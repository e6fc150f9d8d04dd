"""Schedules in words, in both languages, as expressions of EventBridge Scheduler: "daily at 18:00", 「平日 9 時」.

Source of the expressions: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (read 2026-11-25).
"""

import re
import unicodedata
from itertools import pairwise

#: When a nightly job runs whose hour is not stated: the default of the question.
_NIGHT = (2, 0)
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_DAYS_EN = {name[:3]: code for name, code in zip(
    ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"), _DAYS, strict=True
)}  # fmt: skip
_DAYS_JA = dict(zip("日月火水木金土", _DAYS, strict=True))
_UNITS = {
    "minute": "minute",
    "min": "minute",
    "hour": "hour",
    "day": "day",
    "week": "week",
    "分": "minute",
    "時間": "hour",
    "日": "day",
    "週": "week",
    "週間": "week",
}
#: An hour and a day in the next smaller unit.
_PARTS = {"hour": (60, "minute"), "day": (24, "hour")}
_DAY_EN = r"(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?)(?:day)?s?"
_SPAN = r" ?[-~〜] ?| to | through | thru |から"
_MORE_DAYS_EN = rf"(?:(?:{_SPAN}|,? and |, ?| ?& ?){_DAY_EN})"
_DAYS_EN_SAID = rf"{_DAY_EN}{_MORE_DAYS_EN}*"
_DAY_JA = "[日月火水木金土]"
_DAYS_JA_SAID = rf"{_DAY_JA}(?:曜日?)?(?:(?:{_SPAN}|[・、,]|と)?{_DAY_JA}(?:曜日?)?)*(?:まで)?"
#: Days of a week that cannot be something else without "every" before them, such as a month or a date.
_SURE_DAYS_JA = rf"{_DAY_JA}(?:曜日?(?:(?:から|[・、,と]){_DAY_JA}曜日?(?:まで)?)+|[-~〜]{_DAY_JA}(?:曜日?)?)"
_ONE_DAY = re.compile(rf"{_DAY_EN}|{_DAY_JA}(?:曜日?)?")
_AT_EN = r"(?:,? (?:at )?(?P<h>\d{1,2})(?::(?P<m>\d{2}))? ?(?P<half>am|pm)?)?"
_HALF_JA = "午前|午後|早朝|朝|昼|夕方|夜|晩|深夜|未明"
_AT_JA = rf"(?:の?(?:(?P<half>{_HALF_JA})の?)?(?P<h>\d{{1,2}})(?::(?P<m>\d{{2}})|時(?:(?P<m2>\d{{2}})分|(?P<m3>半))?)(?:に)?)?"
_EVERY = (
    re.compile(r"(?:once )?every (?P<n>\d{1,5} )?(?P<unit>minute|min|hour|day|week)s?"),
    re.compile(r"once (?:an?|per) (?P<unit>minute|hour|week)"),
    re.compile(r"(?P<n>\d{1,5})(?P<unit>分|時間|日|週間)(?:ごと|毎|おき)(?:に)?"),
    re.compile(r"(?:毎|(?P<n>\d{1,5}))?(?P<unit>分|時間|週間?)に?[1一]回"),
    re.compile(r"(?P<n>[2-9]|\d{2,5})(?P<unit>日)に?[1一]回"),
    re.compile(r"毎(?P<unit>分|時間|週)"),
)
#: Several times in an hour or a day, at equal intervals.
_OFTEN = (
    re.compile(r"(?:(?P<twice>twice)|(?P<n>\d{1,2}) times) (?:an?|per|every|each) (?P<unit>hour|day)"),
    re.compile(r"(?:[1一]|毎)?(?P<unit>時間|日)に?(?P<n>\d{1,2})回"),
)
#: Pattern -> the fields day of month, month and day of week of its cron expression; {} is filled with what `on` found.
_WHEN = (
    (re.compile(rf"(?:(?:once )?(?:daily|every day|each day)|once (?:a|per) day){_AT_EN}"), "* * ?"),
    (re.compile(rf"(?:nightly|every (?:night|evening|morning)){_AT_EN}"), "* * ?"),
    (re.compile(rf"(?:on |every )?(?:weekdays?|working days?|business days?|m ?- ?f){_AT_EN}"), "? * MON-FRI"),
    (re.compile(rf"(?:on |every )?(?:weekends?){_AT_EN}"), "? * SUN,SAT"),
    (re.compile(rf"(?:weekly )?(?:on |every )?(?P<on>{_DAYS_EN_SAID}){_AT_EN}"), "? * {}"),
    (re.compile(rf"monthly(?: on)?(?: the)? (?P<on>\d{{1,2}})(?:st|nd|rd|th)?{_AT_EN}"), "{} * ?"),
    (
        re.compile(
            rf"(?:monthly )?on the (?P<on>\d{{1,2}})(?:st|nd|rd|th)(?: day)? of (?:the|each|every|a) month{_AT_EN}"
        ),
        "{} * ?",
    ),
    (re.compile(rf"(?:monthly )?on the last day(?: of (?:the|each|every) month)?{_AT_EN}"), "L * ?"),
    (re.compile(rf"(?:(?:[1一]|毎)?日に?[1一]回|毎日|日次){_AT_JA}"), "* * ?"),
    (re.compile(rf"(?:毎晩|毎夜|毎朝|毎夕|夜間){_AT_JA}"), "* * ?"),
    (re.compile(rf"(?:平日|営業日){_AT_JA}"), "? * MON-FRI"),
    (re.compile(rf"(?:毎週末|土日){_AT_JA}"), "? * SUN,SAT"),
    (re.compile(rf"毎週の?(?P<on>{_DAYS_JA_SAID}){_AT_JA}"), "? * {}"),
    (re.compile(rf"(?P<on>{_SURE_DAYS_JA}){_AT_JA}"), "? * {}"),
    (re.compile(rf"(?P<on>{_DAY_JA}曜日?){_AT_JA[:-1]}"), "? * {}"),  # with a time of day, or it may be one day only
    (re.compile(rf"毎月(?P<on>\d{{1,2}})日{_AT_JA}"), "{} * ?"),
    (re.compile(rf"毎月末日?{_AT_JA}"), "L * ?"),
)
#: "At 9:00 every day" is "every day at 9:00".
_HOUR_FIRST = re.compile(
    r"^(?:at (?=\d)|(?=\d{1,2}(?::| ?[ap]m)))(?P<hour>\d{1,2}(?::\d{2})?(?: ?[ap]m)?) (?P<days>[a-z].*)$"
)
#: Words for a part of the day, with the hours that lie 12 hours later than a clock without "pm" says, the 12 that is
#: midnight, and the last hour that such words have.
_PARTS_OF_DAY = (
    (re.compile("午前|am$"), range(0), True, 12),
    (re.compile("午後|pm$"), range(1, 12), False, 12),
    (re.compile("早朝|朝|未明"), range(0), False, 12),
    (re.compile("昼"), range(1, 6), False, 18),
    (re.compile("夕|evening"), range(1, 12), False, 23),
    (re.compile("夜(?!間)|晩"), range(6, 12), True, 23),
    (re.compile("night(?!ly)"), range(8, 12), True, 23),
)
#: Words for a time of day that is not the night's: without an hour they say too little.
_NEEDS_HOUR = re.compile("evening|morning|毎朝|毎夕")


def expression_of(text: str) -> str | None:
    """Return the expression for a schedule in words, or None if the words are not known or name no valid time."""
    said = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().lower().replace("–", "-").replace("—", "-")
    said = _HOUR_FIRST.sub(r"\g<days> at \g<hour>", said)
    if said in ("hourly", "weekly"):
        return {"hourly": "rate(1 hour)", "weekly": "rate(7 days)"}[said]
    squeezed = said if said.isascii() else said.replace(" ", "")
    for pattern in _EVERY:
        if match := pattern.fullmatch(squeezed):
            return _rate(int(match.groupdict().get("n") or 1), _UNITS[match["unit"]])
    for pattern in _OFTEN:
        if (match := pattern.fullmatch(squeezed)) and (often := _often(match)):
            return often
    for pattern, days in _WHEN:
        if match := pattern.fullmatch(squeezed):
            return None if match["h"] is None and _NEEDS_HOUR.search(squeezed) else _cron(match, days)
    return None


def _often(match: re.Match[str]) -> str | None:
    """Return the expression for so many times in an hour or a day, or None if the intervals are not whole ones."""
    times = 2 if match.groupdict().get("twice") else int(match["n"])
    whole, unit = _PARTS[_UNITS[match["unit"]]]
    return _rate(whole // times, unit) if times > 1 and whole % times == 0 else None


def _rate(number: int, unit: str) -> str | None:
    if unit == "week":
        number, unit = 7 * number, "day"
    return f"rate({number} {unit}{'s' if number > 1 else ''})" if number else None


def _cron(match: re.Match[str], days: str) -> str | None:
    hour, minute = _clock(match)
    on = match.groupdict().get("on") or ""
    day = str(int(on)) if on.isdecimal() else _week(on)
    if hour > 23 or minute > 59 or (on.isdecimal() and not 1 <= int(on) <= 31):
        return None
    return f"cron({minute} {hour} {days.replace('{}', day)} *)"


def _week(said: str) -> str:
    """Return days of a week as a field of an expression: one, a reach such as MON-FRI, or a list."""
    named = [(found.start(), found.end(), _day(found[0])) for found in _ONE_DAY.finditer(said)]
    on = {place for _, _, place in named}
    for (_, end, first), (start, _, last) in pairwise(named):
        if re.fullmatch(_SPAN, said[end:start]):
            on |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    places = sorted(on)
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        return f"{_DAYS[places[0]]}-{_DAYS[places[-1]]}"
    return ",".join(_DAYS[place] for place in places)


def _day(said: str) -> int:
    return _DAYS.index(_DAYS_EN.get(said[:3]) or _DAYS_JA[said[0]])


def _clock(match: re.Match[str]) -> tuple[int, int]:
    """Return hour and minute; an hour that does not exist stays one."""
    if match["h"] is None:
        return _NIGHT
    groups = match.groupdict()
    hour, minute = int(match["h"]), int(groups.get("m") or groups.get("m2") or (30 if groups.get("m3") else 0))
    words = match["half"] or ("" if match["h"].startswith("0") else match[0][: match.start("h") - match.start()])
    for pattern, later, is_midnight, last in _PARTS_OF_DAY:
        if pattern.search(words):
            hour = 24 if hour > last else 0 if is_midnight and hour == 12 else hour + 12 * (hour in later)
            break
    return hour, minute
