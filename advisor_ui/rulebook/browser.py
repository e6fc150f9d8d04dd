"""The rule book on the page: all rules and facts, with a search and filters; each entry has its own URL."""

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import groupby

import streamlit as st

from advisor.text import Lang
from advisor.vocabulary.formats import date
from advisor_ui import cached
from advisor_ui.rulebook.index import Entry, entries, index, options, ranked
from advisor_ui.state.rulebook_state import FILTERS, MAX_CHARACTERS, Kind, RulebookState, href
from advisor_ui.state.session import Session, current
from advisor_ui.state.widget_values import keep
from advisor_ui.words import say
from renderers.markdown import escape
from renderers.rulebook.words import EFFECTS

_ANY = ""
_PORTION = 60
_MOST_OTHERS = 3
_LAST = "rulebook.last"
_COLOURS = {"reject": "red", "require": "violet", "prefer": "green", "warn": "orange", "explain": "blue"}


def rulebook(session: Session, state: RulebookState) -> None:
    """Show the list of rules or facts, and the one that is open."""
    st.session_state[_LAST] = state.words
    st.title(say("rule_book", session.lang), anchor=False)
    book = cached.book()
    counts = {"rules": len(book.rules), "facts": len(book.facts), "date": date(book.newest).in_(session.lang)}
    st.caption(say("rule_book_lead", session.lang, **counts))
    if session.narrow and state.opened:
        st.button(
            say("back_to_list", session.lang),
            key="rulebook.list",
            icon=":material/arrow_back:",
            on_click=_open,
            args=("",),
        )
        _entry(session, state)
        return
    with st.container(key="rulebook"):
        left, right = st.columns([6, 9], gap="large")
        with left:
            _search(session, state)
        if not session.narrow:
            with right, st.container(key="rulebook_open"):
                _entry(session, state)


def last_search() -> str:
    """Return what was searched for when the rule book was shown last, or ""."""
    return str(st.session_state.get(_LAST, ""))


def _change(state: RulebookState) -> None:
    session = current()
    session.show_rulebook(state)
    session.list_length = _PORTION


def _open(id: str) -> None:
    state = current().rulebook or RulebookState()
    current().show_rulebook(RulebookState(state.kind, id, state.words, state.filters))


def _search(session: Session, state: RulebookState) -> None:
    lang = session.lang
    _kinds(state, lang)
    words, key = state.words, f"rulebook.words.{state.kind}"

    def store_words() -> None:
        _change(RulebookState(state.kind, state.opened, str(st.session_state[key] or "").strip(), state.filters))

    keep(key, words)
    st.text_input(
        say("search", lang), words, key=key, on_change=store_words, max_chars=MAX_CHARACTERS, icon=":material/search:",
        placeholder=say("search_example", lang), autocomplete="off",
    )  # fmt: skip
    if session.narrow:
        label = say("filters_set", lang, count=len(state.filters)) if state.filters else say("filters", lang)
        with st.expander(label, key="rulebook_filters", icon=":material/tune:"):
            _filters(state, lang)
        _role(state, lang)
    else:
        _filters(state, lang)
    _list(session, state)


def _kinds(state: RulebookState, lang: Lang) -> None:
    names: dict[Kind, str] = {"rule": say("rules", lang), "fact": say("facts", lang)}

    def store_kind() -> None:
        kind: Kind = "fact" if st.session_state["rulebook.kind"] == "fact" else "rule"
        _change(RulebookState(kind, words=state.words))

    keep("rulebook.kind", state.kind)
    st.segmented_control(
        say("rule_book", lang), list(names), default=state.kind, format_func=lambda kind: names[kind], key="rulebook.kind",
        required=True, label_visibility="collapsed", on_change=store_kind,
    )  # fmt: skip


def _role(state: RulebookState, lang: Lang) -> None:
    """Offer, on a narrow page, the description of the role by which the list is filtered."""
    role = next((role for role in cached.book().roles if role.id == state.filtered("role")), None)
    if role is not None:
        with st.expander(escape(role.title.in_(lang)), key="rulebook_role"):
            st.markdown("\n".join(entries(lang).role(role)))


def _filters(state: RulebookState, lang: Lang) -> None:
    columns = st.columns(2)
    for at, name in enumerate(FILTERS[state.kind]):
        with columns[at % 2]:
            _filter(state, name, lang)


def _filter(state: RulebookState, name: str, lang: Lang) -> None:
    titles = {_ANY: say("any", lang)} | {value: text.in_(lang) for value, text in options(state.kind, name).items()}
    value, key = state.filtered(name), f"rulebook.{state.kind}.{name}.{lang}"
    value = value if value in titles else _ANY

    def store_filter() -> None:
        _change(state.with_filter(name, st.session_state[key] or _ANY))

    keep(key, value)
    st.selectbox(
        say(f"filter_{name}", lang), list(titles), index=list(titles).index(value), key=key, on_change=store_filter,
        format_func=lambda value: titles.get(value, value),
    )  # fmt: skip


