"""An outside system answers a callback: with its signature, once, in time, and without the token that completes the task.

* A task token completes its task for any caller that is allowed to call `SendTaskSuccess`
  (https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html, read 2026-11-27). So the outside system gets an
  id, and only the program that it answers can read the token.
* Without a timeout, a task waits for as long as an execution may last: a year (same page). When the time is over, the
  execution has to fail, since the alarm on failed executions is what a person hears of.
* The sender of a webhook disables an endpoint that responds with 410, and stops sending to it
  (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, read 2026-11-30). So an answer that
  nobody waits for is refused with another status.

How the programs ask and answer is tried on the programs themselves (`prove/drivers/call_back.py`).
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from prove.behaviour.alarm_actions import alarms_that_ring
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.execution_time import WAITS, cut_short
from prove.behaviour.hand_overs import MACHINE
from prove.behaviour.programs import FunctionProgram, functions
from prove.behaviour.references import allows, ids_in, named, statements_of_role
from prove.behaviour.token_tables import kept_tokens
from prove.behaviour.tries import Same, tried
from prove.readback import Stack
from prove.readback.stack import Resource

_ASKS = "ask"
_ENDS = ("states:SendTaskSuccess", "states:SendTaskFailure")
_FUNCTION, _TABLE = "AWS::Lambda::Function", "AWS::DynamoDB::Table"
#: Metrics of requests that an entry answers with an error of the client.
_REFUSED = ("4xx", "4XXError", "Url4xxCount", "HTTPCode_Target_4XX_Count")
_ANY_ERROR = ("States.ALL", "States.Timeout")
State = Mapping[str, Any]
_MESSAGES: Mapping[str, str] = {
    "token-handed-out": "The outside system gets what completes the task.",
    "callback-shared": "Two runs wait for the same callback, or its id is short.",
    "id-changes": "A repeated request has another id, so that the answer to the first one completes nothing.",
    "dead-token-kept": "The answer to a repeated request does not complete the attempt that was last.",
    "answer-does-not-arrive": "A signed answer does not complete the task, or not with what it says.",
    "token-in-answer": "The response to an answer holds what completes the task.",
    "answered-unsigned": "An answer that the outside system has not signed completes the task.",
    "answered-twice": "A callback can be answered a second time.",
    "retry-refused": "The retry of an answer does not get the result of the first one.",
    "lost-response-refused": "An answer that the task has taken is refused when its delivery is repeated.",
    "claim-kept": "After a request that Step Functions refused, no other delivery can answer.",
    "answered-late": "A callback can be answered after its time.",
    "unknown-answered": "An answer to an unknown callback is not refused with 404.",
    "malformed-answered": "An answer without a known status, or with a wrong type, is not refused with 400.",
    "endpoint-called-gone": "An answer is refused with 410, by which senders disable the endpoint.",
    "over-answered": "An answer to a run that waits no longer is not refused with 409.",
}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield ways to complete a waiting run without an answer of the outside system, and answers that are lost."""
    stack, programs = evidence.stack, {program.function.id: program for program in functions(evidence)}
    for machine, state in _waiting(stack):
        states = machine.properties["Definition"]["States"]
        if problem := _endless(machine, state, states):
            yield problem
        if problem := cut_short(evidence, machine):
            yield problem
        asked = [id for id in ids_in(state["Parameters"]["FunctionName"]) if id in stack.resources]
        askers = [stack.resources[id] for id in asked if stack.resources[id].type == _FUNCTION]
        for asker in askers:
            yield from _answered(stack, programs, machine, asker, state)


def _waiting(stack: Stack) -> Iterator[tuple[Resource, Mapping[str, Any]]]:
    """Yield the states that wait for an outside system, which their own work asks."""
    for machine in stack.of_type(MACHINE):
        definition = machine.properties.get("Definition")
        states: Mapping[str, State] = definition["States"] if isinstance(definition, Mapping) else {}
        for state in states.values():
            payload = state.get("Parameters", {}).get("Payload", {})
            if str(state.get("Resource", "")).endswith(WAITS) and payload.get("action") == _ASKS:
                yield machine, state


