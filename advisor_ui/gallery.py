"""The first page: the questions to start with, and the examples as cards."""

import time

import streamlit as st

import rules
from advisor.explanation.wording import service_name
from advisor.report.decision_report import services
from advisor.vocabulary import FIELDS
from advisor_ui import cached
from advisor_ui.components import component
from advisor_ui.opener import opener
from advisor_ui.paste_box import paste_box
from advisor_ui.questions.fields import assumed_words, options
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.session import Session, current, story
from advisor_ui.words import say

_BUDGET_S = 0.35
_CHIPS = 5


def gallery(session: Session) -> None:
    """Show what a visitor meets first."""
    lang = session.lang
    st.title(say("lead", lang), anchor=False)
    st.markdown(say("lead_more", lang))
    left, right = st.columns([5, 3], gap="medium")
    with left:
        _first_questions(session)
    with right, st.container(border=True, height="stretch"):
        st.markdown(f"**{say('open_file_title', lang)}**")
        opener(session, "opener", lambda draft: current().open(draft))
        paste_box(session)
    st.subheader(say("or_example", lang), anchor=False)
    _cards(session)


def _first_questions(session: Session) -> None:
    lang = session.lang
    fields = {field.id: field for field in (*FIELDS["component"], *FIELDS["channel"])}
    run, kubernetes, fan_out = fields["longest_run_s"], fields["kubernetes"], fields["fan_out"]
    with st.form("three", border=True):
        st.markdown(f"**{say('start_title', lang)}**")
        columns = st.columns(3)
        columns[0].text_input(
            run.title.in_(lang), key="three.run", placeholder=assumed_words(run, run.default, lang), max_chars=80,
            help=run.help.in_(lang), autocomplete="off",
        )  # fmt: skip
        columns[1].selectbox(
            kubernetes.title.in_(lang), options(kubernetes), index=None, key=f"three.kubernetes.{lang}",
            format_func=lambda value: kubernetes.label(value).in_(lang), help=kubernetes.help.in_(lang),
            placeholder=assumed_words(kubernetes, kubernetes.default, lang),
        )  # fmt: skip
        columns[2].text_input(
            fan_out.title.in_(lang), key="three.fan_out", placeholder=say("example", lang, value="3"), max_chars=80,
            help=say("start_fan_out", lang), autocomplete="off",
        )  # fmt: skip
        trigger = fields["trigger"]
        st.pills(
            trigger.title.in_(lang), options(trigger), key=f"three.trigger.{lang}", help=trigger.help.in_(lang),
            format_func=lambda value: trigger.label(value).in_(lang), selection_mode="multi",
        )  # fmt: skip
        st.form_submit_button(
            say("start_button", lang), icon=":material/arrow_forward:", on_click=_start, key="three.go"
        )


def _start() -> None:
    state = st.session_state
    draft = drafts.new()
    draft = drafts.with_answer(draft, "component-1", "longest_run_s", state.get("three.run"))
    draft = drafts.with_answer(draft, "component-1", "kubernetes", state.get(f"three.kubernetes.{current().lang}"))
    draft = drafts.with_answer(draft, "component-1", "trigger", state.get(f"three.trigger.{current().lang}"))
    if state.get("three.fan_out"):
        draft, channel = drafts.with_subject(draft, "channel")
        draft = drafts.linked(draft, "component-1", "publishes", channel, many=True)
        draft = drafts.with_answer(draft, channel, "fan_out", state["three.fan_out"])
    current().open(draft)


def _cards(session: Session) -> None:
    """Show the cards at once; pictures that are not drawn yet follow in further runs, a few at a time."""
    theme = cached.theme()

    def open_story() -> None:
        session, name = current(), str(st.session_state["gallery"].get("open"))
        if name in rules.STORIES:
            session.open(story(name))

    cards = [_card(name, session, theme) for name in rules.STORIES]
    component("gallery")(key="gallery", data={"cards": cards}, on_open_change=open_story)
    undrawn = [name for name in rules.STORIES if not cached.has_thumbnail(name, session.lang, theme)]
    start = time.monotonic()
    while undrawn and time.monotonic() - start < _BUDGET_S:
        name = undrawn.pop(0)
        cached.thumbnail(name, story(name), session.lang, theme)
    if len(undrawn) < sum(not card["svg"] for card in cards):
        st.rerun()


def _card(name: str, session: Session, theme: cached.Theme) -> dict[str, object]:
    draft: Raw = story(name)
    design = cached.validated(draft).design
    lang = session.lang
    has_thumbnail = cached.has_thumbnail(name, lang, theme)
    names = [service_name(design.book, service).in_(lang) for service in services(design) if service != "cloudwatch"]
    chips = names[:_CHIPS] + ([f"+{len(names) - _CHIPS}"] if len(names) > _CHIPS else [])
    return {
        "id": name,
        "title": design.requirements.title.in_(lang),
        "summary": design.requirements.summary.in_(lang),
        "chips": chips,
        "svg": cached.thumbnail(name, draft, lang, theme).svg if has_thumbnail else "",
        "mark": f"{lang}.{theme}",
    }
