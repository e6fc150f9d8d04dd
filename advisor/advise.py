"""The product in one function: requirements to a design."""

from advisor.book import Book
from advisor.design import Design
from advisor.engine import decide
from advisor.requirements import Requirements
from advisor.wiring import connect


def advise(requirements: Requirements, book: Book, as_of: str | None = None) -> Design:
    """Decide on `requirements` as of an ISO date (default: the book's newest check date) and connect the services.

    RequirementsError when a pin names a role or service that does not exist.
    """
    decision = decide(requirements, book, as_of)
    return Design(requirements, decision, connect(requirements, decision, book), book, as_of or book.newest)
