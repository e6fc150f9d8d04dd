"""The rule book as values: facts by date, services with their limits, roles, rules, connections."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args

from advisor.book.condition import Condition
from advisor.decision import Source, SubjectKind
from advisor.text import Text

Effect = Literal["reject", "require", "prefer", "warn", "explain"]
EFFECTS: tuple[Effect, ...] = get_args(Effect)
Axis = Literal["suitability", "operations", "cost", "latency", "portability", "simplicity", "reliability"]
AXES: tuple[Axis, ...] = get_args(Axis)


#: The label of a value that is clear by itself.
PLAIN = Text.same("{value}")


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated fact about AWS. `series` holds (from date, value), oldest first; only facts that `decide` rule out.

    `label` says what a value counts, or the period for which it holds: "{value} per second".
    """

    id: str
    service: str
    statement: Text
    unit: str
    kind: Literal["hard-limit", "quota", "setting", "feature", "lifecycle", "property", "price", "behaviour"]
    decides: bool
    confidence: Literal["high", "medium", "low"]
    series: tuple[tuple[str, Any], ...]
    source: Source
    note: str = ""
    note_ja: str = ""
    label: Text = PLAIN

    def value(self, as_of: str) -> Any:
        """Return the value that was in force on an ISO date, or None before the first."""
        in_force = [value for since, value in self.series if since <= as_of]
        return in_force[-1] if in_force else None


@dataclass(frozen=True, slots=True)
class Limit:
    """A field of the subject may be at most (or must be at least) the value of a fact, else the service is out.

    `when` says in which case the limit applies, such as answers that are not streamed; empty: always.
    """

    role: str
    field: str
    relation: Literal["at_most", "at_least"]
    fact: str
    when: Condition = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a service in a role that a hard requirement can exclude, and the dated fact that states it.

    `when` says in which case it does, such as containers that keep running between requests; empty: always.
    """

    role: str
    name: str
    fact: str
    when: Condition = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Further reading: a page in each language."""

    title: Text
    url: Text


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the catalogue: its purpose, when not to use it, its limits and properties, and further reading.

    `since` is the day it became generally available (ISO date; empty: before this book's memory).
    """

    id: str
    name: Text
    note: Text
    lifecycle: Literal["available", "emerging", "retired"]
    solves: Text
    not_when: Text
    limits: tuple[Limit, ...]
    reading: tuple[Reading, ...]
    replaced_by: tuple[str, ...] = ()
    since: str = ""
    properties: tuple[Property, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A role of a subject, and its candidates in order of preference.

    Roles are listed in the order in which they are decided, so that a rule of one role can read the choice of an
    earlier role. `bands` places candidates on the axes of preference, from 0 (poor) to 3 (very good); what is not
    stated is 0; `rationale` says on what a band rests, as a clause without a full stop. `never_better` names a candidate and a number: as that grows and the earlier roles keep their services,
    the candidate is never chosen again once it was not.
    """

    id: str
    subject: SubjectKind
    title: Text
    when: Condition
    candidates: tuple[str, ...]
    bands: Mapping[str, Mapping[str, int]]
    never_better: tuple[tuple[str, str], ...] = ()
    rationale: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its condition, its effect on services of a role, and the reason.

    *Explain* judges nothing: it says why a service suits that is chosen anyway.

    `axis` is the axis of preference to which a rule with the effect *prefer* belongs. `others` is the sentence on the services
    that a rule with the effect *require* rules out.
    """

    id: str
    topic: str
    role: str
    when: Condition
    effect: Effect
    services: tuple[str, ...]
    because: Text
    source: Source
    fires: tuple[Mapping[str, Any], ...]
    quiet: tuple[Mapping[str, Any], ...]
    axis: Axis = "suitability"
    others: Text | None = None


@dataclass(frozen=True, slots=True)
class KnownWay:
    """An alternative if no service fits a role: what to do, its trade-off, and the answers that it changes.

    `change` holds the new answers about the subject by field; None takes an answer back.
    """

    id: str
    role: str
    title: Text
    when: Condition
    change: Mapping[str, Any]
    way: Text
    price: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection of two services with a verb: label, line type and required IAM actions."""

    source: str
    verb: str
    target: str
    label: Text
    sentence: Text
    flow: Any
    actions: tuple[str, ...] = ()
    grantee: Literal["source", "target"] = "source"


@dataclass(frozen=True)
class Book:
    """Everything that is known and judged. `version` is a hash of its files, `newest` its newest check date."""

    facts: Mapping[str, Fact]
    services: Mapping[str, Service]
    roles: tuple[Role, ...]
    rules: tuple[Rule, ...]
    connections: Mapping[tuple[str, str, str], Connection]
    version: str
    ways_out: tuple[KnownWay, ...] = ()

    @cached_property
    def newest(self) -> str:
        """The newest check date of any fact or rule, which is the default date of a decision."""
        return max(self._checked)

    @cached_property
    def oldest(self) -> str:
        """The oldest check date of any fact or rule."""
        return min(self._checked)

    @property
    def _checked(self) -> list[str]:
        sources = [fact.source for fact in self.facts.values()] + [rule.source for rule in self.rules]
        return [source.checked for source in sources]

    @cached_property
    def role_ids(self) -> frozenset[str]:
        """The ids of all roles."""
        return frozenset(role.id for role in self.roles)

    @cached_property
    def kept(self) -> dict[str, dict[str, Any]]:
        """Values that other modules derive from this book and cache, by date (see `DatedBook.kept`)."""
        return {}

    @cached_property
    def _rules_by_role(self) -> dict[str, tuple[Rule, ...]]:
        by_role: dict[str, list[Rule]] = {}
        for rule in self.rules:
            by_role.setdefault(rule.role, []).append(rule)
        return {role: tuple(rules) for role, rules in by_role.items()}

    def rules_of(self, role: str) -> tuple[Rule, ...]:
        """Return the rules that judge a role, in id order."""
        return self._rules_by_role.get(role, ())

    def roles_of(self, subject: str) -> tuple[Role, ...]:
        """Return the roles of one kind of subject, in the order in which they are decided."""
        return tuple(role for role in self.roles if role.subject == subject)

    def role(self, id: str) -> Role:
        """Return a role. Raises KeyError if there is none."""
        for role in self.roles:
            if role.id == id:
                return role
        raise KeyError(id)
