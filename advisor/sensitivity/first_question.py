"""The next question by itself: as from the whole analysis, but sweeping only what can still matter.

A question that cannot reach the best share any more is left; of the others on the card of the first it is only asked
whether they change anything.
"""

from collections.abc import Iterator
from typing import NamedTuple

from advisor.book import DatedBook
from advisor.requirements.answers import WORKLOAD
from advisor.sensitivity.analysis import analyse_verdict
from advisor.sensitivity.cells import Cell, cell_at, cells, open_fields, value_of
from advisor.sensitivity.next_question import Question, card_of, next_question
from advisor.sensitivity.sweep import Move, moved
from advisor.verdict import Verdict, revised
from advisor.vocabulary import Field


class _Open(NamedTuple):
    """An unanswered question, its cells, and the number of the cell that holds now."""

    subject: str
    field: Field
    cells: tuple[Cell, ...]
    at: int | None

    @property
    def others(self) -> int:
        return len(self.cells) - (self.at is not None)


class _Best(NamedTuple):
    """The share of a question and its place among all, negative so that of equals the first is best."""

    share: float
    place: int
    moves: tuple[Move, ...]


def first_question(dated: DatedBook, made: Verdict) -> Question | None:
    """Return what `next_question` says of a verdict's analysis."""
    search = _Search(dated, made)
    best = search.best()
    if best is None:
        return next_question(analyse_verdict(made, dated))
    first = search.open[-best.place]
    return Question(first.subject, first.field.id, best.share, best.moves, tuple(search.together(first)))


class _Search:
    def __init__(self, dated: DatedBook, made: Verdict) -> None:
        self.dated, self.made, self.now = dated, made, made.services
        self.open = tuple(self._opened())

    def _opened(self) -> Iterator[_Open]:
        for subject in (WORKLOAD, *self.made.subjects):
            for field in open_fields(self.made, subject):
                if field.id not in self.made.answers.of(subject):
                    value = value_of(self.made, subject, field.id)
                    found = cells(self.dated, self.made, subject, field)
                    yield _Open(subject, field, found, None if value is None else cell_at(found, value))

    def best(self) -> _Best | None:
        """Return the question with the highest share, the first of equals; None when none changes anything."""
        best: _Best | None = None
        order = sorted(range(len(self.open)), key=lambda place: -_share(self.open[place].others, self.open[place]))
        for place in order:
            found = self._beaten(self.open[place], place, best)
            best = found or best
        return best

    def _beaten(self, one: _Open, place: int, best: _Best | None) -> _Best | None:
        """Return where a question stands when it is ahead of the best so far; as soon as it cannot be, None."""
        changing, left = 0, one.others
        first: tuple[Move, ...] = ()
        for moves in self._moves(one):
            left -= 1
            changing += bool(moves)
            first = first or moves
            if best and (_share(changing + left, one), -place) < best[:2]:
                return None
        return _Best(_share(changing, one), -place, first) if changing else None

    def _moves(self, one: _Open) -> Iterator[tuple[Move, ...]]:
        for number, cell in enumerate(one.cells):
            if number != one.at:
                then = revised(self.made, one.subject, {one.field.id: cell.sample}, self.dated)
                yield moved(self.now, then.services)

    def together(self, first: _Open) -> Iterator[tuple[str, str]]:
        """Give the other questions of its card that change something."""
        card = card_of(self.made, first.subject, first.field)
        for one in self.open:
            if one is not first and card_of(self.made, one.subject, one.field) == card and any(self._moves(one)):
                yield one.subject, one.field.id


def _share(changing: int, one: _Open) -> float:
    return changing / len(one.cells) if one.cells else 0.0
