"""Where a fact is used as a limit or as a property, and how its values and conditions are worded."""

from collections.abc import Iterator
from typing import Any

from advisor.book import Book, Fact, Limit, Property, Role
from advisor.explanation.wording import fact_words
from advisor.text import Text, spaced


def in_case(condition: str) -> str:
    """Return a Japanese condition as a case: a noun takes a particle, a verb none."""
    return f"{condition}場合" if condition.endswith(("る", "む", "い")) else f"{condition}の場合"


def _uncounted(value: Text) -> Text:
    """Return a rate without the Japanese counter of requests: it can be one of calls or of bytes."""
    return Text(value.en, value.ja.removesuffix(" 件")) if value.ja.startswith("毎") else value


def labelled(fact: Fact, value: Any) -> Text:
    """Return a value of a fact with what it counts, or the period for which it holds."""
    words = _uncounted(fact_words(fact, value))
    return spaced(Text(fact.label.en.format(value=words.en), fact.label.ja.format(value=words.ja)))


def limits_on(book: Book, fact: str) -> Iterator[tuple[Role, str, Limit]]:
    """Yield every limit that a fact sets, with its role and service."""
    roles = {role.id: role for role in book.roles}
    for service in book.services.values():
        yield from ((roles[limit.role], service.id, limit) for limit in service.limits if limit.fact == fact)


def properties_by(book: Book, fact: str) -> Iterator[tuple[Role, str, Property]]:
    """Yield every property that a fact states, with its role and service."""
    roles = {role.id: role for role in book.roles}
    for service in book.services.values():
        yield from ((roles[stated.role], service.id, stated) for stated in service.properties if stated.fact == fact)
