"""The remaining questions of one part: assumptions to correct individually or accept together."""

import streamlit as st

from advisor.explanation.what_if import Speaker
from advisor.sensitivity.analysis import Analysis
from advisor.sensitivity.next_question import Question
from advisor.sensitivity.sweep import Place, Swept
from advisor.text import Lang, Text
from advisor_ui.questions.panel import ask_about
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session, current
from advisor_ui.words import WORDS, say


def assumptions_left(
    session: Session, validated: Validated, analysis: Analysis, question: Question, speaker: Speaker
) -> None:
    """Show the assumptions of the part that a question is about; the one that is picked is asked there."""
    lang, place = session.lang, question.subject or WORKLOAD
    names = {swept.field.id: _assumed(speaker, swept, lang) for swept in _left(analysis, question)}
    picked = st.pills(
        say("correct_one", lang), list(names), key=f"left.{lang}.{place}",
        format_func=lambda field: names.get(field, field),
    )  # fmt: skip
    if picked in names:
        ask_about(session, validated, question.subject, str(picked), "left")


def accept_button(session: Session, analysis: Analysis, question: Question) -> None:
    """Offer to make all assumptions that are left of a part its answers; one click takes them back."""
    lang, left = session.lang, _left(analysis, question)
    if len(left) < 2:
        return
    part = drafts.name(session.draft or {}, question.subject or WORKLOAD, lang)
    count = len(left)

    def accept() -> None:
        session = current()
        session.apply([(s.subject, s.field.id, s.value) for s in left if s.value is not None], _what(part, count))
        session.accepted.update((s.subject, s.field.id) for s in left if s.value is None)

    st.button(
        say("accept_rest", lang, count=count), key="accept_rest", icon=":material/done_all:",
        type="primary" if question.accept else "tertiary", on_click=accept,
    )  # fmt: skip


def _what(part: str, count: int) -> Text:
    words = WORDS["rest_accepted"]
    return Text(words.en.format(part=part, count=count), words.ja.format(part=part, count=count))


def _left(analysis: Analysis, question: Question) -> list[Swept]:
    by_place: dict[Place, Swept] = {(swept.subject, swept.field.id): swept for swept in analysis.swept}
    return [by_place[place] for place in question.rest]


def _assumed(speaker: Speaker, swept: Swept, lang: Lang) -> str:
    """Return a question with its assumption; for a number, the range in which the verdict does not change."""
    words = speaker.value(swept.subject, swept.field.id, swept.value)
    if swept.unchanged is not None:
        first, last = swept.unchanged
        words = speaker.stretch(swept, swept.cells[first].low, swept.cells[last].high)
    return f"{swept.field.title.in_(lang)}: {words.in_(lang)}"
