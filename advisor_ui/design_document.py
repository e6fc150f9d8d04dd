"""The download of the design document: its format and the sections to leave out. It is made when it is asked for."""

from collections.abc import Callable, Sequence

import streamlit as st

import advisor_document
from advisor.design import Design
from advisor.text import Lang
from advisor_document.titles import TITLES
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.session import Session
from advisor_ui.words import say

_FORMATS = {format.suffix: format for format in advisor_document.FORMATS}
#: Word first: it is what most readers sign and change.
_OFFERED = (".docx", ".pdf", ".html", ".md")


def design_document(session: Session, draft: Raw, design: Design) -> None:
    """Offer the document in one of its formats, unless a part has no service."""
    if design.decision.conflicts:
        return
    lang = session.lang
    expander = st.expander(say("document", lang), key="document", icon=":material/description:", on_change="rerun")
    if not expander.open:
        return
    with expander:
        suffix = _suffix(lang)
        without = st.multiselect(
            say("document_without", lang), list(TITLES), key=f"document.without.{lang}",
            format_func=lambda id: TITLES[id].in_(lang), placeholder=say("document_nothing", lang), select_all=False,
        )  # fmt: skip
        format = _FORMATS[suffix]
        st.download_button(
            say("document_download", lang, format=format.name.in_(lang)), _made(design, suffix, lang, without),
            f"{drafts.slug(draft)}-design{suffix}", format.media_type, key="take.document", on_click="ignore",
            icon=":material/download:", width="stretch",
        )  # fmt: skip


def _suffix(lang: Lang) -> str:
    """Return the selected format, and explain why unavailable formats are not offered."""
    offered = [suffix for suffix in _OFFERED if _FORMATS[suffix].installed]
    chosen = st.selectbox(
        say("document_format", lang), offered, key=f"document.format.{lang}",
        format_func=lambda suffix: _FORMATS[suffix].name.in_(lang),
    )  # fmt: skip
    for suffix in _OFFERED:
        if suffix not in offered:
            missing = _FORMATS[suffix]
            st.caption(say("document_missing", lang, library=missing.library, format=missing.name.in_(lang)))
    return str(chosen)


def _made(design: Design, suffix: str, lang: Lang, without: Sequence[str]) -> Callable[[], bytes]:
    def make() -> bytes:
        return advisor_document.write(advisor_document.document(design, lang, without), suffix)

    return make
