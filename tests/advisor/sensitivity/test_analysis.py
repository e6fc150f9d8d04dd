"""What would change a verdict: cells, flip points, stability, completions, counterfactuals, conflicts, questions."""

import random
import statistics
from dataclasses import replace
from typing import Any

import pytest

import rules
from advisor.advise import advise
from advisor.book import Book, dated
from advisor.design import Design
from advisor.explanation.engine import decide
from advisor.requirements import Requirements, make_requirements
from advisor.requirements.answers import WORKLOAD, Answers, answers_of
from advisor.sensitivity.analysis import analyse, analyse_verdict
from advisor.sensitivity.cells import cells, kind_of, open_fields, value_of
from advisor.sensitivity.counterfactual import why_not
from advisor.sensitivity.next_question import InterviewStep, first_question, interview, next_question
from advisor.sensitivity.sweep import questions_of
from advisor.verdict import Verdict, decide_workload, revised
from advisor.verdict.proof import best

JOB = {"id": "job", "trigger": "schedule", "longest_run_s": "20 min", "typical_run_s": "20 min"}


def one(**answers: Any) -> Requirements:
    return make_requirements({"components": [{"id": "job", **answers}]})


def test_the_longest_run_of_a_function_flips_above_fifteen_minutes(book: Book) -> None:
    flips = analyse(one(trigger="message", longest_run_s=60, typical_run_s=30), book).flips
    found = next(f for f in flips if f.field == "longest_run_s" and f.relation == "above")
    assert found.at == 900.0
    assert ("job", "compute", "lambda", "ecs") in [move.plain for move in found.moves]


def test_a_rate_flips_where_rate_times_duration_crosses_a_threshold(book: Book) -> None:
    made = one(trigger="message", shape="steady", rate_peak_rps=1, typical_run_s=0.5, longest_run_s=5, logic="code")
    found = next(f for f in analyse(made, book).flips if f.field == "rate_peak_rps" and f.relation == "at_least")
    answers = answers_of(made)
    assert isinstance(found.at, float)
    below, at = (
        decide_workload(answers.changed("job", {"rate_peak_rps": v}), dated(book)) for v in (found.at * 0.999, found.at)
    )
    assert below.services == decide_workload(answers, dated(book)).services != at.services
    assert at.subjects["job"].known.values["concurrency"] == pytest.approx(found.at * 0.5)


@pytest.mark.parametrize("name", rules.STORIES)
def test_the_flip_point_above_an_answer_is_that_of_the_analysis(name: str, designs: dict[str, Design]) -> None:
    alone, analysed = replace(designs[name]), replace(designs[name])
    assert "analysis" not in vars(alone)
    asked = [(subject, field) for subject, field in questions_of(alone.verdict) if field.kind == "quantity"]
    expected = {(f.subject, f.field): f for f in analysed.analysis.flips if f.relation in ("above", "at_least")}
    for subject, field in asked:
        found = alone.flip_above(subject, field)
        assert found == expected.get((subject, field.id)) == analysed.flip_above(subject, field)


@pytest.mark.parametrize("name", rules.STORIES)
def test_every_flip_point_is_exact(name: str, book: Book) -> None:
    """Just before a flip point the verdict is as it was; at it, or just past it, it is the one that is promised."""
    found = analyse(rules.load_story(name), book)
    made = found.verdict
    for flip in found.flips:
        if flip.relation == "is":
            continue
        at = float(str(flip.at))
        step = 1.0 if float(at).is_integer() and at >= 1 else at * 1e-6
        past = {"above": at + step, "at_least": at, "below": at - step, "at_most": at}[flip.relation]
        before = {"above": at, "at_least": at - step, "below": at, "at_most": at + step}[flip.relation]
        assert revised(made, flip.subject, {flip.field: past}, dated(book)).services != made.services, flip
        assert revised(made, flip.subject, {flip.field: before}, dated(book)).services == made.services, flip


