"""Quantities as people state them: bounds, ranges and words of magnitude, in both languages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.vocabulary import FIELDS, Field
from advisor.vocabulary.amounts import Range, amount_words, known_words, parse_amount
from advisor.vocabulary.units import QuantityError

QUESTIONS: dict[str, Field] = {field.id: field for fields in FIELDS.values() for field in fields}

# question, what is written, least and largest value, the value that is drawn
RANGES = [
    ("longest_run_s", "at most 15 min", 0.001, 900, 900),
    ("longest_run_s", "15 min or less", 0.001, 900, 900),
    ("longest_run_s", "15分以下", 0.001, 900, 900),
    ("longest_run_s", "最大 15 分", 0.001, 900, 900),
    ("longest_run_s", "more than 900 s", 900, 31622400, 901),
    ("longest_run_s", "15 分を超える", 900, 31622400, 960),
    ("longest_run_s", "> 5 min and < 1 h", 300, 3600, 3540),
    ("longest_run_s", "2-8 h", 7200, 28800, 28800),
    ("longest_run_s", "2 to 8 hours, typically 3", 7200, 28800, 10800),
    ("longest_run_s", "typically 30 s, at most 5 min", 0.001, 300, 30),
    ("longest_run_s", "between 30 min and 2 h", 1800, 7200, 7200),
    ("longest_run_s", "2時間から8時間（通常3時間）", 7200, 28800, 10800),
    ("longest_run_s", "２〜８時間", 7200, 28800, 28800),
    ("longest_run_s", "hours", 3600, 86400, 18000),
    ("longest_run_s", "several hours", 7200, 32400, 32400),
    ("longest_run_s", "数時間", 7200, 32400, 32400),
    ("longest_run_s", "minutes to hours", 60, 86400, 18000),
    ("longest_run_s", "seconds to minutes", 1, 3600, 600),
    ("longest_run_s", "minutes", 60, 3600, 600),
    ("longest_run_s", "分単位", 60, 3600, 600),
    ("longest_run_s", "at most minutes", 0.001, 3600, 3600),
    ("longest_run_s", "5 min to hours", 300, 86400, 18000),
    ("longest_run_s", "short", 0.001, 60, 20),
    ("delay_s", "days", 86400, 2592000, 2592000),
    ("recovery_time_s", "minutes", 60, 3600, 60),
    ("longest_run_s", "long", 900, 31622400, 901),
    ("longest_run_s", "about 10 min", 480, 720, 600),
    ("longest_run_s", "約10分", 480, 720, 600),
    ("rate_peak_rps", "a few a day", 2 / 86400, 9 / 86400, 9 / 86400),
    ("rate_peak_rps", "high", 100, 10000, 10000),
    ("rate_peak_rps", "低い", 0, 1, 0.1),
    ("rate_peak_rps", ">= 4000/min", 66.666666667, 1e8, 66.666666667),
    ("rate_peak_rps", "数千/秒", 1000, 9999, 9999),
    ("rate_peak_rps", "hundreds of thousands to millions per day", 1e5 / 86400, 9999999 / 86400, 9999999 / 86400),
    ("memory_mib", "tens of GB", 10240, 101376, 101376),
    ("memory_mib", "数十GB", 10240, 101376, 101376),
    ("memory_mib", "gigabytes", 1024, 102400, 102400),
    ("message_bytes", "キロバイト単位", 1024, 102400, 102400),
    ("parallel_items", "thousands", 1000, 9999, 9999),
    ("parallel_items", "more than 40", 41, 1e10, 41),
    ("parallel_items", "a few thousand", 2000, 9000, 9000),
    ("message_bytes", "a few KB", 2048, 9216, 9216),
    ("latency_ms", "100-200 ms", 100, 200, 100),
]
NUMBERS = [
    ("longest_run_s", "15分", 900),
    ("longest_run_s", "3 weeks", 1814400),
    ("longest_run_s", "1.5 hours", 5400),
    ("rate_peak_rps", "毎分 4000 件", 66.666666667),
    ("rate_peak_rps", "1日 1000件", 0.011574074),
    ("rate_peak_rps", "2.5 million requests per day", 28.935185185),
    ("rate_peak_rps", "10k/day", 0.115740741),
    ("rate_peak_rps", "once a day", 1.1574e-5),
    ("rate_peak_rps", "daily", 1.1574e-5),
    ("parallel_items", "a million", 1e6),
    ("parallel_items", "3万", 30000),
    ("memory_mib", "8 gigabytes", 8192),
    ("vcpu", "4 cores", 4),
    ("latency_ms", "within 200 ms", 200),  # the question asks for a bound
    ("response_s", "at most 30 s", 30),
    ("availability_percent", "at least 99.9 %", 99.9),
]
WRONG = [
    ("longest_run_s", "8-2 h", "no value is at least 8 h and at most 2 h"),
    ("longest_run_s", "at least 8 h, at most 2 h", "no value is at least 8 h and at most 2 h"),
    ("longest_run_s", "more than 5 min, less than 5 min", "no value is at least 5 min"),
    ("longest_run_s", "2-8 h, typically 10 h", "the typical 10 h is outside"),
    ("longest_run_s", "humongous", 'a word such as "short", "long"'),
    ("longest_run_s", "at most 5 KB", "at most 20 min"),
    ("longest_run_s", "more than 400 days", "nothing in it is between 1 ms and 366 days"),
    ("rate_peak_rps", "thousands", "say in which period"),
    ("rate_peak_rps", "fast", 'write a number such as "100/s"'),
    ("rate_peak_rps", "lots", 'a word such as "low", "moderate", "high"'),
    ("rate_average_rps", "たくさん", 'a word such as "low", "moderate", "high"'),
    ("memory_mib", "2 Gb", "unit"),
    ("parallel_items", "hours", "few"),
    ("fan_out", "more than 20 million", "nothing in it is between"),
]


@pytest.mark.parametrize(("question", "written", "low", "high", "reading"), RANGES)
def test_a_range_keeps_its_ends(question: str, written: str, low: float, high: float, reading: float) -> None:
    amount = parse_amount(written, QUESTIONS[question])
    assert isinstance(amount, Range)
    assert (amount.low, amount.high, amount.reading) == pytest.approx((low, high, reading), rel=1e-5)
    assert amount.text == written
    assert amount.holds(amount.reading)


@pytest.mark.parametrize(("question", "written", "number"), NUMBERS)
def test_a_number_in_words_is_a_number(question: str, written: str, number: float) -> None:
    assert parse_amount(written, QUESTIONS[question]) == pytest.approx(number, rel=1e-4)


@pytest.mark.parametrize(("question", "written", "says"), WRONG)
def test_what_is_no_quantity_is_refused_in_one_sentence(question: str, written: str, says: str) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_amount(written, QUESTIONS[question])
    assert says in caught.value.text.en
    assert caught.value.text.ja


def test_users_become_a_rate_by_an_assumption_that_is_said() -> None:
    rate = parse_amount("30,000 users a month", QUESTIONS["rate_peak_rps"])
    assert isinstance(rate, Range)
    assert rate.reading == pytest.approx(30000 * 20 / (365.2425 / 12 * 86400), rel=1e-6)
    assert "20 requests per user" in amount_words(rate, "per_s").en
    assert "20" in amount_words(rate, "per_s").ja


@pytest.mark.parametrize("question", [f.id for fields in FIELDS.values() for f in fields if f.kind == "quantity"])
def test_every_word_that_is_offered_is_read(question: str) -> None:
    known = known_words(QUESTIONS[question])
    refused = {word: _refusal(word, QUESTIONS[question]) for word in (*known.en, *known.ja)}
    assert all("nothing in it is between" in problem for problem in refused.values() if problem), refused


@pytest.mark.parametrize("unit", sorted({f.unit for fields in FIELDS.values() for f in fields if f.kind == "quantity"}))
def test_every_form_that_is_offered_in_japanese_is_read_in_japanese(unit: str) -> None:
    question = next(f for fields in FIELDS.values() for f in fields if f.kind == "quantity" and f.unit == unit)
    with pytest.raises(QuantityError) as caught:
        parse_amount("?!", question)
    offered = re.findall("「(.+?)」", caught.value.text.ja)
    assert len(offered) >= 2
    refused = {form: _refusal(form, question) for form in offered}
    assert all("nothing in it is between" in problem for problem in refused.values() if problem), refused
    assert not re.search(r"[a-z]{4}", "".join(offered)), offered


def _refusal(written: str, question: Field) -> str:
    """Return why a text is refused, in English; empty when it is read."""
    try:
        amount = parse_amount(written, question)
    except QuantityError as error:
        return error.text.en if error.text.ja else ""
    return "" if isinstance(amount, float | Range) else "no amount"


_ANY = st.sampled_from([question for question in QUESTIONS.values() if question.kind == "quantity"])


@given(_ANY, st.text(max_size=90))
def test_no_text_is_a_fault(question: Field, text: str) -> None:
    assert _refusal(text, question) != "no amount"


_PIECES = st.sampled_from(
    ["at most", "more than", ">", "-", "to", "2", "8", "1,000", "h", "min", "GB", "/s", "a few", "typically", ",", "約", "以下", "時間", "a", "day"]
)  # fmt: skip


@given(_ANY, st.lists(_PIECES, max_size=7))
def test_no_row_of_words_is_a_fault(question: Field, pieces: list[str]) -> None:
    assert _refusal(" ".join(pieces), question) != "no amount"


@pytest.mark.parametrize(
    ("kind", "id", "text", "reading"),
    [
        ("component", "longest_run_s", "under a second", 1.0),
        ("component", "longest_run_s", "< 1 s", 1.0),
        ("component", "longest_run_s", "less than 2 h", 7200.0),
        ("component", "longest_run_s", "less than 15 min", 840.0),
        ("component", "memory_mib", "less than 1 GB", 1024.0),
        ("store", "volume_bytes", "less than 1 GB", 2.0**30),
        ("component", "rate_average_rps", "less than 1 per second", 1.0),
    ],
)
def test_an_exclusive_upper_bound_of_a_few_units_is_drawn_at_the_bound(
    kind: str, id: str, text: str, reading: float
) -> None:
    field = next(field for field in FIELDS[kind] if field.id == id)
    amount = parse_amount(text, field)
    assert isinstance(amount, Range)
    assert amount.reading == reading
