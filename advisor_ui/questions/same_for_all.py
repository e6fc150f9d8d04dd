"""Offers to answer the question of the card once for all alike parts of which it is open, as one team packages its programs alike."""

import streamlit as st

from advisor.sensitivity.next_question import Question
from advisor.text import LANGS, Lang, Text
from advisor_ui.questions.fields import field_of
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD, Raw
from advisor_ui.state.session import Session, current
from advisor_ui.words import WORDS, say
from renderers.markdown import escape

_ALIKE = "alike_parts"  # the question of the card, the parts of which it is open too, and the key of the switch
_CARD = "next."
# What parts may have in common: not what starts each of them, nor what it does.
_KINDS, _SECTIONS = ("choice", "flag"), ("run", "entry", "load")
_MOST_NAMED = 3


def offer_same(session: Session, question: Question) -> None:
    """Offer a switch with which the answer to the question of the card applies to the other parts of which it is open."""
    others = alike(session.draft or {}, question)
    key = f"same.{session.lang}.{question.subject or WORKLOAD}.{question.field}"
    st.session_state[_ALIKE] = ((question.subject, question.field), others, key)
    if others:
        label = say("same_for", session.lang, parts=escape(_names(session.draft or {}, others, session.lang)))
        st.toggle(label, key=key)


def alike(draft: Raw, question: Question) -> tuple[str, ...]:
    """Return the other parts to which the answer to a question may apply as well: of the same kind, with the question open."""
    field = field_of(drafts.kind_of(draft, question.subject or WORKLOAD), question.field)
    if question.accept or field.kind not in _KINDS or field.section not in _SECTIONS:
        return ()
    return tuple(subject for subject, other in question.together if other == field.id and subject != question.subject)


def same_parts(subject: str, field: str) -> tuple[str, ...]:
    """Return the other parts to which the answer to the question of the card applies now."""
    place, others, key = st.session_state.get(_ALIKE) or (None, (), "")
    return others if place == (subject, field) and st.session_state.get(key) else ()


def alike_answers(subject: str, field: str, value: object) -> list[tuple[str, str, object]]:
    """Return an answer to the question of the card with the same one of the parts to which it is said to apply."""
    return [(one, field, value) for one in (subject, *same_parts(subject, field))]


def change_alike(changed: Raw, id: str, field: str, key: str) -> None:
    """Make a draft with a new answer the current one; one that was given in the card also applies to the parts to which it is said to."""
    session, before = current(), current().draft
    others = same_parts(id, field) if key.startswith(_CARD) else ()
    value = drafts.answer(changed, id, field)
    for other in others if value is not None else ():
        changed = drafts.with_answer(changed, other, field, value)
    session.change(changed)
    if others and value is not None and before is not None:
        session.undo = (before, said_same(changed, id, field, others))


def said_same(draft: Raw, id: str, field: str, others: tuple[str, ...]) -> Text:
    """Return in words that several parts have the same answer now."""
    title = field_of(drafts.kind_of(draft, id), field).title
    words = {
        lang: WORDS["same_given"].in_(lang).format(question=title.in_(lang), parts=_names(draft, (id, *others), lang))
        for lang in LANGS
    }
    return Text(words["en"], words["ja"])


def _names(draft: Raw, ids: tuple[str, ...], lang: Lang) -> str:
    shown = ids if len(ids) <= _MOST_NAMED + 1 else ids[:_MOST_NAMED]
    named = say("part_separator", lang).join(say("quoted", lang, name=drafts.name(draft, id, lang)) for id in shown)
    return named if len(shown) == len(ids) else say("and_others", lang, part=named, count=len(ids) - len(shown))
