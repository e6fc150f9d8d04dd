"""The stated answers that change nothing in a design: whatever else had been answered, it would be the same."""

from collections.abc import Iterator

from advisor.architecture import Architecture
from advisor.book import DatedBook
from advisor.decision import UnusedAnswer
from advisor.design.opposites import Stated, opposites, stated_answers
from advisor.design.outcome import Comparison, Outcome, outcome_of
from advisor.design.project import read_by_project
from advisor.explanation.engine import conflicts_of
from advisor.requirements import Requirements
from advisor.text import Text
from advisor.verdict import Verdict
from advisor.verdict.fact_words import describe


def unused_answers(
    requirements: Requirements, verdict: Verdict, architecture: Architecture, dated: DatedBook
) -> tuple[UnusedAnswer, ...]:
    """Return the stated answers that change nothing: with any other the design and its project are the same.

    Each entry of a list is an answer of its own. A title or a remark is none.
    """
    return tuple(_worded(one) for one in _without_effect(requirements, Outcome(verdict, architecture), dated))


def unused_of(requirements: Requirements, dated: DatedBook) -> tuple[tuple[Stated, ...], tuple[Stated, ...]]:
    """Return all stated answers, and those among them that change nothing."""
    stated, now = tuple(stated_answers(requirements)), outcome_of(requirements, dated)
    if now is None:
        return stated, ()
    return stated, tuple(_without_effect(requirements, now, dated))


def _without_effect(requirements: Requirements, now: Outcome, dated: DatedBook) -> Iterator[Stated]:
    """Yield the stated answers that no conflict names and that change nothing."""
    conflicts = conflicts_of(requirements, now.verdict, dated)
    # A conflict names the answers of its subject and those of the workload, whose subject is "".
    named = {(id, field) for one in conflicts for field in one.fields for id in (one.subject, "")}
    comparison = Comparison(now, dated)
    for stated in stated_answers(requirements):
        if (stated.subject, stated.field.id) not in named and not _counts(requirements, stated, now, comparison):
            yield stated


def _counts(requirements: Requirements, stated: Stated, now: Outcome, comparison: Comparison) -> bool:
    """Return whether another answer would be invalid, or would change the design or the project."""
    if read_by_project(now.architecture, stated, requirements):
        return True
    return any(map(comparison.differs_with, opposites(requirements, stated)))


def _worded(stated: Stated) -> UnusedAnswer:
    title, value = describe(stated.kind, stated.field.id, stated.entry)
    return UnusedAnswer(stated.subject, stated.field.id, Text(f"{title.en}: {value.en}", f"{title.ja}: {value.ja}"))
