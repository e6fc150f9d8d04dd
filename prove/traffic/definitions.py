"""Copies of state machines whose definition has a fault: a step that fails, an answer that must come soon."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from advisor.architecture import Edge, Node
from advisor.architecture.workflow_states import runs_of
from blueprints.naming import pascal
from prove.traffic.session import Session


@contextmanager
def changed(session: Session, arn: str, change: Callable[[dict[str, Any]], None]) -> Iterator[str]:
    """Create a copy of a state machine with a changed definition; it is deleted in the end."""
    states = session.client("stepfunctions")
    machine = states.describe_state_machine(stateMachineArn=arn)
    definition = json.loads(machine["definition"])
    change(definition)
    copy = states.create_state_machine(
        name=session.mark(), definition=json.dumps(definition), roleArn=machine["roleArn"]
    )["stateMachineArn"]
    try:
        yield copy
    finally:
        states.delete_state_machine(stateMachineArn=copy)


def first_task(definition: dict[str, Any]) -> dict[str, Any]:
    """Return the first Task state that does work, which may be in a Map state; one that asks a person does none."""
    for state in definition["States"].values():
        if state["Type"] == "Task" and not state["Resource"].endswith(".waitForTaskToken"):
            task: dict[str, Any] = state
            return task
        if state["Type"] == "Map":
            return first_task(state["ItemProcessor"])
    raise LookupError("no state does work")


def task_of(definition: dict[str, Any], machine: Node, run: Edge) -> dict[str, Any]:
    """Return the Task state that runs a component which a workflow calls, else the first that does work."""
    if not any(run.target in runs_of(state) for state in machine.states):
        return first_task(definition)
    name = f"Run{pascal(run.target.split('.')[0])}"
    maps = [state["ItemProcessor"]["States"] for state in definition["States"].values() if state["Type"] == "Map"]
    task: dict[str, Any] = next(states[name] for states in (definition["States"], *maps) if name in states)
    return task


def after_approval(definition: dict[str, Any]) -> str:
    """Return the name of the state after the one that asks a person."""
    asking = (
        one for one in definition["States"].values() if "within_s" in one.get("Parameters", {}).get("Payload", {})
    )
    return str(
        next(one["Next"] for one in asking if one["Parameters"]["Payload"].get("action") not in ("ask", "check"))
    )


def break_last_step(definition: dict[str, Any]) -> None:
    """Give the last step an invalid input and disable its retries."""
    states = definition["States"]
    after = {name: states.get(state.get("Next", ""), {}) for name, state in states.items()}
    after = {name: states[one["Default"]] if one.get("Type") == "Choice" else one for name, one in after.items()}
    last = next(states[name] for name, one in after.items() if one.get("Type") == "Succeed")
    task = last if last["Type"] == "Task" else next(iter(last["ItemProcessor"]["States"].values()))
    task.pop("Retry", None)
    payload = task["Parameters"].get("Payload")
    if payload is not None:
        payload.pop("input.$")
        payload["input"] = None
        return
    overrides = (
        task["Parameters"]
        .get("Overrides", {})
        .get("ContainerOverrides", [task["Parameters"].get("ContainerOverrides")])
    )
    variables = overrides[0]["Environment"]
    variables[:] = [one for one in variables if one["Name"] != "INPUT"] + [{"Name": "INPUT", "Value": "[1]"}]


def answer_itself(definition: dict[str, Any]) -> None:
    """Let the states that wait for a callback go on at once, as if the outside system had answered."""
    for state in definition["States"].values():
        if state.get("Parameters", {}).get("Payload", {}).get("action") == "ask":
            following = state["Next"]
            state.clear()
            state |= {"Type": "Pass", "Result": {}, "ResultPath": "$.answer", "Next": following}
