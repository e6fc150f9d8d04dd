"""The proof of a choice: for every candidate each limit and rule that spoke, and each that could have and did not."""

from collections.abc import Mapping
from typing import Any, Literal

from advisor.book import Book
from advisor.book.condition import Atom
from advisor.decision import CandidateProof, Comparison, Ground
from advisor.verdict.derived_facts import DERIVED
from advisor.verdict.joint_choice import Chosen, SubjectVerdict
from advisor.verdict.rule_matrix import Entry, unit_of

Effect = Literal["rules-out", "favours", "warns", "explains"]
_EFFECTS: Mapping[str, Effect] = {"warn": "warns", "explain": "explains"}
_MOST_KEPT = 5000
_KEPT = {"above": "at_most", "below": "at_least"}


def prove(book: Book, subject: SubjectVerdict, chosen: Chosen) -> tuple[CandidateProof, ...]:
    """Return the proof of one role's choice, one part per candidate in the role's order."""
    table, outcome = chosen.table, chosen.outcome
    grounds: dict[str, list[Ground]] = {service: [] for service in table.role.candidates}
    known = _Known(subject, table.role.subject)
    if len(table.grounds) > _MOST_KEPT:
        table.grounds.clear()
    for bit, (entry, fields) in enumerate(zip(table.entries, table.compared, strict=True), 1):
        spoke = bool(chosen.fired >> bit & 1)
        # Most answers are the same for many subjects, so a ground is kept for the next one.
        key = (bit, spoke, *map(known.__getitem__, fields))
        ground = table.grounds.get(key)
        if ground is None:
            ground = table.grounds[key] = _ground(book, known, entry, spoke)
        for service in entry.favours or entry.against or (entry.rule.services if entry.rule else ()):
            grounds[service].append(ground)
    for service in table.unavailable:
        grounds[service].append(_launch(book, service))
    for service in chosen.passed:
        grounds[service].append(Ground("together", "together", "rules-out", True, (), None))
    return tuple(
        CandidateProof(service, _verdict(chosen, service), outcome.axes[service], outcome.scores[service], tuple(held))
        for service, held in grounds.items()
    )


def _verdict(chosen: Chosen, service: str) -> Any:
    if service == chosen.service:
        return "chosen"
    if service in chosen.passed:
        return "passed-over"
    return "possible" if service in chosen.outcome.ranked else "ruled-out"


def _ground(book: Book, known: "_Known", entry: Entry, spoke: bool) -> Ground:
    if entry.limit is not None:
        fact = book.facts[entry.limit.fact]
        broken, *cases = [known.comparison(atom) for atom in entry.when]
        kept = broken._replace(operator=_KEPT[broken.operator], met=not broken.met)
        return Ground(fact.id, "limit", "rules-out", spoke, (kept, *cases), fact.source, fact.id)
    rule = entry.rule
    assert rule is not None
    effect: Effect = "favours" if entry.favours else _EFFECTS.get(rule.effect, "rules-out")
    compared = tuple([known.comparison(atom) for atom in rule.when])
    return Ground(rule.id, "rule", effect, spoke, compared, rule.source, "", entry.axis)


class _Known(dict[str, tuple[Any, Any, str]]):
    """What is known of each fact of a subject: its value, where it comes from, and its unit; looked up once."""

    def __init__(self, subject: SubjectVerdict, kind: str) -> None:
        self._subject, self._kind, self._values = subject, kind, subject.known.values

    def __missing__(self, field: str) -> tuple[Any, Any, str]:
        made = self[field] = self._values.get(field), origin(self._subject, field), unit_of(self._kind, field)
        return made

    def comparison(self, atom: Atom) -> Comparison:
        """Return one comparison with what is known of its fact."""
        value, stated, unit = self[atom.field]
        threshold, headroom = atom.value, None
        if value.__class__ in (float, int) and threshold.__class__ in (float, int) and threshold:
            headroom = (threshold - value) / threshold
        met = atom.holds(self._values)
        return Comparison(atom.field, value, stated, atom.operator, threshold, unit, met, headroom)


def _launch(book: Book, service: str) -> Ground:
    known = book.services[service]
    source = next((book.facts[limit.fact].source for limit in known.limits), None)
    return Ground(f"{service}-since", "launch", "rules-out", True, (), source)


def origin(subject: SubjectVerdict, field: str) -> Any:
    """Return where what is known of a fact comes from: stated, assumed, derived or decided."""
    if field in subject.asked.answers:
        return "stated"
    if field.startswith("workload."):
        return "assumed" if field in subject.known.assumed else "stated"
    if field in DERIVED:
        return "derived"
    return "decided" if any(c.table.role.id == field for c in subject.chosen) else "assumed"


def best(axes: Mapping[str, Mapping[str, int]], possible: tuple[str, ...]) -> tuple[str, ...]:
    """Return the possible candidates than which no other is at least as good on every axis and better on one."""
    return tuple(s for s in possible if not any(_dominates(axes[o], axes[s]) for o in possible if o != s))


def _dominates(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    named = {*one, *other}
    pairs = [(one.get(axis, 0), other.get(axis, 0)) for axis in named]
    return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)
