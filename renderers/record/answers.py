"""The answers that decided: stated answers on which a limit, a hard requirement or a rule of the verdict rests."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from advisor.book.condition import Atom
from advisor.design import Design
from advisor.explanation.reasons import compares_prices
from advisor.explanation.unmet import usual_answers
from advisor.explanation.what_if import Speaker
from advisor.explanation.wording import service_name, title_words
from advisor.requirements.answers import WORKLOAD
from advisor.text import Text
from advisor.verdict import Chosen, SubjectVerdict
from advisor.verdict.fact_words import describe
from advisor.verdict.origins import HINDERING, behind
from advisor.verdict.rule_matrix import Entry
from advisor.vocabulary import FIELDS
from advisor.vocabulary.demands import BY_FACT
from advisor.vocabulary.formats import row

Place = tuple[str, str]
#: Subject, role and candidate -> the rule or fact that the record gives as the reason against it.
Grounds = Mapping[tuple[str, str, str | None], str]
#: What an answer is about that holds for no single part.
WHOLE = Text("Whole workload", "ワークロード全体")
#: The key of the requirements file that specifies services, as the field of an answer.
PINS = "pins"
_SPECIFIED = Text("Specified service ({role})", "サービスの指定（{role}）")
# What the users of a site are checked by may be asked of what its pages call.
_SIGN_IN = "authentication"
#: What a specified service decides: its role as an answer does that alone moves it, and every other candidate of it.
_PINNED_WEIGHT = 6
#: How the sentence of a rule names an answer that may be an assumption.
_SUPPOSED = re.compile(r"\{\?(\w+)\}")


@dataclass(slots=True)
class _Effect:
    """The effect of an answer on one role: the resulting service, and the excluded candidates."""

    role: str
    chosen: str | None
    subjects: dict[str, None] = field(default_factory=dict)
    favours: bool = False
    supposed: dict[str, Text] = field(default_factory=dict)
    excluded: dict[str, None] = field(default_factory=dict)


_Effects = dict[tuple[str, str | None], _Effect]


@dataclass(frozen=True, slots=True)
class AnswerEffect:
    """The effect of an answer on one role of `subjects`: the chosen service, and the excluded candidates.

    `supposed` are the questions whose assumed answers also speak for the chosen service.
    """

    subjects: tuple[str, ...]
    role: Text
    chosen: Text
    excluded: tuple[Text, ...]
    favours: bool
    supposed: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisiveAnswers:
    """Stated answers that decide together, as questions with their answers; `places` and `parts` are of all that share them.

    `weight` is what they decide: the roles that one of them moves if it alone changes, and the candidates that they exclude.
    """

    places: tuple[Place, ...]
    parts: tuple[Text, ...]
    given: tuple[tuple[Text, Text], ...]
    effects: tuple[AnswerEffect, ...]
    weight: int


def decisive_answers(design: Design, grounds: Grounds) -> tuple[DecisiveAnswers, ...]:
    """Return the stated answers on which the verdict depends, the most influential first.

    Answers stand together where a rule or limit excludes a candidate because of all of them, and the record gives it as
    the reason, and where they all speak for the chosen service of a role.
    """
    effects: dict[tuple[Place, ...], _Effects] = {}
    for decided in design.verdict.subjects.values():
        for chosen in (chosen for chosen in decided.chosen if not chosen.pinned):
            _count(effects, design, decided, chosen, grounds)
    moved = _moved(design)
    speaker = Speaker(design.requirements, design.book)
    found: dict[tuple[object, ...], DecisiveAnswers] = {}
    for places, counted in effects.items():
        answers = _answers(design, speaker, places, counted, max(moved.get(place, 0) for place in places))
        if answers.effects:
            alike = tuple((one.role, one.chosen, one.excluded, one.favours) for one in answers.effects)
            known = found.get((answers.given, alike))
            found[answers.given, alike] = answers if known is None else _together(known, answers)
    for decided, one in _pinned(design):
        answers = _specified(design, decided.subject.id, one)
        known = found.get(answers.given)
        found[answers.given] = answers if known is None else _together(known, answers)
    return tuple(sorted(found.values(), key=lambda answers: -answers.weight))


def assumed_reasons(design: Design) -> frozenset[Place]:
    """Return the assumptions that the reason for a chosen service names, as (subject, field)."""
    return frozenset(
        (decided.subject.id, field)
        for decided in design.verdict.subjects.values()
        for chosen in decided.chosen
        for entry in chosen.table.entries_of(chosen.fired)
        if chosen.service in entry.favours
        for field in _supposed(decided, entry)
    )


def _supposed(decided: SubjectVerdict, entry: Entry) -> list[str]:
    """Return the assumed answers that the sentence of a rule names as such."""
    named = _SUPPOSED.findall(entry.rule.because.en) if entry.rule else []
    return [field for field in named if field in decided.known.supposed]


def _pinned(design: Design) -> Iterator[tuple[SubjectVerdict, Chosen]]:
    """Yield the roles for which the requirements specify the service, whatever the other answers are."""
    for decided in design.verdict.subjects.values():
        yield from ((decided, chosen) for chosen in decided.chosen if chosen.pinned)


def _specified(design: Design, subject: str, chosen: Chosen) -> DecisiveAnswers:
    """Return the specified service of a role as an answer."""
    role, service = chosen.table.role, service_name(design.book, chosen.service)
    title = Text(_SPECIFIED.en.format(role=role.title.en), _SPECIFIED.ja.format(role=role.title.ja))
    effect = AnswerEffect((subject,), role.title, service, (), favours=True)
    part = Speaker(design.requirements, design.book).title(subject)
    weight = _PINNED_WEIGHT + len(chosen.table.role.candidates) - 1
    return DecisiveAnswers(((subject, PINS),), (part,), ((title, service),), (effect,), weight)


def _together(first: DecisiveAnswers, second: DecisiveAnswers) -> DecisiveAnswers:
    return replace(
        first,
        places=first.places + second.places,
        parts=tuple(dict.fromkeys(first.parts + second.parts)),
        effects=tuple(
            replace(one, subjects=one.subjects + other.subjects)
            for one, other in zip(first.effects, second.effects, strict=True)
        ),
        weight=first.weight + second.weight,
    )


def _count(
    effects: dict[tuple[Place, ...], _Effects],
    design: Design,
    decided: SubjectVerdict,
    chosen: Chosen,
    grounds: Grounds,
) -> None:
    """Note which answers speak for the chosen service of a role, and which exclude another candidate."""
    subject, role = decided.subject.id, chosen.table.role.id

    def effect(places: Iterable[Place]) -> _Effect:
        of = effects.setdefault(tuple(sorted(places)), {}).setdefault(
            (role, chosen.service), _Effect(role, chosen.service)
        )
        of.subjects[subject] = None
        return of

    favouring: set[Place] = set()
    supposed: dict[str, Text] = {}
    for entry in chosen.table.entries_of(chosen.fired):
        places = places_of(design, decided, entry)
        required = entry.rule is not None and entry.rule.effect == "require" and chosen.service in entry.rule.services
        compared = entry.rule is not None and compares_prices(design.book, chosen, entry.rule)
        if required or (chosen.service in entry.favours and not compared):
            favouring.update(places)
            supposed |= {id: title_words(design.book, decided.subject.kind, id) for id in _supposed(decided, entry)}
        against = (service for service in entry.against if service != chosen.service)
        excluded = [one for one in against if grounds.get((subject, role, one)) == entry.id]
        if places and excluded:
            effect(places).excluded |= dict.fromkeys(excluded)
    if favouring:
        of = effect(favouring)
        of.favours, of.supposed = True, of.supposed | supposed


def places_of(design: Design, decided: SubjectVerdict, entry: Entry) -> list[Place]:
    """Return the stated answers because of which an entry applies: those that differ from the usual ones, if any does.

    Negated conditions do not count.
    """
    places = [place for atom in entry.when for place in stated_behind(design, decided, atom)]
    return [place for place in places if not _is_usual(design, decided, *place)] or places


def _is_usual(design: Design, decided: SubjectVerdict, subject: str, field: str) -> bool:
    """Return whether an answer is the default, or the most common one of a question without a default."""
    kind = "workload" if subject == WORKLOAD else decided.subject.kind
    stated = design.verdict.answers.workload if subject == WORKLOAD else decided.subject.answers
    return field in stated and stated[field] == usual_answers(kind).get(field)


def assumed_conditions(design: Design, decided: SubjectVerdict, entry: Entry) -> int:
    """Return how many conditions of an entry rest on no stated answer."""
    return sum(not any(stated_behind(design, decided, atom)) for atom in entry.when)


def stated_behind(design: Design, decided: SubjectVerdict, atom: Atom) -> Iterator[Place]:
    """Yield the stated answers behind a comparison, unless it is one that an answer must not have."""
    if atom.value is not False and atom.operator != "not_in":
        places = _behind_atom(design, decided, atom)
        yield from (place for place in places if place[1] not in HINDERING.get(atom.field, ()))


def _behind_atom(design: Design, decided: SubjectVerdict, atom: Atom) -> Iterator[Place]:
    id, own, whole = decided.subject.id, decided.subject.answers, design.verdict.answers.workload
    name = atom.field.removeprefix("workload.")
    if atom.field in BY_FACT:
        yield from ((at, name) for at, stated in ((id, own), (WORKLOAD, whole)) if stated.get(name))
        return
    subject, stated = (WORKLOAD, whole) if name != atom.field else (id, own)
    yield from ((subject, fact) for fact in behind(name, stated) if fact in stated)
    if name == _SIGN_IN and name not in stated:  # the sites whose users the component checks
        yield from ((because.subject, name) for because in decided.known.because.get(name, ()))


def _moved(design: Design) -> dict[Place, int]:
    """Return for each stated answer how many chosen services another one would replace."""
    moved: dict[Place, int] = {}
    for flip in design.analysis.flips:
        if flip.stated:
            lost = sum(None not in (move.before, move.after) for move in flip.moves)
            place = (flip.subject, flip.field)
            moved[place] = max(moved.get(place, 0), lost)
    return moved


def _answers(
    design: Design, speaker: Speaker, places: tuple[Place, ...], counted: _Effects, moved: int
) -> DecisiveAnswers:
    used = [effect for effect in counted.values() if effect.favours or effect.excluded]
    effects = tuple(
        AnswerEffect(
            subjects=tuple(effect.subjects),
            role=design.book.role(effect.role).title,
            chosen=service_name(design.book, effect.chosen),
            excluded=tuple(
                service_name(design.book, service) for service in sorted(effect.excluded, key="none".__eq__)
            ),
            favours=effect.favours,
            supposed=tuple(effect.supposed.values()),
        )
        for effect in used
    )
    weight = 4 * moved + sum(2 * effect.favours + len(effect.excluded) for effect in used)
    parts = dict.fromkeys(speaker.title(subject) for subject, _ in places if subject != WORKLOAD)
    given = (
        answer_words(design, "workload" if subject == WORKLOAD else speaker.kinds[subject], subject, id)
        for subject, id in places
    )
    return DecisiveAnswers(places, tuple(parts) or (WHOLE,), tuple(dict.fromkeys(given)), effects, weight)


def answer_words(design: Design, kind: str, subject: str, id: str) -> tuple[Text, Text]:
    """Return a question and its stated answer as text; a link is the name of its target."""
    value = _stated(design, subject, id)
    title, words = describe(kind, id, value)
    if any(field.id == id and field.kind in ("link", "links") for field in FIELDS[kind]):
        names = {other.id: other.name for _, other in design.requirements.subjects()}
        linked = [names.get(one, Text.same(str(one))) for one in (value if isinstance(value, tuple) else (value,))]
        words = row(linked) if linked else words
    return title, words


def _stated(design: Design, subject: str, id: str) -> Any:
    requirements = design.requirements
    if subject == WORKLOAD:
        return requirements.workload_stated.get(id, design.verdict.answers.workload.get(id))
    of = next(one for _, one in requirements.subjects() if one.id == subject)
    return of.stated.get(id, design.verdict.answers.of(subject).get(id))
