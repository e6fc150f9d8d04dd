"""A text area for requirements, as a list of lines or as a requirements file."""

import streamlit as st

from advisor_ui.load_problems import load_problems
from advisor_ui.opener import take_given
from advisor_ui.state.session import Session, current
from advisor_ui.words import say

_KEY = "paste"
_MOST_CHARACTERS = 100_000


def paste_box(session: Session) -> None:
    """Read requirements from text; the parts that were understood are opened, and the rest is listed."""
    lang = session.lang
    st.text_area(
        say("paste_title", lang),
        key=_KEY,
        placeholder=say("paste_hint", lang),
        max_chars=_MOST_CHARACTERS,
        height="content",
    )
    st.button(say("paste_button", lang), key="paste_go", icon=":material/playlist_add_check:", on_click=_read)
    load_problems(session, "paste_problem")


def _read() -> None:
    text = str(st.session_state.get(_KEY) or "")
    take_given(lambda: text.encode("utf-8", "replace"), "paste_problem", current().open)
