"""Proofs, flip points, conflicts and questions as plain data, with ids and sentences."""

from typing import Any

from advisor.architecture import Architecture
from advisor.decision import (
    Assumption,
    CandidateProof,
    Comparison,
    Conflict,
    Ground,
    RangeDecision,
    Source,
    UnusedAnswer,
    Warning,
)
from advisor.explanation.question_words import counted_words, progress_words, question_words
from advisor.explanation.what_if import Speaker
from advisor.report.decision_types import (
    AssumptionData,
    ConflictData,
    FlipData,
    MoveData,
    ProvenFlipData,
    RangeData,
    SettingData,
    StabilityData,
    UnusedAnswerData,
    WarningData,
)
from advisor.report.proof_types import BudgetData, CandidateData, ComparisonData, GroundData, SourceData
from advisor.sensitivity.analysis import Analysis, FlipPoint
from advisor.sensitivity.moves import Move
from advisor.sensitivity.next_question import InterviewStep, Progress, Question
from advisor.text import Lang

_DIGITS = 6


def source_data(source: Source | None) -> SourceData | None:
    """Return the source of a statement, and the date on which it was checked."""
    return None if source is None else {"url": source.url, "checked": source.checked}


def proof_data(proof: CandidateProof) -> CandidateData:
    """Return the proof of one candidate."""
    return {
        "service": proof.service,
        "verdict": proof.verdict,
        "bands": dict(proof.bands),
        "preferences": proof.score[0],
        "bands_sum": proof.score[1],
        "grounds": [ground_data(ground) for ground in proof.grounds],
    }


def ground_data(ground: Ground) -> GroundData:
    """Return one limit or rule of a proof."""
    data: GroundData = {
        "id": ground.id,
        "kind": ground.kind,
        "effect": ground.effect,
        "spoke": ground.spoke,
        "conditions": [_comparison(comparison) for comparison in ground.comparisons],
        "source": source_data(ground.source),
    }
    if ground.aws_fact:
        data["fact"] = ground.aws_fact
    if ground.axis:
        data["axis"] = ground.axis
    return data


def _comparison(compared: Comparison) -> ComparisonData:
    headroom = None if compared.headroom is None else round(compared.headroom, _DIGITS)
    return {
        "field": compared.fact,
        "value": compared.value,
        "origin": compared.origin,
        "operator": compared.operator,
        "threshold": compared.threshold,
        "unit": compared.unit or None,
        "met": compared.met,
        "headroom": headroom,
    }


def range_data(decided: RangeDecision, lang: Lang) -> RangeData:
    """Return a range with the services for its values."""
    return {
        "subject": decided.subject,
        "field": decided.field,
        "stated": decided.stated,
        "drawn_for": decided.drawn_for,
        "holds": decided.holds,
        "sentence": decided.sentence.in_(lang),
        "parts": [
            {"from": part.low, "to": part.high, "changes": moves_data(tuple(Move(*move) for move in part.moves))}
            for part in decided.parts
        ],
    }


def assumption_data(assumption: Assumption, lang: Lang) -> AssumptionData:
    """Return a default that was used."""
    return {"subject": assumption.subject, "field": assumption.field, "sentence": assumption.sentence.in_(lang)}


def unused_answer_data(answer: UnusedAnswer, lang: Lang) -> UnusedAnswerData:
    """Return a stated answer that changes nothing."""
    return {"subject": answer.subject, "field": answer.field, "sentence": answer.sentence.in_(lang)}


def warning_data(warning: Warning, lang: Lang) -> WarningData:
    """Return a warning with its place and the facts that it is based on."""
    return {
        "subject": warning.subject,
        "role": warning.role,
        "id": warning.id,
        "sentence": warning.sentence.in_(lang),
        "source": source_data(warning.source),
    }


def conflict_data(conflict: Conflict, lang: Lang) -> ConflictData:
    """Return a conflict with its minimal sets and the alternatives."""
    return {
        "subject": conflict.subject,
        "role": conflict.role,
        "fields": list(conflict.fields),
        "sentence": conflict.sentence.in_(lang),
        "minimal_sets": [list(fields) for fields in conflict.sets],
        "ways_out": [
            {
                "changes": [{"subject": s, "field": f, "value": v} for s, f, v in way.changes],
                "sentence": way.sentence.in_(lang),
            }
            for way in conflict.ways_out
        ],
        "instead": [
            {
                "id": instead.id,
                "title": instead.title.in_(lang),
                "way": instead.way.in_(lang),
                "price": instead.price.in_(lang),
                "source": source_data(instead.source),
            }
            for instead in conflict.instead
        ],
    }


