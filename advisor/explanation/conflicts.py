"""Conflicts: requirements that cannot be met together, the smallest such sets, and the alternatives.

A way out is a smallest set of answers that, changed, leaves something that fits; a minimal conflict is a smallest set
of answers that meets every way out (a minimal hitting set), so that giving up any one of it is enough for that set.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations, product
from typing import NamedTuple

from advisor.book.condition import Condition, holds
from advisor.decision import Conflict, Instead, WayOut
from advisor.explanation.subject_context import SubjectContext
from advisor.explanation.wording import fill
from advisor.requirements.answers import WORKLOAD
from advisor.requirements.starts import STARTED_BY
from advisor.sensitivity.cells import field_of, kind_of, other_answers
from advisor.text import Text
from advisor.verdict import Chosen, Verdict, decide_subject, decide_workload
from advisor.verdict.fact_words import describe
from advisor.verdict.origins import behind
from advisor.verdict.rule_matrix import rule_tables
from advisor.vocabulary import FIELDS
from advisor.vocabulary.demands import BY_FACT
from advisor.vocabulary.formats import clauses

_MOST_CHANGED = 3
_MOST_TRIED = 2000
_TAKEN_BACK = Text("not answered", "未回答")
Place = tuple[str, str]


def conflict_of(verdict: Verdict, context: SubjectContext, chosen: Chosen, title: Text) -> Conflict:
    """Return the conflict of a role for which no candidate fits."""
    role = chosen.table.role
    ways = ways_out(verdict, context, chosen)
    sets = tuple(_hitting_sets([frozenset(places) for places in ways])) or (tuple(_involved(verdict, context, chosen)),)
    fields = tuple(dict.fromkeys(place for places in sets for place in places))
    words = {place: _told_apart(verdict, context, place, _described(verdict, place)) for place in fields}
    return Conflict(
        subject=context.id,
        role=role.id,
        fields=tuple(field for _, field in fields),
        sentence=_sentence(title, role.title, [words[place] for place in fields]),
        sets=tuple(tuple(field for _, field in places) for places in sets),
        excluding=tuple(_listed([words[place] for place in places]) for places in sets),
        ways_out=tuple(_way_out(verdict, context, changes) for changes in ways.values()),
        instead=tuple(_instead(context, role.id)),
    )


def _instead(context: SubjectContext, role: str) -> Iterator[Instead]:
    for way_out in context.book.ways_out:
        if way_out.role == role and holds(way_out.when, context.values):
            way, price = (
                fill(context.book, context.kind, text, context.values) for text in (way_out.way, way_out.price)
            )
            yield Instead(way_out.id, way_out.title, way, price, way_out.source)


def _sentence(title: Text, role: Text, parts: list[tuple[Text, Text]]) -> Text:
    if not parts:
        return Text(
            (
                f'{title.en}: no service fits the role "{role.en}", whatever the answers. The decision '
                "rules exclude every candidate."
            ),
            f"{title.ja}: 回答にかかわらず、{role.ja}に適合するサービスがありません。判定ルールがすべての候補を除外しています。",
        )
    listed = _listed(parts)
    return Text(
        (f'{title.en}: no service fits the role "{role.en}". These requirements cannot be met together: {listed.en}.'),
        (f"{title.ja}: {role.ja}に適合するサービスがありません。次の要件は同時に満たせません: {listed.ja}。"),
    )


def _listed(parts: Iterable[tuple[Text, Text]]) -> Text:
    """Return several answers in a row, each with the title of its question."""
    return clauses([Text(f"{name.en}: {value.en}", f"{name.ja}: {value.ja}") for name, value in parts])


def _described(verdict: Verdict, place: Place) -> tuple[Text, Text]:
    """Return the title of a question and its stated answer, even if the question does not currently apply."""
    subject, field = place
    answer = verdict.answers.ranges_of(subject).get(field, verdict.answers.of(subject).get(field))
    return describe(kind_of(verdict, subject), field, answer)


def _told_apart(verdict: Verdict, context: SubjectContext, place: Place, words: tuple[Text, Text]) -> tuple[Text, Text]:
    """Return an answer with "whole workload" at its title, if both the workload and its part make the same requirement."""
    subject, field = place
    if subject != WORKLOAD or field not in verdict.answers.of(context.id):
        return words
    title, value = words
    return Text(f"{title.en} (whole workload)", f"{title.ja}（ワークロード全体）"), value


def _way_out(verdict: Verdict, context: SubjectContext, changes: tuple[tuple[Place, object], ...]) -> WayOut:
    changed = ((place, _changed(kind_of(verdict, place[0]), place[1], value)) for place, value in changes)
    sentence = _listed(_told_apart(verdict, context, place, words) for place, words in changed)
    return WayOut(tuple((subject, field, value) for (subject, field), value in changes), sentence)


def _changed(kind: str, field: str, value: object) -> tuple[Text, Text]:
    return (field_of(kind, field).title, _TAKEN_BACK) if value is None else describe(kind, field, value)


def resolvable(verdict: Verdict, context: SubjectContext, chosen: Chosen) -> bool:
    """Return whether a conflict has an alternative: changed answers or a documented alternative."""
    return bool(ways_out(verdict, context, chosen, enough=1)) or any(_instead(context, chosen.table.role.id))


def ways_out(
    verdict: Verdict, context: SubjectContext, chosen: Chosen, enough: int = _MOST_TRIED
) -> dict[frozenset[Place], tuple[tuple[Place, object], ...]]:
    """Return the smallest sets of answers that can be changed so that something fits, each with one such change.

    The search ends when so many are found as are enough.
    """
    options = {place: _others(verdict, context, place) for place in _involved(verdict, context, chosen)}
    ways: dict[frozenset[Place], tuple[tuple[Place, object], ...]] = {}
    tried = 0
    for size in range(1, _MOST_CHANGED + 1):
        for places in combinations(options, size):
            if any(smaller <= set(places) for smaller in ways):
                continue
            for values in product(*(options[place] for place in places)):
                tried += 1
                if tried > _MOST_TRIED:
                    return ways
                changes = tuple(zip(places, values, strict=True))
                if _fits(verdict, context, chosen, changes):
                    ways[frozenset(places)] = changes
                    break
            if len(ways) >= enough:
                return ways
    return ways


def _others(verdict: Verdict, context: SubjectContext, place: Place) -> tuple[object, ...]:
    """Return the other answers to a question, of options the usual one first, and last None, which takes the answer back,
    where whatever is answered starts the component."""
    others = other_answers(context.dated, verdict, *place)
    subject, field = place
    question = field_of(kind_of(verdict, subject), field)
    if question.kind == "choice":  # options are in no order of size, so none is near to another
        others = tuple(sorted(others, key=lambda value: value != question.default))
    unstated = context.kind == "component" and "trigger" not in verdict.answers.of(subject)
    return (*others, None) if subject and unstated and field in STARTED_BY and None not in others else others


def _fits(verdict: Verdict, context: SubjectContext, chosen: Chosen, changes: tuple[tuple[Place, object], ...]) -> bool:
    """Return whether changed answers leave something for the role, or no such role, and leave no other role empty."""
    before = {c.table.role.id for c in context.decided.chosen if c.service is None and c is not chosen}
    own = {field: value for (subject, field), value in changes if subject == context.id}
    wide = {field: value for (subject, field), value in changes if subject == WORKLOAD}
    answers = verdict.answers.changed(context.id, own)
    if wide:
        services = decide_workload(answers.changed(WORKLOAD, wide), context.dated).subjects[context.id].services
    else:
        computes = {
            id: s.services.get("compute") for id, s in verdict.subjects.items() if s.subject.kind == "component"
        }
        role_tables = rule_tables(context.dated)[context.kind]
        services = decide_subject(
            answers, answers.subjects[context.id], computes, verdict.workload, role_tables
        ).services
    empty = {role for role, service in services.items() if service is None}
    return chosen.table.role.id not in empty and empty <= before


def _involved(verdict: Verdict, context: SubjectContext, chosen: Chosen) -> Iterator[Place]:
    """Yield the stated answers that cause the rejections, and those that ask for the role, over any number of steps; for an
    earlier choice the answers that led to it. A stated trigger is not part of a conflict if the role exists because of
    it."""
    places: dict[Place, None] = {}
    stated = verdict.answers.of(context.id).keys()
    started = {atom.field for atom in chosen.table.role.when} & {"trigger"}
    read = _Read(context, stated)
    for field in (*read.by(chosen, set()), *read.behind(chosen.table.role.when, {chosen.table.role.id})):
        if field in BY_FACT:
            places |= {(s, field): None for s in (context.id, WORKLOAD) if verdict.answers.of(s).get(field)}
            continue
        name = field.removeprefix("workload.")
        subject = WORKLOAD if name != field else context.id
        asked = any(f.id == name for f in FIELDS[kind_of(verdict, subject)])
        if asked and name in verdict.answers.of(subject) and field not in started:
            places[(subject, name)] = None
    yield from places


class _Read(NamedTuple):
    """The basis of the choices for a subject; `stated` are the answered questions."""

    context: SubjectContext
    stated: Collection[str]

    def by(self, chosen: Chosen, passed: set[str]) -> Iterator[str]:
        """Yield the facts on which the rejections of a role are based; `passed` are the roles that were examined."""
        for entry in chosen.table.entries_of(chosen.fired):
            if entry.against:
                yield from self.behind(entry.when, passed)

    def behind(self, condition: Condition, passed: set[str]) -> Iterator[str]:
        """Yield the facts of a condition; for an earlier choice, the facts of its rejections."""
        for fact in dict.fromkeys(fact for atom in condition for fact in behind(atom.field, self.stated)):
            earlier = next((c for c in self.context.decided.chosen if c.table.role.id == fact), None)
            if earlier is None:
                yield fact
            elif fact not in passed:
                yield from self.by(earlier, passed | {fact})


def _hitting_sets(ways: list[frozenset[Place]]) -> list[tuple[Place, ...]]:
    """Return the minimal hitting sets of all alternatives, smallest first."""
    places = list(dict.fromkeys(place for way in ways for place in sorted(way)))
    hitting: list[tuple[Place, ...]] = []
    for size in range(1, len(places) + 1 if ways else 0):
        for chosen in combinations(places, size):
            if all(way & set(chosen) for way in ways) and not any(set(smaller) <= set(chosen) for smaller in hitting):
                hitting.append(chosen)
    return hitting
