"""Sources as links: the page, the date on which it was read, and the entry of the rule book that is based on it."""

from advisor.decision import Source
from advisor.text import Lang
from advisor_ui import cached
from advisor_ui.state.rulebook_state import href
from advisor_ui.words import say


def cite(source: Source, lang: Lang, id: str = "") -> str:
    """Return a source as a small link with its date, and a link to the rule or fact of that id."""
    page = f"[{say('source', lang, date=source.checked)}]({source.url})"
    entry = entry_link(id, lang)
    return f":small[{page}{' · ' if entry else ''}{entry}]"


def entry_link(id: str, lang: Lang) -> str:
    """Return a link to a rule or fact of the book by its id, or "" if there is none of that id."""
    book = cached.book()
    if id in book.facts:
        return f"[{say('fact', lang)}]({href('fact', id, lang)})"
    return f"[{say('rule', lang)}]({href('rule', id, lang)})" if any(rule.id == id for rule in book.rules) else ""
