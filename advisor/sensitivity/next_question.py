"""Selects the open question with the greatest expected consequence, and the remaining interview.

What starts a component comes before all others where nothing says it: whether there is an endpoint depends on it. Where every
open question is seldom answered otherwise than assumed, those of a part are put together, to be accepted or corrected. Before
that, what a workflow waits for and what links make matter (`unstated_design.py`) and a load that nothing states are asked, and whether sensitive data stays in the Region (`unstated_load.py`).
Questions of one card (the same kind of subject and the same section) belong together, as on the page.
"""

from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from advisor.book import DatedBook
from advisor.requirements.answers import AnsweredSubject, Answers
from advisor.requirements.dangling import dangling
from advisor.sensitivity.analysis import Analysis, analyse_verdict
from advisor.sensitivity.cells import kind_of
from advisor.sensitivity.moves import Move
from advisor.sensitivity.priors import Alike
from advisor.sensitivity.ranges import DecidedRanges
from advisor.sensitivity.ranking import (
    GOOD_ENOUGH,
    Ranked,
    assumptions_to_accept,
    essential,
    is_open_door,
    is_unstarted,
    meets_latency,
    ranked,
    rests_on_rate,
    risk,
)
from advisor.sensitivity.sweep import Place, Swept, sweep_open
from advisor.sensitivity.unstated_design import unstated_design
from advisor.sensitivity.unstated_load import unstated_loads, unstated_places, unstated_residency
from advisor.verdict import Verdict, decide_workload
from advisor.vocabulary import ENGINE_FIELDS, FIELDS, Field

_MOST_CARDS = 200
_LISTENS = "listens_to"
# What one card of the page asks together: the sections of a kind of subject.
_CARDS = {
    "component": (("first", "start"), ("run", "load", "workflow", "waiting"), ("entry",)),
    "channel": (("first", "destinations", "what", "delivery", "load"),),
    "store": (("what", "load"),),
    "workload": (("where", "team", "goals"),),
}


#: Why a question is asked, as `Question` explains.
Because = Literal[
    "changes", "unstarted", "unlinked", "rate", "with-others", "range", "open-door", "cold-start", "pages", "wait", "uploads",
    "files", "order", "load", "residency",
]  # fmt: skip


class Question(NamedTuple):
    """An open question, the probability that its answer changes the verdict, and the most serious likely change.

    `chance` was counted from the published subjects `alike`. `together` are the other questions that its card puts with it,
    `rest` all open questions of the same part; with `accept` these are put together, to be accepted or corrected, with those of
    further parts while the list stays short. `because`
    says why it is asked: it changes the verdict; nothing starts the component; no link says what it listens to; many tasks rest on an assumed rate; only with
    other answers does it change anything; the verdict turns within a stated range; callers from the internet are not
    authenticated; nothing states the load from which a part is sized; nothing states whether sensitive data may leave the Region;
    a request has a latency goal that a cold start may miss; nothing states what a run waits for, or whether a person
    approves it, or whether a server renders the pages of a site; a link makes it matter whether callers upload files themselves,
    whether new files send the messages, or whether these are in order.
    """

    subject: str
    field: str
    chance: float
    moves: tuple[Move, ...]
    together: tuple[Place, ...]
    alike: Alike = Alike(0, ())
    rest: tuple[Place, ...] = ()
    rest_chance: float = 0.0
    accept: bool = False
    because: Because = "changes"


class Progress(NamedTuple):
    """The progress of an interview: relevant and answered questions, and the probability of another verdict.

    `essential` is how many of the open questions are asked one by one; the others are put together as assumptions.
    """

    answered: int
    questions: int
    chance: float
    essential: int = 0

    @property
    def left(self) -> int:
        """How many questions are open."""
        return self.questions - self.answered

    @property
    def good_enough(self) -> bool:
        """Whether no essential question is open, and the others are so unlikely to change the verdict that the interview can end."""
        return self.chance < GOOD_ENOUGH and not self.essential


