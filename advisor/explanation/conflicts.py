"""Conflicts: requirements that cannot be met together, the smallest such sets, and the alternatives.

A way out is a smallest set of answers that, changed, leaves something that fits; a minimal conflict is a smallest set
of answers that meets every way out (a minimal hitting set), so that giving up any one of it is enough for that set.
Where the search for ways out was cut, or none was found, the one set is that of the answers behind the rejections.
"""

from collections.abc import Iterable, Iterator

from advisor.book.condition import holds
from advisor.decision import Conflict, Instead, WayOut
from advisor.explanation.resolutions import Place, resolutions
from advisor.explanation.subject_context import SubjectContext
from advisor.explanation.wording import fill
from advisor.requirements.answers import WORKLOAD
from advisor.sensitivity.cells import field_of, kind_of
from advisor.text import Text
from advisor.verdict import Chosen, Verdict
from advisor.verdict.fact_words import describe
from advisor.vocabulary.formats import clauses
from advisor.vocabulary.formats import listed as in_words

_CUT = Text(
    " The search for smaller sets was ended early: some of these requirements may exclude each other without the rest, and "
    "there may be further changes that resolve the conflict.",
    "より小さい組み合わせの探索は途中で打ち切りました。この一部だけで両立しない可能性や、競合を解消する変更がほかにもある可能性があります。",
)
_TAKEN_BACK = Text("not answered", "未回答")


def conflict_of(verdict: Verdict, context: SubjectContext, chosen: Chosen, title: Text) -> Conflict:
    """Return the conflict of a role for which no candidate fits."""
    role = chosen.table.role
    found = resolutions(verdict, context, chosen)
    ways = found.ways
    sets = _hitting_sets([*ways]) if ways and not found.cut else [found.behind]
    fields = tuple(dict.fromkeys(place for places in sets for place in places))
    words = {place: _told_apart(verdict, context, place, _described(verdict, place)) for place in fields}
    return Conflict(
        subject=context.id,
        role=role.id,
        fields=tuple(field for _, field in fields),
        sentence=_sentence(title, role.title, [words[place] for place in fields], found.cut),
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


def _sentence(title: Text, role: Text, parts: list[tuple[Text, Text]], cut: bool) -> Text:
    if not parts:
        return Text(
            (
                f'{title.en}: no service fits the role "{role.en}", whatever the answers. The decision '
                "rules exclude every candidate."
            ),
            f"{title.ja}: 回答にかかわらず、{role.ja}に適合するサービスがありません。判定ルールがすべての候補を除外しています。",
        )
    more = _CUT if cut else Text("", "")
    listed = in_words([Text(f'"{name.en}" ({value.en})', f"{name.ja}: {value.ja}") for name, value in parts])
    japanese = "".join(f"「{name.ja}: {value.ja}」" for name, value in parts)
    return Text(
        f'{title.en}: no service fits the role "{role.en}". These answers conflict: {listed.en}.{more.en}',
        f"{title.ja}: {role.ja}に適合するサービスがありません。次の要件は両立しません: {japanese}。{more.ja}",
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
    documented = any(_instead(context, chosen.table.role.id))
    return documented or bool(resolutions(verdict, context, chosen, enough=1).ways)


def _hitting_sets(ways: list[frozenset[Place]]) -> list[tuple[Place, ...]]:
    """Return the minimal hitting sets of all alternatives, smallest first (C. Berge, Hypergraphs, 1989)."""
    hitting: set[frozenset[Place]] = {frozenset()}
    for way in ways:
        grown = {one if one & way else one | {place} for one in hitting for place in way}
        hitting = {one for one in grown if not any(other < one for other in grown)}
    places = list(dict.fromkeys(place for way in ways for place in sorted(way)))
    ordered = [tuple(sorted(one, key=places.index)) for one in hitting]
    return sorted(ordered, key=lambda one: (len(one), [places.index(place) for place in one]))
