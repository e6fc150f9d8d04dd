"""The candidates of a role compared: verdict, preferences, bands on the axes, ties, and which of them nothing beats."""

from collections.abc import Iterator

import streamlit as st

from advisor.decision import CandidateProof, Choice, SubjectDecision
from advisor.design import Design
from advisor.explanation.axis_words import AXIS_TITLES
from advisor.explanation.proof_words import VERDICTS
from advisor.explanation.wording import service_name
from advisor.text import Lang
from advisor_ui.results.candidate_detail import candidate_detail, unbroken
from advisor_ui.results.citations import cite
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session, current
from advisor_ui.state.widget_values import keep
from advisor_ui.words import say
from renderers.markdown import escape

_COLOURS = {"chosen": "green", "possible": "blue", "passed-over": "orange", "ruled-out": "gray"}
_ORDER = ("chosen", "possible", "passed-over", "ruled-out")
_MAX_BAND = 4


def candidates(session: Session, validated: Validated, subject: SubjectDecision, choice: Choice) -> None:
    """Show a role's candidates beside each other, and the proof of the one that is picked."""
    lang, design = session.lang, validated.design
    with st.container(key="candidates"):
        st.markdown(f"### {say('candidates', lang)}")
        proofs = design.proof(subject.id, choice.role)
        rows = sorted(proofs, key=lambda proof: (_ORDER.index(proof.verdict), *(-n for n in proof.score)))
        if len(rows) > 1:
            lines = _list(design, choice, rows, lang) if session.narrow else _table(design, choice, rows, lang)
            st.markdown("\n".join(lines))
            st.caption(say("candidates_key", lang))
        else:
            st.markdown(say("rejected_none", lang))
        candidate_detail(session, validated, subject, choice, _pick(session, design, rows, lang))


def _pick(session: Session, design: Design, rows: list[CandidateProof], lang: Lang) -> CandidateProof:
    by_service = {proof.service: proof for proof in rows}
    if len(rows) == 1:
        return rows[0]
    # The chosen one's reasons stand above, so the first to ask about is the one that comes next.
    default = rows[1] if rows[0].verdict == "chosen" else rows[0]
    value = session.candidate if session.candidate in by_service else default.service
    names = {
        service: f"{candidate_name(design, service, lang)}: {VERDICTS[proof.verdict].in_(lang)}"
        for service, proof in by_service.items()
    }
    key = f"candidate.{lang}"

    def select() -> None:
        current().candidate = str(st.session_state[key] or "")

    keep(key, value)
    st.selectbox(
        say("candidate_proof", lang), list(names), index=list(names).index(value), key=key, on_change=select,
        format_func=lambda service: names.get(service, service),
    )  # fmt: skip
    return by_service[value]


def candidate_name(design: Design, service: str, lang: Lang) -> str:
    """Return a candidate's name; "none" is a direct integration."""
    return say("nothing_between", lang) if service == "none" else service_name(design.book, service).in_(lang)


def _axes(rows: list[CandidateProof]) -> list[str]:
    return [axis for axis in AXIS_TITLES if any(proof.bands.get(axis) for proof in rows)]


def _name(design: Design, choice: Choice, proof: CandidateProof, lang: Lang) -> str:
    """Return a candidate's name with the marks of the Pareto set and of a tie."""
    name = escape(candidate_name(design, proof.service, lang))
    marks = " ◆" if proof.service in choice.best and len(choice.best) > 1 else ""
    tied = proof.service in choice.tied or (choice.tied and proof.service == choice.service)
    marks += f" :violet-badge[{say('tie', lang)}]" if tied else ""
    return f"**{name}**{marks}" if proof.verdict == "chosen" else f"{name}{marks}"


def _badge(proof: CandidateProof, lang: Lang) -> str:
    return f":{_COLOURS[proof.verdict]}-badge[{VERDICTS[proof.verdict].in_(lang)}]"


def _score(proof: CandidateProof) -> str:
    return f"{proof.score[0]:+d}" if proof.score[0] else "0"


def _dots(band: int) -> str:
    return f"{'●' * band}:gray[{'○' * (_MAX_BAND - band)}]" if band < _MAX_BAND else "●" * band


def _table(design: Design, choice: Choice, rows: list[CandidateProof], lang: Lang) -> Iterator[str]:
    axes = _axes(rows)
    heads = [say("candidate", lang), say("verdict", lang), say("preferences", lang)]
    heads += [*(AXIS_TITLES[axis].in_(lang) for axis in axes), say("reason", lang)]
    yield f"| {' | '.join(unbroken(head, lang) for head in heads)} |"
    yield f"| --- | --- | ---: |{' --- |' * (len(axes) + 1)}"
    above = ""
    for proof in rows:
        bands = [_dots(proof.bands.get(axis, 0)) for axis in axes]
        cells = [_name(design, choice, proof, lang), _badge(proof, lang), _score(proof)]
        reason = _reason(choice, proof, lang)
        reason_cell = f":small[{say('as_above', lang)}]" if reason and reason == above else reason
        yield f"| {' | '.join([*cells, *bands, reason_cell])} |"
        above = reason


def _reason(choice: Choice, proof: CandidateProof, lang: Lang) -> str:
    """Return the first sentence on a candidate; the others are in its detail."""
    rejected = next((r.because for r in choice.rejected if r.service == proof.service), ())
    reasons = choice.because if proof.verdict == "chosen" else rejected
    if not reasons:
        return ""
    source = f" {cite(reasons[0].source, lang, reasons[0].id)}" if reasons[0].source else ""
    return f":small[{escape(reasons[0].sentence.in_(lang))}]{source}"


def _list(design: Design, choice: Choice, rows: list[CandidateProof], lang: Lang) -> Iterator[str]:
    axes, above = _axes(rows), ""
    for proof in rows:
        reason = _reason(choice, proof, lang)
        reason_cell = f":small[{say('as_above', lang)}]" if reason and reason == above else reason
        line, above = f"- {_name(design, choice, proof, lang)} {_badge(proof, lang)}  \n  {reason_cell}", reason
        if proof.verdict != "ruled-out" and axes:
            bands = " · ".join(f"{AXIS_TITLES[axis].in_(lang)} {proof.bands.get(axis, 0)}" for axis in axes)
            line += f"  \n  :small[:gray[{say('preferences', lang)} {_score(proof)} · {bands}]]"
        yield line
