"""Downloads: files are generated on request; unavailable ones are explained in advance."""

from collections.abc import Callable
from importlib.util import find_spec
from shutil import which

import streamlit as st

import blueprints
import renderers
from advisor.design import Design
from advisor.requirements.reading import write_requirements
from advisor.text import Lang
from advisor.vocabulary.many import EXISTS
from advisor_bundle import project_zip
from advisor_bundle.linting import NOT_INSTALLED
from advisor_bundle.record import decision_record
from advisor_bundle.views import TITLES
from advisor_ui import cached
from advisor_ui.design_document import design_document
from advisor_ui.edited_drawing import edited_drawing
from advisor_ui.questions.fields import field_of
from advisor_ui.results.proof_marks import proof_marks
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session, current
from advisor_ui.words import say
from blueprints.permissions import permissions_of
from blueprints.project.documents.iam import to_markdown, to_text
from blueprints.targets import Target
from renderers.markdown import escape
from renderers.theme import Theme


def downloads(session: Session, validated: Validated) -> None:
    """Show every file that a design can be taken away as."""
    draft = session.draft or {}
    pictures, papers, projects = st.columns(3, gap="medium")
    with pictures, st.container(border=True, height="stretch"):
        _heading("take_diagram", session.lang)
        _pictures(session, draft, validated.design)
    with papers, st.container(border=True, height="stretch"):
        _heading("take_record", session.lang)
        _records(session, draft, validated.design)
        design_document(session, draft, validated.design)
        file_button(session, draft, validated, key="yaml")
    with projects, st.container(border=True, height="stretch"):
        _heading("take_project", session.lang)
        _projects(session, draft, validated.design)
    _permissions(session, draft, validated.design)


def _permissions(session: Session, draft: Raw, design: Design) -> None:
    """Show the table of IAM permissions in an expander."""
    if design.decision.conflicts:
        return
    expander = st.expander(say("allowed", session.lang), key="allowed", icon=":material/key:", on_change="rerun")
    if expander.open:
        with expander:
            table = permissions_of(cached.plan(draft))
            if session.narrow:
                st.code(to_text(table, session.lang), language=None, wrap_lines=True)
            else:
                st.markdown(to_markdown(table, session.lang, heading=False))


def _heading(key: str, lang: Lang) -> None:
    st.markdown(f"**{say(key, lang)}**  \n:small[{say(f'{key}_note', lang)}]")


def _records(session: Session, draft: Raw, design: Design) -> None:
    """Show the buttons of the decision record: the two pages, and the same with the appendix."""
    lang, name = session.lang, drafts.slug(draft)
    for key, label, end in (("adr", "file_adr", ""), ("adr_full", "file_adr_full", "-full")):
        _button(key, say(label, lang), f"{name}{end}.md", "text/markdown", _record(design, lang, full=bool(end)))


def _record(design: Design, lang: Lang, *, full: bool) -> Callable[[], bytes]:
    def make() -> bytes:
        return decision_record(design, lang, full=full)

    return make


def file_button(session: Session, draft: Raw, validated: Validated, key: str) -> None:
    """Show the button that saves the requirements file."""
    _button(
        key, say("file_yaml", session.lang), f"{drafts.slug(draft)}.yaml", "application/yaml",
        lambda: write_requirements(validated.design.requirements),
    )  # fmt: skip


def _button(key: str, label: str, name: str, mime: str, make: Callable[[], bytes], *, off: bool = False) -> None:
    st.download_button(
        label, make, name, mime, key=f"take.{key}", on_click="ignore", icon=":material/download:", width="stretch",
        disabled=off,
    )  # fmt: skip


def _pictures(session: Session, draft: Raw, design: Design) -> None:
    lang, theme, name = session.lang, cached.theme(), drafts.slug(draft)
    shown = cached.viewed(draft, session.view)
    if shown is not design:
        st.caption(say("take_view", lang, view=TITLES[session.view].in_(lang)))
        design, name = shown, f"{name}-{session.view}"
    for file_format in renderers.FORMATS:
        draw = _drawing(design, file_format.suffix, lang, theme, "advisor")
        _button(
            file_format.suffix, file_format.name.in_(lang), f"{name}{file_format.suffix}", file_format.media_type, draw
        )
    has_classic = which("dot") is not None and find_spec("diagrams") is not None
    _button(
        "classic", say("file_classic", lang), f"{name}-classic.png", "image/png",
        _drawing(design, ".png", lang, theme, "classic"), off=not has_classic,
    )  # fmt: skip
    if not has_classic:
        st.caption(say("no_classic", lang))
    edited_drawing(session, draft, design)


