"""Help on the requirements file, where a file is opened: the reference in a dialog."""

import streamlit as st

from advisor_ui import cached
from advisor_ui.state.session import Session
from advisor_ui.words import say


def file_reference(session: Session, key: str) -> None:
    """Offer the reference of the requirements file; it is sent to the browser only when it is asked for."""
    lang = session.lang
    title = say("file_reference", lang)

    @st.dialog(title, width="large")
    def show() -> None:
        st.markdown(cached.file_reference(lang))

    if st.button(title, key=f"{key}.reference", type="tertiary", icon=":material/help:"):
        show()
