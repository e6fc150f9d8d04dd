"""The rule book on the page: every rule and fact with a search, filters, and an address of its own."""

from difflib import get_close_matches
from itertools import groupby

import streamlit as st

from advisor.text import Lang
from advisor_ui import cached
from advisor_ui.rulebook.index import Entry, entries, found, index, options
from advisor_ui.state.rulebook_state import FILTERS, MOST_CHARACTERS, Kind, Shelf, href
from advisor_ui.state.session import Session, current, keep
from advisor_ui.words import say
from renderers.markdown import escape
from renderers.rulebook.words import EFFECTS

_ANY = ""
_PORTION = 60
_COLOURS = {"reject": "red", "require": "violet", "prefer": "green", "warn": "orange", "explain": "blue"}


def rulebook(held: Session, shelf: Shelf) -> None:
    """Show the list of rules or facts, and the one that is open."""
    st.title(say("rule_book", held.lang), anchor=False)
    book = cached.book()
    counts = {"rules": len(book.rules), "facts": len(book.facts), "date": book.newest}
    st.caption(say("rule_book_lead", held.lang, **counts))
    if held.narrow and shelf.opened:
        st.button(
            say("back_to_list", held.lang), key="shelf.list", icon=":material/arrow_back:", on_click=_open, args=("",)
        )
        _opened(held, shelf)
        return
    with st.container(key="shelf"):
        left, right = st.columns([6, 9], gap="large")
        with left:
            _search(held, shelf)
        if not held.narrow:
            with right, st.container(key="shelf_open"):
                _opened(held, shelf)


def _change(shelf: Shelf) -> None:
    mine = current()
    mine.read(shelf)
    mine.portion = _PORTION


def _open(id: str) -> None:
    shelf = current().shelf or Shelf()
    current().read(Shelf(shelf.kind, id, shelf.words, shelf.filters))


def _search(held: Session, shelf: Shelf) -> None:
    lang = held.lang
    _kinds(shelf, lang)
    words, key = shelf.words, f"shelf.words.{shelf.kind}"

    def searched() -> None:
        _change(Shelf(shelf.kind, shelf.opened, str(st.session_state[key] or "").strip(), shelf.filters))

    keep(key, words)
    st.text_input(
        say("search", lang), key=key, on_change=searched, max_chars=MOST_CHARACTERS, icon=":material/search:",
        placeholder=say("search_hint", lang), autocomplete="off",
    )  # fmt: skip
    if held.narrow:
        label = say("filters_set", lang, count=len(shelf.filters)) if shelf.filters else say("filters", lang)
        with st.expander(label, key="shelf_filters", icon=":material/tune:"):
            _filters(shelf, lang)
        _role(shelf, lang)
    else:
        _filters(shelf, lang)
    _list(held, shelf, found(shelf))


def _kinds(shelf: Shelf, lang: Lang) -> None:
    names: dict[Kind, str] = {"rule": say("rules", lang), "fact": say("facts", lang)}

    def changed() -> None:
        _change(Shelf("fact" if st.session_state["shelf.kind"] == "fact" else "rule"))

    keep("shelf.kind", shelf.kind)
    st.segmented_control(
        say("rule_book", lang), list(names), default=shelf.kind, format_func=lambda kind: names[kind], key="shelf.kind",
        required=True, label_visibility="collapsed", on_change=changed,
    )  # fmt: skip


def _role(shelf: Shelf, lang: Lang) -> None:
    """Offer, on a narrow page, what is said of the role that the list is narrowed to."""
    role = next((role for role in cached.book().roles if role.id == shelf.filtered("role")), None)
    if role is not None:
        with st.expander(escape(role.title.in_(lang)), key="shelf_role"):
            st.markdown("\n".join(entries(lang).role(role)))


def _filters(shelf: Shelf, lang: Lang) -> None:
    columns = st.columns(2)
    for at, name in enumerate(FILTERS[shelf.kind]):
        with columns[at % 2]:
            _filter(shelf, name, lang)


