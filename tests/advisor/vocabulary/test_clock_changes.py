"""Times that clocks going forward leave out: as in the Time Zone Database, and said with the decision."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book, DatedBook
from advisor.requirements import make_requirements
from advisor.vocabulary import formats
from advisor.vocabulary.clock_changes import skipped_start
from advisor.vocabulary.time_zones import TIME_ZONES

YEARS = 3


def exists(day: date, minutes: int, zone: zoneinfo.ZoneInfo) -> bool:
    local = datetime(day.year, day.month, day.day, tzinfo=zone).replace(hour=minutes // 60, minute=minutes % 60)
    return local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)


@cache
def changing_days(zone: str) -> list[date]:
    """Return the days of three years in which the clocks of a zone are set: all times of the others exist."""
    known = zoneinfo.ZoneInfo(zone)
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(YEARS * 365 + 1)]
    offsets = [datetime(day.year, day.month, day.day, tzinfo=known).utcoffset() for day in days]
    return [day for day, now, then in zip(days, offsets, offsets[1:], strict=False) if now != then]


@pytest.mark.parametrize("clock", ["0 0", "30 1", "0 2", "30 2", "59 2", "0 3", "30 3", "30 22"])
def test_what_is_left_out_is_what_the_database_leaves_out(clock: str) -> None:
    minute, hour = map(int, clock.split())
    last = str(date(2026, 1, 1) + timedelta(days=YEARS * 365 - 1))
    for zone in TIME_ZONES:
        known = zoneinfo.ZoneInfo(zone)
        expected = {str(day) for day in changing_days(zone) if not exists(day, hour * 60 + minute, known)}
        found = skipped_start(f"cron({clock} * * ? *)", zone)
        assert {day for day in (found.days if found else ()) if day <= last} == expected, zone


@pytest.mark.parametrize(
    ("expression", "zone", "time"),
    [
        ("cron(30 2 * * ? *)", "Europe/Berlin", "02:30"),
        ("cron(30 2,14 * * ? *)", "Europe/Berlin", "02:30"),
        ("cron(0 2 ? * SUN *)", "America/New_York", "02:00"),
        ("cron(0 2 ? * 1 *)", "America/New_York", "02:00"),
        ("cron(30 1 * * ? *)", "Europe/London", "01:30"),
        ("cron(30 2 ? * MON-FRI *)", "Europe/Berlin", ""),  # the clocks change on a Sunday
        ("cron(30 2 * 6-9 ? *)", "Europe/Berlin", ""),
        ("cron(30 2 1 * ? *)", "Europe/Berlin", ""),
        ("cron(30 2 * * ? 2026)", "Europe/Berlin", "02:30"),
        ("cron(30 * * * ? *)", "Europe/Berlin", ""),  # the next start is an hour later
        ("cron(30 */2 * * ? *)", "Europe/Berlin", ""),
        ("cron(30 2 L * ? *)", "Europe/Berlin", ""),
        ("cron(30 2 * * ? *)", "Asia/Tokyo", ""),
        ("cron(30 2 * * ? *)", "UTC", ""),
        ("rate(1 day)", "Europe/Berlin", ""),
        ("at(2027-03-28T02:30:00)", "Europe/Berlin", ""),
    ],
)
def test_only_stated_times_on_days_of_a_change_are_left_out(expression: str, zone: str, time: str) -> None:
    found = skipped_start(expression, zone)
    assert (found.time if found else "") == time


@pytest.mark.parametrize(
    ("expression", "as_of", "day"),
    [
        ("cron(30 2 * * ? *)", "2026-11-30", "2027-03-28"),
        ("cron(30 2 * * ? *)", "2027-03-29", "2028-03-26"),
        ("cron(30 2 * * ? *)", "2037-01-01", ""),
        ("cron(30 3 * * ? *)", "2026-11-30", ""),
    ],
)
def test_the_decision_warns_with_the_next_day(book: Book, expression: str, as_of: str, day: str) -> None:
    job: dict[str, Any] = {
        "id": "job",
        "trigger": "schedule",
        "schedule_expression": expression,
        "time_zone": "Europe/Berlin",
    }
    decision = advise(make_requirements({"components": [job]}), DatedBook(book, as_of)).decision
    said = [warning.sentence for warning in decision.warnings if warning.id == "clocks-skip-a-start"]
    assert len(said) == bool(day)
    assert all('"job" starts at' in one.en for one in said)
    assert all("02:30" in text for one in said for text in (one.en, one.ja))
    assert all(day in one.en and formats.date(day).ja in one.ja for one in said)


@pytest.mark.parametrize("kubernetes", [{}, {"kubernetes": "house-standard"}])
def test_a_disabled_example_skips_no_start(book: Book, kubernetes: dict[str, Any]) -> None:
    job = {"id": "job", "trigger": "schedule", "rate_average_rps": "3/day", "time_zone": "Europe/Berlin", **kubernetes}
    decision = advise(make_requirements({"components": [job]}), DatedBook(book, "2026-11-30")).decision
    assert "clocks-skip-a-start" not in [warning.id for warning in decision.warnings]
    daily = {name: value for name, value in job.items() if name != "rate_average_rps"}
    decision = advise(make_requirements({"components": [daily]}), DatedBook(book, "2026-11-30")).decision
    assert [warning.id for warning in decision.warnings].count("clocks-skip-a-start") == 1
