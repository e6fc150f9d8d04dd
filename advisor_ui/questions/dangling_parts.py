"""Parts that nothing uses, said above the diagram, each with buttons that link it to another part."""

import streamlit as st

from advisor.requirements.dangling import Dangling, Link, dangling
from advisor.requirements.loose_ends import loose_ends
from advisor.text import LANGS, Lang, Text
from advisor_ui.jump import jump_button
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session, current
from advisor_ui.state.typical_parts import with_typical_part
from advisor_ui.words import WORDS, say
from renderers.markdown import escape

_MOST_SHOWN = 3
# What is confirmed of a part that uses no other: it is kept with the questions that need no answer.
_LINKS = "links"
_RUN = "longest_run_s"


def dangling_parts(session: Session, draft: Raw, validated: Validated) -> None:
    """Show the unused parts and those that use nothing, and offer links that would connect them."""
    found = unconnected(session, validated)
    for part in found[:_MOST_SHOWN]:
        _part(session.lang, draft, part)
    if len(found) > _MOST_SHOWN:
        st.caption(say("more_dangling", session.lang, count=len(found) - _MOST_SHOWN))


def unconnected(session: Session, validated: Validated) -> list[Dangling]:
    """Return the parts that nothing uses, and those that use nothing unless that was confirmed."""
    answers = validated.design.verdict.answers
    unused = dangling(answers)
    settled = {part.subject for part in unused} | {subject for subject, field in session.accepted if field == _LINKS}
    return [*unused, *(part for part in loose_ends(answers) if part.subject not in settled)]


def missing_links(session: Session, validated: Validated) -> None:
    """Say in short that the answers are not sufficient while parts are not connected, and lead to those."""
    found, lang = unconnected(session, validated), session.lang
    if not found:
        return
    names = [drafts.name(session.draft or {}, part.subject, lang) for part in found]
    parts = escape(say("part_separator", lang).join(names[:_MOST_SHOWN]))
    st.warning(say("not_enough", lang, count=len(names), parts=parts), icon=":material/link_off:")
    jump_button("show_unconnected", lang, f"dangling-{found[0].subject}", "show_unconnected")


def _part(lang: Lang, draft: Raw, part: Dangling) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"dangling.{part.subject}"):
        name = escape(drafts.name(draft, part.subject, lang))
        st.warning(f"**{name}**: {escape(part.sentence.in_(lang))}", icon=":material/link_off:")
        for link in part.links:
            other = link.target if link.component == part.subject else link.component
            st.button(
                say("link_to", lang, name=escape(drafts.name(draft, other, lang))), icon=":material/add_link:",
                key=f"link.{part.subject}.{other}", on_click=_connect, args=(link,),
            )  # fmt: skip
        if part.kind == "idle" and not part.links:
            st.button(
                say("add_linked_store", lang), key=f"link.{part.subject}.store", icon=":material/add_link:",
                on_click=_connect_to_database, args=(part.subject,),
            )  # fmt: skip
        if part.kind in ("caller", "idle"):
            st.button(
                say("link_none", lang), key=f"link.{part.subject}.none", icon=":material/check:", type="tertiary",
                on_click=lambda: current().accepted.add((part.subject, _LINKS)),
            )  # fmt: skip
        if part.kind == "consumer" and not part.links:
            st.button(
                say("add_linked_channel", lang), key=f"link.{part.subject}.new", icon=":material/add_link:",
                on_click=_connect_to_new, args=(part.subject,),
            )  # fmt: skip


def _connect(link: Link) -> None:
    session = current()
    draft = session.draft
    if draft is None:
        return
    before = draft
    for field in link.fields:
        draft = drafts.linked(draft, link.component, field, link.target, many=field != "listens_to")
    if link.fields == ("calls",):
        draft = _with_run_of_called(draft, link)
    _change(session, before, draft, link)


def _with_run_of_called(draft: Raw, link: Link) -> Raw:
    """Return the draft in which the longest run of a site is that of the API, which does the work once the pages call it."""
    run = drafts.answer(draft, link.component, _RUN)
    if (
        run is None
        or drafts.answer(draft, link.target, _RUN)
        or drafts.answer(draft, link.component, "logic") == "code"
    ):
        return draft
    draft = drafts.with_answer(draft, link.component, _RUN, None)
    return drafts.with_answer(draft, link.target, _RUN, run)


def _connect_to_new(component: str) -> None:
    """Add a channel and let a component listen to it; one that reads a stream gets one that carries records."""
    session = current()
    if session.draft is not None:
        before, (draft, channel) = session.draft, drafts.with_subject(session.draft, "channel")
        started = drafts.answer(draft, component, "trigger") or ()
        if "stream" in started and "message" not in started:
            draft = drafts.with_answer(draft, channel, "carries", "records")
        linked = drafts.linked(draft, component, "listens_to", channel, many=False)
        _change(session, before, linked, Link(component, ("listens_to",), channel))


def _connect_to_database(component: str) -> None:
    """Add a database that a component reads and writes."""
    session = current()
    if session.draft is not None:
        before, (draft, store) = session.draft, with_typical_part(session.draft, "database", component)
        _change(session, before, draft, Link(component, ("reads", "writes"), store))


def _change(session: Session, before: Raw, after: Raw, link: Link) -> None:
    names = {lang: [drafts.name(after, id, lang) for id in (link.component, link.target)] for lang in LANGS}
    words = {lang: WORDS["linked"].in_(lang).format(component=c, target=t) for lang, (c, t) in names.items()}
    session.change(after)
    session.undo = (before, Text(words["en"], words["ja"]))
