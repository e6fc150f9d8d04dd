"""How to write quantities in a requirements file: the units of each kind, and alternatives to a single number."""

from collections.abc import Iterator

from advisor.text import Lang, Text, spaced
from advisor.vocabulary import FIELDS, Range, amount_words
from advisor.vocabulary.amounts import amount_words as amount_words_of
from advisor.vocabulary.units import EXAMPLES, accepted
from renderers.reference.words import DIMENSIONS, WORDS


def quantities(lang: Lang) -> Iterator[str]:
    """Yield the lines of the section."""
    yield WORDS["quantities_intro"].in_(lang)
    yield ""
    yield f"| {WORDS['quantity_of'].in_(lang)} | {WORDS['units'].in_(lang)} | {WORDS['example'].in_(lang)} |"
    yield "| --- | --- | --- |"
    gap, dimensions = WORDS["gap"].in_(lang), dict.fromkeys(_dimension(unit) for unit in _units())
    for dimension in dimensions:
        alike = [unit for unit in _units() if _dimension(unit) == dimension]
        listed = gap.join(f"`{name}`" for name in accepted(alike[0])) or WORDS["no_unit"].in_(lang)
        samples = gap.join(f"`{EXAMPLES[unit]}`" for unit in alike)
        yield f"| {dimension.in_(lang)} | {listed} | {samples} |"
    yield ""
    yield from bounds_ranges_and_bands(lang)


def bounds_ranges_and_bands(lang: Lang) -> Iterator[str]:
    """Yield the lines on quantities that are not a single number."""
    yield WORDS["not_one_number"].in_(lang)
    yield ""
    for text in (_BOUND, _RANGE, _ABOUT, _USERS, _PERIOD, _EVERYDAY):
        yield f"- {text.in_(lang)}"
    yield ""
    yield WORDS["bands_intro"].in_(lang)
    yield ""
    heads = (WORDS[key].in_(lang) for key in ("quantity_of", "word", "stands_for", "drawn_for"))
    yield f"| {' | '.join(heads)} |"
    yield "| --- | --- | --- | --- |"
    yield from _band_rows(lang)
    yield ""
    yield WORDS["range_decided"].in_(lang)
    yield ""
    yield WORDS["remarks"].in_(lang)
    yield ""


def _band_rows(lang: Lang) -> Iterator[str]:
    groups: list[tuple[Text, tuple[amount_words.Band, ...], str]] = [(WORDS["any_unit"], amount_words.ORDERS, "count")]
    groups += [
        (DIMENSIONS["s"], amount_words.UNIT_BANDS["time"], "s"),
        (DIMENSIONS["B"], amount_words.UNIT_BANDS["size"], "B"),
    ]
    titles = {"per_s": DIMENSIONS["per_s"], "s": WORDS["run_time"], "count": WORDS["a_count"]}
    groups += [(titles[unit], bands, unit) for unit, bands in amount_words.ADJECTIVES.items()]
    gap = WORDS["gap"].in_(lang)
    for title, bands, unit in groups:
        for band in bands:
            written = gap.join(f"`{word}`" for word in (*band.en[:1], *band.ja[:1]))
            drawn = _drawn(band, unit, title).in_(lang)
            yield f"| {title.in_(lang)} | {written} | {_edges(band, unit).in_(lang)} | {drawn} |"


def _edges(band: amount_words.Band, unit: str) -> Text:
    """Return the numbers that a word represents."""
    ends = [0.0 if end is None else end for end in (band.low, band.high)]
    said = (band.low, band.high)
    span = Range(ends[0], ends[1], band.above, high_open=False, said=said, reading=0.0, typical=False, text="")
    return amount_words_of(span, unit)


def _drawn(band: amount_words.Band, unit: str, title: Text) -> Text:
    """Return the value of a word that the diagram and the projects use."""
    if band.usual is None:
        return WORDS["demanding_end"]
    value = amount_words_of(band.usual, unit)
    if title != DIMENSIONS["s"]:
        return value
    pattern = WORDS["of_a_run"]
    return spaced(Text(pattern.en.format(value=value.en), pattern.ja.format(value=value.ja)))


_BOUND = Text(
    "a limit: `at most 15 min`, `up to 500/s`, `15 min or less`, `<= 2 GiB`; `more than 900 s`, `at "
    "least 4000/min`, `10,000+`, `> 2 h`; both: `more than 5 min and at most 1 h`",
    "上限・下限: `15分以下`、`最大 500/s`、`2 GiB 以下`、`<= 2 GiB`、`900秒超`、`毎分 4000 以上`、"
    "`> 2 h`。両方（英語で記述）: `more than 5 min and at most 1 h`",
)
_RANGE = Text(
    "a range, with the usual value where it is known: `2-8 h`, `100 to 200/s`, `between 30 min and 2 h`, "
    "`2-8 h, typically 3 h`, `minutes to hours`",
    "範囲と、分かる場合は通常の値: `2〜8時間`、`100-200/s`、`30分から2時間`、`2時間から8時間（通常3時間）`、`minutes to hours`",
)
_ABOUT = Text(
    f"`about 10 min`: {amount_words.ABOUT:.0%} less to {amount_words.ABOUT:.0%} more",
    f"`約10分`: 前後 {amount_words.ABOUT:.0%}",
)
_USERS = Text(
    (
        "users in a period as a rate: `30,000 users a month`; each user is assumed to make "
        f"{amount_words.REQUESTS_PER_USER:g} requests in the period, and this assumption is shown "
        "wherever the rate is"
    ),
    f"期間あたりの利用者数（レートとして）: `月3万人`。利用者 1 人が期間中に {amount_words.REQUESTS_PER_USER:g} リクエストを送ると仮定し、その仮定を表示します",
)
_PERIOD = Text(
    "rates with any period: `4000/min`, `3 million per month`, `a few a day`, `daily`, `once a week`",
    "任意の期間のレート: `毎分 4000`、`1日 1000件`、`3万件/月`、`毎日`",
)
_EVERYDAY = Text(
    "everyday language: `half an hour`, `1h30`, `a second or two`, `2 gigs`, `every 5 minutes`, `not even a gigabyte`",
    "日常の言い方: `1時間半`、`2、3秒`、`長くても 5秒`、`1時間弱`、`500ギガ`、`5分に1回`",
)


def _dimension(unit: str) -> Text:
    return DIMENSIONS.get(unit, Text.same(unit))


def _units() -> list[str]:
    """Return the base units that questions have, in their order."""
    units = dict.fromkeys(field.unit for fields in FIELDS.values() for field in fields if field.kind == "quantity")
    return [unit for unit in EXAMPLES if unit in units]
