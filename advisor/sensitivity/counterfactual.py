"""Why not another service: the smallest set of changed answers with which it would be chosen, or what forbids it.

Every limit or rule that speaks against the service has to be silenced by one of the facts it compares, so only those
are tried, fewest changes first: the search is exact up to the number of changes that it allows.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from advisor.book import Book, DatedBook
from advisor.book.condition import Atom
from advisor.decision import Ground
from advisor.requirements.answers import WORKLOAD, Answers, differences
from advisor.sensitivity.cells import kind_of, other_answers
from advisor.verdict import Chosen, Verdict, revised, verdict
from advisor.verdict.derived_facts import ORIGIN, ORIGINS
from advisor.verdict.proof import prove
from advisor.verdict.rule_matrix import PRIORITIES, Entry, Table, tables
from advisor.vocabulary import FIELDS

Change = tuple[str, str, Any]
_MOST_CHANGES = 4
_MOST_TRIED = 4000


class WhyNot(NamedTuple):
    """What it takes for a service to be chosen for a role of a subject.

    `chosen` is what the role comes to now (None: nothing, or no such role). `changes` are (subject, field, value): with
    all of them the service is chosen; subject "" is the workload, and the field "pins" takes a pin back. None when no
    few changes do it; `against` are then, and now, the limits and rules that rule it out.
    """

    subject: str
    role: str
    service: str
    chosen: str | None
    changes: tuple[Change, ...] | None
    against: tuple[Ground, ...]


def why_not(dated: DatedBook, made: Verdict, service: str) -> tuple[WhyNot, ...]:
    """Return, for each role of each subject that the service could fill, what it takes: the fewest changes first.

    Empty when no subject has a role for it. KeyError when the catalogue does not know it.
    """
    if service not in dated.book.services:
        raise KeyError(service)
    found = [
        _why_not(dated, made, asked.id, table, service)
        for asked in made.answers.subjects.values()
        for table in tables(dated)[asked.kind]
        if service in table.role.candidates
    ]
    return tuple(sorted(found, key=lambda w: _MOST_CHANGES + 1 if w.changes is None else len(w.changes)))


def why_not_for(dated: DatedBook, made: Verdict, subject: str, role: str, service: str) -> WhyNot:
    """Return what it takes for a service to be chosen for one role of one subject; StopIteration when it is no such role."""
    kind = made.answers.subjects[subject].kind
    table = next(table for table in tables(dated)[kind] if table.role.id == role)
    return _why_not(dated, made, subject, table, service)


def _why_not(dated: DatedBook, made: Verdict, subject: str, table: Table, service: str) -> WhyNot:
    role = table.role.id
    now = made.subjects[subject].services.get(role)
    start, taken_back = _unpinned(dated, made, subject, role, service)
    search = Search(dated, made.answers, subject, table, service)
    changes = () if now == service else search.run(start, taken_back)
    return WhyNot(subject, role, service, now, changes, _against(dated.book, made, subject, role, service))


def _unpinned(
    dated: DatedBook, made: Verdict, subject: str, role: str, service: str
) -> tuple[Verdict, tuple[Change, ...]]:
    asked = made.answers.subjects[subject]
    if asked.pins.get(role, service) == service:
        return made, ()
    pins = {other: pinned for other, pinned in asked.pins.items() if other != role}
    subjects = {**made.answers.subjects, subject: replace(asked, pins=pins)}
    return verdict(Answers(made.answers.workload, subjects), dated), ((subject, "pins", role),)


def _against(book: Book, made: Verdict, subject: str, role: str, service: str) -> tuple[Ground, ...]:
    chosen = _chosen(made, subject, role)
    if chosen is None:
        return ()
    candidate = next(c for c in prove(book, made.subjects[subject], chosen) if c.service == service)
    return tuple(g for g in candidate.grounds if g.spoke and g.effect == "rules-out")


def _chosen(made: Verdict, subject: str, role: str) -> Chosen | None:
    return next((c for c in made.subjects[subject].chosen if c.table.role.id == role), None)


class Search:
    """The search for the fewest changed answers with which a service is chosen for a role of a subject."""

    def __init__(self, dated: DatedBook, answers: Answers, subject: str, table: Table, service: str) -> None:
        self.dated = dated
        self.subject, self.table, self.service = subject, table, service
        self.tables = {t.role.id: t for t in tables(dated)[table.role.subject]}
        self.tried = 0
        self.start = answers

    def run(self, made: Verdict, before: tuple[Change, ...]) -> tuple[Change, ...] | None:
        """Return the fewest changes, None when no few do it."""
        if self.service in self.table.unavailable:
            return None
        if self._wins(made):
            return before
        for most in range(1, _MOST_CHANGES + 1):
            found = self._deepen(made, before, most)
            if found is not None:
                return found
        return None

    def _wins(self, made: Verdict) -> bool:
        return made.subjects[self.subject].services.get(self.table.role.id) == self.service

    def _deepen(self, made: Verdict, changes: tuple[Change, ...], left: int) -> tuple[Change, ...] | None:
        for subject, field in dict.fromkeys(self._places(made, self.table, self.service)):
            if any((subject, field) == change[:2] for change in changes):
                continue
            for value in other_answers(self.dated, made, subject, field):
                self.tried += 1
                if self.tried > _MOST_TRIED:
                    return None
                then = revised(made, subject, {field: value}, self.dated)
                grown = (*changes, (subject, field, value))
                if self._wins(then):
                    pins = tuple(change for change in grown if change[1] == "pins")
                    return (*pins, *differences(self.start, then.answers))
                found = self._deepen(then, grown, left - 1) if left > 1 else None
                if found is not None:
                    return found
        return None

    def _places(self, made: Verdict, table: Table, service: str, depth: int = 0) -> Iterator[tuple[str, str]]:
        """Give the questions of which one has to be answered otherwise for the service to be chosen."""
        chosen = _chosen(made, self.subject, table.role.id)
        if chosen is None:
            values = made.subjects[self.subject].known.values
            unmet = [atom for atom in table.role.when if not atom.holds(values)]
            yield from (place for atom in unmet[:1] for place in self._behind(made, atom, True, depth))
            return
        blocking = [entry for entry in table.held(chosen.fired) if service in entry.against]
        if blocking:
            entry = min(blocking, key=lambda entry: len(entry.when))
            yield from (place for atom in entry.when for place in self._behind(made, atom, False, depth))
            return
        yield from self._ahead(made, table, chosen, service, depth)

    def _ahead(
        self, made: Verdict, table: Table, chosen: Chosen, service: str, depth: int
    ) -> Iterator[tuple[str, str]]:
        """Give the questions that can bring a candidate that fits before the one that is preferred."""
        rival = chosen.service
        for bit, entry in enumerate(table.entries, 1):
            spoke = bool(chosen.fired >> bit & 1)
            if _matters(entry, spoke, service, rival):
                for atom in entry.when:
                    yield from self._behind(made, atom, not spoke, depth)
        if table.role.bands:
            yield WORKLOAD, PRIORITIES.removeprefix("workload.")

    def _behind(self, made: Verdict, atom: Atom, wanted: bool, depth: int) -> Iterator[tuple[str, str]]:
        """Give the questions behind a fact; behind an earlier choice stand those that decide it."""
        if atom.field in self.tables:
            if depth < 2:
                table = self.tables[atom.field]
                for other in table.role.candidates:
                    if atom.holds({atom.field: other}) == wanted:
                        yield from self._places(made, table, other, depth + 1)
            return
        name = atom.field.removeprefix("workload.")
        subject = WORKLOAD if name != atom.field else self.subject
        named = {f.id for f in FIELDS[kind_of(made, subject)] if f.kind not in ("link", "links", "text")}
        for field in (name, ORIGIN.get(name, name), *ORIGINS.get(name, ())):
            if field in named:
                yield subject, field


def _matters(entry: Entry, spoke: bool, service: str, rival: str | None) -> bool:
    """Return whether an entry could change who of two is ahead: by falling silent, or by speaking."""
    if spoke:
        return rival in entry.favours and service not in entry.favours
    return rival in entry.against or (service in entry.favours and rival not in entry.favours)
