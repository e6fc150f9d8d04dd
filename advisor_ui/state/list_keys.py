"""Keys of lists to pick from, whose labels change while they are shown."""

from collections.abc import Collection, Mapping

import streamlit as st


def key_of_list(key: str, labels: Mapping[str, str], values: Collection[str]) -> str:
    """Return the key of a list to pick from, which is another one once the label of a picked entry has changed.

    The browser holds an entry by its label: it would go on showing an outdated one, and send it as an answer.
    """
    number, shown = st.session_state.get(f"labels.{key}", (0, labels))
    number += any(shown.get(value, labels[value]) != labels[value] for value in values)
    st.session_state[f"labels.{key}"] = (number, dict(labels))
    return f"{key}.{number}" if number else key
