"""The list entries of rules and facts, and their search."""

from dataclasses import dataclass

import streamlit as st

from advisor.book import Book, Fact, Rule
from advisor.explanation.wording import because_words, condition_words, names_words, service_name
from advisor.text import Lang, Text
from advisor_ui import cached
from advisor_ui.rulebook.query import Searchable, quantity_term, read_query, scores, searchable
from advisor_ui.state.rulebook_state import FILTERS, Kind, RulebookState
from renderers.rulebook.entries import Entries, owner_title, topic_title, topics
from renderers.rulebook.words import EFFECTS, KINDS, WORDS


@dataclass(frozen=True, slots=True)
class Entry:
    """A list entry of a rule or fact: its heading, its text, and its search terms."""

    id: str
    heading: Text
    words: Text
    effect: str
    values: dict[str, frozenset[str]]
    found_by: Searchable


@st.cache_resource(max_entries=2, show_spinner=False)
def index(kind: Kind) -> tuple[Entry, ...]:
    """Return the entries of every rule or fact, in the order of the list; made once for the whole server."""
    book = cached.book()
    if kind == "fact":
        return tuple(_fact(book, fact) for fact in sorted(book.facts.values(), key=lambda entry: entry.service))
    return tuple(_rule(book, rule) for rule in sorted(book.rules, key=lambda entry: (entry.topic, entry.id)))


def _rule(book: Book, rule: Rule) -> Entry:
    words = because_words(book, rule)
    condition = condition_words(book, book.role(rule.role).subject, rule.when)
    names, heading = names_words(book, rule.services), topic_title(rule.topic)
    values = {
        "topic": frozenset({rule.topic}),
        "role": frozenset({rule.role}),
        "service": frozenset(rule.services),
        "effect": frozenset({rule.effect}),
    }
    found_by = searchable(
        (rule.id, *rule.services), _both(words, condition, names, heading, book.role(rule.role).title)
    )
    return Entry(rule.id, heading, words, rule.effect, values, found_by)


def _fact(book: Book, fact: Fact) -> Entry:
    heading = owner_title(book, fact.service)
    use = "decides" if fact.decides else "shown"
    values = {"service": frozenset({fact.service}), "kind": frozenset({fact.kind}), "decides": frozenset({use})}
    stated = [quantity_term(float(v), fact.unit) for _, v in fact.series if isinstance(v, int | float)]
    found_by = searchable(
        (fact.id, fact.service), [*_both(fact.statement, heading, KINDS[fact.kind]), fact.note], stated
    )
    return Entry(fact.id, heading, fact.statement, "", values, found_by)


def _both(*texts: Text) -> list[str]:
    return [words for text in texts for words in (text.en, text.ja)]


def search(state: RulebookState) -> list[Entry]:
    """Return the entries that match the search and every filter: in the order of the book, or by relevance."""
    return [entry for _, entry in ranked(state)]


def ranked(state: RulebookState) -> list[tuple[float, Entry]]:
    """Return the results of `search` with their relevance."""
    values = {name: state.filtered(name) for name in FILTERS[state.kind]}
    known = {name: options(state.kind, name) for name, value in values.items() if value}
    narrow = {name: values[name] for name in known if values[name] in known[name]}
    listed = [entry for entry in index(state.kind) if all(v in entry.values[name] for name, v in narrow.items())]
    found = zip(scores(read_query(state.words), [entry.found_by for entry in listed]), listed, strict=True)
    return sorted((one for one in found if one[0]), key=lambda one: -one[0])


@st.cache_resource(max_entries=8, show_spinner=False)
def options(kind: Kind, name: str) -> dict[str, Text]:
    """Return the values of a filter with their titles, in order."""
    book = cached.book()
    used = {value for entry in index(kind) for value in entry.values[name]}
    if name == "topic":
        return {topic: topic_title(topic) for topic in topics(book)}
    if name == "role":
        return {role.id: role.title for role in book.roles if role.id in used}
    if name == "effect":
        return {effect: title for effect, title in EFFECTS.items() if effect in used}
    if name == "kind":
        return {kind: title for kind, title in KINDS.items() if kind in used}
    if name == "decides":
        return {"decides": WORDS["decides"], "shown": WORDS["shown"]}
    titles = {id: service_name(book, id) if kind == "rule" else owner_title(book, id) for id in used}
    return dict(sorted(titles.items(), key=lambda pair: pair[1].en.split(" ", 1)[-1].casefold()))


def entries(lang: Lang) -> Entries:
    """Return the texts of single rules and facts, with links within the page."""
    from advisor_ui.state.rulebook_state import href

    return Entries(cached.book(), lang, lambda kind, id: href(kind, id, lang))
