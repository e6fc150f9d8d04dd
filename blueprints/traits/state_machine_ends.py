"""How executions end: a rejection is a decision and no failure, and a failed compensation is a failure of its own.

An execution that fails has no output, so its error is that of the work
(https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html, read 2026-11-28).
"""

from collections.abc import Collection

from advisor.architecture import Node
from advisor.architecture.workflow_states import STEPS_BEFORE, undoes
from blueprints.naming import pascal
from blueprints.traits.state_machine_tasks import Json

#: The error with which a person rejects; the program for approvals sends it.
REJECTED = "Rejected"
#: The error with which that program ends a run without asking: its message asks for no work, or another run has asked.
NOT_ASKED = "NotAsked"
#: The error of a step after an approval that finds another item than the approved one; no retry mends it.
CHANGED = "ChangedSinceApproval"
#: The end of a run whose item was deleted while it ran.
ITEM_GONE = "ItemGone"
#: Where a decision against the work is.
REJECTION = "$.rejected"
#: The question after the last compensation.
ALL_UNDONE = "AllUndone"
_UNDO_FAILED = "CompensationFailed"
#: Where the error of the last failed compensation is, beside that of the work in `$.error`.
UNDO_ERROR = "$.compensationError"


def with_ends(node: Node, steps: dict[str, Json]) -> dict[str, Json]:
    """Return the states with the ends of rejections and of failed compensations, where the workflow has any."""
    asking = {pascal(state.id) for state in node.states if state.kind == "wait"}
    undoing = {pascal(state.id) for state in node.states if undoes(state)}
    after = any(state.settings.get(STEPS_BEFORE) for state in node.states if state.kind == "wait")
    steps = _with_rejection(steps, asking, undoing, after=after) if asking else steps
    if not undoing:
        return steps
    failed = next(pascal(state.id) for state in node.states if state.kind == "fail")
    return _with_undo_ends(steps, undoing, failed, rejected=after)


def _with_rejection(
    steps: dict[str, Json], names: Collection[str], undoing: Collection[str], *, after: bool
) -> dict[str, Json]:
    """Return the states with the ends of who decides against the work, or asks nobody; `after` steps, what was done is undone.

    Who asks nobody about a message finds the request of another run, whose steps these are as well: they are not undone.
    """
    made = {id: _refusable(state, undoing) if id in names else state for id, state in steps.items()}
    rest = "the steps after the approval are not run" if after else "nothing has been done"
    return {
        **made,
        REJECTED: {"Type": "Succeed", "Comment": f"A person decided against it, and {rest}"},
        NOT_ASKED: {"Type": "Succeed", "Comment": f"Nobody had to be asked, and {rest}"},
    }


def _refusable(asking: Json, undoing: Collection[str]) -> Json:
    """Return a state that asks a person, with where a decision against the work leads: what has been done is undone first."""
    on_error = asking["Catch"][-1]["Next"]
    rejected = on_error if on_error in undoing else REJECTED
    caught = [
        {"ErrorEquals": [REJECTED], "ResultPath": REJECTION, "Next": rejected},
        {"ErrorEquals": [NOT_ASKED], "ResultPath": "$.notAsked", "Next": NOT_ASKED},
    ]
    return {**asking, "Catch": [*caught, *asking["Catch"]]}


def _with_undo_ends(steps: dict[str, Json], names: Collection[str], failed: str, *, rejected: bool) -> dict[str, Json]:
    made = {id: _undoing(state, failed) if id in names else state for id, state in steps.items()}
    some = {"Variable": UNDO_ERROR, "IsPresent": True, "Next": _UNDO_FAILED}
    decided = {"Variable": REJECTION, "IsPresent": True, "Next": REJECTED}
    why = "The work failed or was not approved" if rejected else "The work failed"
    return {
        **made,
        ALL_UNDONE: {
            "Type": "Choice",
            "Comment": "Did a compensation fail?",
            "Choices": [some, *([decided] if rejected else [])],
            "Default": failed,
        },
        _UNDO_FAILED: {
            "Type": "Fail",
            "Error": _UNDO_FAILED,
            "Cause": f"{why}, and a compensation failed after its retries: a step is still done",
        },
    }


def _undoing(state: Json, failed: str) -> Json:
    """Return a compensation that leads to the question whether all of them succeeded, also when it fails itself."""
    following = ALL_UNDONE if state["Next"] == failed else state["Next"]
    caught = {"ErrorEquals": ["States.ALL"], "ResultPath": UNDO_ERROR, "Next": following}
    return {**state, "Catch": [caught], "Next": following}
