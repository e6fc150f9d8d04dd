"""The evaluation of one candidate: limits with headroom, rules that apply or not, and the required changes."""

from collections.abc import Iterator, Mapping

import streamlit as st

from advisor.book import Role
from advisor.decision import CandidateProof, Choice, Ground, SubjectDecision
from advisor.design import Design
from advisor.explanation.axis_words import AXIS_TITLES
from advisor.explanation.proof_words import EFFECTS, LimitMargin, ProofSpeaker, margin_words
from advisor.explanation.what_if import Speaker
from advisor.text import Lang, Text
from advisor_ui import cached
from advisor_ui.results.citations import cite
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session, current
from advisor_ui.words import say
from renderers.markdown import escape

_COLOURS = {"rules-out": "red", "favours": "green", "warns": "orange", "explains": "blue"}
_MAX_SHOWN = 5
_BAR_LENGTH = 8
_MAX_UNBROKEN = 8


def candidate_detail(
    session: Session, validated: Validated, subject: SubjectDecision, choice: Choice, candidate: CandidateProof
) -> None:
    """Show everything that could have spoken for or against a candidate."""
    lang, design = session.lang, validated.design
    speaker = _speaker(design, subject)
    left, right = st.columns(2, gap="large")
    with left:
        _decisive_rules(speaker, choice, candidate, lang)
        if candidate.verdict != "chosen":
            _why_not(session, validated, subject.id, choice.role, candidate.service)
        _silent_rules(speaker, candidate, lang)
    with right:
        _limits(speaker, candidate, lang, narrow=session.narrow)
        if candidate.verdict != "ruled-out":
            _ratings(design.book.role(choice.role), candidate.service, lang)


def _ratings(role: Role, service: str, lang: Lang) -> None:
    """List what the rule book says of a candidate on each axis; preferences of this part may add a point."""
    rationale = role.rationale.get(service)
    if rationale:
        st.markdown(f"**{say('ratings', lang)}**")
        bands = role.bands[service]
        lines = (
            f"- {AXIS_TITLES[axis].in_(lang)} {bands[axis]}: {escape(said.in_(lang))}"
            for axis, said in rationale.items()
        )
        st.markdown("\n".join(lines))


def _speaker(design: Design, subject: SubjectDecision) -> ProofSpeaker:
    return ProofSpeaker(design.book, subject.kind, design.verdict.subjects[subject.id].known.values)


def _decisive_rules(speaker: ProofSpeaker, choice: Choice, candidate: CandidateProof, lang: Lang) -> None:
    spoke = [ground for ground in candidate.grounds if ground.spoke and ground.kind != "limit"]
    st.markdown(f"**{say('rules_spoke', lang)}**")
    rejection = next((rejection for rejection in choice.rejected if rejection.service == candidate.service), None)
    against = {reason.id: reason.sentence for reason in rejection.because} if rejection else {}
    if rejection and not rejection.possible:
        spoke = [ground for ground in spoke if ground.effect != "rules-out" or ground.id in against]
    lines = [*_other_reasons(choice, candidate, lang), *(_rule(speaker, ground, against, lang) for ground in spoke)]
    st.markdown("\n".join(lines) or say("rules_spoke_none", lang))


def _other_reasons(choice: Choice, candidate: CandidateProof, lang: Lang) -> Iterator[str]:
    """Explain why a suitable candidate ranks behind the chosen one, if no rule does."""
    ground_ids = {ground.id for ground in candidate.grounds}
    rejected = next((rejected for rejected in choice.rejected if rejected.service == candidate.service), None)
    for reason in rejected.because if rejected else ():
        if reason.id not in ground_ids:
            yield f"- {escape(reason.sentence.in_(lang))}"


def _rule(speaker: ProofSpeaker, ground: Ground, against: Mapping[str, Text], lang: Lang) -> str:
    """Return a rule with its effect, text, comparisons and source."""
    badge = f":{_COLOURS[ground.effect]}-badge[{EFFECTS[ground.effect].in_(lang)}]"
    axis = f" :gray-badge[{AXIS_TITLES[ground.axis].in_(lang)}]" if ground.axis in AXIS_TITLES else ""
    source = f" {cite(ground.source, lang, ground.id)}" if ground.source else ""
    compared = say("semicolon", lang).join(
        escape(speaker.compared(comparison).in_(lang)) for comparison in ground.comparisons
    )
    below = f"  \n  :small[:gray[{compared}]]" if compared else ""
    sentence = against.get(ground.id) or speaker.sentence(ground)
    return f"- {badge}{axis} {escape(sentence.in_(lang))}{source}{below}"


