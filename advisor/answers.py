"""Answers as plain values, so that analysis can change one and decide again without reading a file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from advisor.requirements import SUBJECT_KINDS, Requirements, Subject, SubjectKind

WORKLOAD = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was answered about one subject: values by field id (destinations as their kinds), and its pins."""

    id: str
    kind: SubjectKind
    answers: Mapping[str, Any]
    pins: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered about a workload, and about its subjects by id: components, then channels, then stores."""

    workload: Mapping[str, Any]
    subjects: Mapping[str, Asked]

    def of_kind(self, kind: str) -> Iterator[Asked]:
        """Give the subjects of one kind."""
        return (asked for asked in self.subjects.values() if asked.kind == kind)

    def of(self, subject: str) -> Mapping[str, Any]:
        """Return the answers about a subject; `WORKLOAD` is the workload itself."""
        return self.workload if subject == WORKLOAD else self.subjects[subject].answers

    def changed(self, subject: str, changes: Mapping[str, Any]) -> "Answers":
        """Return the answers with some of a subject's replaced; None takes an answer back."""
        merged = {id: value for id, value in {**self.of(subject), **changes}.items() if value is not None}
        if subject == WORKLOAD:
            return Answers(merged, self.subjects)
        asked = self.subjects[subject]
        return Answers(self.workload, {**self.subjects, subject: replace(asked, answers=merged)})


def answers_of(requirements: Requirements) -> Answers:
    """Return the answers of checked requirements."""
    subjects = {}
    for kind in SUBJECT_KINDS:
        for subject in requirements.of_kind(kind):
            subjects[subject.id] = Asked(subject.id, kind, _plain(subject), dict(subject.pins))
    return Answers(requirements.workload_answers, subjects)


def _plain(subject: Subject) -> dict[str, Any]:
    answers: dict[str, Any] = dict(subject.answers)
    if "destinations" in answers:
        answers["destinations"] = tuple(destination.kind for destination in answers["destinations"])
    return answers
