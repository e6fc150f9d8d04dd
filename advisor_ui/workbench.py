"""The workbench: questions beside the diagram, and below it the reasons, checks and downloads."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from advisor_ui import cached
from advisor_ui.accessibility import announcement, hidden_heading
from advisor_ui.compare import comparison
from advisor_ui.components import component
from advisor_ui.downloads import downloads, file_button
from advisor_ui.questions.dangling_parts import dangling_parts
from advisor_ui.questions.next_question import next_card
from advisor_ui.questions.panel import questions
from advisor_ui.questions.region_line import region_line
from advisor_ui.questions.understood import understood
from advisor_ui.results.checks import checks, warned
from advisor_ui.results.conflict import conflict_note, show_conflict
from advisor_ui.results.flip_points import flips
from advisor_ui.results.overview import overview
from advisor_ui.results.reasons import why
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session, current
from advisor_ui.state.widget_values import keep
from advisor_ui.view_choice import view_choice
from advisor_ui.words import DIAGRAM_WORDS, say
from renderers.layout.placing.engine import LayoutFailed
from renderers.markdown import escape


def workbench(session: Session, fits: bool) -> None:
    """Show a draft: its questions, its diagram, its decision and its files."""
    draft = session.draft
    if draft is None:
        return
    validated = cached.validated(draft)
    with st.container(key="workbench"):
        if session.narrow:
            region_line(session, draft)
            understood(session, validated)  # in sight, as the pasted text was
        left, right = _places(narrow=session.narrow)
        with right:  # first, so that the browser has the new diagram while the rest is still on its way
            _diagram(session, draft, validated)
        with left, st.container(key="questions"):
            hidden_heading("questions", session.lang)
            if not session.narrow:
                region_line(session, draft)
            card = st.container(key="card")
            questions(session, draft, validated)
    # Below the diagram, so that its reasons are in sight; on a narrow page the questions come between them.
    with st.container(key="below") if session.narrow else right, st.container(key="decision"):
        hidden_heading("decision", session.lang)
        _notices(session, draft, validated, fits)
        _tabs(session, validated)
    with card:  # last, so that what is analysed for it delays nothing else
        next_card(session, validated)


def _places(*, narrow: bool) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return the containers of questions and diagram: side by side, or on a narrow page the diagram first, visually and in tab order."""
    if narrow:
        right = st.container()
        return st.container(), right
    left, right = st.columns([5, 14], gap="medium")
    return left, right


def _notices(session: Session, draft: Raw, validated: Validated, fits: bool) -> None:
    lang = session.lang
    if not session.narrow:
        understood(session, validated)
    _undo(session)
    if not drafts.ids(draft, ("component",)):
        st.info(say("no_components", lang), icon=":material/add:")
    for number, conflict in enumerate(validated.design.decision.conflicts):
        show_conflict(session, validated, number, conflict)
    dangling_parts(session, draft, validated)
    if validated.problems:
        lines = "\n".join(
            f"- **{escape(drafts.name(draft, id, lang))}**: {escape(problem.in_(lang))}"
            for (id, _), problem in validated.problems.items()
        )
        st.warning(f"{say('set_aside', lang)}\n\n{lines}", icon=":material/edit:")
    if not fits:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning(say("link_too_big", lang), icon=":material/link_off:")
            file_button(session, draft, validated, key="too-big")


def _undo(session: Session) -> None:
    """Offer the way back after several answers were changed at once."""
    if session.undo is None:
        return
    _, change = session.undo
    with st.container(horizontal=True, vertical_alignment="center", key="undone"):
        st.info(say("applied", session.lang, what=escape(change.in_(session.lang))), icon=":material/check:")
        st.button(say("undo", session.lang), key="undo", icon=":material/undo:", on_click=lambda: current().take_back())


def _diagram(session: Session, draft: Raw, validated: Validated) -> None:
    theme = cached.theme()
    hidden_heading("diagram", session.lang)
    conflicts = validated.design.decision.conflicts
    if conflicts:
        conflict_note(session, conflicts)
    else:
        view_choice(session)
    try:
        with st.spinner(say("drawing", session.lang)):
            diagram = cached.diagram(draft, session.lang, theme, "down" if session.narrow else "right", session.view)
    except LayoutFailed as error:  # the questions stay, so that the answer that it follows from can be changed
        st.error(error.reason.in_(session.lang), icon=":material/error:")
        return

    def select() -> None:
        session, value = current(), st.session_state["diagram"].get("chosen")
        if isinstance(value, dict) and session.draft is not None and value.get("subject") in drafts.ids(session.draft):
            session.select(str(value["subject"]), str(value.get("role") or ""))
            st.session_state["tab"] = "why"

    component("diagram")(
        key="diagram",
        data={
            "svg": diagram.svg, "width": diagram.width, "height": diagram.height, "steps": diagram.steps, "lines": diagram.lines,
            "title": validated.design.requirements.title.in_(session.lang) or say("untitled", session.lang),
            "subject": session.subject, "role": session.role, "narrow": session.narrow,
            "on_paper": diagram.on_paper, "announcement": announcement(session, validated),
            "words": {key: say(key, session.lang) for key in DIAGRAM_WORDS},
        },
        on_chosen_change=select,
    )  # fmt: skip


def _tabs(session: Session, validated: Validated) -> None:
    lang = session.lang
    count = len(warned(validated))
    names = {
        "why": say("tab_why", lang),
        "flips": say("tab_flips", lang),
        "all": say("tab_all", lang),
        "check": say("tab_check_some", lang, count=count) if count else say("tab_check", lang),
        "compare": say("tab_compare", lang),
        "take": say("tab_take", lang),
    }
    tab = st.session_state.get("tab")
    tab = tab if tab in names else "why"
    keep("tab", tab)
    tab = st.segmented_control(
        say("role", lang), list(names), default=tab, format_func=lambda key: names[key], key="tab", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    if tab == "why":
        why(session, validated)
    elif tab == "flips":
        flips(session, validated)
    elif tab == "all":
        overview(session, validated)
    elif tab == "check":
        checks(session, validated)
    elif tab == "compare":
        comparison(session, validated)
    else:
        downloads(session, validated)
