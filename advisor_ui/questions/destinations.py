"""The destinations of a channel outside the workload: a row each, with its kind and name."""

from typing import Any

import streamlit as st

from advisor.text import Lang
from advisor.vocabulary import DESTINATION_KINDS, Field
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.session import current
from advisor_ui.state.widget_values import keep
from advisor_ui.words import say

_KINDS = {option.value: option.label for option in DESTINATION_KINDS}


def destinations(draft: Raw, id: str, field: Field, lang: Lang) -> None:
    """Show the destinations of a channel, and the way to add one."""
    st.markdown(field.title.in_(lang), help=field.help.in_(lang))
    rows = drafts.answer(draft, id, field.id) or []
    for at, row in enumerate(rows):
        _row(id, field.id, at, row, lang)
    st.menu_button(
        say("destination_add", lang), list(_KINDS), format_func=lambda kind: _KINDS[kind].in_(lang),
        key=f"q.{id}.{field.id}.add", icon=":material/add:", on_click=_add, args=(id, field.id), width="stretch",
    )  # fmt: skip


def _row(id: str, field: str, at: int, row: Raw, lang: Lang) -> None:
    key = f"q.{id}.{field}.{at}"
    words = drafts.titled(row.get("title"), lang)
    keep(key, words)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            _KINDS[row["kind"]].in_(lang), words, key=key, max_chars=120, on_change=_rename, args=(id, field, at, lang, key),
            placeholder=say("destination_name", lang, number=at + 1), autocomplete="off",
        )  # fmt: skip
        st.button(
            say("remove", lang), key=f"{key}.off", icon=":material/close:", on_click=_remove, args=(id, field, at),
            help=say("destination_remove", lang, number=at + 1), type="tertiary",
        )  # fmt: skip


def _rows(id: str, field: str) -> list[Any]:
    draft = current().draft
    return [] if draft is None else list(drafts.answer(draft, id, field) or [])


def _store(id: str, field: str, rows: list[Any]) -> None:
    session = current()
    if session.draft is not None:
        session.change(drafts.with_answer(session.draft, id, field, rows))


def _add(id: str, field: str) -> None:
    kind = st.session_state.get(f"q.{id}.{field}.add")
    if kind in _KINDS:
        _store(id, field, [*_rows(id, field), {"kind": kind}])


def _remove(id: str, field: str, at: int) -> None:
    rows = _rows(id, field)
    _store(id, field, rows[:at] + rows[at + 1 :])


def _rename(id: str, field: str, at: int, lang: Lang, key: str) -> None:
    rows = _rows(id, field)
    words = str(st.session_state.get(key) or "").strip()
    if at < len(rows):
        row = dict(rows[at])
        before = row.get("title")
        if isinstance(before, dict):
            row["title"] = {**before, lang: words}
        elif words:
            row["title"] = words
        else:
            row.pop("title", None)
        _store(id, field, [*rows[:at], row, *rows[at + 1 :]])
