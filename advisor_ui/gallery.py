"""The first page: the questions to start with, and the examples as cards."""

import time
from typing import TYPE_CHECKING

import streamlit as st

import rules
from advisor.text import LANGS, Text
from advisor.vocabulary import FIELDS, Field
from advisor.vocabulary.amounts import Range, parse_amount
from advisor.vocabulary.units import QuantityError
from advisor_ui import cached
from advisor_ui.components import component
from advisor_ui.example_cards import card
from advisor_ui.opener import opener
from advisor_ui.paste_box import paste_box
from advisor_ui.questions.fan_out import KEY as FAN_OUT
from advisor_ui.questions.fan_out import REFUSED
from advisor_ui.questions.fields import assumed_words, field_of, options, problem_of, quantity_echo
from advisor_ui.questions.stated_elsewhere import run_answers, run_echo
from advisor_ui.questions.supposed_links import suppose_links
from advisor_ui.state import draft as drafts
from advisor_ui.state.entered import restore
from advisor_ui.state.session import Session, current, story
from advisor_ui.state.typical_parts import (
    TYPICAL_PARTS,
    first_component,
    part_of_run,
    triggers_of_first,
    with_typical_parts,
)
from advisor_ui.state.unknown import is_unknown, known
from advisor_ui.words import say
from advisor_ui.words_proof import PART_TITLES
from renderers.markdown import escape

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

_BUDGET_S = 0.35


def gallery(session: Session) -> None:
    """Show the start page."""
    lang = session.lang
    restore(lang)
    st.title(say("lead", lang), anchor=False)
    st.markdown(say("lead_more", lang))
    left, right = st.columns([5, 3], gap="medium")
    with left:
        _first_questions(session)
    with right, st.container(border=True, height="stretch"):
        st.markdown(f"**{say('open_file_title', lang)}**")
        opener(session, "opener", lambda draft: current().open(draft))
        paste_box(session)
    st.header(say("or_example", lang), anchor=False)
    _cards(session)


def _first_questions(session: Session) -> None:
    lang = session.lang
    fields = {field.id: field for field in (*FIELDS["component"], *FIELDS["channel"])}
    run, kubernetes, fan_out = fields["longest_run_s"], fields["kubernetes"], fields["fan_out"]
    with st.container(border=True, key="three"):
        st.markdown(f"**{say('start_title', lang)}**")
        columns = st.columns(3)
        columns[0].text_input(
            run.title.in_(lang), key="three.run", placeholder=assumed_words(run, run.default, lang), max_chars=80,
            help=run.help.in_(lang), autocomplete="off",
        )  # fmt: skip
        _echo(columns[0], run, "three.run", session)
        columns[1].selectbox(
            kubernetes.title.in_(lang), options(kubernetes), index=None, key=f"three.kubernetes.{lang}",
            format_func=lambda value: kubernetes.label(value).in_(lang), help=kubernetes.help.in_(lang),
            placeholder=assumed_words(kubernetes, kubernetes.default, lang),
        )  # fmt: skip
        columns[2].text_input(
            fan_out.title.in_(lang), key="three.fan_out", placeholder=say("example", lang, value="3"), max_chars=80,
            help=say("start_fan_out", lang), autocomplete="off",
        )  # fmt: skip
        _echo(columns[2], fan_out, "three.fan_out", session)
        trigger = fields["trigger"]
        st.pills(
            trigger.title.in_(lang), options(trigger), key=f"three.trigger.{lang}", help=trigger.help.in_(lang),
            format_func=lambda value: trigger.label(value).in_(lang), selection_mode="multi",
        )  # fmt: skip
        st.pills(
            say("start_parts", lang), list(TYPICAL_PARTS), key=f"three.parts.{lang}", help=say("start_parts_help", lang),
            format_func=lambda part: PART_TITLES[part].in_(lang), selection_mode="multi",
        )  # fmt: skip
        st.button(say("start_button", lang), icon=":material/arrow_forward:", on_click=_start, key="three.go")
        _applies_to(session)


def _echo(column: "DeltaGenerator", field: Field, key: str, session: Session) -> None:
    """Show below a field how its quantity was interpreted, or its error."""
    written = str(st.session_state.get(key) or "").strip()
    if not written:
        return
    if is_unknown(written):
        column.caption(say("left_open", session.lang))
        return
    if field.id == "longest_run_s" and (stored := run_echo(written, session.lang)):
        column.caption(escape(stored))
    elif (problem := problem_of(field, written)) is not None:
        column.error(escape(problem.in_(session.lang)), icon=":material/error:")
    elif echo := quantity_echo(field, written, session.lang):
        column.caption(escape(echo))


