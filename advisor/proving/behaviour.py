"""Checks on random workloads: limits, hard requirements, order, monotonicity and joint choices."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from typing import Any

from advisor.book import DatedBook
from advisor.proving.drawing import SUBJECT, Drawer, situate
from advisor.proving.finding import Checked, Finding
from advisor.proving.independent import broken, unmet
from advisor.requirements.answers import WORKLOAD, Answers
from advisor.sensitivity.cells import cells, field_of
from advisor.text import Text
from advisor.verdict import decide_workload, revised
from advisor.verdict.derived_facts import known_subject, known_workload
from advisor.verdict.needs import derive
from advisor.verdict.rule_matrix import PRIORITIES, RuleTable
from advisor.vocabulary.demands import DEMAND_FLAGS

WORKLOADS = 10_000
_ORDERED = 1500
_DEMANDING = 9000
_MONOTONE = 150
_JOINT = 600


def drawn_answers(drawn: dict[str, Drawer], count: int, seed: int) -> Iterator[Answers]:
    """Yield drawn workloads: one subject of a random kind with up to twelve answers, and the subjects linked to it."""
    kinds = random.Random(seed)
    for _ in range(count):
        drawer = drawn[kinds.choice(("component", "component", "channel", "store"))]
        facts = drawer.facts({}, noise=kinds.randint(0, 12))
        yield situate(drawer.space.kind, drawer.space.fields, facts)


def limits_kept(drawn: dict[str, Drawer], dated: DatedBook) -> Checked:
    """No verdict breaks a limit of a service that it chose, by an independent reading of the facts."""
    findings: list[Finding] = []
    for answers in drawn_answers(drawn, WORKLOADS, 11):
        services = decide_workload(answers, dated).services
        for sentence in broken(answers, services, dated):
            findings.append(Finding(Text.same(sentence), answers))
    claim = Text(
        "no decision breaks a limit of the service that it chooses",
        "選定したサービスの上限を超える、または下限を下回る決定がない",
    )
    return Checked("limits", claim, _workloads(WORKLOADS), tuple(findings))


def demands_met(drawn: dict[str, Drawer], dated: DatedBook) -> Checked:
    """No chosen service has a property that a hard requirement on its subject or the workload excludes."""
    findings: list[Finding] = []
    draw = random.Random(23)
    for answers in drawn_answers(drawn, _DEMANDING, 17):
        subject = answers.subjects[SUBJECT]
        demanding = answers
        for flag in draw.sample(DEMAND_FLAGS[subject.kind], draw.randint(1, 2)):
            demanding = demanding.changed(draw.choice((WORKLOAD, SUBJECT)), {flag.id: True})
        services = decide_workload(demanding, dated).services
        findings += [Finding(Text.same(sentence), demanding) for sentence in unmet(demanding, services, dated)]
    claim = Text("no decision violates a mandatory requirement", "必須条件に反する決定がない")
    return Checked("demands", claim, _workloads(_DEMANDING), tuple(findings))


def order_has_no_weight(drawn: dict[str, Drawer], dated: DatedBook) -> Checked:
    """The order in which rules, services and limits are written changes no verdict."""
    book = dated.book
    services = {
        id: replace(s, limits=s.limits[::-1], properties=s.properties[::-1])
        for id, s in reversed(list(book.services.items()))
    }
    shuffled = random.Random(5).sample(book.rules, len(book.rules))
    turned = [replace(book, rules=book.rules[::-1], services=services), replace(book, rules=tuple(shuffled))]
    others = [DatedBook(other, dated.as_of) for other in turned]
    findings = []
    for answers in drawn_answers(drawn, _ORDERED, 13):
        now = decide_workload(answers, dated).services
        if any(decide_workload(answers, other).services != now for other in others):
            findings.append(
                Finding(
                    Text("The decision depends on the order of the rules.", "ルールの並び順によって選定が変わります。"),
                    answers,
                )
            )
    claim = Text("the order of the rules does not affect the decision", "ルールの並び順が選定に影響しない")
    return Checked("order", claim, _workloads(_ORDERED), tuple(findings))


def monotone(drawn: dict[str, Drawer], dated: DatedBook) -> Checked:
    """A service with `never_better` is not chosen again as the quantity grows."""
    findings: list[Finding] = []
    count = 0
    for role in dated.book.roles:
        for service, field in role.never_better:
            for answers in _lively(drawn[role.subject], role.id, service):
                count += 1
                findings += _better(answers, dated, role.id, service, field)
    looked_at = Text(f"{count} workloads over all cells", f"ワークロード {count} 件の全セル")
    claim = Text(
        "a stricter requirement never brings an excluded service back",
        "要件を厳しくしても、除外されたサービスが再び選ばれない",
    )
    return Checked("monotone", claim, looked_at, tuple(findings))


def _lively(drawer: Drawer, role: str, service: str) -> Iterator[Answers]:
    won = drawer.library.get((role, service), {})
    for number in range(_MONOTONE):
        facts = drawer.facts({}, noise=number % 8)
        yield situate(drawer.space.kind, drawer.space.fields, {**won, **facts} if number % 2 else facts)


def _better(answers: Answers, dated: DatedBook, role: str, service: str, field: str) -> Iterator[Finding]:
    verdict = decide_workload(answers, dated)
    kind = answers.subjects[SUBJECT].kind
    lost_at: dict[tuple[str | None, ...], float] = {}
    for cell in cells(dated, verdict, SUBJECT, field_of(kind, field)):
        found = revised(verdict, SUBJECT, {field: cell.sample}, dated).subjects[SUBJECT]
        services = found.services
        if None in services.values():
            continue  # A conflict is no choice: it keeps the best of each role, whatever the others can do with it.
        # Under another compute service an engine has other limits, so like is compared with like.
        under = tuple(services[one] for one in takewhile(lambda one: one != role, services))
        if services.get(role) != service:
            if role in services:
                lost_at.setdefault(under, cell.sample)
        elif under in lost_at and not found.of_role(role).passed:
            # What is chosen because a later role would have no service with the others is no better than before.
            lost = lost_at[under]
            yield Finding(
                Text(
                    f"{service} is not chosen as {role} at {field} {lost:g}, but is chosen again at {cell.sample:g}.",
                    f"{field} が {lost:g} では {service} が {role} に選ばれないのに、{cell.sample:g} では選ばれます。",
                ),
                answers.changed(SUBJECT, {field: cell.sample}),
            )
            return


def joint_choices(drawn: dict[str, Drawer], dated: DatedBook) -> Checked:
    """Roles decided together: all combinations are enumerated, and the verdict is the first that leaves none empty."""
    findings: list[Finding] = []
    count = 0
    for answers in drawn_answers(drawn, _JOINT, 17):
        decided = decide_workload(answers, dated).subjects[SUBJECT]
        drawer = drawn[decided.subject.kind]
        values = _start(answers, dated)
        ways = list(_ways(drawer.space.tables, decided.subject.kind, values))
        count += len(ways)
        best = min(ways, key=lambda way: [rank for _, rank in way]) if ways else None
        services = {role: service for (role, service), _ in best} if best else None
        if (services is None) != (None in decided.services.values()) or (services and services != decided.services):
            findings.append(
                Finding(
                    Text(
                        "Another combination of services fits better.",
                        "より評価点の高いサービスの組み合わせがあります。",
                    ),
                    answers,
                )
            )
    claim = Text("roles that constrain each other are decided together", "互いに制約する選定項目を同時に決定する")
    return Checked("joint", claim, Text(f"{count} ways to fill the roles", f"組み合わせ {count} 通り"), tuple(findings))


def _start(answers: Answers, dated: DatedBook) -> dict[str, Any]:
    verdict = decide_workload(answers, dated)
    computes = {id: s.services.get("compute") for id, s in verdict.subjects.items() if id != SUBJECT}
    return known_subject(answers, answers.subjects[SUBJECT], computes, known_workload(answers.workload)).values


def _ways(
    role_tables: tuple[RuleTable, ...], kind: str, values: dict[str, Any]
) -> Iterator[list[tuple[tuple[str, str], int]]]:
    """Yield every combination of possible services for the roles, with the rank of each."""
    if not role_tables:
        yield []
        return
    table, rest = role_tables[0], role_tables[1:]
    fired = table.fired(values)
    if not fired:
        yield from _ways(rest, kind, values)
        return
    for rank, service in enumerate(table.outcome(fired, values.get(PRIORITIES) or ()).ranked):
        tried = {**values, table.role.id: service}
        derive(kind, tried)
        for way in _ways(rest, kind, tried):
            yield [((table.role.id, service), rank), *way]


def _workloads(count: int) -> Text:
    return Text(f"{count:,} drawn workloads", f"生成したワークロード {count:,} 件")
