"""The values that widgets show, set from the state of the session."""

import streamlit as st


def keep(key: str, value: object) -> None:
    """Make a widget show a value. The widget is given the same as its default, in case the browser never saw it."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
