"""The proof of the rule book: it passes on ours, finds planted faults with a witness, and a solver agrees with its cells."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import starmap
from typing import Any

import pytest
import z3

import rules
from advisor.book import Book, Fact, Rule, dated
from advisor.book.condition import Atom
from advisor.proving import behaviour, reach
from advisor.proving.behaviour import demands_met, drawn_answers, monotone
from advisor.proving.drawing import Drawer, drawers
from advisor.proving.finding import Checked
from advisor.proving.independent import broken
from advisor.proving.reach import gaps, redundant_rules, winners
from advisor.proving.regions import empty_regions
from advisor.proving.run import prove_book, witness_file
from advisor.proving.space import Space
from advisor.proving.structure import contradictions, retired, subsumed
from advisor.requirements.reading import read_requirements
from advisor.verdict import decide_workload
from advisor.verdict.rule_matrix import RuleTable

BOOK = rules.load_book()
KINDS = ("component", "channel", "store")


def test_the_rule_book_is_proven(book: Book) -> None:
    failed = {c.id: [f.sentence.en for f in c.findings] for c in prove_book(book) if c.findings}
    assert failed == {}


def spaces(book: Book) -> dict[str, Space]:
    return {kind: Space(dated(book), kind) for kind in KINDS}


ROLES = [(kind, table.role.id) for kind, space in spaces(BOOK).items() for table in space.tables]


@pytest.mark.parametrize(("kind", "role"), ROLES)
def test_a_solver_agrees_on_where_nothing_fits(kind: str, role: str) -> None:
    """Our regions, and nothing outside of them, leave a role without any candidate, whatever the cost limit of the workload."""
    space = Space(dated(BOOK), kind)
    table = next(t for t in space.tables if t.role.id == role)
    empty = z3.And(_holds(space, table.role.when), *_all_out(space, table))
    solver = z3.SolverFor("QF_FD")
    solver.add(*_domains(space))
    allowed = cache(lambda fact, bits: z3.Or(*(_is(fact, n) for n in range(len(space.values[fact])) if bits >> n & 1)))
    regions = [z3.And(*starmap(allowed, region.items())) for region in empty_regions(space, table)]
    for differing in (z3.And(empty, z3.Not(z3.Or(*regions))), z3.And(z3.Or(*regions), z3.Not(empty))):
        solver.push()
        solver.add(differing)
        assert solver.check() == z3.unsat
        solver.pop()


def _is(fact: str, number: int) -> Any:
    """Return the variable that says that a fact has the value of this number."""
    return z3.Bool(f"{fact} {number}")


def _domains(space: Space) -> Iterator[Any]:
    for fact, values in space.values.items():
        yield z3.PbEq([(_is(fact, n), 1) for n in range(len(values))], 1)
        field = space.fields.get(fact)
        for other, allowed in (field.applies if field else {}).items():
            there = z3.Or(*(_is(fact, n) for n, value in enumerate(values) if value is not None))
            yield z3.Implies(there, z3.Or(*(_is(other, n) for n, v in enumerate(space.values[other]) if v in allowed)))


def _holds(space: Space, condition: tuple[Atom, ...]) -> Any:
    each = [
        z3.Or(*(_is(a.field, n) for n, value in enumerate(space.values[a.field]) if a.holds({a.field: value})))
        for a in condition
    ]
    return z3.And(*each)


def _all_out(space: Space, table: RuleTable) -> Iterator[Any]:
    for service in table.role.candidates:
        if service not in table.unavailable:
            against = (e for e in table.entries if service in e.against)
            own = (e for e in against if e.limit is None or e.limit.field != "workload.budget_month_usd")
            yield z3.Or(*(_holds(space, e.when) for e in own))


def test_an_independent_reader_finds_a_limit_that_is_not_kept(book: Book) -> None:
    """Against a book whose function limits are lower than the engine was told, the reader must complain."""
    lower = {**book.facts, "lambda-timeout-max": lowered(book.facts["lambda-timeout-max"], 1)}
    stricter = replace(book, facts=lower)
    drawn = drawers(dated(book))
    complaints = [
        sentence
        for answers in drawn_answers(drawn, 400, 3)
        for sentence in broken(answers, decide_workload(answers, dated(book)).services, dated(stricter))
    ]
    assert any("lambda-timeout-max" in sentence for sentence in complaints)


def lowered(fact: Fact, value: float) -> Fact:
    return replace(fact, series=(*fact.series[:-1], (fact.series[-1][0], value)))


def planted(book: Book, **changes: Any) -> Book:
    """Our book with a rule of its own."""
    base = next(rule for rule in book.rules if rule.id == "lambda-has-no-gpu")
    return replace(book, rules=(*book.rules, replace(base, id="planted", fires=(), quiet=(), **changes)))


def drawer(book: Book, kind: str = "component", role: str = "") -> dict[str, Drawer]:
    """What draws answers about the kind of part where a fault is planted, and judges only its role: all take much longer."""
    drawn = drawers(dated(book))[kind]
    if role:
        drawn.space.tables = tuple(table for table in drawn.space.tables if table.role.id == role)
    return {kind: drawn}


def ids(checked: Checked) -> str:
    return " ".join(finding.sentence.en for finding in checked.findings)


def rule(book: Book, id: str) -> Rule:
    return next(rule for rule in book.rules if rule.id == id)


def test_a_rule_that_another_contains_is_found(book: Book) -> None:
    when = (Atom("gpu", "is", True), Atom("os", "is", "linux"))
    found = subsumed(drawer(planted(book, when=when)))
    assert "planted" in ids(found)
    witness = found.findings[0].witness
    assert witness is not None
    assert "gpu: true" in witness_file(witness)


def test_a_rule_that_contradicts_another_is_found(book: Book) -> None:
    when = (Atom("gpu", "is", True),)
    assert "planted" in ids(contradictions(drawer(planted(book, when=when, effect="prefer", services=("lambda",)))))
    never = (Atom("longest_run_s", "above", 100), Atom("longest_run_s", "below", 50))
    assert "planted can never hold" in ids(contradictions(drawer(planted(book, when=never))))


def test_a_rule_that_changes_nothing_is_found(book: Book) -> None:
    when = (Atom("gpu", "is", True), Atom("trigger", "is", "request"))
    changed = planted(book, when=when, effect="reject", services=("lambda-microvms",))
    drawn = drawer(changed, role="compute")
    winners(drawn)
    assert "planted" in ids(redundant_rules(drawn))


def test_a_service_that_never_wins_is_found(book: Book) -> None:
    changed = planted(book, when=(Atom("gpu", "in", (True, False)),), effect="reject", services=("batch",))
    assert "batch was never chosen as compute" in ids(winners(drawer(changed, role="compute")))


def test_a_gap_is_found_with_a_witness_that_shows_it(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer helps where a rule rejects every service; the roles in which nothing is planted are left out."""
    changed = replace(planted(book, when=(), services=book.role("compute").candidates), ways_out=())
    whole = reach.empty_regions
    monkeypatch.setattr(reach, "empty_regions", lambda *at: whole(*at) if at[1].role.id == "compute" else [])
    found = gaps(drawer(changed), dated(changed)).findings
    assert found
    for finding in found:
        assert finding.witness is not None
        assert read_requirements(witness_file(finding.witness).encode())


