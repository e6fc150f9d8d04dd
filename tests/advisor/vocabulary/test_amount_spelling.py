"""Quantities in everyday words: what was meant is read, in both languages, and what is no quantity stays unreadable."""

import pytest

from advisor.vocabulary import ENGINE_FIELDS
from advisor.vocabulary.amount_spelling import rewritten
from advisor.vocabulary.amounts import Range, parse_amount
from advisor.vocabulary.units import QuantityError

FIELDS = {field.id: field for field in ENGINE_FIELDS["component"] + ENGINE_FIELDS["store"] + ENGINE_FIELDS["channel"]}
H, GB = 3600.0, 2.0**30


@pytest.mark.parametrize(
    ("field", "said", "meant"),
    [
        ("longest_run_s", "one second", 1),
        ("longest_run_s", "half an hour", H / 2),
        ("longest_run_s", "a quarter of an hour", H / 4),
        ("longest_run_s", "three quarters of an hour", 3 * H / 4),
        ("longest_run_s", "an hour and a half", 1.5 * H),
        ("longest_run_s", "maybe twenty-five minutes", 1500),
        ("longest_run_s", "two hours or so", 2 * H),
        ("longest_run_s", "1時間半", 1.5 * H),
        ("longest_run_s", "たぶん30分です", H / 2),
        ("longest_run_s", "半日", 12 * H),
        ("longest_run_s", "1h30", 1.5 * H),
        ("longest_run_s", "一時間", H),
        ("memory_mib", "half a gigabyte", 512),
        ("volume_bytes", "1テラ", 1024 * GB),
        ("fan_out", "三つ", 3),
        ("rate_average_rps", "100 req/s", 100),
        ("rate_average_rps", "every 5 minutes", 1 / 300),
        ("rate_average_rps", "100k daily", 100_000 / 86_400),
        ("rate_average_rps", "5分に1回", 1 / 300),
        ("rate_average_rps", "5 分に 1 回", 1 / 300),
        ("memory_mib", "2 gigs", 2048),
        ("memory_mib", "512MBあれば十分", 512),
        ("volume_bytes", "50ギガ", 50 * GB),
        ("rate_peak_rps", "fifty per second", 50),
        ("rate_average_rps", "half a million a day", 500_000 / 86_400),
        ("rate_average_rps", "1日あたり1万7千リクエスト", 17_000 / 86_400),
        ("rate_peak_rps", "50,000 requests in the first minute", 50_000 / 60),
        ("rate_peak_rps", "最初の1分に5万件", 50_000 / 60),
        ("rate_peak_rps", "月末は1日2000件", 2_000 / 86_400),
    ],
)
def test_a_number_in_everyday_words(field: str, said: str, meant: float) -> None:
    assert parse_amount(said, FIELDS[field]) == pytest.approx(meant)


@pytest.mark.parametrize(
    ("field", "said", "ends"),
    [
        ("longest_run_s", "2 or 3 seconds", (2, 3)),
        ("longest_run_s", "a second or two", (1, 2)),
        ("longest_run_s", "about an hour", (0.8 * H, 1.2 * H)),
        ("longest_run_s", "around three hours", (2.4 * H, 3.6 * H)),
        ("longest_run_s", "more than a quarter of an hour", (H / 4, None)),
        ("longest_run_s", "roughly an hour or two", (H, 2 * H)),
        ("longest_run_s", "5ish minutes", (240, 360)),
        ("longest_run_s", "couple hours", (2 * H, 3 * H)),
        ("longest_run_s", "1分もかからない", (None, 60)),
        ("longest_run_s", "数秒で終わる", (2, 9)),
        ("longest_run_s", "1時間以上かかることもある", (H, None)),
        ("rate_average_rps", "a handful a day", (2 / 86_400, 9 / 86_400)),
        ("longest_run_s", "2、3秒", (2, 3)),
        ("longest_run_s", "長くても5秒", (None, 5)),
        ("longest_run_s", "15分を超えることがある", (900, None)),
        ("longest_run_s", "1時間弱", (None, H)),
        ("longest_run_s", "20分強", (1200, None)),
        ("volume_bytes", "not even a gigabyte", (None, GB)),
        ("volume_bytes", "around 50 gigs", (40 * GB, 60 * GB)),
        ("volume_bytes", "some tens of gigabytes", (10 * GB, 99 * GB)),
        ("fan_out", "4つ以上", (4, None)),
        ("rate_peak_rps", "最大で毎秒800件", (None, 800)),
        ("rate_peak_rps", "ピーク時で毎秒50くらい", (40, 60)),
        ("rate_average_rps", "1日に約50万件", (400_000 / 86_400, 600_000 / 86_400)),
    ],
)
def test_a_range_in_everyday_words(field: str, said: str, ends: tuple[float | None, float | None]) -> None:
    asked = FIELDS[field]
    read = parse_amount(said, asked)
    stated = read.said if isinstance(read, Range) else (read if asked.asks == "at_least" else None, read)
    assert stated == pytest.approx(ends, abs=1e-8)
    assert not isinstance(read, Range) or read.text == said


@pytest.mark.parametrize(
    "said",
    [
        "soon",
        "twenty parsecs",
        "half",
        "a lot or two",
        "not even close",
        "そのうち",
        "長くても",
        "半分くらい",
        "つつ",
        "every 0 minutes",
        "1.2.3時間半",
        "十分",
        "every day or so often",
        "an hour and a day",
    ],
)
def test_what_is_no_quantity_is_still_refused(said: str) -> None:
    with pytest.raises(QuantityError):
        parse_amount(said, FIELDS["longest_run_s"])


def test_what_can_be_read_as_it_stands_is_not_rewritten() -> None:
    for said in ("20 min", "256 KiB", "at most 15 min", "a few thousand an hour", "数十分くらい", "2-8 h", "99.9 %"):
        assert rewritten(said).casefold() == said.casefold()
