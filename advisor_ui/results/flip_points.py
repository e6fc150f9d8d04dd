"""Sensitivity: the stability of the verdict, and for each question the answers at which a service changes."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import streamlit as st

from advisor.explanation.firmness import firmness, stability_words
from advisor.explanation.what_if import Speaker
from advisor.sensitivity.analysis import Analysis
from advisor.sensitivity.sweep import Swept
from advisor.text import Lang
from advisor_ui import cached
from advisor_ui.questions.panel import ask_about
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session, current
from advisor_ui.state.widget_values import keep
from advisor_ui.words import say
from renderers.markdown import escape

_MOST_NAMED = 6
_Outcome = tuple[str, str, bool]


def flips(session: Session, validated: Validated) -> None:
    """Show the stability of the verdict, and the effect of each answer to a question of the selected part."""
    if session.draft is None:
        return
    lang, analysis = session.lang, cached.analysis(session.draft)
    speaker = Speaker(validated.design.requirements, validated.design.book)
    stability(analysis, lang)
    subject = "" if session.subject == WORKLOAD else session.subject
    name = escape(drafts.name(session.draft, session.subject, lang))
    st.markdown(f"### {say('flips_of', lang, name=name)}")
    changing = [swept for swept in analysis.swept if swept.subject == subject and swept.changing]
    if not changing:
        st.info(say("flips_none", lang))
        return
    selected = _selected(session, sorted(changing, key=_order), lang)
    with st.container(border=True):
        if selected.field.kind == "quantity":
            _slider(selected, speaker, lang, narrow=session.narrow)
            _outcomes(_ranges(selected, speaker, lang), lang, narrow=session.narrow)
        else:
            ask_about(session, validated, subject, selected.field.id, "flip")
            _outcomes(_options(selected, speaker, lang), lang, narrow=session.narrow)
    _points(analysis, subject, speaker, lang)


def _order(swept: Swept) -> tuple[bool, bool, float]:
    return not swept.stated, swept.field.kind != "quantity", -swept.share


def stability(analysis: Analysis, lang: Lang) -> None:
    """Show the stability with an explanation, and whether the verdict is independent of the open questions."""
    left, right = st.columns([1, 4], vertical_alignment="center")
    left.metric(say("stability", lang), f"{analysis.stability:.0%}")
    right.markdown(f"{firmness(analysis).in_(lang)}  \n:small[:gray[{stability_words(analysis).in_(lang)}]]")


def _selected(session: Session, changing: list[Swept], lang: Lang) -> Swept:
    by_field = {swept.field.id: swept for swept in changing}
    value = session.flip_question if session.flip_question in by_field else changing[0].field.id
    names = {
        id: f"{swept.field.title.in_(lang)} ({say('changes_in', lang, share=f'{swept.share:.0%}')})"
        for id, swept in by_field.items()
    }
    key = f"weighed.{lang}"

    def select() -> None:
        current().flip_question = str(st.session_state[key] or "")

    keep(key, value)
    st.selectbox(
        say("question", lang), list(names), index=list(names).index(value), key=key, on_change=select,
        format_func=lambda id: names.get(id, id),
    )  # fmt: skip
    return by_field[value]


def _slider(swept: Swept, speaker: Speaker, lang: Lang, *, narrow: bool) -> None:
    """Show the stretches of a number's answers as stops; moving the slider answers the question."""
    key = f"cells.{lang}.{swept.subject}.{swept.field.id}"
    words = {
        n: (speaker.stretch(swept, cell.low, cell.high) if narrow else speaker.stop(swept, n)).in_(lang)
        for n, cell in enumerate(swept.cells)
    }
    words = words if swept.at is not None else {-1: say("not_answered", lang), **words}
    value = -1 if swept.at is None else swept.at

    def answer() -> None:
        session, at = current(), st.session_state[key]
        if session.draft is not None and 0 <= at < len(swept.cells):
            change = (swept.subject, swept.field.id, swept.cells[at].sample)
            session.change(drafts.with_changes(session.draft, [change]))

    keep(key, value)
    current_value = speaker.value(swept.subject, swept.field.id, swept.value).in_(lang)
    st.select_slider(
        f"{swept.field.title.in_(lang)} · {say('now', lang, value=current_value)}", list(words), value=value,
        key=key, format_func=lambda n: words.get(n, ""), on_change=answer, help=say("slider_help", lang),
    )  # fmt: skip


def _ranges(swept: Swept, speaker: Speaker, lang: Lang) -> Iterator[_Outcome]:
    """Yield each interval of answers with the same result, in order."""
    for moves, group in groupby(enumerate(swept.cells), key=lambda numbered: swept.moves[numbered[0]]):
        stretch = [*group]
        words = speaker.stretch(swept, stretch[0][1].low, stretch[-1][1].high).in_(lang)
        is_current = swept.at in [n for n, _ in stretch]
        yield words, speaker.outcome(swept.subject, moves).in_(lang), is_current


def _options(swept: Swept, speaker: Speaker, lang: Lang) -> Iterator[_Outcome]:
    """Yield each outcome with its answers."""
    alike: dict[str, list[int]] = {}
    for n, moves in enumerate(swept.moves):
        alike.setdefault(speaker.outcome(swept.subject, moves).in_(lang), []).append(n)
    for outcome, numbers in alike.items():
        names = [speaker.value(swept.subject, swept.field.id, swept.cells[n].sample).in_(lang) for n in numbers]
        more = f" {say('and_more', lang, count=len(names) - _MOST_NAMED)}" if len(names) > _MOST_NAMED else ""
        yield say("semicolon", lang).join(names[:_MOST_NAMED]) + more, outcome, swept.at in numbers


def _outcomes(outcomes: Iterable[_Outcome], lang: Lang, *, narrow: bool) -> None:
    """Show answers with their results: a table, or a list on a narrow page; the current one is marked."""
    lines = [] if narrow else [f"| {say('answer', lang)} | {say('outcome', lang)} |", "| --- | --- |"]
    for answers, outcome, is_current in outcomes:
        if narrow:
            lines.append(f"- **{'● ' if is_current else ''}{escape(answers)}**  \n  {escape(outcome)}")
        elif is_current:
            lines.append(f"| **● {escape(answers)}** | **{escape(outcome)}** |")
        else:
            lines.append(f"| {escape(answers)} | {escape(outcome)} |")
    st.markdown("\n".join(lines))


def _points(analysis: Analysis, subject: str, speaker: Speaker, lang: Lang) -> None:
    flips = [flip for flip in analysis.flips if flip.subject == subject]
    expander = st.expander(f"{say('flip_points', lang)} ({len(flips)})", key="flip_points", on_change="rerun")
    if expander.open:
        with expander:
            lines = ((speaker.condition(flip, titled=False), speaker.outcome(subject, flip.moves)) for flip in flips)
            st.markdown(
                "\n".join(f"- **{escape(when.in_(lang))}**  \n  {escape(what.in_(lang))}" for when, what in lines)
            )
