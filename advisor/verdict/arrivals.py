"""The load of a component that states no rate: what arrives from its channel or table, its callers, or pages of sites."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from advisor.requirements.answers import AnsweredSubject, Answers
from advisor.requirements.because import Because
from advisor.requirements.orchestration import callers_of, orchestrates
from advisor.requirements.pages import page_callers
from advisor.requirements.starts import ON_DEMAND, REQUESTS, RUNS, start_of
from advisor.text import Text
from advisor.vocabulary import FIELDS
from advisor.vocabulary.schedule_expression import SCHEDULE, starts_per_s

RATES = ("rate_average_rps", "rate_peak_rps")
#: How much higher the peak is than the average where only one of them is stated.
BURSTS = 10.0
# What starts a component for each message, record or event. Who calls it, or a schedule, would come on top.
_ARRIVING = frozenset(("message", "stream", "event"))
# What changes a table at most once for each start: a request may also only read.
_CHANGING = _ARRIVING.union(REQUESTS)
_AVERAGE = float(next(field.default for field in FIELDS["channel"] if field.id == RATES[0]))  # type: ignore[arg-type]
_DAILY = next(field.default for field in FIELDS["component"] if field.id == SCHEDULE)
_FROM = Text('the rate of "{subject}"', "「{subject}」のレート")
#: Why an average is assumed where the peak is stated.
OF_THE_PEAK = Because(Text("a tenth of the peak rate", "ピーク時の処理数の 10 分の 1"))
STEADY = Because(Text("the load is steady", "負荷が一定"))
_OF_WRITERS = Text('the total rate of the writers of "{subject}"', "「{subject}」に書き込む要素のレートの合計")
_AT_MOST = Text('the rate of "{subject}" as an upper bound', "「{subject}」のレートが上限")
_OF_WRITERS_AT_MOST = Text(
    'the total rate of the writers of "{subject}" as an upper bound', "「{subject}」に書き込む要素のレートの合計が上限"
)

_OF_CALLERS = Text('the total rate of the sites that call "{subject}"', "「{subject}」を呼び出すサイトのレートの合計")


class Arrivals(NamedTuple):
    """The average and peak rate at which work arrives, with the reason, and how much of it one run brings at once."""

    average: float
    peak: float
    because: Because
    at_once: float = 1.0


def arrivals_at(answers: Answers, subject: AnsweredSubject, passed: tuple[str, ...] = ()) -> Arrivals | None:
    """Return the rates of a component that states none, or None if nothing that it listens to has a stated rate.

    A table changes as often as the components write to it that are started by messages, records or events: each of
    these is stored. Of requests, some only read, so that their rate is an upper bound. `passed` are the components on the way.
    """
    target = answers.subjects.get(str(subject.answers.get("listens_to")))
    if target is None and subject.id not in passed:
        return _as_step(answers, subject, passed) or _from_pages(answers, subject)
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
    average, peak = _together([one[:2] for one in known], len(found))
    bounded = any(one.because.text == _AT_MOST for one in known)
    of_writers = Because(_OF_WRITERS_AT_MOST if bounded else _OF_WRITERS, target.id)
    return Arrivals(average, peak, known[0].because if len(found) == 1 else of_writers)


def _as_step(answers: Answers, subject: AnsweredSubject, passed: tuple[str, ...]) -> Arrivals | None:
    """Return the rates of a component that is a step of others: those at which they start, times their items."""
    callers = list(callers_of(answers, subject.id))
    if not callers or not all(map(orchestrates, callers)) or start_of(answers, subject).trigger != ON_DEMAND:
        return None
    found = [_started(answers, caller, (*passed, subject.id)) for caller in callers]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return None
    at_once = sum(one.at_once for one in known)
    return Arrivals(sum(one.average for one in known), sum(one.peak for one in known), known[0].because, at_once)


def _from_pages(answers: Answers, subject: AnsweredSubject) -> Arrivals | None:
    """Return the rates of a component that the pages of sites call: those stated of the sites."""
    callers, sites = list(callers_of(answers, subject.id)), page_callers(answers, subject.id)
    stated = [_rates_of(site) for site in sites]
    known = [rates for rates in stated if rates is not None]
    if not known:
        return None
    average, peak = _together(known, len(callers))
    first = next(site for site, rates in zip(sites, stated, strict=True) if rates is not None)
    because = Because(_FROM, first.id) if len(callers) == 1 else Because(_OF_CALLERS, subject.id)
    return Arrivals(average, peak, because)


def _started(answers: Answers, caller: AnsweredSubject, passed: tuple[str, ...]) -> Arrivals | None:
    """Return how often the steps of a component run, or None if nothing states how often it starts."""
    stated, items = caller.answers, max(1.0, float(caller.answers.get("parallel_items", 0.0)))
    rates = _rates_of(caller)
    trigger = start_of(answers, caller).trigger
    if rates is None and "schedule" in trigger and {*trigger} <= {*RUNS}:
        rates = (starts_per_s(str(stated.get(SCHEDULE, _DAILY))),) * 2
    elif rates is None and (arriving := arrivals_at(answers, caller, passed)):
        rates = arriving[:2]
    if rates is None:
        return None
    return Arrivals(rates[0] * items, rates[1] * items, Because(_FROM, caller.id), items)


def fed_by(answers: Answers, subject: str) -> set[str]:
    """Return the components of which the rate may follow from that of a subject, directly or through tables."""
    components = list(answers.of_kind("component"))
    tables = {id for c in components if (id := c.answers.get("listens_to")) and answers.subjects[id].kind == "store"}
    fed = {c.id for c in components if c.answers.get("listens_to") == subject}
    fed |= {
        id for c in components if c.id == subject and c.answers.get("static_site") for id in c.answers.get("calls", ())
    }
    while tables:
        writers = fed | {subject}
        written = {id for c in components if c.id in writers for id in c.answers.get("writes", ())} & tables
        more = {c.id for c in components if c.answers.get("listens_to") in written} - fed
        if not more:
            break
        fed |= more
    steps = (c.answers["calls"] for c in components if c.id in fed | {subject} and orchestrates(c))
    return fed.union(*steps)


def _written(answers: Answers, writer: AnsweredSubject, passed: tuple[str, ...]) -> Arrivals | None:
    """Return the rates at which a component changes a table, or None if they are not known: requests may change it once each."""
    trigger = start_of(answers, writer).trigger
    if not _CHANGING.issuperset(trigger):
        return None
    stated, asked = _rates_of(writer), not _ARRIVING.issuperset(trigger)
    if stated:
        return Arrivals(*stated, Because(_AT_MOST if asked else _FROM, writer.id))
    arriving = arrivals_at(answers, writer, passed)
    return arriving and arriving._replace(because=Because(_AT_MOST, writer.id)) if asked else arriving


def _writers(answers: Answers, store: str) -> Iterator[AnsweredSubject]:
    return (c for c in answers.of_kind("component") if store in c.answers.get("writes", ()))


def _together(known: Sequence[tuple[float, float]], parts: int) -> tuple[float, float]:
    """Return the sum of average and peak rates; where the rates of other parts are not known, not less than where none is stated."""
    average, peak = sum(rates[0] for rates in known), sum(rates[1] for rates in known)
    return (average, peak) if len(known) == parts else (max(average, _AVERAGE), max(peak, _AVERAGE * BURSTS))


def _rates_of(component: AnsweredSubject) -> tuple[float, float] | None:
    """Return the average and peak rate of a component that states one of them at least."""
    return _stated(component.answers, steady=component.answers.get("shape") == "steady")


def _stated(stated: Any, *, steady: bool) -> tuple[float, float] | None:
    """Return the average and peak rate of answers that hold one of them at least."""
    average, peak = (stated.get(rate) for rate in RATES)
    if average is None and peak is None:
        return None
    bursts = 1.0 if steady else BURSTS
    return float(peak / bursts if average is None else average), float(average * bursts if peak is None else peak)
