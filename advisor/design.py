"""Design: the one value that every output is made from."""

from dataclasses import dataclass

from advisor.architecture import Architecture
from advisor.book import Book
from advisor.decision import Decision
from advisor.requirements import Requirements


@dataclass(frozen=True)
class Design:
    """Requirements, the decision on them, and the architecture that follows; `as_of` is the book's date (ISO)."""

    requirements: Requirements
    decision: Decision
    architecture: Architecture
    book: Book
    as_of: str
