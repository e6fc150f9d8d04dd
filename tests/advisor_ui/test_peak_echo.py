"""Below the field of a peak stands over which time a figure of an hour or a day is spread, and an error has the field's label."""

from typing import Any

import pytest

from advisor.book import Book
from advisor_ui.questions.fields import field_of, spread_echo
from advisor_ui.state.draft import Raw
from advisor_ui.state.partial_validation import validate

PEAK = "rate_peak_rps"


def _draft(kind: str, **answers: Any) -> Raw:
    return {"components": [{"id": "api"}], "channels": [{"id": "jobs"}]} | {f"{kind}s": [{"id": kind, **answers}]}


@pytest.mark.parametrize(
    ("kind", "answers", "en", "ja"),
    [
        (
            "component",
            {PEAK: "1日5万件", "hours_per_day": "9時から18時"},
            'Spread evenly over 9 h a day, the answer to "Hours per day": 1.543 per second.',
            "「1 日の稼働時間」の回答（9 時間）に均等に分けた値です: 毎秒 1.543 件。",
        ),
        (
            "component",
            {PEAK: "50,000 a day"},
            'Spread evenly over 24 h: 34.72 per minute. If the load comes in fewer hours, answer "Hours per day".',
            "24 時間に均等に分けた値です: 毎分 34.72 件。負荷がより短い時間に集中する場合は、「1 日の稼働時間」も回答してください。",
        ),
        (
            "channel",
            {PEAK: "50,000 a day"},
            "Spread evenly over 24 h: 34.72 per minute. If the messages come in fewer hours, state the peak per second.",
            "24 時間に均等に分けた値です: 毎分 34.72 件。メッセージがより短い時間に集中する場合は、ピーク時の 1 秒あたりの件数を書いてください。",
        ),
        (
            "component",
            {PEAK: "36,000 per hour"},
            "Spread evenly over the hour: 10 per second.",
            "1 時間に均等に分けた値です: 毎秒 10 件。",
        ),
        ("component", {PEAK: "100/s", "hours_per_day": "9 h"}, "", ""),
        ("component", {PEAK: "soon"}, "", ""),
    ],
)
def test_a_peak_says_over_which_time_it_is_spread(kind: str, answers: dict[str, Any], en: str, ja: str) -> None:
    draft = _draft(kind, **answers)
    field = field_of(kind, PEAK)
    assert spread_echo(draft, kind, field, "en") == en
    assert spread_echo(draft, kind, field, "ja") == ja


def test_an_average_says_nothing_of_hours() -> None:
    draft = _draft("component", rate_average_rps="50,000 a day", hours_per_day="9 h")
    assert spread_echo(draft, "component", field_of("component", "rate_average_rps"), "en") == ""


def test_an_error_of_a_channel_has_the_label_of_its_field(book: Book) -> None:
    draft = _draft("channel", rate_average_rps="160/s", rate_peak_rps="10/s")
    (problem,) = validate(draft, book).problems.values()
    assert problem.ja.startswith("平均メッセージ数: 毎秒 160 件")
    draft = _draft("component", rate_average_rps="160/s", rate_peak_rps="10/s")
    (problem,) = validate(draft, book).problems.values()
    assert problem.ja.startswith("平均処理数: 毎秒 160 件")
