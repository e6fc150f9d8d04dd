"""The stated answers that speak for services other than the chosen ones: no reader takes them for what decided."""

from collections.abc import Iterator

from advisor.design import Design
from advisor.requirements.answers import WORKLOAD
from advisor.text import Text
from advisor.verdict import Chosen, SubjectVerdict
from advisor.verdict.rule_matrix import Entry
from renderers.record.answers import Place, answer_words, places_of, stated_behind


def opposing_answers(design: Design, subject: str) -> frozenset[tuple[Text, Text]]:
    """Return the stated answers that speak only for services other than those chosen for a part, as questions with their answers."""
    decided = design.verdict.subjects[subject]
    favoring, opposing = set[Place](), set[Place]()
    for chosen in decided.chosen:
        for entry in chosen.table.entries_of(chosen.fired):
            if chosen.service in (speaks := _speaks_for(entry)):
                favoring.update(places_of(design, decided, entry))
            elif speaks:
                opposing.update(places_of(design, decided, entry))
            else:
                opposing.update(_for_the_excluded(design, decided, chosen, entry))
    kind = decided.subject.kind
    return frozenset(
        answer_words(design, "workload" if at == WORKLOAD else kind, at, field)
        for at, field in opposing - favoring
        if at in (WORKLOAD, subject)
    )


def _speaks_for(entry: Entry) -> tuple[str, ...]:
    """Return the services that a rule prefers or requires."""
    required = entry.rule is not None and entry.rule.effect == "require"
    return entry.rule.services if entry.rule is not None and required else entry.favours


def _for_the_excluded(design: Design, decided: SubjectVerdict, chosen: Chosen, entry: Entry) -> Iterator[Place]:
    """Yield the stated answers under which an entry excludes a candidate, but for which other rules prefer just that one."""
    preferring = (other for other in chosen.table.entries if not {*_speaks_for(other)}.isdisjoint(entry.against))
    wanted = {atom.field for other in preferring for atom in other.when if atom.holds(decided.known.values)}
    for atom in entry.when:
        if atom.field in wanted and atom.field.startswith("workload."):
            yield from stated_behind(design, decided, atom)