@pytest.mark.parametrize("name", rules.STORIES)
def test_answers_of_one_cell_come_to_one_verdict(name: str, book: Book) -> None:
    made = decide_workload(answers_of(rules.load_story(name)), dated(book))
    drawn = random.Random(7)
    for subject in (WORKLOAD, *made.subjects):
        for field in open_fields(made, subject):
            for cell in cells(dated(book), made, subject, field) if field.kind == "quantity" else ():
                low = field.minimum if cell.low is None else cell.low.value + (cell.low.side * 1e-9 * cell.low.value)
                high = field.maximum if cell.high is None else cell.high.value * (1 if cell.high.side else 1 - 1e-9)
                value = drawn.uniform(low, high)
                value = float(round(value)) if field.unit == "count" else value
                if low <= value <= high:
                    there = revised(made, subject, {field.id: value}, dated(book))
                    same = revised(made, subject, {field.id: cell.sample}, dated(book))
                    assert there.services == same.services, (subject, field.id, value, cell)


@pytest.mark.parametrize("name", rules.STORIES)
def test_a_revised_verdict_is_the_verdict_on_the_revised_answers(name: str, book: Book) -> None:
    made = decide_workload(answers_of(rules.load_story(name)), dated(book))
    for subject in (WORKLOAD, *made.subjects):
        for field in open_fields(made, subject):
            for cell in cells(dated(book), made, subject, field):
                changes = {field.id: cell.sample}
                again = decide_workload(made.answers.changed(subject, changes), dated(book))
                assert revised(made, subject, changes, dated(book)).services == again.services


@pytest.mark.parametrize("name", rules.STORIES)
def test_the_next_question_alone_is_the_analysis_own(name: str, book: Book) -> None:
    answers = answers_of(rules.load_story(name))
    for held in (answers, Answers({}, answers.subjects)):
        made = decide_workload(held, dated(book))
        assert first_question(dated(book), made) == next_question(analyse_verdict(made, dated(book)))


def test_where_no_answer_alone_matters_the_next_question_is_the_analysis_own_too(book: Book) -> None:
    made = settled("dynamic-web-api", book)
    assert first_question(dated(book), made) == next_question(analyse_verdict(made, dated(book)))


#: The book is kept beside the interview, so that its id is not given to another.
_HELD: dict[tuple[str, int], tuple[Book, tuple[InterviewStep, ...]]] = {}


def steps_of(name: str, book: Book) -> tuple[InterviewStep, ...]:
    """The interview of a story, held once for all tests: it takes a second."""
    key = name, id(book)
    if key not in _HELD:
        _HELD[key] = book, interview(dated(book), answers_of(rules.load_story(name)))
    return _HELD[key][1]


def settled(name: str, book: Book) -> Verdict:
    """The verdict on a story when every question of its interview was answered as the story does, or as usual."""
    answers = answers_of(rules.load_story(name))
    for step in steps_of(name, book):
        for subject, field, value in step.answers:
            if field not in answers.of(subject):
                answers = answers.changed(subject, {field: value})
    return decide_workload(answers, dated(book))


@pytest.mark.parametrize("name", ["dynamic-web-api", "scheduled-batch", "async-coupling", "relational-web-app"])
def test_a_verdict_that_holds_is_the_same_for_random_completions(name: str, book: Book) -> None:
    made = settled(name, book)
    found = analyse_verdict(made, dated(book))
    assert next_question(found) is None or not found.holds
    if not found.holds:
        pytest.skip("the search gave this story up")
    drawn = random.Random(3)
    free = [s for s in found.swept if not s.stated and s.others]
    for _ in range(300):
        changed: Answers = made.answers
        for swept in drawn.sample(free, drawn.randint(1, len(free))):
            changed = changed.changed(swept.subject, {swept.field.id: drawn.choice(swept.cells).sample})
        assert decide_workload(changed, dated(book)).services == made.services


def test_most_interviews_are_short(book: Book) -> None:
    cards = [len(steps_of(name, book)) for name in rules.STORIES]
    assert statistics.median(cards) <= 8


def test_why_not_a_function_for_twenty_minutes(book: Book) -> None:
    found = why_not(
        dated(book), decide_workload(answers_of(make_requirements({"components": [JOB]})), dated(book)), "lambda"
    )
    compute = next(w for w in found if w.role == "compute")
    assert compute.chosen == "ecs"
    assert {ground.id for ground in compute.against} >= {"lambda-timeout-max"}
    assert compute.changes is not None
    assert {field for _, field, _ in compute.changes} == {"longest_run_s", "typical_run_s"}


