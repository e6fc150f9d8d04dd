"""Random subjects for measurements: answers drawn from the vocabulary with a fixed seed, each of them allowed."""

import csv
import io
import math
import random
from typing import Any

from advisor.requirements import SUBJECT_KINDS
from advisor.requirements.answers import ORDERED, AnsweredSubject, Answers
from advisor.vocabulary import FIELDS, Field

ANSWERED = 0.2


def subjects(count: int, seed: int = 1) -> list[Answers]:
    """Return so many workloads of one subject each; about a fifth of the questions is answered."""
    draw = random.Random(seed)
    return [_workload(draw, f"subject-{number}") for number in range(count)]


def _workload(draw: random.Random, id: str) -> Answers:
    kind = draw.choice(SUBJECT_KINDS)
    answers = _answers(draw, kind)
    for low, high in ORDERED * len(ORDERED):  # a change of one pair may break another
        if low in answers and high in answers and answers[low] > answers[high]:
            answers[low], answers[high] = answers[high], answers[low]
    return Answers(_answers(draw, "workload"), {id: AnsweredSubject(id, kind, answers, {})})


def _answers(draw: random.Random, kind: str) -> dict[str, Any]:
    asked = [
        f for f in FIELDS[kind] if f.kind not in ("link", "links") and (f.kind != "text" or f.pattern) and not f.demand
    ]
    return {field.id: _answer(draw, field) for field in asked if draw.random() < ANSWERED}


def _answer(draw: random.Random, field: Field) -> Any:
    options = [option.value for option in field.options]
    if field.kind == "quantity":
        low = max(field.minimum, field.maximum / 1e9, 1e-3)
        number = math.exp(draw.uniform(math.log(low), math.log(field.maximum)))
        return float(max(field.minimum, round(number) if field.unit == "count" else float(f"{number:.6g}")))
    if field.kind == "flag":
        return draw.random() < 0.5
    if field.kind == "text":
        return field.example
    if field.kind in ("choices", "destinations"):
        return tuple(draw.sample(options, draw.randint(0, 2)))
    return draw.choice(options)


def table(workloads: list[Answers]) -> str:
    """Return workloads of one subject each as a table for `advisor assess`."""
    names = dict.fromkeys(f.id for kind in SUBJECT_KINDS for f in FIELDS[kind])
    header = ["id", "kind", "title", *names, *(f"workload.{f.id}" for f in FIELDS["workload"])]
    held = io.StringIO()
    writer = csv.DictWriter(held, header)
    writer.writeheader()
    for answers in workloads:
        (asked,) = answers.subjects.values()
        cells = {f"workload.{id}": _cell(value) for id, value in answers.workload.items()}
        cells |= {id: _cell(value) for id, value in asked.answers.items()}
        writer.writerow({"id": asked.id, "kind": asked.kind, "title": f"The {asked.id}", **cells})
    return held.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ";".join(value) if isinstance(value, tuple) else f"{value:f}" if isinstance(value, float) else str(value)
