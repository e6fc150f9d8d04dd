"""Saying why a file or a link was not opened, where it was given."""

from typing import Literal

import streamlit as st

from advisor_ui.state.session import Session
from advisor_ui.words import say
from renderers.markdown import escape


def load_problems(session: Session, what: Literal["file_problem", "link_problem"]) -> None:
    """Say what was refused, in a place that is always there: what stands below must not be made anew for it."""
    with st.empty():
        if session.problem == what:
            lines = "\n".join(f"- {escape(problem.in_(session.lang))}" for problem in session.problems)
            st.error(f"{say(what, session.lang)}\n\n{lines}", icon=":material/error:")
