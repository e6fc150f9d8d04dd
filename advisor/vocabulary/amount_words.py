"""Words of magnitude and the numbers that they represent, in English and Japanese.

The edges are this product's reading, published in `docs/requirements-file.md`; no source states them.
"""

import re
from typing import NamedTuple

from advisor.vocabulary.formats.measures import MONTH_S, YEAR_S

#: What one active user is taken to ask for in the period that is named: "30,000 users a month" is 600,000 requests a month.
REQUESTS_PER_USER = 20.0
#: "About 10 min" allows this share more and less.
ABOUT = 0.2

#: Names of periods, in seconds.
PERIODS: dict[str, float] = {
    **dict.fromkeys(("ms", "msec", "millisecond", "milliseconds", "ミリ秒"), 0.001),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "秒", "秒間"), 1.0),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "分", "分間"), 60.0),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "時間", "時"), 3600.0),
    **dict.fromkeys(("d", "day", "days", "日", "日間"), 86400.0),
    **dict.fromkeys(("w", "week", "weeks", "週", "週間"), 7 * 86400.0),
    **dict.fromkeys(("month", "months", "か月", "ヶ月", "カ月", "ヵ月", "月"), float(MONTH_S)),
    **dict.fromkeys(("y", "year", "years", "年", "年間"), float(YEAR_S)),
}
SIZES: dict[str, float] = {
    **dict.fromkeys(("b", "byte", "bytes", "バイト"), 1.0),
    **dict.fromkeys(("kib", "kb", "kilobyte", "kilobytes", "キロバイト"), 2.0**10),
    **dict.fromkeys(("mib", "mb", "megabyte", "megabytes", "メガバイト"), 2.0**20),
    **dict.fromkeys(("gib", "gb", "gigabyte", "gigabytes", "ギガバイト"), 2.0**30),
    **dict.fromkeys(("tib", "tb", "terabyte", "terabytes", "テラバイト"), 2.0**40),
    **dict.fromkeys(("pib", "pb", "petabyte", "petabytes", "ペタバイト"), 2.0**50),
}
#: What is counted, where the unit alone says nothing more ("4,000 messages per minute", "30 件").
COUNTED = (
    "request", "message", "event", "call", "order", "item", "record", "file", "job", "run", "execution", "invocation",
    "time", "transaction", "document", "image", "object", "email", "mail", "notification", "query", "queries", "task",
    "consumer", "destination", "subscriber", "step", "worker", "entries", "entry", "row", "page", "visit", "upload",
    "booking", "reservation", "appointment", "registration", "application", "claim", "case", "ticket", "form", "submission",
    "payment", "purchase", "sale", "invoice", "shipment", "parcel", "delivery", "deliveries", "repair", "return", "inquiry",
    "inquiries", "search", "searches", "login", "reading", "measurement", "photo", "picture", "video", "report",
)  # fmt: skip
COUNTED_JA = (
    "件",
    "回",
    "個",
    "リクエスト",
    "メッセージ",
    "イベント",
    "ファイル",
    "ジョブ",
    "ステップ",
    "通",
    "枚",
    "台",
)
USERS = ("user", "visitor", "customer", "people", "person", "device", "ユーザー", "ユーザ", "人", "名")
#: What is counted in other words, in a rate or as a number of receivers: things with their adjectives ("large batches",
#: 「本の動画」), that measure nothing and are no multiple of something.
THINGS = re.compile(
    r"(?!.*\b(?:[kmgtp]i?b(?:ytes?|ps)?|bytes?|bits?|(?:kilo|mega|giga|tera|peta)bytes?|usd|eur|yen|dollars?|euros?|percent|mn?|mio|m?s|(?:milli)?sec\w*|"
    r"min(?:ute)?s?|h(?:our)?s?|days?|weeks?|months?|years?|v?cpus?|cores?|[rtq]ps|times|as|than|more|less|per|each|every|of|and|or|to|at|in|on|"
    r"for|from|with|if|not|no)\b)[a-z][a-z'-]*(?: [a-z][a-z'-]*){0,3}|"
    r"(?!.*(?:秒|分|時間|バイト|円|ドル|倍|ピーク|最大|平均|通常|パーセント))(?:(?:[件回個本枚台通名人機]|つ)の?[ぁ-んァ-ヶ一-龠ー]{0,12}|[ァ-ヶ一-龠ー]{2,12})",
)
THINGS_OF_USERS = re.compile(
    r"\b(?:users?|visitors?|customers?|people|persons?|devices?)$|[名人]|ユーザー?$|利用者$|会員$"
)

MULTIPLIERS: dict[str, float] = {
    "k": 1e3, "thousand": 1e3, "million": 1e6, "billion": 1e9, "hundred": 100.0, "dozen": 12.0,
    "百": 100.0, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "億": 1e8,
}  # fmt: skip


class Band(NamedTuple):
    """A word of magnitude with its smallest and largest number, or None if it has no such bound.

    With `above` the least number itself is left out. `usual` is the value that a design is drawn for; without one, it is
    drawn for the more demanding end.
    """

    en: tuple[str, ...]
    ja: tuple[str, ...]
    low: float | None
    high: float | None
    above: bool = False
    usual: float | None = None


