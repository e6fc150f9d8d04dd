"""Texts for ranges: whether the services hold for every value, or where they change."""

import math
from collections.abc import Iterator

from advisor.decision import RangeDecision, RangePart
from advisor.explanation.what_if import Speaker
from advisor.sensitivity.ranges import Combination, DecidedRange, DecidedRanges, Stretch
from advisor.text import Text, capitalized, spaced
from advisor.vocabulary.amounts import Range, amount_words, near_words
from advisor.vocabulary.formats import row
from advisor.vocabulary.formats.beside import Beside

_HOLDS = Text(
    "{range}. The services are the same for every value in this range. The diagram and the projects "
    "use {reading}, {why}.",
    "{range}。範囲内のどの値でも、選定されるサービスは変わりません。構成図とプロジェクトには、{why}である{reading}を使用しています。",
)
_TURNS = Text(
    "{range}. The diagram and the projects use {reading}, {why}. {turns}.",
    "{range}。構成図とプロジェクトには、{why}である{reading}を使用しています。{turns}。",
)
#: The value that is used names the only end that was stated.
_HOLDS_BESIDE = Text(
    "{range}. The services are the same for every value in this range. The diagram and the projects use {reading}.",
    "{range}。範囲内のどの値でも、選定されるサービスは変わりません。構成図とプロジェクトには、{reading}を使用しています。",
)
_TURNS_BESIDE = Text(
    "{range}. The diagram and the projects use {reading}. {turns}.",
    "{range}。構成図とプロジェクトには、{reading}を使用しています。{turns}。",
)
_ONE = Text("{range}.", "{range}。")
_TYPICAL = Text("the typical value", "通常の値")
_USUAL = Text("a usual value for this answer", "この回答に対する通常の値")
_NEAREST = Text("the value in the range that is nearest to the usual one", "範囲内で通常の値に最も近い値")
_CAUTIOUS = Text("the more demanding end of the range", "範囲のうち条件が最も厳しい値")
#: Of a cost limit, the upper end is what may be spent.
_CEILING = Text("the upper end of the range", "範囲の上限")
_UPPER = Text("the stated upper limit", "回答された上限")
_LOWER = Text("the lower end of the range", "範囲の下端")
_ALONE = Text(
    " In combinations with other ranges, only this value was checked.",
    "他の項目の範囲との組み合わせは、この値についてのみ確認しています。",
)
_COMBINED = Text(
    "Only if these values apply together ({values}): {moves}.",
    "次の値がすべて当てはまる場合に限ります（{values}）: {moves}。",
)
_UNSETTLED = Text(
    "There are too many combinations of ranges to check all of them. Other values can lead to other services.",
    "範囲の組み合わせが多く、すべては確認していません。別の値では、選定されるサービスが変わる可能性があります。",
)


def range_decisions(decided: DecidedRanges, speaker: Speaker) -> tuple[RangeDecision, ...]:
    """Return the ranges with their results, separately and combined."""
    return tuple(_decisions(decided, speaker))


def _decisions(decided: DecidedRanges, speaker: Speaker) -> Iterator[RangeDecision]:
    for one in decided.ranges:
        parts = tuple(RangePart(s.low, s.high, tuple(m.plain for m in s.moves)) for s in one.stretches)
        note, at = _note(one, speaker), _place(one, speaker)
        sentence = spaced(Text(f"{at.en}: {note.en[:1].lower()}{note.en[1:]}", f"{at.ja}: {note.ja}"))
        yield RangeDecision(one.subject, one.field, one.range.text, one.range.reading, one.holds, sentence, note, parts)
    for combination in decided.combinations:
        subject, field, _ = combination.values[0]
        sentence = _combined(combination, speaker)
        yield RangeDecision(subject, field, None, None, False, sentence, sentence, ())
    if not decided.settled:
        yield RangeDecision("", "", None, None, False, _UNSETTLED, _UNSETTLED, ())


def _place(one: DecidedRange, speaker: Speaker) -> Text:
    field, title = speaker.field(one.subject, one.field), speaker.title(one.subject)
    return Text(f"{title.en}, {field.en}", f"{title.ja} / {field.ja}")


def _note(one: DecidedRange, speaker: Speaker) -> Text:
    """Return the range with its result: "5 min to 20 min. Drawn for 20 min …"."""
    unit = speaker.unit(one.subject, one.field)
    words, reading = amount_words(one.range, unit), near_words(one.range.reading, unit)
    if one.range.low == one.range.high:
        return capitalized(_filled(_ONE, range=words))
    why = _why(one.range)
    why = _CEILING if why is _CAUTIOUS and one.field == "budget_month_usd" else why
    if isinstance(one.range.reading, Beside) and why in (_UPPER, _LOWER):
        pattern = _HOLDS_BESIDE if one.holds else _TURNS_BESIDE
    else:
        pattern = _HOLDS if one.holds else _TURNS
    turns = _turns(one, speaker, unit)
    sentence = capitalized(_filled(pattern, range=words, reading=reading, why=why, turns=turns))
    return sentence if one.together else spaced(Text(sentence.en + _ALONE.en, sentence.ja + _ALONE.ja))


def _why(answer: Range) -> Text:
    """Return why the value that a design is drawn for was taken."""
    if answer.typical:
        return _TYPICAL
    if answer.usual:
        return _NEAREST if answer.reading in (answer.low, answer.high) else _USUAL
    low, high = answer.said
    if low is None or high is None:
        return _UPPER if low is None else _LOWER
    return _CAUTIOUS


def _turns(one: DecidedRange, speaker: Speaker, unit: str) -> Text:
    """Return the services on each side of every value at which they change."""
    parts = []
    for stretch in one.stretches:
        if stretch.moves:
            where, outcome = stretch_words(stretch, one.range, unit), speaker.becoming(one.subject, stretch.moves)
            parts.append(spaced(Text(f"with {where.en}, {outcome.en}", f"{where.ja}では、{outcome.ja}")))
    return capitalized(Text("; ".join(part.en for part in parts), "。".join(part.ja for part in parts)))


def stretch_words(stretch: Stretch, whole: Range, unit: str) -> Text:
    """Return an interval of a range as text, without an end that it shares with the range."""
    starts, ends = (
        stretch.low <= math.nextafter(whole.low, math.inf),
        stretch.high >= math.nextafter(whole.high, -math.inf),
    )
    low, low_open = _rounded(stretch.low)
    high, high_open = _rounded(stretch.high)
    said = (None if starts else low, None if ends else high)
    if said == (None, None):
        said = (low, high)
    part = Range(low, high, low_open and not starts, high_open and not ends, said, low, typical=False, text="")
    return amount_words(part, unit)


def _rounded(value: float) -> tuple[float, bool]:
    """Return an end as a person writes it, and whether the end itself is left out (it is the next float then)."""
    written = float(f"{value:.12g}")
    return written, written != value


def _combined(combination: Combination, speaker: Speaker) -> Text:
    values = []
    for subject, field, value in combination.values:
        title, amount = speaker.field(subject, field), amount_words(_rounded(value)[0], speaker.unit(subject, field))
        values.append(Text(f"{title.en} {amount.en}", f"{title.ja} {amount.ja}"))
    listed = row(values)
    return _filled(_COMBINED, values=listed, moves=speaker.moves(combination.moves))


def _filled(pattern: Text, **parts: Text) -> Text:
    en = pattern.en.format(**{name: part.en for name, part in parts.items()})
    return spaced(Text(en, pattern.ja.format(**{name: part.ja for name, part in parts.items()})))
