"""Imports a draw.io file of the user: keeps its layout, and lists the differences from the design."""

import base64
from collections.abc import Callable, Mapping

import streamlit as st

import renderers
from advisor.design import Design
from advisor.text import Lang, Text
from advisor_ui import cached
from advisor_ui.components import component
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.session import Session
from advisor_ui.words import say
from renderers.drawio.reading import MOST_BYTES
from renderers.markdown import escape

_KEY, _HELD = "opener_drawing", "edited_drawing"
#: The formats that are offered with the visitor's layout.
_SUFFIXES = (".drawio", ".pptx", ".svg")


def edited_drawing(session: Session, draft: Raw, design: Design) -> None:
    """Offer to open an edited file, and the diagram in its layout once one is open."""
    lang = session.lang
    component("opener")(
        key=_KEY,
        data={
            "label": say("edited_choose", lang), "hint": say("edited_hint", lang), "most": MOST_BYTES,
            "accept": ".drawio,.svg,.xml",
        },
        on_file_change=_take,
    )  # fmt: skip
    drawing = st.session_state.get(_HELD)
    if drawing is None:
        return
    try:
        _, differences = renderers.redraw(design, drawing, ".drawio", lang=lang, theme=cached.theme())
    except renderers.BadDrawing as error:
        st.error(say("edited_too_big", lang) if not drawing else error.reason.in_(lang), icon=":material/error:")
        return
    _show(differences, lang)
    for suffix in _SUFFIXES:
        form = renderers.FORMATS.of(suffix)
        st.download_button(
            say("edited_kept", lang, name=form.name.in_(lang)), _drawn(design, drawing, suffix, lang),
            f"{drafts.slug(draft)}-edited{suffix}", form.media_type, key=f"take.edited{suffix}", on_click="ignore",
            icon=":material/download:", width="stretch",
        )  # fmt: skip
    st.button(say("edited_close", lang), key="take.discard", on_click=_discard, icon=":material/close:")


def _show(differences: tuple[Text, ...], lang: Lang) -> None:
    if not differences:
        st.success(say("edited_alike", lang), icon=":material/equal:")
        return
    lines = "\n".join(f"- {escape(difference.in_(lang))}" for difference in differences)
    st.info(f"{say('edited_differs', lang)}\n\n{lines}", icon=":material/difference:")


def _drawn(design: Design, drawing: bytes, suffix: str, lang: Lang) -> Callable[[], bytes]:
    theme = cached.theme()

    def make() -> bytes:
        return renderers.redraw(design, drawing, suffix, lang=lang, theme=theme)[0]

    return make


def _take() -> None:
    """Keep the file that the browser sent; one that was too big to be sent is empty."""
    file = st.session_state[_KEY].get("file")
    if isinstance(file, Mapping):
        try:
            st.session_state[_HELD] = base64.b64decode(str(file.get("content") or ""), validate=True)
        except ValueError:
            st.session_state[_HELD] = b""


def _discard() -> None:
    st.session_state.pop(_HELD, None)
