"""Opening a requirements file of the visitor's: chosen or dropped, read as far as it is understood, or refused with sentences."""

import base64
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from advisor.requirements import RequirementsError
from advisor.requirements.reading import MOST_BYTES
from advisor.text import LANGS, Text
from advisor_ui.components import component
from advisor_ui.file_reference import file_reference
from advisor_ui.load_problems import FILE_NAME, GivenProblem, load_problems
from advisor_ui.state.draft import Raw
from advisor_ui.state.given_text import given
from advisor_ui.state.session import Session, current
from advisor_ui.words import say


def opener(session: Session, key: str, take: Callable[[Raw], None]) -> None:
    """Offer to open a requirements file; errors are shown below, with help on the format."""
    lang = session.lang

    def open_file() -> None:
        file = st.session_state[key].get("file")
        if isinstance(file, Mapping):
            st.session_state[FILE_NAME] = str(file.get("name") or "")
            take_given(lambda: _content(file), "file_problem", take)

    component("opener")(
        key=key,
        data={"label": say("choose_file", lang), "hint": say("choose_file_hint", lang), "most": MOST_BYTES},
        on_file_change=open_file,
    )
    load_problems(session, "file_problem")
    file_reference(session, key)


def take_given(content: Callable[[], bytes], problem: GivenProblem, take: Callable[[Raw], None]) -> None:
    """Apply the parts of a text that were understood, or store the error; also handles RequirementsError of `content`."""
    session = current()
    try:
        draft, left_out, read = given(content())
    except RequirementsError as error:
        session.report_problems(problem, error.problems)
    else:
        session.report_problems("", ())
        take(draft)
        session.left_out, session.read = left_out, read


def _content(file: Mapping[str, Any]) -> bytes:
    """Return the bytes of a file that the browser sent. Raises RequirementsError if it was too big to be sent."""
    size = file.get("size")
    if isinstance(size, int) and size > MOST_BYTES:
        raise RequirementsError((Text(*(say("file_too_big", lang, size=size, most=MOST_BYTES) for lang in LANGS)),))
    try:
        return base64.b64decode(str(file.get("content") or ""), validate=True)
    except ValueError:
        return b""
