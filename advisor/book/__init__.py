"""The rule book as values: facts by date, services with their limits, roles, rules, connections."""

from advisor.book.dated import DatedBook, dated
from advisor.book.model import (
    AXES,
    DATA_FOLDERS,
    EFFECTS,
    Axis,
    Book,
    BookError,
    Connection,
    Effect,
    Fact,
    KnownWay,
    Limit,
    Reading,
    Role,
    Rule,
    Service,
    book,
)

__all__ = [
    "AXES",
    "DATA_FOLDERS",
    "EFFECTS",
    "Axis",
    "Book",
    "BookError",
    "Connection",
    "DatedBook",
    "Effect",
    "Fact",
    "KnownWay",
    "Limit",
    "Reading",
    "Role",
    "Rule",
    "Service",
    "book",
    "dated",
]
