"""Runs all checks of a rule book, and lists the changes that a pack makes to the stories."""

from collections.abc import Iterator, Mapping

from advisor.book import Book, DatedBook, dated
from advisor.proving.behaviour import demands_met, joint_choices, limits_kept, monotone, order_has_no_weight
from advisor.proving.drawing import drawers
from advisor.proving.finding import Checked
from advisor.proving.reach import gaps, redundant_rules, winners
from advisor.proving.structure import contradictions, retired, subsumed
from advisor.requirements import Requirements, RequirementsError, make_requirements
from advisor.requirements.answers import Answers, answers_of, raw
from advisor.requirements.reading import dump, write_requirements
from advisor.sensitivity.moves import Move, moved
from advisor.verdict import decide_workload


def prove_book(book: Book | DatedBook, ours: Book | None = None) -> Iterator[Checked]:
    """Yield each check of a book as of its newest check date, or as of another day.

    Beside `ours`, a pack is judged by its own rules: it may make some of ours redundant.
    """
    then = dated(book)
    own = frozenset(rule.id for rule in then.book.rules if rule not in ours.rules) if ours else None
    drawn = drawers(then)
    yield retired(then.book)
    yield contradictions(drawn, own)
    yield subsumed(drawn, own)
    yield winners(drawn)
    yield redundant_rules(drawn, own)
    yield gaps(drawn, then)
    yield limits_kept(drawn, then)
    yield demands_met(drawn, then)
    yield order_has_no_weight(drawn, then)
    yield monotone(drawn, then)
    yield joint_choices(drawn, then)


def changed_stories(stories: Mapping[str, Requirements], ours: Book, other: Book) -> dict[str, tuple[Move, ...]]:
    """Return the stories whose services differ under another book, with their roles."""
    changed = {}
    for name, story in stories.items():
        answers = answers_of(story)
        before, after = (decide_workload(answers, dated(book)).services for book in (ours, other))
        moves = moved(before, after)
        if moves:
            changed[name] = moves
    return changed


def witness_file(answers: Answers) -> str:
    """Return a witness as a requirements file (YAML), which has at least one component."""
    plain = {"components": [{"id": "other"}], **raw(answers)}
    try:
        return write_requirements(make_requirements(plain)).decode()
    except RequirementsError:
        return dump(plain).decode()
