"""Quantities, lists and schedules in Japanese."""

import math
from collections.abc import Sequence

from advisor.vocabulary.formats import measures
from advisor.vocabulary.formats.beside import Beside
from advisor.vocabulary.formats.measures import IN_SECONDS, SIZES, number
from advisor.vocabulary.formats.rates import StatedRate
from advisor.vocabulary.formats.schedules import Days, Interval, Once, Schedule, Times

_TIME = {"year": "年", "month": "か月", "day": "日", "h": "時間", "min": "分", "s": "秒", "ms": "ミリ秒"}
_PERIODS = {
    "second": "毎秒",
    "minute": "毎分",
    "hour": "毎時",
    "day": "1 日",
    "week": "週",
    "month": "月",
    "year": "年",
}
_DATE = ("年", "月", "日")
_WEEK = "日月火水木金土"
_ZONES = {"Asia/Tokyo": "JST"}


def quantity(value: float, unit: str) -> str:
    """Return a quantity of a base unit, exactly: 「3 時間 15 分」, 「毎秒 10 件」, 「256 KiB」."""
    if isinstance(value, Beside):
        end, word = quantity(value.end, unit), "超" if value.above else "未満"
        return f"{end} {word}" if end[-1:].isascii() else f"{end}{word}"
    if math.isinf(value):
        return number(value)
    if unit in IN_SECONDS:
        return " ".join(_duration(*part) for part in measures.durations(value * IN_SECONDS[unit]))
    if unit in SIZES:
        amount, name = measures.size(value * SIZES[unit])
        return f"{number(amount)} {'バイト' if name == 'B' else name}"
    if unit == "per_s":
        amount, period = measures.rate(value)
        hours = f"（1 日 {number(value.hours)} 時間の間）" if isinstance(value, StatedRate) and value.hours < 24 else ""
        return f"{_PERIODS[period]} {number(amount)} 件{hours}"
    suffix = {"vcpu": " vCPU", "percent": "%", "usd": " USD"}.get(unit, "")
    return number(value) + suffix


def _duration(amount: float, unit: str) -> str:
    return f"{number(amount)} {_TIME[unit]}"


def date(day: str) -> str:
    """Return a day of the form 2026-11-25; other words as they are."""
    parts = day.split("-")
    if len(parts) != len(_DATE) or not all(part.isdecimal() for part in parts):
        return day
    return " ".join(f"{int(part)} {unit}" for part, unit in zip(parts, _DATE, strict=True))


def share(value: float) -> str:
    """Return a share of one as a percentage."""
    return f"{value:.0%}" if value >= 0.01 or value == 0 else "1% 未満"


def listed(parts: Sequence[str]) -> str:
    """Return parts in a row: 「a、b、c」."""
    return "、".join(parts)


def either(parts: Sequence[str]) -> str:
    """Return parts of which one holds: 「a、b または c」."""
    return f"{'、'.join(parts[:-1])}または{parts[-1]}" if len(parts) > 1 else "".join(parts)


def schedule(read: Schedule, zone: str) -> str:
    """Return a schedule: 「毎日 1:30（JST）」, 「毎週月曜日～金曜日、15 分ごと（UTC）」."""
    named = f"（{_ZONES.get(zone, zone)}）" if zone and read.local else ""
    if isinstance(read, Once):
        return f"{read.date} {_clock(read.time)} に 1 回{named}"
    if isinstance(read, Interval):
        return f"{_duration(*read)}ごと"
    days = _days(read.days)
    if read.times.every is None:
        return f"{days or '毎日'} {listed([_clock(time) for time in read.times.at])}{named}"
    return "、".join(part for part in (days, _repeated(read.times)) if part) + named


def _repeated(times: Times) -> str:
    if times.every is None:
        return ""
    if times.every.unit == "h" and times.minute:
        return (
            f"毎時 {times.minute} 分"
            if times.every.amount == 1
            else f"{_duration(*times.every)}ごとの {times.minute} 分"
        )
    during = f"{_clock(times.at[0])}～{_clock(times.at[-1])} に " if times.at else ""
    return f"{during}{_duration(*times.every)}ごと"


def _days(days: Days) -> str:
    """Return on which days something starts; nothing for all of them."""
    months = listed([f"{month} 月" for month in days.months])
    of = f"毎年 {months}の" if months else "毎月"
    if days.nth is not None:
        number_, day = days.nth
        return f"{of}{'最終' if number_ == 0 else f'第 {number_} '}{_WEEK[day - 1]}曜日"
    if days.last:
        return f"{of}末日"
    if days.dates:
        return f"{of} {listed([f'{date} 日' for date in days.dates])}"
    if days.week:
        return f"{of if months else ''}毎週{_week(days.week)}"
    return f"{of}毎日" if months else ""


def _week(week: tuple[int, ...]) -> str:
    if len(week) > 2 and week == tuple(range(week[0], week[-1] + 1)):
        return f"{_WEEK[week[0] - 1]}曜日～{_WEEK[week[-1] - 1]}曜日"
    return listed([f"{_WEEK[day - 1]}曜日" for day in week])


def _clock(time: tuple[int, int]) -> str:
    return f"{time[0]}:{time[1]:02}"
