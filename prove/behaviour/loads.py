"""The load of a workload, from the stated answers only: rates, concurrency, items and their duration.

Assumptions of the product about unanswered questions do not count: only what was asked can be missed.
"""

import re
from dataclasses import dataclass

from advisor.requirements import Requirements, Subject

DAY_S = 86400.0
#: The end of the node of a program that starts a component's workflow and does not do its work.
STARTER = "-starter"
_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_UNITS_S = {"minute": 60.0, "hour": 3600.0, "day": DAY_S}


@dataclass(frozen=True, slots=True)
class Load:
    """The stated load of a component; None or 0 if nothing was stated.

    `peak_per_s` is the stated peak, or the average where no peak was stated, `average_per_s` the stated average; `typical_s` how long one item usually takes
    as stated, `mean_s` the same, or half of the longest; `items` over how many one run is split, and `whole_s` the time in which they must be done.
    """

    peak_per_s: float | None
    average_per_s: float | None
    mean_s: float | None
    typical_s: float | None
    longest_s: float | None
    items: float
    whole_s: float
    is_timed: bool

    @property
    def at_once(self) -> float:
        """Concurrency by Little's law: the arrival rate × the time in the system.

        https://doi.org/10.1287/opre.9.3.383 (Little, 1961); used for Lambda at
        https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html (read 2026-11-27).
        """
        return (self.peak_per_s or 0.0) * (self.mean_s or 0.0)

    @property
    def steady(self) -> float:
        """The same at the average rate, which is sufficient for a queue that buffers peaks."""
        average = self.peak_per_s if self.average_per_s is None else self.average_per_s
        return (average or 0.0) * (self.mean_s or 0.0)

    @property
    def items_at_once(self) -> float:
        """The concurrency with which all items of a run finish in time: items × item duration ÷ total duration."""
        return self.items * (self.mean_s or 0.0) / self.whole_s if self.items > 1 else 0.0


def load_of(requirements: Requirements, component: Subject, owner: str = "") -> Load:
    """Return the load of a component.

    `owner` is the node that bears it: where it only starts the work, which another node does, its own time is not stated.
    """
    channel = next((c for c in requirements.of_kind("channel") if c.id == component.answer("listens_to")), None)
    rates = [_rate(subject) for subject in (component, channel) if subject is not None]
    typical, longest = (_number(component, field) for field in ("typical_run_s", "longest_run_s"))
    # Where only the longest run is known, runs are taken as evenly spread up to it.
    mean = typical if typical is not None else longest / 2 if longest is not None else None
    if owner.endswith(STARTER):
        typical = longest = mean = None
    items = _number(component, "parallel_items") or 0.0
    peak = next((rate for rate in rates if rate is not None), None)
    averages = [_number(subject, "rate_average_rps") for subject in (component, channel) if subject is not None]
    average = next((rate for rate in averages if rate is not None), None)
    return Load(peak, average, mean, typical, longest, items, *_whole_s(component))


def component_of(requirements: Requirements, owner: str) -> Subject | None:
    """Return the component that a resource belongs to, by the owner that the template names: a node or a connection."""
    node = owner.rsplit(">", 1)[-1].partition(".")[0]
    return next((c for c in requirements.of_kind("component") if c.id == node), None)


def _rate(subject: Subject) -> float | None:
    peak, average = _number(subject, "rate_peak_rps"), _number(subject, "rate_average_rps")
    return average if peak is None else peak


def _number(subject: Subject, field: str) -> float | None:
    value = subject.answer(field)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole_s(component: Subject) -> tuple[float, bool]:
    """Return the time in which a run must end, as stated, before the next start of its schedule, or within a day; and whether it was asked."""
    bounds = [whole for whole in (_number(component, "whole_run_s"),) if whole]
    every = _RATE.search(str(component.answer("schedule_expression") or ""))
    if every:
        bounds.append(int(every[1]) * _UNITS_S[every[2]])
    return min(bounds, default=DAY_S), bool(bounds)