def _drawing(design: Design, suffix: str, lang: Lang, theme: Theme, style: renderers.Style) -> Callable[[], bytes]:
    def make() -> bytes:
        if style == "advisor" and suffix in renderers.TOGETHER:
            (content,) = renderers.draw_readable(design, "sheets", suffix, lang=lang, theme=theme).values()
            return content
        return renderers.draw(design, suffix, lang=lang, theme=theme, style=style)

    return make


def _projects(session: Session, draft: Raw, design: Design) -> None:
    lang = session.lang
    if design.decision.conflicts:
        st.info(say("no_projects", lang), icon=":material/block:")
        return
    places = {}
    refused = {target: cached.unsupported(draft, target.id) for target in blueprints.TARGETS}
    shared = _of_all([*refused.values()])
    if shared:
        _refused(draft, shared, lang)
    for target, gaps in refused.items():
        title = target.title.in_(lang)
        _button(
            target.id, say("file_zip", lang, target=title), f"{drafts.slug(draft)}-{target.id}.zip", "application/zip",
            _project_zip(design, target.id, lang), off=bool(gaps),
        )  # fmt: skip
        if gaps:
            lines = "\n".join(f"- {gap.reason.in_(lang)}" for gap in gaps if gap not in shared)
            if not lines:
                continue
            st.warning(f"{say('cannot', lang, target=title)}\n\n{lines}", icon=":material/info:")
        else:
            for warning in cached.warnings(draft, target.id):
                st.warning(warning.in_(lang), icon=":material/warning:")
            places[target] = st.empty()
    _lint(draft, [*places], lang)
    proof_marks(draft, places, lang)  # last: what is compiled for them delays no button


def _of_all(refusals: list[tuple[blueprints.Unsupported, ...]]) -> list[blueprints.Unsupported]:
    """Return what no target can express."""
    first, *others = refusals
    return [gap for gap in first if all(gap in other for other in others)]


def _refused(draft: Raw, gaps: list[blueprints.Unsupported], lang: Lang) -> None:
    """Say once why no target has a project, what there is nevertheless, and lead to the answers that it follows from."""
    ids, lines, existing = drafts.ids(draft), [], []
    for gap in gaps:
        subject = gap.where.partition(".")[0]
        named = subject in ids
        lines.append(f"- {f'**{escape(drafts.name(draft, subject, lang))}**: ' if named else ''}{gap.reason.in_(lang)}")
        if named and drafts.answer(draft, subject, EXISTS):
            existing.append(subject)
    st.warning(
        f"{say('no_target', lang)}\n\n" + "\n".join(lines) + f"\n\n{say('still_offered', lang)}", icon=":material/info:"
    )
    for subject in dict.fromkeys(existing):
        title = field_of(drafts.kind_of(draft, subject), EXISTS).title.in_(lang)
        st.button(
            say("to_answer", lang, part=escape(drafts.name(draft, subject, lang)), question=title),
            key=f"take.answer.{subject}", icon=":material/arrow_upward:", on_click=_show_answer, args=(subject,),
        )  # fmt: skip


def _show_answer(subject: str) -> None:
    """Select the part that exists already, and expand the group of the question."""
    session = current()
    session.select(subject)
    session.open_section(subject, EXISTS)


def _lint(draft: Raw, offered: list[Target], lang: Lang) -> None:
    """Offer to lint the projects, and show the result below."""
    if offered and st.button(
        say("check_projects", lang), key="take.check", icon=":material/fact_check:", width="stretch"
    ):
        for target in offered:
            with st.spinner(say("checking", lang, target=target.title.in_(lang))):
                _show_checked(cached.checked(draft, target.id, lang), target.title.in_(lang), lang)


def _show_checked(checked: cached.Checked, title: str, lang: Lang) -> None:
    """Show the lint findings of a project."""
    linted = checked.linted
    findings = linted.findings if linted else ()
    lines = [linted.count.in_(lang) if linted else NOT_INSTALLED.in_(lang), *(f"- {finding}" for finding in findings)]
    show = st.warning if findings or not linted else st.success
    show(f"**{title}**\n\n" + "  \n".join(lines))


def _project_zip(design: Design, target: str, lang: Lang) -> Callable[[], bytes]:
    def make() -> bytes:
        return project_zip(design, target, lang)

    return make
