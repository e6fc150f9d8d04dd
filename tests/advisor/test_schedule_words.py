"""Schedules in words, as people write them in both languages."""

import re

import pytest

from advisor.requirements import make_requirements
from advisor.vocabulary.component.start import SCHEDULE_PATTERN
from advisor.vocabulary.schedule_words import expression_of

SAID = {
    "daily at 18:00": "cron(0 18 * * ? *)",
    "Every day at 6 pm": "cron(0 18 * * ? *)",
    "every evening at 18:30": "cron(30 18 * * ? *)",
    "nightly": "cron(0 2 * * ? *)",
    "daily": "cron(0 2 * * ? *)",
    "daily at 12 am": "cron(0 0 * * ? *)",
    "weekdays at 9:00": "cron(0 9 ? * MON-FRI *)",
    "every Monday at 6": "cron(0 6 ? * MON *)",
    "weekly on Sunday at 23:15": "cron(15 23 ? * SUN *)",
    "monthly on the 1st at 3:00": "cron(0 3 1 * ? *)",
    "on the last day of the month at 22:00": "cron(0 22 L * ? *)",
    "hourly": "rate(1 hour)",
    "every hour": "rate(1 hour)",
    "every 15 minutes": "rate(15 minutes)",
    "every 1 day": "rate(1 day)",
    "毎日 18:00": "cron(0 18 * * ? *)",
    "毎日18時": "cron(0 18 * * ? *)",
    "毎日 午後 6 時 30 分": "cron(30 18 * * ? *)",
    "毎晩": "cron(0 2 * * ? *)",
    "平日 ９時": "cron(0 9 ? * MON-FRI *)",
    "毎週月曜日の6:00": "cron(0 6 ? * MON *)",
    "毎月 1 日 3:00": "cron(0 3 1 * ? *)",
    "毎月末 23時": "cron(0 23 L * ? *)",
    "15 分ごと": "rate(15 minutes)",
    "毎時間": "rate(1 hour)",
    "once a day": "cron(0 2 * * ? *)",
    "once a day at 9:00": "cron(0 9 * * ? *)",
    "once an hour": "rate(1 hour)",
    "once every 5 minutes": "rate(5 minutes)",
    "twice a day": "rate(12 hours)",
    "4 times an hour": "rate(15 minutes)",
    "once a week": "rate(7 days)",
    "weekly": "rate(7 days)",
    "every 2 weeks": "rate(14 days)",
    "1日に1回": "cron(0 2 * * ? *)",
    "毎日1回": "cron(0 2 * * ? *)",
    "毎週1回": "rate(7 days)",
    "１日１回": "cron(0 2 * * ? *)",
    "日に一回": "cron(0 2 * * ? *)",
    "1日1回 9時": "cron(0 9 * * ? *)",
    "5分に1回": "rate(5 minutes)",
    "1時間に1回": "rate(1 hour)",
    "2日に1回": "rate(2 days)",
    "1日に3回": "rate(8 hours)",
    "1時間に2回": "rate(30 minutes)",
    "週に1回": "rate(7 days)",
    "毎週": "rate(7 days)",
    "2週間ごと": "rate(14 days)",
    "M-F 18:30": "cron(30 18 ? * MON-FRI *)",
    "Mon–Fri at 6:30 pm": "cron(30 18 ? * MON-FRI *)",
    "Monday to Saturday at 7:00": "cron(0 7 ? * MON-SAT *)",
    "Mon, Wed and Fri at 6": "cron(0 6 ? * MON,WED,FRI *)",
    "every Tuesday and Thursday at 6": "cron(0 6 ? * TUE,THU *)",
    "Fri-Mon at 6": "cron(0 6 ? * SUN,MON,FRI,SAT *)",
    "weekends at 10:00": "cron(0 10 ? * SUN,SAT *)",
    "18:30 Mon-Fri": "cron(30 18 ? * MON-FRI *)",
    "at 6 pm on weekdays": "cron(0 18 ? * MON-FRI *)",
    "on the 1st of each month at 6 am": "cron(0 6 1 * ? *)",
    "every evening at 6": "cron(0 18 * * ? *)",
    "every night at 10": "cron(0 22 * * ? *)",
    "every night at 2": "cron(0 2 * * ? *)",
    "every night at 08:00": "cron(0 8 * * ? *)",
    "every morning at 6": "cron(0 6 * * ? *)",
    "毎月1日の朝6時": "cron(0 6 1 * ? *)",
    "毎月25日の夕方5時30分": "cron(30 17 25 * ? *)",
    "毎日 深夜 0 時": "cron(0 0 * * ? *)",
    "毎日夜10時": "cron(0 22 * * ? *)",
    "毎日 夜 22 時": "cron(0 22 * * ? *)",
    "毎晩10時": "cron(0 22 * * ? *)",
    "毎夕6時": "cron(0 18 * * ? *)",
    "毎朝 6 時": "cron(0 6 * * ? *)",
    "毎日 昼 12 時": "cron(0 12 * * ? *)",
    "毎日 未明 3 時": "cron(0 3 * * ? *)",
    "毎日 午前 12 時": "cron(0 0 * * ? *)",
    "月〜金 18:30": "cron(30 18 ? * MON-FRI *)",
    "月曜から金曜の18時": "cron(0 18 ? * MON-FRI *)",
    "毎週月・水・金の9時": "cron(0 9 ? * MON,WED,FRI *)",
    "日曜の夜10時": "cron(0 22 ? * SUN *)",
    "平日18時半": "cron(30 18 ? * MON-FRI *)",
    "毎週土日 10時": "cron(0 10 ? * SUN,SAT *)",
}


@pytest.mark.parametrize(("said", "expression"), SAID.items())
def test_words_are_read_as_an_expression(said: str, expression: str) -> None:
    assert expression_of(said) == expression
    assert re.fullmatch(SCHEDULE_PATTERN, expression)


@pytest.mark.parametrize(
    "said",
    ["", "soon", "daily at 25:00", "daily at 13 pm", "monthly on the 32nd", "every 0 minutes", "every evening", "毎朝",
     "毎日 24:10", "every second", "5 times a day at 9:00", "7 times a day", "1日に0回", "monthly", "once a month", "cron(0 2 * * ? *)", "fundays at 9",
     "毎日 朝 18 時", "毎日 午後 13 時", "月から金", "日曜", "18 weekdays"],
)  # fmt: skip
def test_what_is_not_known_or_no_time_is_not_guessed(said: str) -> None:
    assert expression_of(said) is None


def test_a_file_may_state_a_schedule_in_words() -> None:
    component = {"id": "job", "trigger": "schedule", "schedule_expression": "weekdays at 9:00"}
    requirements = make_requirements({"components": [component]})
    assert requirements.of_kind("component")[0].answer("schedule_expression") == "cron(0 9 ? * MON-FRI *)"
