"""A design's decision as the JSON that `advisor decide` prints, alone or with its whole proof (`advisor.report.decision_types`)."""

from collections.abc import Iterable, Iterator

from advisor.decision import Assumption, Choice, Reason, SubjectDecision
from advisor.design import Design
from advisor.explanation.firmness import firmness
from advisor.explanation.what_if import Speaker
from advisor.report.decision_report import dumps, services
from advisor.report.decision_types import (
    SCHEMA,
    ChoiceData,
    DecisionFile,
    Firmness,
    Frame,
    NamedSubject,
    ProvenChoiceData,
    ProvenDecisionFile,
    ProvenSubjectData,
    Remarks,
    SubjectData,
)
from advisor.report.records import (
    assumption_data,
    budgets_data,
    conflict_data,
    flip_data,
    proof_data,
    proven_flip_data,
    range_data,
    settings_data,
    stability_data,
    unused_answer_data,
    warning_data,
)
from advisor.report.replay import pack
from advisor.requirements.reading import plain
from advisor.sensitivity.analysis import Analysis
from advisor.text import Lang


def to_json(design: Design, lang: Lang, *, proof: bool = False) -> str:
    """Return the decision as JSON text that ends with a line break; `proof` adds the whole proof."""
    return dumps(with_proof(design, lang) if proof else decision_file(design, lang))


def decision_file(design: Design, lang: Lang) -> DecisionFile:
    """Return the decision as plain data; sentences are in `lang`, everything else is an id.

    It contains the requirements and the basis of the decision, so that it can be re-evaluated with another rule book.
    """
    analysis, speaker = design.analysis, Speaker(design.requirements, design.book)
    return {
        **_frame(design),
        "subjects": [_subject(subject, lang) for subject in design.decision.subjects],
        **_remarks(design, lang),
        **_firmness(analysis, lang),
        "flips": [flip_data(flip, speaker, lang) for flip in analysis.flips if flip.stated],
        "replay": pack(design.verdict, design.book),
    }


def with_proof(design: Design, lang: Lang) -> ProvenDecisionFile:
    """Return the decision with the proof of every candidate, every budget, and the flip points of every question."""
    analysis, speaker = design.analysis, Speaker(design.requirements, design.book)
    return {
        **_frame(design),
        "subjects": [_proven_subject(design, subject, lang) for subject in design.decision.subjects],
        **_remarks(design, lang),
        "budgets": budgets_data(design.architecture, lang),
        **_firmness(analysis, lang),
        "carried_by": [{"subject": subject, "field": field} for subject, field in analysis.carried_by],
        "flips": [proven_flip_data(flip, speaker, lang) for flip in analysis.flips],
    }


def _frame(design: Design) -> Frame:
    return {
        "schema": SCHEMA,
        "as_of": design.as_of,
        "book": design.book.version,
        "requirements": plain(design.requirements),
        "services": list(services(design)),
    }


def _remarks(design: Design, lang: Lang) -> Remarks:
    decision = design.decision
    return {
        "assumptions": [assumption_data(assumption, lang) for assumption in _once(decision.assumptions)],
        "warnings": [warning_data(warning, lang) for warning in decision.warnings],
        "conflicts": [conflict_data(conflict, lang) for conflict in decision.conflicts],
        "ranges": [range_data(decided, lang) for decided in decision.ranges],
        "unused_answers": [unused_answer_data(answer, lang) for answer in design.unused_answers],
        "settings": settings_data(design.architecture, lang),
    }


def _once(assumptions: Iterable[Assumption]) -> Iterator[Assumption]:
    """Yield assumptions, those about the workload only with the first subject that they concern."""
    told: set[str] = set()
    for assumption in assumptions:
        if assumption.field not in told:
            yield assumption
        if assumption.field.startswith("workload."):
            told.add(assumption.field)


def _firmness(analysis: Analysis, lang: Lang) -> Firmness:
    return {
        "holds_for_every_completion": analysis.holds,
        "holds": firmness(analysis).in_(lang),
        "stability": stability_data(analysis),
    }


def _subject(subject: SubjectDecision, lang: Lang) -> SubjectData:
    choices = [_choice(choice, lang) for choice in subject.choices]
    return {**_named(subject, lang), "choices": choices}


def _proven_subject(design: Design, subject: SubjectDecision, lang: Lang) -> ProvenSubjectData:
    choices: list[ProvenChoiceData] = [
        {**_choice(choice, lang), "proof": [proof_data(proof) for proof in design.proof(subject.id, choice.role)]}
        for choice in subject.choices
    ]
    return {**_named(subject, lang), "choices": choices}


def _named(subject: SubjectDecision, lang: Lang) -> NamedSubject:
    named: NamedSubject = {"id": subject.id, "kind": subject.kind, "title": subject.title.in_(lang)}
    return named if subject.count == 1 else {**named, "count": subject.count}


def _choice(choice: Choice, lang: Lang) -> ChoiceData:
    return {
        "role": choice.role,
        "service": choice.service,
        "pinned": choice.pinned,
        "because": _sentences(choice.because, lang),
        "rejected": [{"service": r.service, "because": _sentences(r.because, lang)} for r in choice.rejected],
        "violates": _sentences(choice.violates, lang),
        "tied": list(choice.tied),
        "pareto": list(choice.best),
    }


def _sentences(reasons: Iterable[Reason], lang: Lang) -> list[str]:
    return [reason.sentence.in_(lang) for reason in reasons]
