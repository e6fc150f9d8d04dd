"""The page from top to bottom: the bar, then the gallery, the workbench or the rule book."""

import logging
from collections.abc import Mapping
from importlib.resources import as_file, files

import streamlit as st

from advisor.text import Lang
from advisor_ui import cached
from advisor_ui.components import component
from advisor_ui.gallery import gallery
from advisor_ui.refusal import refusal
from advisor_ui.rulebook.browser import rulebook
from advisor_ui.state import draft as drafts
from advisor_ui.state.rulebook_state import Shelf, from_address
from advisor_ui.state.session import Session, current, keep, session, write_address
from advisor_ui.words import say
from advisor_ui.workbench import workbench
from renderers.layout.placing.engine import LayoutFailed
from renderers.markdown import escape

_LOG = logging.getLogger(__name__)


def show() -> None:
    """Show the page; called on every run."""
    _configure()
    held = session()
    fits = write_address(held)
    _frame(held)
    _bar(held)
    refusal(held, "link_problem")
    try:
        if held.shelf is not None:
            rulebook(held, held.shelf)
        elif held.draft is None:
            gallery(held)
        else:
            workbench(held, fits)
    except LayoutFailed as error:
        st.error(error.reason.in_(held.lang), icon=":material/error:")
    except Exception:
        _LOG.exception("The page could not be shown.")
        st.error(say("fault", held.lang), icon=":material/error:")


def _configure() -> None:
    with as_file(files("advisor_ui.components") / "icon.png") as icon:
        st.set_page_config(page_title=say("product", "en"), page_icon=str(icon), layout="wide")


def _frame(held: Session) -> None:
    def changed() -> None:
        mine, told = current(), st.session_state["frame"]
        mine.narrow = bool(told.get("narrow"))
        mine.letters = str(told.get("letters") or mine.letters)

    def went() -> None:
        """Follow a link of the page to a rule or fact without leaving the session."""
        asked = st.session_state["frame"].get("go")
        if isinstance(asked, Mapping):
            current().read(from_address({str(key): str(value) for key, value in asked.items()}))

    with st.container(key="frame_box"):
        component("frame", isolated=False)(
            key="frame",
            data={
                "lang": held.lang,
                "narrow": held.narrow,
                "letters": held.letters,
                "opened": held.opened,
                "font": cached.japanese_font() if held.letters == "missing" else "",
            },
            on_narrow_change=changed,
            on_letters_change=changed,
            on_go_change=went,
        )


def _bar(held: Session) -> None:
    lang = held.lang
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        _title(held)
        if held.shelf is None:
            st.button(
                say("rule_book", lang), key="to_book", icon=":material/menu_book:", type="tertiary",
                on_click=lambda: current().read(Shelf()),
            )  # fmt: skip
        _language(held)


def _title(held: Session) -> None:
    """Show the way back and what is open; on a narrow page the name of a design stands below."""
    lang = held.lang
    if held.draft is not None and held.shelf is not None:
        st.button(
            say("back_to_design", lang), key="back", icon=":material/arrow_back:", on_click=lambda: current().read(None)
        )
    elif held.draft is not None or held.shelf is not None:
        st.button(say("all_examples", lang), key="home", icon=":material/apps:", on_click=lambda: current().close())
    with st.container(key="bar_name" if held.draft is None else "bar_title"):
        if held.draft is not None:
            title = drafts.titled(held.draft.get("title"), lang) or say("untitled", lang)
            st.markdown(f"### {escape(title)}")
        elif held.shelf is None:
            st.markdown(f"##### :material/account_tree: {say('product', lang)}")


def _language(held: Session) -> None:
    names: dict[Lang, str] = {"en": "English", "ja": "日本語"}

    def changed() -> None:
        current().lang = st.session_state["lang"]

    keep("lang", held.lang)
    st.segmented_control(
        say("language", held.lang), list(names), default=held.lang, format_func=lambda lang: names[lang], key="lang", required=True,
        label_visibility="collapsed", on_change=changed,
    )  # fmt: skip
