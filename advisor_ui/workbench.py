"""The workbench: questions beside the diagram, and under both the reasons, what to check and the downloads."""

import streamlit as st

from advisor_ui import cached
from advisor_ui.compare import comparison
from advisor_ui.components import component
from advisor_ui.downloads import downloads, file_button
from advisor_ui.questions.next_question import next_card
from advisor_ui.questions.panel import questions
from advisor_ui.results.checks import checks
from advisor_ui.results.conflict import conflict
from advisor_ui.results.flip_points import flips
from advisor_ui.results.overview import overview
from advisor_ui.results.reasons import why
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.partial_validation import Settled
from advisor_ui.state.session import Session, current, keep
from advisor_ui.words import DIAGRAM_WORDS, say
from renderers.markdown import escape


def workbench(held: Session, fits: bool) -> None:
    """Show a draft: its questions, its diagram, its decision and its files."""
    draft = held.draft
    if draft is None:
        return
    settled = cached.settled(draft)
    with st.container(key="workbench"):
        left, right = st.columns([5, 14], gap="medium")
        with right:  # first, so that the browser has the new diagram while the rest is still on its way
            _diagram(held, draft, settled)
        with left, st.container(key="questions"):
            card = st.container(key="card")
            questions(held, draft, settled)
    with st.container(key="decision"):
        _notices(held, draft, settled, fits)
        _tabs(held, settled)
    with card:  # last, so that what is analysed for it delays nothing else
        next_card(held, settled)


def _notices(held: Session, draft: Raw, settled: Settled, fits: bool) -> None:
    lang = held.lang
    _undo(held)
    if not drafts.ids(draft, ("component",)):
        st.info(say("no_components", lang), icon=":material/add:")
    for number, found in enumerate(settled.design.decision.conflicts):
        conflict(held, settled, number, found)
    if settled.problems:
        lines = "\n".join(
            f"- **{escape(drafts.name(draft, id, lang))}**: {escape(problem.in_(lang))}"
            for (id, _), problem in settled.problems.items()
        )
        st.warning(f"{say('set_aside', lang)}\n\n{lines}", icon=":material/edit:")
    if not fits:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning(say("link_too_big", lang), icon=":material/link_off:")
            file_button(held, draft, settled, key="too-big")


def _undo(held: Session) -> None:
    """Offer the way back after several answers were changed at once."""
    if held.undo is None:
        return
    before, what = held.undo
    with st.container(horizontal=True, vertical_alignment="center", key="undone"):
        st.info(say("applied", held.lang, what=escape(what.in_(held.lang))), icon=":material/check:")
        st.button(say("undo", held.lang), key="undo", icon=":material/undo:", on_click=lambda: current().change(before))


def _diagram(held: Session, draft: Raw, settled: Settled) -> None:
    theme = cached.theme()
    with st.spinner(say("drawing", held.lang)):
        shown = cached.shown(draft, held.lang, theme, "down" if held.narrow else "right")

    def chosen() -> None:
        mine, value = current(), st.session_state["diagram"].get("chosen")
        if isinstance(value, dict) and mine.draft is not None and value.get("subject") in drafts.ids(mine.draft):
            mine.select(str(value["subject"]), str(value.get("role") or ""))
            st.session_state["tab"] = "why"

    component("diagram")(
        key="diagram",
        data={
            "svg": shown.svg, "width": shown.width, "height": shown.height, "steps": shown.steps, "lines": shown.lines,
            "title": settled.design.requirements.title.in_(held.lang) or say("untitled", held.lang),
            "subject": held.subject, "role": held.role, "narrow": held.narrow,
            "words": {key: say(key, held.lang) for key in DIAGRAM_WORDS},
        },
        on_chosen_change=chosen,
    )  # fmt: skip


def _tabs(held: Session, settled: Settled) -> None:
    lang = held.lang
    warned = len(settled.design.decision.warnings)
    names = {
        "why": say("tab_why", lang),
        "flips": say("tab_flips", lang),
        "all": say("tab_all", lang),
        "check": say("tab_check_some", lang, count=warned) if warned else say("tab_check", lang),
        "compare": say("tab_compare", lang),
        "take": say("tab_take", lang),
    }
    opened = st.session_state.get("tab")
    opened = opened if opened in names else "why"
    keep("tab", opened)
    tab = st.segmented_control(
        say("role", lang), list(names), default=opened, format_func=lambda key: names[key], key="tab", required=True,
        label_visibility="collapsed", on_change=lambda: current().touch(),
    )  # fmt: skip
    if tab == "why":
        why(held, settled)
    elif tab == "flips":
        flips(held, settled)
    elif tab == "all":
        overview(held, settled)
    elif tab == "check":
        checks(held, settled)
    elif tab == "compare":
        comparison(held, settled)
    else:
        downloads(held, settled)
