"""The loop of a state machine that asks another system whether it has finished: pause, check, choice (ADR 0074).

The check is a function, which knows when the loop has begun: it fails if the system has failed, or if the next check would
come after the time for it. A check that fails leads where the step before it leads; without a compensation, it fails the
execution in place, so that a redrive checks again instead of doing the first step anew.
"""

from advisor.architecture import Architecture, Node, State
from advisor.architecture.workflow_polling import PAUSE, polls
from blueprints import settings
from blueprints.naming import pascal
from blueprints.traits.state_machine_tasks import RESULT, Json

#: The errors of a check that no retry mends: the other system has failed, or has not finished in time.
OTHER_FAILED, NOT_DONE = "OtherSystemFailed", "OtherSystemNotDone"
#: The attribute of a workflow with what its checks do until they are written: "fail" or "simulate", and its variable.
UNWRITTEN, VARIABLE = "other-system-check", "OTHER_SYSTEM_CHECK"
#: The state that notes when the loop begins, and where; where the answer of a check is.
BEGIN, _BEGUN, _CHECKED = "BeginPolling", "$.polling", "$.check"


def polling(architecture: Architecture, program: Node) -> Node | None:
    """Return the workflow that has a program check another system, or None."""
    machines = (architecture.node(edge.source) for edge in architecture.entering(program.id, "run"))
    return next((machine for machine in machines if polls(machine.states)), None)


def pause(node: Node, state: State) -> Json:
    """Return the state that waits between two checks."""
    return {
        "Type": "Wait",
        "Comment": "The other system works",
        "Seconds": settings.number(node, "poll_interval_s"),
        "Next": pascal(state.next[0]),
    }


def check(node: Node, task: Json) -> Json:
    """Return the state that asks the other system, given a task that invokes the function of the work."""
    parameters = task["Parameters"]
    payload = {key: value for key, value in parameters["Payload"].items() if key != "input.$"}
    payload |= {
        "submitted.$": f"{RESULT}.returned",
        "since.$": f"{_BEGUN}.since",
        "interval_s": settings.number(node, "poll_interval_s"),
        "within_s": settings.number(node, "poll_within_s"),
    }
    return {
        **task,
        "Parameters": {**parameters, "Payload": payload},
        "ResultSelector": {"done.$": "$.Payload.done"},
        "ResultPath": _CHECKED,
        "Retry": [{"ErrorEquals": [OTHER_FAILED, NOT_DONE], "MaxAttempts": 0}, *task["Retry"]],
    }


def choice(state: State) -> Json:
    """Return the state that goes on if the other system has finished, and else back to the pause."""
    following, again = state.next
    done = {"Variable": f"{_CHECKED}.done", "BooleanEquals": True, "Next": pascal(following)}
    return {"Type": "Choice", "Comment": "Has the other system finished?", "Choices": [done], "Default": pascal(again)}


def beginning(node: Node, steps: dict[str, Json]) -> dict[str, Json]:
    """Return the states with one before the first pause that notes the time, where the workflow has the loop."""
    if not polls(node.states):
        return steps
    loop = next(pascal(state.id) for state in node.states if state.kind == "choice")
    pausing = pascal(PAUSE)
    led = {id: state if id == loop else _led(state, pausing) for id, state in steps.items()}
    begin = {
        "Type": "Pass",
        "Comment": "The time for the other system begins",
        "Parameters": {"since.$": "$$.State.EnteredTime"},
        "ResultPath": _BEGUN,
        "Next": pausing,
    }
    at = list(led).index(pausing)
    return {**dict([*led.items()][:at]), BEGIN: begin, **dict([*led.items()][at:])}


def _led(state: Json, pausing: str) -> Json:
    return {key: BEGIN if key in ("Next", "Default") and value == pausing else value for key, value in state.items()}
