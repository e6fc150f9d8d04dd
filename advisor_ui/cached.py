"""What is kept between runs and shared by all visitors, each in a bounded cache: book, designs, analyses, pictures."""

import base64
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any, Literal

import streamlit as st

import blueprints
import rules
from advisor.book import Book, DatedBook, dated
from advisor.design import Design
from advisor.sensitivity.analysis import Analysis, analyse_verdict
from advisor.sensitivity.counterfactual import WhyNot, why_not_for
from advisor.text import Lang
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.partial_validation import Settled, settle
from blueprints.plan import Plan, plan_for
from renderers import svg
from renderers.layout import arrange
from renderers.layout.picture import Box, Direction, Picture, TextBlock, around

Theme = Literal["light", "dark"]
_MARGIN = 14.0


@dataclass(frozen=True)
class Shown:
    """A picture as the page shows it: without title and legend, which the page sets itself."""

    svg: str
    width: float
    height: float
    steps: tuple[tuple[int, str], ...]
    lines: tuple[tuple[str, str], ...]


@dataclass
class _DecidedBy:
    dated: DatedBook | None = None


_decided_by = _DecidedBy()


def decide_by(dated: DatedBook | None) -> None:
    """Let the whole server decide by another rule book or as of another day; None is the product's own as of its newest."""
    _decided_by.dated = dated


def dated_book() -> DatedBook:
    """Return the rule book as of the day as of which the server decides, read once for the whole server."""
    return _decided_by.dated or dated(_own_book())


def book() -> Book:
    """Return the rule book."""
    return dated_book().book


@st.cache_resource(max_entries=1, show_spinner=False)
def _own_book() -> Book:
    return rules.load_book()


def settled(draft: Raw) -> Settled:
    """Return the design of a draft."""
    return _settled(drafts.key(draft), draft)


@st.cache_resource(max_entries=64, show_spinner=False)
def _settled(key: str, _draft: Raw) -> Settled:
    return settle(_draft, dated_book())


def analysis(draft: Raw) -> Analysis:
    """Return what would change the verdict on a draft."""
    return _analysis(drafts.key(draft), draft)


@st.cache_resource(max_entries=32, show_spinner=False)
def _analysis(key: str, _draft: Raw) -> Analysis:
    design = settled(_draft).design
    return analyse_verdict(design.verdict, design.dated)


def plan(draft: Raw) -> Plan:
    """Return what every project of a draft is printed from."""
    return _plan(drafts.key(draft), draft)


@st.cache_resource(max_entries=16, show_spinner=False)
def _plan(key: str, _draft: Raw) -> Plan:
    return plan_for(settled(_draft).design)


def unsupported(draft: Raw, target: str) -> tuple[blueprints.Unsupported, ...]:
    """Return what a target cannot express of a draft."""
    return _unsupported(drafts.key(draft), draft, target)


@st.cache_resource(max_entries=48, show_spinner=False)
def _unsupported(key: str, _draft: Raw, target: str) -> tuple[blueprints.Unsupported, ...]:
    return blueprints.unsupported(plan(_draft), target)


def why_not(draft: Raw, subject: str, role: str, service: str) -> WhyNot:
    """Return what it takes for a service to be chosen for a role of a draft."""
    return _why_not(drafts.key(draft), draft, subject, role, service)


@st.cache_resource(max_entries=64, show_spinner=False)
def _why_not(key: str, _draft: Raw, subject: str, role: str, service: str) -> WhyNot:
    design = settled(_draft).design
    return why_not_for(design.dated, design.verdict, subject, role, service)


def shown(draft: Raw, lang: Lang, theme: Theme, direction: Direction) -> Shown:
    """Return the picture of a draft for the page."""
    return _shown(drafts.key(draft), draft, lang, theme, direction)


@st.cache_resource(max_entries=128, show_spinner=False)
def _shown(key: str, _draft: Raw, lang: Lang, theme: Theme, direction: Direction) -> Shown:
    return draw(settled(_draft).design, lang, theme, direction)


def is_drawn(name: str, lang: Lang, theme: Theme) -> bool:
    """Return whether a story's thumbnail is there already."""
    return (name, lang, theme) in _thumbnails()


def thumbnail(name: str, draft: Raw, lang: Lang, theme: Theme) -> Shown:
    """Return a story's picture for its card; drawn once for the whole server."""
    kept = _thumbnails()
    if (name, lang, theme) not in kept:
        kept[(name, lang, theme)] = draw(settled(draft).design, lang, theme, "right")
    return kept[(name, lang, theme)]


@st.cache_resource(max_entries=1, show_spinner=False)
def _thumbnails() -> dict[tuple[str, Lang, Theme], Shown]:
    """Hold the thumbnails: at most one per story, language and theme."""
    return {}


def draw(design: Design, lang: Lang, theme: Theme, direction: Direction) -> Shown:
    """Draw a design without title and legend; the steps and kinds of line come as words."""
    picture = arrange(design.architecture, "", lang=lang, direction=direction)
    box = _extent(picture)
    bare = replace(picture, width=box.right + _MARGIN, height=box.bottom + _MARGIN, legend=None)
    steps: dict[int, str] = {}
    for line in picture.lines:
        if line.tag is not None and line.tag.step is not None:
            steps.setdefault(line.tag.step, line.sentence)
    gap = "" if lang == "ja" else " "
    lines = picture.legend.lines if picture.legend else ()
    return Shown(
        svg.write(bare, theme).decode(),
        bare.width,
        bare.height,
        tuple(sorted(steps.items())),
        tuple((line.kind if line.state == "kept" else line.state, gap.join(line.words.lines)) for line in lines),
    )


def _extent(picture: Picture) -> Box:
    boxes: list[Box] = [group.box for group in picture.groups] + [node.whole for node in picture.nodes]
    boxes += [_words(line.tag.words) for line in picture.lines if line.tag is not None and line.tag.words is not None]
    boxes += [Box(x, y, 0, 0) for line in picture.lines for x, y in line.points]
    return around(boxes) if boxes else Box(0, 0, 320, 180)


def _words(block: TextBlock) -> Box:
    return block.box


@st.cache_resource(max_entries=1, show_spinner=False)
def japanese_font() -> str:
    """Return the shipped Japanese font in base64, for a browser on a machine that has none."""
    return base64.b64encode((files("renderers") / "assets/fonts/NotoSansJP-Regular.ttf").read_bytes()).decode()


def theme() -> Theme:
    """Return the theme that the visitor's browser shows."""
    found: Any = st.context.theme.type
    return "dark" if found == "dark" else "light"
