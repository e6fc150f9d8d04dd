"""Several ways to start one component: each is connected, and each program has one of them."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.graph_builder.starters import ways_to_start
from advisor.requirements import make_requirements
from advisor.verdict.rule_matrix import rule_tables

STARTING = ("invoke", "consume", "start", "stream", "run", "call")


def made(book: Book, **answers: Any) -> Design:
    component = {"id": "it", **answers}
    raw = {"components": [component], "channels": [{"id": "work"}], "stores": [{"id": "table"}]}
    return advise(make_requirements(raw), book)


def programs(design: Design) -> dict[str, list[str]]:
    """What starts each program, as verb and source."""
    nodes = [n for n in design.architecture.nodes if n.subject == "it" and n.role == "compute"]
    entering = {n.id: design.architecture.entering(n.id) for n in nodes}
    return {id: [f"{e.verb} {e.source}" for e in edges if e.verb in STARTING] for id, edges in entering.items()}


def test_each_way_to_start_a_function_has_a_program_with_the_same_rights(book: Book) -> None:
    design = made(
        book, trigger=["schedule", "request", "message"], listens_to="work", writes=["table"], uses_secrets=True
    )
    assert programs(design) == {
        "it.compute": ["invoke it.entry"],
        "it.compute-messages": ["consume work.messaging"],
        "it.compute-runs": ["start it.schedule"],
    }
    reached = {
        id: {e.target for e in design.architecture.leaving(id) if e.verb != "dead-letter"} for id in programs(design)
    }
    assert len({frozenset(targets) for targets in reached.values()}) == 1
    assert {"table.store", "it.secrets"} <= reached["it.compute"]
    notes = [design.architecture.node(id).note.en for id in programs(design)]
    assert notes == ["it", "it: messages", "it: scheduled runs"]


def test_each_way_to_start_a_container_has_a_program_that_runs_as_it_needs(book: Book) -> None:
    design = made(
        book, trigger=["request", "message", "on-demand"], listens_to="work", packaging="container-image",
        pins={"compute": "ecs"},
    )  # fmt: skip
    runs = {id: design.architecture.node(id).settings["run"] for id in programs(design)}
    assert runs == {"it.compute": "service", "it.compute-messages": "worker", "it.compute-runs": "job"}


def test_a_workflow_is_started_in_every_way_as_it_is(book: Book) -> None:
    for packaging in ({}, {"packaging": "container-image", "pins": {"compute": "ecs"}}):
        design = made(book, trigger=["request", "schedule"], steps=3, **packaging)
        started = {e.source for e in design.architecture.entering("it.workflow")}
        assert "it.schedule" in started
        assert len(started) == 2


def test_an_event_of_a_channel_arrives_as_a_message_does(book: Book) -> None:
    known = made(book, trigger=["message", "event", "request"], listens_to="work").verdict.subjects["it"].known
    assert ways_to_start(known.values) == (("request",), ("event", "message"))


@pytest.mark.parametrize("trigger", ["on-demand", ["on-demand", "schedule"]])
def test_runs_by_hand_need_no_program_of_their_own(trigger: Any, book: Book) -> None:
    assert list(programs(made(book, trigger=trigger))) == ["it.compute"]


@pytest.mark.parametrize(
    ("answers", "run"),
    [
        ({"packaging": "container-image", "longest_run_s": "2 h", "pins": {"compute": "ecs"}}, "job"),
        ({"packaging": "container-image", "longest_run_s": "2 h", "pins": {"compute": "batch"}}, "job"),
        ({"packaging": "container-image", "pins": {"compute": "eks"}}, "job"),
    ],
)
def test_a_container_on_demand_ends_and_has_no_endpoint(answers: dict[str, Any], run: str, book: Book) -> None:
    design = made(book, trigger="on-demand", **answers)
    assert design.architecture.node("it.compute").settings["run"] == run
    assert design.architecture.node("it.compute").settings["desired_count"] == 0
    assert not [node for node in design.architecture.nodes if node.role in ("entry", "schedule", "events", "outside")
                and node.subject in ("it", "client")]  # fmt: skip


def test_a_callback_enters_like_a_request_and_brings_a_token(book: Book) -> None:
    design = made(book, trigger="callback")
    assert design.decision.subject("it").service("entry") == "api-gateway-http"
    assert programs(design) == {"it.compute": ["invoke it.entry"]}
    assert [w.id for w in design.decision.warnings if w.subject == "it"] == ["callbacks-bring-a-task-token-back"]


def test_a_request_without_code_takes_no_other_way_to_start(book: Book) -> None:
    plain = made(book, trigger="request", logic="none", publishes=["work"])
    both = made(book, trigger=["request", "schedule"], logic="none", publishes=["work"])
    assert plain.decision.subject("it").service("compute") == "none"
    assert both.decision.subject("it").service("compute") == "lambda"


def test_rules_ask_of_what_starts_a_component_one_list_at_a_time(book: Book) -> None:
    """Then every two triggers together stand for all larger sets of them in the proof of the book."""
    from advisor.book import dated

    for table in rule_tables(dated(book))["component"]:
        for when in (table.role.when, *(entry.when for entry in table.entries)):
            asked = [atom for atom in when if atom.field == "trigger"]
            assert all(atom.operator in ("in", "not_in") for atom in asked)
            assert sum(atom.operator == "in" for atom in asked) <= 1


def test_what_messages_start_is_pushed_by_the_program_that_knows_the_connections(book: Book) -> None:
    design = made(book, trigger=["request", "message"], listens_to="work", protocol="websocket")
    assert programs(design) == {
        "it.compute": ["invoke it.entry", "call it.compute-messages"],
        "it.compute-messages": ["consume work.messaging"],
    }
    assert [e.source for e in design.architecture.entering("it.entry", "push")] == ["it.compute"]
