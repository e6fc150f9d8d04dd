"""The number of receivers of what a component sends: asked of the component, an answer of its channel."""

import streamlit as st

from advisor.text import Lang
from advisor.vocabulary import Field
from advisor_ui.questions.fields import field_of, problem_of, quantity_echo
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session, current
from advisor_ui.state.unknown import known
from advisor_ui.state.widget_values import keep
from advisor_ui.words import say
from renderers.markdown import escape

KEY = "fan_out"
#: What follows the key of the question where what was written is kept, because it is no number of receivers.
REFUSED = ".refused"


def ask_fan_out(session: Session, draft: Raw, validated: Validated) -> None:
    """Ask for the number of receivers of a component; the answer belongs to its channel, which is created if necessary."""
    field: Field = field_of("channel", "fan_out")
    channels = _channels(draft, session.subject)
    key = f"{KEY}.{session.subject}"
    answer = drafts.answer(draft, channels[0], field.id) if channels else None
    destination_count = validated.known("channel", channels[0]).values.get("destination_count") if channels else None
    words = str(st.session_state.get(f"{key}{REFUSED}") or "") if answer is None else str(answer)
    keep(key, words)
    hint = (
        say("assumed", session.lang, value=int(destination_count))
        if destination_count
        else say("fan_out_none", session.lang)
    )
    st.text_input(
        field.title.in_(session.lang), words, key=key, placeholder=hint, max_chars=40, autocomplete="off",
        help=say("start_fan_out", session.lang), on_change=_store_fan_out, args=(session.subject, key),
    )  # fmt: skip
    if not channels:
        _refused_fan_out(field, key, session.lang)
        return
    problem = validated.problems.get((channels[0], field.id))
    if problem is not None:
        st.error(escape(problem.in_(session.lang)), icon=":material/error:")
    else:
        of_channel = say("fan_out_of", session.lang, name=drafts.name(draft, channels[0], session.lang))
        st.caption(escape(" ".join(part for part in (quantity_echo(field, answer, session.lang), of_channel) if part)))


def _refused_fan_out(field: Field, key: str, lang: Lang) -> None:
    """State why a number for which no channel was made is no number of receivers."""
    refused = str(st.session_state.get(f"{key}{REFUSED}") or "")
    if (problem := problem_of(field, refused)) is not None:
        st.error(f"{escape(refused)}: {escape(problem.in_(lang))}", icon=":material/error:")


def _channels(draft: Raw, id: str) -> list[str]:
    published = drafts.answer(draft, id, "publishes")
    return [c for c in (published if isinstance(published, list) else []) if c in drafts.ids(draft, ("channel",))]


def _store_fan_out(id: str, key: str) -> None:
    session = current()
    draft, words = session.draft, known(st.session_state.get(key))
    if draft is None:
        return
    channels = _channels(draft, id)
    invalid = bool(words) and not channels and problem_of(field_of("channel", "fan_out"), words) is not None
    st.session_state[f"{key}{REFUSED}"] = words if invalid else ""
    if invalid:
        return
    if not channels and words:
        draft, channel = drafts.with_subject(draft, "channel")
        draft = drafts.linked(draft, id, "publishes", channel, many=True)
        channels = [channel]
    if channels:
        session.change(drafts.with_answer(draft, channels[0], "fan_out", words))
