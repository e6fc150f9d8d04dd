"""The rule book as values: facts by date, services with their limits, roles, rules, connections."""

from advisor.book.assembly import book, is_rule_file
from advisor.book.dated import DatedBook, dated
from advisor.book.errors import BookError
from advisor.book.model import (
    AXES,
    EFFECTS,
    Axis,
    Book,
    Connection,
    Effect,
    Fact,
    KnownWay,
    Limit,
    Property,
    Reading,
    Role,
    Rule,
    Service,
)

__all__ = [
    "AXES",
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
    "Property",
    "Reading",
    "Role",
    "Rule",
    "Service",
    "book",
    "dated",
    "is_rule_file",
]