def next_question(analysis: Analysis, postponed: Collection[Place] = (), part: str | None = None) -> Question | None:
    """Return the open question of the greatest expected consequence, or None if no answer can change the verdict any more.

    Questions that were put off, or accepted as they are, are left out. The assumptions of a part that is being looked
    through come before those of other parts.
    """
    question = _first(analysis.verdict, analysis.swept, postponed, part)
    if question is not None:
        return question
    carried = [place for place in analysis.carried_by if place not in postponed]
    if carried and not any(s.changing for s in analysis.swept if not s.stated):
        (subject, field), *more = carried
        return Question(subject=subject, field=field, chance=0.0, moves=(), together=tuple(more), because="with-others")
    return _narrower(analysis.ranges.without(postponed))


def first_question(dated: DatedBook, verdict: Verdict, swept: Collection[Swept] | None = None) -> Question | None:
    """Return the next question of a verdict without the complete analysis, if possible.

    `swept` are all questions swept, where they are known already.
    """
    question = _first(verdict, sweep_open(dated, verdict) if swept is None else swept)
    return question or next_question(analyse_verdict(verdict, dated))


def progress(verdict: Verdict, swept: Collection[Swept], accepted: Collection[Place] = ()) -> Progress:
    """Return the progress of an interview; accepted questions count as answered."""
    open_ = ranked(verdict, swept, accepted)
    answered = sum(s.stated and bool(s.changing) for s in swept)
    unstated = {*unstated_places(verdict, accepted)}
    more = len(unstated - {question.place for question in open_})
    return Progress(answered, answered + len(open_) + more, risk(open_), essential(verdict, open_, unstated) + more)


def _first(
    verdict: Verdict, swept: Collection[Swept], postponed: Collection[Place] = (), part: str | None = None
) -> Question | None:
    """Return the trigger question if it is open, then the link of a consumer, then the highest-ranked question."""
    questions = ranked(verdict, swept, postponed)
    if not questions or not is_unstarted(verdict, *questions[0].place):
        unlinked = _unlinked(verdict, postponed)
        if unlinked is not None:
            return unlinked
        unstated = None if essential(verdict, questions) else _unstated(verdict, postponed)
        if unstated is not None:
            return unstated
        return _of_ranked(verdict, questions, part) if questions else None
    return _of_ranked(verdict, questions)


def _unstated(verdict: Verdict, postponed: Collection[Place]) -> Question | None:
    """Return the question for the design, for a load from which parts are sized, with those of other parts, or for the residency."""
    for place, because in unstated_design(verdict, postponed):
        return Question(*place, chance=0.0, moves=(), together=(), because=because)
    alone, others = unstated_loads(verdict, postponed)
    if alone:
        (subject, field), *more = *alone, *others
        return Question(subject, field, chance=0.0, moves=(), together=tuple(more), because="load")
    for subject, field in unstated_residency(verdict, postponed):
        return Question(subject, field, chance=0.0, moves=(), together=(), because="residency")
    return None


def _unlinked(verdict: Verdict, postponed: Collection[Place]) -> Question | None:
    """Return the open question which channel a consumer listens to, if the workload has a channel."""
    consumers = (part.subject for part in dangling(verdict.answers) if part.kind == "consumer" and part.links)
    subject = next((id for id in consumers if (id, _LISTENS) not in postponed), None)
    if subject is None:
        return None
    return Question(subject=subject, field=_LISTENS, chance=0.0, moves=(), together=(), because="unlinked")


