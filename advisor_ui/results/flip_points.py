"""What would change the verdict: its stability, and for each question the answers at which a service changes."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import streamlit as st

from advisor.explanation.what_if import HOLDS, Speaker, stability_words
from advisor.sensitivity.analysis import Analysis
from advisor.sensitivity.sweep import Swept
from advisor.text import Lang
from advisor_ui import cached
from advisor_ui.questions.panel import ask_about
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.partial_validation import Settled
from advisor_ui.state.session import Session, current, keep
from advisor_ui.words import say
from renderers.markdown import escape

_MOST_NAMED = 6
_Outcome = tuple[str, str, bool]


def flips(held: Session, settled: Settled) -> None:
    """Show how stable the verdict is, and what each answer to a question of the selected part would change."""
    if held.draft is None:
        return
    lang, analysis = held.lang, cached.analysis(held.draft)
    speaker = Speaker(settled.design.requirements, settled.design.book)
    stable(analysis, lang)
    subject = "" if held.subject == WORKLOAD else held.subject
    name = escape(drafts.name(held.draft, held.subject, lang))
    st.markdown(f"#### {say('flips_of', lang, name=name)}")
    changing = [swept for swept in analysis.swept if swept.subject == subject and swept.changing]
    if not changing:
        st.info(say("flips_none", lang))
        return
    picked = _pick(held, sorted(changing, key=_order), lang)
    with st.container(border=True):
        if picked.field.kind == "quantity":
            _slider(picked, speaker, lang, narrow=held.narrow)
            _outcomes(_stretches(picked, speaker, lang), lang, narrow=held.narrow)
        else:
            ask_about(held, settled, subject, picked.field.id, "flip")
            _outcomes(_options(picked, speaker, lang), lang, narrow=held.narrow)
    _points(analysis, subject, speaker, lang)


def _order(swept: Swept) -> tuple[bool, bool, float]:
    return not swept.stated, swept.field.kind != "quantity", -swept.share


def stable(analysis: Analysis, lang: Lang) -> None:
    """Show the stability with what it means, and whether the verdict holds whatever else is answered."""
    left, right = st.columns([1, 4], vertical_alignment="center")
    left.metric(say("stability", lang), f"{analysis.stability:.0%}")
    right.markdown(f"{HOLDS[analysis.holds].in_(lang)}  \n:small[:gray[{stability_words(analysis).in_(lang)}]]")


def _pick(held: Session, changing: list[Swept], lang: Lang) -> Swept:
    found = {swept.field.id: swept for swept in changing}
    value = held.weighed if held.weighed in found else changing[0].field.id
    names = {
        id: f"{one.field.title.in_(lang)} ({say('changes_in', lang, share=f'{one.share:.0%}')})"
        for id, one in found.items()
    }
    key = f"weighed.{lang}"

    def picked() -> None:
        current().weighed = str(st.session_state[key] or "")

    keep(key, value)
    st.selectbox(
        say("question", lang), list(names), index=list(names).index(value), key=key, on_change=picked,
        format_func=lambda id: names.get(id, id),
    )  # fmt: skip
    return found[value]


def _slider(swept: Swept, speaker: Speaker, lang: Lang, *, narrow: bool) -> None:
    """Show the stretches of a number's answers as stops; moving the slider answers the question."""
    key = f"cells.{lang}.{swept.subject}.{swept.field.id}"
    words = {
        n: (speaker.stretch(swept, cell.low, cell.high) if narrow else speaker.stop(swept, n)).in_(lang)
        for n, cell in enumerate(swept.cells)
    }
    words = words if swept.at is not None else {-1: say("not_answered", lang), **words}
    value = -1 if swept.at is None else swept.at

    def moved() -> None:
        mine, at = current(), st.session_state[key]
        if mine.draft is not None and 0 <= at < len(swept.cells):
            change = (swept.subject, swept.field.id, swept.cells[at].sample)
            mine.change(drafts.with_changes(mine.draft, [change]))

    keep(key, value)
    now = speaker.value(swept.subject, swept.field.id, swept.value).in_(lang)
    st.select_slider(
        f"{swept.field.title.in_(lang)} :small[:gray[{say('now', lang, value=now)}]]", list(words), value=value,
        key=key, format_func=lambda n: words.get(n, ""), on_change=moved, help=say("slider_help", lang),
    )  # fmt: skip


def _stretches(swept: Swept, speaker: Speaker, lang: Lang) -> Iterator[_Outcome]:
    """Give each stretch of answers that come to the same, in the order of the answers."""
    for moves, group in groupby(enumerate(swept.cells), key=lambda one: swept.moves[one[0]]):
        stretch = [*group]
        words = speaker.stretch(swept, stretch[0][1].low, stretch[-1][1].high).in_(lang)
        held = swept.at in [n for n, _ in stretch]
        yield words, speaker.outcome(swept.subject, moves).in_(lang), held


def _options(swept: Swept, speaker: Speaker, lang: Lang) -> Iterator[_Outcome]:
    """Give each outcome with the answers that lead to it."""
    alike: dict[str, list[int]] = {}
    for n, moves in enumerate(swept.moves):
        alike.setdefault(speaker.outcome(swept.subject, moves).in_(lang), []).append(n)
    for outcome, numbers in alike.items():
        names = [speaker.value(swept.subject, swept.field.id, swept.cells[n].sample).in_(lang) for n in numbers]
        more = f" {say('and_more', lang, count=len(names) - _MOST_NAMED)}" if len(names) > _MOST_NAMED else ""
        yield say("semicolon", lang).join(names[:_MOST_NAMED]) + more, outcome, swept.at in numbers


def _outcomes(found: Iterable[_Outcome], lang: Lang, *, narrow: bool) -> None:
    """Show answers with what they come to: a table, or a list on a narrow page; what holds now is marked."""
    lines = [] if narrow else [f"| {say('answer', lang)} | {say('outcome', lang)} |", "| --- | --- |"]
    for answers, outcome, held in found:
        if narrow:
            lines.append(f"- **{'● ' if held else ''}{escape(answers)}**  \n  {escape(outcome)}")
        elif held:
            lines.append(f"| **● {escape(answers)}** | **{escape(outcome)}** |")
        else:
            lines.append(f"| {escape(answers)} | {escape(outcome)} |")
    st.markdown("\n".join(lines))


def _points(analysis: Analysis, subject: str, speaker: Speaker, lang: Lang) -> None:
    found = [flip for flip in analysis.flips if flip.subject == subject]
    shown = st.expander(f"{say('flip_points', lang)} ({len(found)})", key="flip_points", on_change="rerun")
    if shown.open:
        with shown:
            lines = ((speaker.condition(flip, titled=False), speaker.outcome(subject, flip.moves)) for flip in found)
            st.markdown(
                "\n".join(f"- **{escape(when.in_(lang))}**  \n  {escape(what.in_(lang))}" for when, what in lines)
            )
