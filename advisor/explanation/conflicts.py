"""Conflicts: which answers cannot be met together, the smallest sets of them, and the ways out.

A way out is a smallest set of answers that, changed, leaves something that fits; a minimal conflict is a smallest set
of answers that meets every way out (a minimal hitting set), so that giving up any one of it is enough for that set.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations, product

from advisor.book.condition import holds
from advisor.decision import Conflict, Instead, WayOut
from advisor.explanation.reasons import Told
from advisor.explanation.wording import fill
from advisor.requirements.answers import WORKLOAD
from advisor.sensitivity.cells import kind_of, other_answers
from advisor.text import Text
from advisor.verdict import Chosen, Verdict, decide_subject, verdict
from advisor.verdict.derived_facts import ORIGIN, ORIGINS, describe
from advisor.verdict.rule_matrix import tables
from advisor.vocabulary import FIELDS

_MOST_CHANGED = 3
_MOST_TRIED = 2000
Place = tuple[str, str]


def conflict_of(made: Verdict, told: Told, chosen: Chosen, title: Text) -> Conflict:
    """Return the conflict of a role for which nothing fits."""
    role = chosen.table.role
    found = ways_out(made, told, chosen)
    sets = tuple(_hitting_sets([frozenset(places) for places in found])) or (tuple(_involved(made, told, chosen)),)
    fields = tuple(dict.fromkeys(place for places in sets for place in places))
    words = {place: _described(made, told, place) for place in fields}
    return Conflict(
        told.id, role.id, tuple(field for _, field in fields),
        _sentence(title, role.title, [words[place] for place in fields]),
        tuple(tuple(field for _, field in places) for places in sets),
        tuple(_listed([words[place] for place in places]) for places in sets),
        tuple(_way_out(made, told, changes) for changes in found.values()),
        tuple(_instead(told, role.id)),
    )  # fmt: skip


def _instead(told: Told, role: str) -> Iterator[Instead]:
    for known in told.book.ways_out:
        if known.role == role and holds(known.when, told.values):
            way, price = (fill(told.book, told.kind, text, told.values) for text in (known.way, known.price))
            yield Instead(known.id, known.title, way, price, known.source)


def _sentence(title: Text, role: Text, parts: list[tuple[Text, Text]]) -> Text:
    if not parts:
        return Text(
            f"{title.en}: nothing fits as {role.en.lower()}, whatever is answered: the rule book rules every candidate out.",
            f"{title.ja}: 回答にかかわらず、{role.ja}に適合するものがありません。ルールブックがすべての候補を除外しています。",
        )
    listed = _listed(parts)
    return Text(
        f"{title.en}: nothing fits as {role.en.lower()}. These cannot be met together: {listed.en}.",
        f"{title.ja}: {role.ja}に適合するものがありません。次を同時に満たせません: {listed.ja}。",
    )


def _listed(parts: Iterable[tuple[Text, Text]]) -> Text:
    """Return several answers in a row, each with the title of its question."""
    listed = [*parts]
    return Text(
        "; ".join(f"{name.en}: {value.en}" for name, value in listed),
        "、".join(f"{name.ja}: {value.ja}" for name, value in listed),
    )


def _described(made: Verdict, told: Told, place: Place) -> tuple[Text, Text]:
    subject, field = place
    kind, values = (kind_of(made, subject), made.workload.values if subject == WORKLOAD else told.values)
    return describe(kind, field, values.get(field))


def _way_out(made: Verdict, told: Told, changes: tuple[tuple[Place, object], ...]) -> WayOut:
    sentence = _listed(describe(kind_of(made, place[0]), place[1], value) for place, value in changes)
    return WayOut(tuple((subject, field, value) for (subject, field), value in changes), sentence)


def ways_out(made: Verdict, told: Told, chosen: Chosen) -> dict[frozenset[Place], tuple[tuple[Place, object], ...]]:
    """Return the smallest sets of answers that can be changed so that something fits, each with one such change."""
    options = {place: other_answers(told.dated, made, *place) for place in _involved(made, told, chosen)}
    found: dict[frozenset[Place], tuple[tuple[Place, object], ...]] = {}
    tried = 0
    for size in range(1, _MOST_CHANGED + 1):
        for places in combinations(options, size):
            if any(known <= set(places) for known in found):
                continue
            for values in product(*(options[place] for place in places)):
                tried += 1
                if tried > _MOST_TRIED:
                    return found
                changes = tuple(zip(places, values, strict=True))
                if _fits(made, told, chosen, changes):
                    found[frozenset(places)] = changes
                    break
    return found


def _fits(made: Verdict, told: Told, chosen: Chosen, changes: tuple[tuple[Place, object], ...]) -> bool:
    """Return whether changed answers leave something for the role, and leave no other role empty."""
    before = {c.table.role.id for c in told.subject.chosen if c.service is None and c is not chosen}
    own = {field: value for (subject, field), value in changes if subject == told.id}
    wide = {field: value for (subject, field), value in changes if subject == WORKLOAD}
    answers = made.answers.changed(told.id, own)
    if wide:
        services = verdict(answers.changed(WORKLOAD, wide), told.dated).subjects[told.id].services
    else:
        computes = {id: s.services.get("compute") for id, s in made.subjects.items() if s.asked.kind == "component"}
        held = tables(told.dated)[told.kind]
        services = decide_subject(answers, answers.subjects[told.id], computes, made.workload, held).services
    empty = {role for role, service in services.items() if service is None}
    return services.get(chosen.table.role.id) is not None and empty <= before


def _involved(made: Verdict, told: Told, chosen: Chosen) -> Iterator[Place]:
    """Give the stated answers behind the rejections; behind an earlier choice stand the answers that led to it."""
    seen: dict[Place, None] = {}
    context = {atom.field for atom in chosen.table.role.when}
    for field in _read(told, chosen, set()):
        name = field.removeprefix("workload.")
        subject = WORKLOAD if name != field else told.id
        origin = ORIGIN.get(name, name) if field in told.subject.known.assumed else name
        stated = origin in made.answers.of(subject)
        if stated and field not in context and any(f.id == origin for f in FIELDS[kind_of(made, subject)]):
            seen[(subject, origin)] = None
    yield from seen


def _read(told: Told, chosen: Chosen, passed: set[str]) -> Iterator[str]:
    for entry in chosen.table.held(chosen.fired):
        for atom in entry.when if entry.against else ():
            earlier = next((c for c in told.subject.chosen if c.table.role.id == atom.field), None)
            if earlier is None:
                yield from ORIGINS.get(atom.field, (atom.field,))
            elif atom.field not in passed:
                yield from _read(told, earlier, passed | {atom.field})


def _hitting_sets(ways: list[frozenset[Place]]) -> list[tuple[Place, ...]]:
    """Return the minimal sets that meet every way out, smallest first."""
    places = list(dict.fromkeys(place for way in ways for place in sorted(way)))
    found: list[tuple[Place, ...]] = []
    for size in range(1, len(places) + 1 if ways else 0):
        for chosen in combinations(places, size):
            if all(way & set(chosen) for way in ways) and not any(set(known) <= set(chosen) for known in found):
                found.append(chosen)
    return found
