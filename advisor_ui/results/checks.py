"""Checks before building: warnings, and assumptions for unanswered questions."""

from collections.abc import Sequence

import streamlit as st

from advisor.decision import Source
from advisor.explanation.open_doors import open_doors
from advisor.sensitivity.analysis import Analysis
from advisor.text import Text
from advisor_ui import cached
from advisor_ui.results.carried import carried
from advisor_ui.results.citations import cite
from advisor_ui.results.fixed_costs import fixed_costs
from advisor_ui.results.flip_points import stability
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session, current
from advisor_ui.words import say
from renderers.markdown import escape
from renderers.record import assumed_places


def warned(validated: Validated) -> tuple[tuple[str, Text, Source | None, str], ...]:
    """Return what to check before building, as (subject, sentence, source, rule): the warnings, and open endpoints."""
    design = validated.design
    doors = open_doors(design.requirements, design.verdict)
    return (
        *((door.subject, door.sentence, None, "") for door in doors),
        *((one.subject, one.sentence, one.source, one.id) for one in design.decision.warnings),
    )


def checks(session: Session, validated: Validated) -> None:
    """Show warnings and assumptions; an assumption links to its question."""
    decision, lang, draft = validated.design.decision, session.lang, session.draft or {}
    warnings = warned(validated)
    if not warnings and not decision.assumptions:
        st.success(say("all_clear", lang), icon=":material/check_circle:")
    if warnings:
        st.markdown(f"**{say('warnings', lang)}**")
        st.markdown(
            "\n".join(
                f"- **{escape(drafts.name(draft, subject, lang))}**: {escape(sentence.in_(lang))}"
                + (f" {cite(source, lang, rule)}" if source else "")
                for subject, sentence, source, rule in warnings
            )
        )
    if session.draft is not None:
        fixed_costs(session.draft, validated, lang)
        analysis = cached.analysis(session.draft)
        stability(analysis, lang)
        carried(session, validated, analysis)
        _all_assumed(session, validated, analysis)
    if validated.design.unused_answers:
        st.caption(escape(validated.design.unused_line.in_(lang)))


def _all_assumed(session: Session, validated: Validated, analysis: Analysis) -> None:
    """Show everything that is assumed, counted as in the design document: each once for its part."""
    lang, places = session.lang, assumed_places(validated.design, analysis)
    if not places:
        return
    expander = st.expander(say("all_assumed", lang, count=len(places)), key="all_assumed", on_change="rerun")
    if expander.open:
        with expander:
            for subject in dict.fromkeys(subject for subject, _ in places):
                _assumptions(
                    session, subject or WORKLOAD, [text for (one, _), text in places.items() if one == subject]
                )


def _assumptions(session: Session, subject: str, sentences: Sequence[Text]) -> None:
    lang, draft = session.lang, session.draft or {}
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{escape(drafts.name(draft, subject, lang))}**", width="content")
            st.button(
                say("answer_it", lang), key=f"answer.{subject}", type="tertiary", icon=":material/edit:",
                on_click=lambda: current().select(subject),
            )  # fmt: skip
        st.markdown(" ".join(f":gray-badge[{escape(sentence.in_(lang))}]" for sentence in sentences))
