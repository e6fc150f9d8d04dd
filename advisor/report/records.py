"""Proofs, flip points, conflicts and questions as plain data for machines; sentences stand beside the ids."""

from typing import Any

from advisor.architecture import Architecture
from advisor.decision import CandidateProof, Comparison, Conflict, Ground, Source
from advisor.explanation.what_if import HOLDS, Speaker
from advisor.sensitivity.analysis import Analysis, FlipPoint
from advisor.sensitivity.next_question import Asking, Question
from advisor.sensitivity.sweep import Move
from advisor.text import Lang

_DIGITS = 6


def source_data(source: Source | None) -> dict[str, str] | None:
    """Return where a statement can be read, and the day it was checked."""
    return None if source is None else {"url": source.url, "checked": source.checked}


def proof_data(proof: CandidateProof) -> dict[str, Any]:
    """Return the proof of one candidate."""
    return {
        "service": proof.service,
        "verdict": proof.verdict,
        "bands": dict(proof.bands),
        "preferences": proof.score[0],
        "bands_sum": proof.score[1],
        "grounds": [ground_data(ground) for ground in proof.grounds],
    }


def ground_data(ground: Ground) -> dict[str, Any]:
    """Return one limit or rule of a proof."""
    found: dict[str, Any] = {"id": ground.id, "kind": ground.kind, "effect": ground.effect, "spoke": ground.spoke}
    if ground.aws_fact:
        found["fact"] = ground.aws_fact
    if ground.axis:
        found["axis"] = ground.axis
    found["conditions"] = [_comparison(comparison) for comparison in ground.comparisons]
    found["source"] = source_data(ground.source)
    return found


def _comparison(compared: Comparison) -> dict[str, Any]:
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


def conflict_data(conflict: Conflict, lang: Lang) -> dict[str, Any]:
    """Return a conflict with its minimal sets and the ways out."""
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


def settings_data(architecture: Architecture, lang: Lang) -> list[dict[str, Any]]:
    """Return every derived setting with its unit, its reason and where that can be read."""
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


def budgets_data(architecture: Architecture, lang: Lang) -> list[dict[str, Any]]:
    """Return what each connection takes of its budgets, against what is allowed there."""
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


def analysis_data(analysis: Analysis, speaker: Speaker, lang: Lang) -> dict[str, Any]:
    """Return what would change the verdict."""
    return {
        "holds_for_every_completion": analysis.holds,
        "holds": HOLDS[analysis.holds].in_(lang),
        "carried_by": [{"subject": subject, "field": field} for subject, field in analysis.carried_by],
        "stability": {
            "changed_cells": sum(s.changing for s in analysis.swept),
            "cells": sum(s.others for s in analysis.swept),
            "unchanged_share": round(analysis.stability, _DIGITS),
        },
        "flips": [_flip(flip, speaker, lang) for flip in analysis.flips],
    }


def _flip(flip: FlipPoint, speaker: Speaker, lang: Lang) -> dict[str, Any]:
    return {
        "subject": flip.subject,
        "field": flip.field,
        "now": flip.value,
        "stated": flip.stated,
        "relation": flip.relation,
        "at": flip.at,
        "changes": moves_data(flip.moves),
        "sentence": speaker.flip(flip).in_(lang),
    }


def moves_data(moves: tuple[Move, ...]) -> list[dict[str, Any]]:
    """Return the roles that come to another service."""
    return [{"subject": m.subject, "role": m.role, "from": m.before, "to": m.after} for m in moves]


def question_data(question: Question, speaker: Speaker, lang: Lang) -> dict[str, Any]:
    """Return a question, why it is worth an answer, and the questions that its card puts with it."""
    return {
        "subject": question.subject,
        "field": question.field,
        "title": speaker.field(question.subject, question.field).in_(lang),
        "share": round(question.share, _DIGITS),
        "changes": moves_data(question.moves),
        "together": [{"subject": subject, "field": field} for subject, field in question.together],
        "sentence": speaker.question(question).in_(lang),
    }


def interview_data(asked: tuple[Asking, ...], speaker: Speaker, lang: Lang) -> dict[str, Any]:
    """Return an interview: its cards in order, each with the answers that it got."""
    return {
        "cards": len(asked),
        "questions": sum(len(step.answers) for step in asked),
        "steps": [
            {
                **question_data(step.question, speaker, lang),
                "answers": [{"subject": s, "field": f, "value": v} for s, f, v in step.answers],
            }
            for step in asked
        ],
    }
