"""The rule book as of a day: facts have the values that were in force then, services are there or not yet."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from advisor.book.model import Book
from advisor.vocabulary.units import convert

_MOST_DAYS = 20


@dataclass(frozen=True)
class DatedBook:
    """A rule book as of an ISO date: the one value that whatever decides, sizes or explains reads."""

    book: Book
    as_of: str

    @cached_property
    def kept(self) -> dict[str, Any]:
        """Values that other modules derive from the book of this date and cache for later requests."""
        days = self.book.kept
        if self.as_of not in days and len(days) >= _MOST_DAYS:
            days.clear()
        of_day: dict[str, Any] = days.setdefault(self.as_of, {})
        return of_day

    def most(self, fact: str, unit: str) -> float:
        """Return the value of a fact in a unit, or infinity if the book has none on that date."""
        entry = self.book.facts.get(fact)
        value = entry.value(self.as_of) if entry else None
        if entry is None or not isinstance(value, int | float) or isinstance(value, bool):
            return math.inf
        return convert(float(value), entry.unit, unit)

    def whole(self, fact: str, unit: str, otherwise: int) -> int:
        """Return the value of a fact as an integer, or a default if the book has none on that date."""
        value = self.most(fact, unit)
        return otherwise if value == math.inf else math.floor(value)


def dated(book: Book | DatedBook, day: str | None = None) -> DatedBook:
    """Return a book as of an ISO date, without one as of its newest check date; a dated book stays as it is."""
    return book if isinstance(book, DatedBook) else DatedBook(book, day or book.newest)
