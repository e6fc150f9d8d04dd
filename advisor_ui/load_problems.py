"""Saying why a file or a link was not opened, where it was given."""

from typing import Literal

import streamlit as st

from advisor_ui.state.session import Session, current
from advisor_ui.words import say
from renderers.markdown import escape

GivenProblem = Literal["file_problem", "link_problem", "paste_problem"]


def load_problems(session: Session, what: GivenProblem) -> None:
    """Say what was refused, in a place that is always there: what stands below must not be made anew for it."""
    with st.empty():
        if session.problem == what:
            lines = "\n".join(f"- {escape(problem.in_(session.lang))}" for problem in session.problems)
            st.error(f"{say(what, session.lang)}\n\n{lines}", icon=":material/error:")


def left_out(session: Session) -> None:
    """Say what of a file, a link or a list was not understood, until the visitor has seen it."""
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
