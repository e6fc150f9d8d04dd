"""The content of a decision record as values: options, deciding answers, review triggers, assumptions, consequences.

The decision record and the design document are written from it. Every text is in both languages and not escaped.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.design import Design
from renderers.record.answers import (
    AnswerEffect,
    DecisiveAnswers,
    answer_words,
    assumed_reasons,
    decisive_answers,
)
from renderers.record.assumed import assumed_places
from renderers.record.changes import (
    NO_REQUIREMENT,
    CarryingAssumption,
    Place,
    ReviewTrigger,
    Watch,
    carrying_assumptions,
    named_first,
    review_triggers,
    unanswered,
)
from renderers.record.consequences import Consequence, consequences, open_questions
from renderers.record.groups import OptionGroup, grouped, shortened
from renderers.record.limits import StatedLimits, stated_limits
from renderers.record.opposing import opposing_answers
from renderers.record.options import Option, RoleOptions, axis_title, grounds, points_words, role_options

__all__ = [
    "NO_REQUIREMENT", "AnswerEffect", "CarryingAssumption", "Consequence", "DecisiveAnswers", "Option", "OptionGroup", "Place", "Record", "ReviewTrigger",
    "RoleOptions", "StatedLimits", "Watch", "answer_words", "assumed_places", "axis_title", "grouped", "named_first", "opposing_answers", "points_words", "record_of", "shortened", "unanswered",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """The elements of a decision record, each with the most important first."""

    roles: tuple[RoleOptions, ...]
    answers: tuple[DecisiveAnswers, ...]
    limits: tuple[StatedLimits, ...]
    good: tuple[Consequence, ...]
    bad: tuple[Consequence, ...]
    triggers: tuple[ReviewTrigger, ...]
    assumptions: tuple[CarryingAssumption, ...]
    open_questions: tuple[Consequence, ...]


def record_of(design: Design, watches: Mapping[Place, Watch] | None = None) -> Record:
    """Return the pieces of a design's decision record.

    `watches` are the alarms of the generated project by the answer that they watch (`advisor_bundle.watches`).
    The record is kept with the design: that of the other language has the same pieces.
    """
    key = "record", tuple((watches or {}).items())
    if key not in design.kept:
        design.kept[key] = _record_of(design, watches or {})
    record: Record = design.kept[key]
    return record


def _record_of(design: Design, watches: Mapping[Place, Watch]) -> Record:
    roles = role_options(design)
    good, bad = consequences(design, roles)
    return Record(
        roles=roles,
        answers=decisive_answers(design, grounds(roles)),
        limits=stated_limits(design),
        good=good,
        bad=bad,
        triggers=review_triggers(design, watches),
        assumptions=carrying_assumptions(design, assumed_reasons(design)),
        open_questions=open_questions(design),
    )
