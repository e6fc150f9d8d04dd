"""State machines that run several components: each state has the placeholders of its own."""

import json
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.errors import Unsupported
from blueprints.traits.state_machine import SERVICES, definition
from blueprints.values.reference import Ref
from tests.blueprints.traits.test_state_machine import check_states

STEPS = [
    {"id": "fetch", "longest_run_s": 60},
    {"id": "score", "packaging": "container-image", "longest_run_s": 1200},
    {"id": "tell", "longest_run_s": 10},
]
FLOW = {"id": "flow", "trigger": "schedule", "retries": True, "steps": 3, "calls": ["fetch", "score", "tell"]}


def machine(book: Book, **answers: Any) -> tuple[dict[str, Any], dict[str, Ref]]:
    design = advise(make_requirements({"components": [{**FLOW, **answers}, *STEPS]}), book)
    (node,) = design.architecture.of_service(*SERVICES)
    made = definition(design.architecture, node)
    return json.loads(made.text()), dict(made.tokens)


def test_each_state_runs_its_component(book: Book) -> None:
    made, tokens = machine(book)
    check_states(made)
    states = made["States"]
    assert states["RunFetch"]["Next"] == "RunScore"
    assert states["RunScore"]["Next"] == "RunTell"
    assert states["RunFetch"]["Parameters"]["FunctionName"] == "${FetchFunctionArn}"
    assert states["RunScore"]["Parameters"]["TaskDefinition"] == "${ScoreTaskFamily}"
    assert tokens["FetchFunctionArn"] == Ref("fetch.compute", "arn") != tokens["TellFunctionArn"]
    assert states["RunScore"]["TimeoutSeconds"] > states["RunFetch"]["TimeoutSeconds"]


def test_every_placeholder_has_a_value(book: Book) -> None:
    for answers in ({}, {"parallel_items": 20}, {"parallel_items": 4000}, {"human_approval": True}):
        made, tokens = machine(book, **answers)
        placeholders = {part.partition("}")[0] for part in json.dumps(made).split("${")[1:]}
        assert placeholders == {*tokens}


@pytest.mark.parametrize("items", [20, 4000])
def test_each_item_of_a_map_goes_through_all_components(book: Book, items: int) -> None:
    made, _ = machine(book, parallel_items=items)
    check_states(made)
    item = made["States"]["Map"]["ItemProcessor"]
    check_states(item)
    assert [*item["States"]] == ["RunFetch", "RunScore", "RunTell"]


def test_an_express_workflow_awaits_no_task(book: Book) -> None:
    with pytest.raises(Unsupported, match="do not wait"):
        machine(book, pins={"workflow": "step-functions-express"})
