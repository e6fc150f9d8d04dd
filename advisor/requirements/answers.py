"""Answers as plain values, so that analysis can change one and decide again without reading a file."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from advisor.requirements.demands import collected, expanded
from advisor.requirements.model import SUBJECT_KINDS, Requirements, Subject, SubjectKind
from advisor.vocabulary import Range

WORKLOAD = ""
# The first of each pair is never more than the second.
ORDERED = (
    ("typical_run_s", "longest_run_s"), ("rate_average_rps", "rate_peak_rps"), ("longest_run_s", "whole_run_s"),
    ("typical_run_s", "whole_run_s"), ("wait_s", "whole_run_s"),
)  # fmt: skip


# Questions of a component that name other subjects, each several.
LINKS = ("reads", "writes", "publishes", "calls")


@dataclass(frozen=True, slots=True)
class AnsweredSubject:
    """The answers about one subject: values by field id (destinations as kinds, hard requirements as flags), and its pins.

    Of an answer that is a range the value is the one that a design is drawn for, and `ranges` holds the range.
    """

    id: str
    kind: SubjectKind
    answers: Mapping[str, Any]
    pins: Mapping[str, str]
    ranges: Mapping[str, Range] = field(default_factory=dict)

    def names(self, subject: str) -> bool:
        """Whether it listens to, reads, writes, publishes on or calls a subject, and so depends on it."""
        return subject == self.answers.get("listens_to") or any(subject in self.answers.get(f, ()) for f in LINKS)


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers about a workload, and about its subjects by id: components, then channels, then stores."""

    workload: Mapping[str, Any]
    subjects: Mapping[str, AnsweredSubject]
    workload_ranges: Mapping[str, Range] = field(default_factory=dict)

    def of_kind(self, kind: str) -> Iterator[AnsweredSubject]:
        """Yield the subjects of one kind."""
        return (subject for subject in self.subjects.values() if subject.kind == kind)

    def of(self, subject: str) -> Mapping[str, Any]:
        """Return the answers about a subject; `WORKLOAD` is the workload itself."""
        return self.workload if subject == WORKLOAD else self.subjects[subject].answers

    def ranges_of(self, subject: str) -> Mapping[str, Range]:
        """Return the ranges among the answers about a subject; `WORKLOAD` is the workload itself."""
        return self.workload_ranges if subject == WORKLOAD else self.subjects[subject].ranges

    def changed(self, subject: str, changes: Mapping[str, Any]) -> "Answers":
        """Return the answers with some of a subject's replaced by single values; None takes an answer back.

        Where one answer can never be more than another (a typical and the longest run), the other is adjusted.
        """
        merged = {id: value for id, value in {**self.of(subject), **changes}.items() if value is not None}
        put_in_order(merged, changes)
        ranges = self.ranges_of(subject)
        if ranges:
            ranges = {id: stated for id, stated in ranges.items() if id not in changes}
        if subject == WORKLOAD:
            return Answers(merged, self.subjects, ranges)
        answered = replace(self.subjects[subject], answers=merged, ranges=ranges)
        return Answers(self.workload, {**self.subjects, subject: answered}, self.workload_ranges)


def put_in_order(answers: dict[str, Any], kept: Collection[str] = ()) -> None:
    """Move, in place, numbers that contradict each other to the one that is kept; where none is, the first comes down."""
    fixed = set(kept)
    while crossed := [p for p in ORDERED if p[0] in answers and p[1] in answers and answers[p[0]] > answers[p[1]]]:
        low, high = crossed[0]
        if low in fixed:
            answers[high] = answers[low]
            fixed.add(high)
        else:
            answers[low] = answers[high]


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
            subjects[subject.id] = answered_subject(
                subject.id, kind, _plain(subject), dict(subject.pins), subject.ranges
            )
    return Answers(expanded(requirements.workload_answers), subjects, requirements.workload_ranges)


def answered_subject(
    id: str, kind: SubjectKind, answers: dict[str, Any], pins: Mapping[str, str], ranges: Mapping[str, Range]
) -> AnsweredSubject:
    """Return the answers about a subject; a range and its reading are limited by the answer that bounds it."""
    if not ranges:
        return AnsweredSubject(id, kind, answers, pins)
    bounded = dict(ranges)
    for low, high in ORDERED:
        if low in answers and high in answers and (low in bounded or high in bounded):
            _bound(low, high, answers, bounded)
    for field_id, one in bounded.items():
        answers[field_id] = min(max(answers[field_id], one.low), one.high)
        bounded[field_id] = replace(one, reading=answers[field_id])
    return AnsweredSubject(id, kind, answers, pins, bounded)


def _bound(low: str, high: str, answers: dict[str, Any], ranges: dict[str, Range]) -> None:
    """Limit two ordered ranges to values that are consistent with each other; single values are unchanged."""
    if low in ranges:
        above = ranges.get(high)
        most, open_ = (above.high, above.high_open) if above else (answers[high], False)
        if most < ranges[low].high:
            ranges[low] = replace(ranges[low], high=most, high_open=open_)
        answers[low] = min(answers[low], answers[high])
    if high in ranges:
        below = ranges.get(low)
        least, open_ = (below.low, below.low_open) if below else (answers[low], False)
        if least > ranges[high].low:
            ranges[high] = replace(ranges[high], low=least, low_open=open_)
        answers[high] = max(answers[low], answers[high])


def raw(answers: Answers) -> dict[str, Any]:
    """Return answers as the plain data of a requirements file."""
    document: dict[str, Any] = (
        {"workload": _listed(answers.workload, answers.workload_ranges)} if answers.workload else {}
    )
    for kind in SUBJECT_KINDS:
        subjects = [
            {"id": a.id, **_listed(a.answers, a.ranges)} | ({"pins": dict(a.pins)} if a.pins else {})
            for a in answers.of_kind(kind)
        ]
        if subjects:
            document[f"{kind}s"] = subjects
    return document


def _listed(answers: Mapping[str, Any], ranges: Mapping[str, Range]) -> dict[str, Any]:
    return {
        field: ranges[field].text
        if field in ranges
        else [{"kind": kind} for kind in value]
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
