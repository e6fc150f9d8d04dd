"""The whole proof of a rule book, check by check, and what a pack changes in the stories."""

from collections.abc import Iterator, Mapping

from advisor.book import Book
from advisor.proving.behaviour import joint_choices, limits_kept, monotone, order_has_no_weight
from advisor.proving.drawing import drawers
from advisor.proving.finding import Checked
from advisor.proving.reach import gaps, idle_rules, winners
from advisor.proving.structure import contradictions, retired, subsumed
from advisor.requirements import Requirements, RequirementsError, make_requirements
from advisor.requirements.answers import Answers, answers_of, raw
from advisor.requirements.reading import dump, write_requirements
from advisor.sensitivity.sweep import Move, moved
from advisor.verdict import verdict


def prove_book(book: Book, as_of: str | None = None, ours: Book | None = None) -> Iterator[Checked]:
    """Give each check of a book as of an ISO date (default: the book's newest check date).

    Beside `ours`, a pack is judged by its own rules: that it makes some of ours idle is what it is for.
    """
    date = as_of or book.newest
    own = frozenset(rule.id for rule in book.rules if rule not in ours.rules) if ours else None
    drawn = drawers(book, date)
    yield retired(book)
    yield contradictions(drawn, own)
    yield subsumed(drawn, own)
    yield winners(drawn)
    yield idle_rules(drawn, own)
    yield gaps(drawn, book, date)
    yield limits_kept(drawn, book, date)
    yield order_has_no_weight(drawn, book, date)
    yield monotone(drawn, book, date)
    yield joint_choices(drawn, book, date)


def changed_stories(stories: Mapping[str, Requirements], ours: Book, other: Book) -> dict[str, tuple[Move, ...]]:
    """Return the stories that come to other services by another book, with the roles that do."""
    found = {}
    for name, story in stories.items():
        answers = answers_of(story)
        before, after = (verdict(answers, book, book.newest).services for book in (ours, other))
        moves = moved(before, after)
        if moves:
            found[name] = moves
    return found


def witness_file(answers: Answers) -> str:
    """Return a witness as a requirements file (YAML)."""
    plain = raw(answers)
    try:
        return write_requirements(make_requirements(plain)).decode()
    except RequirementsError:
        return dump(plain).decode()
