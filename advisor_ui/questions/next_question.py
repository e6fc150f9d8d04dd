"""The card over the questions: how far the interview is, and its next question, to be answered there or put off.

Where every open question is seldom answered otherwise than assumed, the card puts those of one part together.
"""

import streamlit as st

from advisor.explanation.firmness import firmness
from advisor.explanation.question_words import counted_words, progress_words, remaining_words, worth_words
from advisor.explanation.what_if import Speaker
from advisor.sensitivity.analysis import Analysis
from advisor.sensitivity.next_question import Progress, Question, next_question, progress
from advisor.text import Lang
from advisor_ui import cached
from advisor_ui.questions.dangling_parts import missing_links, unconnected
from advisor_ui.questions.panel import ask_about
from advisor_ui.questions.rest_of_part import accept_button, assumptions_left
from advisor_ui.questions.same_for_all import alike_answers, offer_same, same_parts
from advisor_ui.results.left import what_is_left
from advisor_ui.state import draft as drafts
from advisor_ui.state.accepting import with_accepted
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
    if session.picking is not None and session.picking[0] in (WORKLOAD, *drafts.ids(session.draft)):
        _more_options(session, validated, *session.picking)
    question = next_question(analysis, session.postponed | session.accepted, session.part)
    session.part = question.subject if question is not None and _is_looked_through(session, question) else None
    if question is None:
        _at_the_end(session, validated, analysis)
        return
    made = progress(analysis.verdict, analysis.swept, session.accepted)
    _progress(made, lang)
    if made.essential == 0 and _is_complete(session, validated, question):
        _essential_answered(session, validated, analysis, made)
    if made.good_enough:
        missing_links(session, validated)
    speaker = Speaker(validated.design.requirements, validated.design.book)
    title = f"**{say('next_question', lang)}**"
    expander = st.expander(title, expanded=True, key="next_question", icon=":material/target:", on_change="rerun")
    if expander.open:
        with expander:
            _question(session, validated, analysis, question, speaker)


def _is_looked_through(session: Session, question: Question) -> bool:
    """Return whether a question shows the assumptions of a part, or one that was left of them."""
    return question.accept or (bool(question.rest) and question.subject == session.part)


def _more_options(session: Session, validated: Validated, id: str, field: str) -> None:
    """Keep a question whose first option was picked, until something else is answered."""
    part = drafts.name(session.draft or {}, id, session.lang)
    st.markdown(f":small[:gray[{escape(say('more_options', session.lang, part=part))}]]")
    ask_about(session, validated, "" if id == WORKLOAD else id, field, "next")


def _question(session: Session, validated: Validated, analysis: Analysis, question: Question, speaker: Speaker) -> None:
    lang = session.lang
    st.markdown(f":small[:gray[{escape(worth_words(speaker, question).in_(lang))}]]")
    if question.because == "changes" and not question.accept:
        st.markdown(f":small[:gray[{escape(counted_words(speaker, question).in_(lang))}]]")
    if not question.accept:
        ask_about(session, validated, question.subject, question.field, "next")
        offer_same(session, question)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if not question.accept:
            _accept_button(analysis, question, lang)
        accept_button(session, analysis, question)
        _buttons(question, lang)
        if not question.accept:
            _related_questions(session, validated, question, speaker, lang)
    if question.accept:
        assumptions_left(session, validated, analysis, question, speaker)


def _is_complete(session: Session, validated: Validated, question: Question) -> bool:
    """Return whether every part is connected and has what it requires, and nobody is let in without a word on it."""
    return question.because != "open-door" and _is_whole(session, validated)


def _is_whole(session: Session, validated: Validated) -> bool:
    """Return whether every part is connected, and no requirement is in conflict or not met by a service that is specified."""
    decision = validated.design.decision
    unmet = any(choice.violates for subject in decision.subjects for choice in subject.choices)
    return not decision.conflicts and not unmet and not unconnected(session, validated)


def _progress(made: Progress, lang: Lang) -> None:
    """Show how many questions are answered, and how many essential ones are open.

    The bar is the share of answered questions: as a likelihood, it would be neither empty at the start nor move for a while.
    """
    words = progress_words(made).in_(lang)
    if made.essential:
        words = f"**{say('essential_open', lang, count=made.essential)}** {words}"
    st.progress(made.answered / max(1, made.questions), text=words)


def _essential_answered(session: Session, validated: Validated, analysis: Analysis, made: Progress) -> None:
    """State that no essential question is open, what remains, and lead to the result."""
    words = f"**{say('essential_answered', session.lang)}**\n\n{remaining_words(made).in_(session.lang)}"
    show, icon = (st.success, "check_circle") if made.good_enough else (st.info, "flag")
    show(words, icon=f":material/{icon}:")
    what_is_left(session, validated, analysis)


def _at_the_end(session: Session, validated: Validated, analysis: Analysis) -> None:
    """Report that all open questions were postponed, or that none can change the verdict."""
    lang = session.lang
    if next_question(analysis, session.accepted) is not None:
        st.info(say("all_later", lang), icon=":material/schedule:")
        st.button(
            say("ask_again", lang), key="ask_again", type="tertiary", on_click=lambda: current().postponed.clear()
        )
        what_is_left(session, validated, analysis)
        return
    words, whole = firmness(analysis).in_(lang), _is_whole(session, validated)
    said = f"**{say('essential_answered', lang)}**\n\n{words}" if whole else words
    if analysis.holds and whole:
        st.success(said, icon=":material/check_circle:")
    else:
        st.info(said, icon=":material/flag:" if whole else ":material/info:")
    missing_links(session, validated)
    what_is_left(session, validated, analysis)


def _related_questions(
    session: Session, validated: Validated, question: Question, speaker: Speaker, lang: Lang
) -> None:
    """Offer, once opened, the other questions that belong to it."""
    if not question.together:
        return
    count = len(question.together)
    popover = st.popover(
        say("asked_together", lang, count=count), key="asked_together", type="tertiary", on_change="rerun"
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
    if question.because == "unlinked":
        return  # nothing is assumed for a link
    value = next(swept.value for swept in analysis.swept if (swept.subject, swept.field.id) == place)

    def accept() -> None:
        session = current()
        if value is None:
            session.accepted.add(place)
        elif session.draft is not None:
            session.change(with_accepted(session.draft, alike_answers(*place, value)))

    label = say("no_requirement" if value is None else "as_assumed", lang)
    st.button(label, key="as_assumed", type="tertiary", icon=":material/check:", on_click=accept)


def _buttons(question: Question, lang: Lang) -> None:
    place = (question.subject, question.field)

    def put_off() -> None:
        others = tuple((subject, place[1]) for subject in same_parts(*place))
        current().postponed.update(question.rest if question.accept else (place, *others))

    st.button(
        say("to_question", lang), key="to_question", type="tertiary", icon=":material/arrow_downward:",
        on_click=lambda: _show_question(place[0] or WORKLOAD, place[1]),
    )  # fmt: skip
    st.button(
        say("not_now", lang), key="not_now", type="tertiary", icon=":material/schedule:",
        on_click=put_off,
    )  # fmt: skip


def _show_question(id: str, field: str) -> None:
    """Select the part of a question, and expand its group."""
    session = current()
    session.select(id)
    session.open_section(id, field)
