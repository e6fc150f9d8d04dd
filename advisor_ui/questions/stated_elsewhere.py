"""Text in one field that answers another question, too, or instead: a peak written as an average, a usual time beside the longest."""

import streamlit as st

from advisor.requirements.stated_answers import stated_answers
from advisor.text import Lang
from advisor.vocabulary import Field
from advisor_ui.questions.fields import field_of, problem_of
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.words import say

_STATED = (
    "stated"  # the question that was answered last by a text with more answers, with these and what was there before
)


def with_stated(draft: Raw, id: str, field: str, text: str) -> Raw:
    """Return the draft with all answers that a text in the field of a question states, and remember those of other questions."""
    kind = drafts.kind_of(draft, id)
    answers = stated_answers(kind, field_of(kind, field), text)
    others = {other: value for other, value in answers.items() if other != field}
    before = {other: drafts.answer(draft, id, other) for other in others}
    st.session_state[_STATED] = (id, field, others, before) if others else None
    draft = drafts.with_answer(draft, id, field, answers.get(field))
    for other, value in others.items():
        draft = drafts.with_answer(draft, id, other, value)
    return draft


def forget_stated() -> None:
    """Forget what the answer before stated of other questions."""
    st.session_state[_STATED] = None


def stated_echo(draft: Raw, id: str, field: Field, lang: Lang) -> str:
    """Return which other questions the last text in the field of a question answered, or "" if it answered none."""
    place, name, others, before = st.session_state.get(_STATED) or ("", "", {}, {})
    if (place, name) != (id, field.id):
        return ""
    kind = drafts.kind_of(draft, id)
    return " ".join(
        say("stored_as" if before[other] in (None, value) else "stored_instead", lang,
            question=field_of(kind, other).title.in_(lang), value=value, before=before[other])
        for other, value in others.items()
        if drafts.answer(draft, id, other) == value
    )  # fmt: skip


def run_answers(text: str) -> dict[str, str]:
    """Return what a text in the field of the longest run states of the runs, right or wrong."""
    return dict(stated_answers("component", field_of("component", "longest_run_s"), text)) if text else {}


def run_echo(text: str, lang: Lang) -> str:
    """Return which questions a text in the field of the longest run answers, if it is another one or several, else ""."""
    answers = run_answers(text)
    if set(answers) <= {"longest_run_s"} or any(
        problem_of(field_of("component", id), value) for id, value in answers.items()
    ):
        return ""
    return " ".join(
        say("stored_as", lang, question=field_of("component", id).title.in_(lang), value=value)
        for id, value in answers.items()
    )
