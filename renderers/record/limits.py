"""Requirements and limits that were stated, whether or not a service was chosen because of them: residency, times, costs."""

from dataclasses import dataclass
from typing import Any

from advisor.design import Design
from advisor.explanation.what_if import Speaker
from advisor.requirements.answers import WORKLOAD
from advisor.text import Text
from renderers.record.answers import WHOLE, Place, answer_words

#: The questions about limits and requirements on quality of each kind of part; the others state what a part is. Rates are
#: among the review triggers of a record.
_LIMITS = {
    "workload": (
        "data_stays", "region", "data_class", "must", "budget_month_usd", "availability_percent", "zone_failure", "recovery_time_s",
        "recovery_point_s", "vpc_only", "customer_managed_keys",
    ),
    "component": (
        "most_at_once", "latency_ms", "response_s", "start_within_s", "whole_run_s", "must", "source_ips", "fixed_outgoing_ip",
    ),
    "channel": ("destination_max_rps", "retention_s", "must"),
    "store": ("kept_s", "immutable", "volume_bytes", "query_ms", "must"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StatedLimits:
    """The stated limits of a part, as questions with their answers; `places` are these questions."""

    part: Text
    places: tuple[Place, ...]
    given: tuple[tuple[Text, Text], ...]


def stated_limits(design: Design) -> tuple[StatedLimits, ...]:
    """Return the limits and requirements on quality that were stated, first those of the whole workload.

    What is denied limits nothing and is left out, except that data may leave the Region.
    """
    requirements, speaker = design.requirements, Speaker(design.requirements, design.book)
    found = [_of(design, "workload", WORKLOAD, WHOLE, requirements.workload_stated)]
    found += [
        _of(design, kind, subject.id, speaker.title(subject.id), subject.stated)
        for kind, subject in requirements.subjects()
    ]
    return tuple(one for one in found if one.given)


def _of(design: Design, kind: str, subject: str, part: Text, stated: Any) -> StatedLimits:
    fields = [id for id in _LIMITS[kind] if stated.get(id) or (id == "data_stays" and id in stated)]
    given = tuple(answer_words(design, kind, subject, id) for id in fields)
    return StatedLimits(part, tuple((subject, id) for id in fields), given)
