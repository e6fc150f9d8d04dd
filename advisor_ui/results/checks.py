"""What to check before building: warnings, and what was assumed because nobody answered."""

import streamlit as st

from advisor.explanation.what_if import Speaker
from advisor.sensitivity.analysis import Analysis
from advisor.sensitivity.sweep import Swept
from advisor_ui import cached
from advisor_ui.questions.panel import ask_about
from advisor_ui.results.citations import cite
from advisor_ui.results.flip_points import stability
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session, current
from advisor_ui.words import say
from renderers.markdown import escape


def count(validated: Validated) -> int:
    """Return how many things there are to check."""
    decision = validated.design.decision
    return len(decision.warnings) + len(decision.assumptions)


def checks(session: Session, validated: Validated) -> None:
    """Show warnings and assumptions; an assumption leads to its question."""
    decision, lang, draft = validated.design.decision, session.lang, session.draft or {}
    if not count(validated):
        st.success(say("all_clear", lang), icon=":material/check_circle:")
    if decision.warnings:
        st.markdown(f"**{say('warnings', lang)}**")
        st.markdown(
            "\n".join(
                f"- **{escape(drafts.name(draft, warning.subject, lang))}**: {escape(warning.sentence.in_(lang))}"
                + (f" {cite(warning.source, lang, warning.id)}" if warning.source else "")
                for warning in decision.warnings
            )
        )
    if session.draft is not None:
        _decisive_assumptions(session, validated, cached.analysis(session.draft))
    if decision.assumptions:
        expander = st.expander(
            f"{say('assumptions', lang)} ({len(decision.assumptions)})", key="all_assumed", on_change="rerun"
        )
        if expander.open:
            with expander:
                _assumptions(session, validated)
    if validated.design.unused_answers:
        st.caption(escape(validated.design.unused_line.in_(lang)))


def _decisive_assumptions(session: Session, validated: Validated, analysis: Analysis) -> None:
    """Show whether the verdict holds whatever is answered, and the assumptions that carry it, to be answered there."""
    lang = session.lang
    stability(analysis, lang)
    if not analysis.carried_by:
        return
    st.markdown(f"**{say('carried', lang)}** ({len(analysis.carried_by)})")
    st.caption(say("carried_help", lang))
    swept_by_place = {(swept.subject, swept.field.id): swept for swept in analysis.swept}
    decisive = sorted((swept_by_place[place] for place in analysis.carried_by), key=lambda swept: -swept.share)
    for subject in dict.fromkeys(swept.subject for swept in decisive):
        _decisive_of_subject(session, validated, subject, [swept for swept in decisive if swept.subject == subject])


def _decisive_of_subject(session: Session, validated: Validated, subject: str, decisive: list[Swept]) -> None:
    """Show the assumptions about one part that carry the verdict; the one that is picked is asked there."""
    lang, id = session.lang, subject or WORKLOAD
    speaker = Speaker(validated.design.requirements, validated.design.book)
    names = {
        swept.field.id: f"{swept.field.title.in_(lang)}: {speaker.value(subject, swept.field.id, swept.value).in_(lang)}"
        for swept in decisive
    }
    name = drafts.name(session.draft or {}, id, lang)
    with st.container(border=True):
        st.markdown(f"**{escape(name)}**")
        selected = st.pills(
            name, list(names), key=f"carried.{lang}.{id}", format_func=lambda field: names.get(field, field),
            label_visibility="collapsed", on_change=lambda: current().mark_used(),
        )  # fmt: skip
        if selected in names:
            ask_about(session, validated, subject, str(selected), "check")


def _assumptions(session: Session, validated: Validated) -> None:
    decision, lang, draft = validated.design.decision, session.lang, session.draft or {}
    for subject in dict.fromkeys(assumption.subject for assumption in decision.assumptions):
        sentences = [
            assumption.sentence.in_(lang) for assumption in decision.assumptions if assumption.subject == subject
        ]
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(f"**{escape(drafts.name(draft, subject, lang))}**", width="content")
                st.button(
                    say("answer_it", lang), key=f"answer.{subject}", type="tertiary", icon=":material/edit:",
                    on_click=lambda id=subject: current().select(id),
                )  # fmt: skip
            st.markdown(" ".join(f":gray-badge[{escape(words)}]" for words in sentences))
