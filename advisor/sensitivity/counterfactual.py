"""Counterfactuals: the smallest set of changed answers with which a service would be chosen, or the rule that excludes it.

For each limit or rule that excludes the service, at least one of the facts that it compares has to change. Only those
facts are tried, fewest changes first, so the search is exact up to its maximum number of changes. A changed answer that
only demands more, or that hardly any workload has, is not tried.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from advisor.book import Book, DatedBook
from advisor.book.condition import Atom
from advisor.decision import Ground
from advisor.requirements.answers import WORKLOAD, Answers, differences
from advisor.sensitivity.cells import field_of, kind_of, other_answers, value_of
from advisor.sensitivity.realistic import is_realistic
from advisor.verdict import Chosen, Verdict, decide_workload, revised
from advisor.verdict.origins import behind
from advisor.verdict.proof import prove
from advisor.verdict.rule_matrix import PRIORITIES, Entry, RuleTable, rule_tables
from advisor.vocabulary import FIELDS
from advisor.vocabulary.demands import BY_FACT

Change = tuple[str, str, Any]
MOST_CHANGES = 4
_MOST_TRIED = 4000


class WhyNot(NamedTuple):
    """The changes with which a service would be chosen for a role of a subject.

    `chosen` is the service that is now chosen for the role (None: no service, or no such role). `changes` are (subject,
    field, value): with all of them the service is chosen; subject "" is the workload, and the field "pins" removes a
    pin. It is None if no small set of realistic changes is sufficient; `against` are then the limits and rules that exclude the
    service.
    """

    subject: str
    role: str
    service: str
    chosen: str | None
    changes: tuple[Change, ...] | None
    against: tuple[Ground, ...]


def why_not(dated: DatedBook, verdict: Verdict, service: str) -> tuple[WhyNot, ...]:
    """Return the required changes for each service that could fill a role, fewest changes first.

    Empty when no subject has a role for it. KeyError when the catalogue does not know it.
    """
    if service not in dated.book.services:
        raise KeyError(service)
    answers = [
        _why_not(dated, verdict, subject.id, table, service)
        for subject in verdict.answers.subjects.values()
        for table in rule_tables(dated)[subject.kind]
        if service in table.role.candidates
    ]
    return tuple(sorted(answers, key=lambda w: MOST_CHANGES + 1 if w.changes is None else len(w.changes)))


def why_not_for(dated: DatedBook, verdict: Verdict, subject: str, role: str, service: str) -> WhyNot:
    """Return the changes with which a service would be chosen for a role. Raises StopIteration for an unknown role."""
    kind = verdict.answers.subjects[subject].kind
    table = next(table for table in rule_tables(dated)[kind] if table.role.id == role)
    return _why_not(dated, verdict, subject, table, service)


def _why_not(dated: DatedBook, verdict: Verdict, subject: str, table: RuleTable, service: str) -> WhyNot:
    role = table.role.id
    now = verdict.subjects[subject].services.get(role)
    start, taken_back = _unpinned(dated, verdict, subject, role, service)
    search = Search(dated, verdict.answers, subject, table, service, realistic=True)
    changes = () if now == service else search.run(start, taken_back)
    return WhyNot(
        subject=subject,
        role=role,
        service=service,
        chosen=now,
        changes=changes,
        against=_against(dated.book, verdict, subject, role, service),
    )


def _unpinned(
    dated: DatedBook, verdict: Verdict, subject: str, role: str, service: str
) -> tuple[Verdict, tuple[Change, ...]]:
    answered = verdict.answers.subjects[subject]
    if answered.pins.get(role, service) == service:
        return verdict, ()
    pins = {other: pinned for other, pinned in answered.pins.items() if other != role}
    subjects = {**verdict.answers.subjects, subject: replace(answered, pins=pins)}
    return decide_workload(Answers(verdict.answers.workload, subjects), dated), ((subject, "pins", role),)


def _against(book: Book, verdict: Verdict, subject: str, role: str, service: str) -> tuple[Ground, ...]:
    chosen = _chosen(verdict, subject, role)
    if chosen is None:
        return ()
    candidate = next(c for c in prove(book, verdict.subjects[subject], chosen) if c.service == service)
    return tuple(g for g in candidate.grounds if g.spoke and g.effect == "rules-out")


def _chosen(verdict: Verdict, subject: str, role: str) -> Chosen | None:
    return next((c for c in verdict.subjects[subject].chosen if c.table.role.id == role), None)


class Search:
    """The search for the smallest set of changed answers with which a service is chosen for a role of a subject.

    All answers are tried, or only realistic ones, which can be proposed.
    """

    def __init__(
        self,
        dated: DatedBook,
        answers: Answers,
        subject: str,
        table: RuleTable,
        service: str,
        *,
        realistic: bool = False,
    ) -> None:
        self.dated, self.realistic = dated, realistic
        self.subject, self.table, self.service = subject, table, service
        self.tables = {t.role.id: t for t in rule_tables(dated)[table.role.subject]}
        self.tried = 0
        self.start = answers

    def run(
        self, verdict: Verdict, before: tuple[Change, ...], most_changes: int = MOST_CHANGES
    ) -> tuple[Change, ...] | None:
        """Return the smallest set of changes, or None if no set of at most that many is sufficient."""
        if self.service in self.table.unavailable:
            return None
        if self._wins(verdict):
            return before
        for most in range(1, most_changes + 1):
            changes = self._deepen(verdict, before, most)
            if changes is not None:
                return changes
        return None

    def _wins(self, verdict: Verdict) -> bool:
        return verdict.subjects[self.subject].services.get(self.table.role.id) == self.service

    def _deepen(self, verdict: Verdict, changes: tuple[Change, ...], remaining: int) -> tuple[Change, ...] | None:
        for subject, field in dict.fromkeys(self._places(verdict, self.table, self.service)):
            if any((subject, field) == change[:2] for change in changes):
                continue
            question, now = field_of(kind_of(verdict, subject), field), value_of(verdict, subject, field)
            for value in other_answers(self.dated, verdict, subject, field):
                if self.realistic and not is_realistic(question, now, value):
                    continue
                self.tried += 1
                if self.tried > _MOST_TRIED:
                    return None
                then = revised(verdict, subject, {field: value}, self.dated)
                grown = (*changes, (subject, field, value))
                if self._wins(then):
                    pins = tuple(change for change in grown if change[1] == "pins")
                    return (*pins, *differences(self.start, then.answers))
                deeper = self._deepen(then, grown, remaining - 1) if remaining > 1 else None
                if deeper is not None:
                    return deeper
        return None

    def _places(self, verdict: Verdict, table: RuleTable, service: str, depth: int = 0) -> Iterator[tuple[str, str]]:
        """Yield the questions of which at least one needs another answer so that the service is chosen."""
        chosen = _chosen(verdict, self.subject, table.role.id)
        if chosen is None:
            values = verdict.subjects[self.subject].known.values
            unmet = [atom for atom in table.role.when if not atom.holds(values)]
            yield from (place for atom in unmet[:1] for place in self._questions_of(verdict, atom, True, depth))
            return
        blocking = [entry for entry in table.entries_of(chosen.fired) if service in entry.against]
        if blocking:
            entry = min(blocking, key=lambda entry: len(entry.when))
            yield from (place for atom in entry.when for place in self._questions_of(verdict, atom, False, depth))
            return
        yield from self._preferring_questions(verdict, table, chosen, service, depth)

    def _preferring_questions(
        self, verdict: Verdict, table: RuleTable, chosen: Chosen, service: str, depth: int
    ) -> Iterator[tuple[str, str]]:
        """Yield the questions that can bring a candidate that fits before the one that is preferred."""
        rival = chosen.service
        for bit, entry in enumerate(table.entries, 1):
            spoke = bool(chosen.fired >> bit & 1)
            if _matters(entry, spoke, service, rival):
                for atom in entry.when:
                    yield from self._questions_of(verdict, atom, not spoke, depth)
        if table.role.bands:
            yield WORKLOAD, PRIORITIES.removeprefix("workload.")

    def _questions_of(self, verdict: Verdict, atom: Atom, holding: bool, depth: int) -> Iterator[tuple[str, str]]:
        """Yield the questions that determine a fact; for an earlier choice those that decide it."""
        if atom.field in self.tables:
            if depth < 2:
                table = self.tables[atom.field]
                for other in table.role.candidates:
                    if atom.holds({atom.field: other}) == holding:
                        yield from self._places(verdict, table, other, depth + 1)
            return
        if atom.field in BY_FACT:
            yield from ((s, atom.field) for s in (self.subject, WORKLOAD) if verdict.answers.of(s).get(atom.field))
            return
        name = atom.field.removeprefix("workload.")
        subject = WORKLOAD if name != atom.field else self.subject
        askable = {f.id for f in FIELDS[kind_of(verdict, subject)] if f.kind not in ("link", "links", "text")}
        askable -= {f.id for f in FIELDS[kind_of(verdict, subject)] if f.demand} - verdict.answers.of(subject).keys()
        stated = verdict.answers.of(subject)
        # What an open question is filled in from matters where it is answered; else the question itself is asked.
        direct = {*behind(name, askable)}
        for field in behind(name, stated):
            if field in askable and (holding or field in direct or field in stated):
                yield subject, field


def _matters(entry: Entry, spoke: bool, service: str, rival: str | None) -> bool:
    """Return whether an entry could change which of two is ahead: by no longer applying, or by applying."""
    if spoke:
        return rival in entry.favours and service not in entry.favours
    return rival in entry.against or (service in entry.favours and rival not in entry.favours)
