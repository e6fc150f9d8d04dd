"""What to check before building: warnings, and what was assumed because nobody answered."""

import streamlit as st

from advisor.explanation.what_if import Speaker
from advisor.sensitivity.analysis import Analysis
from advisor.sensitivity.sweep import Swept
from advisor_ui import cached
from advisor_ui.questions.panel import ask_about
from advisor_ui.results.citations import cite
from advisor_ui.results.flip_points import stable
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.partial_validation import Settled
from advisor_ui.state.session import Session, current
from advisor_ui.words import say
from renderers.markdown import escape


def count(settled: Settled) -> int:
    """Return how many things there are to check."""
    decision = settled.design.decision
    return len(decision.warnings) + len(decision.assumptions)


def checks(held: Session, settled: Settled) -> None:
    """Show warnings and assumptions; an assumption leads to its question."""
    decision, lang, draft = settled.design.decision, held.lang, held.draft or {}
    if not count(settled):
        st.success(say("all_clear", lang), icon=":material/check_circle:")
    if decision.warnings:
        st.markdown(f"**{say('warnings', lang)}**")
        st.markdown(
            "\n".join(
                f"- **{escape(drafts.name(draft, w.subject, lang))}**: {escape(w.sentence.in_(lang))}"
                + (f" {cite(w.source, lang, w.id)}" if w.source else "")
                for w in decision.warnings
            )
        )
    if held.draft is not None:
        _carried(held, settled, cached.analysis(held.draft))
    if decision.assumptions:
        shown = st.expander(
            f"{say('assumptions', lang)} ({len(decision.assumptions)})", key="all_assumed", on_change="rerun"
        )
        if shown.open:
            with shown:
                _assumptions(held, settled)


def _carried(held: Session, settled: Settled, analysis: Analysis) -> None:
    """Show whether the verdict holds whatever is answered, and the assumptions that carry it, to be answered there."""
    lang = held.lang
    stable(analysis, lang)
    if not analysis.carried_by:
        return
    st.markdown(f"**{say('carried', lang)}** ({len(analysis.carried_by)})")
    st.caption(say("carried_help", lang))
    swept = {(one.subject, one.field.id): one for one in analysis.swept}
    carried = sorted((swept[place] for place in analysis.carried_by), key=lambda one: -one.share)
    for subject in dict.fromkeys(one.subject for one in carried):
        _carried_by(held, settled, subject, [one for one in carried if one.subject == subject])


def _carried_by(held: Session, settled: Settled, subject: str, carried: list[Swept]) -> None:
    """Show the assumptions about one part that carry the verdict; the one that is picked is asked there."""
    lang, id = held.lang, subject or WORKLOAD
    speaker = Speaker(settled.design.requirements, settled.design.book)
    names = {
        one.field.id: f"{one.field.title.in_(lang)}: {speaker.value(subject, one.field.id, one.value).in_(lang)}"
        for one in carried
    }
    with st.container(border=True):
        picked = st.pills(
            f"**{escape(drafts.name(held.draft or {}, id, lang))}**", list(names), key=f"carried.{lang}.{id}",
            format_func=lambda field: names.get(field, field), on_change=lambda: current().touch(),
        )  # fmt: skip
        if picked in names:
            ask_about(held, settled, subject, str(picked), "check")


def _assumptions(held: Session, settled: Settled) -> None:
    decision, lang, draft = settled.design.decision, held.lang, held.draft or {}
    for subject in dict.fromkeys(a.subject for a in decision.assumptions):
        listed = [a.sentence.in_(lang) for a in decision.assumptions if a.subject == subject]
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(f"**{escape(drafts.name(draft, subject, lang))}**", width="content")
                st.button(
                    say("answer_it", lang), key=f"answer.{subject}", type="tertiary", icon=":material/edit:",
                    on_click=lambda id=subject: current().select(id),
                )  # fmt: skip
            st.markdown(" ".join(f":gray-badge[{escape(words)}]" for words in listed))
