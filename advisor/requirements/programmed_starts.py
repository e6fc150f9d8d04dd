"""Scheduled starts whose times a program sets while it runs, one schedule for each item: no schedule states them."""

from collections.abc import Mapping, Set
from typing import Any

from advisor.requirements.starts import RUNS, starts
from advisor.vocabulary.schedule_expression import SCHEDULE

_RATES = ("rate_average_rps", "rate_peak_rps")
_DAY_S = 86400.0


def set_by_program(values: Mapping[str, Any], stated: Set[str]) -> bool:
    """Return whether a program sets the starts of a component: they are stated to be more than one a day, and their times are not.

    `values` are the facts of the component, `stated` the ids of those that were answered. The rate of a component that also
    has callers or messages is theirs.
    """
    timed = starts(values, "schedule") and set(values["trigger"]) <= {*RUNS} and SCHEDULE not in stated
    return timed and any(float(values[rate]) * _DAY_S > 1.0 for rate in _RATES if rate in stated)
