"""What to check before building: warnings, and what was assumed because nobody answered."""

import streamlit as st

from renderers.markdown import escape
from ui import draft as drafts
from ui.cite import cite
from ui.session import Session, current
from ui.settle import Settled
from ui.words import say


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
    if decision.assumptions:
        st.markdown(f"**{say('assumptions', lang)}**")
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
