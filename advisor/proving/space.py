"""The space of a kind of subject: every fact that the book compares, and one value for each class of equal values."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import accumulate, chain, combinations, pairwise
from typing import Any

from advisor.book import DatedBook
from advisor.book.condition import Atom, Condition
from advisor.sensitivity.cells import Cut, cuts_of
from advisor.verdict.derived_titles import DERIVED
from advisor.verdict.known import any_allowed
from advisor.verdict.rule_matrix import PRIORITIES, RuleTable, rule_tables
from advisor.vocabulary import DESTINATION_KINDS, ENGINE_FIELDS, FIELDS, Field

Region = Mapping[str, int]


class Space:
    """The facts of one kind of subject and their classes of values; a region allows some classes of some facts, as bits."""

    def __init__(self, dated: DatedBook, kind: str) -> None:
        self.dated, self.kind = dated, kind
        self.tables: tuple[RuleTable, ...] = rule_tables(dated)[kind]
        read = {column.field for table in self.tables for column in table.columns}
        self.fields = {f.id: f for f in ENGINE_FIELDS[kind]} | {f"workload.{f.id}": f for f in FIELDS["workload"]}
        self._conditions = self._asked(read)
        self._read = {fact: self.atoms(fact) for fact in read | self._conditions.keys()}
        self.values = {fact: self._classes(fact) for fact in sorted(read | self._conditions.keys())}
        # Priorities are compared by no rule of some kinds, and weigh what all of them prefer.
        self.values[PRIORITIES] = tuple(self._of_field(PRIORITIES, self.fields[PRIORITIES]))
        self.full = {fact: (1 << len(values)) - 1 for fact, values in self.values.items()}
        self._class_numbers: dict[str, dict[Any, int]] = {fact: {} for fact in self.values}
        self._nothing = {fact: self._numbered(fact, lambda value: value is None) for fact in self.values}
        self._applies = {fact: tuple(self._applying(fact)) for fact in self.values}
        ends = [*accumulate(map(len, self.values.values()), initial=0)]
        self._offsets, self._whole = dict(zip(self.values, ends, strict=False)), (1 << ends[-1]) - 1

    def _asked(self, read: set[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Return each fact that determines whether a compared question applies, with the answers for which it applies."""
        asked: dict[str, dict[tuple[str, ...], None]] = {}
        for field in (self.fields[name] for name in sorted(read) if name in self.fields):
            for other, allowed in field.applies.items():
                asked.setdefault(other, {})[allowed] = None
        return {other: tuple(allowed) for other, allowed in asked.items()}

    def _classes(self, fact: str) -> tuple[Any, ...]:
        classes: dict[Any, Any] = {}
        for value in self._values(fact):
            classes.setdefault(self._signature(fact, value), value)
        return tuple(classes.values())

    def _values(self, fact: str) -> Iterable[Any]:
        role = next((t.role for t in self.tables if t.role.id == fact), None)
        if role is not None:
            return [*role.candidates, None]
        field = self.fields.get(fact)
        if field is None:
            return self._derived(fact)
        if field.demand and field.kind == "flag":
            return [False, True]
        missing = [None] if (field.default is None and not field.minimum) or field.applies else []
        return [*self._of_field(fact, field), *missing]

    def _of_field(self, fact: str, field: Field) -> Iterable[Any]:
        if field.kind == "quantity":
            kind = "workload" if fact.startswith("workload.") else self.kind
            return _numbers(cuts_of(self.dated, kind, field.id), field.minimum, field.maximum)
        if field.kind == "flag":
            return [False, True]
        if field.kind == "choice":
            return [option.value for option in field.options]
        if field.kind == "choices" and field.minimum:
            return _singles_and_pairs([option.value for option in field.options])
        if field.kind == "choices":
            return _subsets([option.value for option in field.options])
        return [*dict.fromkeys(v for atom in self.atoms(fact) for v in atom.value), field.default]

    def _derived(self, fact: str) -> Iterable[Any]:
        unit = DERIVED[fact][1]
        if unit == "flag":
            return [False, True]
        if unit:
            return _numbers(cuts_of(self.dated, self.kind, fact), 0.0, 1e12)
        if fact == "listens_kind":
            return ["none", "channel", "store"]
        if fact == "destination_kinds":
            return _subsets([option.value for option in DESTINATION_KINDS])
        return _subsets(dict.fromkeys(v for atom in self.atoms(fact) for v in atom.value))

    def class_of(self, fact: str, value: Any) -> int:
        """Return the number of the class that a value belongs to."""
        known = self._class_numbers[fact]
        if value not in known:
            signature = self._signature(fact, value)
            samples = enumerate(self.values[fact])
            known[value] = next((n for n, sample in samples if self._signature(fact, sample) == signature), 0)
        return known[value]

    def _signature(self, fact: str, value: Any) -> Any:
        matches = tuple(atom.holds({fact: value}) for atom in self._read.get(fact, ()))
        asked = tuple(any_allowed(value, allowed) for allowed in self._conditions.get(fact, ()))
        return (value is None, value if fact == PRIORITIES else None, *matches, *asked)

    def atoms(self, fact: str) -> list[Atom]:
        """Return every comparison with a fact."""
        return [atom for table in self.tables for c in table.columns if c.field == fact for _, atom in c.atoms]

    def region(self, condition: Condition) -> Region | None:
        """Return the region in which a condition holds, or None if it never does."""
        bits_of: dict[str, int] = {}
        for atom in condition:
            bits = _bits(self.values[atom.field], atom)
            bits_of[atom.field] = bits_of.get(atom.field, self.full[atom.field]) & bits
        return bits_of if all(bits_of.values()) else None

    def meet(self, region: Region, other: Region) -> Region | None:
        """Return the intersection of two regions, or None if it is empty."""
        overlap = dict(region)
        for fact, bits in other.items():
            common = overlap.get(fact, self.full[fact]) & bits
            if not common:
                return None
            overlap[fact] = common
        return self.tightened(overlap)

    def tightened(self, region: dict[str, int]) -> Region | None:
        """Drop impossible values: a question that does not apply has none, one that applies with a default has one."""
        for fact in list(region):
            for other, bits in self._applies[fact]:
                if not region[fact] & self._nothing[fact]:
                    region[other] = region.get(other, self.full[other]) & bits
                    if not region[other]:
                        return None
        return region

    def _numbered(self, fact: str, holds: Callable[[Any], bool]) -> int:
        """Return the classes of a fact for whose value something holds, as bits."""
        return sum(1 << n for n, value in enumerate(self.values[fact]) if holds(value))

    def _applying(self, fact: str) -> Iterator[tuple[str, int]]:
        """Yield each fact that determines whether a question applies, with the values for which it applies, as bits."""
        field = self.fields.get(fact)
        for other, allowed in field.applies.items() if field else ():
            yield other, self._numbered(other, partial(any_allowed, allowed=allowed))

    def code(self, region: Region) -> int:
        """Return a region as a bit set; a region contains another if it contains its bits."""
        code = self._whole
        for fact, bits in region.items():
            code &= ~((self.full[fact] & ~bits) << self._offsets[fact])
        return code

    def point(self, values: Mapping[str, Any]) -> int:
        """Return facts as a bit set; a region contains them if it contains its bits."""
        return sum(1 << self._offsets[fact] + self.class_of(fact, values.get(fact)) for fact in self._offsets)

    def inside(self, region: Region, other: Region) -> bool:
        """Return whether a region lies in another."""
        return all(region.get(fact, self.full[fact]) & ~bits == 0 for fact, bits in other.items())

    def allowed(self, region: Region, fact: str) -> list[Any]:
        """Return the values of a fact that a region allows."""
        bits = region.get(fact, self.full[fact])
        return [value for n, value in enumerate(self.values[fact]) if bits >> n & 1]


