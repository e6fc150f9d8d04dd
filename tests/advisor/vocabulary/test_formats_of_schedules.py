"""Schedule expressions read out, in both languages and with their time zone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.vocabulary.component.start import SCHEDULE_PATTERN
from advisor.vocabulary.formats import schedule

CASES = (
    ("cron(30 1 * * ? *)", "daily at 01:30 (Asia/Tokyo)", "毎日 1:30（JST）"),
    ("cron(0 8,20 * * ? *)", "daily at 08:00 and 20:00 (Asia/Tokyo)", "毎日 8:00、20:00（JST）"),
    ("cron(0 9 ? * MON-FRI *)", "Monday to Friday at 09:00 (Asia/Tokyo)", "毎週月曜日～金曜日 9:00（JST）"),
    ("cron(0 9 ? * 2-6 *)", "Monday to Friday at 09:00 (Asia/Tokyo)", "毎週月曜日～金曜日 9:00（JST）"),
    ("cron(0 9 ? * mon,thu *)", "every Monday and Thursday at 09:00 (Asia/Tokyo)", "毎週月曜日、木曜日 9:00（JST）"),
    ("cron(0 9 ? * 1-7 *)", "daily at 09:00 (Asia/Tokyo)", "毎日 9:00（JST）"),
    ("cron(0 3 1 * ? *)", "on day 1 of each month at 03:00 (Asia/Tokyo)", "毎月 1 日 3:00（JST）"),
    ("cron(0 1 1,15 * ? *)", "on days 1 and 15 of each month at 01:00 (Asia/Tokyo)", "毎月 1 日、15 日 1:00（JST）"),
    ("cron(0 18 L * ? *)", "on the last day of each month at 18:00 (Asia/Tokyo)", "毎月末日 18:00（JST）"),
    ("cron(0 9 ? * 2#1 *)", "on the first Monday of each month at 09:00 (Asia/Tokyo)", "毎月第 1 月曜日 9:00（JST）"),
    ("cron(0 9 ? * 6L *)", "on the last Friday of each month at 09:00 (Asia/Tokyo)", "毎月最終金曜日 9:00（JST）"),
    ("cron(0 9 ? * FRIL *)", "on the last Friday of each month at 09:00 (Asia/Tokyo)", "毎月最終金曜日 9:00（JST）"),
    ("cron(0 0 1 1,7 ? *)", "on day 1 of January and July at 00:00 (Asia/Tokyo)", "毎年 1 月、7 月の 1 日 0:00（JST）"),
    ("cron(0 1 * 3 ? *)", "daily in March at 01:00 (Asia/Tokyo)", "毎年 3 月の毎日 1:00（JST）"),
    ("cron(0/15 * * * ? *)", "every 15 min", "15 分ごと"),
    ("cron(* * * * ? *)", "every minute", "1 分ごと"),
    ("cron(0 * * * ? *)", "every hour", "1 時間ごと"),
    ("cron(30 * * * ? *)", "every hour at minute 30", "毎時 30 分"),
    ("cron(0 */2 * * ? *)", "every 2 h", "2 時間ごと"),
    ("cron(0 */12 * * ? *)", "daily at 00:00 and 12:00 (Asia/Tokyo)", "毎日 0:00、12:00（JST）"),
    (
        "cron(*/10 9-17 ? * MON-FRI *)",
        "every 10 min from 09:00 to 17:50, Monday to Friday (Asia/Tokyo)",
        "毎週月曜日～金曜日、9:00～17:50 に 10 分ごと（JST）",
    ),
    ("rate(1 hour)", "every hour", "1 時間ごと"),
    ("rate(5 minutes)", "every 5 min", "5 分ごと"),
    ("rate(1 day)", "every day", "1 日ごと"),
    ("at(2026-12-01T09:00:00)", "once on 2026-12-01 at 09:00 (Asia/Tokyo)", "2026-12-01 9:00 に 1 回（JST）"),
)
AS_THEY_ARE = (
    "cron(0 9 ? * MON-FRI 2027)", "cron(0 9 15W * ? *)", "cron(0 9 ? * FRI-MON *)", "cron(0 9 1 * MON *)",
    "cron(0,7 1-9 * * ? *)", "cron(5/7 1 * * ? *)", "cron(0 25 * * ? *)", "cron(0 9 ? * XYZ *)", "cron(0/0 9 * * ? *)",
    "cron(0/15 8,20 * * ? *)",
)  # fmt: skip


@pytest.mark.parametrize(("expression", "en", "ja"), CASES)
def test_a_schedule_is_read_out(expression: str, en: str, ja: str) -> None:
    read = schedule(expression, "Asia/Tokyo")
    assert (read.en, read.ja) == (en, ja)


@pytest.mark.parametrize("expression", AS_THEY_ARE)
def test_what_cannot_be_read_out_is_shown_as_it_is_with_its_time_zone(expression: str) -> None:
    assert schedule(expression, "UTC").in_("ja") == f"{expression} (UTC)"
    assert schedule(expression).en == expression


def test_no_time_zone_is_made_up() -> None:
    assert schedule("cron(30 1 * * ? *)").ja == "毎日 1:30"
    assert schedule("cron(30 1 * * ? *)", "UTC").ja == "毎日 1:30（UTC）"


@given(st.from_regex(SCHEDULE_PATTERN, fullmatch=True))
def test_every_expression_that_may_be_answered_has_words(expression: str) -> None:
    read = schedule(expression, "UTC")
    assert read.en
    assert read.ja
    assert (read.en == read.ja) == (expression in read.en)


@given(st.integers(0, 59), st.integers(0, 23), st.sets(st.integers(1, 7), min_size=1, max_size=6))
def test_minutes_hours_and_weekdays_are_those_of_the_expression(minute: int, hour: int, week: set[int]) -> None:
    read = schedule(f"cron({minute} {hour} ? * {','.join(map(str, sorted(week)))} *)", "UTC")
    assert f"at {hour:02}:{minute:02} (UTC)" in read.en
    assert f"{hour}:{minute:02}（UTC）" in read.ja
    named = re.findall(r"[日月火水木金土]曜日", read.ja)
    assert len(named) == (2 if "～" in read.ja else len(week))
