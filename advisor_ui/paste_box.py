"""A box for requirements as a list of lines, or as a requirements file, pasted."""

import streamlit as st

from advisor.requirements import RequirementsError
from advisor_ui.load_problems import load_problems
from advisor_ui.state.given_text import draft_of
from advisor_ui.state.session import Session, current
from advisor_ui.words import say

_KEY = "paste"
_MOST_CHARACTERS = 100_000


def paste_box(session: Session) -> None:
    """Take requirements as text; what was understood is opened, and the rest is named there."""
    lang = session.lang
    st.text_area(
        say("paste_title", lang), key=_KEY, placeholder=say("paste_hint", lang), max_chars=_MOST_CHARACTERS, height=110
    )
    st.button(say("paste_button", lang), key="paste_go", icon=":material/playlist_add_check:", on_click=_read)
    load_problems(session, "paste_problem")


def _read() -> None:
    session, text = current(), str(st.session_state.get(_KEY) or "")
    try:
        draft, left_out = draft_of(text.encode("utf-8", "replace"))
    except RequirementsError as error:
        session.report_problems("paste_problem", error.problems)
    else:
        session.open(draft)
        session.left_out = left_out
