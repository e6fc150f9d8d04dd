"""Shows why a file or a link could not be opened, next to the control."""

from typing import Literal

import streamlit as st

from advisor_ui.state.session import Session, current
from advisor_ui.words import say
from renderers.markdown import escape

GivenProblem = Literal["file_problem", "link_problem", "paste_problem"]


def load_problems(session: Session, what: GivenProblem) -> None:
    """Show the reason of a rejection in a permanent container, so that the elements below are not recreated."""
    with st.empty():
        if session.problem == what:
            lines = "\n".join(f"- {escape(problem.in_(session.lang))}" for problem in session.problems)
            st.error(f"{say(what, session.lang)}\n\n{lines}", icon=":material/error:")


def left_out(session: Session) -> None:
    """Show the parts of a file, link or list that were not understood, until the user has seen them."""
    if session.left_out:
        lines = "\n".join(f"- {escape(sentence.in_(session.lang))}" for sentence in session.left_out)
        with st.container(horizontal=True, vertical_alignment="center", key="left_out"):
            st.warning(f"{say('left_out', session.lang)}\n\n{lines}", icon=":material/rule:")
            st.button(
                say("seen", session.lang), key="left_out_seen", icon=":material/check:",
                on_click=_seen,
            )  # fmt: skip


def _seen() -> None:
    current().left_out = ()
