"""The search for resolutions: the smallest sets of answers that can be changed so that a role has a service again.

It starts at the answers behind the rejections. Where a change leaves nothing that fits either, it goes on with those behind
the rejections after it (a hitting set tree, R. Reiter, A theory of diagnosis from first principles, 1987). So an answer
that excludes only after another has changed is tried as well, and one that cannot matter never is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from advisor.book.condition import Condition
from advisor.explanation.subject_context import SubjectContext
from advisor.requirements.answers import WORKLOAD
from advisor.requirements.starts import STARTED_BY
from advisor.sensitivity.cells import field_of, kind_of, other_answers
from advisor.verdict import Chosen, Services, Verdict, decide_subject, decide_workload
from advisor.verdict.dead_ends import DeadEnds, Read
from advisor.verdict.derived_facts import known_subject
from advisor.verdict.origins import behind
from advisor.verdict.rule_matrix import rule_tables
from advisor.vocabulary import FIELDS
from advisor.vocabulary.demands import BY_FACT

#: Changed answers for which a verdict is made, and sets of them that are looked at, at most.
MOST_TRIED = 2000
_MOST_SEEN = 20000
Place = tuple[str, str]
#: Changed answers, each as the number of its place and of the other answer, ascending.
_Changed = tuple[tuple[int, int], ...]


class Resolutions(NamedTuple):
    """The result of a search: each smallest set of answers to change with one such change, and the answers behind the conflict.

    The search was `cut` if it ended before every set was tried; smaller or other sets are possible then. The answers
    `behind` the conflict exclude each other in any case, but are not always the fewest.
    """

    ways: Mapping[frozenset[Place], tuple[tuple[Place, Any], ...]]
    behind: tuple[Place, ...]
    cut: bool


def resolutions(
    verdict: Verdict, context: SubjectContext, chosen: Chosen, enough: int = MOST_TRIED, most: int = MOST_TRIED
) -> Resolutions:
    """Return the resolutions of the conflict of a role, the smallest first.

    The search ends when so many are found as are `enough`, and is cut after `most` verdicts.
    """
    search = _Search(verdict, context, chosen)
    start = search.dead_end(()) or ()
    ways: dict[frozenset[int], _Changed] = {}
    level, cut = search.grown([((), start)]), False
    while level and not cut:
        failed = []
        for changed in level:
            places = frozenset(place for place, _ in changed)
            if any(way <= places for way in ways):
                continue
            cut = len(ways) >= enough or search.tried >= most or search.seen >= _MOST_SEEN
            if cut:
                break
            end = search.dead_end(changed)
            if end is None:
                ways[places] = changed
            else:
                failed.append((changed, end))
        level = search.grown(failed)
    named = (search.named(changed) for changed in ways.values())
    return Resolutions({frozenset(dict(way)): way for way in named}, search.places(start), cut)


class _Search:
    """One conflict: the places that the search met in their order, with the other answers, and the dead ends that it met."""

    def __init__(self, verdict: Verdict, context: SubjectContext, chosen: Chosen) -> None:
        self.verdict, self.context, self.role = verdict, context, chosen.table.role
        self.tables = rule_tables(context.dated)[context.kind]
        self.others_empty = {c.table.role.id for c in context.decided.chosen if c.service is None} - {self.role.id}
        self.numbers: dict[Place, int] = {}
        self.options: list[tuple[Any, ...]] = []
        self.met: dict[frozenset[int], dict[_Changed, tuple[int, ...]]] = {}
        self.kept_reads: dict[tuple[frozenset[str], int], Read] = {}
        self.tried = self.seen = 0
        # A stated trigger is no part of the conflict of a role that exists because of it.
        self.started = {atom.field for atom in self.role.when} & {"trigger"}

    def named(self, changed: _Changed) -> tuple[tuple[Place, Any], ...]:
        """Return changes with their places and answers."""
        places = list(self.numbers)
        return tuple((places[place], self.options[place][value]) for place, value in changed)

    def places(self, numbers: Iterable[int]) -> tuple[Place, ...]:
        """Return the places of numbers."""
        places = list(self.numbers)
        return tuple(places[number] for number in numbers)

    def grown(self, failed: Collection[tuple[_Changed, tuple[int, ...]]]) -> list[_Changed]:
        """Return changes with one more, of the answers behind what still fails, in the order of places and of answers."""
        found: dict[_Changed, None] = {}
        for changed, end in failed:
            places = {place for place, _ in changed}
            for place in end:
                if place not in places and len(found) < _MOST_SEEN:
                    for value in range(len(self.options[place])):
                        found[tuple(sorted((*changed, (place, value))))] = None
        return sorted(found, key=lambda changed: ([place for place, _ in changed], changed))

    def dead_end(self, changed: _Changed) -> tuple[int, ...] | None:
        """Return the places without another change of which nothing fits, or None if something does."""
        self.seen += 1
        places = {place for place, _ in changed}
        known: tuple[int, ...] | None = None
        for relevant, kept in self.met.items():
            end = kept.get(tuple(change for change in changed if change[0] in relevant))
            if end is not None and (known is None or len({*end} - places) < len({*known} - places)):
                known = end
        if known is None:
            self.tried += 1
            known = self._tried(changed)
            if known is not None:
                relevant = frozenset(known)
                alike = tuple(change for change in changed if change[0] in relevant)
                self.met.setdefault(relevant, {})[alike] = known
        return known

    def _tried(self, changed: _Changed) -> tuple[int, ...] | None:
        verdict = self._after(dict(self.named(changed)))
        id, answers = self.context.id, verdict.answers
        chosen = {c.table.role.id: c for c in verdict.subjects[id].chosen}
        failing = [c for r, c in chosen.items() if c.service is None and r not in self.others_empty]
        if not failing:
            return None
        subject, stated = answers.subjects[id], frozenset(answers.of(id))
        values = known_subject(answers, subject, _computes(verdict), verdict.workload).values
        ends = DeadEnds(subject, self.tables, lambda when: self._reads(when, stated))
        reads = [end for one in failing if (end := ends.of(values, one.table.role.id)) is not None]
        if reads:
            return min(reads, key=len)
        found = dict.fromkeys(ends.of(values, None) or ())
        if self.others_empty:
            found |= dict.fromkeys(ends.alone(failing[0], chosen))
        return tuple(read for read in found if isinstance(read, int))

    def _after(self, changes: Mapping[Place, Any]) -> Verdict:
        """Return the verdict after changes, in which only the subject is decided again if only its own answers changed."""
        id = self.context.id
        own = {field: value for (subject, field), value in changes.items() if subject == id}
        wide = {field: value for (subject, field), value in changes.items() if subject == WORKLOAD}
        answers = self.verdict.answers.changed(id, own)
        if wide:
            return decide_workload(answers.changed(WORKLOAD, wide), self.context.dated)
        decided = decide_subject(
            answers, answers.subjects[id], _computes(self.verdict), self.verdict.workload, self.tables
        )
        return Verdict(answers, self.verdict.workload, {**self.verdict.subjects, id: decided})

    def _reads(self, when: Condition, stated: frozenset[str]) -> Read:
        """Return the stated answers, as numbers, and the roles on which a condition depends."""
        key = stated, id(when)
        kept = self.kept_reads.get(key)
        if kept is None:
            facts = dict.fromkeys(fact for atom in when for fact in self._behind(atom.field, stated))
            kept = self.kept_reads[key] = tuple(read for fact in facts for read in self._read(fact))
        return kept

    def _behind(self, fact: str, stated: frozenset[str]) -> Iterator[str]:
        """Yield a fact, those from which it follows, and those for which its question is asked at all."""
        for one in behind(fact, stated):
            yield one
            for other in field_of(self.context.kind, one).applies if one in stated else ():
                yield from behind(other, stated)

    def _read(self, fact: str) -> Iterator[int | str]:
        if any(fact == table.role.id for table in self.tables):
            yield fact
        for place in self._places(fact):
            if place not in self.numbers:
                self.numbers[place] = len(self.options)
                self.options.append(_others(self.verdict, self.context, place))
            yield self.numbers[place]

    def _places(self, fact: str) -> Iterator[Place]:
        """Yield the stated answers of which a fact is one."""
        answers = self.verdict.answers
        if fact in BY_FACT:
            yield from ((s, fact) for s in (self.context.id, WORKLOAD) if answers.of(s).get(fact))
            return
        name = fact.removeprefix("workload.")
        subject = WORKLOAD if name != fact else self.context.id
        asked = any(field.id == name for field in FIELDS[kind_of(self.verdict, subject)])
        if asked and name in answers.of(subject) and fact not in self.started:
            yield subject, name


def _computes(verdict: Verdict) -> Services:
    subjects = verdict.subjects.items()
    return {id: one.services.get("compute") for id, one in subjects if one.subject.kind == "component"}


def _others(verdict: Verdict, context: SubjectContext, place: Place) -> tuple[Any, ...]:
    """Return the other answers to a question, of options the usual one first, and last None, which takes the answer back,
    where whatever is answered starts the component."""
    others = other_answers(context.dated, verdict, *place)
    subject, field = place
    question = field_of(kind_of(verdict, subject), field)
    if question.kind == "choice":  # options are in no order of size, so none is near to another
        others = tuple(sorted(others, key=lambda value: value != question.default))
    unstated = context.kind == "component" and "trigger" not in verdict.answers.of(subject)
    return (*others, None) if subject and unstated and field in STARTED_BY and None not in others else others
