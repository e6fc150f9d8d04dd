"""The assumptions that carry the verdict: the most decisive first, the rest folded by part; each can be answered there."""

import streamlit as st

from advisor.explanation.what_if import Speaker
from advisor.sensitivity.analysis import Analysis
from advisor.sensitivity.ranking import ranked
from advisor.sensitivity.sweep import Swept
from advisor_ui.questions.panel import ask_about
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session
from advisor_ui.words import say
from renderers.markdown import escape

MOST_SHOWN = 8


def by_consequence(analysis: Analysis) -> list[Swept]:
    """Return the assumptions that carry the verdict, those first of which another answer is expected to cost most."""
    order = {question.place: number for number, question in enumerate(ranked(analysis.verdict, analysis.swept))}
    swept_by_place = {(swept.subject, swept.field.id): swept for swept in analysis.swept}
    last = len(order)
    places = sorted(analysis.carried_by, key=lambda place: (order.get(place, last), -swept_by_place[place].share))
    return [swept_by_place[place] for place in places]


def carried(session: Session, validated: Validated, analysis: Analysis) -> None:
    """Show the few assumptions that decide most, and the others of each part once it is unfolded."""
    lang, carrying = session.lang, by_consequence(analysis)
    if not carrying:
        return
    st.markdown(f"**{say('carried', lang, count=len(carrying))}**")
    first, rest = carrying[:MOST_SHOWN], carrying[MOST_SHOWN:]
    st.caption(say("carried_help", lang) if not rest else say("carried_first", lang, count=len(first)))
    with st.container(border=True):
        for subject in dict.fromkeys(swept.subject for swept in first):
            st.markdown(f":small[**{escape(_name(session, subject))}**]")
            _of_part(session, validated, subject, [swept for swept in first if swept.subject == subject], "carried")
    if not rest:
        return
    st.markdown(f"**{say('carried_rest', lang, count=len(rest))}**")
    for subject in dict.fromkeys(swept.subject for swept in rest):
        of_part = [swept for swept in rest if swept.subject == subject]
        label = f"{escape(_name(session, subject))} ({len(of_part)})"
        expander = st.expander(label, key=f"carried_rest.{subject or WORKLOAD}", on_change="rerun")
        if expander.open:
            with expander:
                _of_part(session, validated, subject, of_part, "carried_more")


def _name(session: Session, subject: str) -> str:
    return drafts.name(session.draft or {}, subject or WORKLOAD, session.lang)


def _of_part(session: Session, validated: Validated, subject: str, carrying: list[Swept], key: str) -> None:
    """Show assumptions about one part; the one that is picked is asked there."""
    lang = session.lang
    speaker = Speaker(validated.design.requirements, validated.design.book)
    names = {
        swept.field.id: f"{swept.field.title.in_(lang)}: {speaker.value(subject, swept.field.id, swept.value).in_(lang)}"
        for swept in carrying
    }
    selected = st.pills(
        _name(session, subject), list(names), key=f"{key}.{lang}.{subject or WORKLOAD}",
        format_func=lambda field: names.get(field, field), label_visibility="collapsed",
    )  # fmt: skip
    if selected in names:
        ask_about(session, validated, subject, str(selected), "check")
