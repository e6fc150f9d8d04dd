"""What was entered on the first page, kept while another page or the other language is shown.

Streamlit forgets the value of a field as soon as the field is not on the page.
"""

import streamlit as st

from advisor.text import Lang

_KEY = "entered"
_FIELDS = ("three.run", "three.fan_out", "paste")
# Fields whose options are words, so that they have a key in each language.
_WORDED = ("three.kubernetes", "three.trigger", "three.parts")


def remember(lang: Lang) -> None:
    """Keep what the fields of the first page hold, at the beginning of each run: they may not be shown in it."""
    kept = st.session_state.setdefault(_KEY, {})
    kept.update({name: st.session_state[key] for name, key in _keys(lang).items() if key in st.session_state})


def restore(lang: Lang) -> None:
    """Give the fields of the first page what they held, before they are shown."""
    for name, key in _keys(lang).items():
        if key not in st.session_state and name in st.session_state.get(_KEY, {}):
            st.session_state[key] = st.session_state[_KEY][name]


def _keys(lang: Lang) -> dict[str, str]:
    return {name: name for name in _FIELDS} | {name: f"{name}.{lang}" for name in _WORDED}