def _of_ranked(verdict: Verdict, questions: Sequence[Ranked], part: str | None = None) -> Question:
    """Return the question of the greatest expected effect, or the list of assumptions, beginning with those of `part`."""
    listed = assumptions_to_accept(verdict, questions, part)
    of_part = [question for question in questions if question.swept.subject == part]
    first, *others = listed or of_part or questions
    if not listed:
        others = [q for q in others if q.swept.subject == first.swept.subject]
    card = card_of(verdict, first.swept.subject, first.swept.field)
    rest = [q for q in (first, *others) if not is_open_door(verdict, *q.place)]
    same = [q for q in questions if q is not first and card_of(verdict, q.swept.subject, q.swept.field) == card]
    same.sort(key=lambda q: (q.swept.subject != first.swept.subject, q.swept.subject))
    return Question(
        subject=first.swept.subject,
        field=first.swept.field.id,
        chance=first.chance,
        moves=first.swept.moves[first.cell],
        together=tuple(q.place for q in same),
        alike=first.alike,
        rest=tuple(q.place for q in rest),
        rest_chance=risk(rest),
        accept=bool(listed) and bool(others),
        because=_reason(verdict, first.place),
    )


def _reason(verdict: Verdict, place: Place) -> Because:
    if is_unstarted(verdict, *place):
        return "unstarted"
    if is_open_door(verdict, *place):
        return "open-door"
    if meets_latency(verdict, *place):
        return "cold-start"
    return "rate" if rests_on_rate(verdict, *place) else "changes"


def _narrower(ranges: DecidedRanges) -> Question | None:
    """Return the question with the range in which the verdict changes most often, or None."""
    turning = [decided for decided in ranges.ranges if not decided.holds]
    if not turning:
        return None
    first = max(turning, key=lambda decided: decided.share)
    moves = next(stretch.moves for stretch in first.stretches if stretch.moves)
    return Question(
        subject=first.subject, field=first.field, chance=first.share, moves=moves, together=(), because="range"
    )


def card_of(verdict: Verdict, subject: str, field: Field) -> tuple[str, int]:
    """Return the card that contains a question: the kind of its subject, and a number."""
    kind = kind_of(verdict, subject)
    sections = _CARDS[kind]
    return kind, next(
        (n for n, sections_of_card in enumerate(sections) if field.section in sections_of_card), len(sections)
    )


class InterviewStep(NamedTuple):
    """One step of an interview: the question, and the answers that it got with those of its card or of its part."""

    question: Question
    answers: tuple[tuple[str, str, object], ...]


def interview(dated: DatedBook, answers: Answers) -> tuple[InterviewStep, ...]:
    """Return the interview that ends at some answers: only its links and pins are known at first, and each question
    is answered as they do, or with its default where they say nothing."""
    current = _unanswered(answers)
    steps: list[InterviewStep] = []
    done: set[Place] = set()
    for _ in range(_MOST_CARDS):
        analysis = analyse_verdict(decide_workload(current, dated), dated)
        question = next_question(analysis, done)
        if question is None:
            break
        step_answers: list[tuple[str, str, object]] = []
        asked = question.rest if question.accept else ((question.subject, question.field), *question.together)
        for subject, field in asked:
            done.add((subject, field))
            value = answers.of(subject).get(field, _usual(analysis, subject, field))
            current = current.changed(subject, {field: value})
            step_answers.append((subject, field, value))
        steps.append(InterviewStep(question, tuple(step_answers)))
    return tuple(steps)


def _usual(analysis: Analysis, subject: str, field: str) -> object:
    """Return the value assumed for an unanswered question: its default, or a neutral value."""
    swept = next((s for s in analysis.swept if (s.subject, s.field.id) == (subject, field)), None)
    if swept is None:
        return None  # a link that nothing is assumed for
    return swept.value if swept.value is not None else swept.cells[0].sample


def _unanswered(answers: Answers) -> Answers:
    """Return the structure of a workload: subjects, links, destinations, pins and hard requirements."""
    subjects = {}
    demanded = {kind: {field.id for field in fields if field.demand} for kind, fields in ENGINE_FIELDS.items()}
    for id, subject in answers.subjects.items():
        linked = {f.id for f in FIELDS[subject.kind] if f.kind in ("link", "links", "destinations")}
        shape = {f: value for f, value in subject.answers.items() if f in linked or f in demanded[subject.kind]}
        subjects[id] = AnsweredSubject(id, subject.kind, shape, subject.pins)
    return Answers({f: value for f, value in answers.workload.items() if f in demanded["workload"]}, subjects)
