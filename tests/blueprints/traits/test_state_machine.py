"""State machine definitions: what Amazon States Language asks of them, and what the work is given."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import EMPTY
from blueprints.errors import Unsupported
from blueprints.plan.statements import statements
from blueprints.traits.state_machine import SERVICES, definition
from blueprints.values.reference import Ref

Json = dict[str, Any]
STEPS: dict[str, Any] = {
    "one": {"trigger": "schedule", "longest_run_s": "20 min"},
    "steps": {"trigger": "schedule", "steps": 3, "retries": True},
    "map": {"trigger": "schedule", "parallel_items": 20, "retries": True},
    "many": {"trigger": "schedule", "parallel_items": 20000},
    "approval": {"trigger": "schedule", "steps": 2, "human_approval": True, "retries": True},
    "undo": {"trigger": "schedule", "steps": 2, "compensation": True, "retries": True},
}


@pytest.fixture(scope="module")
def designs_by_name(book: Book) -> dict[str, Design]:
    return {
        name: advise(make_requirements({"components": [{"id": "work", **answers}]}), book)
        for name, answers in STEPS.items()
    }


def of(design: Design) -> tuple[Json, Mapping[str, Any]]:
    (node,) = design.architecture.of_service(*SERVICES)
    machine = definition(design.architecture, node)
    return json.loads(machine.text()), machine.tokens


def check_states(machine: Json) -> None:
    """What statelint checks: names that exist, an end that is reached, and each state with one way on."""
    states = machine["States"]
    assert machine["StartAt"] in states
    reached = {machine["StartAt"]}
    for name, state in states.items():
        ends = state["Type"] in ("Succeed", "Fail")
        following = [state[way] for way in ("Next", "Default") if way in state]
        assert ends != (bool(following) != (state.get("End") is True)), name
        following += [choice["Next"] for choice in state.get("Choices", ())]
        following += [catcher["Next"] for catcher in state.get("Catch", ())]
        assert set(following) <= set(states), name
        reached |= set(following)
        for retrier in state.get("Retry", ()):
            assert (
                retrier["ErrorEquals"][0] in ("Rejected", "CallbackFailed", "ChangedSinceApproval")
                or retrier["MaxAttempts"] >= 1
            )
            assert retrier.get("IntervalSeconds", 1) >= 1
        if state["Type"] == "Map":
            check_states(state["ItemProcessor"])
    assert reached == set(states)


@pytest.mark.parametrize("name", STEPS)
def test_every_shape_of_workflow_is_a_machine_that_ends(name: str, designs_by_name: Mapping[str, Design]) -> None:
    machine, _ = of(designs_by_name[name])
    check_states(machine)
    assert any(state["Type"] in ("Succeed", "Fail") or state.get("End") for state in machine["States"].values())


@pytest.mark.parametrize("name", STEPS)
def test_every_placeholder_stands_for_a_value_and_every_value_is_used(
    name: str, designs_by_name: Mapping[str, Design]
) -> None:
    machine, tokens = of(designs_by_name[name])
    assert set(re.findall(r"\$\{(\w+)\}", json.dumps(machine))) == set(tokens)


def test_work_that_fails_is_tried_again_and_then_ends_in_failure(designs_by_name: Mapping[str, Design]) -> None:
    machine, _ = of(designs_by_name["steps"])
    task = machine["States"]["Step1"]
    # A run that hangs is tried again too: `States.TaskFailed` does not include timeouts.
    assert task["Retry"][0]["ErrorEquals"] == ["States.TaskFailed", "States.Timeout"]
    # The execution ends where the work failed, and a redrive continues there.
    assert "Catch" not in task
    assert "Failed" not in machine["States"]


def test_a_task_is_awaited_on_fargate_in_private_subnets(designs_by_name: Mapping[str, Design]) -> None:
    machine, _ = of(designs_by_name["one"])
    task = machine["States"]["Run"]
    assert task["Resource"] == "arn:aws:states:::ecs:runTask.sync"
    assert task["Parameters"]["LaunchType"] == "FARGATE"
    assert task["Parameters"]["NetworkConfiguration"]["AwsvpcConfiguration"]["AssignPublicIp"] == "DISABLED"


def test_an_approval_waits_for_its_token_and_a_rejection_is_a_success(designs_by_name: Mapping[str, Design]) -> None:
    machine, tokens = of(designs_by_name["approval"])
    state = machine["States"]["Approve"]
    assert state["Resource"].endswith(":lambda:invoke.waitForTaskToken")
    assert state["Parameters"]["FunctionName"] == "${ApprovalsArn}"
    assert state["Parameters"]["Payload"]["token.$"] == "$$.Task.Token"
    assert state["Parameters"]["Payload"]["within_s"] == state["TimeoutSeconds"]
    assert "ApprovalsArn" in tokens
    # What a person decides is not tried again, and rings no alarm; nor is a request that has expired.
    rejected, not_asked, failed = state["Catch"]
    assert machine["States"][rejected["Next"]]["Type"] == "Succeed"
    assert rejected["ErrorEquals"] == ["Rejected"]
    assert machine["States"][not_asked["Next"]]["Type"] == "Succeed"
    assert not_asked["ErrorEquals"] == ["NotAsked"]
    assert machine["States"][failed["Next"]]["Type"] == "Fail"
    assert state["Retry"][0] == {"ErrorEquals": ["Rejected", "NotAsked"], "MaxAttempts": 0}
    assert state["Retry"][1]["ErrorEquals"] == ["States.TaskFailed"]


def test_what_was_done_is_undone_before_the_failure(designs_by_name: Mapping[str, Design]) -> None:
    machine, _ = of(designs_by_name["undo"])
    states = machine["States"]
    assert [states[f"Step{n}"]["Catch"][0]["Next"] for n in (1, 2)] == ["Compensate1", "Compensate2"]
    for step, after in ((2, "Compensate1"), (1, "AllUndone")):
        undo = states[f"Compensate{step}"]
        assert undo["Parameters"]["Payload"]["action"] == "compensate"
        assert undo["Parameters"]["Payload"]["step"] == step
        # One that cannot be undone leaves the others to be undone all the same.
        assert undo["Next"] == undo["Catch"][0]["Next"] == after
        assert undo["Catch"][0]["ResultPath"] == "$.compensationError"
    (failed,) = states["AllUndone"]["Choices"]
    assert failed == {"Variable": "$.compensationError", "IsPresent": True, "Next": "CompensationFailed"}
    assert states["AllUndone"]["Default"] == "Failed"
    assert states["Failed"]["ErrorPath"] == "$.error.Error"
    assert states["CompensationFailed"]["Error"] == "CompensationFailed"


def test_names_of_states_are_unique_in_the_whole_machine(book: Book) -> None:
    answers = {"trigger": "schedule", "parallel_items": 20, "compensation": True}
    machine, _ = of(advise(make_requirements({"components": [{"id": "work", **answers}]}), book))
    inner = [name for s in machine["States"].values() if s["Type"] == "Map" for name in s["ItemProcessor"]["States"]]
    names = [*machine["States"], *inner]
    assert len(inner) == 2
    assert len(names) == len(set(names))


def test_a_person_is_asked_before_anything_is_done(designs_by_name: Mapping[str, Design]) -> None:
    machine, _ = of(designs_by_name["approval"])
    assert machine["StartAt"] == "Approve"
    approval = machine["States"]["Approve"]
    assert approval["Next"] == "Step1"
    assert approval["ResultPath"] is None


def test_very_many_items_run_in_executions_of_their_own(designs_by_name: Mapping[str, Design]) -> None:
    modes = {
        name: of(designs_by_name[name])[0]["States"]["Map"]["ItemProcessor"]["ProcessorConfig"]["Mode"]
        for name in ("map", "many")
    }
    assert modes == {"map": "INLINE", "many": "DISTRIBUTED"}


@pytest.mark.parametrize(("name", "number"), [("map", 20), ("many", 1000)])
def test_a_schedule_brings_no_items_so_the_work_is_cut_into_parts(
    name: str, number: int, designs_by_name: Mapping[str, Design]
) -> None:
    machine, _ = of(designs_by_name[name])
    first = machine["States"][machine["StartAt"]]
    assert first["Parameters"] == {"items.$": f"States.ArrayRange(0, {number - 1}, 1)", "given.$": "$"}
    mapped = machine["States"][first["Next"]]
    assert mapped["ItemsPath"] == "$.items"
    assert mapped["ItemSelector"]["index.$"] == "$$.Map.Item.Value"
    assert mapped["ItemSelector"]["size"] == number


def test_a_map_that_is_asked_for_takes_the_items_of_who_asks(book: Book) -> None:
    answers = {"trigger": "request", "parallel_items": 20, "steps": 2, "longest_run_s": 5}
    machine, _ = of(advise(make_requirements({"components": [{"id": "work", **answers}]}), book))
    given = machine["States"][machine["StartAt"]]
    (choice,) = given["Choices"]
    assert choice == {"Variable": "$.items", "IsPresent": True, "Next": "IdGiven"}
    assert machine["States"]["Map"]["ItemsPath"] == "$.items"
    # The work of an item is known by the run, which the input names, and by the item.
    assert machine["States"]["Map"]["ItemSelector"] == {
        "item_of_run.$": "$$.Map.Item.Value",
        "run.$": "$.run.id",
        "owner.$": "$.run.owner",
    }
    assert machine["States"]["NamedRun"]["Parameters"] == {"id.$": "$.id", "owner": ""}
    assert machine["States"]["UnnamedRun"]["Parameters"] == {"id.$": "$$.Execution.Name", "owner": ""}
    # And it has the owner of the run, if the input names one.
    assert machine["States"]["OwnerGiven"]["Choices"][0]["Next"] == "OwnedRun"
    assert machine["States"]["OwnedRun"]["Parameters"] == {"id.$": "$.run.id", "owner.$": "$.owner"}


def test_an_input_without_items_is_the_only_item(book: Book) -> None:
    answers = {"trigger": "request", "parallel_items": 20, "longest_run_s": 5}
    machine, _ = of(advise(make_requirements({"components": [{"id": "work", **answers}]}), book))
    alone = machine["States"][machine["States"][machine["StartAt"]]["Default"]]
    assert alone["Parameters"] == {"items.$": "States.Array($)", "run": {"id": "", "owner": ""}}
    assert alone["Next"] == "Map"


def test_the_objects_of_a_bucket_are_listed_and_not_handed_over(book: Book) -> None:
    work = {"id": "work", "trigger": "schedule", "parallel_items": 20000, "reads": ["files"]}
    answers = {"components": [work], "stores": [{"id": "files", "access": "objects"}]}
    design = advise(make_requirements(answers), book)
    machine, tokens = of(design)
    assert "ItemsPath" not in machine["States"]["Map"]
    listed = {"Bucket": "${ItemsBucket}", "Prefix.$": "$.objects.prefix"}
    assert machine["States"]["Map"]["ItemReader"]["Parameters"] == listed
    bucket, name = (tokens["ItemsBucket"].node, "work.workflow")
    (listing,) = (statement for statement in statements(design.architecture)[name] if statement.sid == "ListItems")
    assert (listing.actions, listing.resources) == (("s3:ListBucket",), (Ref(bucket, "arn"),))


def test_a_pipe_s_list_is_unpacked_first(designs: Mapping[str, Design]) -> None:
    machine, _ = of(designs["data-processing"])
    assert machine["States"][machine["StartAt"]]["InputPath"] == "$[0]"


@pytest.mark.parametrize("compute", ["ecs", "batch"])
def test_a_schedule_beside_the_pipe_hands_over_no_list(compute: str, book: Book) -> None:
    days: dict[str, Any] = {
        "id": "work",
        "trigger": ["message", "schedule"],
        "listens_to": "jobs",
        "longest_run_s": "3 d",
    }
    asked = {**days, "must": "nothing-while-idle"} if compute == "ecs" else {**days, "interruption": "restart"}
    design = advise(make_requirements({"components": [asked], "channels": [{"id": "jobs"}]}), book)
    assert design.decision.subject("work").service("compute") == compute
    states = of(design)[0]["States"]
    told = states[of(design)[0]["StartAt"]]
    (from_pipe,) = told["Choices"]
    assert (from_pipe["Variable"], from_pipe["IsPresent"], from_pipe["Next"]) == ("$[0]", True, "Unpack")
    assert told["Default"] == states["Unpack"]["Next"]


def test_a_state_that_has_no_form_is_said(designs_by_name: Mapping[str, Design]) -> None:
    graph = designs_by_name["steps"].architecture
    (node,) = graph.of_service(*SERVICES)
    strange = replace(node.states[1], kind="notify", title=EMPTY)
    changed = replace(node, states=(node.states[0], strange, *node.states[2:]))
    with pytest.raises(Unsupported) as refused:
        definition(graph, changed)
    assert refused.value.where == node.id


@pytest.mark.parametrize("name", ["steps", "undo"])
def test_no_step_gets_what_the_steps_before_it_returned_or_its_data_would_double_each_time(
    name: str, designs_by_name: Mapping[str, Design]
) -> None:
    machine, _ = of(designs_by_name[name])
    tasks = [state for state in machine["States"].values() if state["Type"] == "Task"]
    assert len(tasks) >= 2
    assert {task["Parameters"]["Payload"]["input.$"] for task in tasks} == {"$$.Execution.Input"}
    assert {task["ResultPath"] for task in tasks} == {"$.result"}


@pytest.mark.parametrize("name", ["map", "many"])
def test_a_map_leaves_nothing_behind_that_could_be_too_large(name: str, designs_by_name: Mapping[str, Design]) -> None:
    mapped = of(designs_by_name[name])[0]["States"]["Map"]
    # A distributed map leaves the place of its results, which stand in a bucket.
    assert mapped["ResultPath"] == ("$.map" if name == "many" else None)
    assert ("ResultWriter" in mapped) == (name == "many")
    item = mapped["ItemProcessor"]["States"]["Item"]
    assert item["OutputPath"] is None
    assert item["Parameters"]["Payload"]["input.$"] == "$"


def test_undoing_is_tried_again(designs_by_name: Mapping[str, Design]) -> None:
    machine, _ = of(designs_by_name["undo"])
    assert machine["States"]["Compensate1"]["Retry"] == machine["States"]["Step1"]["Retry"]


@pytest.fixture(scope="module")
def refund(book: Book) -> Json:
    """A workflow that a person approves, and that stores what it has done under the id of its message."""
    work = {"id": "work", "trigger": "message", "listens_to": "orders", "steps": 2, "human_approval": True}
    answers: dict[str, Any] = {
        "components": [{**work, "retries": True, "compensation": True, "writes": ["refunds"]}],
        "channels": [{"id": "orders", "carries": "work"}],
        "stores": [{"id": "refunds", "access": "key-value"}],
    }
    machine, _ = of(advise(make_requirements(answers), book))
    return machine


def test_a_rejection_and_an_expired_request_are_stored_before_the_end(refund: Json) -> None:
    states = refund["States"]
    check_states(refund)
    led = {one["ErrorEquals"][0]: states[one["Next"]] for one in states["Approve"]["Catch"]}
    rejected, expired = led["Rejected"], led["States.Timeout"]
    assert rejected["Parameters"]["Payload"]["action"] == "rejected"
    assert rejected["Parameters"]["Payload"]["decision.$"] == "$.rejected.Cause"
    assert states[rejected["Next"]]["Type"] == "Succeed"
    assert expired["Parameters"]["Payload"]["action"] == "expired"
    # The alarm rings for an expired request, and names it, also if nothing could be stored.
    assert states[expired["Next"]]["Type"] == states[expired["Catch"][0]["Next"]]["Type"] == "Fail"
    assert expired["Catch"][0]["ResultPath"] is expired["ResultPath"] is None
    for state in (rejected, expired):
        assert state["Retry"][0]["ErrorEquals"] == ["States.TaskFailed", "States.Timeout"]
        assert state["Parameters"]["Payload"]["ended_at.$"] == "$$.State.EnteredTime"


def test_a_decision_about_no_item_is_not_stored(designs_by_name: Mapping[str, Design]) -> None:
    machine, _ = of(designs_by_name["approval"])
    assert not {"StoreRejection", "StoreExpiry"} & {*machine["States"]}


@pytest.fixture(scope="module", params=[{"writes": ["claims"]}, {"reads": ["claims"], "writes": ["decisions"]}])
def claims(request: pytest.FixtureRequest, book: Book) -> Json:
    """A workflow that sets its results in the items that an API keeps for its callers, or looks these up."""
    api = {"id": "api", "trigger": "request", "reads": ["claims"], "writes": ["claims"], "publishes": ["reported"]}
    work = {"id": "work", "trigger": "message", "listens_to": "reported", "steps": 2, "compensation": True}
    answers: dict[str, Any] = {
        "components": [{**api, "authentication": "sign-up"}, {**work, "retries": True, **request.param}],
        "channels": [{"id": "reported", "carries": "event"}],
        "stores": [{"id": "claims", "access": "key-value"}, {"id": "decisions", "access": "key-value"}],
    }
    machine, _ = of(advise(make_requirements(answers), book))
    return machine


def test_a_run_ends_with_the_step_that_finds_its_item_deleted(claims: Json) -> None:
    states = claims["States"]
    check_states(claims)
    for step, following in (("Step1", "Step2"), ("Step2", "End")):
        (gone,) = states[states[step]["Next"]]["Choices"]
        assert states[states[step]["Next"]]["Default"] == following
        # What has been done is undone, as after a failure; but nothing has failed.
        assert gone["Next"] == states[step]["Catch"][0]["Next"]
    failed, undone = states["AllUndone"]["Choices"]
    assert failed["Next"] == "CompensationFailed"
    assert undone == {"Variable": "$.error", "IsPresent": False, "Next": "ItemGone"}
    assert states["ItemGone"]["Type"] == "Succeed"


def test_a_pipe_starts_a_workflow_that_listens_to_a_queue_for_its_events(book: Book) -> None:
    work = {"id": "work", "trigger": "event", "listens_to": "orders", "steps": 5}
    answers = {"components": [work], "channels": [{"id": "orders", "carries": "work"}]}
    architecture = advise(make_requirements(answers), book).architecture
    assert len(architecture.of_service("eventbridge-pipes")) == 1
