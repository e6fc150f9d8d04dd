"""The proof of a choice: for every candidate each limit and rule that applied, and each that did not."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from advisor.book import Book
from advisor.book.condition import Atom, Operator
from advisor.decision import CandidateProof, Comparison, Ground, Source
from advisor.verdict.derived_titles import DERIVED
from advisor.verdict.joint_choice import Chosen, SubjectVerdict
from advisor.verdict.rule_matrix import Entry, unit_of
from advisor.vocabulary.demands import BY_FACT, DEMAND_FACTS

Effect = Literal["rules-out", "favours", "warns", "explains"]
_EFFECTS: Mapping[str, Effect] = {"warn": "warns", "explain": "explains"}
#: How many grounds are kept for each limit and rule: each new number in an answer makes new ones, and a server meets them for days.
MOST_FOR_EACH_ENTRY = 8
_COMPLEMENT: Mapping[str, Operator] = {"above": "at_most", "below": "at_least"}


def prove(book: Book, decided: SubjectVerdict, chosen: Chosen) -> tuple[CandidateProof, ...]:
    """Return the proof of one role's choice, one part per candidate in the role's order."""
    table, outcome = chosen.table, chosen.outcome
    grounds: dict[str, list[Ground]] = {service: [] for service in table.role.candidates}
    known = _Known(decided, table.role.subject)
    made = demanded(decided)
    if len(table.grounds) > MOST_FOR_EACH_ENTRY * len(table.entries):
        table.grounds.clear()
    for bit, (entry, fields) in enumerate(zip(table.entries, table.compared, strict=True), 1):
        spoke = bool(chosen.fired >> bit & 1)
        if entry.property is not None and entry.when[0].field not in made:
            continue
        # Most answers are the same for many subjects, so a ground is kept for the next one.
        key = (bit, spoke, *map(known.__getitem__, fields))
        ground = table.grounds.get(key)
        if ground is None:
            ground = table.grounds[key] = _ground(book, known, entry, spoke)
        for service in concerned(entry):
            grounds[service].append(ground)
    for service, ground in refusals(book, chosen):
        grounds[service].append(ground)
    return tuple(
        CandidateProof(
            service, _verdict(chosen, service), outcome.axes[service], outcome.scores[service], tuple(service_grounds)
        )
        for service, service_grounds in grounds.items()
    )


def demanded(decided: SubjectVerdict) -> frozenset[str]:
    """Return the facts by which something is demanded of a subject."""
    return frozenset(fact for fact in DEMAND_FACTS if decided.known.values.get(fact))


def concerned(entry: Entry) -> tuple[str, ...]:
    """Return the candidates that a limit or rule favors or rules out."""
    return entry.favours or entry.against or (entry.rule.services if entry.rule else ())


def effect_of(entry: Entry) -> Effect:
    """Return the effect of a limit or rule on the candidates that it concerns when it applies."""
    return "favours" if entry.favours else _EFFECTS.get(entry.rule.effect if entry.rule else "", "rules-out")


def source_of(book: Book, entry: Entry) -> Source | None:
    """Return the source of a limit or rule."""
    stating = entry.limit or entry.property
    return book.facts[stating.fact].source if stating else entry.rule.source if entry.rule else None


def stated(entry: Entry) -> tuple[Atom, ...]:
    """Return the comparisons of a limit or rule as written; for a limit, the condition under which it is met."""
    if entry.limit is None:
        return entry.when
    broken, *cases = entry.when
    return (Atom(broken.field, _COMPLEMENT[broken.operator], broken.value), *cases)


def refusals(book: Book, chosen: Chosen) -> Iterator[tuple[str, Ground]]:
    """Yield the other grounds against candidates: not available yet, or no candidate left for a later role."""
    for service in chosen.table.unavailable:
        in_catalogue = book.services[service]
        source = next((book.facts[limit.fact].source for limit in in_catalogue.limits), None)
        yield (
            service,
            Ground(id=f"{service}-since", kind="launch", effect="rules-out", spoke=True, comparisons=(), source=source),
        )
    for service in chosen.passed:
        yield (
            service,
            Ground(id="together", kind="together", effect="rules-out", spoke=True, comparisons=(), source=None),
        )


def _verdict(chosen: Chosen, service: str) -> Any:
    if service == chosen.service:
        return "chosen"
    if service in chosen.passed:
        return "passed-over"
    return "possible" if service in chosen.outcome.ranked else "ruled-out"


def _ground(book: Book, known: "_Known", entry: Entry, spoke: bool) -> Ground:
    compared = [known.comparison(atom) for atom in entry.when]
    source = source_of(book, entry)
    if entry.limit is not None:
        broken = compared[0]
        compared[0] = broken._replace(operator=_COMPLEMENT[broken.operator], met=not broken.met)
        return Ground(
            id=entry.id,
            kind="limit",
            effect="rules-out",
            spoke=spoke,
            comparisons=tuple(compared),
            source=source,
            aws_fact=entry.id,
        )
    return Ground(
        id=entry.id,
        kind="demand" if entry.property else "rule",
        effect=effect_of(entry),
        spoke=spoke,
        comparisons=tuple(compared),
        source=source,
        aws_fact=entry.id if entry.property else "",
        axis=entry.axis,
    )


class _Known(dict[str, tuple[Any, Any, str]]):
    """The value, origin and unit of each fact of a subject, looked up once."""

    def __init__(self, decided: SubjectVerdict, kind: str) -> None:
        self._decided, self._kind, self._values = decided, kind, decided.known.values

    def __missing__(self, field: str) -> tuple[Any, Any, str]:
        fact = self[field] = self._values.get(field), origin(self._decided, field), unit_of(self._kind, field)
        return fact

    def comparison(self, atom: Atom) -> Comparison:
        """Return one comparison with the value of its fact."""
        value, stated, unit = self[atom.field]
        threshold, headroom = atom.value, None
        if value.__class__ in (float, int) and threshold.__class__ in (float, int) and threshold:
            headroom = (threshold - value) / threshold
        met = atom.holds(self._values)
        return Comparison(
            fact=atom.field,
            value=value,
            origin=stated,
            operator=atom.operator,
            threshold=threshold,
            unit=unit,
            met=met,
            headroom=headroom,
        )


def origin(decided: SubjectVerdict, field: str) -> Any:
    """Return the origin of a fact: stated, assumed, derived or decided."""
    if field in decided.subject.answers:
        return "range" if field in decided.subject.ranges else "stated"
    if field.startswith("workload."):
        return "assumed" if field in decided.known.assumed else "stated"
    if field in BY_FACT:
        return "stated" if decided.known.values.get(field) else "derived"
    if field in DERIVED:
        return "derived"
    return "decided" if any(c.table.role.id == field for c in decided.chosen) else "assumed"


def best(axes: Mapping[str, Mapping[str, int]], possible: tuple[str, ...]) -> tuple[str, ...]:
    """Return the possible candidates than which no other is at least as good on every axis and better on one."""
    return tuple(s for s in possible if not any(_dominates(axes[o], axes[s]) for o in possible if o != s))


def _dominates(candidate: Mapping[str, int], other: Mapping[str, int]) -> bool:
    compared = {*candidate, *other}
    pairs = [(candidate.get(axis, 0), other.get(axis, 0)) for axis in compared]
    return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)
