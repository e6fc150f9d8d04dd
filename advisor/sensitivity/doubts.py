"""Undecided limits and rules within a range of answers, and the fact on which each depends."""

import math
from typing import Any, NamedTuple

from advisor.book.condition import Atom
from advisor.requirements.answers import WORKLOAD
from advisor.sensitivity.box import Box, Place
from advisor.sensitivity.cells import cuts_of_atom
from advisor.verdict.needs import derive
from advisor.verdict.rule_matrix import RuleTable

#: What is known of a subject at the low and at the high corner of a box.
Ends = tuple[dict[str, Any], dict[str, Any]]


class Doubt(NamedTuple):
    """A fact of a subject whose values within a box are on both sides of a threshold."""

    subject: str
    fact: str
    atom: Atom


def bounds_in(box: Box, subject: str, table: RuleTable, ends: Ends) -> tuple[int, int]:
    """Return two bit sets: the entries that hold everywhere in a box, and those that hold somewhere."""
    must = may = table.full
    for column in table.columns:
        least, most = values_in(box, subject, column.field, ends)
        if least == most:
            mask = column.mask(least, table.full)
            must, may = must & mask, may & mask
            continue
        all_of, any_of = table.full, 0
        for mask in column.masks_between(least, most, table.full):
            all_of, any_of = all_of & mask, any_of | mask
        must, may = must & all_of, may & any_of
    return must, may


def doubtful_fact(box: Box, subject: str, table: RuleTable, open_: int, ends: Ends) -> Doubt | None:
    """Return a comparison that decides whether an open entry holds: of an answer if there is one."""
    conditions = [table.role.when] if open_ & 1 else []
    conditions += [entry.when for bit, entry in enumerate(table.entries, 1) if open_ >> bit & 1]
    first: Doubt | None = None
    for atom in (atom for when in conditions for atom in when):
        least, most = values_in(box, subject, atom.field, ends)
        if least == most or not between(atom, least, most):
            continue
        doubt = Doubt(subject, atom.field, atom)
        if place_of(doubt) in box.sides:
            return doubt
        first = first or doubt
    return first


def between(atom: Atom, least: Any, most: Any) -> list[float]:
    """Return the first numbers behind each cut of a comparison that lies between two values of its fact."""
    if not isinstance(least, int | float) or isinstance(least, bool):
        return [1.0]  # no number: it is one thing at one corner, and another at the other
    firsts = [_first_behind(cut.value, cut.side) for cut in cuts_of_atom(atom)]
    return [first for first in firsts if least < first <= most]


def place_of(doubt: Doubt) -> Place:
    """Return the question that a doubtful fact would answer, as (subject, field)."""
    field = doubt.fact.removeprefix("workload.")
    return (doubt.subject if field == doubt.fact else WORKLOAD, field)


def choose(kind: str, table: RuleTable, service: str | None, ends: Ends, *, exists: bool) -> None:
    """Set the choice of a role and its consequences in the facts of both corners."""
    for values in ends:
        if exists:
            values[table.role.id] = service
        else:
            values.pop(table.role.id, None)
        if table.role.id in ("compute", "store"):
            derive(kind, values)


def values_in(box: Box, subject: str, fact: str, ends: Ends) -> tuple[Any, Any]:
    """Return the minimum and maximum of a fact in a box."""
    least, most = ends[0].get(fact), ends[1].get(fact)
    held = box.held.get((subject, fact))
    if held is None or least is None or most is None:
        return least, most
    return max(least, held.low), min(most, held.high)


def _first_behind(value: float, side: int) -> float:
    return math.nextafter(value, math.inf) if side else value
