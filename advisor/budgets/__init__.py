"""Budgets along every path: the load of each edge (time, size, rate, connections) against its limits.

A table (`advisor.budgets.table`) says which limit bounds which edges, and names the functions that measure the load.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

from advisor.architecture import Architecture, Budget, BudgetState, Edge, Node
from advisor.book import DatedBook, Fact
from advisor.budgets.connections import accepted, opened, opened_by_all
from advisor.budgets.cures import CURES
from advisor.budgets.fargate_vcpus import at_most
from advisor.budgets.flow import Flow
from advisor.budgets.loads import LOADS
from advisor.budgets.measurement import Load
from advisor.budgets.open_connections import at_once, queried, scanned
from advisor.budgets.scans import SCANS
from advisor.budgets.table import BOUNDS, Bound
from advisor.budgets.times import LIMITS, TIMES
from advisor.budgets.words import sentence
from advisor.decision import Decision, Warning
from advisor.verdict.known import Known

MEASURES = (
    TIMES
    | LOADS
    | SCANS
    | {
        "scans of connections": scanned,
        "connections of a user": queried,
        "vcpus at most": at_most,
        "connections": opened,
        "connections of all": opened_by_all,
    }
)
ALLOWED = LIMITS | {"reads of a new table": at_once, "connections of the instance": accepted}
#: Exceeding these is a matter of judgment or of an assumption, not of a limit.
_JUDGED = ("layers of retries", "most at once by assumption")
_TOLERANCE = 1e-9


def with_budgets(architecture: Architecture, facts: Mapping[str, Known], dated: DatedBook) -> Architecture:
    """Return the architecture with the budgets of every edge."""
    flow = Flow(architecture, facts, dated)
    edges = tuple(replace(edge, budgets=tuple(_budgets(flow, edge))) for edge in architecture.edges)
    return replace(architecture, edges=edges)


def broken(architecture: Architecture) -> tuple[Budget, ...]:
    """Return the budgets that no setting can keep, in the order of the edges."""
    return tuple(b for edge in architecture.edges for b in edge.budgets if b.state == "broken")


def budget_warnings(architecture: Architecture, decision: Decision, dated: DatedBook) -> Iterator[Warning]:
    """Yield a warning for each budget that is exceeded; connections of a part that exceed the same one share it."""
    subjects = {subject.id for subject in decision.subjects}
    exceeded: dict[tuple[object, ...], tuple[Node, list[Budget]]] = {}
    for edge in architecture.edges:
        ends = [architecture.node(edge.target), architecture.node(edge.source)]
        place = next((node for node in ends if node.subject in subjects), None)
        for budget in edge.budgets:
            if not budget.ok and place is not None:
                alike = edge.source, place.subject, place.role, replace(budget, edge="")
                exceeded.setdefault(alike, (place, []))[1].append(budget)
    for place, budgets in exceeded.values():
        fact = dated.book.facts.get(budgets[0].source)
        said = sentence(architecture, *budgets)
        yield Warning(place.subject, place.role, f"budget-{budgets[0].kind}", said, fact.source if fact else None)


def _budgets(flow: Flow, edge: Edge) -> Iterator[Budget]:
    source, verb, target = flow.architecture.key(edge)
    for bound in _BY_VERB.get(verb, ()):
        if source in (bound.sources or (source,)) and target in (bound.targets or (target,)):
            budget = _budget(flow, edge, bound)
            if budget is not None:
                yield budget


_BY_VERB = {
    verb: tuple(bound for bound in BOUNDS if verb in bound.verbs)
    for verb in sorted({verb for bound in BOUNDS for verb in bound.verbs})
}


def _budget(flow: Flow, edge: Edge, bound: Bound) -> Budget | None:
    load = MEASURES[bound.measure](flow, edge)
    if load is None:
        return None
    fact = flow.dated.book.facts.get(bound.allowed)
    if bound.allowed in ALLOWED:
        setting = ALLOWED[bound.allowed](flow, edge)
        allowed, source = (math.inf, "") if setting is None else setting
    else:
        allowed, source = flow.dated.most(bound.allowed, load.unit), bound.allowed
    if allowed == math.inf:
        return None
    state = _state(load, allowed, bound, fact)
    return Budget(
        edge=edge.id,
        kind=bound.kind,
        have=load.value,
        allowed=allowed,
        unit=load.unit,
        source=source,
        state=state,
        counted=load.counted,
        cure=CURES[bound.cure],
    )


def _state(load: Load, allowed: float, bound: Bound, fact: Fact | None) -> BudgetState:
    if load.value <= allowed * (1 + _TOLERANCE):
        return "kept"
    raisable = bound.allowed in _JUDGED or (fact is not None and (fact.kind == "quota" or fact.confidence == "low"))
    return "warned" if raisable or load.is_assumed else "broken"
