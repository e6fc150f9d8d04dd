"""The proof of one candidate: limits with what is left of them, rules that spoke and those that did not, and what it takes."""

from collections.abc import Iterator, Mapping

import streamlit as st

from advisor.decision import CandidateProof, Choice, Ground, SubjectDecision
from advisor.design import Design
from advisor.explanation.proof_words import EFFECTS, LimitMargin, ProofSpeaker, margin_words
from advisor.explanation.reasons import AXIS_TITLES
from advisor.explanation.what_if import Speaker
from advisor.text import Lang, Text
from advisor_ui import cached
from advisor_ui.results.citations import cite
from advisor_ui.state.partial_validation import Settled
from advisor_ui.state.session import Session, current
from advisor_ui.words import say
from renderers.markdown import escape

_COLOURS = {"rules-out": "red", "favours": "green", "warns": "orange", "explains": "blue"}
_FIRST = 5
_BAR = 8
_MOST_UNBROKEN = 8


def grounds(
    held: Session, settled: Settled, subject: SubjectDecision, choice: Choice, candidate: CandidateProof
) -> None:
    """Show everything that could have spoken for or against a candidate."""
    lang, design = held.lang, settled.design
    speaker = _speaker(design, subject)
    left, right = st.columns(2, gap="large")
    with left:
        _spoken(speaker, choice, candidate, lang)
        if candidate.verdict != "chosen":
            _why_not(held, settled, subject.id, choice.role, candidate.service)
        _silent(speaker, candidate, lang)
    with right:
        _limits(speaker, candidate, lang, narrow=held.narrow)


def _speaker(design: Design, subject: SubjectDecision) -> ProofSpeaker:
    return ProofSpeaker(design.book, subject.kind, design.verdict.subjects[subject.id].known.values)


def _spoken(speaker: ProofSpeaker, choice: Choice, candidate: CandidateProof, lang: Lang) -> None:
    spoke = [ground for ground in candidate.grounds if ground.spoke and ground.kind != "limit"]
    st.markdown(f"**{say('rules_spoke', lang)}**")
    rejected = next((one for one in choice.rejected if one.service == candidate.service), None)
    against = {reason.id: reason.sentence for reason in rejected.because} if rejected else {}
    lines = [*_behind(choice, candidate, lang), *(_rule(speaker, ground, against, lang) for ground in spoke)]
    st.markdown("\n".join(lines) or say("rules_spoke_none", lang))


def _behind(choice: Choice, candidate: CandidateProof, lang: Lang) -> Iterator[str]:
    """Say why a candidate that fits is behind the chosen one, where no rule says it."""
    told = {ground.id for ground in candidate.grounds}
    rejected = next((one for one in choice.rejected if one.service == candidate.service), None)
    for reason in rejected.because if rejected else ():
        if reason.id not in told:
            yield f"- {escape(reason.sentence.in_(lang))}"


def _rule(speaker: ProofSpeaker, ground: Ground, against: Mapping[str, Text], lang: Lang) -> str:
    """Return a rule with its effect, what it says, what it compared, and where it was read."""
    badge = f":{_COLOURS[ground.effect]}-badge[{EFFECTS[ground.effect].in_(lang)}]"
    axis = f" :gray-badge[{AXIS_TITLES[ground.axis].in_(lang)}]" if ground.axis in AXIS_TITLES else ""
    source = f" {cite(ground.source, lang, ground.id)}" if ground.source else ""
    compared = say("semicolon", lang).join(escape(speaker.compared(one).in_(lang)) for one in ground.comparisons)
    below = f"  \n  :small[:gray[{compared}]]" if compared else ""
    sentence = against.get(ground.id) or speaker.sentence(ground)
    return f"- {badge}{axis} {escape(sentence.in_(lang))}{source}{below}"


def _silent(speaker: ProofSpeaker, candidate: CandidateProof, lang: Lang) -> None:
    """List, once opened, the rules that could have spoken, each with the comparison that kept it silent."""
    silent = [ground for ground in candidate.grounds if not ground.spoke and ground.kind == "rule"]
    if not silent:
        return
    shown = st.expander(f"{say('rules_silent', lang)} ({len(silent)})", key="rules_silent", on_change="rerun")
    if shown.open:
        with shown:
            st.markdown("\n".join(_kept_silent(speaker, ground, lang) for ground in silent))


