"""Shows why a file or a link could not be opened, next to the control."""

from typing import Literal

import streamlit as st

from advisor.text import Lang
from advisor_ui.state.session import Session
from advisor_ui.words import say
from renderers.markdown import escape

#: Where the name of the file that was opened last is kept.
FILE_NAME = "opened_file_name"
_MOST_OF_NAME = 80
GivenProblem = Literal["file_problem", "link_problem", "paste_problem"]


def load_problems(session: Session, what: GivenProblem) -> None:
    """Show the reason of a rejection in a permanent container, so that the elements below are not recreated."""
    with st.empty():
        if session.problem == what:
            lines = "\n".join(f"- {escape(problem.in_(session.lang))}" for problem in session.problems)
            st.error(f"{escape(_heading(what, session.lang))}\n\n{lines}", icon=":material/error:")


def _heading(what: GivenProblem, lang: Lang) -> str:
    """Return what could not be opened; a file by its name."""
    name = str(st.session_state.get(FILE_NAME) or "") if what == "file_problem" else ""
    shown = name if len(name) <= _MOST_OF_NAME else f"{name[:_MOST_OF_NAME]}…"
    return say("named_file_problem", lang, name=shown) if shown else say(what, lang)
