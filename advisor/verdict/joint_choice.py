"""Computes the verdict: the service for each role of each subject. Pure and total; produces no text.

The roles of a subject are decided together: the earliest role keeps its best candidate that leaves every later role
something that fits, and with which specified services fit. If no combination does so, specified services need not fit. Where a
role stays empty then, each role takes its own best, and the empty ones are conflicts.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from advisor.book import DatedBook
from advisor.requirements import SUBJECT_KINDS
from advisor.requirements.answers import WORKLOAD, AnsweredSubject, Answers
from advisor.requirements.orchestration import calling_each_other
from advisor.verdict.arrivals import fed_by
from advisor.verdict.derived_facts import known_subject, known_workload
from advisor.verdict.direct_uploads import UPLOADED_BY
from advisor.verdict.known import Known
from advisor.verdict.needs import derive
from advisor.verdict.rule_matrix import PRIORITIES, Outcome, RuleTable, rule_tables
from advisor.vocabulary.demands import BY_FACT

Services = dict[str, str | None]


class Chosen(NamedTuple):
    """The choice of one role, the entries of its table that apply, and the candidates passed over for later roles."""

    table: RuleTable
    service: str | None
    pinned: bool
    fired: int
    outcome: Outcome
    passed: tuple[str, ...]


class SubjectVerdict(NamedTuple):
    """The services of one subject in the order of its roles, and the facts after these choices."""

    subject: AnsweredSubject
    known: Known
    chosen: tuple[Chosen, ...]

    @property
    def services(self) -> Services:
        """The chosen service by role, or None if nothing fits."""
        return {c.table.role.id: c.service for c in self.chosen}

    def of_role(self, role: str) -> Chosen:
        """Return the choice of a role. Raises KeyError if the subject has no such role."""
        for chosen in self.chosen:
            if chosen.table.role.id == role:
                return chosen
        raise KeyError(role)


class Verdict(NamedTuple):
    """The verdict on a workload; `workload` are the facts of the whole workload."""

    answers: Answers
    workload: Known
    subjects: Mapping[str, SubjectVerdict]

    @property
    def services(self) -> dict[str, Services]:
        """The chosen services by subject and role."""
        return {id: subject.services for id, subject in self.subjects.items()}


def decide_workload(answers: Answers, dated: DatedBook) -> Verdict:
    """Return the verdict on answers by a rule book as of a day."""
    workload = known_workload(answers.workload)
    role_tables = rule_tables(dated)
    computes: Services = {}
    decided = {}
    for kind in SUBJECT_KINDS:
        for subject in answers.of_kind(kind):
            decided[subject.id] = decide_subject(answers, subject, computes, workload, role_tables[kind])
            if kind == "component":
                computes[subject.id] = decided[subject.id].services.get("compute")
    return Verdict(answers, workload, decided)


def decide_subject(
    answers: Answers, subject: AnsweredSubject, computes: Services, workload: Known, role_tables: tuple[RuleTable, ...]
) -> SubjectVerdict:
    """Return the verdict on one subject; `computes` holds the compute service of every component decided so far."""
    facts = known_subject(answers, subject, computes, workload)
    start = dict(facts.values)
    chosen = _greedy(subject, role_tables, facts.values)
    if any(c.service not in c.outcome.ranked for c in chosen):
        joint = _jointly(subject, role_tables, start, pins_fit=True)
        if joint is None and any(c.service is None for c in chosen):
            joint = _jointly(subject, role_tables, start, pins_fit=False)
        if joint is not None:
            values, joint_choices = joint
            facts = Known(values, facts.assumed, facts.because)
            chosen = joint_choices
    return SubjectVerdict(subject, facts, tuple(chosen))


def _greedy(subject: AnsweredSubject, role_tables: tuple[RuleTable, ...], values: dict[str, Any]) -> list[Chosen]:
    """Return each role its own best; adds the choices to `values`."""
    chosen = []
    priorities = values.get(PRIORITIES) or ()
    for table in role_tables:
        fired = table.fired(values)
        if fired:
            outcome = table.outcome(fired, priorities)
            pin = subject.pins.get(table.role.id)
            service = pin or (outcome.ranked[0] if outcome.ranked else None)
            _apply_choice(subject.kind, values, table.role.id, service)
            chosen.append(Chosen(table, service, pin is not None, fired, outcome, ()))
    return chosen


def _apply_choice(kind: str, values: dict[str, Any], role: str, service: str | None) -> None:
    values[role] = service
    if role in ("compute", "store"):
        derive(kind, values)


def _jointly(
    subject: AnsweredSubject, role_tables: tuple[RuleTable, ...], values: dict[str, Any], at: int = 0, *, pins_fit: bool
) -> tuple[dict[str, Any], list[Chosen]] | None:
    """Return the first choice of all roles, in order of preference, that leaves none empty, or None if there is none.

    With `pins_fit`, specified services meet every requirement too.
    """
    priorities = values.get(PRIORITIES) or ()
    for number in range(at, len(role_tables)):
        table = role_tables[number]
        fired = table.fired(values)
        if not fired:
            continue
        outcome = table.outcome(fired, priorities)
        pin = subject.pins.get(table.role.id)
        if pins_fit and pin and pin not in outcome.ranked:
            return None
        for service in (pin,) if pin else outcome.ranked:
            tried = dict(values)
            _apply_choice(subject.kind, tried, table.role.id, service)
            rest = _jointly(subject, role_tables, tried, number + 1, pins_fit=pins_fit)
            if rest is not None:
                passed = outcome.ranked[: outcome.ranked.index(service)] if service in outcome.ranked else ()
                chosen = Chosen(table, service, pin is not None, fired, outcome, () if pin else passed)
                return rest[0], [chosen, *rest[1]]
        return None
    return values, []


def revised(before: Verdict, subject: str, changes: Mapping[str, Any], dated: DatedBook) -> Verdict:
    """Return the verdict after some answers about a subject changed; only affected subjects are decided again."""
    answers = before.answers.changed(subject, changes)
    role_tables = rule_tables(dated)
    workload, again = before.workload, {subject}
    if subject == WORKLOAD:
        workload = known_workload(answers.workload)
        kinds = {kind for kind in SUBJECT_KINDS if _reads(dated, kind, changes)}
        again = {id for id, other in answers.subjects.items() if other.kind in kinds}
    elif answers.subjects[subject].kind != "component":
        again |= {c.id for c in answers.of_kind("component") if c.names(subject)}
    if subject != WORKLOAD:
        again |= {*fed_by(answers, subject), *calling_each_other(answers, subject)}
    if not changes.keys().isdisjoint(UPLOADED_BY):
        again |= {*answers.of(subject).get("writes", ())}
    computes: Services = {id: s.services.get("compute") for id, s in before.subjects.items()}
    decided = dict(before.subjects)
    for id, other in answers.subjects.items():
        if id in again and other.kind == "component":
            decided[id] = decide_subject(answers, other, computes, workload, role_tables["component"])
    now: Services = {id: s.services.get("compute") for id, s in decided.items()}
    for id, other in answers.subjects.items():
        if other.kind != "component" and (id in again or now != computes):
            decided[id] = decide_subject(answers, other, now, workload, role_tables[other.kind])
    return Verdict(answers, workload, decided)


def _reads(dated: DatedBook, kind: str, changes: Mapping[str, Any]) -> bool:
    """Return whether the rules of a kind of subject read changed answers about the workload."""
    key = f"read by {kind}"
    read = dated.kept.get(key)
    if read is None:
        columns = (column for table in rule_tables(dated)[kind] for column in table.columns)
        read = dated.kept[key] = frozenset({PRIORITIES, *(column.field for column in columns)})
    return any(f"workload.{field}" in read or (field in BY_FACT and field in read) for field in changes)
