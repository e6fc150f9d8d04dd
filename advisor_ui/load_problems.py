"""Shows why a file or a link could not be opened, next to the control."""

from typing import Literal

import streamlit as st

from advisor.text import Lang, Text
from advisor_ui.state.session import Session, current
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


def left_out(session: Session) -> None:
    """Show what of a file, link or text was not understood, and what was, line by line, until the user has seen it."""
    if not session.left_out and not session.read:
        return
    lang = session.lang
    with st.container(key="left_out"):
        if session.left_out:
            st.warning(f"{say('left_out', lang)}\n\n{_listed(session.left_out, lang)}", icon=":material/rule:")
        if session.read:
            title = say("read_title_line", lang, count=len(session.read))
            with st.expander(title, expanded=True, key="read", icon=":material/fact_check:"):
                st.markdown(_listed(session.read, lang))
        st.button(say("seen", lang), key="left_out_seen", icon=":material/check:", on_click=_seen)


def _listed(sentences: tuple[Text, ...], lang: Lang) -> str:
    return "\n".join(f"- {escape(sentence.in_(lang))}" for sentence in sentences)


def _seen() -> None:
    session = current()
    session.left_out = session.read = ()
