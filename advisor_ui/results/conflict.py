"""A conflict: the smallest sets of conflicting answers, and the alternatives with their trade-offs."""

from collections.abc import Iterator, Sequence

import streamlit as st

from advisor.decision import Conflict
from advisor.explanation.what_if import Speaker
from advisor.text import Lang
from advisor_ui.jump import jump_button
from advisor_ui.results.citations import cite
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.forwarder import FORWARDER, with_forwarder
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session, current
from advisor_ui.words import say
from renderers.markdown import escape


def conflict_note(session: Session, conflicts: Sequence[Conflict]) -> None:
    """Say above the diagram that requirements conflict, of which parts, and lead to what resolves it."""
    lang, draft = session.lang, session.draft or {}
    parts = dict.fromkeys(drafts.name(draft, conflict.subject or WORKLOAD, lang) for conflict in conflicts)
    with st.container(key="conflict_note"):
        words = say("conflict_note", lang, parts=escape(say("part_separator", lang).join(parts)))
        st.error(f"**{say('conflict', lang)}**  \n{words}", icon=":material/block:")
        jump_button("conflict_show", lang, "conflict_0", "conflict_show")


def show_conflict(session: Session, validated: Validated, number: int, conflict: Conflict) -> None:
    """Show a conflict: its description, each set, each alternative with a button that applies it, and documented ones."""
    lang = session.lang
    speaker = Speaker(validated.design.requirements, validated.design.book)
    gap = " " if lang == "en" else ""  # no space follows a Japanese full stop
    with st.container(key=f"conflict_{number}"):
        st.error(
            f"**{say('conflict', lang)}**  \n{escape(conflict.sentence.in_(lang))}{gap}{say('conflict_help', lang)}",
            icon=":material/block:",
        )
        if len(conflict.sets) > 1:
            lines = "\n".join(f"- {escape(words)}" for words in _sets(conflict, validated, speaker, lang))
            st.markdown(f"**{say('conflict_sets', lang)}**\n\n{lines}")
        if conflict.ways_out:
            _ways_out(conflict, number, speaker, lang)
        if conflict.instead:
            st.markdown(f"**{say('conflict_instead', lang)}**\n\n" + "\n".join(_instead(conflict, lang)))
            _offer_forwarder(session, conflict, number, lang)


def _sets(conflict: Conflict, validated: Validated, speaker: Speaker, lang: Lang) -> Iterator[str]:
    answers = validated.known(speaker.kinds[conflict.subject], conflict.subject).values
    wide = validated.design.verdict.answers.workload
    for fields in conflict.sets:
        parts = []
        for field in fields:
            is_workload = speaker.is_whole(conflict.subject, field)
            subject = "" if is_workload else conflict.subject
            value = wide.get(field) if is_workload else answers.get(field)
            parts.append(speaker.change(subject, field, value).in_(lang))
        yield say("semicolon", lang).join(parts)


def _ways_out(conflict: Conflict, number: int, speaker: Speaker, lang: Lang) -> None:
    st.markdown(f"**{say('ways_out', lang)}**")
    for position, way in enumerate(conflict.ways_out):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                say("apply", lang), key=f"way.{number}.{position}", icon=":material/check:",
                on_click=lambda way=way: current().apply(way.changes, speaker.changes(way.changes)),
            )  # fmt: skip
            st.markdown(escape(speaker.changes(way.changes).in_(lang)), width="stretch")


def _offer_forwarder(session: Session, conflict: Conflict, number: int, lang: Lang) -> None:
    """Offer to add the function between the events of a file store and an ordered queue, where this is one of the alternatives."""
    forwarded = with_forwarder(session.draft or {}, conflict.subject)
    if forwarded is None or not any(alternative.id == FORWARDER for alternative in conflict.instead):
        return

    def add() -> None:
        session, (draft, what) = current(), forwarded
        before = session.draft
        session.change(draft)
        session.undo = None if before is None else (before, what)

    st.button(say("forwarder_add", lang), key=f"forwarder.{number}", icon=":material/add_link:", on_click=add)


def _instead(conflict: Conflict, lang: Lang) -> Iterator[str]:
    for alternative in conflict.instead:
        price = f"  \n  :gray[{say('price', lang)}] {escape(alternative.price.in_(lang))}"
        yield f"- **{escape(alternative.title.in_(lang))}**: {escape(alternative.way.in_(lang))} {cite(alternative.source, lang)}{price}"