def _silent_rules(speaker: ProofSpeaker, candidate: CandidateProof, lang: Lang) -> None:
    """List, once opened, the rules that could have spoken, each with the comparison that kept it silent."""
    silent = [ground for ground in candidate.grounds if not ground.spoke and ground.kind == "rule"]
    if not silent:
        return
    expander = st.expander(f"{say('rules_silent', lang)} ({len(silent)})", key="rules_silent", on_change="rerun")
    if expander.open:
        with expander:
            st.markdown("\n".join(_silent_rule(speaker, ground, lang) for ground in silent))


def _silent_rule(speaker: ProofSpeaker, ground: Ground, lang: Lang) -> str:
    badge = f":{_COLOURS[ground.effect]}-badge[{EFFECTS[ground.effect].in_(lang)}]"
    unmet = [escape(speaker.compared(comparison).in_(lang)) for comparison in ground.comparisons if not comparison.met]
    source = f" {cite(ground.source, lang, ground.id)}" if ground.source else ""
    return f"- {badge} {say('would_speak', lang, when=say('semicolon', lang).join(unmet))}{source}"


def _limits(speaker: ProofSpeaker, candidate: CandidateProof, lang: Lang, *, narrow: bool) -> None:
    """Show the limits as bars of their headroom, the tightest first; most of them in an expander."""
    limits = speaker.limits(candidate)
    st.markdown(f"**{say('limits', lang)}**")
    if not limits:
        st.markdown(say("limits_none", lang))
        return
    lines = [*_as_table(limits[:_MAX_SHOWN], lang)] if not narrow else [*_as_list(limits[:_MAX_SHOWN], lang)]
    st.markdown("\n".join(lines))
    rest = limits[_MAX_SHOWN:]
    if rest:
        expander = st.expander(f"{say('limits_more', lang)} ({len(rest)})", key="limits_more", on_change="rerun")
        if expander.open:
            with expander:
                st.markdown("\n".join(_as_list(rest, lang) if narrow else _as_table(rest, lang)))


def unbroken(words: str, lang: Lang) -> str:
    """Return a short phrase that does not wrap in a narrow column: Japanese text can break between any two characters."""
    if lang == "ja" and len(words) <= _MAX_UNBROKEN:
        return "\u2060".join(words.replace(" ", "\u00a0"))
    return words


def _as_table(limits: list[LimitMargin], lang: Lang) -> Iterator[str]:
    heads = [say("limit", lang), say("value", lang), say("headroom", lang)]
    yield f"| {' | '.join(unbroken(head, lang) for head in heads)} |"
    yield "| --- | --- | --- |"
    for limit in limits:
        source = f" {cite(limit.ground.source, lang, limit.ground.aws_fact)}" if limit.ground.source else ""
        origin = f":small[:gray[{unbroken(limit.origin.in_(lang), lang)}]]"
        name = f"{escape(limit.title.in_(lang))}: {escape(limit.bound.in_(lang))}"
        yield f"| {name}{source} | {escape(limit.value.in_(lang))} {origin} | {_bar(limit, lang)} |"


def _as_list(limits: list[LimitMargin], lang: Lang) -> Iterator[str]:
    for limit in limits:
        source = f" {cite(limit.ground.source, lang, limit.ground.aws_fact)}" if limit.ground.source else ""
        name = f"{escape(limit.title.in_(lang))}: {escape(limit.bound.in_(lang))}"
        value = f"{escape(limit.value.in_(lang))} :small[:gray[{limit.origin.in_(lang)}]]"
        yield f"- {name}{source}  \n  {value} · {_bar(limit, lang)}"


def _bar(limit: LimitMargin, lang: Lang) -> str:
    """Return the headroom of a bound as a bar with a label; an exceeded bound is red and full."""
    if limit.margin is None:
        return ""
    words = f":small[{escape(unbroken(margin_words(limit.margin).in_(lang), lang))}]"
    if limit.margin < 0:
        return f":red[{'█' * _BAR_LENGTH}] {words}"
    left = min(_BAR_LENGTH, round(limit.margin * _BAR_LENGTH))
    taken, free = "█" * (_BAR_LENGTH - left), "░" * left
    parts = [f":{colour}[{bar}]" for colour, bar in (("blue", taken), ("gray", free)) if bar]
    return f"{''.join(parts)} {words}"


def _why_not(session: Session, validated: Validated, subject: str, role: str, service: str) -> None:
    """Show on request the changed answers with which a candidate would be chosen; one click applies them."""
    lang = session.lang
    expander = st.expander(say("why_not", lang), key="why_not", icon=":material/alt_route:", on_change="rerun")
    if not expander.open or session.draft is None:
        return
    with expander:
        with st.spinner(say("searching", lang)):
            result = cached.why_not(session.draft, subject, role, service)
        speaker = Speaker(validated.design.requirements, validated.design.book)
        what = speaker.why_not(result)
        st.markdown(escape(what.in_(lang)))
        if result.changes:
            st.button(
                say("apply", lang), key="apply.why_not", icon=":material/check:",
                on_click=lambda: current().apply(result.changes or (), speaker.changes(result.changes or ())),
            )  # fmt: skip