def _filter(shelf: Shelf, name: str, lang: Lang) -> None:
    titles = {_ANY: say("any", lang)} | {value: text.in_(lang) for value, text in options(shelf.kind, name).items()}
    value, key = shelf.filtered(name), f"shelf.{shelf.kind}.{name}.{lang}"
    value = value if value in titles else _ANY

    def changed() -> None:
        _change(shelf.with_filter(name, st.session_state[key] or _ANY))

    keep(key, value)
    st.selectbox(
        say(f"filter_{name}", lang), list(titles), index=list(titles).index(value), key=key, on_change=changed,
        format_func=lambda one: titles.get(one, one),
    )  # fmt: skip


def _list(held: Session, shelf: Shelf, listed: list[Entry]) -> None:
    lang = held.lang
    st.caption(say("found", lang, count=len(listed)) if listed else say("found_none", lang))
    with st.container(key="shelf_list"):
        lines: list[str] = []
        near = next((entry.heading for entry in listed if entry.id == shelf.opened), None)
        listed = sorted(listed, key=lambda entry: entry.heading != near)  # what is open stands among the first
        for heading, group in groupby(listed[: held.portion], key=lambda entry: entry.heading.in_(lang)):
            lines += [f"\n**{escape(heading)}**\n", *(_line(shelf, entry, lang) for entry in group)]
        st.markdown("\n".join(lines))
        if len(listed) > held.portion:
            st.button(say("show_more", lang), key="shelf.more", icon=":material/expand_more:", on_click=_more)


def _more() -> None:
    current().portion += 2 * _PORTION


def _line(shelf: Shelf, entry: Entry, lang: Lang) -> str:
    mark = f" :{_COLOURS[entry.effect]}-badge[{EFFECTS[entry.effect].in_(lang)}]" if entry.effect else ""
    name = f"[{entry.id}]({href(shelf.kind, entry.id, lang)})"
    name = f"**:material/arrow_right: {name}**" if entry.id == shelf.opened else name
    return f"- {name}{mark}  \n  :small[{escape(entry.words.in_(lang))}]"


def _opened(held: Session, shelf: Shelf) -> None:
    lang, id = held.lang, shelf.opened
    book, told = cached.book(), entries(held.lang)
    role = next((role for role in book.roles if not id and role.id == shelf.filtered("role")), None)
    if role is not None:
        st.markdown(f"### {escape(role.title.in_(lang))}\n\n" + "\n".join(told.role(role)))
        return
    if not id:
        st.info(say("open_one", lang), icon=":material/menu_book:")
        return
    rule = next((rule for rule in book.rules if rule.id == id), None) if shelf.kind == "rule" else None
    fact = book.facts.get(id) if shelf.kind == "fact" else None
    if rule is not None:
        lines = [*told.rule(rule)]
    elif fact is not None:
        lines = [*told.fact(fact)]
    else:
        _unknown(shelf, lang)
        return
    st.markdown(f"### {id}\n\n" + "\n".join(lines))
    st.markdown(f":small[[{say('link_to_this', lang)}]({href(shelf.kind, id, lang)})]")


def _unknown(shelf: Shelf, lang: Lang) -> None:
    """Say that nothing has this id, and name what was probably meant."""
    key = "no_rule" if shelf.kind == "rule" else "no_fact"
    st.warning(say(key, lang, id=escape(shelf.opened)), icon=":material/search_off:")
    near = get_close_matches(shelf.opened, [entry.id for entry in index(shelf.kind)], n=3, cutoff=0.5)
    other: Kind = "fact" if shelf.kind == "rule" else "rule"
    links = [f"- [{id}]({href(shelf.kind, id, lang)})" for id in near]
    if shelf.opened in {entry.id for entry in index(other)}:
        links.insert(0, f"- [{shelf.opened}]({href(other, shelf.opened, lang)})")
    if links:
        st.markdown(f"{say('perhaps', lang)}\n\n" + "\n".join(links))
