"""Adding the parts of an example to the draft, beside those that are there."""

from functools import cache

import streamlit as st

import rules
from advisor.text import LANGS, Lang, Text
from advisor_ui.state.draft import MAX_SUBJECTS
from advisor_ui.state.example_parts import with_parts_of
from advisor_ui.state.session import current, story
from advisor_ui.words import WORDS, say

_KEY = "add_example"


def add_example(lang: Lang) -> None:
    """Offer the examples of the gallery as templates: their parts are added, and one click takes them away again."""
    titles = _titles()
    st.menu_button(
        say("add_example", lang), list(titles), format_func=lambda name: titles[name].in_(lang), key=_KEY,
        icon=":material/library_add:", type="tertiary", on_click=_add,
    )  # fmt: skip


@cache
def _titles() -> dict[str, Text]:
    return {name: rules.load_story(name).title for name in rules.STORIES}


def _add() -> None:
    session, name = current(), str(st.session_state.get(_KEY))
    before = session.draft
    if before is None or name not in rules.STORIES:
        return
    title, added = _titles()[name], with_parts_of(before, story(name))
    if added is None:
        said = say("example_too_many", session.lang, title=title.in_(session.lang), most=MAX_SUBJECTS)
        st.toast(said, icon=":material/error:")
        return
    draft, ids = added
    en, ja = (WORDS["example_added"].in_(lang).format(title=title.in_(lang), count=len(ids)) for lang in LANGS)
    session.change(draft)
    session.undo = (before, Text(en, ja))
    session.select(ids[0])
