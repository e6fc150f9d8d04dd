"""Differences between two designs: answers, choices with reasons, warnings and assumptions.

`a` and `b` are the two sides. Subjects are the same when their kind and id are.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from advisor.decision import Choice, Reason, SubjectDecision, SubjectKind
from advisor.design import Design
from advisor.explanation.wording import title_words, value_words
from advisor.report.decision_report import services
from advisor.text import Text

WORKLOAD = "workload"
_NOTHING_NEW = frozenset({"solves"})


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as text, or the assumed default."""

    words: Text
    assumed: bool


@dataclass(frozen=True, slots=True)
class AnswerDifference:
    """A question that was answered differently; None means that it was not answered."""

    subject: str
    field: str
    title: Text
    a: Answered | None
    b: Answered | None


@dataclass(frozen=True, slots=True)
class Side:
    """The choice of one side for a role: the service, and the reasons that only this side has.

    `service` is None when nothing fits; `decided` is false when the role does not arise on this side. `because` are
    the reasons for the service that the other side does not have; `against` says why the other side's is not used here.
    """

    decided: bool
    service: str | None
    because: tuple[Reason, ...]
    against: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ChoiceDifference:
    """A role whose service differs."""

    subject: str
    role: str
    a: Side
    b: Side


@dataclass(frozen=True, slots=True)
class Remark:
    """A warning, an assumption or a conflict that only one side has."""

    subject: str
    id: str
    sentence: Text


@dataclass(frozen=True, slots=True)
class Only:
    """Differences that only one side has: parts of the workload, services, warnings, assumptions, conflicts.

    Assumptions are left out where the answer itself differs, and for parts that the other side does not have.
    """

    subjects: tuple[tuple[SubjectKind, str, Text], ...]
    services: tuple[str, ...]
    warnings: tuple[Remark, ...]
    assumptions: tuple[Remark, ...]
    conflicts: tuple[Remark, ...]


@dataclass(frozen=True)
class Comparison:
    """All differences of two designs; `same` counts the roles that came to the same service."""

    a: Design
    b: Design
    answers: tuple[AnswerDifference, ...]
    choices: tuple[ChoiceDifference, ...]
    only_a: Only
    only_b: Only
    same: int

    @property
    def alike(self) -> bool:
        """Whether nothing differs at all."""
        sides = (self.only_a, self.only_b)
        one_sided = any(
            side.subjects or side.services or side.warnings or side.assumptions or side.conflicts for side in sides
        )
        return not (self.answers or self.choices or one_sided)


def compare(a: Design, b: Design) -> Comparison:
    """Return the differences between two designs."""
    both = [(in_a, in_b) for in_a in a.decision.subjects for in_b in b.decision.subjects if _key(in_a) == _key(in_b)]
    choices = tuple(difference for in_a, in_b in both for difference in _choices(in_a, in_b))
    shared = [(r, in_a.service(r), in_b.service(r)) for in_a, in_b in both for r in _roles(in_a) & _roles(in_b)]
    same = sum(first == second for _, first, second in shared)
    answers = tuple(_answers(a, b))
    answered = {(answer.subject, answer.field) for answer in answers}
    return Comparison(
        a=a,
        b=b,
        answers=answers,
        choices=choices,
        only_a=_only(a, b, answered),
        only_b=_only(b, a, answered),
        same=same,
    )


def _key(subject: SubjectDecision) -> tuple[str, str]:
    return subject.kind, subject.id


def _roles(subject: SubjectDecision) -> set[str]:
    return {choice.role for choice in subject.choices}


class _AnswerPair(NamedTuple):
    """The answers of two designs about one subject; for the workload, kind and id are WORKLOAD."""

    kind: str
    id: str
    a: Mapping[str, Any]
    b: Mapping[str, Any]


def _answers(a: Design, b: Design) -> Iterator[AnswerDifference]:
    pairs = [_AnswerPair(WORKLOAD, WORKLOAD, a.requirements.workload_stated, b.requirements.workload_stated)]
    others = {(kind, subject.id): subject for kind, subject in b.requirements.subjects()}
    for kind, subject in a.requirements.subjects():
        other = others.get((kind, subject.id))
        if other is not None:
            pairs.append(_AnswerPair(kind, subject.id, _stated_answers(subject), _stated_answers(other)))
    for pair in pairs:
        for field in dict.fromkeys((*pair.a, *pair.b)):
            if pair.a.get(field) != pair.b.get(field):
                yield _answer((a, b), pair.kind, pair.id, field, (pair.a.get(field), pair.b.get(field)))


