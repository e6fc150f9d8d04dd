"""What starts a component as a question: its cells, its flips, and its place before all other questions."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import rules
from advisor.advise import advise
from advisor.book import Book, dated
from advisor.explanation.question_words import question_words, worth_words
from advisor.explanation.what_if import Speaker
from advisor.requirements import make_requirements
from advisor.requirements.answers import answers_of
from advisor.sensitivity.analysis import analyse, analyse_verdict
from advisor.sensitivity.cells import cells, field_of, other_answers
from advisor.sensitivity.counterfactual import why_not
from advisor.sensitivity.next_question import first_question, interview, next_question
from advisor.verdict import Verdict, decide_workload
from tests.advisor.strategies import raw_requirements

BOOK = rules.load_book()
FIELD = field_of("component", "trigger")
OPTIONS = [option.value for option in FIELD.options]


def verdict(*components: dict[str, Any], book: Book = BOOK, **more: Any) -> Verdict:
    return decide_workload(answers_of(make_requirements({"components": list(components), **more})), dated(book))


def test_the_cells_are_each_trigger_alone_and_the_answer_with_one_more_or_less() -> None:
    found = [c.sample for c in cells(dated(BOOK), verdict({"id": "a", "trigger": ["request", "message"]}), "a", FIELD)]
    alone, rest = found[: len(OPTIONS)], found[len(OPTIONS) :]
    assert alone == [(option,) for option in OPTIONS]
    assert rest[0] == ("request", "message")
    assert {frozenset(more) for more in rest[1:]} == {
        frozenset({"request", "message", option}) for option in OPTIONS if option not in ("request", "message")
    }
    others = other_answers(dated(BOOK), verdict({"id": "a", "trigger": "request"}), "a", "trigger")
    assert ("schedule",) in others
    assert ("request", "schedule") in others
    assert () not in others


def test_what_starts_a_component_is_asked_first_where_nothing_says_it() -> None:
    told = {"id": "told", "trigger": "request"}
    made = verdict(told, {"id": "heard", "listens_to": "work"}, {"id": "open"}, channels=[{"id": "work"}])
    question = next_question(analyse_verdict(made, dated(BOOK)))
    assert question is not None
    assert (question.subject, question.field, question.because) == ("open", "trigger", "unstarted")
    assert question.moves
    assert first_question(dated(BOOK), made) == question
    then = next_question(analyse_verdict(verdict(told, {"id": "open", "trigger": "on-demand"}), dated(BOOK)))
    assert then is not None
    assert (then.field, then.because) != ("trigger", "unstarted")


def test_the_question_says_that_nothing_starts_it(book: Book) -> None:
    design = advise(make_requirements({"components": [{"id": "open", "title": "Relay"}]}), book)
    question = first_question(design.dated, design.verdict)
    assert question is not None
    speaker = Speaker(design.requirements, design.book)
    en = "Relay, Trigger: no answer or connection given so far states what starts the component. Without one, the architecture contains neither an endpoint nor a trigger for it."
    assert question_words(speaker, question).en == en
    assert "トリガーも含まれません" in worth_words(speaker, question).ja


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(raw_requirements())
def test_the_fast_question_is_that_of_the_whole_analysis(raw: dict[str, Any]) -> None:
    for component in raw.get("components", ()):
        component.pop("trigger", None)
    try:
        made = decide_workload(answers_of(make_requirements(raw)), dated(BOOK))
    except ValueError:
        return
    assert first_question(dated(BOOK), made) == next_question(analyse_verdict(made, dated(BOOK)))


def test_one_more_trigger_flips_the_verdict() -> None:
    flips = analyse(make_requirements({"components": [{"id": "a", "trigger": "schedule"}]}), BOOK).flips
    at = [flip.at for flip in flips if flip.field == "trigger"]
    assert ("request",) in at
    assert ("request", "schedule") in at


def test_an_entry_is_a_trigger_away() -> None:
    made = verdict({"id": "a", "trigger": "schedule"})
    (answer,) = why_not(dated(BOOK), made, "api-gateway-http")
    assert answer.changes is not None
    assert [change[:2] for change in answer.changes] == [("a", "trigger")]


@pytest.mark.parametrize("name", ["web-application", "async-coupling"])
def test_an_interview_asks_what_starts_every_component_that_no_link_starts(name: str) -> None:
    answers = answers_of(rules.load_story(name))
    steps = interview(dated(BOOK), answers)
    asked = {(subject, field) for step in steps for subject, field, _ in step.answers}
    unlinked = {c.id for c in answers.of_kind("component") if "listens_to" not in c.answers}
    called = {other for c in answers.of_kind("component") for other in c.answers.get("calls", ())}
    assert {(id, "trigger") for id in unlinked - called} <= asked
