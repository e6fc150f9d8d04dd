"""The remaining questions of one part, or of several with few: assumptions to correct individually or accept together."""

import streamlit as st

from advisor.explanation.what_if import Speaker
from advisor.sensitivity.analysis import Analysis
from advisor.sensitivity.cells import Cut
from advisor.sensitivity.counterfactual import Change
from advisor.sensitivity.next_question import Question
from advisor.sensitivity.sweep import Place, Swept
from advisor.text import LANGS, Lang, Text
from advisor_ui.jump import jump_to
from advisor_ui.questions.panel import ask_about
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session, current
from advisor_ui.state.widget_values import keep
from advisor_ui.words import SECTIONS, WORDS, say
from renderers.markdown import escape


def assumptions_left(
    session: Session, validated: Validated, analysis: Analysis, question: Question, speaker: Speaker
) -> None:
    """Show the assumptions to accept, part by part and group by group; those that are marked are asked below their group."""
    lang, left = session.lang, _left(analysis, question)
    subjects = dict.fromkeys(swept.subject for swept in left)
    st.markdown(say("correct_one", lang))
    for subject in subjects:
        with st.container(key=f"leftof.{subject or WORKLOAD}"):
            if len(subjects) > 1:
                st.markdown(f"**{escape(drafts.name(session.draft or {}, subject or WORKLOAD, lang))}**")
            of_part = [swept for swept in left if swept.subject == subject]
            for section in SECTIONS:
                of_section = [swept for swept in of_part if swept.field.section == section]
                names = {swept.field.id: _assumed(speaker, swept, lang) for swept in of_section}
                if names:
                    _group(session, validated, section, names, subject)


def _group(session: Session, validated: Validated, section: str, names: dict[str, str], subject: str) -> None:
    """Show the assumptions of one group, and the questions of those that are marked as not applying."""
    key = f"left.{session.lang}.{subject or WORKLOAD}.{section}"
    marked = [field for field in names if (subject, field) in session.marked]
    keep(key, marked)
    st.pills(
        SECTIONS[section].in_(session.lang), list(names), default=marked, key=key, selection_mode="multi",
        format_func=lambda field: names.get(field, field), on_change=_mark, args=(key, subject, tuple(names)),
    )  # fmt: skip
    for field in marked:
        ask_about(session, validated, subject, field, "left")


def _mark(key: str, subject: str, fields: tuple[str, ...]) -> None:
    marked = current().marked
    marked.difference_update((subject, field) for field in fields)
    marked.update((subject, str(field)) for field in st.session_state.get(key) or ())


def accept_button(session: Session, analysis: Analysis, question: Question) -> None:
    """Offer to make the listed assumptions answers, but not those that are marked; one click takes them back."""
    lang, left = session.lang, _left(analysis, question)
    accepted = [swept for swept in left if (swept.subject, swept.field.id) not in session.marked]
    if len(left) < 2 or not accepted:
        return
    subjects = dict.fromkeys(swept.subject for swept in left)
    part = {of: _named(session, [*subjects], of) for of in LANGS}
    count = len(accepted)

    st.button(
        say("accept_rest" if count == len(left) else "accept_others", lang, count=count, part=part[lang]),
        key="accept_rest", icon=":material/done_all:", type="primary" if question.accept else "tertiary",
        on_click=_accept,
        args=(tuple((s.subject, s.field.id, s.value) for s in accepted), _what(part, count)),
    )  # fmt: skip


def _named(session: Session, subjects: list[str], lang: Lang) -> str:
    """Return the name of the first of some parts, and how many others there are."""
    first = drafts.name(session.draft or {}, subjects[0] or WORKLOAD, lang)
    others = len(subjects) - 1
    return say("and_others", lang, part=first, count=others) if others else first


def _accept(assumed: tuple[Change, ...], what: Text) -> None:
    session = current()
    session.accept(assumed, what)
    if session.narrow:
        jump_to("card")  # what comes next would stand above what is in sight, once the list is gone


def _what(part: dict[Lang, str], count: int) -> Text:
    words = WORDS["rest_accepted"]
    return Text(words.en.format(part=part["en"], count=count), words.ja.format(part=part["ja"], count=count))


def _left(analysis: Analysis, question: Question) -> list[Swept]:
    by_place: dict[Place, Swept] = {(swept.subject, swept.field.id): swept for swept in analysis.swept}
    return [by_place[place] for place in question.rest]


def _assumed(speaker: Speaker, swept: Swept, lang: Lang) -> str:
    """Return a question with the value that the design uses; for a number also the range with the same result."""
    words = speaker.value(swept.subject, swept.field.id, swept.value).in_(lang)
    if swept.unchanged is not None:
        first, last = swept.unchanged
        low, high = swept.cells[first].low, swept.cells[last].high
        if (low is not None or high is not None) and not _is_one_count(swept, low, high):
            words = say("same_result", lang, value=words, range=speaker.stretch(swept, low, high).in_(lang))
    return f"{swept.field.title.in_(lang)}: {words}"


def _is_one_count(swept: Swept, low: Cut | None, high: Cut | None) -> bool:
    """Return whether a range of counts holds no other than the assumed one."""
    least = swept.field.minimum if low is None else low.value
    return swept.field.unit == "count" and high is not None and high.value - least == 1
