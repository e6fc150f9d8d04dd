"""The outcome of a design without the answers that it repeats; designs with equal outcomes are decided identically."""

from collections.abc import Iterator
from dataclasses import replace
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


def differ(now: Outcome, then: Outcome, dated: DatedBook) -> bool:
    """Return whether two outcomes differ in a service, the drawing, a setting, a budget, a reason or a warning.

    The words of a reason do not count, as they repeat the answers: only which reasons there are.
    """
    return (
        now.verdict.services != then.verdict.services
        or _drawn(now.architecture) != _drawn(then.architecture)
        or _budgets(now.architecture) != _budgets(then.architecture)
        or [*_reasons(now, dated)] != [*_reasons(then, dated)]
    )


def _drawn(architecture: Architecture) -> tuple[Any, ...]:
    edges = [replace(edge, budgets=()) for edge in architecture.edges]
    return [_without_words(node) for node in architecture.nodes], edges, architecture.groups


def _without_words(node: Node) -> tuple[Node, tuple[str, ...]]:
    return replace(node, grounds={}), tuple(node.grounds)


def _budgets(architecture: Architecture) -> list[tuple[Any, ...]]:
    return [(b.kind, b.have, b.allowed, b.state) for edge in architecture.edges for b in edge.budgets]


def _reasons(outcome: Outcome, dated: DatedBook) -> Iterator[object]:
    for choice, warnings in reasoned(outcome.verdict, dated):
        against = [(rejected.service, [reason.id for reason in rejected.because]) for rejected in choice.rejected]
        stated = [reason.id for reason in (*choice.because, *choice.violates)]
        yield stated, against, [warning.id for warning in warnings]
    yield from (warning.sentence for warning in open_points(outcome.verdict))
    yield from ((part.subject, part.kind) for part in dangling(outcome.verdict.answers))
    yield from ((w.subject, w.id) for w in cautions(outcome.architecture, outcome.verdict, dated))
