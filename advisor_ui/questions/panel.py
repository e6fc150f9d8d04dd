"""The questions of one part of the workload, in tidy groups; those that do not apply are not shown."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from advisor.text import Lang
from advisor.verdict.derived_facts import Known, applies
from advisor.vocabulary import FIELDS, Field
from advisor_ui.questions.fields import field_of
from advisor_ui.questions.naming import rename
from advisor_ui.questions.widgets import Asked, ask
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import NAMES, WORKLOAD, Raw
from advisor_ui.state.partial_validation import Settled
from advisor_ui.state.session import Session, current, keep
from advisor_ui.words import SECTIONS, say
from renderers.markdown import escape

_ICONS = {
    "component": ":material/settings:",
    "channel": ":material/swap_horiz:",
    "store": ":material/database:",
    WORKLOAD: ":material/public:",
}
_OPEN = "first"


def questions(held: Session, draft: Raw, settled: Settled) -> None:
    """Show the parts of the workload, and the questions about the one that is selected."""
    _parts(held, draft)
    kind = drafts.kind_of(draft, held.subject)
    _heading(held, draft, kind)
    known = settled.known(kind, held.subject)
    asked = {
        field.id: _asked(draft, settled, held.subject, field, known, held.lang)
        for field in FIELDS[kind]
        if applies(field, known.values)
    }
    _first(held, draft, settled, asked)
    sections = dict.fromkeys(field.section for field in FIELDS[kind] if field.section != _OPEN)
    for section in sections:
        _section(held, section, [one for one in asked.values() if one.field.section == section])


def ask_about(held: Session, settled: Settled, subject: str, field: str, place: str) -> None:
    """Show one question of any part somewhere else on the page; "" is the workload."""
    draft, id = held.draft or {}, subject or WORKLOAD
    kind = drafts.kind_of(draft, id)
    known = settled.known(kind, id)
    ask(replace(_asked(draft, settled, id, field_of(kind, field), known, held.lang), place=place))


def _asked(draft: Raw, settled: Settled, id: str, field: Field, known: Known, lang: Lang) -> Asked:
    problem = settled.problems.get((id, field.id))
    return Asked(draft, drafts.kind_of(draft, id), id, field, _assumed(known, field), problem, lang)


def _assumed(known: Known, field: Field) -> Any:
    """Return what stands in for a missing answer; destinations are counted where their number was not stated."""
    if field.id == "fan_out":
        return known.values.get("destination_count")
    return known.values.get(field.id) if field.id in known.assumed else None


def _parts(held: Session, draft: Raw) -> None:
    lang = held.lang
    named = {
        id: f"{_ICONS[drafts.kind_of(draft, id)]} {_plain(drafts.name(draft, id, lang))}"
        for id in (*drafts.ids(draft), WORKLOAD)
    }

    def chosen() -> None:
        mine = current()
        mine.select(st.session_state["parts"] or mine.subject)

    keep("parts", held.subject)
    st.pills(
        say("parts", lang), list(named), default=held.subject, format_func=lambda id: named[id], key="parts",
        required=True, on_change=chosen,
    )  # fmt: skip


def _plain(words: str) -> str:
    """Return a person's words so that a label does not read them as Markdown."""
    return "".join(f"\\{char}" if char in "\\`*_[]{}<>#$~:|!" else char for char in words)


def _heading(held: Session, draft: Raw, kind: str) -> None:
    lang = held.lang
    with st.container(horizontal=True, gap="small"):
        new = {kind: say(f"add_{kind}", lang) for kind in ("component", "channel", "store")}
        st.menu_button(
            say("add", lang), list(new), format_func=lambda one: new[one], key="add", icon=":material/add:",
            type="tertiary", on_click=_add,
        )  # fmt: skip
        if kind != WORKLOAD:
            st.button(
                say("remove", lang), key="remove", icon=":material/delete:", type="tertiary", on_click=_remove,
                args=(held.subject,), disabled=drafts.ids(draft, ("component",)) == [held.subject],
                help=say("remove_this", lang, name=_plain(drafts.name(draft, held.subject, lang))),
            )  # fmt: skip
    if kind == WORKLOAD:
        _title(None, say("title", lang), drafts.titled(draft.get("title"), lang), lang)
    else:
        own = drafts.titled(drafts.part(draft, held.subject).get("title"), lang)
        label = f"{NAMES[kind].in_(lang)}: {say('name', lang)}"
        _title(held.subject, label, own, lang, drafts.name(draft, held.subject, lang))


