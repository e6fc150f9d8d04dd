"""All decisions at a glance: a row per role of each part."""

import streamlit as st

from advisor.decision import Choice
from renderers.markdown import escape
from ui.session import Session
from ui.settle import Settled
from ui.why import named
from ui.words import say


def overview(held: Session, settled: Settled) -> None:
    """Show a table of every choice with its first reason."""
    design, lang = settled.design, held.lang
    rows = [f"| {say('part', lang)} | {say('role', lang)} | {say('chosen', lang)} | {say('why_short', lang)} |"]
    rows += ["| --- | --- | --- | --- |"]
    for subject in design.decision.subjects:
        for at, choice in enumerate(subject.choices):
            part = f"**{_cell(subject.title.in_(lang))}**" if at == 0 else ""
            role = _cell(design.book.role(choice.role).title.in_(lang))
            service = _cell(named(design, choice.service, lang))
            pinned = f" :violet-badge[{say('pinned', lang)}]" if choice.pinned else ""
            rows.append(f"| {part} | {role} | **{service}**{pinned} | {_cell(_first(choice, held))} |")
    st.markdown("\n".join(rows))
    st.caption(say("as_of", lang, date=design.as_of, book=design.book.version))


def _first(choice: Choice, held: Session) -> str:
    reasons = choice.violates or choice.because
    return reasons[0].sentence.in_(held.lang) if reasons else ""


def _cell(words: str) -> str:
    return escape(words).replace("|", "\\|")