def _list(session: Session, state: RulebookState) -> None:
    """Show the entries in the order of the book, or the search results by relevance, including those of the other kind."""
    lang, found = session.lang, ranked(state)
    listed = [entry for _, entry in found]
    others = ranked(RulebookState(_other(state.kind), words=state.words)) if state.words else []
    if listed or not others:
        st.caption(say("found", lang, count=len(listed)) if listed else say("found_none", lang))
    with st.container(key="rulebook_list"):
        others_first = bool(others) and (not found or others[0][0] > found[0][0])
        if others_first:
            _among_others(state, others, lang)
        if listed and others:
            st.markdown(f"**{say(f'among_{state.kind}s', lang)}**")
        if state.words:
            st.markdown("\n".join(_line(state, entry, lang) for entry in listed[: session.list_length]))
        else:
            st.markdown("\n".join(_grouped(state, listed, session.list_length, lang)))
        if len(listed) > session.list_length:
            st.button(say("show_more", lang), key="rulebook.more", icon=":material/expand_more:", on_click=_more)
        if others and not others_first:
            _among_others(state, others, lang)


def _grouped(state: RulebookState, listed: list[Entry], most: int, lang: Lang) -> Iterator[str]:
    near = next((entry.heading for entry in listed if entry.id == state.opened), None)
    listed = sorted(listed, key=lambda entry: entry.heading != near)  # what is open stands among the first
    for heading, group in groupby(listed[:most], key=lambda entry: entry.heading.in_(lang)):
        yield f"\n**{escape(heading)}**\n"
        yield from (_line(state, entry, lang) for entry in group)


def _other(kind: Kind) -> Kind:
    return "fact" if kind == "rule" else "rule"


def _among_others(state: RulebookState, others: list[tuple[float, Entry]], lang: Lang) -> None:
    """Show the best results of the search among the facts or rules, with a link to all of them."""
    other = _other(state.kind)
    st.markdown(f"**{say(f'among_{other}s', lang)}**")
    of_other = RulebookState(other, state.opened, state.words)
    st.markdown("\n".join(_line(of_other, entry, lang) for _, entry in others[:_MOST_OTHERS]))
    if len(others) > _MOST_OTHERS:
        st.button(
            say("show_all", lang, count=len(others)), key="rulebook.others", type="tertiary",
            icon=":material/arrow_forward:", on_click=lambda: _change(RulebookState(other, words=state.words)),
        )  # fmt: skip


def _more() -> None:
    current().list_length += 2 * _PORTION


def _line(state: RulebookState, entry: Entry, lang: Lang) -> str:
    mark = f" :{_COLOURS[entry.effect]}-badge[{EFFECTS[entry.effect].in_(lang)}]" if entry.effect else ""
    name = f"[{entry.id}]({href(state.kind, entry.id, lang)})"
    name = f"**:material/arrow_right: {name}**" if entry.id == state.opened else name
    return f"- {name}{mark}  \n  :small[{escape(entry.words.in_(lang))}]"


def _entry(session: Session, state: RulebookState) -> None:
    lang, id = session.lang, state.opened
    book, entry_words = cached.book(), entries(session.lang)
    role = next((role for role in book.roles if not id and role.id == state.filtered("role")), None)
    if role is not None:
        st.markdown(f"## {escape(role.title.in_(lang))}\n\n" + "\n".join(entry_words.role(role)))
        return
    if not id:
        st.info(say("open_one", lang), icon=":material/menu_book:")
        return
    rule = next((rule for rule in book.rules if rule.id == id), None) if state.kind == "rule" else None
    fact = book.facts.get(id) if state.kind == "fact" else None
    if rule is not None:
        lines = [*entry_words.rule(rule)]
    elif fact is not None:
        lines = [*entry_words.fact(fact)]
    else:
        _unknown(state, lang)
        return
    st.markdown(f"## {id}\n\n" + "\n".join(lines))
    st.markdown(f":small[[{say('link_to_this', lang)}]({href(state.kind, id, lang)})]")


def _unknown(state: RulebookState, lang: Lang) -> None:
    """Report an unknown id, and suggest the most similar one."""
    key = "no_rule" if state.kind == "rule" else "no_fact"
    st.warning(say(key, lang, id=escape(state.opened)), icon=":material/search_off:")
    near = get_close_matches(state.opened, [entry.id for entry in index(state.kind)], n=3, cutoff=0.5)
    other = _other(state.kind)
    links = [f"- [{id}]({href(state.kind, id, lang)})" for id in near]
    if state.opened in {entry.id for entry in index(other)}:
        links.insert(0, f"- [{state.opened}]({href(other, state.opened, lang)})")
    if links:
        st.markdown(f"{say('perhaps', lang)}\n\n" + "\n".join(links))
