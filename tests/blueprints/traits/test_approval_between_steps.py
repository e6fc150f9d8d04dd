"""An approval between the steps of a workflow: what runs before it, what the approver sees, and what is undone without it."""

import json
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.plan import plan_for
from blueprints.refusals import refusals
from blueprints.traits.approvals import approvals_of
from blueprints.traits.state_machine import SERVICES, definition
from tests.blueprints.traits.test_state_machine import check_states

Json = dict[str, Any]
WORK = {"id": "work", "trigger": "message", "listens_to": "orders", "steps": 3, "human_approval": True, "retries": True}


def machine(book: Book, *others: Json, **answers: Any) -> Json:
    """Return the state machine of a flow whose approval stands after two of its three steps, with what its approvals show."""
    stated = {"steps_before_approval": 2, "writes": ["refunds"], **answers}
    design = advise(
        make_requirements(
            {
                "components": [{**WORK, **{key: value for key, value in stated.items() if value}}, *others],
                "channels": [{"id": "orders", "carries": "work"}],
                "stores": [
                    {"id": id, "access": "key-value"} for id in dict.fromkeys(("refunds", *stated.get("reads", ())))
                ],
            }
        ),
        book,
    )
    (node,) = design.architecture.of_service(*SERVICES)
    made: Json = json.loads(definition(design.architecture, node).text())
    check_states(made)
    approvals = approvals_of(design.architecture, ())
    assert approvals is not None
    asking = made["States"]["Approve"]["Parameters"]["Payload"]
    assert approvals.shows_results is ("result.$" in asking)
    assert bool(approvals.checked) is ("approved.$" in json.dumps(made))
    unchecked = bool(stated["steps_before_approval"] and stated.get("reads") and not approvals.checked)
    assert bool(approvals.unchecked) is unchecked
    return made


def order(made: Json) -> list[str]:
    """Return the states of a run in which nothing fails."""
    states, name, found = made["States"], made["StartAt"], list[str]()
    while name:
        found.append(name)
        name = states[name].get("Next", states[name].get("Default", ""))
    return [name for name in found if states[name]["Type"] == "Task"]


def caught(states: Json, error: str) -> Json:
    (found,) = (one for one in states["Approve"]["Catch"] if one["ErrorEquals"] == [error])
    return dict(found)


def after(states: Json, catcher: Json) -> list[str]:
    """Return the states that follow a caught error, of which the question after the last compensation knows where it is."""
    name, found = catcher["Next"], list[str]()
    while name:
        found.append(name)
        state = states[name]
        choices = [
            one for one in state.get("Choices", ()) if one["IsPresent"] is (one["Variable"] == catcher["ResultPath"])
        ]
        name = choices[0]["Next"] if choices else state.get("Next", state.get("Default", ""))
    return found


@pytest.mark.parametrize("before", [0, 1, 2])
def test_as_many_steps_as_are_stated_run_before_the_approval(book: Book, before: int) -> None:
    steps = ["Step1", "Step2", "Step3"]
    assert order(machine(book, steps_before_approval=before)) == [*steps[:before], "Approve", *steps[before:]]


def test_the_approver_sees_what_the_step_before_has_returned(book: Book) -> None:
    payload = machine(book)["States"]["Approve"]["Parameters"]["Payload"]
    assert payload["asked.$"] == "$$.Execution.Input"
    assert payload["result.$"] == "$.result.returned"
    assert "result.$" not in machine(book, steps_before_approval=0)["States"]["Approve"]["Parameters"]["Payload"]
    # A container returns nothing.
    job = machine(book, longest_run_s="2 h", packaging="container-image")
    assert "result.$" not in job["States"]["Approve"]["Parameters"]["Payload"]


def test_the_steps_after_the_approval_get_what_was_approved(book: Book) -> None:
    states = machine(book, steps_before_approval=1, reads=["orders-kept"], compensation=True)["States"]
    given = {id for id, state in states.items() if "approved.$" in str(state.get("Parameters", ""))}
    assert given == {"Step2", "Step3"}
    for step in (states[id] for id in given):
        assert step["Parameters"]["Payload"]["approved.$"] == "$.result.returned.seen"
        # Another attempt finds the same item, and what has been done is undone.
        assert step["Retry"][0] == {"ErrorEquals": ["ChangedSinceApproval"], "MaxAttempts": 0}
    # Nothing is looked up, or a container returns nothing, or nobody has seen a result.
    for answers in ({}, {"longest_run_s": "2 h", "packaging": "container-image"}, {"steps_before_approval": 0}):
        read = {"reads": ["orders-kept"]} if answers else {}
        assert "approved" not in json.dumps(machine(book, **{**read, **answers}))


