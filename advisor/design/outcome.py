"""The outcome of a design without the answers that it repeats; designs with equal outcomes are decided identically."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import zip_longest
from typing import Any, NamedTuple

from advisor.architecture import Architecture, Node
from advisor.book import DatedBook
from advisor.explanation.engine import open_points, reasoned
from advisor.graph_builder import connect
from advisor.graph_builder.cautions import cautions
from advisor.requirements import Requirements
from advisor.requirements.answers import answers_of
from advisor.requirements.consistency import check_consistency
from advisor.requirements.dangling import dangling
from advisor.verdict import Verdict, decide_workload


class Outcome(NamedTuple):
    """A verdict and its architecture."""

    verdict: Verdict
    architecture: Architecture


def outcome_of(requirements: Requirements, dated: DatedBook) -> Outcome | None:
    """Return the outcome of requirements, or None if the answers contradict each other."""
    if next(check_consistency(requirements), None) is not None:
        return None
    verdict = decide_workload(answers_of(requirements), dated)
    return Outcome(verdict, connect(requirements, verdict, dated))


class Comparison:
    """The outcome of a design beside those of other answers; what it comes to is worked out once, for all of them.

    The words of a reason do not count, as they repeat the answers: only which reasons there are.
    """

    def __init__(self, now: Outcome, dated: DatedBook) -> None:
        self._now, self._dated = now, dated

    def differs_with(self, other: Requirements) -> bool:
        """Return whether other answers contradict each other, or change a service, the drawing, a setting, a budget, a reason or a warning."""
        if next(check_consistency(other), None) is not None:
            return True
        verdict = decide_workload(answers_of(other), self._dated)
        if verdict.services != self._services or not _same(self._reasons, _reasons(verdict, self._dated)):
            return True  # before the architecture, which takes the most time
        then = connect(other, verdict, self._dated)
        return (
            _drawn(then) != self._drawn
            or _budgets(then) != _budgets(self._now.architecture)
            or _cautions(Outcome(verdict, then), self._dated) != self._cautions
        )

    @cached_property
    def _services(self) -> dict[str, Any]:
        return self._now.verdict.services

    @cached_property
    def _reasons(self) -> tuple[object, ...]:
        return tuple(_reasons(self._now.verdict, self._dated))

    @cached_property
    def _drawn(self) -> tuple[Any, ...]:
        return _drawn(self._now.architecture)

    @cached_property
    def _cautions(self) -> list[tuple[str, str]]:
        return _cautions(self._now, self._dated)


def _same(some: Iterable[object], others: Iterable[object]) -> bool:
    return all(one == other for one, other in zip_longest(some, others))


def _drawn(architecture: Architecture) -> tuple[Any, ...]:
    edges = [replace(edge, budgets=()) for edge in architecture.edges]
    return [_without_words(node) for node in architecture.nodes], edges, architecture.groups


def _without_words(node: Node) -> tuple[Node, tuple[str, ...]]:
    return replace(node, grounds={}), tuple(node.grounds)


def _budgets(architecture: Architecture) -> list[tuple[Any, ...]]:
    return [(b.kind, b.have, b.allowed, b.state) for edge in architecture.edges for b in edge.budgets]


def _reasons(verdict: Verdict, dated: DatedBook) -> Iterator[object]:
    for choice, warnings in reasoned(verdict, dated):
        against = [(rejected.service, [reason.id for reason in rejected.because]) for rejected in choice.rejected]
        stated = [reason.id for reason in (*choice.because, *choice.violates)]
        yield stated, against, [warning.id for warning in warnings]
    yield from (warning.sentence for warning in open_points(verdict))
    yield from ((part.subject, part.kind) for part in dangling(verdict.answers))


def _cautions(outcome: Outcome, dated: DatedBook) -> list[tuple[str, str]]:
    return [(one.subject, one.id) for one in cautions(outcome.architecture, outcome.verdict, dated)]
