"""Which questions matter: the unanswered one most likely to change the verdict, and the whole interview in short.

Likely means uniform over the question's cells: the share of them in which the verdict is another. What starts a component
comes before all others where nothing says it: whether there is an endpoint depends on it. Questions of one card (the
same kind of subject and the same section) are put together, as the page does.
"""

from typing import NamedTuple

from advisor.book import DatedBook
from advisor.requirements.answers import AnsweredSubject, Answers
from advisor.requirements.starts import NOTHING
from advisor.sensitivity.analysis import Analysis, analyse_verdict
from advisor.sensitivity.cells import kind_of
from advisor.sensitivity.sweep import Move
from advisor.verdict import Verdict, decide_workload
from advisor.vocabulary import ENGINE_FIELDS, FIELDS, Field

_MOST_CARDS = 200
# What one card of the page asks together: the sections of a kind of subject.
_CARDS = {
    "component": (("first", "start"), ("run", "load", "workflow", "waiting"), ("entry",)),
    "channel": (("first", "destinations", "what", "delivery", "load"),),
    "store": (("what", "load"),),
    "workload": (("where", "team", "goals"),),
}


class Question(NamedTuple):
    """An unanswered question, the share of its cells that change the verdict, and what the first of them changes.

    `together` are the other questions that its card puts with it, as (subject, field). `unstarted` says that it asks what
    starts a component of which nothing says it.
    """

    subject: str
    field: str
    share: float
    moves: tuple[Move, ...]
    together: tuple[tuple[str, str], ...]
    unstarted: bool = False


def next_question(analysis: Analysis) -> Question | None:
    """Return the unanswered question most likely to change the verdict; None when no answer can change it any more."""
    open_ = [s for s in analysis.swept if not s.stated and s.changing]
    if open_:
        unstarted = next((s for s in open_ if is_unstarted(analysis.verdict, s.subject, s.field)), None)
        first = unstarted or max(open_, key=lambda s: s.share)
        moves = next(moves for moves in first.moves if moves)
        card = card_of(analysis.verdict, first.subject, first.field)
        others = [s for s in open_ if s is not first and card_of(analysis.verdict, s.subject, s.field) == card]
        together = [(s.subject, s.field.id) for s in others]
        return Question(
            subject=first.subject,
            field=first.field.id,
            share=first.share,
            moves=moves,
            together=tuple(together),
            unstarted=unstarted is not None,
        )
    if analysis.carried_by:
        (subject, field), *more = analysis.carried_by
        return Question(subject=subject, field=field, share=0.0, moves=(), together=tuple(more))
    return _narrower(analysis)


def _narrower(analysis: Analysis) -> Question | None:
    """Return the question whose answer is a range in which the verdict turns most often; None when there is none."""
    turning = [decided for decided in analysis.ranges.ranges if not decided.holds]
    if not turning:
        return None
    first = max(turning, key=lambda decided: decided.share)
    moves = next(stretch.moves for stretch in first.stretches if stretch.moves)
    return Question(subject=first.subject, field=first.field, share=first.share, moves=moves, together=())


def is_unstarted(verdict: Verdict, subject: str, field: Field) -> bool:
    """Return whether a question is what starts a component, and neither an answer nor a link says it."""
    if field.id != "trigger" or subject not in verdict.subjects:
        return False
    return verdict.subjects[subject].known.because.get("trigger") == (NOTHING,)


def card_of(verdict: Verdict, subject: str, field: Field) -> tuple[str, int]:
    """Return the card that a question stands on: the kind of its subject, and a number."""
    kind = kind_of(verdict, subject)
    sections = _CARDS[kind]
    return kind, next(
        (n for n, sections_of_card in enumerate(sections) if field.section in sections_of_card), len(sections)
    )


class InterviewStep(NamedTuple):
    """One step of an interview: the question, and the answers that it got with those of its card."""

    question: Question
    answers: tuple[tuple[str, str, object], ...]


def interview(dated: DatedBook, answers: Answers) -> tuple[InterviewStep, ...]:
    """Return the interview that ends at some answers: only its links and pins are known at first, and each question
    is answered as they do, or with its default where they say nothing."""
    current = _unanswered(answers)
    steps: list[InterviewStep] = []
    for _ in range(_MOST_CARDS):
        analysis = analyse_verdict(decide_workload(current, dated), dated)
        question = next_question(analysis)
        if question is None:
            break
        step_answers = []
        for subject, field in ((question.subject, question.field), *question.together):
            value = answers.of(subject).get(field, _usual(analysis, subject, field))
            current = current.changed(subject, {field: value})
            step_answers.append((subject, field, value))
        steps.append(InterviewStep(question, tuple(step_answers)))
    return tuple(steps)


def _usual(analysis: Analysis, subject: str, field: str) -> object:
    """Return the value assumed for an unanswered question: its default, or a neutral value."""
    swept = next(s for s in analysis.swept if (s.subject, s.field.id) == (subject, field))
    return swept.value if swept.value is not None else swept.cells[0].sample


def _unanswered(answers: Answers) -> Answers:
    """Return the structure of a workload only: subjects, links, destinations and pins, and what is demanded."""
    subjects = {}
    demanded = {kind: {field.id for field in fields if field.demand} for kind, fields in ENGINE_FIELDS.items()}
    for id, subject in answers.subjects.items():
        linked = {f.id for f in FIELDS[subject.kind] if f.kind in ("link", "links", "destinations")}
        shape = {f: value for f, value in subject.answers.items() if f in linked or f in demanded[subject.kind]}
        subjects[id] = AnsweredSubject(id, subject.kind, shape, subject.pins)
    return Answers({f: value for f, value in answers.workload.items() if f in demanded["workload"]}, subjects)
