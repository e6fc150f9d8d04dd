"""The choice of a view above the diagram: one aspect of the architecture, for the diagram and the pictures to download."""

import streamlit as st

from advisor_bundle.views import TITLES
from advisor_ui.state.session import Session, current
from advisor_ui.state.widget_values import keep
from advisor_ui.words import say


def view_choice(session: Session) -> None:
    """Show the views: beside each other, or on a narrow page as a list."""
    names = {"": say("whole_architecture", session.lang)} | {
        id: title.in_(session.lang) for id, title in TITLES.items()
    }
    key = f"view.narrow.{session.lang}" if session.narrow else "view"

    def store() -> None:
        current().view = st.session_state[key] or ""

    keep(key, session.view)
    label = say("view", session.lang)
    if session.narrow:
        st.selectbox(
            label, list(names), index=list(names).index(session.view), format_func=lambda id: names[id], key=key, on_change=store,
        )  # fmt: skip
        return
    st.segmented_control(
        label, list(names), default=session.view, format_func=lambda id: names[id], key=key, required=True,
        label_visibility="collapsed", on_change=store,
    )  # fmt: skip
