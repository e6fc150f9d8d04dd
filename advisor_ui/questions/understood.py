"""What of a given text was understood and what was not, line by line, with each answer to be corrected in place."""

import streamlit as st

from advisor.text import Lang, Text
from advisor.vocabulary import FIELDS
from advisor_ui.questions.panel import ask_about
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.reading_record import ReadLine
from advisor_ui.state.session import Session, current
from advisor_ui.words import say
from renderers.markdown import escape

_MOST_NAMED = 3


def understood(session: Session, validated: Validated) -> None:
    """Show what of a file, link or text was not understood, and what was, line by line, until the user has seen it."""
    if not session.left_out and not session.read:
        return
    lang = session.lang
    with st.container(key="left_out"):
        if session.left_out:
            st.warning(f"{say('left_out', lang)}\n\n{_listed(session.left_out, lang)}", icon=":material/rule:")
        if session.read:
            title = say("read_title_line", lang, count=len(session.read))
            with st.expander(title, expanded=True, key="read", icon=":material/fact_check:"):
                for number, line in enumerate(session.read):
                    _line(session, validated, number, line)
        st.button(say("seen", lang), key="left_out_seen", icon=":material/check:", on_click=_seen)


def _line(session: Session, validated: Validated, number: int, line: ReadLine) -> None:
    """Show a line that was read, and once opened, the questions that it answered, as far as their parts are still there."""
    draft, lang = session.draft or {}, session.lang
    st.markdown(f"- {escape(line.sentence.in_(lang))}")
    known = (WORKLOAD, *drafts.ids(draft))
    places = [(id, field) for id, field in line.places if id in known]
    if not places:
        return
    names = [_title(drafts.kind_of(draft, id), field, lang) for id, field in places]
    label = say("correct_read", lang, names=say("part_separator", lang).join(dict.fromkeys(names[:_MOST_NAMED])))
    with st.popover(
        label, type="tertiary", icon=":material/edit:", key=f"correct_read.{number}", on_change="rerun"
    ) as one:
        if one.open:
            for id, field in places:
                st.markdown(f":small[{escape(drafts.name(draft, id, lang))}]")
                ask_about(session, validated, "" if id == WORKLOAD else id, field, f"read{number}")


def _title(kind: str, field: str, lang: Lang) -> str:
    return next(one.title.in_(lang) for one in FIELDS[kind] if one.id == field)


def _listed(sentences: tuple[Text, ...], lang: Lang) -> str:
    return "\n".join(f"- {escape(sentence.in_(lang))}" for sentence in sentences)


def _seen() -> None:
    session = current()
    session.left_out = session.read = ()