def _title(id: str | None, label: str, words: str, lang: Lang, placeholder: str = "") -> None:
    key = f"title.{id or ''}"
    keep(key, words)
    st.text_input(
        label, words, key=key, max_chars=120, on_change=_rename, args=(id, key, lang), autocomplete="off",
        placeholder=placeholder or say("untitled", lang),
    )  # fmt: skip


def _rename(id: str | None, key: str, lang: Lang) -> None:
    mine = current()
    words = str(st.session_state.get(key) or "").strip()
    if mine.draft is not None and id is None:
        mine.change(drafts.with_title(mine.draft, id, words, lang))
    elif id is not None and id in drafts.ids(mine.draft or {}):
        rename(mine, id, words)


def _add() -> None:
    mine, kind = current(), st.session_state.get("add")
    if mine.draft is not None and kind in NAMES:
        draft, id = drafts.with_subject(mine.draft, str(kind))
        mine.change(draft)
        mine.select(id)


def _remove(id: str) -> None:
    mine = current()
    if mine.draft is not None and id in drafts.ids(mine.draft):
        mine.change(drafts.without_subject(mine.draft, id))
        mine.select(next(iter(drafts.ids(mine.draft)), WORKLOAD))


def _first(held: Session, draft: Raw, settled: Settled, asked: Mapping[str, Asked]) -> None:
    """Show run duration, Kubernetes and fan-out before everything else."""
    for one in asked.values():
        if one.field.section == _OPEN:
            ask(one)
    if drafts.kind_of(draft, held.subject) == "component":
        _fan_out(held, draft, settled)


def _fan_out(held: Session, draft: Raw, settled: Settled) -> None:
    """Ask a component how many receivers get what it sends; the answer is its channel's, which is made if need be."""
    field: Field = field_of("channel", "fan_out")
    sent = drafts.answer(draft, held.subject, "publishes")
    channels = [id for id in (sent if isinstance(sent, list) else []) if id in drafts.ids(draft, ("channel",))]
    key = f"fan_out.{held.subject}"
    stated = drafts.answer(draft, channels[0], field.id) if channels else None
    counted = settled.known("channel", channels[0]).values.get("destination_count") if channels else None
    words = "" if stated is None else str(stated)
    keep(key, words)
    hint = say("assumed", held.lang, value=int(counted)) if counted else say("fan_out_none", held.lang)
    name = (
        f" :small[:gray[{say('fan_out_of', held.lang, name=_plain(drafts.name(draft, channels[0], held.lang)))}]]"
        if channels
        else ""
    )
    st.text_input(
        f"{field.title.in_(held.lang)}{name}", words, key=key, placeholder=hint, max_chars=40, autocomplete="off",
        help=say("start_fan_out", held.lang), on_change=_store_fan_out, args=(held.subject, key),
    )  # fmt: skip
    problem = settled.problems.get((channels[0], field.id)) if channels else None
    if problem is not None:
        st.error(escape(problem.in_(held.lang)), icon=":material/error:")


def _store_fan_out(id: str, key: str) -> None:
    mine = current()
    draft, words = mine.draft, str(st.session_state.get(key) or "").strip()
    if draft is None:
        return
    sent = drafts.answer(draft, id, "publishes")
    channels = [c for c in (sent if isinstance(sent, list) else []) if c in drafts.ids(draft, ("channel",))]
    if not channels and words:
        draft, made = drafts.with_subject(draft, "channel")
        draft = drafts.linked(draft, id, "publishes", made, many=True)
        channels = [made]
    if channels:
        mine.change(drafts.with_answer(draft, channels[0], "fan_out", words))


def _section(held: Session, section: str, asked: list[Asked]) -> None:
    """Show a group of questions, folded until it is opened; its label never changes, as that would fold it again."""
    if not asked:
        return
    wrong = any(one.problem is not None for one in asked)
    key = f"section.{held.subject}.{section}"
    keep(key, wrong or key in held.unfolded)
    shown = st.expander(SECTIONS[section].in_(held.lang), key=key, on_change=_fold, args=(key,))
    if shown.open:
        with shown:
            for one in asked:
                ask(one)


def _fold(key: str) -> None:
    unfolded = current().unfolded
    if st.session_state.get(key):
        unfolded.add(key)
    else:
        unfolded.discard(key)
