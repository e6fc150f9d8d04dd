"""The hours between two times of day as an answer in hours per day: "from 9 to 18", 「9 時から 18 時」 are 9 hours."""

import re
import unicodedata

_DAY_H = 24.0
_EN = r"(\d{1,2})(?::(\d\d))?\s*(?:([ap])\.?m\.?)?(?:\s*o.clock)?"
_JA = r"(午前|午後)?(\d{1,2})(?:時(?!間)(?:(\d{1,2})分|(半))?|:(\d\d))"
_BETWEEN_EN = re.compile(rf"(from|between)?\s*{_EN}\s*(?:to|until|till|and|-|–|—|~)\s*{_EN}", re.IGNORECASE)
_BETWEEN_JA = re.compile(rf"{_JA}\s*(?:から|〜|~|-|–)\s*{_JA}(?:まで)?(?:の間)?")


def hours_between(text: str) -> float | None:
    """Return the hours from one time of day to the next, over midnight if it is earlier; None for other text.

    Two bare numbers are times only after "from" or "between": "8-10" may be a number of hours.
    """
    said = (
        "".join(unicodedata.normalize("NFKC", text).split())
        if re.search("[時]", text)
        else unicodedata.normalize("NFKC", text)
    )
    said = said.strip().rstrip(".。")
    if match := _BETWEEN_EN.fullmatch(said):
        opened, *ends = match.groups()
        if opened or ends[1] or ends[2] or ends[4] or ends[5]:
            return _length(_of_day(ends[0], ends[1], ends[2] or ""), _of_day(ends[3], ends[4], ends[5] or ""))
    if match := _BETWEEN_JA.fullmatch(said):
        times = match.groups()
        start, end = (
            _of_day(hour, minute or colon or ("30" if half else ""), {"午後": "p", "午前": "a"}.get(noon or "", ""))
            for noon, hour, minute, half, colon in (times[:5], times[5:])
        )
        return _length(start, end)
    return None


def _of_day(hour: str, minute: str | None, noon: str) -> float | None:
    """Return a time of day in hours, or None if there is no such time."""
    value = int(hour) + int(minute or 0) / 60
    if noon:
        value = value % 12 + (12 if noon.lower() == "p" else 0)
    return value if value <= _DAY_H and int(minute or 0) < 60 else None


def _length(start: float | None, end: float | None) -> float | None:
    if start is None or end is None:
        return None
    return (end - start) % _DAY_H or _DAY_H
