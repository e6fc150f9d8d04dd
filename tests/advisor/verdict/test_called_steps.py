"""Components that only have others run: a workflow does it, and nothing gets an endpoint that nobody asked for."""

from collections.abc import Mapping
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.book.dated import dated
from advisor.requirements import make_requirements
from advisor.requirements.answers import answers_of
from advisor.sensitivity.cells import cells, field_of
from advisor.verdict import Verdict, decide_workload, revised

FLOW: dict[str, Any] = {"id": "flow", "trigger": "schedule", "steps": 2, "calls": ["fetch", "score"]}
FETCH: dict[str, Any] = {"id": "fetch", "longest_run_s": 60}
SCORE: dict[str, Any] = {"id": "score", "packaging": "container-image", "longest_run_s": 1200}


def asked(flow: Mapping[str, Any] = {}, fetch: Mapping[str, Any] = {}, score: Mapping[str, Any] = {}) -> dict[str, Any]:
    return {"components": [{**FLOW, **flow}, {**FETCH, **fetch}, {**SCORE, **score}]}


def decided(book: Book, raw: Mapping[str, Any]) -> Verdict:
    return decide_workload(answers_of(make_requirements(raw)), dated(book))


def test_a_flow_of_components_is_a_workflow_without_a_program(book: Book) -> None:
    services = decided(book, asked()).services
    assert services["flow"]["compute"] == "none"
    assert services["flow"]["workflow"] == "step-functions-standard"
    for step in ("fetch", "score"):
        assert "entry" not in services[step]
    assert services["score"]["compute"] == "ecs"


@pytest.mark.parametrize(
    "flow",
    [
        {"steps": 3},
        {"logic": "code"},
        {"language": "python"},
        {"uses_secrets": True},
        {"compensation": True},
        {"waits_for": "callback"},
        {"trigger": "always-on"},
    ],
)
def test_work_of_its_own_needs_a_program(book: Book, flow: Mapping[str, Any]) -> None:
    assert decided(book, asked(flow)).services["flow"]["compute"] != "none"


@pytest.mark.parametrize(
    "step",
    [
        {"logic": "none", "trigger": "on-demand"},
        {"trigger": "request"},
        {"steps": 2},
        {"parallel_items": 10},
        {"human_approval": True},
    ],
)
def test_a_component_that_is_no_single_step_is_called_by_a_program(book: Book, step: Mapping[str, Any]) -> None:
    assert decided(book, asked(fetch=step)).services["flow"]["compute"] != "none"


def test_one_component_suffices_if_no_custom_code_is_stated(book: Book) -> None:
    one = {"logic": "none", "steps": 1, "calls": ["score"]}
    services = decided(book, asked(one)).services
    assert services["flow"]["workflow"] == "step-functions-standard"


def test_the_load_of_a_step_is_that_of_its_flow(book: Book) -> None:
    flow = {"trigger": "message", "listens_to": "work", "parallel_items": 5}
    raw = asked(flow) | {"channels": [{"id": "work", "rate_average_rps": 2, "rate_peak_rps": 4}]}
    values = decided(book, raw).subjects["fetch"].known.values
    assert (values["rate_average_rps"], values["rate_peak_rps"]) == (10, 20)
    assert decided(book, asked()).subjects["fetch"].known.values["rate_average_rps"] == pytest.approx(1 / 86400)


def test_a_run_lasts_as_long_as_its_steps_together(book: Book) -> None:
    assert decided(book, asked()).subjects["flow"].known.values["whole_run_s"] == 1260


def test_the_number_of_steps_is_cut_where_a_program_is_needed(book: Book) -> None:
    verdict = decided(book, asked())
    field = field_of("component", "steps")
    samples = [cell.sample for cell in cells(dated(book), verdict, "flow", field)]
    needs = {steps: revised(verdict, "flow", {"steps": steps}, dated(book)).services for steps in samples}
    assert {steps > 2 for steps in samples} == {True, False}
    for steps, services in needs.items():
        alone = 1 < steps <= 2
        assert (services["flow"]["compute"] == "none") == alone
        assert ("entry" in services["fetch"]) != alone


@pytest.mark.parametrize("changes", [{"logic": "code"}, {"steps": 3.0}, {"steps": None}])
def test_a_revised_verdict_is_that_of_the_changed_answers(book: Book, changes: Mapping[str, Any]) -> None:
    now = revised(decided(book, asked()), "flow", changes, dated(book)).services
    stated = {key: value for key, value in {**FLOW, **changes}.items() if value is not None}
    assert now == decided(book, {"components": [stated, FETCH, SCORE]}).services


def test_each_state_of_the_diagram_runs_its_component(book: Book) -> None:
    graph = advise(make_requirements(asked()), book).architecture
    (machine,) = (node for node in graph.nodes if node.states)
    runs = [str(state.settings["runs"]) for state in machine.states if state.kind == "task"]
    assert runs == ["fetch.compute", "score.compute"] == [edge.target for edge in graph.leaving(machine.id, "run")]
