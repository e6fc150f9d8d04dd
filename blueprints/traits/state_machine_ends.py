"""How executions end: a rejection is a decision and no failure, and a failed compensation is a failure of its own.

An execution that fails has no output, so its error is that of the work
(https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html, read 2026-11-28).
"""

from collections.abc import Collection

from advisor.architecture import Node
from advisor.architecture.workflow_states import undoes
from blueprints.naming import pascal
from blueprints.traits.state_machine_tasks import Json

#: The error with which a person rejects; the program for approvals sends it.
REJECTED = "Rejected"
#: The error with which that program ends a run without asking: its message asks for no work, or another run has asked.
NOT_ASKED = "NotAsked"
#: The end of a run whose item was deleted while it ran.
ITEM_GONE = "ItemGone"
#: The question after the last compensation.
ALL_UNDONE = "AllUndone"
_UNDO_FAILED = "CompensationFailed"
#: Where the error of the last failed compensation is, beside that of the work in `$.error`.
_UNDO_ERROR = "$.compensationError"


def with_ends(node: Node, steps: dict[str, Json]) -> dict[str, Json]:
    """Return the states with the ends of rejections and of failed compensations, where the workflow has any."""
    asking = {pascal(state.id) for state in node.states if state.kind == "wait"}
    undoing = {pascal(state.id) for state in node.states if undoes(state)}
    steps = _with_rejection(steps, asking) if asking else steps
    if not undoing:
        return steps
    return _with_undo_ends(steps, undoing, next(pascal(state.id) for state in node.states if state.kind == "fail"))


def _with_rejection(steps: dict[str, Json], names: Collection[str]) -> dict[str, Json]:
    caught = [
        {"ErrorEquals": [REJECTED], "ResultPath": "$.rejected", "Next": REJECTED},
        {"ErrorEquals": [NOT_ASKED], "ResultPath": "$.notAsked", "Next": NOT_ASKED},
    ]
    made = {id: {**state, "Catch": [*caught, *state["Catch"]]} if id in names else state for id, state in steps.items()}
    return {
        **made,
        REJECTED: {"Type": "Succeed", "Comment": "A person decided against it, and nothing has been done"},
        NOT_ASKED: {"Type": "Succeed", "Comment": "Nobody had to be asked, and nothing has been done"},
    }


def _with_undo_ends(steps: dict[str, Json], names: Collection[str], failed: str) -> dict[str, Json]:
    made = {id: _undoing(state, failed) if id in names else state for id, state in steps.items()}
    some = {"Variable": _UNDO_ERROR, "IsPresent": True, "Next": _UNDO_FAILED}
    return {
        **made,
        ALL_UNDONE: {
            "Type": "Choice",
            "Comment": "Did a compensation fail?",
            "Choices": [some],
            "Default": failed,
        },
        _UNDO_FAILED: {
            "Type": "Fail",
            "Error": _UNDO_FAILED,
            "Cause": "The work failed, and a compensation failed after its retries: a step is still done",
        },
    }


def _undoing(state: Json, failed: str) -> Json:
    """Return a compensation that leads to the question whether all of them succeeded, also when it fails itself."""
    following = ALL_UNDONE if state["Next"] == failed else state["Next"]
    caught = {"ErrorEquals": ["States.ALL"], "ResultPath": _UNDO_ERROR, "Next": following}
    return {**state, "Catch": [caught], "Next": following}
