"""The card over the questions: the open question most likely to change the verdict, to be answered there or put off."""

import streamlit as st

from advisor.explanation.what_if import Speaker, firmness
from advisor.sensitivity.analysis import Analysis
from advisor.sensitivity.next_question import Question, next_question
from advisor.text import Lang
from advisor_ui import cached
from advisor_ui.questions.panel import ask_about
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session, current
from advisor_ui.words import say
from renderers.markdown import escape

_MAX_SHOWN = 5


def next_card(session: Session, validated: Validated) -> None:
    """Show the next question with its widget, or that no open question can change the verdict any more."""
    if session.draft is None:
        return
    lang, analysis = session.lang, cached.analysis(session.draft)
    question = next_question(_without_postponed(analysis, session.postponed))
    if question is None and next_question(analysis) is not None:
        st.info(say("all_later", lang), icon=":material/schedule:")
        st.button(
            say("ask_again", lang), key="ask_again", type="tertiary", on_click=lambda: current().postponed.clear()
        )
        return
    if question is None:
        words = firmness(analysis).in_(lang)
        if analysis.holds:
            st.success(words, icon=":material/check_circle:")
        else:
            st.info(words, icon=":material/info:")
        return
    speaker = Speaker(validated.design.requirements, validated.design.book)
    title = f"**{say('next_question', lang)}**"
    expander = st.expander(title, expanded=True, key="next_question", icon=":material/target:", on_change="rerun")
    if expander.open:
        with expander:
            st.markdown(f":small[:gray[{escape(speaker.worth(question).in_(lang))}]]")
            ask_about(session, validated, question.subject, question.field, "next")
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                _accept_button(analysis, question, lang)
                _buttons(question, lang)
                _related_questions(session, validated, question, speaker, lang)


def _without_postponed(analysis: Analysis, postponed: set[tuple[str, str]]) -> Analysis:
    """Return the analysis without the questions that were put off."""
    swept = tuple(swept for swept in analysis.swept if (swept.subject, swept.field.id) not in postponed)
    return analysis._replace(
        swept=swept,
        carried_by=tuple(place for place in analysis.carried_by if place not in postponed),
        ranges=analysis.ranges.without(postponed),
    )


def _related_questions(
    session: Session, validated: Validated, question: Question, speaker: Speaker, lang: Lang
) -> None:
    """Offer, once opened, the other questions that belong to it."""
    if not question.together:
        return
    count = len(question.together)
    popover = st.popover(
        f"{say('asked_together', lang)} ({count})", key="asked_together", type="tertiary", on_change="rerun"
    )
    if not popover.open:
        return
    with popover:
        title = ""
        for subject, field in question.together[:_MAX_SHOWN]:
            subject_title = speaker.title(subject).in_(lang)
            if subject_title != title:
                st.markdown(f"**{escape(subject_title)}**")
                title = subject_title
            ask_about(session, validated, subject, field, "together")
        if count > _MAX_SHOWN:
            st.caption(say("more_below", lang, count=count - _MAX_SHOWN))


def _accept_button(analysis: Analysis, question: Question, lang: Lang) -> None:
    """Offer to make what is assumed the answer."""
    place = (question.subject, question.field)
    value = next(swept.value for swept in analysis.swept if (swept.subject, swept.field.id) == place)
    if value is None:
        return

    def accept() -> None:
        session = current()
        if session.draft is not None:
            session.change(drafts.with_changes(session.draft, [(*place, value)]))

    st.button(say("as_assumed", lang), key="as_assumed", type="tertiary", icon=":material/check:", on_click=accept)


def _buttons(question: Question, lang: Lang) -> None:
    place = (question.subject, question.field)
    st.button(
        say("to_question", lang), key="to_question", type="tertiary", icon=":material/arrow_downward:",
        on_click=lambda: _show_question(place[0] or WORKLOAD, place[1]),
    )  # fmt: skip
    st.button(
        say("not_now", lang), key="not_now", type="tertiary", icon=":material/schedule:",
        on_click=lambda: current().postponed.add(place),
    )  # fmt: skip


def _show_question(id: str, field: str) -> None:
    """Select the part that a question is about, and unfold the group that it stands in."""
    session = current()
    session.select(id)
    session.open_section(id, field)