#: Words for a number of whatever is counted or measured, before its unit: "a few hours", "tens of GB", 数時間.
ORDERS = (
    Band(("a couple of", "couple of", "a couple"), (), 2.0, 3.0),
    Band(("a few", "few", "several", "some"), ("数", "いくつかの"), 2.0, 9.0),
    Band(("tens of", "tens", "dozens of", "dozens"), ("数十", "何十"), 10.0, 99.0),
    Band(("hundreds of", "hundreds"), ("数百", "何百"), 100.0, 999.0),
    Band(("thousands of", "thousands"), ("数千", "何千"), 1e3, 9999.0),
    Band(("tens of thousands of", "tens of thousands"), ("数万", "何万"), 1e4, 99999.0),
    Band(("hundreds of thousands of", "hundreds of thousands"), ("数十万", "何十万"), 1e5, 999999.0),
    Band(("millions of", "millions"), ("数百万", "何百万"), 1e6, 9999999.0),
    Band(("tens of millions of", "tens of millions"), ("数千万", "何千万"), 1e7, 99999999.0),
    Band(("hundreds of millions of", "hundreds of millions"), ("数億", "何億"), 1e8, 999999999.0),
    Band(("billions of", "billions"), ("数十億", "何十億"), 1e9, 9999999999.0),
)
#: Units that are words of magnitude by themselves ("hours", "megabytes"), in seconds and in bytes. Who means hundreds of a size
#: says so, so the bare word ends below that.
UNIT_BANDS = {
    "time": (
        Band(("milliseconds",), ("ミリ秒単位",), 0.001, 1.0, usual=0.1),
        Band(("seconds",), ("秒単位",), 1.0, 60.0, usual=10.0),
        Band(("minutes",), ("分単位",), 60.0, 3600.0, usual=600.0),
        Band(("hours",), ("時間単位",), 3600.0, 86400.0, usual=18000.0),
        Band(("days",), ("日単位",), 86400.0, 30 * 86400.0, usual=5 * 86400.0),
        Band(("weeks",), ("週単位",), 7 * 86400.0, 60 * 86400.0, usual=21 * 86400.0),
        Band(("months",), ("月単位",), 30 * 86400.0, 365 * 86400.0, usual=100 * 86400.0),
    ),
    "size": (
        Band(("kilobytes",), ("キロバイト単位",), 2.0**10, 100 * 2.0**10),
        Band(("megabytes",), ("メガバイト単位",), 2.0**20, 100 * 2.0**20),
        Band(("gigabytes",), ("ギガバイト単位",), 2.0**30, 100 * 2.0**30),
        Band(("terabytes",), ("テラバイト単位",), 2.0**40, 100 * 2.0**40),
    ),
}
#: Adjectives, by the base unit of a question. Of times they are read only where the question is about a run.
ADJECTIVES = {
    "per_s": (
        Band(("low", "rare"), ("低い", "低", "少ない"), None, 1.0, usual=0.1),
        Band(("moderate", "medium"), ("中程度", "中"), 1.0, 100.0),
        Band(("high",), ("高い", "高", "多い"), 100.0, 1e4),
        Band(("very high",), ("非常に高い", "非常に多い"), 1e4, None),
    ),
    "s": (
        Band(("short", "quick"), ("短い", "短時間"), None, 60.0, usual=20.0),
        Band(("long", "long-running"), ("長い", "長時間"), 900.0, None, above=True),
    ),
    "count": (
        Band(("few",), ("少数", "少ない"), 2.0, 9.0),
        Band(("many",), ("多数", "多い"), 100.0, None),
        Band(("any number", "unlimited"), ("件数を問わない", "無制限"), 1e4, None),
    ),
}
#: Words for a rate that is a number.
FREQUENCIES = {
    "hourly": 1 / 3600, "daily": 1 / 86400, "nightly": 1 / 86400, "weekly": 1 / (7 * 86400), "monthly": 1 / MONTH_S,
    "毎時": 1 / 3600, "毎日": 1 / 86400, "毎晩": 1 / 86400, "毎週": 1 / (7 * 86400), "毎月": 1 / MONTH_S,
}  # fmt: skip

#: What may stand before or after a quantity, and the end that it sets: its side, and whether it leaves out the value.
BOUNDS_BEFORE: tuple[tuple[tuple[str, ...], str, bool], ...] = (
    (("at most", "up to", "no more than", "not more than", "maximum of", "maximum", "max.", "max", "within", "<=", "≤",
      "最大", "最長", "最高", "高々", "多くても"), "high", False),
    (("less than", "fewer than", "shorter than", "under", "below", "<"), "high", True),
    (("at least", "no less than", "not less than", "minimum of", "minimum", ">=", "≥", "最低", "最小", "少なくとも"), "low", False),
    (("more than", "longer than", "larger than", "greater than", "over", "above", "exceeding", ">"), "low", True),
)  # fmt: skip
BOUNDS_AFTER: tuple[tuple[tuple[str, ...], str, bool], ...] = (
    (("or less", "or fewer", "at most", "max", "以下", "以内", "まで"), "high", False),
    (("未満",), "high", True),
    (("or more", "or longer", "at least", "+", "以上", "から"), "low", False),
    (("を超える", "を上回る", "超", "より長い", "より大きい", "より多い"), "low", True),
)  # fmt: skip
ABOUT_BEFORE = (
    "about",
    "around",
    "approximately",
    "approx.",
    "approx",
    "roughly",
    "some",
    "ca.",
    "~",
    "約",
    "およそ",
    "ほぼ",
    "だいたい",
)
ABOUT_AFTER = ("程度", "ほど", "くらい", "ぐらい", "前後")
TYPICALLY = (
    "typically",
    "typical",
    "usually",
    "normally",
    "mostly",
    "on average",
    "通常は",
    "通常",
    "普段は",
    "たいてい",
    "平均",
)