def _bits(values: tuple[Any, ...], atom: Atom) -> int:
    return sum(1 << n for n, value in enumerate(values) if atom.holds({atom.field: value}))


def _numbers(cuts: tuple[Cut, ...], least: float, most: float) -> list[float]:
    """Return one number between each pair of cuts, an integer if possible."""
    inside = [cut for cut in cuts if Cut(least, 0) < cut < Cut(most, 1)]
    edges = [Cut(least, 0), *inside, Cut(most, 1)]
    numbers = []
    for low, high in pairwise(edges):
        if low.side == 0:
            numbers.append(low.value)
        elif high.side == 1:
            numbers.append(high.value)
        else:
            numbers.append(low.value + 1 if low.value + 1 < high.value else (low.value + high.value) / 2)
    return numbers


@lru_cache(maxsize=64)
def _combined(values: tuple[Any, ...]) -> tuple[tuple[Any, ...], ...]:
    return tuple(chain.from_iterable(combinations(values, size) for size in range(min(len(values), 4) + 1)))


def _singles_and_pairs(values: Iterable[Any]) -> tuple[tuple[Any, ...], ...]:
    """Return each value alone and every pair of values.

    A comparison with such a fact asks whether one of some values is among them (`in`), or none (`not_in`): what two
    limits or rules ask of a larger set, two of its values do as well.
    """
    return tuple(chosen for chosen in _subsets(values) if len(chosen) in (1, 2))


def _subsets(values: Iterable[Any]) -> tuple[tuple[Any, ...], ...]:
    return _combined(tuple(values))
