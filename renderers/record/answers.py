"""The answers that decided: stated answers on which a limit, a hard requirement or a rule of the verdict rests."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from advisor.book.condition import Atom
from advisor.design import Design
from advisor.explanation.unmet import usual_answers
from advisor.explanation.what_if import Speaker
from advisor.explanation.wording import service_name
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
_WHOLE = Text("Whole workload", "ワークロード全体")
#: The key of the requirements file that specifies services, as the field of an answer.
PINS = "pins"
_SPECIFIED = Text("Specified service ({role})", "サービスの指定（{role}）")
# What the users of a site are checked by may be asked of what its pages call.
_SIGN_IN = "authentication"
#: What a specified service decides: its role, and every candidate of it.
_PINNED_WEIGHT = 6


@dataclass(slots=True)
class _Effect:
    """The effect of an answer on one role: the resulting service, and the excluded candidates."""

    role: str
    chosen: str | None
    subjects: dict[str, None] = field(default_factory=dict)
    favours: bool = False
    excluded: dict[str, None] = field(default_factory=dict)


_Effects = dict[tuple[str, str | None], _Effect]


@dataclass(frozen=True, slots=True)
class AnswerEffect:
    """The effect of an answer on one role of `subjects`: the chosen service, and the excluded candidates."""

    subjects: tuple[str, ...]
    role: Text
    chosen: Text
    excluded: tuple[Text, ...]
    favours: bool


@dataclass(frozen=True, slots=True)
class DecisiveAnswer:
    """A stated answer on which the verdict depends; `subjects` and `parts` are those that share it.

    `weight` is what it decides: the roles that it moves if it alone changes, and the candidates that it excludes.
    """

    subjects: tuple[str, ...]
    parts: tuple[Text, ...]
    field: str
    question: Text
    answer: Text
    effects: tuple[AnswerEffect, ...]
    weight: int


def decisive_answers(design: Design, grounds: Grounds) -> tuple[DecisiveAnswer, ...]:
    """Return the stated answers on which the verdict depends, the most influential first.

    An answer excludes a candidate where the record gives the rule or limit behind it as the reason: several may exclude it.
    """
    effects: dict[Place, _Effects] = {}
    for decided in design.verdict.subjects.values():
        for chosen in (chosen for chosen in decided.chosen if not chosen.pinned):
            for entry in chosen.table.entries_of(chosen.fired):
                for place in _places(design, decided, entry):
                    _count(effects.setdefault(place, {}), decided.subject.id, chosen, entry, grounds)
    moved = _moved(design)
    speaker = Speaker(design.requirements, design.book)
    found: dict[tuple[object, ...], DecisiveAnswer] = {}
    for place, counted in effects.items():
        answer = _answer(design, speaker, place, counted, moved.get(place, 0))
        if answer.effects:
            alike = tuple((one.role, one.chosen, one.excluded, one.favours) for one in answer.effects)
            key = (answer.question, answer.answer, alike)
            known = found.get(key)
            found[key] = answer if known is None else _together(known, answer)
    specified = (_specified(design, decided.subject.id, one) for decided, one in _pinned(design))
    return tuple(sorted((*found.values(), *specified), key=lambda answer: -answer.weight))


def _pinned(design: Design) -> Iterator[tuple[SubjectVerdict, Chosen]]:
    """Yield the roles for which the requirements specify the service, whatever the other answers are."""
    for decided in design.verdict.subjects.values():
        yield from ((decided, chosen) for chosen in decided.chosen if chosen.pinned)


def _specified(design: Design, subject: str, chosen: Chosen) -> DecisiveAnswer:
    """Return the specified service of a role as an answer."""
    role, service = chosen.table.role, service_name(design.book, chosen.service)
    title = Text(_SPECIFIED.en.format(role=role.title.en), _SPECIFIED.ja.format(role=role.title.ja))
    effect = AnswerEffect((subject,), role.title, service, (), favours=True)
    part = Speaker(design.requirements, design.book).title(subject)
    return DecisiveAnswer((subject,), (part,), PINS, title, service, (effect,), _PINNED_WEIGHT)


def _together(first: DecisiveAnswer, second: DecisiveAnswer) -> DecisiveAnswer:
    return replace(
        first,
        subjects=first.subjects + second.subjects,
        parts=first.parts + second.parts,
        effects=tuple(
            replace(one, subjects=one.subjects + other.subjects)
            for one, other in zip(first.effects, second.effects, strict=True)
        ),
        weight=first.weight + second.weight,
    )


def _count(effects: _Effects, subject: str, chosen: Chosen, entry: Entry, grounds: Grounds) -> None:
    role = chosen.table.role.id
    effect = effects.setdefault((role, chosen.service), _Effect(role, chosen.service))
    required = entry.rule is not None and entry.rule.effect == "require" and chosen.service in entry.rule.services
    if not (entry.favours or entry.against):
        return
    effect.subjects[subject] = None
    effect.favours |= required or chosen.service in entry.favours
    against = (service for service in entry.against if service != chosen.service)
    effect.excluded |= dict.fromkeys(one for one in against if grounds.get((subject, role, one)) == entry.id)


def _places(design: Design, decided: SubjectVerdict, entry: Entry) -> list[Place]:
    """Return the stated answers because of which an entry applies: those that differ from the usual ones, if any does.

    Negated conditions do not count.
    """
    places = [place for atom in entry.when for place in _stated_behind(design, decided, atom)]
    return [place for place in places if not _is_usual(design, decided, *place)] or places


def _is_usual(design: Design, decided: SubjectVerdict, subject: str, field: str) -> bool:
    """Return whether an answer is the default, or the most common one of a question without a default."""
    kind = "workload" if subject == WORKLOAD else decided.subject.kind
    stated = design.verdict.answers.workload if subject == WORKLOAD else decided.subject.answers
    return field in stated and stated[field] == usual_answers(kind).get(field)


def assumed_conditions(design: Design, decided: SubjectVerdict, entry: Entry) -> int:
    """Return how many conditions of an entry rest on no stated answer."""
    return sum(not any(_stated_behind(design, decided, atom)) for atom in entry.when)


def _stated_behind(design: Design, decided: SubjectVerdict, atom: Atom) -> Iterator[Place]:
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


def _answer(design: Design, speaker: Speaker, place: Place, counted: _Effects, moved: int) -> DecisiveAnswer:
    subject, id = place
    kind = "workload" if subject == WORKLOAD else speaker.kinds[subject]
    question, answer = answer_words(design, kind, subject, id)
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
        )
        for effect in used
    )
    weight = 4 * moved + sum(2 * effect.favours + len(effect.excluded) for effect in used)
    part = _WHOLE if subject == WORKLOAD else speaker.title(subject)
    return DecisiveAnswer((subject,), (part,), id, question, answer, effects, weight)


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
