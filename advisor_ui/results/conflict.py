"""A conflict on the page: the smallest sets of answers that exclude each other, and the ways out with their price."""

from collections.abc import Iterator

import streamlit as st

from advisor.decision import Conflict
from advisor.explanation.what_if import Speaker
from advisor.text import Lang
from advisor_ui.results.citations import cite
from advisor_ui.state.partial_validation import Settled
from advisor_ui.state.session import Session, current
from advisor_ui.words import say
from renderers.markdown import escape


def conflict(held: Session, settled: Settled, number: int, found: Conflict) -> None:
    """Show a conflict: what it is, each set, each way out with a button that takes it, and known ways out."""
    lang = held.lang
    speaker = Speaker(settled.design.requirements, settled.design.book)
    with st.container(key=f"conflict_{number}"):
        st.error(
            f"**{say('conflict', lang)}**  \n{escape(found.sentence.in_(lang))} {say('conflict_help', lang)}",
            icon=":material/block:",
        )
        if len(found.sets) > 1:
            lines = "\n".join(f"- {escape(words)}" for words in _sets(found, settled, speaker, lang))
            st.markdown(f"**{say('conflict_sets', lang)}**\n\n{lines}")
        if found.ways_out:
            _ways_out(found, number, speaker, lang)
        if found.instead:
            st.markdown(f"**{say('conflict_instead', lang)}**\n\n" + "\n".join(_instead(found, lang)))


def _sets(found: Conflict, settled: Settled, speaker: Speaker, lang: Lang) -> Iterator[str]:
    requirements = settled.design.requirements
    own = settled.known(speaker.kinds[found.subject], found.subject).values
    for fields in found.sets:
        parts = []
        for field in fields:
            whole = speaker.is_whole(found.subject, field)
            subject = "" if whole else found.subject
            value = requirements.workload_answers.get(field) if whole else own.get(field)
            parts.append(speaker.change(subject, field, value).in_(lang))
        yield say("semicolon", lang).join(parts)


def _ways_out(found: Conflict, number: int, speaker: Speaker, lang: Lang) -> None:
    st.markdown(f"**{say('ways_out', lang)}**")
    for at, way in enumerate(found.ways_out):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                say("apply", lang), key=f"way.{number}.{at}", icon=":material/check:",
                on_click=lambda way=way: current().apply(way.changes, speaker.changes(way.changes)),
            )  # fmt: skip
            st.markdown(escape(speaker.changes(way.changes).in_(lang)), width="stretch")


def _instead(found: Conflict, lang: Lang) -> Iterator[str]:
    for way in found.instead:
        price = f"  \n  :gray[{say('price', lang)}] {escape(way.price.in_(lang))}"
        yield f"- **{escape(way.title.in_(lang))}**: {escape(way.way.in_(lang))} {cite(way.source, lang)}{price}"