def settings_data(architecture: Architecture, lang: Lang) -> list[SettingData]:
    """Return every derived setting with its unit, reason and source."""
    return [
        {
            "node": node.id,
            "setting": key,
            "value": node.settings.get(key),
            "unit": ground.unit,
            "reason": ground.reason.in_(lang),
            "source": ground.source or None,
        }
        for node in architecture.nodes
        for key, ground in node.grounds.items()
    ]


def budgets_data(architecture: Architecture, lang: Lang) -> list[BudgetData]:
    """Return the load of each connection with its limit."""
    return [
        {
            "source": edge.source,
            "verb": edge.verb,
            "target": edge.target,
            "kind": budget.kind,
            "have": budget.have,
            "allowed": budget.allowed,
            "unit": budget.unit,
            "headroom": round(budget.headroom, _DIGITS),
            "state": budget.state,
            "counted": budget.counted.in_(lang),
            "cure": budget.cure.in_(lang),
            "fact": budget.source or None,
        }
        for edge in architecture.edges
        for budget in edge.budgets
    ]


def stability_data(analysis: Analysis) -> StabilityData:
    """Return in how many other answers, one question changed at a time, a service changes."""
    return {
        "changed_cells": sum(s.changing for s in analysis.swept),
        "cells": sum(s.others for s in analysis.swept),
        "unchanged_share": round(analysis.stability, _DIGITS),
    }


def flip_data(flip: FlipPoint, speaker: Speaker, lang: Lang) -> FlipData:
    """Return a flip point."""
    return {
        "subject": flip.subject,
        "field": flip.field,
        "now": flip.value,
        "relation": flip.relation,
        "at": flip.at,
        "sentence": speaker.flip(flip).in_(lang),
    }


def proven_flip_data(flip: FlipPoint, speaker: Speaker, lang: Lang) -> ProvenFlipData:
    """Return a flip point with the resulting services."""
    return {**flip_data(flip, speaker, lang), "stated": flip.stated, "changes": moves_data(flip.moves)}


def moves_data(moves: tuple[Move, ...]) -> list[MoveData]:
    """Return the roles whose service changes."""
    return [{"subject": m.subject, "role": m.role, "from": m.before, "to": m.after} for m in moves]


def question_data(question: Question, speaker: Speaker, lang: Lang) -> dict[str, Any]:
    """Return a question, why it is worth an answer, and the questions that its card puts with it."""
    return {
        "subject": question.subject,
        "field": question.field,
        "title": speaker.field(question.subject, question.field).in_(lang),
        "because": question.because,
        "chance": round(question.chance, _DIGITS),
        "changes": moves_data(question.moves),
        "together": _places(question.together),
        "rest_of_part": {
            "accept": question.accept,
            "chance": round(question.rest_chance, _DIGITS),
            "questions": _places(question.rest),
        },
        "sentence": question_words(speaker, question).in_(lang),
        "counted": counted_words(speaker, question).in_(lang),
    }


def progress_data(progress: Progress, lang: Lang) -> dict[str, Any]:
    """Return how far an interview is, and whether its verdict is good enough."""
    return {
        "answered": progress.answered,
        "questions": progress.questions,
        "chance_of_another_verdict": round(progress.chance, _DIGITS),
        "good_enough": progress.good_enough,
        "sentence": progress_words(progress).in_(lang),
    }


def _places(places: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"subject": subject, "field": field} for subject, field in places]


def interview_data(steps: tuple[InterviewStep, ...], speaker: Speaker, lang: Lang) -> dict[str, Any]:
    """Return an interview: its cards in order, each with the answers that it got."""
    return {
        "cards": len(steps),
        "questions": sum(len(step.answers) for step in steps),
        "steps": [
            {
                **question_data(step.question, speaker, lang),
                "answers": [{"subject": s, "field": f, "value": v} for s, f, v in step.answers],
            }
            for step in steps
        ],
    }
