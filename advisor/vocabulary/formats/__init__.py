"""Quantities, shares, lists and schedules as a reader writes them, in both languages.

`measures` and `schedules` take a value apart; `english` and `japanese` put it into words, each everything of its language.
"""

from collections.abc import Iterable, Sequence

from advisor.text import Text, spaced
from advisor.vocabulary.formats import english, japanese
from advisor.vocabulary.formats.schedules import read_schedule

#: How labels begin that are no names.
_NO_NAMES = ("A", "An", "The", "Always", "On")


def quantity(value: float, unit: str) -> Text:
    """Return a quantity exactly: 11,700 s is "3 h 15 min", in Japanese 「3 時間 15 分」."""
    return Text(english.quantity(value, unit), japanese.quantity(value, unit))


def share(value: float) -> Text:
    """Return a share of one as a percentage: "80%"; less than one in a hundred is "less than 1%"."""
    return Text(english.share(value), japanese.share(value))


def listed(texts: Sequence[Text]) -> Text:
    """Return texts in a row: "a, b and c", in Japanese 「a、b、c」."""
    return Text(english.listed([text.en for text in texts]), japanese.listed([text.ja for text in texts]))


def listed_labels(labels: Sequence[Text]) -> Text:
    """Return labels in a row, with the first word of the later ones in lower case if it is no name: "A request and always running"."""
    later = (
        Text(one.en[0].lower() + one.en[1:], one.ja) if one.en.partition(" ")[0] in _NO_NAMES else one
        for one in labels[1:]
    )
    return listed([*labels[:1], *later])


def row(texts: Iterable[Text]) -> Text:
    """Return texts one after the other, as in a cell: "a, b, c", in Japanese 「a、b、c」."""
    found = list(texts)
    return Text(", ".join(text.en for text in found), japanese.listed([text.ja for text in found]))


def either(texts: Sequence[Text]) -> Text:
    """Return texts of which one holds: "a, b or c", in Japanese 「a、b または c」."""
    return Text(english.either([text.en for text in texts]), japanese.either([text.ja for text in texts]))


def clauses(texts: Sequence[Text]) -> Text:
    """Return clauses that hold colons or commas themselves: "Longest run: 15 min; Packaging: Code"."""
    return Text("; ".join(text.en for text in texts), "、".join(text.ja for text in texts))


def all_of(conditions: Sequence[Text]) -> Text:
    """Return conditions that hold together: "a; b", in Japanese 「a、かつb」."""
    return spaced(Text("; ".join(text.en for text in conditions), "、かつ".join(text.ja for text in conditions)))


def date(day: str) -> Text:
    """Return a day of the form 2026-11-25 as a reader writes it, in Japanese 「2026 年 11 月 25 日」."""
    return Text(day, japanese.date(day))


def period(first: str, last: str) -> Text:
    """Return when something was done on several days: "between 2026-11-25 and 2026-11-28", or "on 2026-11-25"."""
    if first == last:
        return Text(f"on {first}", japanese.date(first))
    return Text(f"between {first} and {last}", f"{japanese.date(first)}～{japanese.date(last)}")


def schedule(expression: str, zone: str = "") -> Text:
    """Return a schedule expression read out: "daily at 01:30 (Asia/Tokyo)", in Japanese 「毎日 1:30（JST）」.

    An expression that cannot be worded is shown unchanged; without a time zone, none is named.
    """
    read = read_schedule(expression)
    if read is None:
        return Text.same(f"{expression} ({zone})" if zone else expression)
    return Text(english.schedule(read, zone), japanese.schedule(read, zone))
