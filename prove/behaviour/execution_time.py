"""Executions that wait for an answer: each lasts for all its states, and for the requests that fail before the last one.

A retry of a state that waits has its whole timeout again
(https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html, read 2026-11-30).
"""

from collections.abc import Mapping
from typing import Any

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.loads import component_of
from prove.behaviour.references import ids_in
from prove.readback import Stack
from prove.readback.stack import Resource

#: The end of the resource of a state that waits until its task token comes back.
WAITS = ".waitForTaskToken"
_FUNCTION = "AWS::Lambda::Function"
#: The longest that an execution can last.
_YEAR_S = 31536000.0
State = Mapping[str, Any]


def cut_short(evidence: Evidence, machine: Resource) -> Problem | None:
    """Return the problem of an execution that ends before its states, unless its whole duration is stated."""
    component = component_of(evidence.requirements, machine.owner.node)
    if component is not None and component.answer("whole_run_s") is not None:
        return None
    states: Mapping[str, State] = machine.properties["Definition"]["States"]
    tasks = (state for state in states.values() if state["Type"] == "Task" and not _in_place_of_work(state))
    needed = sum(_lasts_s(evidence.stack, state) for state in tasks)
    whole = float(machine.properties["Definition"]["TimeoutSeconds"])
    if whole >= min(needed, _YEAR_S):
        return None
    message = f"The states may take {needed:g} s with their retries, and the execution ends after {whole:g} s."
    return Problem("ends-before-its-parts", machine.id, message, machine.type)


def _in_place_of_work(state: State) -> bool:
    """Return whether a state stores a decision against the work: no step runs then, each of which lasts as long."""
    return "ended_at" in str(state.get("Parameters", "")).lower()


def _lasts_s(stack: Stack, state: State) -> float:
    """Return how long a state may last with its retries: one that waits fails within the time of the function that asks."""
    once, total = float(state.get("TimeoutSeconds", 0)), 0.0
    failing = once
    if str(state.get("Resource", "")).endswith(WAITS):
        invoked = [
            stack.resources[id] for id in ids_in(state["Parameters"].get("FunctionName")) if id in stack.resources
        ]
        failing = max((float(one.properties["Timeout"]) for one in invoked if one.type == _FUNCTION), default=0.0)
    for retry in state.get("Retry", ()):
        for attempt in range(int(retry.get("MaxAttempts", 3))):
            total += failing + float(retry["IntervalSeconds"]) * float(retry["BackoffRate"]) ** attempt
    return total + once
