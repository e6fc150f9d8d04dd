"""The engine: pure, total, the same every time; limits, pins, conflicts and dates."""

import copy
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import rules
from advisor.advise import advise
from advisor.book import Book, dated
from advisor.design import Design
from advisor.report.decision_file import decision_file
from advisor.requirements import RequirementsError, make_requirements
from tests.advisor.strategies import CONFLICT, raw_requirements

BATCH = {"trigger": "schedule", "packaging": "container-image", "typical_run_s": "20 min", "longest_run_s": "20 min"}


def design(book: Book, *, as_of: str | None = None, **parts: Any) -> Design:
    return advise(make_requirements(parts), dated(book, as_of))


def one(book: Book, as_of: str | None = None, **answers: Any) -> Design:
    """The design of a single component with these answers."""
    return design(book, components=[{"id": "job", **answers}], as_of=as_of)


def rejected(made: Design, service: str, role: str = "compute") -> str:
    choice = next(c for c in made.decision.subject("job").choices if c.role == role)
    found = next(r for r in choice.rejected if r.service == service)
    return " ".join(reason.sentence.en for reason in found.because)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(raw_requirements())
def test_random_answers_always_come_to_an_explained_decision(raw: dict[str, Any]) -> None:
    book = rules.load_book()
    before = copy.deepcopy(raw)
    made = advise(make_requirements(raw), book)
    assert raw == before
    undecided = {(c.subject, c.role) for c in made.decision.conflicts}
    retired = {s.id for s in book.services.values() if s.lifecycle == "retired"}
    for subject in made.decision.subjects:
        for choice in subject.choices:
            assert (choice.service is None) == ((subject.id, choice.role) in undecided)
            assert choice.service not in retired
            assert choice.service is None or choice.because or choice.service == "none"
            considered = [r.service for r in choice.rejected] + [choice.service]
            assert set(book.role(choice.role).candidates) <= set(considered)
            assert all(r.because for r in choice.rejected)
    ids = [node.id for node in made.architecture.nodes]
    assert len(ids) == len(set(ids))
    assert {end for e in made.architecture.edges for end in (e.source, e.target)} <= set(ids)
    groups = [group.id for group in made.architecture.groups]
    assert {node.group for node in made.architecture.nodes} <= {None, *groups}
    assert {group.parent for group in made.architecture.groups} <= {None, *groups}
    assert advise(make_requirements(raw), book) == made


@pytest.mark.parametrize("name", rules.STORIES)
def test_no_sentence_keeps_a_placeholder(name: str, designs: dict[str, Design]) -> None:
    for lang in ("en", "ja"):
        for choice in (c for s in decision_file(designs[name], lang)["subjects"] for c in s["choices"]):  # type: ignore[arg-type]
            rejected = [sentence for one in choice["rejected"] for sentence in one["because"]]
            assert "{" not in " ".join((*choice["because"], *choice["violates"], *rejected))
    for edge in designs[name].architecture.edges:
        assert "{" not in edge.sentence.en + edge.sentence.ja


@pytest.mark.parametrize("name", rules.STORIES)
def test_the_order_of_subjects_changes_no_choice(name: str, book: Book, designs: dict[str, Design]) -> None:
    story = rules.load_story(name)
    chosen = {s.id: [(c.role, c.service) for c in s.choices] for s in designs[name].decision.subjects}
    for order in list(permutations(story.of_kind("component")))[:6]:
        turned = story.model_copy(update={"components": order, "stores": story.of_kind("store")[::-1]})
        again = advise(turned, book).decision
        assert {s.id: [(c.role, c.service) for c in s.choices] for s in again.subjects} == chosen


def test_a_longest_run_of_899_seconds_leaves_a_function_possible(book: Book) -> None:
    made = one(book, longest_run_s=899, trigger="request")
    assert made.decision.subject("job").service("compute") == "lambda"


def test_a_longest_run_of_900_seconds_leaves_a_function_possible_with_a_warning(book: Book) -> None:
    made = one(book, longest_run_s=900, typical_run_s=60, trigger="message")
    assert made.decision.subject("job").service("compute") == "lambda"
    assert any(w.subject == "job" and "15" in w.sentence.en for w in made.decision.warnings)


@pytest.mark.parametrize("answers", [{"longest_run_s": 901}, {"typical_run_s": 900, "longest_run_s": 900}])
def test_a_run_above_15_minutes_takes_no_standard_function(answers: dict[str, Any], book: Book) -> None:
    made = one(book, trigger="message", **answers)
    assert made.decision.subject("job").service("compute") != "lambda"
    assert "15 min" in rejected(made, "lambda")


def test_a_scheduled_batch_of_20_minutes_runs_on_fargate_under_step_functions(book: Book) -> None:
    decided = one(book, trigger="schedule", longest_run_s="20 min").decision.subject("job")
    assert decided.service("compute") == "ecs"
    assert decided.service("engine") == "fargate"
    assert decided.service("workflow") == "step-functions-standard"
    assert decided.service("schedule") == "eventbridge-scheduler"


