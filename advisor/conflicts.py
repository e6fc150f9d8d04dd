"""Conflicts: which answers cannot be met together, the smallest sets of them, and the ways out.

A way out is a smallest set of answers that, changed, leaves something that fits; a minimal conflict is a smallest set
of answers that meets every way out (a minimal hitting set), so that giving up any one of it is enough for that set.
"""

from collections.abc import Iterator
from itertools import combinations, product

from advisor.answers import WORKLOAD
from advisor.cells import kind_of, other_answers
from advisor.decision import Conflict, WayOut
from advisor.derive import ORIGIN, describe
from advisor.reasons import Told
from advisor.text import Text
from advisor.verdict import Chosen, Verdict, revised
from advisor.vocabulary import FIELDS

_MOST_CHANGED = 3
_MOST_TRIED = 20000
Change = tuple[str, object]
Place = tuple[str, str]


def conflict_of(made: Verdict, told: Told, chosen: Chosen, title: Text) -> Conflict:
    """Return the conflict of a role for which nothing fits."""
    role = chosen.table.role
    found = ways_out(made, told, chosen)
    sets = tuple(_hitting_sets([frozenset(places) for places in found])) or (tuple(_involved(made, told, chosen)),)
    fields = tuple(dict.fromkeys(place for places in sets for place in places))
    parts = [_described(made, told, place) for place in fields]
    en = "; ".join(f"{name.en}: {value.en}" for name, value in parts)
    ja = "、".join(f"{name.ja}: {value.ja}" for name, value in parts)
    return Conflict(
        told.id, role.id, tuple(field for _, field in fields),
        Text(
            f"{title.en}: nothing fits as {role.title.en.lower()}. These cannot be met together: {en}.",
            f"{title.ja}: {role.title.ja}に適合するものがありません。次を同時に満たせません: {ja}。",
        ),
        tuple(tuple(field for _, field in places) for places in sets),
        tuple(_way_out(made, told, changes) for changes in found.values()),
    )  # fmt: skip


def _described(made: Verdict, told: Told, place: Place) -> tuple[Text, Text]:
    subject, field = place
    kind, values = (kind_of(made, subject), made.workload.values if subject == WORKLOAD else told.values)
    return describe(kind, field, values.get(field))


def _way_out(made: Verdict, told: Told, changes: tuple[tuple[Place, object], ...]) -> WayOut:
    words = [describe(kind_of(made, place[0]), place[1], value) for place, value in changes]
    sentence = Text(
        "; ".join(f"{name.en}: {value.en}" for name, value in words),
        "、".join(f"{name.ja}: {value.ja}" for name, value in words),
    )
    return WayOut(tuple((subject, field, value) for (subject, field), value in changes), sentence)


def ways_out(made: Verdict, told: Told, chosen: Chosen) -> dict[frozenset[Place], tuple[tuple[Place, object], ...]]:
    """Return the smallest sets of answers that can be changed so that something fits, each with one such change."""
    options = {place: other_answers(told.book, told.as_of, made, *place) for place in _involved(made, told, chosen)}
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
    for subject, field, value in ((s, f, v) for (s, f), v in changes):
        made = revised(made, subject, {field: value}, told.book, told.as_of)
    services = made.subjects[told.id].services
    return services.get(chosen.table.role.id) is not None and None not in services.values()


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
                yield from _DERIVED_FROM.get(atom.field, (atom.field,))
            elif atom.field not in passed:
                yield from _read(told, earlier, passed | {atom.field})


_DERIVED_FROM = {
    "concurrency": ("rate_peak_rps", "typical_run_s"),
    "destination_count": ("fan_out", "destinations"),
    "destination_kinds": ("destinations",),
    "needs_workflow": ("steps", "retries", "human_approval", "compensation", "parallel_items"),
}


def _hitting_sets(ways: list[frozenset[Place]]) -> list[tuple[Place, ...]]:
    """Return the minimal sets that meet every way out, smallest first."""
    places = list(dict.fromkeys(place for way in ways for place in sorted(way)))
    found: list[tuple[Place, ...]] = []
    for size in range(1, len(places) + 1 if ways else 0):
        for chosen in combinations(places, size):
            if all(way & set(chosen) for way in ways) and not any(set(known) <= set(chosen) for known in found):
                found.append(chosen)
    return found