def test_a_service_that_gets_better_where_it_must_not_is_found(book: Book) -> None:
    when = (Atom("longest_run_s", "below", 60),)
    changed = planted(book, when=when, effect="reject", services=("lambda",))
    others = tuple(role if role.id == "compute" else replace(role, never_better=()) for role in changed.roles)
    changed = replace(changed, roles=others)
    drawn = drawer(changed)
    assert "lambda is not chosen as compute" in ids(monotone(drawn, dated(changed)))


def test_a_retired_candidate_is_found(book: Book) -> None:
    role = book.role("compute")
    other = replace(role, candidates=(*role.candidates, "app-runner"))
    changed = replace(book, roles=tuple(other if r is role else r for r in book.roles))
    assert "app-runner is retired" in ids(retired(changed))
    assert decide_workload(next(drawn_answers(drawers(dated(book)), 1, 1)), dated(changed))


def demands_of_kind(book: Book, kind: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the demands that are not met in as many draws of one kind of part as the whole proof has of it."""
    monkeypatch.setattr(behaviour, "_DEMANDING", behaviour._DEMANDING // (2 if kind == "component" else 4))
    drawn = dict.fromkeys(KINDS, drawer(book, kind)[kind])
    return [finding.sentence.en for finding in demands_met(drawn, dated(book)).findings]


@pytest.mark.parametrize(
    ("service", "role", "name"),
    [("ec2", "engine", "servers"), ("lambda", "compute", "functions"), ("alb", "entry", "standing-charge"),
     ("kinesis", "messaging", "standing-charge"), ("rds", "store", "servers")],
)  # fmt: skip
def test_a_property_that_the_book_forgets_is_found_by_another_reading(
    book: Book, service: str, role: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    properties = tuple(p for p in book.services[service].properties if (p.role, p.name) != (role, name))
    forgetful = replace(
        book, services={**book.services, service: replace(book.services[service], properties=properties)}
    )
    sentences = demands_of_kind(forgetful, book.role(role).subject, monkeypatch)
    assert any(f"{service} as {role} cannot meet" in sentence for sentence in sentences)


def test_a_property_that_the_engine_ignores_is_found(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor.verdict.rule_matrix.concerning", lambda name, role: ())
    deaf = replace(book, rules=book.rules)
    assert any("against nothing-while-idle" in one for one in demands_of_kind(deaf, "component", monkeypatch))
