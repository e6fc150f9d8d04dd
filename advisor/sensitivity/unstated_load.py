"""Questions that services rarely turn on, but what is built from them: the load, and whether sensitive data stays.

They are asked one by one where nothing states the answer and something follows from the assumption; nowhere else.
"""

from collections.abc import Collection
from typing import NamedTuple

from advisor.requirements.answers import WORKLOAD, AnsweredSubject
from advisor.requirements.starts import REQUESTS, starts
from advisor.sensitivity.sweep import Place
from advisor.sensitivity.unstated_design import unstated_design
from advisor.verdict import Verdict
from advisor.verdict.arrivals import RATES

_RATE, _RESIDENCY = RATES[0], "data_stays"
_SENSITIVE = ("confidential", "regulated")
_RARE = "rare"
#: From so many runs at the same time on, a tenth of the default quota of concurrent executions, each rate is asked by itself.
MANY_RUNS = 100.0
# The whole quota: from so many runs on at the highest rate that another part states, a rate is asked by itself as well.
_ALL_RUNS = 10 * MANY_RUNS


class _Work(NamedTuple):
    """What arrives at a part: the concurrent runs under the assumed rate, and the longest run in seconds."""

    runs: float
    longest_s: float


def unstated_loads(verdict: Verdict, settled: Collection[Place] = ()) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """Return the questions for rates that have to be asked, the one with the most concurrent runs first, and those beside them.

    Where no rate of the workload is stated, that of the part with the most concurrent runs is asked, and its card contains
    the others. Each part with many concurrent runs under the assumption is asked in any case, and so is each that would
    reach the whole quota at the highest rate that another part states. Those among `settled` are left out.
    """
    found = _origins(verdict)
    order = sorted(found, key=lambda subject: -found[subject].runs)
    busiest = _highest_stated(verdict)
    alone = [id for id in order if found[id].runs >= MANY_RUNS or busiest * found[id].longest_s >= _ALL_RUNS]
    if not alone and _nothing_is_stated(verdict, settled):
        alone = order[:1]
    places = [(subject, _RATE) for subject in order]
    asked = tuple(place for place in places if place[0] in alone and place not in settled)
    return asked, tuple(place for place in places if place[0] not in alone and place not in settled)


def unstated_places(verdict: Verdict, settled: Collection[Place] = ()) -> tuple[Place, ...]:
    """Return the questions that are asked one by one before the assumptions: for the design and loads, then for the residency."""
    design = (one.place for one in unstated_design(verdict, settled))
    return (*design, *unstated_loads(verdict, settled)[0], *unstated_residency(verdict, settled))


def unstated_residency(verdict: Verdict, settled: Collection[Place] = ()) -> tuple[Place, ...]:
    """Return the question if data may leave the Region, where the data is stated to be sensitive, and is stored."""
    place, stated = (WORKLOAD, _RESIDENCY), verdict.answers.workload
    sensitive = stated.get("data_class") in _SENSITIVE and any(verdict.answers.of_kind("store"))
    return (place,) if sensitive and _RESIDENCY not in stated and place not in settled else ()


def _origins(verdict: Verdict) -> dict[str, _Work]:
    """Return the parts at which work arrives at an assumed rate, with the runs that follow from it.

    Messages, records and events of a channel have the rate of the channel; requests, and events of AWS, that of the component.
    What a schedule starts, runs rarely, or follows from another stated rate needs no answer.
    """
    found: dict[str, _Work] = {}
    for part in verdict.answers.of_kind("component"):
        values = verdict.subjects[part.id].known.values
        if not _is_assumed(verdict, part.id) or not _is_sized(verdict, part):
            continue
        heard = verdict.answers.subjects.get(str(part.answers.get("listens_to")))
        if starts(values, *REQUESTS) or (heard is None and starts(values, "event")):
            origin = part.id
        elif heard is not None and heard.kind == "channel" and _is_assumed(verdict, heard.id):
            origin = heard.id
        else:
            continue
        work = _Work(float(values.get("concurrency", 0.0)), float(values.get("longest_run_s", 0.0)))
        found[origin] = _Work(*map(max, found.get(origin, work), work))
    return found


def _highest_stated(verdict: Verdict) -> float:
    """Return the highest rate that is stated for a part of the workload, or 0."""
    stated = (part.answers.get(rate) for part in verdict.answers.subjects.values() for rate in RATES)
    return max((float(rate) for rate in stated if isinstance(rate, int | float)), default=0.0)


def _nothing_is_stated(verdict: Verdict, settled: Collection[Place]) -> bool:
    """Return whether no rate is stated, and none was put off or accepted as it is."""
    put_off = any(field == _RATE for _, field in settled)
    return not put_off and all(part.answers.keys().isdisjoint(RATES) for part in verdict.answers.subjects.values())


def _is_assumed(verdict: Verdict, subject: str) -> bool:
    """Return whether no answer states the rate of a part, and it follows from no other one."""
    known = verdict.subjects[subject].known
    return verdict.answers.of(subject).keys().isdisjoint(RATES) and _RATE not in known.because


def _is_sized(verdict: Verdict, part: AnsweredSubject) -> bool:
    """Return whether a program runs for each request or message, and not only now and then."""
    values = verdict.subjects[part.id].known.values
    return values.get("compute") not in (None, "none") and part.answers.get("shape") != _RARE
