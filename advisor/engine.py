"""The engine: requirements and rule book to a decision. Pure, total and deterministic; no clock, no network.

For each role of each subject every candidate is held against the dated limits of its service and the rules of the
role; what is left is ordered by preference rules, then by the role's order of candidates.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from advisor.book import Book, Limit, Role, Rule
from advisor.condition import holds
from advisor.decision import (
    Assumption,
    Choice,
    Conflict,
    Decision,
    Reason,
    Rejected,
    SubjectDecision,
    Warning,
)
from advisor.derive import ORIGIN, Known, derive, describe, known
from advisor.requirements import SUBJECT_KINDS, Requirements, RequirementsError, Subject
from advisor.text import Text, spaced
from advisor.units import convert, words
from advisor.vocabulary import FIELDS


@dataclass
class _Case:
    """One subject while it is being decided."""

    book: Book
    as_of: str
    kind: str
    subject: Subject
    known: Known
    read: set[str]


def decide(requirements: Requirements, book: Book, as_of: str | None = None) -> Decision:
    """Return the decision on `requirements` as of an ISO date (default: the book's newest check date).

    RequirementsError when a pin names a role or service that does not exist.
    """
    date = as_of or book.newest
    _check_pins(requirements, book)
    computes: dict[str, str | None] = {}
    subjects: list[SubjectDecision] = []
    assumptions: list[Assumption] = []
    warnings: list[Warning] = []
    conflicts: list[Conflict] = []
    for kind in SUBJECT_KINDS:
        for subject in requirements.of_kind(kind):
            case = _Case(book, date, kind, subject, known(requirements, kind, subject, computes), set())
            choices = tuple(_choices(case, conflicts, warnings))
            decided = SubjectDecision(subject.id, kind, subject.name, choices)
            computes[subject.id] = decided.service("compute")
            subjects.append(decided)
            assumptions += _assumptions(case)
    return Decision(tuple(subjects), tuple(assumptions), tuple(warnings), tuple(conflicts))


def _check_pins(requirements: Requirements, book: Book) -> None:
    problems = []
    for kind, subject in requirements.subjects():
        roles = {role.id: role for role in book.roles_of(kind)}
        for role, service in subject.pins.items():
            if role not in roles:
                problems.append(_not_allowed(f"{subject.id}.pins", role, list(roles)))
            elif service not in roles[role].candidates:
                problems.append(_not_allowed(f"{subject.id}.pins.{role}", service, list(roles[role].candidates)))
    if problems:
        raise RequirementsError(tuple(problems))


def _not_allowed(where: str, value: str, allowed: list[str]) -> Text:
    listed = ", ".join(allowed)
    shown = value[:60]
    return Text(
        f'{where}: "{shown}" is not one of: {listed}.', f"{where}: 「{shown}」は使えません。使える値: {listed}。"
    )


def _choices(case: _Case, conflicts: list[Conflict], warnings: list[Warning]) -> Iterator[Choice]:
    values = case.known.values
    made: list[Choice] = []
    for role in case.book.roles_of(case.kind):
        case.read |= {atom.field for atom in role.when}
        if not holds(role.when, values):
            continue
        choice = _choose(case, role)
        values[role.id] = choice.service
        derive(case.kind, values)
        if choice.service is None:
            conflicts.append(_conflict(case, role, choice, made))
        else:
            warnings += _warnings(case, role, choice.service)
        made.append(choice)
        yield choice


def _choose(case: _Case, role: Role) -> Choice:
    values = case.known.values
    fired = [rule for rule in case.book.rules_of(role.id) if holds(rule.when, values)]
    for rule in case.book.rules_of(role.id):
        case.read |= {atom.field for atom in rule.when}
    against = {service: tuple(_against(case, role, service, fired)) for service in role.candidates}
    pin = case.subject.pins.get(role.id)
    possible = [service for service in role.candidates if not against[service]]
    preferred = {s: sum(s in r.services for r in fired if r.effect == "prefer") for s in possible}
    ranked = sorted(possible, key=lambda s: (-preferred[s], role.candidates.index(s)))
    winner = pin or (ranked[0] if ranked else None)
    rejected = tuple(
        Rejected(s, against[s] or (_behind(case, role, s, winner),), not against[s])
        for s in role.candidates
        if s != winner
    )
    because = tuple(_for(case, role, winner, fired, pinned=pin is not None)) if winner else ()
    violates = against[pin] if pin else ()
    return Choice(role.id, winner, pin is not None, because, rejected, violates)


def _against(case: _Case, role: Role, service: str, fired: list[Rule]) -> Iterator[Reason]:
    known_service = case.book.services.get(service)
    for limit in known_service.limits if known_service else ():
        if limit.role == role.id and not _kept(case, limit):
            yield _limit_reason(case, service, limit, kept=False)
    for rule in fired:
        if rule.effect == "reject" and service in rule.services:
            yield _rule_reason(case, rule)
        if rule.effect == "require" and service not in rule.services:
            yield _rule_reason(case, rule)


def _for(case: _Case, role: Role, service: str, fired: list[Rule], *, pinned: bool) -> Iterator[Reason]:
    if pinned:
        yield Reason("pin", Text("You asked for it to be used.", "利用するよう指定されています。"))
    for rule in fired:
        if rule.effect in ("require", "prefer") and service in rule.services:
            yield _rule_reason(case, rule)
    known_service = case.book.services.get(service)
    if known_service is None:
        return
    for limit in known_service.limits:
        stated = limit.field in case.known.values and limit.field not in case.known.assumed
        if limit.role == role.id and stated and _kept(case, limit):
            yield _limit_reason(case, service, limit, kept=True)
    yield Reason("solves", known_service.solves)


def _bound(case: _Case, limit: Limit) -> tuple[float, str] | None:
    fact = case.book.facts[limit.fact]
    value = fact.value(case.as_of)
    return None if value is None else (float(value), fact.unit)


def _unit(kind: str, field: str) -> str:
    return next((f.unit for f in FIELDS[kind] if f.id == field), "count")


def _kept(case: _Case, limit: Limit) -> bool:
    case.read.add(limit.field)
    actual = case.known.values.get(limit.field)
    bound = _bound(case, limit)
    if actual is None or bound is None:
        return True
    threshold = convert(bound[0], bound[1], _unit(case.kind, limit.field))
    return bool(actual <= threshold if limit.relation == "at_most" else actual >= threshold)


def _limit_reason(case: _Case, service: str, limit: Limit, *, kept: bool) -> Reason:
    fact = case.book.facts[limit.fact]
    bound = _bound(case, limit) or (0.0, fact.unit)
    title, value = describe(case.kind, limit.field, case.known.values.get(limit.field))
    most = words(*bound)
    name = case.book.services[service].name
    en, ja = _LIMIT_WORDS[(limit.relation, kept)]
    sentence = Text(
        en.format(field=title.en, value=value.en, service=name.en, limit=most.en),
        ja.format(field=title.ja, value=value.ja, service=name.ja, limit=most.ja),
    )
    return Reason(fact.id, spaced(sentence), fact.source)


_LIMIT_WORDS = {
    ("at_most", True): (
        "{field}: {value} is within the {limit} that {service} allows.",
        "{field}は{value}で、{service}の上限 {limit}以内です。",
    ),
    ("at_most", False): (
        "{field}: {value} is more than the {limit} that {service} allows.",
        "{field}は{value}で、{service}の上限 {limit}を超えます。",
    ),
    ("at_least", True): (
        "{field}: {value} is no less than the {limit} that {service} needs.",
        "{field}は{value}で、{service}の下限 {limit}以上です。",
    ),
    ("at_least", False): (
        "{field}: {value} is less than the {limit} that {service} needs.",
        "{field}は{value}で、{service}の下限 {limit}を下回ります。",
    ),
}


def _rule_reason(case: _Case, rule: Rule) -> Reason:
    return Reason(rule.id, fill(case.kind, rule.because, case.known.values, case.book), rule.source)


def fill(kind: str, text: Text, values: dict[str, Any], book: Book) -> Text:
    """Return a sentence with its `{fact}` placeholders replaced by the subject's own values, in words."""
    en, ja = text.en, text.ja
    for id, value in values.items():
        if "{" + id + "}" not in text.en + text.ja:
            continue
        service = book.services.get(str(value))
        worded = service.name if service and id in {r.id for r in book.roles} else describe(kind, id, value)[1]
        en, ja = en.replace("{" + id + "}", worded.en), ja.replace("{" + id + "}", worded.ja)
    return Text(en, ja)


def _name(book: Book, service: str | None) -> Text:
    if service is None or service not in book.services:
        return Text("no function between", "関数を挟まない直接統合") if service == "none" else Text.same(str(service))
    return book.services[service].name


def _behind(case: _Case, role: Role, service: str, winner: str | None) -> Reason:
    first, own = _name(case.book, winner), _name(case.book, service)
    if winner is not None and winner == case.subject.pins.get(role.id):
        words_ = Text(
            f"{own.en} fits too, but {first.en} was asked for.",
            f"{own.ja}も適合しますが、{first.ja}が指定されています。",
        )
        return Reason("pinned-ahead", spaced(words_))
    sentence = Text(
        f"{own.en} fits too; {first.en} is preferred here.",
        f"{own.ja}も適合しますが、ここでは{first.ja}を優先します。",
    )
    return Reason("order", spaced(sentence))


def _conflict(case: _Case, role: Role, choice: Choice, earlier: list[Choice]) -> Conflict:
    fields: dict[str, None] = {}
    for rejected in choice.rejected:
        for reason in rejected.because:
            fields |= dict.fromkeys(_involved(case, role, rejected.service, reason, earlier))
    parts = [describe(case.kind, f, case.known.values[f]) for f in fields]
    en = "; ".join(f"{title.en}: {value.en}" for title, value in parts)
    ja = "、".join(f"{title.ja}: {value.ja}" for title, value in parts)
    return Conflict(
        case.subject.id, role.id, tuple(fields),
        Text(
            f"{case.subject.name.en}: nothing fits as {role.title.en.lower()}. These cannot be met together: {en}.",
            f"{case.subject.name.ja}: {role.title.ja}に適合するものがありません。次を同時に満たせません: {ja}。",
        ),
    )  # fmt: skip


def _involved(case: _Case, role: Role, service: str, reason: Reason, earlier: list[Choice]) -> Iterator[str]:
    """Give the stated facts behind a rejection; behind an earlier choice stand the facts that led to it."""
    rule = next((r for r in case.book.rules_of(role.id) if r.id == reason.id), None)
    known_service = case.book.services.get(service)
    limits = known_service.limits if known_service else ()
    read = [atom.field for atom in rule.when] if rule else [li.field for li in limits if li.fact == reason.id]
    for field in read:
        led = next((c for c in earlier if c.role == field), None)
        if led is not None:
            for because in (*led.because, *(r for other in led.rejected if not other.possible for r in other.because)):
                led_role = case.book.role(led.role)
                yield from _involved(case, led_role, "", because, [c for c in earlier if c.role != field])
            continue
        origin = ORIGIN.get(field, field) if field in case.known.assumed else field
        if case.known.values.get(origin) not in (None, ()) and origin not in case.known.assumed:
            yield origin


def _warnings(case: _Case, role: Role, service: str) -> Iterator[Warning]:
    for rule in case.book.rules_of(role.id):
        if rule.effect == "warn" and service in rule.services and holds(rule.when, case.known.values):
            reason = _rule_reason(case, rule)
            yield Warning(case.subject.id, role.id, rule.id, reason.sentence, reason.source)


def _assumptions(case: _Case) -> Iterator[Assumption]:
    for id in case.known.values:
        if id in case.known.assumed and id in case.read:
            title, value = describe(case.kind, id, case.known.values[id])
            yield Assumption(case.subject.id, id, Text(f"{title.en}: {value.en}", f"{title.ja}: {value.ja}"))
