"""Which changed answers are worth proposing: none that only makes a demand harsher, and no number that hardly any workload has."""

from typing import Any

from advisor.vocabulary import Field

_DAY_S = 86400.0
#: Demands on a service, and whether a greater number demands more. To demand more only excludes what fits better.
_DEMANDS = {
    "budget_month_usd": False,
    "start_within_s": False,
    "latency_ms": False,
    "query_ms": False,
    "recovery_time_s": False,
    "recovery_point_s": False,
    "availability_percent": True,
}
#: The greatest numbers that are proposed where the present answer is smaller, in base units.
_GREATEST = {
    "typical_run_s": 7 * _DAY_S,
    "longest_run_s": 7 * _DAY_S,
    "response_s": 3600.0,
    "wait_s": 180 * _DAY_S,
    "whole_run_s": 180 * _DAY_S,
    "rate_average_rps": 1e5,
    "rate_peak_rps": 1e6,
}
#: What a workload was before: nobody can change it.
_PAST = ("migrates_from",)


def is_realistic(field: Field, now: Any, value: Any) -> bool:
    """Return whether an answer can be proposed in place of the present one (None: no answer)."""
    if field.id in _PAST:
        return False
    if field.kind != "quantity" or not isinstance(value, int | float):
        return True
    more = _DEMANDS.get(field.id)
    if more is not None and (not isinstance(now, int | float) or (value > now if more else value < now)):
        return False
    greatest = _GREATEST.get(field.id)
    return greatest is None or value <= greatest or (isinstance(now, int | float) and value <= now)
