"""Review triggers: flip points, and the assumptions on which the verdict depends."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from advisor.book.condition import holds
from advisor.design import Design
from advisor.explanation.what_if import Speaker
from advisor.requirements.answers import WORKLOAD
from advisor.sensitivity.analysis import FlipPoint
from advisor.sensitivity.cells import field_of
from advisor.sensitivity.ranking import ranked
from advisor.sensitivity.sweep import Swept
from advisor.text import Text, spaced
from renderers.record.answers import WHOLE
from renderers.record.review_words import ANOTHER_ANSWER, answer_of_now, filled, other_answers
from renderers.record.service_changes import ServiceChange, certain_changes, possible_changes

Place = tuple[str, str]
#: Review triggers farther away than this many times the answer of today are named last.
FAR = 1000.0
_BEYOND = {
    "above": Text("more than {at}", "{at}超"),
    "at_least": Text("{at} or more", "{at}以上"),
    "below": Text("less than {at}", "{at}未満"),
    "at_most": Text("{at} or less", "{at}以下"),
    "is": Text("{at}", "{at}"),
}
#: What a design assumes about a question that has no usual answer: nothing, or none of several possible answers.
NO_REQUIREMENT, _NONE = Text("no requirement", "要件なし"), Text("none", "なし")


@dataclass(frozen=True, slots=True)
class Watch:
    """The CloudWatch alarm of the generated project that warns of a flip point.

    It goes off when the statistic of the metric is above `at`, which is near `limit`: the flip point, or a lower setting.
    `share` is how near: "80%". `batch` is how many messages or records the metric is about: a run of a function is the time of a whole batch.
    """

    alarm: str
    metric: str
    statistic: str
    at: Text
    limit: Text
    share: str
    batch: int = 1


@dataclass(frozen=True, slots=True)
class ReviewTrigger:
    """A flip point: the question, the threshold, the current answer, and the resulting changes.

    `changes` are worded by role; `watches` are the alarms that warn of it, one for each part; empty if there is no metric.
    `stated` is False where the answer of now was assumed. It is `far` where the answer would have to grow a thousandfold.
    `of_choice` is set where the threshold is no number, but another answer to a choice; it is `vague` where there are too
    many of these to name them.
    """

    parts: tuple[Text, ...]
    field: str
    question: Text
    threshold: Text
    now: Text
    changes: tuple[ServiceChange, ...]
    watches: tuple[Watch, ...]
    stated: bool
    far: bool
    of_choice: bool

    @property
    def vague(self) -> bool:
        """Whether the other answers are too many to name them."""
        return self.threshold == ANOTHER_ANSWER


@dataclass(frozen=True, slots=True)
class CarryingAssumption:
    """A default on which the verdict depends; a different answer would change `changes`.

    `chance` is how likely another answer changes the verdict, counted from published decisions; `named` is set where the
    reason for a chosen service names the assumption.
    """

    parts: tuple[Text, ...]
    field: str
    question: Text
    assumed: Text
    otherwise: Text
    changes: tuple[ServiceChange, ...]
    chance: float
    named: bool = False


def review_triggers(design: Design, watches: Mapping[Place, Watch]) -> tuple[ReviewTrigger, ...]:
    """Return the flip points as triggers of a review: those with an alarm, then the nearest numbers, then choices.

    A number has a trigger for each direction in which it flips, a stated choice one for all its other answers. What was
    assumed and nothing watches is an assumption and no trigger, and so is a question without an answer.
    """
    speaker = Speaker(design.requirements, design.book)
    found: dict[tuple[object, ...], ReviewTrigger] = {}
    for flip, answers in sorted(_reviewed(design.analysis.flips), key=lambda reviewed: _order(watches, reviewed[0])):
        growing = flip.relation in ("above", "at_least")
        watch = watches.get((flip.subject, flip.field)) if growing else None
        if not flip.stated and (watch is None or flip.value is None):
            continue
        trigger = _trigger(design, speaker, flip, answers, watch)
        key = (trigger.question, trigger.threshold, trigger.now, trigger.changes, watch is None)
        known = found.get(key)
        if known is not None:
            trigger = replace(
                known,
                parts=(*known.parts, *trigger.parts),
                watches=tuple(dict.fromkeys(known.watches + trigger.watches)),
            )
        found[key] = trigger
    return tuple(found.values())


def _reviewed(flips: Iterable[FlipPoint]) -> Iterator[tuple[FlipPoint, tuple[Any, ...]]]:
    """Yield the flip points at which chosen services are replaced; the other answers to a choice as one, with these answers."""
    choices: dict[Place, tuple[FlipPoint, tuple[Any, ...]]] = {}
    for flip in flips:
        replaced = tuple(move for move in flip.moves if move.before is not None)
        if replaced and flip.relation != "is":
            yield flip._replace(moves=replaced), ()
        elif replaced and flip.stated:
            place = flip.subject, flip.field
            known, answers = choices.get(place, (flip._replace(moves=()), ()))
            moves = tuple(dict.fromkeys((*known.moves, *replaced)))
            choices[place] = known._replace(moves=moves), (*answers, flip.at)
    yield from choices.values()


def _order(watches: Mapping[Place, Watch], flip: FlipPoint) -> tuple[bool, bool, bool, float]:
    number = _is_number(flip)
    times = _times(flip) if number else FAR
    watched = flip.relation in ("above", "at_least") and (flip.subject, flip.field) in watches
    return not watched or times > FAR, not (number and times <= FAR), not flip.stated, times


def _is_number(flip: FlipPoint) -> bool:
    return isinstance(flip.at, float) and isinstance(flip.value, float | int) and flip.relation != "is"


def _times(flip: FlipPoint) -> float:
    """Return how many times the answer of today a threshold is, or the other way round if it is lower."""
    at, now = (float(value) for value in (flip.at, flip.value) if isinstance(value, int | float))
    low, high = sorted((abs(at), abs(now)))
    return high / low if low else FAR


def _trigger(
    design: Design, speaker: Speaker, flip: FlipPoint, answers: Sequence[Any], watch: Watch | None
) -> ReviewTrigger:
    choice, several = flip.relation == "is", len(answers) > 1
    changes = (
        possible_changes(speaker, flip.subject, flip.moves) if several else _certain_changes(design, speaker, flip)
    )
    return ReviewTrigger(
        parts=(speaker.title(flip.subject),),
        field=flip.field,
        question=speaker.field(flip.subject, flip.field),
        threshold=other_answers(speaker, flip, answers) if choice else _beyond(speaker, flip),
        now=unanswered(speaker, flip.subject, flip.field) if flip.value is None else answer_of_now(speaker, flip),
        changes=changes,
        watches=() if watch is None else (watch,),
        stated=flip.stated,
        far=_is_number(flip) and _times(flip) > FAR,
        of_choice=choice,
    )


def _certain_changes(design: Design, speaker: Speaker, flip: FlipPoint) -> tuple[ServiceChange, ...]:
    return certain_changes(speaker, flip.subject, flip.moves, _ways(design, flip))


def _ways(design: Design, flip: FlipPoint) -> Mapping[str, Text]:
    """Return the titles of the documented alternatives beyond a flip point that is a number, by role."""
    subject = design.verdict.subjects.get(flip.subject)
    if subject is None or not _is_number(flip) or not isinstance(flip.at, float):
        return {}
    beyond = math.nextafter(flip.at, math.inf if flip.relation in ("above", "at_least") else -math.inf)
    values = {**subject.known.values, flip.field: beyond}
    ways = (way for way in design.book.ways_out if any(atom.field == flip.field for atom in way.when))
    return {way.role: way.title for way in reversed([*ways]) if holds(way.when, values)}


def unanswered(speaker: Speaker, subject: str, field: str) -> Text:
    """Return in words what a design assumes about a question that has no usual answer."""
    several = field_of(speaker.kinds.get(subject, "workload"), field).kind == "choices"
    return _NONE if several else NO_REQUIREMENT


def _beyond(speaker: Speaker, flip: FlipPoint) -> Text:
    return spaced(filled(_BEYOND[flip.relation], at=speaker.bound(flip.subject, flip.field, flip.at)))


def carrying_assumptions(design: Design, named: Collection[Place] = ()) -> tuple[CarryingAssumption, ...]:
    """Return the defaults that carry the verdict, the one with the gravest expected consequence first.

    `named` are those that the reasons for the chosen services name. Empty where no answer to an open question changes a service.
    """
    analysis, speaker = design.analysis, Speaker(design.requirements, design.book)
    found: dict[tuple[object, ...], CarryingAssumption] = {}
    for question in ranked(design.verdict, analysis.swept):
        swept, (subject, id) = question.swept, question.place
        if not swept.changing:
            continue
        assumption = CarryingAssumption(
            parts=(WHOLE if subject == WORKLOAD else speaker.title(subject),),
            field=id,
            question=speaker.field(subject, id),
            assumed=unanswered(speaker, subject, id) if swept.value is None else speaker.now(subject, id, swept.value),
            otherwise=_otherwise(speaker, swept, question.cell),
            changes=certain_changes(speaker, subject, swept.moves[question.cell]),
            chance=question.chance,
            named=question.place in named,
        )
        key = (assumption.question, assumption.assumed, assumption.changes)
        known = found.get(key)
        found[key] = assumption if known is None else _together(known, assumption)
    return tuple(found.values())


def named_first(found: Sequence[CarryingAssumption], most: int) -> list[CarryingAssumption]:
    """Return assumptions so that those that a reason names are among the first `most`, where their readers look for them."""
    named = [one for one in found if one.named][: most - 1]
    first = [one for one in found if one in named or one in found[: most - len(named)]]
    others = [one for one in found if one not in first]
    first += others[: max(most - len(first), 0)]
    return [*first, *(one for one in others if one not in first)]


def _otherwise(speaker: Speaker, swept: Swept, number: int) -> Text:
    cell = swept.cells[number]
    if swept.field.kind == "quantity":
        first, last = _stretch(swept, number)
        return speaker.stretch(swept, swept.cells[first].low, swept.cells[last].high)
    return speaker.value(swept.subject, swept.field.id, cell.sample)


def _stretch(swept: Swept, number: int) -> tuple[int, int]:
    """Return the first and last of the neighboring ranges of answers that change the decision in the same way."""
    first = last = number
    while first > 0 and swept.moves[first - 1] == swept.moves[number]:
        first -= 1
    while last + 1 < len(swept.cells) and swept.moves[last + 1] == swept.moves[number]:
        last += 1
    return first, last


def _together(first: CarryingAssumption, second: CarryingAssumption) -> CarryingAssumption:
    chance, named = max(first.chance, second.chance), first.named or second.named
    return replace(first, parts=(*first.parts, *second.parts), chance=chance, named=named)
