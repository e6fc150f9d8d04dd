"""Dead ends: what leaves a role of a subject, or its roles together, without a candidate, whatever else changes.

A failure that does not depend on an earlier choice is not looked for behind the other candidates for it
(conflict-directed backjumping, P. Prosser, Hybrid algorithms for the constraint satisfaction problem, 1993).
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from advisor.book.condition import Atom, Condition
from advisor.requirements.answers import AnsweredSubject
from advisor.verdict.joint_choice import Chosen
from advisor.verdict.needs import derive
from advisor.verdict.rule_matrix import PRIORITIES, Entry, RuleTable

_PRIORITIES = (Atom(PRIORITIES, "is", None),)
Read = tuple[Any, ...]
Reader = Callable[[Condition], Read]


class DeadEnds(NamedTuple):
    """A subject and the tables of its roles; `reads` returns what a condition depends on, with the ids of earlier roles."""

    subject: AnsweredSubject
    tables: tuple[RuleTable, ...]
    reads: Reader

    def of(self, values: Mapping[str, Any], role: str | None, at: int = 0) -> Read | None:
        """Return what leaves a role empty whatever the roles before it choose, or None if it can be filled or does not exist.

        Without a role: what leaves some role empty, whatever they choose. `values` are the facts before the role at `at`
        is decided.
        """
        if at == len(self.tables):
            return None
        table = self.tables[at]
        fired = table.fired(values)
        if not fired:
            below = None if table.role.id == role else self.of(values, role, at + 1)
            return below and self._instead(below, table, [])
        pin = self.subject.pins.get(table.role.id)
        services = (pin,) if pin else table.outcome(fired, values.get(PRIORITIES) or ()).ranked
        found: dict[Any, None] = {}
        if services and table.role.id == role:
            return None
        for service in services or (() if role in (None, table.role.id) else (None,)):
            below = self.of(self._after(values, table.role.id, service), role, at + 1)
            if below is None or table.role.id not in below:
                return below
            found |= dict.fromkeys(below)
        return self._instead(tuple(found), table, [] if pin else self._rejecting(table, fired, services), True)

    def _after(self, values: Mapping[str, Any], role: str, service: str | None) -> Mapping[str, Any]:
        tried = {**values, role: service}
        if role in ("compute", "store"):
            derive(self.subject.kind, tried)
        return tried

    def _instead(self, below: Read, table: RuleTable, rejecting: Collection[Entry], decided: bool = False) -> Read:
        """Return what a failure depends on, with what the choice of a role depends on in the place of this choice."""
        if not decided and table.role.id not in below:
            return below
        own = [read for when in (*(e.when for e in rejecting), table.role.when) for read in self.reads(when)]
        return tuple(dict.fromkeys(read for read in (*own, *below) if read != table.role.id))

    def _rejecting(self, table: RuleTable, fired: int, left: Collection[str]) -> list[Entry]:
        """Return entries that rule out every candidate that is not left, without those that others make superfluous."""
        entries = [entry for entry in table.entries_of(fired) if entry.against]
        needed = {service for service in table.role.candidates if service not in (*left, *table.unavailable)}
        for entry in sorted(entries, key=lambda entry: len(self.reads(entry.when)), reverse=True):
            others = [other for other in entries if other is not entry]
            if needed <= {service for other in others for service in other.against}:
                entries = others
        return entries

    def alone(self, empty: Chosen, chosen: Mapping[str, Chosen], passed: tuple[str, ...] = ()) -> Iterator[Any]:
        """Yield what leaves a role empty while each role before it takes its own best candidate.

        `chosen` are the choices by role; of those that the role depends on, what they prefer is read as well.
        """
        table = empty.table
        if passed:
            conditions = [e.when for e in table.entries_of(empty.fired) if e.against or e.favours]
        else:
            conditions = [entry.when for entry in self._rejecting(table, empty.fired, ())]
        reads = [read for when in (*conditions, table.role.when) for read in self.reads(when)]
        for read in (*reads, *(self.reads(_PRIORITIES) if passed else ())):
            if read not in chosen:
                yield read
            elif read not in passed:
                yield from self.alone(chosen[read], chosen, (*passed, read))
