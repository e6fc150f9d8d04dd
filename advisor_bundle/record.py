"""The decision record with the alarms of the project that is generated from the same design."""

from collections.abc import Mapping

from advisor.design import Design
from advisor.explanation.what_if import Speaker
from advisor.text import Lang
from blueprints.errors import Unsupported
from blueprints.plan import Plan, plan_for
from blueprints.plan.monitoring.expiry_alarms import alarms_near
from renderers.adr import adr
from renderers.record import Place, Watch


def decision_record(
    design: Design, lang: Lang, *, full: bool = False, picture: str | None = None, plan: Plan | None = None
) -> bytes:
    """Return the decision record: two pages, with `full` followed by the appendix.

    `picture` is the path of a drawing of the design, as the record names it. `plan` is the plan of the design, where it is
    known already.
    """
    assert design.analysis is not None  # first: the plan reads its flip points there
    return adr(design, lang, full=full, picture=picture, watches=watches(design, plan))


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
        )
        for (subject, field), (alarm, answer, limit) in alarms_near(design, plan.names, plan.alarms).items()
    }