def _start() -> None:
    state = st.session_state
    parts = state.get(f"three.parts.{current().lang}") or ()
    draft = drafts.new()
    for answered, run in run_answers(known(state.get("three.run"))).items():
        draft = drafts.with_answer(draft, "component-1", answered, run)
    draft = drafts.with_answer(draft, "component-1", "kubernetes", state.get(f"three.kubernetes.{current().lang}"))
    triggers = triggers_of_first(parts, state.get(f"three.trigger.{current().lang}") or ())
    draft = drafts.with_answer(draft, "component-1", "trigger", triggers)
    fan_out = known(state.get("three.fan_out"))
    if problem_of(field_of("channel", "fan_out"), fan_out) is not None:
        state[f"{FAN_OUT}.component-1{REFUSED}"] = fan_out
    elif fan_out:
        draft, channel = drafts.with_subject(draft, "channel")
        draft = drafts.linked(draft, "component-1", "publishes", channel, many=True)
        draft = drafts.with_answer(draft, channel, "fan_out", fan_out)
    asked, draft = draft, with_typical_parts(draft, parts, "component-1")
    current().open(draft)
    suppose_links(current(), asked, draft)
    _give_run(draft, part_of_run(parts, _run_s()))


def _give_run(draft: drafts.Raw, part: str) -> None:
    """Move the longest run from the first component to the part that it applies to, and say so; one click moves it back."""
    session, run = current(), drafts.answer(draft, "component-1", "longest_run_s")
    title = PART_TITLES.get(part)
    id = next(
        (id for id in drafts.ids(draft, ("component",)) if title and drafts.name(draft, id, "en") == title.en), ""
    )
    if title is None or run is None or id in ("", "component-1"):
        return
    moved = draft
    for answered in ("longest_run_s", "typical_run_s"):
        time = drafts.answer(draft, "component-1", answered)
        moved = drafts.with_answer(drafts.with_answer(moved, "component-1", answered, None), id, answered, time)
    session.change(moved)
    session.undo = (draft, Text(*(say("start_run_given", lang, value=run, part=title.in_(lang)) for lang in LANGS)))


def _run_s() -> float:
    """Return the longest run that was written, or none if it cannot be read."""
    field = next(field for field in FIELDS["component"] if field.id == "longest_run_s")
    try:
        written = str(st.session_state.get("three.run") or "").strip()
        amount = parse_amount(run_answers(written).get(field.id, ""), field)
    except QuantityError:
        return 0.0
    return amount.reading if isinstance(amount, Range) else amount


def _applies_to(session: Session) -> None:
    """Say to which of several parts the answers apply."""
    lang, parts = session.lang, st.session_state.get(f"three.parts.{session.lang}") or ()
    first, run = first_component(parts), part_of_run(parts, _run_s())
    if not first or len([part for part in parts if TYPICAL_PARTS[part].kind == "component"]) < 2:
        return
    words = {"first": PART_TITLES[first].in_(lang), "run": PART_TITLES[run].in_(lang)}
    st.caption(escape(say("start_applies" if run == first else "start_applies_run", lang, **words)))


def _cards(session: Session) -> None:
    """Show the cards at once, with the pictures that are shipped; those of another rule book are drawn meanwhile."""

    def open_story() -> None:
        session, name = current(), str(st.session_state["gallery"].get("open"))
        if name in rules.STORIES:
            session.open(story(name))

    lang, theme = session.lang, cached.theme()
    made = cached.made_cards()
    if made is not None:
        words, pictures = made.words[lang], made.pictures[lang][theme]
    else:
        words = {name: card(cached.validated(story(name)).design, lang) for name in rules.STORIES}
        pictures = {name: cached.thumbnail(name, lang, theme) for name in rules.STORIES}
    cards = tuple(  # of a list, Streamlit would ask pandas whether it is a data frame, and load it for that
        {
            "id": name,
            "title": words[name].title,
            "summary": words[name].summary,
            "chips": list(words[name].chips),
            "svg": pictures[name],
            "mark": f"{lang}.{theme}",
        }
        for name in rules.STORIES
    )
    component("gallery")(key="gallery", data={"cards": cards}, on_open_change=open_story)
    _draw_more(session, [name for name in rules.STORIES if not pictures[name]])


def _draw_more(session: Session, undrawn: list[str]) -> None:
    """Draw a few of the pictures that are not there yet, and let the page run again to show them."""
    theme, start, waiting = cached.theme(), time.monotonic(), len(undrawn)
    while undrawn and time.monotonic() - start < _BUDGET_S:
        name = undrawn.pop(0)
        cached.draw_thumbnail(name, story(name), session.lang, theme)
    if len(undrawn) < waiting:
        st.rerun()
