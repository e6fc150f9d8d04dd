"""The page from top to bottom: the bar, then the gallery or the workbench."""

import logging
from importlib.resources import as_file, files

import streamlit as st

from advisor.text import Lang
from renderers.markdown import escape
from ui import cached
from ui import draft as drafts
from ui.components import component
from ui.gallery import gallery
from ui.session import Session, current, keep, session, write_address
from ui.words import say
from ui.workbench import workbench

_LOG = logging.getLogger(__name__)


def show() -> None:
    """Show the page; called on every run."""
    _configure()
    held = session()
    fits = write_address(held)
    _frame(held)
    _bar(held)
    if held.problems:
        lines = "\n".join(f"- {escape(problem.in_(held.lang))}" for problem in held.problems)
        st.error(f"{say(held.problem, held.lang)}\n\n{lines}", icon=":material/error:")
    try:
        if held.draft is None:
            gallery(held)
        else:
            workbench(held, fits)
    except Exception:
        _LOG.exception("The page could not be shown.")
        st.error(say("fault", held.lang), icon=":material/error:")


def _configure() -> None:
    with as_file(files("ui.components") / "icon.png") as icon:
        st.set_page_config(page_title=say("product", "en"), page_icon=str(icon), layout="wide")


def _frame(held: Session) -> None:
    def changed() -> None:
        mine, told = current(), st.session_state["frame"]
        mine.narrow = bool(told.get("narrow"))
        mine.letters = str(told.get("letters") or mine.letters)

    with st.container(key="frame_box"):
        component("frame", isolated=False)(
            key="frame",
            data={
                "lang": held.lang,
                "narrow": held.narrow,
                "letters": held.letters,
                "font": cached.japanese_font() if held.letters == "missing" else "",
            },
            on_narrow_change=changed,
            on_letters_change=changed,
        )


def _bar(held: Session) -> None:
    lang = held.lang
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        if held.draft is None:
            st.markdown(f"##### :material/account_tree: {say('product', lang)}")
        else:
            st.button(say("all_examples", lang), key="home", icon=":material/apps:", on_click=lambda: current().close())
            title = drafts.titled(held.draft.get("title"), lang) or say("untitled", lang)
            st.markdown(f"### {escape(title)}")
        _language(held)


def _language(held: Session) -> None:
    names: dict[Lang, str] = {"en": "English", "ja": "日本語"}

    def changed() -> None:
        current().lang = st.session_state["lang"]

    keep("lang", held.lang)
    st.segmented_control(
        say("language", held.lang), list(names), default=held.lang, format_func=lambda lang: names[lang], key="lang", required=True,
        label_visibility="collapsed", on_change=changed,
    )  # fmt: skip