def _endless(machine: Resource, state: State, states: Mapping[str, State]) -> Problem | None:
    """Return the problem of a state that waits for as long as it may, or whose timeout does not fail the execution."""
    if not int(str(state.get("TimeoutSeconds", 0))):
        return Problem("waits-for-ever", machine.id, "A run waits for its callback for up to a year.", machine.type)
    caught = [one["Next"] for one in state.get("Catch", ()) if {*one["ErrorEquals"]} & {*_ANY_ERROR}]
    name = caught[0] if caught else ""
    while name and states[name]["Type"] != "Fail":
        following = states[name]
        name = str(following.get("Default", following.get("Next", "")))
    if caught and not name:
        return Problem("timeout-unheard", machine.id, "A callback that does not come fails nothing.", machine.type)
    return None


def _answered(
    stack: Stack, programs: Mapping[str, FunctionProgram], machine: Resource, asker: Resource, state: Mapping[str, Any]
) -> Iterator[Problem]:
    tables = {table.id: table for table in _tables(stack, asker, "dynamodb:PutItem", machine)}
    endpoints = [one for one in stack.of_type(_FUNCTION) if _completes(stack, one) and _uses(stack, one, tables)]
    if not tables or not endpoints:
        yield Problem("nobody-answers", machine.id, "No program completes what waits for a callback.", machine.type)
    for table in tables.values():
        yield from kept_tokens(stack, table, endpoints)
    for endpoint in endpoints:
        if not any(_refusals(stack, endpoint, alarm) for alarm in alarms_that_ring(stack)):
            message = "No alarm says that answers are refused, with a wrong signature or too late."
            yield Problem("refusals-unheard", endpoint.id, message, _FUNCTION)
        if {asker.id, endpoint.id} <= {*programs}:
            folders = programs[asker.id].folder, programs[endpoint.id].folder
            for rule in wrongs(*folders, dict(state["Parameters"]["Payload"])):
                yield Problem(rule, folders[1].name, _MESSAGES[rule], _FUNCTION)


def _refusals(stack: Stack, endpoint: Resource, alarm: Resource) -> bool:
    """Return whether an alarm rings for the first answer that the endpoint of a function refuses, at its URL or its API."""
    component = endpoint.owner.node.partition(".")[0]
    watched = [id for value in alarm.properties.get("Dimensions", {}).values() for id in named(value)]
    own = {id for id, one in stack.resources.items() if one.owner.node.partition(".")[0] == component}
    names = {str(stack.resources[id].properties.get("Name")) for id in own if id in stack.resources}
    concerned = {*watched} & own or names & {*map(str, alarm.properties.get("Dimensions", {}).values())}
    return (
        bool(concerned) and alarm.properties.get("MetricName") in _REFUSED and float(alarm.properties["Threshold"]) < 1
    )


def _tables(stack: Stack, function: Resource, action: str, machine: Resource) -> Iterator[Resource]:
    """Yield the tables of a state machine that a function may use."""
    for statement in statements_of_role(stack, function.properties.get("Role")):
        for id in ids_in(statement["Resource"]) if allows(statement, action) else ():
            if stack.resources[id].type == _TABLE and stack.resources[id].owner.node == machine.owner.node:
                yield stack.resources[id]


def _completes(stack: Stack, function: Resource) -> bool:
    statements = statements_of_role(stack, function.properties.get("Role"))
    return all(any(allows(statement, action) for statement in statements) for action in _ENDS)


def _uses(stack: Stack, function: Resource, tables: Mapping[str, Resource]) -> bool:
    named = [statement["Resource"] for statement in statements_of_role(stack, function.properties.get("Role"))]
    return any(id in tables for resource in named for id in ids_in(resource))


def wrongs(asker: Path, endpoint: Path, payload: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the faults of the programs that ask an outside system and take its answers."""
    content = tuple(file.read_bytes() for one in (asker, endpoint) for file in sorted(one.iterdir()) if file.is_file())
    return _once(content, Same((asker, endpoint)), json.dumps(payload))


@lru_cache(maxsize=64)
def _once(content: tuple[bytes, ...], folders: Same[tuple[Path, Path]], payload: str) -> tuple[str, ...]:
    asker, endpoint = folders.value
    return tuple(tried("call_back", endpoint, (str(asker), str(endpoint), json.loads(payload))))
