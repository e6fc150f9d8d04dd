"""The load of a part that states no rate: what arrives from its channel or table, its publishers, its callers, or pages of sites."""

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
_OWN = next(field.default for field in FIELDS["channel"] if field.id == "source")
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
_OF_PUBLISHERS = Text('the total rate of the publishers to "{subject}"', "「{subject}」に発行する要素のレートの合計")
_OF_PUBLISHERS_AT_MOST = Text(
    'the total rate of the publishers to "{subject}" as an upper bound',
    "「{subject}」に発行する要素のレートの合計が上限",
)
_BOUNDS = (_AT_MOST, _OF_WRITERS_AT_MOST, _OF_PUBLISHERS_AT_MOST)
_OF_CALLERS = Text('the total rate of the sites that call "{subject}"', "「{subject}」を呼び出すサイトのレートの合計")


class Arrivals(NamedTuple):
    """The average and peak rate at which work arrives, with the reason, and how much of it one run brings at once."""

    average: float
    peak: float
    because: Because
    at_once: float = 1.0

    @property
    def bounds(self) -> bool:
        """Whether no more arrives than that, and perhaps much less: some requests only read."""
        return bounds_only(self.because)


def bounds_only(because: Because) -> bool:
    """Return whether a reason says that a rate is an upper bound."""
    return because.text in _BOUNDS


def arrivals_at(answers: Answers, subject: AnsweredSubject, passed: tuple[str, ...] = ()) -> Arrivals | None:
    """Return the rates of a component or a channel that states none, or None if they follow from no stated rate.

    A component has the rate of the channel that it listens to, and a channel that of what publishes to it. A table changes as
    often as the components write to it that are started by messages, records or events: each of these is stored. Of requests,
    some only read, so that their rate is an upper bound, also of what is published. `passed` are the parts on the way.
    """
    if subject.kind == "channel":
        return _published(answers, subject, passed)
    target = answers.subjects.get(str(subject.answers.get("listens_to")))
    if target is None and subject.id not in passed:
        return _as_step(answers, subject, passed) or _from_pages(answers, subject)
    if target is None or subject.id in passed or not _ARRIVING.issuperset(start_of(answers, subject).trigger):
        return None
    before = (*passed, subject.id)
    if target.kind == "channel":
        stated = _stated(target.answers, steady=False)
        return Arrivals(*stated, Because(_FROM, target.id)) if stated else arrivals_at(answers, target, before)
    found = [_written(answers, one, before) for one in _writers(answers, target.id) if one.id not in before]
    return _of_all(found, Because(_OF_WRITERS, target.id), Because(_OF_WRITERS_AT_MOST, target.id))


def _published(answers: Answers, channel: AnsweredSubject, passed: tuple[str, ...]) -> Arrivals | None:
    """Return the rates at which components publish to a channel; what others send to it comes on top, and is not known."""
    if channel.id in passed:
        return None
    before = (*passed, channel.id)
    publishers = (c for c in answers.of_kind("component") if channel.id in c.answers.get("publishes", ()))
    # What only passes on its messages again adds none.
    sources = [c for c in publishers if c.id not in before and c.answers.get("listens_to") not in before]
    found = [_published_by(answers, one, before) for one in sources]
    if channel.answers.get("source", _OWN) != _OWN:
        found.append(None)
    together = _of_all(found, Because(_OF_PUBLISHERS, channel.id), Because(_OF_PUBLISHERS_AT_MOST, channel.id))
    listeners = [c for c in answers.of_kind("component") if c.answers.get("listens_to") == channel.id]
    rare = bool(listeners) and all(c.answers.get("shape") == "rare" for c in listeners)
    return None if together and together.bounds and rare else together


def _published_by(answers: Answers, publisher: AnsweredSubject, passed: tuple[str, ...]) -> Arrivals | None:
    """Return the rates at which a component publishes, or None if they are not known: requests may publish once each.

    A run that is started by a schedule or on demand publishes once for each of its items, if their number is stated. As nobody
    knows how many messages it sends otherwise, not less is assumed than where nothing is stated.
    """
    trigger, stated = frozenset(start_of(answers, publisher).trigger), _rates_of(publisher)
    if trigger <= {*RUNS} and trigger:
        started = _started(answers, publisher, passed)
        if started is None or started.average <= _AVERAGE:
            return None
        peak = max(started.peak, _AVERAGE * BURSTS)
        return Arrivals(started.average, peak, Because(_AT_MOST if started.at_once > 1 else _FROM, publisher.id))
    asked = not trigger.isdisjoint(REQUESTS)
    if stated:
        return Arrivals(*stated, Because(_AT_MOST if asked else _FROM, publisher.id))
    arriving = arrivals_at(answers, publisher, passed)
    return arriving and arriving._replace(because=Because(_AT_MOST, publisher.id)) if asked else arriving


def _of_all(found: Sequence[Arrivals | None], of_all: Because, at_most: Because) -> Arrivals | None:
    """Return the rates of all parts together, None if those of none are known; a single part gives its own reason."""
    known = [one for one in found if one is not None]
    if not known:
        return None
    average, peak = _together([one[:2] for one in known], len(found))
    bounded = any(one.bounds for one in known)
    return Arrivals(average, peak, known[0].because if len(found) == 1 else at_most if bounded else of_all)


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
    """Return the components and channels of which the rate may follow from that of a subject, directly or over others."""
    components, fed, waiting = list(answers.of_kind("component")), set[str](), [subject]
    while waiting:
        one = waiting.pop()
        part = answers.subjects[one].answers
        steps = part.get("calls", ()) if _is_passed_on(answers.subjects[one], first=one == subject) else ()
        more = {*steps, *part.get("publishes", ()), *part.get("writes", ())}
        more |= {c.id for c in components if c.answers.get("listens_to") == one}
        waiting += more - fed
        fed |= more
    return {id for id in fed if answers.subjects[id].kind != "store"} - {subject}


def _is_passed_on(part: AnsweredSubject, *, first: bool) -> bool:
    """Return whether what a part calls has its rate: steps do, and so does what is called by pages of a site that states it."""
    return part.kind == "component" and (orchestrates(part) or (first and bool(part.answers.get("static_site"))))


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
