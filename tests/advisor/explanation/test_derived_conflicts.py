"""A conflict names the stated answers from which a derived fact follows, and its ways out change these."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book, dated
from advisor.decision import Conflict
from advisor.requirements import make_requirements
from advisor.requirements.answers import answers_of
from advisor.sensitivity.counterfactual import why_not_for
from advisor.verdict import decide_workload
from advisor.verdict.origins import behind

TOO_LONG = 31_536_001
STORE = {"stores": [{"id": "files", "access": "objects"}]}


def conflict(book: Book, component: dict[str, Any], **others: Any) -> Conflict:
    decision = advise(make_requirements({"components": [{"id": "it", **component}], **others}), book).decision
    (only,) = decision.conflicts
    return only


@pytest.mark.parametrize("run", ["typical_run_s", "longest_run_s", "whole_run_s"])
@pytest.mark.parametrize(
    ("start", "others", "left"),
    [
        ({"trigger": "event"}, {}, ("stream",)),
        ({"event_source": "aws-service"}, {}, None),
        ({"listens_to": "files"}, STORE, None),
        ({"schedule_expression": "rate(1 hour)"}, {}, None),
        ({"granularity_s": 60}, {}, None),
    ],
)
def test_what_starts_a_workflow_that_runs_too_long_is_named(
    book: Book, run: str, start: dict[str, Any], others: dict[str, Any], left: object
) -> None:
    found = conflict(book, start | {run: TOO_LONG}, **others)
    (field,) = start
    assert (found.role, [set(s) for s in found.sets]) == ("workflow", [{run, field}])
    assert (("it", field, left),) in [way.changes for way in found.ways_out]


def test_a_way_out_that_takes_an_answer_back_says_so(book: Book) -> None:
    found = conflict(book, {"event_source": "aws-service", "longest_run_s": TOO_LONG})
    way = next(way for way in found.ways_out if way.changes[0][1] == "event_source")
    assert way.sentence.en.endswith(": not answered")
    assert way.sentence.ja.endswith(": 未回答")


def test_the_whole_run_is_named_where_the_time_to_answer_follows_from_it(book: Book) -> None:
    found = conflict(book, {"protocol": "graphql", "whole_run_s": 5401})
    assert (found.role, [set(s) for s in found.sets]) == ("entry", [{"protocol", "whole_run_s"}])


def test_an_answer_that_would_start_it_otherwise_is_named_though_it_does_not_apply(book: Book) -> None:
    answers = {"event_source": "aws-service", "response_bytes": 209_715_201, "longest_run_s": TOO_LONG}
    found = conflict(book, answers)
    assert {field for way in found.ways_out for _, field, _ in way.changes} == {*answers}


def test_nothing_but_what_combines_with_it_is_behind_a_stated_answer() -> None:
    assert "longest_run_s" in {*behind("response_s", ())}
    assert "whole_run_s" in {*behind("response_s", ())}
    assert [*behind("response_s", ("response_s",))] == ["response_s"]
    assert {*behind("human_approval", ("human_approval",))} == {"human_approval", "waits_for"}


def test_an_answer_that_starts_a_component_is_what_a_service_takes(book: Book) -> None:
    then = dated(book)
    for stated in ({"listens_to": "files"}, {}):
        parts = {"components": [{"id": "it", **stated}], **STORE}
        verdict = decide_workload(answers_of(make_requirements(parts)), then)
        changes = why_not_for(then, verdict, "it", "firewall", "waf").changes
        assert changes == (("it", "waf", True),)
