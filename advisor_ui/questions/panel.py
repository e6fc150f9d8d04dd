"""The questions of one part of the workload, in tidy groups; those that do not apply are shown only with a wrong answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from advisor.text import LANGS, Lang, Text
from advisor.verdict.known import Known, applies
from advisor.vocabulary import FIELDS, Field
from advisor.vocabulary.demands import BY_FACT, MUST
from advisor.vocabulary.schedule_expression import ZONE, assumed_zone
from advisor_ui.questions.adding import add_example
from advisor_ui.questions.fan_out import ask_fan_out
from advisor_ui.questions.fields import field_of
from advisor_ui.questions.naming import rename_part
from advisor_ui.questions.supposed_links import suppose_links, supposed_links
from advisor_ui.questions.widgets import Asked, ask
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import NAMES, WORKLOAD, Raw
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session, current
from advisor_ui.state.stories import with_own_title, without_summary_of_story
from advisor_ui.state.typical_parts import TYPICAL_PARTS, with_typical_part
from advisor_ui.state.widget_values import keep
from advisor_ui.words import SECTIONS, say
from advisor_ui.words_proof import PART_TITLES

_ICONS = {
    "component": ":material/settings:",
    "channel": ":material/swap_horiz:",
    "store": ":material/database:",
    WORKLOAD: ":material/public:",
}
_OPEN = "first"


def questions(session: Session, draft: Raw, validated: Validated) -> None:
    """Show the parts of the workload, and the questions about the one that is selected."""
    supposed_links(session, draft)
    _parts(session, draft)
    kind = drafts.kind_of(draft, session.subject)
    _heading(session, draft, kind)
    known = validated.known(kind, session.subject)
    asked = {
        field.id: _asked(draft, validated, session.subject, field, known, session.lang)
        for field in FIELDS[kind]
        if applies(field, known.values) or (session.subject, field.id) in validated.problems
    }
    _leading_questions(session, draft, validated, asked)
    sections = dict.fromkeys(field.section for field in FIELDS[kind] if field.section != _OPEN)
    for section in sections:
        _section(session, section, [question for question in asked.values() if question.field.section == section])


def ask_about(session: Session, validated: Validated, subject: str, field: str, place: str) -> None:
    """Show one question of any part somewhere else on the page; "" is the workload. One demand is asked with the others."""
    draft, id = session.draft or {}, subject or WORKLOAD
    kind = drafts.kind_of(draft, id)
    values, asked = validated.known(kind, id), field_of(kind, MUST if field in BY_FACT else field)
    ask(replace(_asked(draft, validated, id, asked, values, session.lang), place=place))


def _asked(draft: Raw, validated: Validated, id: str, field: Field, known: Known, lang: Lang) -> Asked:
    problem, subject = validated.problems.get((id, field.id)), "" if id == WORKLOAD else id
    ranges = validated.design.decision.ranges
    note = next((r.note for r in ranges if (r.subject, r.field) == (subject, field.id) and r.stated), None)
    return Asked(draft, drafts.kind_of(draft, id), id, field, _assumed(known, field), problem, lang, note=note)


def _assumed(known: Known, field: Field) -> Any:
    """Return the assumption for an unanswered question; the number of destinations is counted, and a time zone
    follows from the Region."""
    if field.id == "fan_out":
        return known.values.get("destination_count")
    if field.id == ZONE:
        return assumed_zone(known.values) or None
    return known.values.get(field.id) if field.id in known.assumed else None


def _parts(session: Session, draft: Raw) -> None:
    lang = session.lang
    labels = {
        id: f"{_ICONS[drafts.kind_of(draft, id)]} {_plain(drafts.name(draft, id, lang))}"
        for id in (*drafts.ids(draft), WORKLOAD)
    }

    def select() -> None:
        session = current()
        session.select(st.session_state["parts"] or session.subject)

    keep("parts", session.subject)
    st.pills(
        say("parts", lang), list(labels), default=session.subject, format_func=lambda id: labels[id], key="parts",
        required=True, on_change=select,
    )  # fmt: skip


def _plain(words: str) -> str:
    """Return user text with Markdown escaped, for use in a label."""
    return "".join(f"\\{char}" if char in "\\`*_[]{}<>#$~:|!" else char for char in words)


def _heading(session: Session, draft: Raw, kind: str) -> None:
    lang = session.lang
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        new = {part: PART_TITLES[part].in_(lang) for part in TYPICAL_PARTS}
        new |= {kind: say(f"add_{kind}", lang) for kind in ("component", "channel", "store")}
        st.menu_button(
            say("add", lang), list(new), format_func=lambda kind: new[kind], key="add", icon=":material/add:",
            type="tertiary", on_click=_add,
        )  # fmt: skip
        add_example(lang)
        if kind != WORKLOAD:
            st.button(
                say("remove", lang), key="remove", icon=":material/delete:", type="tertiary", on_click=_remove,
                args=(session.subject,), disabled=drafts.ids(draft, ("component",)) == [session.subject],
                help=say("remove_this", lang, name=_plain(drafts.name(draft, session.subject, lang))),
            )  # fmt: skip
    if kind == WORKLOAD:
        _title(None, say("title", lang), drafts.titled(draft.get("title"), lang), lang)
    else:
        own = drafts.titled(drafts.part(draft, session.subject).get("title"), lang)
        label = f"{NAMES[kind].in_(lang)}: {say('name', lang)}"
        _title(session.subject, label, own, lang, drafts.name(draft, session.subject, lang))


def _title(id: str | None, label: str, words: str, lang: Lang, placeholder: str = "") -> None:
    key = f"title.{id or ''}"
    keep(key, words)
    st.text_input(
        label, words, key=key, max_chars=120, on_change=_rename, args=(id, key, lang), autocomplete="off",
        placeholder=placeholder or say("untitled", lang),
    )  # fmt: skip


def _rename(id: str | None, key: str, lang: Lang) -> None:
    session = current()
    words = str(st.session_state.get(key) or "").strip()
    if session.draft is not None and id is None:
        session.change(with_own_title(session.draft, words, lang))
    elif session.draft is not None and id in drafts.ids(session.draft):
        rename_part(session, session.draft, id, words)


def _add() -> None:
    session, part = current(), str(st.session_state.get("add"))
    if session.draft is None or part not in (*TYPICAL_PARTS, *NAMES):
        return
    before = session.draft
    if part in TYPICAL_PARTS:
        draft, id = with_typical_part(before, part, session.subject)
    else:
        draft, id = drafts.with_subject(before, part)
    session.change(draft)
    suppose_links(session, before, draft)
    if draft != before:
        session.undo = (before, Text(*(say("part_added", lang, name=drafts.name(draft, id, lang)) for lang in LANGS)))
    session.select(id)


def _remove(id: str) -> None:
    session = current()
    if session.draft is not None and id in drafts.ids(session.draft):
        before = session.draft
        session.change(without_summary_of_story(drafts.without_subject(before, id)))
        session.undo = (before, Text(*(say("removed", lang, name=drafts.name(before, id, lang)) for lang in LANGS)))
        session.select(next(iter(drafts.ids(session.draft)), WORKLOAD))


def _leading_questions(session: Session, draft: Raw, validated: Validated, asked: Mapping[str, Asked]) -> None:
    """Show run duration, Kubernetes and fan-out before everything else."""
    for question in asked.values():
        if question.field.section == _OPEN:
            ask(question)
    if drafts.kind_of(draft, session.subject) == "component":
        ask_fan_out(session, draft, validated)


def _section(session: Session, section: str, asked: list[Asked]) -> None:
    """Show a group of questions, folded until it is opened; its label never changes, as that would fold it again."""
    if not asked:
        return
    has_problem = any(question.problem is not None for question in asked)
    key = f"section.{session.subject}.{section}"
    keep(key, has_problem or key in session.open_sections)
    expander = st.expander(SECTIONS[section].in_(session.lang), key=key, on_change=_fold, args=(key,))
    if expander.open:
        with expander:
            for question in asked:
                ask(question)


def _fold(key: str) -> None:
    open_sections = current().open_sections
    if st.session_state.get(key):
        open_sections.add(key)
    else:
        open_sections.discard(key)
