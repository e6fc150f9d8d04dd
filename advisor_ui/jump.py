"""Ways from one place of the page to another, below the first screen: the frame scrolls there and moves the focus."""

import streamlit as st

from advisor.text import Lang
from advisor_ui.words import say

_KEY = "jump"


def jump() -> tuple[int, str]:
    """Return where the page was asked to go last, with the number of the request."""
    number, key = st.session_state.get(_KEY, (0, ""))
    return int(number), str(key)


def jump_to(place: str) -> None:
    """Ask the page to go to the element with a key, once it is shown again."""
    st.session_state[_KEY] = (jump()[0] + 1, place)


def jump_button(label: str, lang: Lang, place: str, key: str, tab: str = "") -> None:
    """Show a button that leads to the element with a key, with one of the tabs of the decision open."""

    def go() -> None:
        jump_to(place)
        if tab:
            st.session_state["tab"] = tab

    st.button(say(label, lang), key=key, icon=":material/arrow_downward:", on_click=go)
