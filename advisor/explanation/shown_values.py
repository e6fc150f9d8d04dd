"""How sentences show a number that nobody stated: a bound or a word as it was answered, a sum of durations rounded.

The engine decides with one number for each answer. That number is no fact where the answer was "long", "thousands" or
"more than 15 min", or where it adds an assumed duration to a stated one.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from advisor.requirements.answers import AnsweredSubject
from advisor.text import EMPTY, Text
from advisor.verdict.known import Known
from advisor.verdict.run_times import waited_s
from advisor.vocabulary import ENGINE_FIELDS, Range
from advisor.vocabulary.amounts import amount_words
from advisor.vocabulary.formats.measures import MONTH_S, YEAR_S
from advisor.vocabulary.units import words

_WHOLE, _WAIT = "whole_run_s", "wait_s"
# Durations that follow from the longest run where they are not answered.
_FOLLOWING = (_WHOLE, "response_s")
_SIZES_S = (86400.0, 3600.0, 60.0, 1.0)
#: From which share of a duration on a part of it is left out.
_REST = 0.02
_NUMBER = re.compile(r"[0-9０-９一二三四五六七八九]")


class Shown(NamedTuple):
    """A value as sentences show it, and a note on it; `open` says that it is no greatest value, such as "more than 15 min"."""

    words: Text
    note: Text = EMPTY
    open: bool = False

    @property
    def noted(self) -> Text:
        """The value with its note."""
        return Text(self.words.en + self.note.en, self.words.ja + self.note.ja)


def shown_values(subject: AnsweredSubject, known: Known) -> dict[str, Shown]:
    """Return what sentences show for facts of a subject whose value in the engine is a reading or a sum."""
    units = {field.id: field.unit for field in ENGINE_FIELDS[subject.kind] if field.id in subject.ranges}
    shown = {
        id: said
        for id, unit in units.items()
        if known.values.get(id) == subject.ranges[id].reading and (said := as_answered(subject.ranges[id], unit))
    }
    for id in _FOLLOWING:
        value = known.values.get(id)
        if id in known.assumed and isinstance(value, int | float) and (said := _sum(id, value, subject, known, shown)):
            shown[id] = said
    return shown


def as_answered(answer: Range, unit: str) -> Shown | None:
    """Return a range in the words of its answer, or None if its reading is a number that was stated, or is named as usual."""
    closed = [end for end, open_ in ((answer.low, answer.low_open), (answer.high, answer.high_open)) if not open_]
    stated = answer.reading in closed
    worded = not _NUMBER.search(answer.text)
    if answer.low == answer.high or answer.typical or answer.usual or (stated and not worded):
        return None
    note = Text(f' (answer: "{answer.text}")', f"（「{answer.text}」と回答）") if worded else EMPTY
    return Shown(amount_words(answer, unit), note, open=answer.said[1] is None)


def reading_note(answer: Range) -> Text | None:
    """Return the note on a number that is not an end of its range: it was stated as typical, or is used for a word."""
    if answer.typical:
        return Text(" (typical value)", "（通常の値）")
    if answer.usual:
        return Text(f' (used for the answer "{answer.text}")', f"（「{answer.text}」の回答に使用した値）")
    return None


def _sum(id: str, value: float, subject: AnsweredSubject, known: Known, shown: Mapping[str, Shown]) -> Shown | None:
    """Return a duration that follows from others: as the answer that it equals, else rounded, with the assumed wait."""
    equal = next((said for field, said in shown.items() if known.values.get(field) == value), None)
    if equal is not None:
        return equal
    waits_s = waited_s(known.values) if id == _WHOLE and subject.answers.get(_WAIT) is None else 0.0
    wait = words(waits_s, "s")
    note = Text(f" (assumed wait: {wait.en})", f"（うち待ち時間 {wait.ja}は仮定）") if waits_s else EMPTY
    rounded = round_duration(value)
    return Shown(rounded or words(value, "s"), note) if rounded or waits_s else None


def round_duration(seconds: float) -> Text | None:
    """Return a duration without its smallest parts ("about 10 days" for 10 days and 10 s), or None if it has none too many."""
    if seconds < 3600 or seconds % MONTH_S == 0 or seconds % YEAR_S == 0:
        return None
    kept, rest = [], seconds
    for size in _SIZES_S:
        amount, rest = divmod(rest, size)
        kept += [words(amount * size, "s")] if amount else []
        if kept and rest <= _REST * seconds:
            break
    en, ja = (" ".join(part.in_(lang) for part in kept) for lang in ("en", "ja"))
    return Text(f"about {en}", f"約 {ja}") if rest else Text(en, ja) if len(kept) > 1 else None
