"""Two sets of requirements side by side: both diagrams, and the differences in answers, services and reasons."""

from collections.abc import Iterator

import streamlit as st

import rules
from advisor.decision import Reason
from advisor.explanation.wording import service_name
from advisor.report.comparison import ChoiceDifference, Comparison, Only, Side, compare, subject_title
from advisor.report.comparison_text import WORDS, against_words, answer_words, side_name
from advisor.text import Lang
from advisor_ui import cached
from advisor_ui.components import component
from advisor_ui.opener import opener
from advisor_ui.results.reasons import sentence
from advisor_ui.snapshots import edit_snapshot, keep_snapshot
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import FILE, START, Session, current, story
from advisor_ui.state.snapshots import key_of, number_of
from advisor_ui.state.widget_values import keep
from advisor_ui.words import DIAGRAM_WORDS, say
from renderers.markdown import escape


def comparison(session: Session, validated: Validated) -> None:
    """Show the draft beside another one."""
    lang = session.lang
    _choose(session)
    other_draft = _other_draft(session)
    if other_draft is None or session.draft is None:
        return
    names = (_name(session, lang), say("this_design", lang))
    differences = compare(cached.validated(other_draft).design, validated.design)
    _drawing(session, names, other_draft, session.draft)
    if differences.alike:
        st.success(WORDS["alike"].in_(lang), icon=":material/equal:")
        return
    _answers(session, differences, names)
    _choices(session, differences, names)
    _one_sided(differences, names, lang)


def _choose(session: Session) -> None:
    lang = session.lang
    titles = {key_of(number): one.name for number, one in enumerate(session.snapshots)}
    titles |= {START: say("as_opened", lang)}
    titles |= {name: rules.load_story(name).title.in_(lang) for name in rules.STORIES}
    if session.uploaded is not None:
        titles = {FILE: say("the_file", lang)} | titles
    value = session.compared_with if session.compared_with in titles else START
    key = f"versus.{lang}"

    def select() -> None:
        current().compared_with = str(st.session_state[key] or START)

    def take_file(draft: Raw) -> None:
        session = current()
        session.uploaded, session.compared_with = draft, FILE

    left, right = st.columns([3, 2], gap="medium")
    with left:
        keep(key, value)
        st.selectbox(
            say("compare_with", lang), list(titles), index=list(titles).index(value), key=key, on_change=select,
            format_func=lambda id: titles.get(id, id),
        )  # fmt: skip
        edit_snapshot(session)
        keep_snapshot(session)
    with right:
        opener(session, "opener_compare", take_file)


def _other_draft(session: Session) -> Raw | None:
    if session.compared_with == FILE and session.uploaded is not None:
        return session.uploaded
    number = number_of(session.compared_with, session.snapshots)
    if number is not None:
        return session.snapshots[number].draft
    return story(session.compared_with) if session.compared_with in rules.STORIES else session.origin


def _name(session: Session, lang: Lang) -> str:
    if session.compared_with == FILE and session.uploaded is not None:
        return drafts.titled(session.uploaded.get("title"), lang) or say("the_file", lang)
    number = number_of(session.compared_with, session.snapshots)
    if number is not None:
        return session.snapshots[number].name
    return (
        rules.load_story(session.compared_with).title.in_(lang)
        if session.compared_with in rules.STORIES
        else say("as_opened", lang)
    )


def _drawing(session: Session, names: tuple[str, str], before: Raw, after: Raw) -> None:
    """Draw both side by side with what differs marked; on a narrow page one above the other."""
    theme, lang = cached.theme(), session.lang
    title = " → ".join(names)
    st.markdown(f"### {escape(title)}")
    with st.spinner(say("drawing", lang)):
        diagram = cached.beside(before, after, names, lang, theme, is_narrow=session.narrow)
    component("diagram")(
        key="compare.beside",
        data={
            "svg": diagram.svg, "width": diagram.width, "height": diagram.height, "steps": (), "lines": (),
            "on_paper": diagram.on_paper, "title": title, "subject": "", "role": "", "narrow": session.narrow, "still": True,
            "words": {word: say(word, lang) for word in DIAGRAM_WORDS},
        },
        on_chosen_change=lambda: None,
    )  # fmt: skip


