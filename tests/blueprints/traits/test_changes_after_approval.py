"""A change of an approved item, as a run of the states: what is done stays approved, or is undone before anybody is asked again."""

from collections import Counter
from itertools import product
from typing import Any

import pytest

from advisor.book import Book
from tests.blueprints.traits.test_approval_between_steps import machine

Json = dict[str, Any]
CHANGED, REJECTED, TIMED_OUT = "ChangedSinceApproval", "Rejected", "States.Timeout"
STEPS = 5
#: What a program or a person does at each visit of a state: nothing means success.
Said = dict[str, list[str]]


def put(data: Json, path: str | None, value: object) -> Json:
    return {**data, path.removeprefix("$."): value} if path else data


def at(data: Json, path: str) -> tuple[bool, object]:
    """Return whether there is a value at a path, and the value."""
    value: Any = data
    for name in path.removeprefix("$.").split("."):
        name, _, index = name.partition("[")
        if not isinstance(value, dict) or name not in value:
            return False, None
        value = value[name][int(index[:-1])] if index else value[name]
    return True, value


def holds(rule: Json, data: Json) -> bool:
    if "And" in rule:
        return all(holds(one, data) for one in rule["And"])
    value: Any
    present, value = at(data, rule["Variable"])
    if "IsPresent" in rule:
        return present is rule["IsPresent"]
    assert present, rule
    if "NumericGreaterThanEquals" in rule:
        return bool(value >= rule["NumericGreaterThanEquals"])
    return bool(value == rule["StringEquals"])


def run(states: Json, said: Said, start: str = "Step1") -> tuple[list[str], str]:
    """Return the tasks that a run does, each with "!" if it fails, and the state in which it ends."""
    said, name, data, tasks = {id: [*errors] for id, errors in said.items()}, start, dict[str, Any](), list[str]()
    for _ in range(100):
        state = states[name]
        if state["Type"] in ("Succeed", "Fail"):
            return tasks, name
        if state["Type"] == "Choice":
            name = next((one["Next"] for one in state["Choices"] if holds(one, data)), state.get("Default"))
            continue
        error = said[name].pop(0) if said.get(name) else ""
        if state["Type"] == "Task":
            tasks.append(f"{name}!" if error else name)
        if not error:
            result = state.get("Result", {"returned": {"done": [{}]}})
            if "Parameters" in state and state["Type"] == "Pass":
                ((key, counted),) = state["Parameters"].items()
                assert counted == "States.MathAdd($.asked.times, 1)"
                result = {key.removesuffix(".$"): data["asked"]["times"] + 1}
            data, name = put(data, state.get("ResultPath"), result), state["Next"]
            continue
        caught = next((one for one in state.get("Catch", ()) if {error, "States.ALL"} & {*one["ErrorEquals"]}), None)
        if caught is None:
            return tasks, "failed in place"
        data, name = put(data, caught["ResultPath"], {"Error": error}), caught["Next"]
    raise AssertionError(f"The run goes round in a circle: {tasks}")


def flow(book: Book, **answers: Any) -> Json:
    """Return the states of five steps of which three follow the approval."""
    states: Json = machine(book, steps=STEPS, reads=["rates"], **answers)["States"]
    return states


def left_done(tasks: list[str]) -> set[int]:
    """Return the steps that are done at the end, and check that none is done twice without having been undone."""
    done = Counter[int]()
    for task in tasks:
        if task.startswith("Step") and not task.endswith("!"):
            # The step before the approval is repeated to look everything up: its result is replaced.
            assert not done[int(task[4:])] or task == "Step2", tasks
            done[int(task[4:])] = 1
        elif task.startswith("Compensate"):
            done[int(task.removeprefix("Compensate").rstrip("!"))] = 0
    return {step for step, count in done.items() if count}


@pytest.mark.parametrize(("step", "answer", "stored"), [*product([3, 4, 5], [REJECTED, TIMED_OUT], ["refunds", None])])
def test_whoever_rejects_a_change_finds_every_step_undone(
    book: Book, step: int, answer: str, stored: str | None
) -> None:
    states = flow(book, compensation=True, writes=[stored] if stored else None)
    tasks, end = run(states, {f"Step{step}": [CHANGED], "Approve": ["", answer]})
    assert tasks.count("Approve") == 1
    assert tasks.count("Approve!") == 1
    assert left_done(tasks) == set()
    before_second = tasks[: tasks.index("Approve!")]
    # What was done for the first approval is undone before anybody is asked again, the last step first.
    undone = [f"Compensate{one}" for one in range(step, 2, -1)]
    assert before_second == [
        "Step1", "Step2", "Approve", *(f"Step{one}" for one in range(3, step)), f"Step{step}!", *undone, "Step2",
    ]  # fmt: skip
    assert states[end]["Type"] == ("Succeed" if answer == REJECTED else "Fail")