def test_what_was_done_is_undone_before_a_decision_against_it_is_stored(book: Book) -> None:
    states = machine(book, compensation=True)["States"]
    undone = ["Compensate2", "Compensate1", "AllUndone"]
    assert after(states, caught(states, "Rejected")) == [*undone, "StoreRejection", "Rejected"]
    assert after(states, caught(states, "States.Timeout")) == [*undone, "StoreExpiry", "Expired"]
    assert states["Expired"] == {
        "Type": "Fail",
        "ErrorPath": "$.expired.Error",
        "Cause": "Nobody decided in time: the steps are undone",
    }
    # Nobody could be asked: that is a failure.
    assert after(states, caught(states, "States.ALL")) == [*undone, "Failed"]
    # Another run has asked about the same message: these are its steps as well.
    assert after(states, caught(states, "NotAsked")) == ["NotAsked"]


def test_without_compensation_the_later_steps_are_not_run(book: Book) -> None:
    states = machine(book)["States"]
    assert after(states, caught(states, "Rejected")) == ["StoreRejection", "Rejected"]
    assert after(states, caught(states, "States.Timeout")) == ["StoreExpiry", "Failed"]


def test_where_no_store_holds_a_decision_the_steps_are_undone_as_well(book: Book) -> None:
    states = machine(book, compensation=True, writes=None)["States"]
    assert after(states, caught(states, "Rejected")) == ["Compensate2", "Compensate1", "AllUndone", "Rejected"]
    assert after(states, caught(states, "States.ALL")) == ["Compensate2", "Compensate1", "AllUndone", "Failed"]


def test_components_that_are_called_are_steps_before_an_approval(book: Book) -> None:
    called = ({"id": "fetch"}, {"id": "score", "packaging": "container-image", "longest_run_s": 1200}, {"id": "tell"})
    flow = {"writes": None, "calls": [one["id"] for one in called]}
    assert order(machine(book, *called, **flow)) == ["RunFetch", "RunScore", "Approve", "RunTell"]
    after_one = machine(book, *called, **flow, steps_before_approval=1)
    assert order(after_one) == ["RunFetch", "Approve", "RunScore", "RunTell"]
    assert after_one["States"]["Approve"]["Parameters"]["Payload"]["result.$"] == "$.result.returned"


def test_a_callback_is_awaited_before_the_approval_that_follows_the_same_step(book: Book) -> None:
    made = machine(book, steps_before_approval=1, waits_for=["callback"], compensation=True)
    assert order(made) == ["Step1", "Callback", "Approve", "Step2", "Step3"]
    states = made["States"]
    assert after(states, caught(states, "Rejected"))[0] == "Compensate1"


def test_a_durable_function_that_a_schedule_starts_on_its_stores_has_no_step_before_an_approval(book: Book) -> None:
    report = {
        "id": "report",
        "pins": {"compute": "lambda-durable"},
        "trigger": "schedule",
        "longest_run_s": 20,
        "wait_s": 172800,
        "steps": 3,
        "human_approval": True,
        "steps_before_approval": 1,
        "reads": ["sales"],
    }
    sales = {"id": "sales", "access": "key-value"}
    design = advise(make_requirements({"components": [report], "stores": [sales]}), book)
    assert [one.where for one in refusals(plan_for(design))] == ["report.compute"]
    unread = {key: value for key, value in report.items() if key != "reads"}
    assert not [*refusals(plan_for(advise(make_requirements({"components": [unread]}), book)))]


def test_a_change_of_what_was_approved_is_asked_about_again(book: Book) -> None:
    states = machine(book, reads=["rates"])["States"]
    (found,) = (one for one in states["Step3"]["Catch"] if one["ErrorEquals"] == ["ChangedSinceApproval"])
    assert found["Next"] == "Step2"
    assert states["Step2"]["Next"] in ("Approve", "AfterStep2")
    assert all("Catch" not in states[name] for name in ("Step1", "Step2"))


def test_the_item_itself_is_approved_where_it_is_read(book: Book) -> None:
    api = {"id": "api", "trigger": "request", "reads": ["refunds"], "writes": ["refunds"], "publishes": ["orders"]}
    unread, read = (machine(book, api, reads=reads) for reads in ([], ["refunds"]))
    assert "approved.$" not in json.dumps(unread)
    assert "approved.$" in json.dumps(read["States"]["Step3"])