def test_a_pin_is_used_and_what_it_violates_is_listed(book: Book) -> None:
    made = one(book, pins={"compute": "lambda"}, **BATCH)
    choice = next(c for c in made.decision.subject("job").choices if c.role == "compute")
    assert (choice.service, choice.pinned) == ("lambda", True)
    assert any("20 min" in reason.sentence.en for reason in choice.violates)
    assert choice.because[0].id == "pin"
    assert made.architecture.node("job.compute").service == "lambda"


def test_roles_before_a_pin_are_filled_so_that_it_violates_nothing(book: Book) -> None:
    answers: dict[str, Any] = {"trigger": "request", "streaming": True}
    assert one(book, **answers).decision.subject("job").service("compute") == "lambda"
    made = one(book, pins={"entry": "alb"}, **answers)
    assert made.decision.subject("job").service("compute") == "ecs"
    assert not any(c.violates for c in made.decision.subject("job").choices)
    assert "its specified service would violate a requirement" in rejected(made, "lambda")
    assert "別の選定項目" in made.decision.subject("job").choices[0].because[0].sentence.ja


def test_a_pin_that_no_other_choice_helps_leaves_the_other_roles_as_they_are(book: Book) -> None:
    answers: dict[str, Any] = {"trigger": "request", "streaming": True, "must": ["no-hourly-entry"]}
    made = one(book, pins={"entry": "alb"}, **answers)
    assert made.decision.subject("job").service("compute") == "lambda"
    assert any(c.violates for c in made.decision.subject("job").choices if c.role == "entry")


@pytest.mark.parametrize(
    ("pins", "says"),
    [
        ({"compute": "mainframe"}, 'job.pins.compute: "mainframe" must be one of: lambda'),
        ({"brain": "lambda"}, 'job.pins: "brain" must be one of: compute'),
        ({"compute": "app-runner"}, 'job.pins.compute: "app-runner" must be one of'),
    ],
)
def test_a_pin_that_cannot_be_is_refused(pins: dict[str, str], says: str, book: Book) -> None:
    with pytest.raises(RequirementsError) as caught:
        one(book, pins=pins)
    assert says in str(caught.value)


def test_a_conflict_names_the_answers_that_cannot_be_met_together(book: Book) -> None:
    made = design(book, **CONFLICT)
    assert made.decision.conflicts, "no answers conflict any more: find others for this test"
    conflict = made.decision.conflicts[0]
    assert conflict.fields
    assert all(part in conflict.sentence.en for part in (":", "no service fits"))
    assert next(c for c in made.decision.subject(conflict.subject).choices if c.role == conflict.role).service is None


def test_a_decision_can_be_replayed_as_of_an_earlier_day(book: Book) -> None:
    (_, before), (moved, after) = book.facts["lambda-timeout-max"].series
    assert (before, after) == (300, 900)
    job = {"trigger": "message", "packaging": "code", "longest_run_s": "10 min", "typical_run_s": "1 min"}
    old, new = one(book, as_of="2018-10-09", **job), one(book, as_of=moved, **job)
    assert (old.as_of, new.as_of) == ("2018-10-09", moved)
    assert "5 min" in rejected(old, "lambda")
    assert old.decision.subject("job").service("compute") != "lambda"
    assert new.decision.subject("job").service("compute") == "lambda"


def test_a_service_is_not_chosen_before_its_launch(book: Book) -> None:
    old = one(book, as_of="2016-01-01", trigger="schedule", longest_run_s="40 min", packaging="container-image")
    choice = next(c for c in old.decision.subject("job").choices if c.role == "engine")
    assert choice.service == "ec2"
    assert "2017-11-29" in rejected(old, "fargate", "engine")


def test_the_book_speaks_as_of_its_newest_check(book: Book) -> None:
    assert one(book).as_of == book.newest


def test_a_stated_answer_is_no_assumption(book: Book) -> None:
    stated = {a.field for a in one(book, longest_run_s=30).decision.assumptions}
    silent = {a.field for a in one(book).decision.assumptions}
    assert "longest_run_s" in silent - stated


def test_an_emerging_service_is_shown_as_such(book: Book) -> None:
    answers = {"id": "job", "trigger": "request", "isolation": "per-tenant", "state_in_memory": True}
    made = design(
        book, workload={"allow_emerging": True}, components=[{**answers, "pins": {"compute": "lambda-microvms"}}]
    )
    assert any(w.id == "emerging-service" and w.role == "compute" for w in made.decision.warnings)
    without = design(book, components=[answers])
    emerging = {s.id for s in book.services.values() if s.lifecycle == "emerging"}
    assert not emerging & set(without.decision.services)
