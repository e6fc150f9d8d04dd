"""The limits, properties and rules of a role as tables of bits: one bit for each, one column per fact that is compared.

A column holds, for every cell of its fact (a stretch of numbers between two thresholds, or an option), which limits
and rules that cell leaves standing. Which of them hold for a subject is the *and* over the columns, and everything
that follows from it (who is out, who is preferred) is worked out once for each set of them.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from advisor.book import AXES, DatedBook, Limit, Property, Role, Rule, Service
from advisor.book.condition import Atom, Condition
from advisor.verdict.derived_titles import DERIVED
from advisor.vocabulary import FIELDS
from advisor.vocabulary.demands import BY_FACT, DEMAND_FACTS, DEMANDING, START_TIME, START_WITHIN, concerning
from advisor.vocabulary.units import convert

PRIORITIES = "workload.priorities"
# A priority favors the axis of the same name; only this one has another id.
_AXIS_OF = {"low-operations": "operations"}
_PRIORITY_WEIGHT = 3
_CACHE_SIZE = 20000
#: Outcomes that are kept of a role. Some 1,000 are different in thousands of workloads; a server meets new ones for days.
_MOST_OUTCOMES = 4000


class Entry(NamedTuple):
    """A limit or a rule of a role: when it holds, and the candidates that it rules out or prefers.

    A limit holds when it is broken, a property when a hard requirement excludes it. `axis` is set for preferences only.
    """

    id: str
    when: Condition
    against: tuple[str, ...]
    favours: tuple[str, ...]
    axis: str
    rule: Rule | None
    limit: Limit | None
    threshold: float
    property: Property | None = None


class Outcome(NamedTuple):
    """The result of a set of limits and rules: the possible candidates, best first, and their scores."""

    ranked: tuple[str, ...]
    scores: Mapping[str, tuple[int, int]]
    axes: Mapping[str, Mapping[str, int]]


class Column:
    """For each value of a fact the entries that can still apply, as bits."""

    __slots__ = ("atoms", "breaks", "field", "numeric", "others")

    def __init__(self, field: str, atoms: list[tuple[int, Atom]], full: int) -> None:
        self.field = field
        self.atoms = atoms
        self.breaks = sorted({float(v) for _, atom in atoms for v in _numbers(atom)})
        self.numeric = [self._mask(sample, full) for sample in samples(self.breaks)] if self.breaks else []
        self.others: dict[Any, int] = {None: self._mask(None, full)}

    def mask(self, value: Any, full: int) -> int:
        """Return the entries that can still apply with a value, as bits."""
        if self.numeric and value.__class__ in (float, int):
            return self.numeric[self._cell(value)]
        standing = self.others.get(value)
        if standing is None:
            standing = self._mask(value, full)
            if len(self.others) < _CACHE_SIZE:
                self.others[value] = standing
        return standing

    def masks_between(self, least: Any, most: Any, full: int) -> list[int]:
        """Return the masks of all values of a fact between two values; for non-numeric facts, the masks of the two."""
        if not self.numeric or least.__class__ not in (float, int) or most.__class__ not in (float, int):
            return [self.mask(least, full), self.mask(most, full)]
        return self.numeric[self._cell(least) : self._cell(most) + 1]

    def _cell(self, value: float) -> int:
        at = bisect_left(self.breaks, value)
        return 2 * at + (at < len(self.breaks) and self.breaks[at] == value)

    def _mask(self, value: Any, full: int) -> int:
        mask, facts = full, {self.field: value}
        for bit, atom in self.atoms:
            if not atom.holds(facts):
                mask &= ~(1 << bit)
        return mask


Reads = tuple[tuple[Column, str, dict[Any, int] | None], ...]


def _reads(columns: Iterable[Column]) -> Reads:
    """Return columns for the innermost loop of every sweep, whose cached values are read without a call."""
    return tuple((column, column.field, None if column.numeric else column.others) for column in columns)


def samples(breaks: list[float]) -> list[float]:
    """Return one number for each cell between thresholds: below the first, the first, between, …, above the last."""
    values = [breaks[0] - 1.0]
    for low, high in zip(breaks, [*breaks[1:], breaks[-1] + 2.0], strict=True):
        values += [low, (low + high) / 2]
    return values


def _numbers(atom: Atom) -> list[float]:
    values = atom.value if isinstance(atom.value, tuple) else (atom.value,)
    return [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]


class RuleTable:
    """The entries of one role as of a date. Bit 0 states whether the role exists for a subject."""

    def __init__(self, dated: DatedBook, role: Role) -> None:
        self.role = role
        self.unavailable = tuple(s for s in role.candidates if not _available(dated, s))
        self.entries = tuple(_entries(dated, role))
        self.limits = _limits(self.entries)
        self.full = (1 << (len(self.entries) + 1)) - 1
        atoms: dict[str, list[tuple[int, Atom]]] = {atom.field: [] for atom in role.when}
        for bit, when in enumerate((role.when, *(entry.when for entry in self.entries))):
            for atom in when:
                atoms.setdefault(atom.field, []).append((bit, atom))
        self.columns = tuple(Column(field, read, self.full) for field, read in atoms.items())
        self._reads = self.full, _reads(self.columns)
        self._undemanded = self._without_demands()
        self.judging = 1 + sum(1 << n for n, e in enumerate(self.entries, 1) if e.against or e.favours)
        self.compared = tuple(tuple(atom.field for atom in entry.when) for entry in self.entries)
        self.grounds: dict[Any, Any] = {}  # what the proofs of this role keep
        self._outcomes: dict[tuple[int, Any], Outcome] = {}
        self._axes: dict[tuple[tuple[str, int], ...], Mapping[str, int]] = {}

    def _without_demands(self) -> "tuple[int, Reads]":
        """Return the entries that can apply without hard requirements, and the columns on which they depend."""
        standing = self.full
        for column in self.columns:
            if column.field in DEMAND_FACTS:
                standing &= column.mask(False if column.field in BY_FACT else None, self.full)
        return standing, _reads(column for column in self.columns if column.field not in DEMAND_FACTS)

    def fired(self, values: Mapping[str, Any]) -> int:
        """Return the entries that hold for the facts of a subject as bits, or 0 if the role does not exist."""
        full, known = self.full, values.get
        standing, reads = self._reads if known(DEMANDING) else self._undemanded
        for column, field, kept in reads:
            value = known(field)
            mask = kept.get(value) if kept is not None else None
            standing &= column.mask(value, full) if mask is None else mask
            if not standing & 1:
                return 0
        return standing

    def entries_of(self, fired: int) -> tuple[Entry, ...]:
        """Return the entries whose bits are set."""
        entries, found, left = self.entries, [], fired >> 1
        while left:  # by bit: a few of many are set
            lowest = left & -left
            found.append(entries[lowest.bit_length() - 1])
            left ^= lowest
        return tuple(found)

    def possible_services(self, must: int, may: int, priorities: Iterable[tuple[str, ...]]) -> set[str | None]:
        """Return every service that may be chosen when some entries hold and others may, or None if perhaps nothing fits."""
        sure, perhaps = self.entries_of(must), self.entries_of(may & ~must)
        out = {s for entry in sure for s in entry.against} | set(self.unavailable)
        perhaps_out = {s for entry in perhaps for s in entry.against}
        remaining = [s for s in self.role.candidates if s not in out]
        affected = {s for entry in perhaps for s in entry.favours} | perhaps_out
        services: set[str | None] = set() if any(s not in perhaps_out for s in remaining) else {None}
        for weights in priorities:
            ranked = self.outcome(must, weights).ranked
            first = next((n for n, s in enumerate(ranked) if s not in perhaps_out), len(ranked) - 1)
            services |= set(ranked[: first + 1]) | {s for s in affected if s not in out}
        return services

    def outcome(self, fired: int, priorities: tuple[str, ...]) -> Outcome:
        """Return the possible candidates, best first, when these entries apply."""
        key = (fired & self.judging, priorities)
        outcome = self._outcomes.get(key)
        if outcome is None:
            if len(self._outcomes) >= _MOST_OUTCOMES:
                self._outcomes.clear()
            outcome = self._outcomes[key] = self._judge(self.entries_of(fired & self.judging), priorities)
        return outcome

    def _judge(self, entries: tuple[Entry, ...], priorities: tuple[str, ...]) -> Outcome:
        out = {service for entry in entries for service in entry.against} | set(self.unavailable)
        axes = {s: self._bands(s, entries) for s in self.role.candidates}
        favoured = {_AXIS_OF.get(priority, priority) for priority in priorities}
        scores = {s: self._score(s, entries, axes[s], favoured) for s in self.role.candidates}
        order = self.role.candidates.index
        possible = [s for s in self.role.candidates if s not in out]
        ranked = sorted(possible, key=lambda s: (-scores[s][0], -scores[s][1], order(s)))
        return Outcome(tuple(ranked), scores, axes)

    def _bands(self, service: str, entries: tuple[Entry, ...]) -> Mapping[str, int]:
        bands = dict(self.role.bands.get(service, {}))
        for entry in entries:
            if service in entry.favours:
                bands[entry.axis] = bands.get(entry.axis, 0) + 1
        axes: dict[str, int] = {axis: bands[axis] for axis in AXES if axis in bands}
        return self._axes.setdefault(tuple(axes.items()), axes)  # the same few, in every outcome

    def _score(
        self, service: str, entries: tuple[Entry, ...], bands: Mapping[str, int], favoured: set[str]
    ) -> tuple[int, int]:
        """Return the score of the preferences for a candidate, and the sum of its bands, which breaks ties."""
        score = sum(_PRIORITY_WEIGHT if entry.axis in favoured else 1 for entry in entries if service in entry.favours)
        placed = self.role.bands.get(service, {})
        return score + sum(placed.get(axis, 0) for axis in favoured), sum(bands.values())


def _limits(entries: tuple[Entry, ...]) -> dict[str, list[tuple[int, Entry]]]:
    """Return the limits of each candidate, with their bits."""
    limits: dict[str, list[tuple[int, Entry]]] = {}
    for bit, entry in enumerate(entries, 1):
        for service in entry.against if entry.limit else ():
            limits.setdefault(service, []).append((bit, entry))
    return limits


def _available(dated: DatedBook, service: str) -> bool:
    in_catalogue = dated.book.services.get(service)
    return in_catalogue is None or (in_catalogue.lifecycle != "retired" and in_catalogue.since <= dated.as_of)


def _entries(dated: DatedBook, role: Role) -> list[Entry]:
    book = dated.book
    entries: list[Entry] = []
    for service in role.candidates:
        in_catalogue = book.services.get(service)
        entries += _excluded(dated, role, in_catalogue) if in_catalogue else ()
        for limit in in_catalogue.limits if in_catalogue else ():
            bound = book.facts[limit.fact].value(dated.as_of)
            if limit.role != role.id or bound is None:
                continue
            threshold = convert(float(bound), book.facts[limit.fact].unit, unit_of(role.subject, limit.field))
            broken = Atom(limit.field, "above" if limit.relation == "at_most" else "below", threshold)
            entries.append(
                Entry(
                    id=limit.fact,
                    when=(broken, *limit.when),
                    against=(service,),
                    favours=(),
                    axis="",
                    rule=None,
                    limit=limit,
                    threshold=threshold,
                )
            )
    for rule in book.rules_of(role.id):
        against, favours = _effects(role, rule)
        axis = rule.axis if rule.effect == "prefer" else ""
        entries.append(
            Entry(
                id=rule.id,
                when=rule.when,
                against=against,
                favours=favours,
                axis=axis,
                rule=rule,
                limit=None,
                threshold=0.0,
            )
        )
    return entries


def _excluded(dated: DatedBook, role: Role, service: Service) -> Iterator[Entry]:
    """Yield an entry for each hard requirement, and each property of a service that it excludes in a role."""
    for stated in service.properties:
        value = dated.book.facts[stated.fact].value(dated.as_of)
        if stated.role != role.id or value is None:
            continue
        excluding = [Atom(demand.fact, "is", True) for demand in concerning(stated.name, role.id)]
        if stated.name == START_TIME:
            excluding = [Atom(START_WITHIN, "below", convert(float(value), dated.book.facts[stated.fact].unit, "s"))]
        for atom in excluding:
            yield Entry(
                id=stated.fact, when=(atom, *stated.when), against=(service.id,), favours=(), axis="", rule=None, limit=None,
                threshold=0.0, property=stated,
            )  # fmt: skip


def _effects(role: Role, rule: Rule) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if rule.effect == "reject":
        return rule.services, ()
    if rule.effect == "require":
        return tuple(s for s in role.candidates if s not in rule.services), ()
    return (), rule.services if rule.effect == "prefer" else ()


@lru_cache(maxsize=1024)
def unit_of(kind: str, field: str) -> str:
    """Return the base unit of a fact that is compared; empty if it is not a number."""
    name = field.removeprefix("workload.")
    stated = next((f for f in FIELDS["workload" if name != field else kind] if f.id == name), None)
    if stated is not None:
        return stated.unit
    unit = DERIVED[field][1] if field in DERIVED else ""
    return "" if unit == "flag" else unit


def rule_tables(dated: DatedBook) -> Mapping[str, tuple[RuleTable, ...]]:
    """Return the tables of each kind of subject, in the order in which its roles are decided."""
    by_kind: Mapping[str, tuple[RuleTable, ...]] | None = dated.kept.get("tables")
    if by_kind is None:
        by_kind = dated.kept["tables"] = {
            kind: tuple(RuleTable(dated, role) for role in dated.book.roles_of(kind))
            for kind in ("component", "channel", "store")
        }
    return by_kind
