"""The sweep: every question answered in every other way, one at a time, and the effect on the verdict.

Flip points, stability, the next question and the assumptions that carry a verdict are all read from it.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

from advisor.book import DatedBook
from advisor.requirements.answers import WORKLOAD
from advisor.sensitivity.cells import Cell, cell_at, cells, likely, open_fields, value_of
from advisor.verdict import Verdict, revised
from advisor.vocabulary import Field


class Move(NamedTuple):
    """One role of one subject that changes its service. None means no service, or no such role."""

    subject: str
    role: str
    before: str | None
    after: str | None


class Swept(NamedTuple):
    """One question about a subject (`WORKLOAD` for the workload's own), its cells, and the moves in each of them."""

    subject: str
    field: Field
    value: Any
    stated: bool
    cells: tuple[Cell, ...]
    at: int | None
    moves: tuple[tuple[Move, ...], ...]

    @property
    def changing(self) -> int:
        """In how many of the cells the verdict is another."""
        return sum(bool(moved) for moved in self.moves)

    @property
    def others(self) -> int:
        """How many cells there are besides the current one."""
        return len(self.cells) - (self.at is not None)

    @property
    def share(self) -> float:
        """The share of all likely cells in which the verdict is another."""
        counted = likely(self.field, self.cells)
        return sum(bool(self.moves[n]) for n in counted) / len(counted) if counted else 0.0


def sweep(dated: DatedBook, verdict: Verdict, only: Collection[str] | None = None) -> tuple[Swept, ...]:
    """Return every question that applies, swept over its cells: the workload's first, then subject by subject.

    `only` names the questions to sweep, where not all of them matter.
    """
    now = verdict.services
    return tuple(
        _swept(dated, verdict, now, subject, field)
        for subject in (WORKLOAD, *verdict.subjects)
        for field in open_fields(verdict, subject)
        if only is None or field.id in only
    )


def _swept(dated: DatedBook, verdict: Verdict, now: Any, subject: str, field: Field) -> Swept:
    value = value_of(verdict, subject, field.id)
    field_cells = cells(dated, verdict, subject, field)
    at = None if value is None else cell_at(field_cells, value)
    moves = tuple(
        () if number == at else moved(now, revised(verdict, subject, {field.id: cell.sample}, dated).services)
        for number, cell in enumerate(field_cells)
    )
    return Swept(
        subject=subject,
        field=field,
        value=value,
        stated=field.id in verdict.answers.of(subject),
        cells=field_cells,
        at=at,
        moves=moves,
    )


def moved(before: dict[str, Any], after: dict[str, Any]) -> tuple[Move, ...]:
    """Return every role that changes its service."""
    if before == after:
        return ()
    return tuple(
        Move(subject, role, roles.get(role), after[subject].get(role))
        for subject, roles in before.items()
        for role in dict.fromkeys((*roles, *after[subject]))
        if roles.get(role) != after[subject].get(role)
    )


def stability(swept: tuple[Swept, ...]) -> float:
    """Return the share of all (question, other cell) pairs that leave the verdict as it is."""
    others = sum(s.others for s in swept)
    return 1.0 - sum(s.changing for s in swept) / others if others else 1.0
