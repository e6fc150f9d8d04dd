"""All decisions at a glance: a table with a row per role of each part, or a list on a narrow page."""

from collections.abc import Iterator

import streamlit as st

from advisor.decision import Choice, SubjectDecision
from advisor.text import Lang
from advisor.vocabulary.formats import date
from advisor_ui.results.reasons import service_label
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session
from advisor_ui.words import say
from renderers.markdown import escape


def overview(session: Session, validated: Validated) -> None:
    """Show every choice with its first reason."""
    design, lang = validated.design, session.lang
    lines = [*_list(session, validated)] if session.narrow else [*_table(session, validated)]
    st.markdown("\n".join(lines))
    st.caption(say("as_of", lang, date=date(design.as_of).in_(lang), book=design.book.version))


def _table(session: Session, validated: Validated) -> Iterator[str]:
    lang = session.lang
    yield f"| {say('part', lang)} | {say('role', lang)} | {say('chosen', lang)} | {say('why_short', lang)} |"
    yield "| --- | --- | --- | --- |"
    for subject in validated.design.decision.subjects:
        for at, (role, service, reason) in enumerate(_rows(subject, validated, lang)):
            part = f"**{escape(subject.heading.in_(lang))}**" if at == 0 else ""
            yield f"| {part} | {role} | {service} | {reason} |"


def _list(session: Session, validated: Validated) -> Iterator[str]:
    for subject in validated.design.decision.subjects:
        yield f"\n**{escape(subject.heading.in_(session.lang))}**\n"
        for role, service, reason in _rows(subject, validated, session.lang):
            yield f"- {role}: {service}  \n  :small[{reason}]"


def _rows(subject: SubjectDecision, validated: Validated, lang: Lang) -> Iterator[tuple[str, str, str]]:
    design = validated.design
    for choice in subject.choices:
        pinned = f" :violet-badge[{say('pinned', lang)}]" if choice.pinned else ""
        service = f"**{escape(service_label(design, choice.service, lang))}**{pinned}"
        yield escape(design.book.role(choice.role).title.in_(lang)), service, escape(_first(choice, lang))


def _first(choice: Choice, lang: Lang) -> str:
    reasons = choice.violates or choice.because
    return reasons[0].sentence.in_(lang) if reasons else ""
