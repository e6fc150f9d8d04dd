"""The card over the questions: the open question most likely to change the verdict, to be answered there or put off."""

import streamlit as st

from advisor.explanation.what_if import HOLDS, Speaker
from advisor.sensitivity.analysis import Analysis
from advisor.sensitivity.next_question import Question, next_question
from advisor.text import Lang
from advisor_ui import cached
from advisor_ui.questions.panel import ask_about
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.partial_validation import Settled
from advisor_ui.state.session import Session, current
from advisor_ui.words import say
from renderers.markdown import escape

_MOST = 5


def next_card(held: Session, settled: Settled) -> None:
    """Show the next question with its widget, or that no open question can change the verdict any more."""
    if held.draft is None:
        return
    lang, analysis = held.lang, cached.analysis(held.draft)
    question = next_question(_left(analysis, held.later))
    if question is None and next_question(analysis) is not None:
        st.info(say("all_later", lang), icon=":material/schedule:")
        st.button(say("ask_again", lang), key="ask_again", type="tertiary", on_click=lambda: current().later.clear())
        return
    if question is None:
        words = HOLDS[analysis.holds].in_(lang)
        if analysis.holds:
            st.success(words, icon=":material/check_circle:")
        else:
            st.info(words, icon=":material/info:")
        return
    speaker = Speaker(settled.design.requirements, settled.design.book)
    title = f"**{say('next_question', lang)}**"
    shown = st.expander(title, expanded=True, key="next_question", icon=":material/target:", on_change="rerun")
    if shown.open:
        with shown:
            st.markdown(f":small[:gray[{escape(speaker.worth(question).in_(lang))}]]")
            ask_about(held, settled, question.subject, question.field, "next")
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                _keep(analysis, question, lang)
                _buttons(question, lang)
                _together(held, settled, question, speaker, lang)


def _left(analysis: Analysis, later: set[tuple[str, str]]) -> Analysis:
    """Return the analysis without the questions that were put off."""
    swept = tuple(one for one in analysis.swept if (one.subject, one.field.id) not in later)
    return analysis._replace(swept=swept, carried_by=tuple(one for one in analysis.carried_by if one not in later))


def _together(held: Session, settled: Settled, question: Question, speaker: Speaker, lang: Lang) -> None:
    """Offer, once opened, the other questions that belong to it."""
    if not question.together:
        return
    count = len(question.together)
    shown = st.popover(
        f"{say('asked_together', lang)} ({count})", key="asked_together", type="tertiary", on_change="rerun"
    )
    if not shown.open:
        return
    with shown:
        title = ""
        for subject, field in question.together[:_MOST]:
            named = speaker.title(subject).in_(lang)
            if named != title:
                st.markdown(f"**{escape(named)}**")
                title = named
            ask_about(held, settled, subject, field, "together")
        if count > _MOST:
            st.caption(say("more_below", lang, count=count - _MOST))


def _keep(analysis: Analysis, question: Question, lang: Lang) -> None:
    """Offer to make what is assumed the answer."""
    place = (question.subject, question.field)
    value = next(one.value for one in analysis.swept if (one.subject, one.field.id) == place)
    if value is None:
        return

    def kept() -> None:
        mine = current()
        if mine.draft is not None:
            mine.change(drafts.with_changes(mine.draft, [(*place, value)]))

    st.button(say("as_assumed", lang), key="as_assumed", type="tertiary", icon=":material/check:", on_click=kept)


def _buttons(question: Question, lang: Lang) -> None:
    place = (question.subject, question.field)
    st.button(
        say("to_question", lang), key="to_question", type="tertiary", icon=":material/arrow_downward:",
        on_click=lambda: _go(place[0] or WORKLOAD, place[1]),
    )  # fmt: skip
    st.button(
        say("not_now", lang), key="not_now", type="tertiary", icon=":material/schedule:",
        on_click=lambda: current().later.add(place),
    )  # fmt: skip


def _go(id: str, field: str) -> None:
    """Select the part that a question is about, and unfold the group that it stands in."""
    mine = current()
    mine.select(id)
    mine.unfold(id, field)
