"""Where a fact is used as a limit or as a property, and how its values and conditions, and the effects of rules, are worded."""

from collections.abc import Iterator
from typing import Any

from advisor.book import Book, Fact, Limit, Property, Role, Rule
from advisor.explanation.wording import fact_words, names_words
from advisor.text import LANGS, Text, spaced
from renderers.rulebook.words import AXES, DOES, WORDS


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


def effect_of(book: Book, rule: Rule) -> Text:
    """Return what a rule does to the services that it names, for its role, and on which criterion."""
    role, services, effect = book.role(rule.role).title, names_words(book, rule.services), DOES[rule.effect]
    axis = dict.fromkeys(LANGS, "")
    if rule.effect == "prefer":
        axis = {lang: WORDS["axis"].in_(lang).format(axis=AXES[rule.axis].in_(lang)) for lang in LANGS}
    en, ja = (
        effect.in_(lang).format(role=role.in_(lang), services=services.in_(lang), axis=axis[lang]) for lang in LANGS
    )
    return spaced(Text(en, ja))
