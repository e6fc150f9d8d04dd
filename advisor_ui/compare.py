"""Two sets of requirements side by side: both drawings, and what differs in answers, services and reasons."""

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
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.partial_validation import Settled
from advisor_ui.state.session import START, Session, current, keep, story
from advisor_ui.words import DIAGRAM_WORDS, say
from renderers.markdown import escape


def comparison(held: Session, settled: Settled) -> None:
    """Show the draft beside another one."""
    lang = held.lang
    _choose(held)
    other = _other(held)
    if other is None or held.draft is None:
        return
    names = (_name(held, lang), say("this_design", lang))
    found = compare(cached.settled(other).design, settled.design)
    _drawings(held, ((names[0], other), (names[1], held.draft)))
    if found.alike:
        st.success(WORDS["alike"].in_(lang), icon=":material/equal:")
        return
    _answers(held, found, names)
    _choices(held, found, names)
    _only(found, names, lang)


def _choose(held: Session) -> None:
    lang = held.lang
    titles = {START: say("as_opened", lang)}
    titles |= {name: rules.load_story(name).title.in_(lang) for name in rules.STORIES}
    if held.brought is not None:
        titles = {_FILE: say("the_file", lang)} | titles
    value = held.versus if held.versus in titles else START
    key = f"versus.{lang}"

    def chosen() -> None:
        current().versus = str(st.session_state[key] or START)

    def brought(draft: Raw) -> None:
        mine = current()
        mine.brought, mine.versus = draft, _FILE

    left, right = st.columns([3, 2], gap="medium")
    with left:
        keep(key, value)
        st.selectbox(
            say("compare_with", lang), list(titles), index=list(titles).index(value), key=key, on_change=chosen,
            format_func=lambda one: titles.get(one, one),
        )  # fmt: skip
    with right:
        opener(held, "opener_compare", brought)


_FILE = "file"


def _other(held: Session) -> Raw | None:
    if held.versus == _FILE and held.brought is not None:
        return held.brought
    return story(held.versus) if held.versus in rules.STORIES else held.origin


def _name(held: Session, lang: Lang) -> str:
    if held.versus == _FILE and held.brought is not None:
        return drafts.titled(held.brought.get("title"), lang) or say("the_file", lang)
    return rules.load_story(held.versus).title.in_(lang) if held.versus in rules.STORIES else say("as_opened", lang)


def _drawings(held: Session, sides: tuple[tuple[str, Raw], ...]) -> None:
    """Draw both; beside each other where there is room, else one above the other."""
    theme, lang = cached.theme(), held.lang
    for column, (name, draft), key in zip(st.columns(2, gap="medium"), sides, ("before", "now"), strict=True):
        with column:
            st.markdown(f"#### {escape(name)}")
            with st.spinner(say("drawing", lang)):
                shown = cached.shown(draft, lang, theme, "down" if held.narrow else "right")
            component("diagram")(
                key=f"compare.{key}",
                data={
                    "svg": shown.svg, "width": shown.width, "height": shown.height, "steps": (), "lines": (),
                    "title": name, "subject": "", "role": "", "narrow": False,
                    "words": {word: say(word, lang) for word in DIAGRAM_WORDS},
                },
                on_chosen_change=lambda: None,
            )  # fmt: skip


def _answers(held: Session, found: Comparison, names: tuple[str, str]) -> None:
    if not found.answers:
        return
    lang = held.lang
    st.markdown(f"#### {WORDS['answers'].in_(lang)}")
    rows = [
        (
            escape(subject_title(found, one.subject).in_(lang)),
            escape(one.title.in_(lang)),
            escape(answer_words(one.a).in_(lang)),
            escape(answer_words(one.b).in_(lang)),
        )
        for one in found.answers
    ]
    if held.narrow:
        st.markdown("\n".join(f"- {part}: **{title}**  \n  {a} → {b}" for part, title, a, b in rows))
        return
    head = f"| {say('part', lang)} | {say('question', lang)} | {escape(names[0])} | {escape(names[1])} |"
    lines = [f"| {part} | **{title}** | {a} | {b} |" for part, title, a, b in rows]
    st.markdown("\n".join([head, "| --- | --- | --- | --- |", *lines]))


def _choices(held: Session, found: Comparison, names: tuple[str, str]) -> None:
    lang = held.lang
    if found.choices or found.same:
        st.markdown(f"#### {WORDS['choices'].in_(lang)}")
    for one in found.choices:
        with st.container(border=True):
            role = found.a.book.role(one.role).title.in_(lang)
            st.markdown(f"**{escape(subject_title(found, one.subject).in_(lang))}: {escape(role)}**")
            for column, name, (side, other) in zip(st.columns(2, gap="medium"), names, _sides(one), strict=True):
                with column:
                    st.markdown("\n".join(_side(found, name, side, other, lang)))
    if found.same:
        st.caption(WORDS["same"].in_(lang).format(count=found.same))


def _sides(one: ChoiceDifference) -> tuple[tuple[Side, Side], tuple[Side, Side]]:
    return (one.a, one.b), (one.b, one.a)


def _side(found: Comparison, name: str, side: Side, other: Side, lang: Lang) -> Iterator[str]:
    yield f":small[:gray[{escape(name)}]]  \n**{escape(side_name(found, side).in_(lang))}**"
    yield ""
    yield from _reasons(side.because, lang)
    if side.against:
        yield f"\n{escape(against_words(found, other).in_(lang))}:\n"
        yield from _reasons(side.against, lang)


def _reasons(reasons: tuple[Reason, ...], lang: Lang) -> Iterator[str]:
    yield from (f"- {sentence(reason, lang)}" for reason in reasons)


def _only(found: Comparison, names: tuple[str, str], lang: Lang) -> None:
    sides = (found.only_a, found.only_b)
    if not any(_lines(found, only, lang) for only in sides):
        return
    st.markdown(f"#### {say('only_on_one_side', lang)}")
    for column, name, only in zip(st.columns(2, gap="medium"), names, sides, strict=True):
        with column:
            lines = _lines(found, only, lang) or [say("nothing_more", lang)]
            st.markdown("\n".join([f":small[:gray[{escape(name)}]]", "", *lines]))


def _lines(found: Comparison, only: Only, lang: Lang) -> list[str]:
    lines = []
    if only.subjects:
        lines += [f"**{WORDS['subjects'].in_(lang)}**", ""]
        lines += [*(f"- {escape(title.in_(lang))}" for _, _, title in only.subjects), ""]
    if only.services:
        lines += [f"**{WORDS['services'].in_(lang)}**", ""]
        lines += [*(f"- {escape(service_name(found.a.book, id).in_(lang))}" for id in only.services), ""]
    for key in ("conflicts", "warnings", "assumptions"):
        remarks = getattr(only, key)
        if remarks:
            lines += [f"**{WORDS[key].in_(lang)}**", ""]
            lines += [
                f"- {escape(subject_title(found, one.subject).in_(lang))}: {escape(one.sentence.in_(lang))}"
                for one in remarks
            ]
            lines.append("")
    return lines
