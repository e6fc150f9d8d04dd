"""The load of a component that states no rate of its own: what arrives from the channel or the table that it listens to."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from advisor.requirements.answers import AnsweredSubject, Answers
from advisor.requirements.starts import Because, start_of
from advisor.text import Text
from advisor.vocabulary import FIELDS

RATES = ("rate_average_rps", "rate_peak_rps")
#: How much higher the peak is than the average where only the average is stated.
BURSTS = 10.0
# What starts a component for each message, record or event. Who calls it, or a schedule, would come on top.
_ARRIVING = frozenset(("message", "stream", "event"))
_AVERAGE = float(next(field.default for field in FIELDS["channel"] if field.id == RATES[0]))  # type: ignore[arg-type]
_FROM = Text('the rate of "{subject}"', "「{subject}」のレート")
_OF_WRITERS = Text('the rates of what writes to "{subject}"', "「{subject}」に書き込む要素のレートの合計")


class Arrivals(NamedTuple):
    """The average and peak rate at which work arrives, with the reason."""

    average: float
    peak: float
    because: Because


def arrivals_at(answers: Answers, subject: AnsweredSubject, passed: tuple[str, ...] = ()) -> Arrivals | None:
    """Return the rates of a component that states none, or None if nothing that it listens to has a stated rate.

    A table changes as often as the components write to it that are started by messages, records or events: each of
    these is stored. How many requests change a table is not known. `passed` are the components on the way.
    """
    target = answers.subjects.get(str(subject.answers.get("listens_to")))
    if target is None or subject.id in passed or not _ARRIVING.issuperset(start_of(answers, subject).trigger):
        return None
    if target.kind == "channel":
        stated = _stated(target.answers, steady=False)
        return Arrivals(*stated, Because(_FROM, target.id)) if stated else None
    before = (*passed, subject.id)
    found = [_written(answers, one, before) for one in _writers(answers, target.id) if one.id not in before]
    known = [one for one in found if one is not None]
    if not known:
        return None
    average, peak = sum(one.average for one in known), sum(one.peak for one in known)
    if len(known) < len(found):  # others write to it as well: not less than where nothing is stated
        average, peak = max(average, _AVERAGE), max(peak, _AVERAGE * BURSTS)
    because = known[0].because if len(found) == 1 else Because(_OF_WRITERS, target.id)
    return Arrivals(average, peak, because)


def fed_by(answers: Answers, subject: str) -> set[str]:
    """Return the components of which the rate may follow from that of a subject, directly or through tables."""
    components = list(answers.of_kind("component"))
    tables = {id for c in components if (id := c.answers.get("listens_to")) and answers.subjects[id].kind == "store"}
    fed = {c.id for c in components if c.answers.get("listens_to") == subject}
    while tables:
        writers = fed | {subject}
        written = {id for c in components if c.id in writers for id in c.answers.get("writes", ())} & tables
        more = {c.id for c in components if c.answers.get("listens_to") in written} - fed
        if not more:
            break
        fed |= more
    return fed


def _written(answers: Answers, writer: AnsweredSubject, passed: tuple[str, ...]) -> Arrivals | None:
    if not _ARRIVING.issuperset(start_of(answers, writer).trigger):
        return None
    stated = _stated(writer.answers, steady=writer.answers.get("shape") == "steady")
    if stated:
        return Arrivals(*stated, Because(_FROM, writer.id))
    return arrivals_at(answers, writer, passed)


def _writers(answers: Answers, store: str) -> Iterator[AnsweredSubject]:
    return (c for c in answers.of_kind("component") if store in c.answers.get("writes", ()))


def _stated(stated: Any, *, steady: bool) -> tuple[float, float] | None:
    """Return the average and peak rate of answers that hold one of them at least."""
    average, peak = (stated.get(rate) for rate in RATES)
    if average is None and peak is None:
        return None
    average = min(_AVERAGE, peak) if average is None else average
    return float(average), float(average * (1.0 if steady else BURSTS) if peak is None else peak)
