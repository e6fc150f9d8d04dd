"""Quantities, shares and lists, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.explanation.wording import fill
from advisor.text import Text
from advisor.vocabulary.formats import all_of, clauses, either, listed, quantity, share
from advisor.vocabulary.schedule_expression import starts_per_s
from rules import load_book

A, B, C = (Text(name, name) for name in "abc")
UNITS = ("s", "ms", "min", "h", "B", "KB", "MiB", "GB", "per_s", "vcpu", "percent", "count", "usd")


@pytest.mark.parametrize(
    ("value", "unit", "en", "ja"),
    [
        (11700, "s", "3 h 15 min", "3 時間 15 分"),
        (11730, "s", "3 h 15 min 30 s", "3 時間 15 分 30 秒"),
        (86400, "s", "1 day", "1 日"),
        (1.5, "s", "1.5 s", "1.5 秒"),
        (10, "per_s", "10 per second", "毎秒 10 件"),
        (1 / 60, "per_s", "1 per minute", "毎分 1 件"),
        (1 / 3600, "per_s", "1 per hour", "毎時 1 件"),
        (3 / 86400, "per_s", "3 per day", "1 日 3 件"),
        (0.5 / 31_556_952, "per_s", "0.5 per year", "年 0.5 件"),
        (0, "per_s", "0 per second", "毎秒 0 件"),
        (256, "KB", "256 KiB", "256 KiB"),
        (1, "MB", "1 MiB", "1 MiB"),
        (10, "GB", "10 GiB", "10 GiB"),
        (838656, "B", "819 KiB", "819 KiB"),
        (80, "percent", "80%", "80%"),
        (0.25, "vcpu", "0.25 vCPU", "0.25 vCPU"),
        (10000, "count", "10,000", "10,000"),
        (float("inf"), "s", "∞", "∞"),
    ],
)
def test_a_quantity_in_both_languages(value: float, unit: str, en: str, ja: str) -> None:
    assert quantity(value, unit) == Text(en, ja)


@pytest.mark.parametrize(
    ("schedule", "en", "ja"),
    [
        ("rate(1 day)", "1 per day", "1 日 1 件"),
        ("rate(7 days)", "1 per week", "週 1 件"),
        ("cron(0 3 ? * MON *)", "1 per week", "週 1 件"),
        ("cron(0 3 ? * MON-FRI *)", "5 per week", "週 5 件"),
        ("cron(0 3 1 * ? *)", "1 per month", "月 1 件"),
        ("cron(0 3 1 1/3 ? *)", "4 per year", "年 4 件"),
        ("cron(0 3 1 APR ? *)", "1 per year", "年 1 件"),
    ],
)
def test_the_rate_of_a_schedule_is_in_the_period_in_which_it_starts_something(schedule: str, en: str, ja: str) -> None:
    assert quantity(starts_per_s(schedule), "per_s") == Text(en, ja)


@given(st.floats(0, 1e15), st.sampled_from(UNITS))
def test_sizes_have_one_spelling_and_numbers_agree(value: float, unit: str) -> None:
    worded = quantity(value, unit)
    assert not {"KB", "MB", "GB", "TB"} & set(worded.en.split())
    numbers = [[part for part in words.split() if part[0].isdigit()] for words in (worded.en, worded.ja)]
    assert numbers[0] == numbers[1] or worded.ja.startswith("1 日 ")


@pytest.mark.parametrize(
    ("value", "en", "ja"),
    [(0.8, "80%", "80%"), (1.0, "100%", "100%"), (0.0, "0%", "0%"), (0.001, "less than 1%", "1% 未満")],
)
def test_a_share_is_a_percentage(value: float, en: str, ja: str) -> None:
    assert share(value) == Text(en, ja)


def test_lists() -> None:
    assert listed([]) == Text("", "")
    assert listed([A]) == Text("a", "a")
    assert listed([A, B]) == Text("a and b", "a、b")
    assert listed([A, B, C]) == Text("a, b and c", "a、b、c")
    assert either([A, B, C]) == Text("a, b or c", "a、bまたはc")
    assert all_of([A, B]) == Text("a; b", "a、かつ b")
    assert clauses([A, B]) == Text("a; b", "a、b")


def test_a_sentence_that_counts_does_not_count_twice() -> None:
    text = Text("The peak is {rate_peak_rps}.", "ピークは{rate_peak_rps} 件です。")
    assert fill(load_book(), "component", text, {"rate_peak_rps": 10.0}).ja == "ピークは毎秒 10 件です。"
