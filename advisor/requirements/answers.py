"""Answers as plain values, so that analysis can change one and decide again without reading a file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from advisor.requirements.demands import collected, expanded
from advisor.requirements.model import SUBJECT_KINDS, Requirements, Subject, SubjectKind

WORKLOAD = ""
# The first of each pair is never more than the second.
ORDERED = (("typical_run_s", "longest_run_s"), ("rate_average_rps", "rate_peak_rps"))


# Questions of a component that name other subjects, each several.
LINKS = ("reads", "writes", "publishes", "calls")


@dataclass(frozen=True, slots=True)
class AnsweredSubject:
    """The answers about one subject: values by field id (destinations as their kinds, demands as flags), and its pins."""

    id: str
    kind: SubjectKind
    answers: Mapping[str, Any]
    pins: Mapping[str, str]

    def names(self, subject: str) -> bool:
        """Whether it listens to, reads, writes, publishes on or calls a subject, and so depends on it."""
        return subject == self.answers.get("listens_to") or any(subject in self.answers.get(f, ()) for f in LINKS)


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers about a workload, and about its subjects by id: components, then channels, then stores."""

    workload: Mapping[str, Any]
    subjects: Mapping[str, AnsweredSubject]

    def of_kind(self, kind: str) -> Iterator[AnsweredSubject]:
        """Give the subjects of one kind."""
        return (subject for subject in self.subjects.values() if subject.kind == kind)

    def of(self, subject: str) -> Mapping[str, Any]:
        """Return the answers about a subject; `WORKLOAD` is the workload itself."""
        return self.workload if subject == WORKLOAD else self.subjects[subject].answers

    def changed(self, subject: str, changes: Mapping[str, Any]) -> "Answers":
        """Return the answers with some of a subject's replaced; None takes an answer back.

        Where one answer can never be more than another (a typical and the longest run), the other is adjusted.
        """
        merged = {id: value for id, value in {**self.of(subject), **changes}.items() if value is not None}
        for low, high in ORDERED:
            if low in merged and high in merged and merged[low] > merged[high]:
                moved, fixed = (high, low) if low in changes else (low, high)
                merged[moved] = merged[fixed]
        if subject == WORKLOAD:
            return Answers(merged, self.subjects)
        answered = self.subjects[subject]
        return Answers(self.workload, {**self.subjects, subject: replace(answered, answers=merged)})


def differences(before: Answers, after: Answers) -> tuple[tuple[str, str, Any], ...]:
    """Return every answer of the second that the first does not hold, as (subject, field, value)."""
    places = [(WORKLOAD, before.workload, after.workload)]
    places += [(id, before.subjects[id].answers, answered.answers) for id, answered in after.subjects.items()]
    return tuple(
        (subject, field, now.get(field))
        for subject, was, now in places
        for field in dict.fromkeys((*was, *now))
        if was.get(field) != now.get(field)
    )


def answers_of(requirements: Requirements) -> Answers:
    """Return the answers of checked requirements."""
    subjects = {}
    for kind in SUBJECT_KINDS:
        for subject in requirements.of_kind(kind):
            subjects[subject.id] = AnsweredSubject(subject.id, kind, _plain(subject), dict(subject.pins))
    return Answers(expanded(requirements.workload_answers), subjects)


def raw(answers: Answers) -> dict[str, Any]:
    """Return answers as the plain data of a requirements file."""
    document: dict[str, Any] = {"workload": _listed(answers.workload)} if answers.workload else {}
    for kind in SUBJECT_KINDS:
        subjects = [
            {"id": a.id, **_listed(a.answers)} | ({"pins": dict(a.pins)} if a.pins else {})
            for a in answers.of_kind(kind)
        ]
        if subjects:
            document[f"{kind}s"] = subjects
    return document


def _listed(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {
        field: [{"kind": kind} for kind in value]
        if field == "destinations"
        else list(value)
        if isinstance(value, tuple)
        else value
        for field, value in collected(answers).items()
    }


def _plain(subject: Subject) -> dict[str, Any]:
    answers = expanded(subject.answers)
    if "destinations" in answers:
        answers["destinations"] = tuple(destination.kind for destination in answers["destinations"])
    return answers