def _stated_answers(subject: Any) -> Mapping[str, Any]:
    """Return the answers of a subject, with its pins as `pins.<role>`."""
    return {**subject.stated, **{f"pins.{role}": service for role, service in subject.pins.items()}}


def _answer(
    designs: tuple[Design, Design], kind: str, id: str, field: str, values: tuple[Any, Any]
) -> AnswerDifference:
    book, name = designs[0].book, field.removeprefix("pins.")
    title = title_words(book, kind, name)
    a, b = (
        _assumed(design, id, name, title) if value is None else Answered(value_words(book, kind, name, value), False)
        for design, value in zip(designs, values, strict=True)
    )
    if name != field:
        title = Text(f"{title.en} (specified)", f"{title.ja}（指定）")
    return AnswerDifference(subject=id, field=name, title=title, a=a, b=b)


def _assumed(design: Design, id: str, field: str, title: Text) -> Answered | None:
    """Return the default that was assumed for a missing answer, or None if none was needed."""
    sentence = next((a.sentence for a in design.decision.assumptions if (a.subject, a.field) == (id, field)), None)
    if sentence is None:
        return None
    return Answered(Text(sentence.en.removeprefix(f"{title.en}: "), sentence.ja.removeprefix(f"{title.ja}: ")), True)


def _choices(in_a: SubjectDecision, in_b: SubjectDecision) -> Iterator[ChoiceDifference]:
    first, second = ({choice.role: choice for choice in subject.choices} for subject in (in_a, in_b))
    for role in dict.fromkeys((*first, *second)):
        a, b = first.get(role), second.get(role)
        if a is None or b is None or a.service != b.service:
            yield ChoiceDifference(in_a.id, role, _side(a, b), _side(b, a))


def _side(choice: Choice | None, other: Choice | None) -> Side:
    if choice is None:
        return Side(False, None, (), ())
    other_ids = {reason.id for reason in other.because} | _NOTHING_NEW if other is not None else _NOTHING_NEW
    because = tuple(reason for reason in choice.because if reason.id not in other_ids)
    against = next((r.because for r in choice.rejected if other is not None and r.service == other.service), ())
    shown_ids = {reason.id for reason in because} | _NOTHING_NEW
    return Side(True, choice.service, because, tuple(reason for reason in against if reason.id not in shown_ids))


def _only(design: Design, other: Design, answered: set[tuple[str, str]]) -> Only:
    ids = {_key(subject) for subject in other.decision.subjects}
    shared = {subject.id for subject in design.decision.subjects if _key(subject) in ids}
    decision, others = design.decision, other.decision
    return Only(
        subjects=tuple((s.kind, s.id, s.title) for s in decision.subjects if _key(s) not in ids),
        services=tuple(service for service in services(design) if service not in services(other)),
        warnings=_new(
            (Remark(w.subject, w.id, w.sentence) for w in decision.warnings),
            (Remark(w.subject, w.id, w.sentence) for w in others.warnings),
        ),
        assumptions=_new(
            (
                Remark(a.subject, a.field, a.sentence)
                for a in decision.assumptions
                if a.subject in shared and (a.subject, a.field) not in answered
            ),
            (Remark(a.subject, a.field, a.sentence) for a in others.assumptions),
        ),
        conflicts=_new(
            (Remark(c.subject, c.role, c.sentence) for c in decision.conflicts),
            (Remark(c.subject, c.role, c.sentence) for c in others.conflicts),
        ),
    )


def _new(remarks: Iterable[Remark], others: Iterable[Remark]) -> tuple[Remark, ...]:
    of_other = set(others)
    return tuple(dict.fromkeys(remark for remark in remarks if remark not in of_other))


def subject_title(comparison: Comparison, id: str) -> Text:
    """Return the name of a subject in the design that contains it."""
    for design in (comparison.a, comparison.b):
        for subject in design.decision.subjects:
            if subject.id == id:
                return subject.title
    return Text("Whole workload", "ワークロード全体")
