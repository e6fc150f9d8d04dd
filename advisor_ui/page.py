"""The page from top to bottom: the bar, then the gallery, the workbench or the rule book."""

import logging
from collections.abc import Mapping
from importlib.resources import as_file, files

import streamlit as st

from advisor.text import Lang
from advisor_ui.accessibility import assist
from advisor_ui.components import component
from advisor_ui.fonts import japanese_font
from advisor_ui.gallery import gallery
from advisor_ui.jump import jump
from advisor_ui.load_problems import load_problems
from advisor_ui.rulebook.browser import last_search, rulebook
from advisor_ui.state import draft as drafts
from advisor_ui.state.entered import remember
from advisor_ui.state.rulebook_state import RulebookState, from_address
from advisor_ui.state.session import Session, current, visitor_session, write_address
from advisor_ui.state.widget_values import keep
from advisor_ui.words import say
from advisor_ui.workbench import workbench
from renderers.layout.placing.engine import LayoutFailed
from renderers.markdown import escape

_LOG = logging.getLogger(__name__)


def show() -> None:
    """Show the page; called on every run."""
    _configure()
    session = visitor_session()
    remember(session.lang)
    fits = write_address(session)
    _frame(session)
    _bar(session)
    load_problems(session, "link_problem")
    try:
        if session.rulebook is not None:
            rulebook(session, session.rulebook)
        elif session.draft is None:
            gallery(session)
        else:
            workbench(session, fits)
    except LayoutFailed as error:
        st.error(error.reason.in_(session.lang), icon=":material/error:")
    except Exception:
        _LOG.exception("The page could not be shown.")
        st.error(say("fault", session.lang), icon=":material/error:")


def _configure() -> None:
    with as_file(files("advisor_ui.components") / "icon.png") as icon:
        st.set_page_config(page_title=say("product", "en"), page_icon=str(icon), layout="wide")


def _frame(session: Session) -> None:
    def store_frame() -> None:
        session, frame = current(), st.session_state["frame"]
        session.narrow = bool(frame.get("narrow"))
        session.letters = str(frame.get("letters") or session.letters)

    def follow_link() -> None:
        """Follow a link of the page to a rule or fact without leaving the session."""
        address = st.session_state["frame"].get("go")
        if isinstance(address, Mapping):
            current().follow(from_address({str(key): str(value) for key, value in address.items()}))

    with st.container(key="frame_box"):
        assist(session)
        frame = component("frame", isolated=False)(
            key="frame",
            data={
                "lang": session.lang,
                "narrow": session.narrow,
                "letters": session.letters,
                "opened": session.opened,
                "jump": list(jump()),
                "font": japanese_font() if session.letters == "missing" else "",
            },
            on_narrow_change=store_frame,
            on_letters_change=store_frame,
            on_go_change=follow_link,
            on_back_change=lambda: None,
        )
    if session.letters == "unknown" and "narrow" in frame:
        store_frame()  # a server that was restarted is told by no change


def _bar(session: Session) -> None:
    lang = session.lang
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        _title(session)
        if session.rulebook is None:
            st.button(
                say("rule_book", lang), key="to_book", icon=":material/menu_book:", type="tertiary",
                on_click=lambda: current().show_rulebook(RulebookState(words=last_search())),
            )  # fmt: skip
        _language(session)


def _title(session: Session) -> None:
    """Show the back link and the title; on a narrow page, the title is below."""
    lang = session.lang
    if session.draft is not None and session.rulebook is not None:
        st.button(
            say("back_to_design", lang),
            key="back",
            icon=":material/arrow_back:",
            on_click=lambda: current().show_rulebook(None),
        )
    elif session.draft is not None or session.rulebook is not None:
        st.button(say("all_examples", lang), key="home", icon=":material/apps:", on_click=lambda: current().close())
    with st.container(key="bar_name" if session.draft is None else "bar_title"):
        if session.draft is not None:
            title = drafts.titled(session.draft.get("title"), lang) or say("untitled", lang)
            st.markdown(f"# {escape(title)}" if session.rulebook is None else escape(title))
        elif session.rulebook is None:
            st.markdown(f"**:material/account_tree: {say('product', lang)}**")


def _language(session: Session) -> None:
    names: dict[Lang, str] = {"en": "English", "ja": "日本語"}

    def store_language() -> None:
        current().lang = st.session_state["lang"]

    keep("lang", session.lang)
    st.segmented_control(
        say("language", session.lang), list(names), default=session.lang, format_func=lambda lang: names[lang], key="lang", required=True,
        label_visibility="collapsed", on_change=store_language,
    )  # fmt: skip