def _answers(session: Session, differences: Comparison, names: tuple[str, str]) -> None:
    if not differences.answers:
        return
    lang = session.lang
    st.markdown(f"### {WORDS['answers'].in_(lang)}")
    rows = [
        (
            escape(subject_title(differences, answer.subject).in_(lang)),
            escape(answer.title.in_(lang)),
            escape(answer_words(answer.a).in_(lang)),
            escape(answer_words(answer.b).in_(lang)),
        )
        for answer in differences.answers
    ]
    if session.narrow:
        st.markdown("\n".join(f"- {part}: **{title}**  \n  {a} → {b}" for part, title, a, b in rows))
        return
    head = f"| {say('part', lang)} | {say('question', lang)} | {escape(names[0])} | {escape(names[1])} |"
    lines = [f"| {part} | **{title}** | {a} | {b} |" for part, title, a, b in rows]
    st.markdown("\n".join([head, "| --- | --- | --- | --- |", *lines]))


def _choices(session: Session, differences: Comparison, names: tuple[str, str]) -> None:
    lang = session.lang
    if differences.choices or differences.same:
        st.markdown(f"### {WORDS['choices'].in_(lang)}")
    for choice in differences.choices:
        with st.container(border=True):
            role = differences.a.book.role(choice.role).title.in_(lang)
            st.markdown(f"**{escape(subject_title(differences, choice.subject).in_(lang))}: {escape(role)}**")
            for column, name, (side, other) in zip(
                st.columns(2, gap="medium"), names, _ordered_sides(choice), strict=True
            ):
                with column:
                    st.markdown("\n".join(_side(differences, name, side, other, lang)))
    if differences.same:
        st.caption(WORDS["same"].in_(lang).format(count=differences.same))


def _ordered_sides(choice: ChoiceDifference) -> tuple[tuple[Side, Side], tuple[Side, Side]]:
    return (choice.a, choice.b), (choice.b, choice.a)


def _side(differences: Comparison, name: str, side: Side, other: Side, lang: Lang) -> Iterator[str]:
    yield f":small[:gray[{escape(name)}]]  \n**{escape(side_name(differences, side).in_(lang))}**"
    yield ""
    yield from _reasons(side.because, lang)
    if side.against:
        yield f"\n{escape(against_words(differences, other).in_(lang))}:\n"
        yield from _reasons(side.against, lang)


def _reasons(reasons: tuple[Reason, ...], lang: Lang) -> Iterator[str]:
    yield from (f"- {sentence(reason, lang)}" for reason in reasons)


def _one_sided(differences: Comparison, names: tuple[str, str], lang: Lang) -> None:
    sides = (differences.only_a, differences.only_b)
    if not any(_lines(differences, only, lang) for only in sides):
        return
    st.markdown(f"### {say('only_on_one_side', lang)}")
    for column, name, only in zip(st.columns(2, gap="medium"), names, sides, strict=True):
        with column:
            lines = _lines(differences, only, lang) or [say("nothing_more", lang)]
            st.markdown("\n".join([f":small[:gray[{escape(name)}]]", "", *lines]))


def _lines(differences: Comparison, only: Only, lang: Lang) -> list[str]:
    lines = []
    if only.subjects:
        lines += [f"**{WORDS['subjects'].in_(lang)}**", ""]
        lines += [*(f"- {escape(title.in_(lang))}" for _, _, title in only.subjects), ""]
    if only.services:
        lines += [f"**{WORDS['services'].in_(lang)}**", ""]
        lines += [*(f"- {escape(service_name(differences.a.book, id).in_(lang))}" for id in only.services), ""]
    for key in ("conflicts", "warnings", "assumptions"):
        remarks = getattr(only, key)
        if remarks:
            lines += [f"**{WORDS[key].in_(lang)}**", ""]
            lines += [
                f"- {escape(subject_title(differences, remark.subject).in_(lang))}: {escape(remark.sentence.in_(lang))}"
                for remark in remarks
            ]
            lines.append("")
    return lines
