"""The sweep: evaluates every other answer to every question, one at a time, and its effect on the decision.

Flip points, stability, the next question and the assumptions that carry a verdict are all read from it.
"""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from advisor.book import DatedBook
from advisor.requirements.answers import WORKLOAD
from advisor.sensitivity.cells import Cell, cell_at, cells, likely, open_fields, value_of
from advisor.sensitivity.consequence import consequence
from advisor.sensitivity.moves import Move, moved
from advisor.verdict import Verdict, revised
from advisor.vocabulary import Field

#: A question, as (subject, field).
Place = tuple[str, str]
_UNCHANGED: tuple[tuple[Move, ...], float] = ((), 0.0)


class Swept(NamedTuple):
    """One question about a subject (`WORKLOAD` for the workload's own), its cells, and the moves in each of them.

    `weights` say for each cell what it costs to have assumed otherwise.
    """

    subject: str
    field: Field
    value: Any
    stated: bool
    cells: tuple[Cell, ...]
    at: int | None
    moves: tuple[tuple[Move, ...], ...]
    weights: tuple[float, ...]

    @property
    def changing(self) -> int:
        """The number of answer ranges in which the decision is different."""
        return sum(bool(moved) for moved in self.moves)

    @property
    def others(self) -> int:
        """The number of cells besides the current one."""
        return len(self.cells) - (self.at is not None)

    @property
    def unchanged(self) -> tuple[int, int] | None:
        """The first and last cell of the interval around the assumption in which the verdict is constant."""
        if self.at is None or self.field.kind != "quantity":
            return None
        first = last = self.at
        while first > 0 and not self.moves[first - 1]:
            first -= 1
        while last + 1 < len(self.cells) and not self.moves[last + 1]:
            last += 1
        return first, last

    @property
    def share(self) -> float:
        """The share of all likely answer ranges in which the decision is different."""
        counted = likely(self.field, self.cells)
        return sum(bool(self.moves[n]) for n in counted) / len(counted) if counted else 0.0


def sweep(dated: DatedBook, verdict: Verdict) -> tuple[Swept, ...]:
    """Return every question that applies, each evaluated for all its answer ranges: the workload's first, then subject by subject."""
    now = verdict.services
    return tuple(_swept(dated, verdict, now, subject, field) for subject, field in questions_of(verdict))


def questions_of(verdict: Verdict) -> Iterator[tuple[str, Field]]:
    """Yield every question that applies, with its subject, in the order of the sweep."""
    for subject in (WORKLOAD, *verdict.subjects):
        for field in open_fields(verdict, subject):
            yield subject, field


def next_above(dated: DatedBook, verdict: Verdict, subject: str, field: Field) -> tuple[Cell, tuple[Move, ...]] | None:
    """Return the nearest greater answer to a question about a number that changes the decision, and the changes; None if none does."""
    field_cells, value = cells(dated, verdict, subject, field), value_of(verdict, subject, field.id)
    at = None if value is None else cell_at(field_cells, value)
    now = verdict.services
    for cell in field_cells[0 if at is None else at + 1 :]:
        moves = moved(now, revised(verdict, subject, {field.id: cell.sample}, dated).services)
        if moves:
            return cell, moves
    return None


def sweep_open(dated: DatedBook, verdict: Verdict, settled: Collection[Place] = ()) -> tuple[Swept, ...]:
    """Return the unanswered, unsettled questions, each evaluated for all its answer ranges."""
    now = verdict.services
    return tuple(
        _swept(dated, verdict, now, subject, field)
        for subject, field in questions_of(verdict)
        if field.id not in verdict.answers.of(subject) and (subject, field.id) not in settled
    )


def _swept(dated: DatedBook, verdict: Verdict, now: Any, subject: str, field: Field) -> Swept:
    value = value_of(verdict, subject, field.id)
    field_cells = cells(dated, verdict, subject, field)
    at = None if value is None else cell_at(field_cells, value)
    made = [
        _changed(dated, verdict, now, subject, {field.id: cell.sample}) if number != at else _UNCHANGED
        for number, cell in enumerate(field_cells)
    ]
    return Swept(
        subject=subject,
        field=field,
        value=value,
        stated=field.id in verdict.answers.of(subject),
        cells=field_cells,
        at=at,
        moves=tuple(moves for moves, _ in made),
        weights=tuple(weight for _, weight in made),
    )


def _changed(
    dated: DatedBook, verdict: Verdict, now: Any, subject: str, changes: dict[str, Any]
) -> tuple[tuple[Move, ...], float]:
    """Return the changes that an answer causes, and their weight."""
    then = revised(verdict, subject, changes, dated)
    moves = moved(now, then.services)
    return (moves, consequence(dated, moves, then)) if moves else _UNCHANGED


def stability(swept: tuple[Swept, ...]) -> float:
    """Return the share of all (question, other cell) pairs that leave the verdict as it is."""
    others = sum(s.others for s in swept)
    return 1.0 - sum(s.changing for s in swept) / others if others else 1.0
