"""Conditions as data: a closed set of operators joined by *and*, so that they can be printed, negated and proved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Operator = Literal["is", "in", "not_in", "at_least", "at_most", "above", "below"]
OPERATORS: tuple[Operator, ...] = ("is", "in", "not_in", "at_least", "at_most", "above", "below")
Values = Mapping[str, Any]


class ConditionError(ValueError):
    """A condition cannot be read."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One comparison of a fact about the subject. A fact that is not known makes every comparison false."""

    field: str
    operator: Operator
    value: Any

    def holds(self, values: Values) -> bool:
        """Return whether the comparison is true. A list of values matches *is* and *in* when any of them does."""
        actual = values.get(self.field)
        if actual is None:
            return False
        if self.operator == "is":
            return bool(actual == self.value or (isinstance(actual, tuple) and self.value in actual))
        if self.operator in ("in", "not_in"):
            included = any(a in self.value for a in actual) if isinstance(actual, tuple) else actual in self.value
            return bool(included) == (self.operator == "in")
        return _compare(float(actual), self.operator, float(self.value))


Condition = tuple[Atom, ...]


def _compare(actual: float, operator: str, bound: float) -> bool:
    if operator == "at_least":
        return actual >= bound
    if operator == "at_most":
        return actual <= bound
    return actual > bound if operator == "above" else actual < bound


def parse_condition(raw: Mapping[str, Any]) -> Condition:
    """Parse `{field: {operator: value}}`. Raises ConditionError if it is invalid."""
    atoms = []
    for field, comparisons in raw.items():
        if not isinstance(comparisons, Mapping):
            raise ConditionError(f"'{field}' must be compared with one of {', '.join(OPERATORS)}")
        for operator, value in comparisons.items():
            if operator not in OPERATORS:
                raise ConditionError(f"unknown operator '{operator}'; allowed are {', '.join(OPERATORS)}")
            if operator in ("in", "not_in") and not isinstance(value, list):
                raise ConditionError(f"'{operator}' of '{field}' needs a list")
            if operator in OPERATORS[3:] and (isinstance(value, bool) or not isinstance(value, int | float)):
                raise ConditionError(f"'{operator}' of '{field}' needs a number in the field's base unit")
            atoms.append(Atom(field, operator, tuple(value) if isinstance(value, list) else value))
    return tuple(atoms)


def holds(condition: Condition, values: Values) -> bool:
    """Return whether every comparison is true; an empty condition always is."""
    return all(atom.holds(values) for atom in condition)
