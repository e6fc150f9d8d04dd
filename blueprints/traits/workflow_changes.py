"""How a run goes on after an approved item has changed: what was done for it is undone, and a person is asked again.

Where nothing can be undone, the run continues after the steps that are done, and fails visibly if a person rejects the change.
"""

from collections.abc import Sequence

from advisor.architecture import Node, State
from advisor.architecture.workflow_states import MOST_CHANGES, undoes
from blueprints.naming import pascal
from blueprints.traits.state_machine_ends import CHANGED, REJECTED, UNDO_ERROR
from blueprints.traits.state_machine_tasks import RESULT, Json

#: Where the change is that nobody has been asked about yet, and the step at which a run without compensations goes on.
_CHANGE, _GOES_ON_AT = "$.changed", "$.continued.at"
#: The question after the compensation of the first step after the approval, and what follows if the item has changed.
_UNDONE, ASK_AGAIN = "ChangeOrFailure", "AskAgain"
#: How often a person has been asked again, and the states that count this, so that the execution does not time out: nothing
#: would be undone then (https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html, read 2026-12-01).
_TIMES = "$.asked.times"
_ASKED, _FIRST, _NEXT, _TOO_OFTEN = "AskedAgain", "FirstChange", "NextChange", "ChangedTooOften"
_CONTINUE, _LEFT, _LEFT_DONE = "Continue", "AfterRejection", "RejectedAfterSteps"


def checking_approved(node: Node, steps: dict[str, Json]) -> dict[str, Json]:
    """Return the states of which each step after the approval gets what the step before it has seen, which is the approved.

    If something else is there, the run goes back to the step before the approval, and a person is asked again: a change while the
    request waits, such as the result of a scan, is no failure. What the steps after the approval have done is undone first,
    also of the step that finds the change: an earlier attempt of it may have done a part of its work.
    """
    asking = next(number for number, state in enumerate(node.states) if state.kind == "wait")
    working = [(at, state) for at, state in enumerate(node.states) if state.kind == "task" and not undoes(state)]
    again = pascal(next(state.id for at, state in reversed(working) if at < asking))
    after = [state for at, state in working if at > asking]
    undoing = {state.id: state for state in node.states if undoes(state)}
    if undoing:
        first = undoing[str(after[0].on_error)]
        back = {state.id: pascal(str(state.on_error)) for state in after}
        steps = _asking_after_undoing(steps, pascal(first.id), again)
    else:
        back = {state.id: f"Before{pascal(state.id)}" for state in after} | {after[0].id: again}
        steps = _continuing(steps, pascal(node.states[asking].id), after, again)
    return steps | {pascal(state.id): _checking(steps[pascal(state.id)], back[state.id]) for state in after}


def _checking(step: Json, back: str) -> Json:
    parameters = step["Parameters"]
    payload = {**parameters["Payload"], "approved.$": f"{RESULT}.returned.seen"}
    retry = [{"ErrorEquals": [CHANGED], "MaxAttempts": 0}, *step["Retry"]] if "Retry" in step else []
    caught = [{"ErrorEquals": [CHANGED], "ResultPath": _CHANGE, "Next": back}, *step.get("Catch", ())]
    checked = {**step, "Parameters": {**parameters, "Payload": payload}, **({"Retry": retry} if retry else {})}
    return {**checked, "Catch": caught}


def _asking_after_undoing(steps: dict[str, Json], last: str, again: str) -> dict[str, Json]:
    """Return the states with a question after the compensation of the first step after the approval.

    After a change, a person is asked again; after a failure, or if a compensation has failed, the steps before it are undone too.
    """
    undone = steps[last]
    caught = [{**one, "Next": _UNDONE} for one in undone["Catch"]]
    choice = {
        "Type": "Choice",
        "Comment": "Has the approved item changed, and is everything undone that was done for it?",
        "Choices": [
            {"Variable": UNDO_ERROR, "IsPresent": True, "Next": undone["Next"]},
            {"Variable": f"{_CHANGE}.Error", "IsPresent": True, "Next": _ASKED},
        ],
        "Default": undone["Next"],
    }
    # Emptied, so that a later failure is not taken for this change.
    asked = {"Type": "Pass", "Comment": "The steps are undone", "Result": {}, "ResultPath": _CHANGE, "Next": again}
    counted = _counting(undone["Next"])
    return {**steps, last: {**undone, "Catch": caught, "Next": _UNDONE}, _UNDONE: choice, **counted, ASK_AGAIN: asked}


def _counting(undo: str) -> dict[str, Json]:
    """Return the states that count how often a person is asked again, and after the last time undo the steps before it too."""
    path = _TIMES.removesuffix(".times")
    return {
        _ASKED: {
            "Type": "Choice",
            "Comment": "How often has a person been asked about a change?",
            "Choices": [
                {"Variable": _TIMES, "IsPresent": False, "Next": _FIRST},
                {"Variable": _TIMES, "NumericGreaterThanEquals": MOST_CHANGES, "Next": _TOO_OFTEN},
            ],
            "Default": _NEXT,
        },
        _FIRST: {"Type": "Pass", "Result": {"times": 1}, "ResultPath": path, "Next": ASK_AGAIN},
        _NEXT: {
            "Type": "Pass",
            "Parameters": {"times.$": f"States.MathAdd({_TIMES}, 1)"},
            "ResultPath": path,
            "Next": ASK_AGAIN,
        },
        _TOO_OFTEN: {
            "Type": "Pass",
            "Comment": "The execution has no time for another request",
            "Result": {"Error": _TOO_OFTEN, "Cause": f"The approved item has changed {MOST_CHANGES + 1} times"},
            "ResultPath": "$.error",
            "Next": undo,
        },
    }


def _continuing(steps: dict[str, Json], asking: str, after: Sequence[State], again: str) -> dict[str, Json]:
    """Return the states of which an approved change goes on at the step that found it, and a rejected one fails the run."""
    later = [pascal(state.id) for state in after[1:]]
    if not later:
        return steps
    noted = {
        f"Before{step}": {
            "Type": "Pass",
            "Comment": f"The steps before {step} stay done",
            "Result": {"at": step},
            "ResultPath": _GOES_ON_AT.removesuffix(".at"),
            "Next": again,
        }
        for step in later
    }
    isset = {"Variable": _GOES_ON_AT, "IsPresent": True}
    going_on: Json = {
        "Type": "Choice",
        "Comment": "Is this the approval of a change, and where does the run go on?",
        "Choices": [{"And": [isset, {"Variable": _GOES_ON_AT, "StringEquals": step}], "Next": step} for step in later],
        "Default": steps[asking]["Next"],
    }
    ending: dict[str, Json] = {
        _LEFT: {
            "Type": "Choice",
            "Comment": "Are steps done that nothing undoes?",
            "Choices": [{**isset, "Next": _LEFT_DONE}],
            "Default": REJECTED,
        },
        _LEFT_DONE: {
            "Type": "Fail",
            "Error": _LEFT_DONE,
            "Cause": "A person rejected a change of an approved item: steps that were approved before are still done",
        },
    }
    led = {id: _leading(state, REJECTED, _LEFT) for id, state in steps.items()}
    return {**led, asking: {**led[asking], "Next": _CONTINUE}, **noted, _CONTINUE: going_on, **ending}


def _leading(state: Json, before: str, now: str) -> Json:
    """Return a state that leads elsewhere where it, or an error of it, led to an end."""
    led = {key: now if key == "Next" and value == before else value for key, value in state.items()}
    if "Catch" in state:
        led["Catch"] = [{**one, "Next": now} if one["Next"] == before else one for one in state["Catch"]]
    return led
