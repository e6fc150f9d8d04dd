"""Schedules in words, in both languages, as expressions of EventBridge Scheduler: "daily at 18:00", 「平日 9 時」.

Source of the expressions: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (read 2026-11-25).
"""

import re
import unicodedata

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
_DAY_EN = r"(?:sun|mon|tue|wed|thu|fri|sat)(?:[a-z]*day)?s?"
_AT_EN = r"(?:,? (?:at )?(?P<h>\d{1,2})(?::(?P<m>\d{2}))? ?(?P<half>am|pm)?)?"
_AT_JA = r"(?:の?(?P<half>午前|午後)?(?P<h>\d{1,2})(?::(?P<m>\d{2})|時(?:(?P<m2>\d{2})分)?)(?:に)?)?"
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
    (re.compile(rf"(?:on |every )?(?:weekdays?|working days?|business days?){_AT_EN}"), "? * MON-FRI"),
    (re.compile(rf"(?:weekly )?(?:on |every )?(?P<on>{_DAY_EN}){_AT_EN}"), "? * {}"),
    (re.compile(rf"monthly(?: on)?(?: the)? (?P<on>\d{{1,2}})(?:st|nd|rd|th)?{_AT_EN}"), "{} * ?"),
    (re.compile(rf"(?:monthly )?on the last day(?: of (?:the|each|every) month)?{_AT_EN}"), "L * ?"),
    (re.compile(rf"(?:(?:[1一]|毎)?日に?[1一]回|毎日|日次){_AT_JA}"), "* * ?"),
    (re.compile(rf"(?:毎晩|毎夜|毎朝|毎夕|夜間){_AT_JA}"), "* * ?"),
    (re.compile(rf"(?:平日|営業日){_AT_JA}"), "? * MON-FRI"),
    (re.compile(rf"毎週(?P<on>[日月火水木金土])曜?日?{_AT_JA}"), "? * {}"),
    (re.compile(rf"毎月(?P<on>\d{{1,2}})日{_AT_JA}"), "{} * ?"),
    (re.compile(rf"毎月末日?{_AT_JA}"), "L * ?"),
)
#: "At 9:00 every day" is "every day at 9:00".
_HOUR_FIRST = re.compile(r"^at (?P<hour>\d{1,2}(?::\d{2})?(?: ?[ap]m)?) (?P<days>(?:every|each|daily|on|once)\b.*)$")
#: Words for a time of day that is not the night's: without an hour they say too little.
_NEEDS_HOUR = re.compile("evening|morning|毎朝|毎夕")


def expression_of(text: str) -> str | None:
    """Return the expression for a schedule in words, or None if the words are not known or name no valid time."""
    said = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().lower()
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
    day = _DAYS_EN.get(on[:3]) or _DAYS_JA.get(on) or str(int(on) if on.isdecimal() else "")
    if hour > 23 or minute > 59 or (on.isdecimal() and not 1 <= int(on) <= 31):
        return None
    return f"cron({minute} {hour} {days.replace('{}', day)} *)"


def _clock(match: re.Match[str]) -> tuple[int, int]:
    """Return hour and minute; an hour that does not exist stays one."""
    if match["h"] is None:
        return _NIGHT
    groups = match.groupdict()
    hour, minute, half = int(match["h"]), int(groups.get("m") or groups.get("m2") or 0), match["half"]
    if half is None:
        return hour, minute
    afternoon = half in ("pm", "午後")
    return (hour % 12 + (12 if afternoon else 0) if hour <= 12 else 24), minute
