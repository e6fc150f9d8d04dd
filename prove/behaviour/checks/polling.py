"""A run that waits until another system has finished asks it in a loop, for no longer than stated, and fails otherwise.

* What sends no notification when it has finished is polled
  (https://docs.aws.amazon.com/durable-execution/sdk-reference/operations/wait-for-condition/, read 2026-12-01): in a state
  machine, by a loop of a pause, a check and a choice.
* The history of a Standard workflow holds 25,000 events, and an execution that would exceed them fails
  (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html, read 2026-11-25). A round has nine: two of the
  pause, five of the check, two of the choice
  (https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html, read 2026-12-01).
* An execution that times out runs no other state, so the check itself has to end the loop: its time counts from before the loop.

What the programs do with the time is tried by their own tests.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.hand_overs import MACHINE
from prove.behaviour.loads import component_of
from prove.readback.stack import Resource

_EVENTS, _HISTORY = 9, 25000
_FINAL = {"OtherSystemFailed", "OtherSystemNotDone"}
_BEGUN = "$$.State.EnteredTime"
State = Mapping[str, Any]
States = Mapping[str, State]


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield runs that do not wait for another system, wait for too long or too often, or go on although it has not finished."""
    for machine in evidence.stack.of_type(MACHINE):
        component = component_of(evidence.requirements, machine.owner.node)
        definition = machine.properties.get("Definition")
        if component is None or not isinstance(definition, Mapping):
            continue
        if "other-system" not in str(component.answer("waits_for")) or not _by_functions(definition["States"]):
            continue
        stated = component.answer("wait_s")
        for rule, message in _problems(machine, definition, None if stated is None else float(str(stated))):
            yield Problem(rule, machine.id, message, machine.type)


def _by_functions(states: States) -> bool:
    """Return whether all steps are functions, of which each is invoked once."""
    return all(
        str(state["Resource"]).endswith(":lambda:invoke") for state in states.values() if state["Type"] == "Task"
    ) and not any(state["Type"] == "Map" for state in states.values())


def _problems(machine: Resource, definition: Mapping[str, Any], stated: float | None) -> Iterator[tuple[str, str]]:
    states: States = definition["States"]
    checks = [name for name, state in states.items() if _payload(state).get("action") == "check"]
    if not checks:
        yield "other-system-not-awaited", "No state asks the other system whether it has finished."
    for name in checks:
        payload, round = _payload(states[name]), _round(states, name)
        pauses = [float(str(states[one]["Seconds"])) for one in round if states[one]["Type"] == "Wait"]
        within = float(str(payload.get("within_s", "inf")))
        if not pauses:
            yield "polls-without-pause", f"{name} is not repeated, or without a pause."
            continue
        if within > (stated if stated is not None else float(str(definition["TimeoutSeconds"]))):
            yield "polls-too-long", f"{name} is repeated for {within:g} s, and {stated} s are stated."
        if not _since_before(states, str(payload.get("since.$")), round):
            yield "polls-for-ever", f"The time of {name} does not begin before the loop."
        if (
            machine.properties.get("Type", machine.properties.get("StateMachineType")) != "EXPRESS"
            and within / sum(pauses) * _EVENTS > _HISTORY
        ):
            yield "polling-fills-history", f"{name} may be repeated {within / sum(pauses):g} times."
        if within >= float(str(definition["TimeoutSeconds"])):
            yield "polling-cut-short", f"The execution times out before {name} says that the time is over."
        yield from _goes_on(states, name, round)
        first: Mapping[str, Any] = next(iter(states[name].get("Retry", ())), {})
        if not set(first.get("ErrorEquals", ())) >= _FINAL or int(str(first.get("MaxAttempts", 3))):
            yield "final-answer-retried", f"{name} is retried after an error that no retry mends."


def _payload(state: State) -> Mapping[str, Any]:
    payload = state.get("Parameters", {}).get("Payload", {})
    return payload if isinstance(payload, Mapping) else {}


def _round(states: States, name: str) -> list[str]:
    """Return the states from a check back to it, or none if it is not repeated."""
    round, at = [name], str(states[name].get("Next", ""))
    while at and at not in round:
        round.append(at)
        at = str(states[at].get("Next", states[at].get("Default", "")))
    return round if at == name else []


def _since_before(states: States, since: str, round: list[str]) -> bool:
    """Return whether a state outside the loop, and none in it, notes the time from which the check counts."""
    noting = [
        name
        for name, state in states.items()
        for key, value in state.get("Parameters", {}).items()
        if value == _BEGUN
        and state["Type"] == "Pass"
        and f"{state.get('ResultPath')}.{key.removesuffix('.$')}" == since
    ]
    return bool(noting) and not {*noting} & {*round}


def _goes_on(states: States, name: str, round: list[str]) -> Iterator[tuple[str, str]]:
    """Yield a choice that leaves the loop for another reason than that the other system has finished."""
    for state in (states[one] for one in round if states[one]["Type"] == "Choice"):
        for rule in state["Choices"]:
            finished = str(rule.get("BooleanEquals")).lower() == "true"
            path = f"{states[name].get('ResultPath')}.done"
            if rule["Next"] not in round and not (finished and rule.get("Variable") == path):
                yield "goes-on-unfinished", f"A run goes on after {name}, although the other system has not finished."
