"""Demands in a decision: made of the whole workload or of one part, named in proofs, conflicts and flip points, else silent."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book, dated
from advisor.design import Design
from advisor.explanation.what_if import Speaker
from advisor.report.replay import pack, unpack
from advisor.requirements import make_requirements
from advisor.requirements.answers import WORKLOAD, answers_of
from advisor.sensitivity.analysis import analyse_verdict
from advisor.sensitivity.counterfactual import why_not
from advisor.sensitivity.next_question import interview
from advisor.verdict import decide_workload, revised
from advisor.vocabulary import ENGINE_FIELDS
from advisor.vocabulary.demands import DEMANDS


def made(book: Book, **parts: Any) -> Design:
    return advise(make_requirements(parts), book)


WIDE = {
    "workload": {"must": ["nothing-while-idle"]},
    "components": [{"id": "api", "trigger": "request", "cold_start_ok": False}],
}
OWN = {
    "components": [
        {"id": "api", "trigger": "request", "cold_start_ok": False, "must": ["nothing-while-idle"]},
        {"id": "other", "trigger": "request"},
    ]
}
# Tasks that a schedule starts cost nothing between its runs.
STARTED = (("api", "trigger", ("schedule",)),)
BOTH = {**OWN, "workload": {"must": ["nothing-while-idle"]}}


@pytest.mark.parametrize(
    ("parts", "ways"),
    [
        (WIDE, [(("", "must.nothing-while-idle", False),), (("api", "cold_start_ok", True),), STARTED]),
        (OWN, [(("api", "must.nothing-while-idle", False),), (("api", "cold_start_ok", True),), STARTED]),
    ],
    ids=["workload", "part"],
)
def test_nothing_while_idle_and_no_cold_starts_exclude_each_other(
    book: Book, parts: dict[str, Any], ways: list[Any]
) -> None:
    (conflict,) = made(book, **parts).decision.conflicts
    assert (conflict.subject, conflict.role) == ("api", "compute")
    assert [set(fields) for fields in conflict.sets] == [{"must.nothing-while-idle", "cold_start_ok", "trigger"}]
    assert sorted(way.changes for way in conflict.ways_out) == sorted(ways)
    assert '"No charges while idle" (required)' in conflict.sentence.en
    assert "アイドル時の課金なし: 必須" in conflict.sentence.ja


def test_a_demand_that_is_made_twice_is_given_up_twice(book: Book) -> None:
    (conflict,) = made(book, **BOTH).decision.conflicts
    changes = [{change[:2] for change in way.changes} for way in conflict.ways_out]
    assert {("", "must.nothing-while-idle"), ("api", "must.nothing-while-idle")} in changes
    said = next(way.sentence for way in conflict.ways_out if len(way.changes) == 2)
    assert "No charges while idle: not required" in said.en
    assert "No charges while idle (whole workload): not required" in said.en
    assert "アイドル時の課金なし（ワークロード全体）: 必須ではない" in said.ja


def test_a_demand_of_a_part_concerns_that_part_alone(book: Book) -> None:
    decision = made(book, **OWN).decision
    assert decision.subject("api").service("compute") is None
    assert decision.subject("other").service("compute") == "lambda"


def test_a_demand_of_the_workload_holds_for_every_part_that_it_can_be_made_of(book: Book) -> None:
    parts = {
        "workload": {"must": ["nothing-while-idle", "no-functions"]},
        "components": [{"id": "job", "trigger": "schedule"}],
        "channels": [{"id": "log", "migrates_from": "rabbitmq-jms"}],
        "stores": [{"id": "db", "access": "relational", "shape": "steady"}],
    }
    design = made(book, **parts)
    chosen = {s.id: {c.role: c.service for c in s.choices} for s in design.decision.subjects}
    assert chosen["job"]["compute"] == "ecs"
    assert chosen["log"]["messaging"] is None
    assert chosen["db"]["store"] == "aurora-serverless"
    assert "must.no-functions" not in design.verdict.subjects["db"].known.values


PLAIN = {"components": [{"id": "api"}], "channels": [{"id": "log"}], "stores": [{"id": "db"}]}


def test_what_is_not_demanded_is_neither_assumed_nor_asked_nor_proven(book: Book) -> None:
    design = made(book, **PLAIN)
    demands = {field.id for fields in ENGINE_FIELDS.values() for field in fields if field.demand}
    assert {demand.fact for demand in DEMANDS} < demands
    assert not demands & {assumption.field for assumption in design.decision.assumptions}
    analysis = analyse_verdict(design.verdict, dated(book))
    assert not demands & {swept.field.id for swept in analysis.swept}
    assert not demands & {field for _, field in analysis.carried_by}
    for subject in design.decision.subjects:
        for choice in subject.choices:
            grounds = [ground for proof in design.proof(subject.id, choice.role) for ground in proof.grounds]
            assert not [ground for ground in grounds if ground.kind == "demand"]
    for service in ("ecs", "kinesis", "rds"):
        for answer in why_not(dated(book), design.verdict, service):
            assert not demands & {field for _, field, _ in answer.changes or ()}


def test_an_interview_keeps_what_is_demanded_and_never_asks_for_more(book: Book) -> None:
    answers = answers_of(make_requirements({**PLAIN, "workload": {"must": ["no-functions"]}}))
    steps = interview(dated(book), answers)
    asked = {field for step in steps for _, field, _ in step.answers}
    assert not {field for field in asked if field.startswith("must") or field in ("start_within_s", "budget_month_usd")}


def test_a_demand_that_is_made_is_a_flip_point(book: Book) -> None:
    design = made(book, **PLAIN | {"workload": {"must": ["no-functions"]}})
    flips = [f for f in analyse_verdict(design.verdict, dated(book)).flips if f.field == "must.no-functions"]
    (flip,) = flips
    assert (flip.subject, flip.stated, flip.at) == ("", True, False)
    speaker = Speaker(design.requirements, book)
    assert speaker.flip(flip).en.startswith(
        "Workload, No functions: not required (current answer: required): api, Compute: Amazon ECS → AWS Lambda"
    )


def test_the_proof_and_the_record_of_a_decision_hold_its_demands(book: Book) -> None:
    design = made(book, **WIDE)
    proof = {candidate.service: candidate for candidate in design.proof("api", "compute")}
    grounds = [ground for ground in proof["lambda"].grounds if ground.kind == "demand"]
    spoken = [ground for ground in grounds if ground.spoke]
    assert [ground.id for ground in spoken] == ["lambda-snapstart-charge"]
    assert spoken[0].comparisons[0][:3] == ("must.nothing-while-idle", True, "stated")
    kept = unpack(pack(design.verdict, book))[("api", "compute")]["lambda"]["grounds"]
    deciding = [g for g in proof["lambda"].grounds if g.effect in ("rules-out", "favours")]
    assert [(g["kind"], g["id"], g["spoke"]) for g in kept] == [(g.kind, g.id, g.spoke) for g in deciding]


def test_a_demand_is_taken_back_for_a_service_only_where_it_stands_against_it(book: Book) -> None:
    design = made(book, **WIDE)
    (answer,) = why_not(dated(book), design.verdict, "lambda")
    assert answer.changes in ((("", "must.nothing-while-idle", False),), (("api", "cold_start_ok", True),))


@pytest.mark.parametrize("subject", [WORKLOAD, "api"])
def test_a_changed_demand_decides_again_as_from_the_start(book: Book, subject: str) -> None:
    then = dated(book)
    answers = answers_of(make_requirements(PLAIN))
    for demand in DEMANDS:
        after = revised(decide_workload(answers, then), subject, {demand.fact: True}, then)
        assert after.services == decide_workload(answers.changed(subject, {demand.fact: True}), then).services
        back = revised(after, subject, {demand.fact: False}, then)
        assert back.services == decide_workload(answers, then).services


def test_a_ceiling_of_cost_is_an_open_point_and_decides_nothing(book: Book) -> None:
    design, without = made(book, **PLAIN | {"workload": {"budget_month_usd": "50 USD"}}), made(book, **PLAIN)
    assert design.verdict.services == without.verdict.services
    (point,) = (warning for warning in design.decision.warnings if warning.id == "budget-open")
    assert point.subject == WORKLOAD
    assert "within 50 USD per month is not known" in point.sentence.en
    assert "上限の 50 USD に収まるか" in point.sentence.ja
