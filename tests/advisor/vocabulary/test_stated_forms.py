"""Quantities in the form in which people state them: periods, times of day, things at an interval, and why others are none."""

import copy
import pickle

import pytest

from advisor.requirements import make_requirements
from advisor.requirements.reading import plain, read_requirements, write_requirements
from advisor.vocabulary import FIELDS
from advisor.vocabulary.amounts import Range, amount_words, parse_amount
from advisor.vocabulary.formats.rates import StatedRate
from advisor.vocabulary.units import QuantityError, words

ASKED = {field.id: field for kind in ("component", "channel", "workload") for field in FIELDS[kind]}


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("9時から18時", 9),
        ("９時〜１８時", 9),
        ("9時半から18時まで", 8.5),
        ("午前9時から午後6時", 9),
        ("22時から6時", 8),
        ("from 9 to 18", 9),
        ("between 9 and 17", 8),
        ("9:00-18:00", 9),
        ("9 am to 6 pm", 9),
        ("from 0 to 24", 24),
        ("8 h", 8),
    ],
)
def test_two_times_of_day_are_the_hours_between_them(said: str, hours: float) -> None:
    assert parse_amount(said, ASKED["hours_per_day"]) == hours


@pytest.mark.parametrize("said", ["8-10", "8から10時間", "from 8 to 10 hours"])
def test_two_numbers_of_hours_are_a_range(said: str) -> None:
    amount = parse_amount(said, ASKED["hours_per_day"])
    assert isinstance(amount, Range)
    assert (amount.low, amount.high) == (8, 10)


@pytest.mark.parametrize(
    ("said", "per_s"),
    [
        ("800台から5秒ごと", 160),
        ("800台の装置から5秒ごとに", 160),
        ("1万台から1分ごとに1件", 10_000 / 60),
        ("800 devices every 5 seconds", 160),
        ("2,500 sensors each sending every minute", 2_500 / 60),
    ],
)
def test_things_that_send_at_an_interval_are_a_rate(said: str, per_s: float) -> None:
    assert parse_amount(said, ASKED["rate_average_rps"]) == pytest.approx(per_s)


@pytest.mark.parametrize("said", ["1日3万件〜5万件", "1日3万件から5万件", "30,000 to 50,000 a day"])
def test_a_range_with_a_period_has_it_at_both_ends(said: str) -> None:
    amount = parse_amount(said, ASKED["rate_peak_rps"])
    assert isinstance(amount, Range)
    assert (amount.low, amount.high) == pytest.approx((30_000 / 86_400, 50_000 / 86_400))
    assert amount_words(amount, "per_s").en == "30,000 to 50,000 per day"
    assert amount_words(amount, "per_s").ja == "1 日 30,000 件～1 日 50,000 件"


