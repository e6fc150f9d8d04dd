"""Quantities: read with their unit, written back, and said in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.vocabulary import units

LIKELY = {"s": 1e8, "B": 2.0**60, "MiB": 2.0**24, "per_s": 1e8, "ms": 1e6, "h": 24.0, "percent": 100.0}


@pytest.mark.parametrize(
    ("written", "unit", "number"),
    [
        ("20 min", "s", 1200),
        ("15min", "s", 900),
        ("1.5 h", "s", 5400),
        ("2 days", "s", 172800),
        ("250 ms", "s", 0.25),
        ("2 s", "ms", 2000),
        ("7 years", "s", 220_898_664),
        ("90 min", "h", 1.5),
        ("256 KiB", "B", 262144),
        ("256 KB", "B", 262144),
        ("2 GiB", "MiB", 2048),
        ("512 B", "MiB", 512 / 2**20),
        ("100/s", "per_s", 100),
        ("60 /min", "per_s", 1),
        ("3600 /h", "per_s", 1),
        ("0.5 vCPU", "vcpu", 0.5),
        ("99.9 %", "percent", 99.9),
        ("1,000", "count", 1000),
        ("1_000", "count", 1000),
        (900, "s", 900),
    ],
)
def test_a_quantity_is_read_in_its_base_unit(written: object, unit: str, number: float) -> None:
    assert units.parse(written, unit) == pytest.approx(number, abs=1e-9)


@pytest.mark.parametrize(
    ("written", "unit", "says"),
    [
        ("20 KiB", "s", 'unit "KiB" must be one of: ms, s'),
        ("3 min", "B", 'unit "min" must be one of: B, KiB'),
        ("twenty", "s", '"20 min"'),
        ("-5", "s", '"20 min"'),
        ("1e3", "s", "unit"),
        ("", "B", '"256 KiB"'),
        ("9" * 50, "count", '"3"'),
        (None, "s", '"20 min"'),
        (True, "s", '"20 min"'),
        ([1], "s", '"20 min"'),
    ],
)
def test_what_is_no_quantity_is_refused_with_an_example(written: object, unit: str, says: str) -> None:
    with pytest.raises(units.QuantityError) as caught:
        units.parse(written, unit)
    assert says in caught.value.text.en
    assert caught.value.text.ja


@pytest.mark.parametrize(
    ("number", "unit", "en", "ja"),
    [
        (1200, "s", "20 min", "20 分"),
        (86400, "s", "1 day", "1 日"),
        (172800, "s", "2 days", "2 日"),
        (31_556_952, "s", "1 year", "1 年"),
        (15_778_476, "s", "6 months", "6 か月"),
        (220_898_664, "s", "7 years", "7 年"),
        (220_898_665, "s", "2,556 days 16 h 44 min 25 s", "2,556 日 16 時間 44 分 25 秒"),
        (599, "s", "599 s", "599 秒"),
        (810, "s", "13 min 30 s", "13 分 30 秒"),
        (900, "s", "15 min", "15 分"),
        (901, "s", "15 min 1 s", "15 分 1 秒"),
        (2887, "s", "48 min 7 s", "48 分 7 秒"),
        (12000, "s", "3 h 20 min", "3 時間 20 分"),
        (90061.5, "s", "1 day 1 h 1 min 1.5 s", "1 日 1 時間 1 分 1.5 秒"),
        (0.25, "s", "250 ms", "250 ミリ秒"),
        (262144, "B", "256 KiB", "256 KiB"),
        (10240, "MiB", "10 GiB", "10 GiB"),
        (100, "B", "100 bytes", "100 バイト"),
        (100, "per_s", "100 per second", "毎秒 100 件"),
        (0.5, "per_s", "30 per minute", "毎分 30 件"),
        (1000, "count", "1,000", "1,000"),
        (99.9, "percent", "99.9%", "99.9%"),
    ],
)
def test_a_quantity_is_said_as_a_reader_writes_it(number: float, unit: str, en: str, ja: str) -> None:
    assert units.words(number, unit).en == en
    assert units.words(number, unit).ja == ja


@pytest.mark.parametrize(
    ("number", "unit", "en", "ja"),
    [
        (2887, "s", "48 min", "48 分"),
        (2910, "s", "49 min", "49 分"),
        (9150, "s", "153 min", "153 分"),
        (9149, "s", "152 min", "152 分"),
        (900, "s", "15 min", "15 分"),
        (100_000, "s", "1 day 3 h 47 min", "1 日 3 時間 47 分"),
        (28.64, "s", "29 s", "29 秒"),
        (1.5, "s", "1.5 s", "1.5 秒"),
        (4321, "count", "4,321", "4,321"),
    ],
)
def test_what_is_calculated_is_rounded_to_what_a_reader_wants(number: float, unit: str, en: str, ja: str) -> None:
    assert units.rounded_words(number, unit).en == en
    assert units.rounded_words(number, unit).ja == ja


@given(st.floats(0.001, 4e7))
def test_two_times_in_words_are_equal_only_where_they_are(seconds: float) -> None:
    assert units.words(round(seconds, 3), "s") != units.words(round(seconds, 3) + 1, "s")


@given(st.sampled_from(sorted(LIKELY)), st.floats(0, 1))
def test_what_is_written_back_is_read_as_the_same(unit: str, share: float) -> None:
    number = units.parse(round(share * LIKELY[unit], 3), unit)
    assert units.parse(units.compact(number, unit), unit) == number


@pytest.mark.parametrize("pair", [("KiB", "B", 1024), ("min", "s", 60), ("s", "ms", 1000), ("per_s", "per_s", 1)])
def test_units_of_one_dimension_convert(pair: tuple[str, str, float]) -> None:
    assert units.convert(1, pair[0], pair[1]) == pair[2]


def test_units_of_two_dimensions_do_not_compare() -> None:
    with pytest.raises(ValueError, match="cannot compare"):
        units.convert(1, "s", "B")
