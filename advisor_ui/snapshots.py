"""Snapshots on the page: the current design is saved under a name for later comparison, and can be renamed and removed."""

import streamlit as st

from advisor_ui.state.session import START, Session, current
from advisor_ui.state.snapshots import MOST_CHARACTERS, key_of, number_of, renamed, to_link, with_snapshot, without
from advisor_ui.state.widget_values import keep
from advisor_ui.words import say


def keep_snapshot(session: Session) -> None:
    """Offer to save the current design under a name."""
    lang = session.lang
    default = say("snapshot_number", lang, number=len(session.snapshots) + 1)
    with st.container(horizontal=True, vertical_alignment="bottom", key="keep_snapshot"):
        st.text_input(
            say("snapshot_name", lang), key="snapshot.new", placeholder=default, max_chars=MOST_CHARACTERS, autocomplete="off",
        )  # fmt: skip
        st.button(
            say("snapshot_keep", lang),
            key="snapshot.keep",
            icon=":material/photo_camera:",
            on_click=_keep,
            args=(default,),
        )
    if session.snapshots and to_link(session.snapshots) is None:
        st.warning(say("snapshots_too_big", lang), icon=":material/link_off:")


def _keep(default: str) -> None:
    session = current()
    if session.draft is not None:
        name = str(st.session_state.get("snapshot.new") or "").strip()
        session.snapshots = with_snapshot(session.snapshots, name or default, session.draft)
        session.compared_with = key_of(len(session.snapshots) - 1)
        st.session_state["snapshot.new"] = ""


def edit_snapshot(session: Session) -> None:
    """Offer to rename or remove the snapshot that is compared with."""
    number = number_of(session.compared_with, session.snapshots)
    if number is None:
        return
    lang, key = session.lang, f"snapshot.name.{session.compared_with}"
    keep(key, session.snapshots[number].name)
    with st.container(horizontal=True, vertical_alignment="bottom", key="edit_snapshot"):
        st.text_input(
            say("snapshot_rename", lang), session.snapshots[number].name, key=key, max_chars=MOST_CHARACTERS,
            autocomplete="off", on_change=_rename, args=(number, key),
        )  # fmt: skip
        st.button(
            say("remove", lang),
            key="snapshot.remove",
            icon=":material/delete:",
            type="tertiary",
            on_click=_remove,
            args=(number,),
        )


def _rename(number: int, key: str) -> None:
    session = current()
    session.snapshots = renamed(session.snapshots, number, str(st.session_state.get(key) or ""))


def _remove(number: int) -> None:
    session = current()
    session.snapshots, session.compared_with = without(session.snapshots, number), START