@pytest.mark.parametrize("service", ["eks", "batch", "ec2", "lambda", "alb", "sns", "kinesis", "msk", "rds"])
@pytest.mark.parametrize("name", ["web-application", "mobile-backend", "async-coupling"])
def test_what_why_not_promises_comes_true_and_nothing_less_does(name: str, service: str, book: Book) -> None:
    answers = answers_of(rules.load_story(name))
    for found in why_not(dated(book), decide_workload(answers, dated(book)), service):
        changed = answers
        for subject, field, value in found.changes or ():
            changed = changed.changed(subject, {field: value})
        now = decide_workload(changed, dated(book)).subjects[found.subject].services.get(found.role)
        assert (now == service) == (found.changes is not None)


def test_a_conflict_names_its_smallest_sets_and_the_ways_out(book: Book) -> None:
    made = decide(one(trigger="request", caching=True, response_bytes="50 MiB"), book)
    conflict = made.conflicts[0]
    assert [set(fields) for fields in conflict.sets] == [{"caching", "response_bytes"}]
    for way in conflict.ways_out:
        answers = answers_of(one(trigger="request", caching=True, response_bytes="50 MiB"))
        for subject, field, value in way.changes:
            answers = answers.changed(subject, {field: value})
        assert decide_workload(answers, dated(book)).subjects["job"].services["entry"] is not None


@pytest.mark.parametrize("name", rules.STORIES)
def test_every_candidate_has_a_whole_proof(name: str, book: Book) -> None:
    design = advise(rules.load_story(name), book)
    for subject in design.decision.subjects:
        for choice in subject.choices:
            role, proofs = book.role(choice.role), design.proof(subject.id, choice.role)
            assert [proof.service for proof in proofs] == list(role.candidates)
            for proof in proofs:
                touching = [rule.id for rule in book.rules_of(role.id) if _touches(rule, role, proof.service)]
                known = book.services.get(proof.service)
                limits = [limit.fact for limit in (known.limits if known else ()) if limit.role == role.id]
                assert {g.id for g in proof.grounds} >= {*touching, *limits}
                out = any(g.spoke and g.effect == "rules-out" for g in proof.grounds)
                assert out == (proof.verdict in ("ruled-out", "passed-over")) or choice.pinned
                for ground in proof.grounds:
                    assert ground.source is not None or ground.kind in ("launch", "together")
                    if ground.kind == "rule":
                        assert ground.spoke == all(c.met for c in ground.comparisons)


def _touches(rule: Any, role: Any, service: str) -> bool:
    return bool((service in rule.services) != (rule.effect == "require"))


def test_headroom_is_the_distance_to_the_limit_as_a_share_of_it(book: Book) -> None:
    design = advise(one(trigger="message", longest_run_s=600, typical_run_s=60), book)
    proof = next(p for p in design.proof("job", "compute") if p.service == "lambda")
    limit = next(g for g in proof.grounds if g.id == "lambda-timeout-max").comparisons[0]
    assert (limit.value, limit.threshold, limit.unit, limit.origin, limit.met) == (600.0, 900.0, "s", "stated", True)
    assert limit.headroom == pytest.approx((900 - 600) / 900)


def test_the_pareto_set_leaves_out_who_is_worse_on_every_axis() -> None:
    axes = {"a": {"cost": 2, "latency": 1}, "b": {"cost": 1, "latency": 2}, "c": {"cost": 1, "latency": 1}}
    assert best(axes, ("a", "b", "c")) == ("a", "b")


def test_a_priority_counts_three_times(book: Book) -> None:
    raw = {"workload": {"priorities": ["portability"]}, "components": [{"id": "job", "packaging": "container-image"}]}
    ecs = next(p for p in advise(make_requirements(raw), book).proof("job", "compute") if p.service == "ecs")
    assert ecs.score[0] >= 3


def test_the_kind_of_the_workload_has_its_own_questions(book: Book) -> None:
    made = decide_workload(answers_of(one()), dated(book))
    assert kind_of(made, WORKLOAD) == "workload"
    assert value_of(made, WORKLOAD, "operations") == "small"


def test_a_role_that_nothing_fits_is_told_apart_from_one_that_is_not_selected(book: Book) -> None:
    web = {"trigger": "request", "packaging": "container-image", "longest_run_s": 10}
    flips = analyse(one(**web), book).flips
    moves = [move for flip in flips for move in flip.moves if move.before is not None and move.after is None]
    assert {move.role for move in moves if move.unmet} >= {"entry"}
    assert {move.role for move in moves if not move.unmet} >= {"engine"}
