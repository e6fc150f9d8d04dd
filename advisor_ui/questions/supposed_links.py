"""Links that the page made with a part that was added: a sentence, and the choice to confirm them or not to connect."""

import streamlit as st

from advisor.text import LANGS, Text
from advisor_ui.state.draft import Raw
from advisor_ui.state.new_links import Link, links_of, made_links, said_links, without_links
from advisor_ui.state.session import Session, current
from advisor_ui.words import say
from renderers.markdown import escape


def suppose_links(session: Session, before: Raw, after: Raw) -> None:
    """Mark the links that a change made as assumed."""
    session.supposed |= {*made_links(before, after)}


def supposed(session: Session, draft: Raw) -> list[Link]:
    """Return the links that are there and assumed, in the order of the draft."""
    return [link for link in links_of(draft) if link in session.supposed]


def supposed_links(session: Session, draft: Raw) -> None:
    """State the assumed links, with a button that confirms them and one that takes them back; the parts stay."""
    lang, links = session.lang, supposed(session, draft)
    if not links:
        return
    with st.container(key="supposed_links"):
        st.info(escape(said_links(draft, links, "links_supposed").in_(lang)), icon=":material/add_link:")
        with st.container(horizontal=True, gap="small"):
            st.button(say("links_confirm", lang), key="links_confirm", icon=":material/check:", on_click=_confirm)
            st.button(say("links_refuse", lang), key="links_refuse", icon=":material/link_off:", on_click=_refuse)


def _confirm() -> None:
    current().supposed.clear()


def _refuse() -> None:
    """Take the assumed links back, and keep the draft before for one click back."""
    session = current()
    draft = session.draft
    if draft is None:
        return
    links = supposed(session, draft)
    session.supposed.clear()
    session.change(without_links(draft, links))
    session.just_refused = {*links}
    session.undo = (draft, Text(*(say("links_refused", lang) for lang in LANGS)))
