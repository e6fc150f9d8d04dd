"""The next question alone: the result of the whole analysis, with a sweep of only the questions that can still matter.

A question that cannot reach the best share any more is skipped; of the others on the card of the first it is only checked
whether they change anything.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from advisor.book import DatedBook
from advisor.requirements.answers import WORKLOAD
from advisor.sensitivity.analysis import analyse_verdict
from advisor.sensitivity.cells import Cell, cell_at, cells, likely, open_fields, value_of
from advisor.sensitivity.next_question import Question, card_of, is_unstarted, next_question
from advisor.sensitivity.sweep import Move, moved
from advisor.verdict import Verdict, revised
from advisor.vocabulary import Field


class _Open(NamedTuple):
    """An unanswered question, its cells, and the number of the current cell."""

    subject: str
    field: Field
    cells: tuple[Cell, ...]
    at: int | None

    @property
    def others(self) -> int:
        return len(self.counted) - (self.at in self.counted)

    @property
    def counted(self) -> tuple[int, ...]:
        """The numbers of the cells that its share is counted from."""
        return likely(self.field, self.cells)


class _Best(NamedTuple):
    """The share of a question and its place among all, negative so that of equals the first is best."""

    share: float
    place: int
    moves: tuple[Move, ...]


def first_question(dated: DatedBook, verdict: Verdict) -> Question | None:
    """Return what `next_question` says of a verdict's analysis."""
    search = _Search(dated, verdict)
    best = search.best()
    if best is None:
        return next_question(analyse_verdict(verdict, dated))
    first = search.open[-best.place]
    return Question(
        subject=first.subject,
        field=first.field.id,
        share=best.share,
        moves=best.moves,
        together=tuple(search.together(first)),
        unstarted=is_unstarted(verdict, first.subject, first.field),
    )


class _Search:
    def __init__(self, dated: DatedBook, verdict: Verdict) -> None:
        self.dated, self.verdict, self.now = dated, verdict, verdict.services
        self.open = tuple(self._open_questions())

    def _open_questions(self) -> Iterator[_Open]:
        for subject in (WORKLOAD, *self.verdict.subjects):
            for field in open_fields(self.verdict, subject):
                if field.id not in self.verdict.answers.of(subject):
                    value = value_of(self.verdict, subject, field.id)
                    field_cells = cells(self.dated, self.verdict, subject, field)
                    yield _Open(subject, field, field_cells, None if value is None else cell_at(field_cells, value))

    def best(self) -> _Best | None:
        """Return the question with the highest share, the first of equals; None when none changes anything.

        What starts a component comes first where nothing says it.
        """
        best: _Best | None = None
        for place, question in enumerate(self.open):
            if is_unstarted(self.verdict, question.subject, question.field):
                unstarted = self._rank(question, place, None)
                if unstarted is not None:
                    return unstarted
        order = sorted(range(len(self.open)), key=lambda place: -_share(self.open[place].others, self.open[place]))
        for place in order:
            ranked = self._rank(self.open[place], place, best)
            best = ranked or best
        return best

    def _rank(self, question: _Open, place: int, best: _Best | None) -> _Best | None:
        """Return the rank of a question that is ahead of the best so far; None as soon as it cannot be."""
        changing, remaining = 0, question.others
        first: tuple[Move, ...] = ()
        for moves in self._moves(question, question.counted):
            remaining -= 1
            changing += bool(moves)
            first = first or moves
            if best and (_share(changing + remaining, question), -place) < best[:2]:
                return None
        return _Best(_share(changing, question), -place, first) if changing else None

    def _moves(self, question: _Open, numbers: Iterable[int]) -> Iterator[tuple[Move, ...]]:
        for number in numbers:
            if number != question.at:
                changes = {question.field.id: question.cells[number].sample}
                then = revised(self.verdict, question.subject, changes, self.dated)
                yield moved(self.now, then.services)

    def together(self, first: _Open) -> Iterator[tuple[str, str]]:
        """Give the other questions of its card that change something."""
        card = card_of(self.verdict, first.subject, first.field)
        for question in self.open:
            if (
                question is not first
                and card_of(self.verdict, question.subject, question.field) == card
                and any(self._moves(question, range(len(question.cells))))
            ):
                yield question.subject, question.field.id


def _share(changing: int, question: _Open) -> float:
    return changing / len(question.counted) if question.counted else 0.0
