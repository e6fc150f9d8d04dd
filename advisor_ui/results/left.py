"""What is left when no question is: how many warnings and assumptions there are, and the ways to them and to the downloads."""

import streamlit as st

from advisor.sensitivity.analysis import Analysis
from advisor_ui.jump import jump_button
from advisor_ui.results.checks import warned
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session
from advisor_ui.words import say
from renderers.record import assumed_places


def what_is_left(session: Session, validated: Validated, analysis: Analysis) -> None:
    """Show what to review, counted as in the design document, with buttons that lead there."""
    lang = session.lang
    counts = {
        "warnings": len(warned(validated)),
        "assumed": len(assumed_places(validated.design, analysis)),
        "carried": len({*analysis.carried_by}),
    }
    st.caption(say("left_to_review", lang, **counts))
    with st.container(horizontal=True, gap="small", key="what_is_left"):
        if counts["warnings"] or counts["assumed"]:
            jump_button("left_review", lang, "tab", "left_review", tab="check")
        if not validated.design.decision.conflicts:
            jump_button("left_take", lang, "tab", "left_take", tab="take")