@pytest.mark.parametrize(
    ("field", "said", "en", "ja"),
    [
        ("rate_peak_rps", "月末は5倍", "is a multiple", "倍率です"),
        ("rate_peak_rps", "5 times the average", "is a multiple", "倍率です"),
        ("rate_peak_rps", "-5", "cannot be negative", "負の値は使えません"),
        ("rate_peak_rps", "-5/s", "cannot be negative", "負の値は使えません"),
        ("rate_peak_rps", "10件", "in which period", "期間も書いてください"),
        ("rate_peak_rps", "あああ", "write a number such as", "数値"),
        ("budget_month_usd", "30万円", 'in US dollars, such as "500 USD"; no exchange rate is applied to "30万円"', "「30万円」は換算しません"),
        ("budget_month_usd", "300,000円/月", "in US dollars", "「300,000円/月」は換算しません"),
        ("budget_month_usd", "¥300,000", "in US dollars", "「¥300,000」は換算しません"),
        ("budget_month_usd", "500 CHF", 'unit "CHF" must be one of: USD', "使える単位: USD"),
        ("delay_s", "1分以内", "not by when it must arrive", "期限ではありません"),
        ("delay_s", "within 1 min", "not by when it must arrive", "期限ではありません"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_for_its_own_reason(field: str, said: str, en: str, ja: str) -> None:
    with pytest.raises(QuantityError) as refused:
        parse_amount(said, ASKED[field])
    assert en in refused.value.text.en
    assert ja in refused.value.text.ja
    assert "USD, usd" not in refused.value.text.en
    assert ("period" in refused.value.text.en) == (said == "10件")


def test_the_title_of_a_delay_says_that_it_is_intentional() -> None:
    assert (ASKED["delay_s"].title.en, ASKED["delay_s"].title.ja) == ("Intentional delay", "意図的に遅らせる時間")
    assert parse_amount("5 min", ASKED["delay_s"]) == 300


@pytest.mark.parametrize(("said", "usd"), [("2,000 USD/月", 2_000), ("$500 per month", 500), ("月額2000ドル", 2_000)])
def test_a_budget_may_say_that_it_is_monthly(said: str, usd: float) -> None:
    assert parse_amount(said, ASKED["budget_month_usd"]) == usd


@pytest.mark.parametrize(
    ("said", "en", "ja"),
    [
        ("1日3万件", "30,000 per day", "1 日 30,000 件"),
        ("30000/day", "30,000 per day", "1 日 30,000 件"),
        ("5,000 a week", "5,000 per week", "週 5,000 件"),
        ("70,000 a month", "70,000 per month", "月 70,000 件"),
        ("100/min", "100 per minute", "毎分 100 件"),
        ("100/s", "100 per second", "毎秒 100 件"),
    ],
)
def test_a_rate_keeps_its_period_in_words_and_its_text_in_the_file(said: str, en: str, ja: str) -> None:
    requirements = make_requirements({"components": [{"id": "api", "rate_average_rps": said}]})
    rate = requirements.components[0].answers["rate_average_rps"]
    assert (words(rate, "per_s").en, words(rate, "per_s").ja) == (en, ja)
    written = plain(requirements)["components"][0]["rate_average_rps"]
    assert written == (100 if said == "100/s" else said)
    assert read_requirements(write_requirements(requirements)) == requirements


@pytest.mark.parametrize(
    ("peak", "hours", "per_s"),
    [
        ("50,000 a day", "9 h", 50_000 / (9 * 3600)),
        ("1日5万件", "9時から18時", 50_000 / (9 * 3600)),
        ("864,000 per day", "12 h", 20),
        ("50,000 a day", None, 50_000 / 86_400),
        ("100/s", "9 h", 100),
        ("36,000 per hour", "9 h", 10),
    ],
)
def test_a_peak_per_day_comes_in_the_hours_with_work(peak: str, hours: str | None, per_s: float) -> None:
    answers = {"rate_peak_rps": peak} | ({"hours_per_day": hours} if hours else {})
    requirements = make_requirements({"components": [{"id": "api", **answers}]})
    assert requirements.components[0].answers["rate_peak_rps"] == pytest.approx(per_s)
    assert read_requirements(write_requirements(requirements)) == requirements


def test_a_range_of_peaks_per_day_comes_in_the_hours_with_work() -> None:
    component = {"id": "api", "rate_peak_rps": "1日3万件〜5万件", "hours_per_day": "9 h"}
    requirements = make_requirements({"components": [component]})
    (peak,) = requirements.components[0].ranges.values()
    assert (peak.low, peak.high) == pytest.approx((30_000 / 32_400, 50_000 / 32_400))
    assert plain(requirements)["components"][0]["rate_peak_rps"] == "1日3万件〜5万件"


def test_an_average_per_day_is_that_of_the_whole_day() -> None:
    requirements = make_requirements(
        {"components": [{"id": "api", "rate_average_rps": "864,000/day", "hours_per_day": 9}]}
    )
    assert requirements.components[0].answers["rate_average_rps"] == 10


def test_a_stated_rate_is_copied_with_its_period() -> None:
    rate = StatedRate(0.5, "day", "43,200 a day", 9.0)
    for other in (copy.deepcopy(rate), pickle.loads(pickle.dumps(rate))):
        assert (other, other.period, other.text, other.hours) == (rate, "day", "43,200 a day", 9.0)
    assert words(StatedRate(50_000 / 32_400, "day", "", 9.0), "per_s").en == "50,000 per day within 9 h a day"
