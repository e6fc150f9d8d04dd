"""How a run with compensations fails whose call of another system has no known outcome: nothing is undone, and a redrive goes on.

A redrive continues at the state that failed, with the same input; an execution that has ended in a state of the type Fail
would only enter this again (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html, read 2026-12-01).
So the error must not be caught in the end. A container has no names for its errors, so the work is asked about the outcome.
"""

from collections.abc import Mapping

from advisor.architecture import Node, State
from advisor.architecture.workflow_states import runs_of, undoes
from advisor.text import Text
from blueprints.naming import pascal
from blueprints.traits import traits_of
from blueprints.traits.outside_effects import acts_once
from blueprints.traits.state_machine_states import state_of
from blueprints.traits.state_machine_tasks import SETTLE_ACTION, Json

#: The error of a call whose system has certainly not acted.
_NOT_DONE = "NotDone"
_SETTLED = Text("Is it known whether the other system has acted?", "他システムで処理が行われたかどうかの確認")


def settling_effects(node: Node, workers: Mapping[str, Node], steps: dict[str, Json]) -> dict[str, Json]:
    """Return the states with a question before the compensations that follow a call of another system.

    While its outcome is unknown, the execution fails in a repetition of the step, where a redrive continues once a person has
    corrected the record. `workers` are the nodes that the workflow runs, by id.
    """
    undoing = {state.id for state in node.states if undoes(state)}
    first, calling = next(iter(workers)), dict[str, State]()
    for state in node.states:
        works = state.kind == "task" and state.settings.get("action", "run") == "run" and state.on_error in undoing
        worker = (runs_of(state) or (first,))[0]
        if works and acts_once(workers[worker]):
            calling[worker] = state  # of several steps, the last one calls
    for worker, state in calling.items():
        steps = _settling(node, workers, state, steps, named=traits_of(workers[worker].service).state == "function")
    return steps


def _settling(
    node: Node, workers: Mapping[str, Node], state: State, steps: dict[str, Json], *, named: bool
) -> dict[str, Json]:
    """Return the states with those that follow an error of a step; `named` if Step Functions knows the names of its errors."""
    name = pascal(state.id)
    asking, repeating = f"{name}Settled", f"{name}Again"
    *others, failed = steps[name]["Catch"]
    settings = {key: value for key, value in state.settings.items() if key != "retry"} | {"action": SETTLE_ACTION}
    asked = state_of(node, workers, State(f"{state.id}-settled", "task", _SETTLED, settings=settings))
    unknown = {"ErrorEquals": ["States.ALL"], "ResultPath": None, "Next": repeating}
    asked = {key: value for key, value in asked.items() if key != "ResultSelector"}
    again = {key: value for key, value in steps[name].items() if key not in ("Retry", "Catch")}
    # What certainly has not happened is undone as before. Any other error fails the execution here.
    caught = [*others, *([{**failed, "ErrorEquals": [_NOT_DONE]}] if named else [])]
    made = dict[str, Json]()
    for id, one in steps.items():
        made[id] = one
        if id == name:
            made[id] = {**one, "Catch": [*others, {**failed, "Next": asking}]}
            made[asking] = {**asked, "ResultPath": None, "Catch": [unknown], "Next": failed["Next"]}
            made[repeating] = {**again, "Comment": "A redrive continues here", **({"Catch": caught} if caught else {})}
    return made