def _kept_silent(speaker: ProofSpeaker, ground: Ground, lang: Lang) -> str:
    badge = f":{_COLOURS[ground.effect]}-badge[{EFFECTS[ground.effect].in_(lang)}]"
    unmet = [escape(speaker.compared(one).in_(lang)) for one in ground.comparisons if not one.met]
    source = f" {cite(ground.source, lang, ground.id)}" if ground.source else ""
    return f"- {badge} {say('would_speak', lang, when=say('semicolon', lang).join(unmet))}{source}"


def _limits(speaker: ProofSpeaker, candidate: CandidateProof, lang: Lang, *, narrow: bool) -> None:
    """Show the limits as bars of what is left, the tightest first; most of them behind an expander."""
    found = speaker.limits(candidate)
    st.markdown(f"**{say('limits', lang)}**")
    if not found:
        st.markdown(say("limits_none", lang))
        return
    wide = [*_as_table(found[:_FIRST], lang)] if not narrow else [*_as_list(found[:_FIRST], lang)]
    st.markdown("\n".join(wide))
    rest = found[_FIRST:]
    if rest:
        shown = st.expander(f"{say('limits_more', lang)} ({len(rest)})", key="limits_more", on_change="rerun")
        if shown.open:
            with shown:
                st.markdown("\n".join(_as_list(rest, lang) if narrow else _as_table(rest, lang)))


def unbroken(words: str, lang: Lang) -> str:
    """Return a short phrase that is not broken where it would be in a narrow column: Japanese breaks between any two letters."""
    if lang == "ja" and len(words) <= _MOST_UNBROKEN:
        return "\u2060".join(words.replace(" ", "\u00a0"))
    return words


def _as_table(limits: list[LimitMargin], lang: Lang) -> Iterator[str]:
    heads = [say("limit", lang), say("value", lang), say("headroom", lang)]
    yield f"| {' | '.join(unbroken(head, lang) for head in heads)} |"
    yield "| --- | --- | --- |"
    for one in limits:
        source = f" {cite(one.ground.source, lang, one.ground.aws_fact)}" if one.ground.source else ""
        origin = f":small[:gray[{unbroken(one.origin.in_(lang), lang)}]]"
        name = f"{escape(one.title.in_(lang))}: {escape(one.bound.in_(lang))}"
        yield f"| {name}{source} | {escape(one.value.in_(lang))} {origin} | {_bar(one, lang)} |"


def _as_list(limits: list[LimitMargin], lang: Lang) -> Iterator[str]:
    for one in limits:
        source = f" {cite(one.ground.source, lang, one.ground.aws_fact)}" if one.ground.source else ""
        name = f"{escape(one.title.in_(lang))}: {escape(one.bound.in_(lang))}"
        value = f"{escape(one.value.in_(lang))} :small[:gray[{one.origin.in_(lang)}]]"
        yield f"- {name}{source}  \n  {value} · {_bar(one, lang)}"


def _bar(one: LimitMargin, lang: Lang) -> str:
    """Return what is left of a bound as a bar with its words; a bound that is exceeded is red and full."""
    if one.margin is None:
        return ""
    words = f":small[{escape(unbroken(margin_words(one.margin).in_(lang), lang))}]"
    if one.margin < 0:
        return f":red[{'█' * _BAR}] {words}"
    left = min(_BAR, round(one.margin * _BAR))
    taken, free = "█" * (_BAR - left), "░" * left
    parts = [f":{colour}[{bar}]" for colour, bar in (("blue", taken), ("gray", free)) if bar]
    return f"{''.join(parts)} {words}"


def _why_not(held: Session, settled: Settled, subject: str, role: str, service: str) -> None:
    """Say, once asked, with which changed answers a candidate would be chosen; one click applies them."""
    lang = held.lang
    shown = st.expander(say("why_not", lang), key="why_not", icon=":material/alt_route:", on_change="rerun")
    if not shown.open or held.draft is None:
        return
    with shown:
        with st.spinner(say("searching", lang)):
            found = cached.why_not(held.draft, subject, role, service)
        speaker = Speaker(settled.design.requirements, settled.design.book)
        what = speaker.why_not(found)
        st.markdown(escape(what.in_(lang)))
        if found.changes:
            st.button(
                say("apply", lang), key="apply.why_not", icon=":material/check:",
                on_click=lambda: current().apply(found.changes or (), speaker.changes(found.changes or ())),
            )  # fmt: skip
