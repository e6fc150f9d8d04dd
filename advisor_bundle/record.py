"""The decision record with the alarms of the project that is generated from the same design."""

from collections.abc import Mapping
from typing import Any

from advisor.design import Design
from advisor.explanation.what_if import Speaker
from advisor.sizing.node_updates import number
from advisor.text import Lang
from blueprints.errors import Unsupported
from blueprints.plan import Plan, plan_for
from blueprints.plan.monitoring.expiry_alarms import alarms_near
from renderers.adr import adr
from renderers.record import Place, Watch

#: Both languages, with and without the appendix.
_MOST_KEPT = 4


def decision_record(
    design: Design, lang: Lang, *, full: bool = False, picture: str | None = None, plan: Plan | None = None
) -> bytes:
    """Return the decision record: two pages, with `full` followed by the appendix.

    `picture` is the path of a drawing of the design, as the record names it. `plan` is the plan of the design, where it is
    known already. The record is kept with the design, as its projects for all targets have the same one.
    """
    assert design.analysis is not None  # first: the plan reads its flip points there
    watched = watches(design, plan)
    written: dict[Any, bytes] = design.kept.setdefault("decision records", {})
    key = lang, full, picture, tuple(watched.items())
    if key not in written:
        if len(written) >= _MOST_KEPT:
            written.clear()
        written[key] = adr(design, lang, full=full, picture=picture, watches=watched)
    return written[key]


def watches(design: Design, plan: Plan | None = None) -> Mapping[Place, Watch]:
    """Return the alarms near a flip point by the answer that they monitor, or none if nothing is generated."""
    if design.decision.conflicts:
        return {}
    try:
        plan = plan or plan_for(design)
    except Unsupported:
        return {}
    speaker = Speaker(design.requirements, design.book)
    return {
        (subject, field): Watch(
            alarm.name,
            alarm.metric,
            alarm.statistic,
            speaker.value(subject, field, answer),
            speaker.value(subject, field, limit),
            f"{answer / limit:.0%}",
            _batch(design, alarm.node) if field == "longest_run_s" else 1,
        )
        for (subject, field), (alarm, answer, limit) in alarms_near(design, plan.names, plan.alarms).items()
    }


def _batch(design: Design, id: str) -> int:
    """Return how many messages or records a run of a node processes."""
    node = design.architecture.find(id)
    return int(number(node, "batch_size", 1)) if node else 1
