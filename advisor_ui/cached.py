"""Bounded caches that all users share: book, designs, analyses, pictures."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st

import blueprints
import rules
from advisor.book import Book, DatedBook, dated
from advisor.design import Design
from advisor.sensitivity.analysis import Analysis, analyse_verdict
from advisor.sensitivity.counterfactual import WhyNot, why_not_for
from advisor.text import Lang, Text
from advisor_bundle import views
from advisor_bundle.linting import Linted, MissingLinter, lint
from advisor_ui.drawing import Diagram, draw, draw_beside
from advisor_ui.drawing import thumbnail as small
from advisor_ui.example_cards import Cards
from advisor_ui.example_cards import made_cards as made_with_package
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.partial_validation import Validated, validate
from blueprints.certificate import verification
from blueprints.certificate.table import shipped
from blueprints.plan import Plan, plan_for
from renderers.drawn import drawn as with_hidden_parts
from renderers.layout.picture import Direction
from renderers.reference import embedded
from renderers.theme import Theme


@dataclass
class _ServerBook:
    dated: DatedBook | None = None


_server_book = _ServerBook()


def use_book(dated: DatedBook | None) -> None:
    """Use another rule book or date for the whole server; None is the built-in one as of its newest date."""
    _server_book.dated = dated
    made_cards()  # so that the first visitor does not wait for them


def dated_book() -> DatedBook:
    """Return the rule book as of the day as of which the server decides, read once for the whole server."""
    return _server_book.dated or dated(_shipped_book())


def book() -> Book:
    """Return the rule book."""
    return dated_book().book


@st.cache_resource(max_entries=1, show_spinner=False)
def _shipped_book() -> Book:
    return rules.load_book()


def validated(draft: Raw) -> Validated:
    """Return the design of a draft."""
    return _validated(drafts.key(draft), draft)


@st.cache_resource(max_entries=64, show_spinner=False)
def _validated(key: str, _draft: Raw) -> Validated:
    return validate(_draft, dated_book())


def analysis(draft: Raw) -> Analysis:
    """Return the sensitivity of the verdict on a draft."""
    return _analysis(drafts.key(draft), draft)


@st.cache_resource(max_entries=32, show_spinner=False)
def _analysis(key: str, _draft: Raw) -> Analysis:
    design = validated(_draft).design
    return analyse_verdict(design.verdict, design.dated)


def file_reference(lang: Lang) -> str:
    """Return the reference of the requirements file, for the page."""
    return _file_reference(book().version, lang)


@st.cache_resource(max_entries=4, show_spinner=False)
def _file_reference(version: str, lang: Lang) -> str:
    return embedded(book(), lang)


def plan(draft: Raw) -> Plan:
    """Return the plan of a draft."""
    return _plan(drafts.key(draft), draft)


@st.cache_resource(max_entries=16, show_spinner=False)
def _plan(key: str, _draft: Raw) -> Plan:
    return plan_for(validated(_draft).design)


def unsupported(draft: Raw, target: str) -> tuple[blueprints.Unsupported, ...]:
    """Return the parts of a draft that a target cannot express."""
    return _unsupported(drafts.key(draft), draft, target)


@st.cache_resource(max_entries=48, show_spinner=False)
def _unsupported(key: str, _draft: Raw, target: str) -> tuple[blueprints.Unsupported, ...]:
    return blueprints.unsupported(plan(_draft), target)


def warnings(draft: Raw, target: str) -> tuple[Text, ...]:
    """Return the notes on the project of a draft that users should read before the download."""
    return _warnings(drafts.key(draft), draft, target)


@st.cache_resource(max_entries=48, show_spinner=False)
def _warnings(key: str, _draft: Raw, target: str) -> tuple[Text, ...]:
    return blueprints.warnings(plan(_draft), target)


@dataclass(frozen=True)
class Checked:
    """Information on a project before its download: lint findings (None without a linter), and its certificate."""

    linted: Linted | None
    certificate: dict[str, Any]


def certificate(draft: Raw, target: str, lang: Lang) -> dict[str, Any]:
    """Return the verification of projects with the configuration of a draft, for a target."""
    return _certificate(drafts.key(draft), draft, target, lang)


@st.cache_resource(max_entries=48, show_spinner=False)
def _certificate(key: str, _draft: Raw, target: str, lang: Lang) -> dict[str, Any]:
    return verification(plan(_draft), target, lang, shipped())


def checked(draft: Raw, target: str, lang: Lang) -> Checked:
    """Return the lint findings of the project of a draft, and its verification."""
    return _checked(drafts.key(draft), draft, target, lang)


@st.cache_resource(max_entries=24, show_spinner=False)
def _checked(key: str, _draft: Raw, target: str, lang: Lang) -> Checked:
    design = validated(_draft).design
    try:
        linted = lint(design, target)
    except MissingLinter:
        linted = None
    return Checked(linted, certificate(_draft, target, lang))


def why_not(draft: Raw, subject: str, role: str, service: str) -> WhyNot:
    """Return the changes with which a service would be chosen for a role of a draft."""
    return _why_not(drafts.key(draft), draft, subject, role, service)


@st.cache_resource(max_entries=64, show_spinner=False)
def _why_not(key: str, _draft: Raw, subject: str, role: str, service: str) -> WhyNot:
    design = validated(_draft).design
    return why_not_for(design.dated, design.verdict, subject, role, service)


def viewed(draft: Raw, view: str) -> Design:
    """Return the design of a draft, with its architecture reduced to a view; whole if there is none or nothing fits."""
    design = validated(draft).design
    return _viewed(drafts.key(draft), draft, view) if view and not design.decision.conflicts else design


@st.cache_resource(max_entries=48, show_spinner=False)
def _viewed(key: str, _draft: Raw, view: str) -> Design:
    return views.viewed(validated(_draft).design, view, plan(_draft))


def drawn(draft: Raw) -> Design:
    """Return the design of a draft with the graph that its pictures show, in every language, theme and direction."""
    return _drawn(drafts.key(draft), draft)


@st.cache_resource(max_entries=16, show_spinner=False)
def _drawn(key: str, _draft: Raw) -> Design:
    return with_hidden_parts(validated(_draft).design)


def diagram(draft: Raw, lang: Lang, theme: Theme, direction: Direction, view: str = "") -> Diagram:
    """Return the picture of a draft for the page, whole or of a view."""
    return _diagram(drafts.key(draft), draft, lang, theme, direction, view)


@st.cache_resource(max_entries=128, show_spinner=False)
def _diagram(key: str, _draft: Raw, lang: Lang, theme: Theme, direction: Direction, view: str) -> Diagram:
    shown = viewed(_draft, view)
    return draw(drawn(_draft) if shown is validated(_draft).design else shown, lang, theme, direction, printed=True)


def beside(before: Raw, after: Raw, names: tuple[str, str], lang: Lang, theme: Theme, *, is_narrow: bool) -> Diagram:
    """Return the picture of two drafts side by side, with what differs marked."""
    return _beside(drafts.key(before), drafts.key(after), before, after, names, lang, theme, is_narrow)


@st.cache_resource(max_entries=32, show_spinner=False)
def _beside(
    before: str,
    after: str,
    _before: Raw,
    _after: Raw,
    names: tuple[str, str],
    lang: Lang,
    theme: Theme,
    is_narrow: bool,
) -> Diagram:
    return draw_beside(drawn(_before), drawn(_after), names, lang, theme, is_narrow=is_narrow)


def made_cards() -> Cards | None:
    """Return the cards of the gallery that are shipped, or None if the server decides by another book or day."""
    return None if _server_book.dated is not None else _made_cards()


_made_cards = cache(made_with_package)


def thumbnail(name: str, lang: Lang, theme: Theme) -> str:
    """Return a story's picture for its card; "" while it is not drawn."""
    return _thumbnails().get((name, lang, theme), "")


def draw_thumbnail(name: str, draft: Raw, lang: Lang, theme: Theme) -> None:
    """Draw a story's picture, once for the whole server."""
    _thumbnails()[(name, lang, theme)] = small(draw(validated(draft).design, lang, theme, "right"))


@st.cache_resource(max_entries=1, show_spinner=False)
def _thumbnails() -> dict[tuple[str, Lang, Theme], str]:
    """Hold the thumbnails: at most one per story, language and theme."""
    return {}


def theme() -> Theme:
    """Return the theme that the visitor's browser shows."""
    browser_theme: Any = st.context.theme.type
    return "dark" if browser_theme == "dark" else "light"