@pytest.mark.parametrize("step", [3, 4, 5])
def test_an_approved_change_does_every_step_once_more_after_it_was_undone(book: Book, step: int) -> None:
    tasks, end = run(flow(book, compensation=True), {f"Step{step}": [CHANGED]})
    assert end == "End"
    assert left_done(tasks) == {1, 2, 3, 4, 5}
    assert tasks.count("Approve") == 2


def test_every_further_change_is_asked_about(book: Book) -> None:
    said = {"Step4": [CHANGED], "Step5": [CHANGED], "Approve": ["", "", REJECTED]}
    tasks, end = run(flow(book, compensation=True), said)
    assert (end, left_done(tasks)) == ("Rejected", set())


def test_a_third_change_undoes_all_and_fails(book: Book) -> None:
    states = flow(book, compensation=True)
    tasks, end = run(states, {"Step4": [CHANGED, CHANGED, CHANGED]})
    assert (end, left_done(tasks), tasks.count("Approve")) == ("Failed", set(), 3)
    assert states["ChangedTooOften"]["ResultPath"] == states["Failed"]["ErrorPath"].removesuffix(".Error")


def test_an_execution_has_time_for_all_its_requests(book: Book) -> None:
    """A timeout of the execution would undo nothing."""
    made = machine(book, steps=STEPS, reads=["rates"], compensation=True)
    assert made["TimeoutSeconds"] > 3 * made["States"]["Approve"]["TimeoutSeconds"]


def test_several_waits_share_the_stated_total(book: Book) -> None:
    stated = {"waits_for": ["callback"], "wait_s": "30 days", "compensation": True}
    states = machine(book, steps=STEPS, **stated)["States"]
    waits = [states[name]["TimeoutSeconds"] for name in ("Callback", "Approve")]
    assert waits == [15 * 86400] * 2


AFTER_A_CHANGE: list[Said] = [
    {"Step2": ["", "Boom"]},
    {"Approve": ["", "Boom"]},
    {"Step3": ["", "Boom"]},
    {"Step4": [CHANGED, "Boom"]},
    {"Step5": ["Boom"]},
]


@pytest.mark.parametrize("later", AFTER_A_CHANGE, ids=lambda later: next(iter(later)))
def test_a_failure_after_a_change_undoes_every_step(book: Book, later: Said) -> None:
    said = {"Step4": [CHANGED], **later}
    tasks, end = run(flow(book, compensation=True), said)
    assert (end, left_done(tasks)) == ("Failed", set())


@pytest.mark.parametrize("failing", ["Compensate4", "Compensate3"])
def test_a_change_of_which_a_step_cannot_be_undone_is_not_asked_about(book: Book, failing: str) -> None:
    tasks, end = run(flow(book, compensation=True), {"Step4": [CHANGED], failing: ["Boom"]})
    assert end == "CompensationFailed"
    assert tasks[-2:] == ["Compensate2", "Compensate1"]
    assert tasks.count("Approve") == 1


@pytest.mark.parametrize("step", [3, 4, 5])
def test_without_compensations_an_approved_change_goes_on_after_what_is_done(book: Book, step: int) -> None:
    tasks, end = run(flow(book), {f"Step{step}": [CHANGED]})
    assert (end, left_done(tasks)) == ("End", {1, 2, 3, 4, 5})


@pytest.mark.parametrize(("step", "answer", "stored"), [*product([3, 4, 5], [REJECTED, TIMED_OUT], ["refunds", None])])
def test_without_compensations_a_rejected_change_of_what_is_half_done_is_a_failure(
    book: Book, step: int, answer: str, stored: str | None
) -> None:
    states = flow(book, writes=[stored] if stored else None)
    tasks, end = run(states, {f"Step{step}": [CHANGED], "Approve": ["", answer]})
    nothing_done = answer == REJECTED and step == 3
    assert end == ("Rejected" if nothing_done else "RejectedAfterSteps" if answer == REJECTED else "Failed")
    assert left_done(tasks) == {1, 2, *range(3, step)}
    # The decision is stored all the same.
    assert (tasks[-1] in ("StoreRejection", "StoreExpiry")) is bool(stored)
