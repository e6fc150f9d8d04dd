"""Everything to take away. Files are made when they are asked for; what cannot be made is said before."""

from collections.abc import Callable
from importlib.util import find_spec
from shutil import which

import streamlit as st

import blueprints
import renderers
from advisor.design import Design
from advisor.requirements.reading import write_requirements
from advisor.text import Lang
from advisor_bundle import project_zip
from advisor_ui import cached
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.partial_validation import Settled
from advisor_ui.state.session import Session
from advisor_ui.words import say
from blueprints.permissions import permissions_of
from blueprints.project.documents.iam import to_markdown, to_text
from renderers.adr import adr


def downloads(held: Session, settled: Settled) -> None:
    """Show every file that a design can be taken away as."""
    draft = held.draft or {}
    pictures, papers, projects = st.columns(3, gap="medium")
    with pictures, st.container(border=True, height="stretch"):
        _head("take_diagram", held.lang)
        _pictures(held, draft, settled.design)
    with papers, st.container(border=True, height="stretch"):
        _head("take_record", held.lang)
        _button(
            "adr",
            say("file_adr", held.lang),
            f"{drafts.slug(draft)}.md",
            "text/markdown",
            lambda: adr(settled.design, held.lang),
        )
        file_button(held, draft, settled, key="yaml")
    with projects, st.container(border=True, height="stretch"):
        _head("take_project", held.lang)
        _projects(held, draft, settled.design)
    _allowed(held, draft, settled.design)


def _allowed(held: Session, draft: Raw, design: Design) -> None:
    """Show, once opened, who may do what on what: the table that every project holds."""
    if design.decision.conflicts:
        return
    shown = st.expander(say("allowed", held.lang), key="allowed", icon=":material/key:", on_change="rerun")
    if shown.open:
        with shown:
            found = permissions_of(cached.plan(draft))
            if held.narrow:
                st.code(to_text(found, held.lang), language=None, wrap_lines=True)
            else:
                st.markdown(to_markdown(found, held.lang, heading=False))


def _head(key: str, lang: Lang) -> None:
    st.markdown(f"**{say(key, lang)}**  \n:small[{say(f'{key}_note', lang)}]")


def file_button(held: Session, draft: Raw, settled: Settled, key: str) -> None:
    """Show the button that saves the requirements file."""
    _button(
        key, say("file_yaml", held.lang), f"{drafts.slug(draft)}.yaml", "application/yaml",
        lambda: write_requirements(settled.design.requirements),
    )  # fmt: skip


def _button(key: str, label: str, name: str, mime: str, make: Callable[[], bytes], *, off: bool = False) -> None:
    st.download_button(
        label, make, name, mime, key=f"take.{key}", on_click="ignore", icon=":material/download:", width="stretch",
        disabled=off,
    )  # fmt: skip


def _pictures(held: Session, draft: Raw, design: Design) -> None:
    lang, theme, name = held.lang, cached.theme(), drafts.slug(draft)
    for one in renderers.FORMATS:
        make = _drawn(design, one.suffix, lang, theme, "advisor")
        _button(one.suffix, one.name.in_(lang), f"{name}{one.suffix}", one.media_type, make)
    able = which("dot") is not None and find_spec("diagrams") is not None
    _button(
        "classic", say("file_classic", lang), f"{name}-classic.png", "image/png",
        _drawn(design, ".png", lang, theme, "classic"), off=not able,
    )  # fmt: skip
    if not able:
        st.caption(say("no_classic", lang))


def _drawn(design: Design, suffix: str, lang: Lang, theme: cached.Theme, style: renderers.Style) -> Callable[[], bytes]:
    def make() -> bytes:
        return renderers.draw(design, suffix, lang=lang, theme=theme, style=style)

    return make


def _projects(held: Session, draft: Raw, design: Design) -> None:
    lang = held.lang
    if design.decision.conflicts:
        st.info(say("no_projects", lang), icon=":material/block:")
        return
    for target in blueprints.TARGETS:
        missing = cached.unsupported(draft, target.id)
        title = target.title.in_(lang)
        _button(
            target.id, say("file_zip", lang, target=title), f"{drafts.slug(draft)}-{target.id}.zip", "application/zip",
            _zipped(design, target.id, lang), off=bool(missing),
        )  # fmt: skip
        if missing:
            lines = "\n".join(f"- {one.reason.in_(lang)}" for one in missing)
            st.warning(f"{say('cannot', lang, target=title)}\n\n{lines}", icon=":material/info:")


def _zipped(design: Design, target: str, lang: Lang) -> Callable[[], bytes]:
    def make() -> bytes:
        return project_zip(design, target, lang)

    return make
