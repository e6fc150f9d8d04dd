"""What is known of a subject before a rule reads it: its answers and the defaults of unanswered questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from advisor.requirements.answers import AnsweredSubject
from advisor.requirements.because import Because
from advisor.verdict.arrivals import RATES, bounds_only
from advisor.vocabulary import FIELDS, Field
from advisor.vocabulary.demands import BY_FACT, demands_on

_ALWAYS = {
    kind: {f.id: f.default for f in fields if f.default is not None and not f.applies}
    for kind, fields in FIELDS.items()
}
# What is known where nothing is answered: the defaults, and that nothing is demanded of a part.
_START: dict[str, dict[str, Any]] = {
    kind: defaults | ({} if kind == "workload" else dict.fromkeys(sorted(demands_on(kind)), False))
    for kind, defaults in _ALWAYS.items()
}
_CONDITIONAL = {
    kind: tuple((f.id, f.default, tuple(f.applies.items())) for f in fields if f.applies)
    for kind, fields in FIELDS.items()
}


@dataclass
class Known:
    """Values by fact id, the assumed ones, and the reasons of assumptions that are not plain defaults."""

    values: dict[str, Any]
    assumed: set[str] = field(default_factory=set)
    because: dict[str, tuple[Because, ...]] = field(default_factory=dict)

    @cached_property
    def as_workload_facts(self) -> tuple[dict[str, Any], set[str]]:
        """The facts of the workload under the names that its subjects have for them: `workload.<id>`."""
        return {f"workload.{id}": value for id, value in self.values.items()}, {f"workload.{id}" for id in self.assumed}

    @property
    def rated(self) -> bool:
        """Whether a rate is stated, or both follow from a stated one of another part and not only have it as an upper bound."""
        follows = self.follows and not any(map(bounds_only, self.because[RATES[0]]))
        return follows or bool({*RATES} & self.values.keys() - self.assumed)

    @property
    def follows(self) -> bool:
        """Whether both rates follow from a stated one of another part, or have it as an upper bound."""
        return {*RATES} <= self.because.keys()

    @property
    def supposed(self) -> set[str]:
        """The assumed facts, with the concurrency if a factor of it is assumed."""
        rated = {*RATES} - self.assumed
        return self.assumed if rated and "typical_run_s" not in self.assumed else self.assumed | {"concurrency"}

    @cached_property
    def demanded(self) -> tuple[str, ...]:
        """The hard requirements that are made, as their flags."""
        return tuple(fact for fact in BY_FACT if self.values.get(fact))


def applies(field: Field, values: Mapping[str, Any]) -> bool:
    """Return whether a question is meaningful, given the other answers and defaults."""
    more = all((values.get(other) or 0.0) > least for other, least in field.above.items())
    return more and all(any_allowed(values.get(other), allowed) for other, allowed in field.applies.items())


@lru_cache(maxsize=4096)
def any_allowed(value: Any, allowed: tuple[Any, ...]) -> bool:
    """Return whether an answer, or one of several, is among those that make a question meaningful."""
    return any(one in allowed for one in value) if isinstance(value, tuple) else value in allowed


def answered(kind: str, answers: Mapping[str, Any]) -> Known:
    """Return the answers about a subject, with the defaults of the questions that apply and are not answered."""
    always = _ALWAYS[kind]
    values: dict[str, Any] = {**_START[kind], **answers}
    assumed = always.keys() - answers.keys()
    for id, default, conditions in _CONDITIONAL[kind]:
        for other, allowed in conditions:
            if not any_allowed(values.get(other), allowed):
                values.pop(id, None)
                break
        else:
            if id not in values and default is not None:
                values[id] = default
                assumed.add(id)
    return Known(values, assumed)


def filled(subject: AnsweredSubject) -> Mapping[str, Any]:
    """Return the answers about a subject with the defaults of what is not answered."""
    return answered(subject.kind, subject.answers).values


def fill(facts: Known, id: str, value: Any) -> None:
    """Add an assumed value in place where nothing is known."""
    if facts.values.get(id) is None:
        facts.values[id] = value
        facts.assumed.add(id)
