"""How a run ends that does not do its work: a decision against it, which its stores hold, or an item that is gone.

Only a run about one item has a place for a decision: a schedule starts work about no item, and a map goes over many.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from advisor.architecture import Architecture, Node, State
from advisor.architecture.passing import WRITING
from advisor.architecture.workflow_states import RUNS, STEPS_BEFORE, before_approval, runs_of, undoes
from advisor.text import Text
from blueprints import settings
from blueprints.naming import pascal
from blueprints.traits import is_store, traits_of
from blueprints.traits.item_homes import tells_gone
from blueprints.traits.item_results import receives_webhooks, results_in
from blueprints.traits.lambda_durable import asks
from blueprints.traits.state_machine_ends import ALL_UNDONE, ITEM_GONE, REJECTED
from blueprints.traits.state_machine_states import state_of
from blueprints.traits.state_machine_tasks import EXPIRED_ACTION, REJECTED_ACTION, Json
from blueprints.traits.workflow_changes import checking_approved

_TIMED_OUT = "States.Timeout"
#: The end of a run whose steps were undone because nobody decided in time, and where that error is.
EXPIRED, _EXPIRY = "Expired", "$.expired"
#: What a step returns whose item was deleted.
_GONE = "$.result.returned.done[0].gone"
_STORED = {
    REJECTED_ACTION: State("store-rejection", "task", Text("Store the rejection", "却下の記録")),
    EXPIRED_ACTION: State("store-expiry", "task", Text("Store that nobody decided in time", "期限切れの記録")),
}


def keeps_decision(architecture: Architecture, asker: Node, worker: Node) -> bool:
    """Return whether a program stores that its work was rejected or that nobody decided in time.

    Of several components that a workflow runs, the first does so.
    """
    asked = asks(asker) or any(state.kind == "wait" for state in asker.states)
    first = next((edge.target for edge in architecture.leaving(asker.id, "run")), worker.id)
    return (
        asked
        and worker.id == first
        and _of_one_item(architecture, asker)
        and bool(decision_stores(architecture, worker))
    )


def decision_stores(architecture: Architecture, worker: Node) -> frozenset[str]:
    """Return the stores of a program that may hold a decision: not those whose changes start the work of others."""
    written = {edge.target for edge in architecture.leaving(worker.id) if edge.verb in WRITING}
    return frozenset(store for store in written if _keeps_to_itself(architecture, store))


def _keeps_to_itself(architecture: Architecture, store: str) -> bool:
    leads = any(edge.verb in ("emit", "stream") for edge in architecture.leaving(store))
    return is_store(architecture.node(store)) and not leads


def ends_early(architecture: Architecture, workflow: Node, worker: Node) -> bool:
    """Return whether a run ends with the step that finds the item deleted: the results are attributes of it, or it is looked up.

    A container returns nothing to the workflow that runs it, so its steps go on and do nothing.
    """
    returns = workflow.id == worker.id or traits_of(worker.service).state == "function"
    sees = bool(results_in(architecture, worker) or tells_gone(architecture, worker))
    return returns and _of_one_item(architecture, workflow) and sees


def checks_approved(architecture: Architecture, workflow: Node, worker: Node) -> bool:
    """Return whether the steps after an approval check that the items that they look up are still the approved ones.

    A container returns nothing to its workflow, and of several components each looks up its own.
    """
    returns = workflow.id == worker.id or traits_of(worker.service).state == "function"
    alone = len({edge.target for edge in architecture.leaving(workflow.id, "run")}) <= 1
    later = before_approval(workflow.states) or (asks(workflow) and settings.number(workflow, STEPS_BEFORE))
    return (
        returns
        and alone
        and bool(later)
        and _of_one_item(architecture, workflow)
        and bool(seen_stores(architecture, worker))
    )


def seen_stores(architecture: Architecture, worker: Node) -> frozenset[str]:
    """Return the stores in which a program looks an item up: those that it only reads, and those of which it reads the item.

    In the others, it keeps results of its own, and the item is not there.
    """
    completed = results_in(architecture, worker)
    edges = [*architecture.leaving(worker.id, "read")]
    edges += [edge for edge in architecture.leaving(worker.id, "read-write") if edge.target in completed]
    return frozenset(edge.target for edge in edges if is_store(architecture.node(edge.target)))


def _of_one_item(architecture: Architecture, workflow: Node) -> bool:
    started = (traits_of(architecture.node(edge.source).service) for edge in architecture.entering(workflow.id))
    mapped = settings.number(workflow, "parallel_items") > 0 or any(state.kind == "map" for state in workflow.states)
    return not mapped and not any(traits.timed for traits in started)


def settles(architecture: Architecture, program: Node) -> bool:
    """Return whether people approve, or webhooks confirm, items that a program changes for its callers."""
    changed = {_subject(architecture, e.target) for e in architecture.leaving(program.id) if e.verb in WRITING}
    return any(
        changed.intersection(_subject(architecture, store) for store in results_in(architecture, node))
        for node in architecture.nodes
        if node.id != program.id and (receives_webhooks(architecture, node) or _is_approved(architecture, node))
    )


def _subject(architecture: Architecture, id: str) -> str:
    return architecture.node(id).subject


def _is_approved(architecture: Architecture, worker: Node) -> bool:
    askers = [architecture.node(edge.source) for edge in architecture.entering(worker.id, "run")]
    return asks(worker) or any(state.kind == "wait" for asker in askers for state in asker.states)


def with_outcomes(
    architecture: Architecture, node: Node, workers: Mapping[str, Node], steps: dict[str, Json]
) -> dict[str, Json]:
    """Return the states with those that store a decision, and with an early end where the item is gone.

    `workers` are the nodes that the workflow runs, by id.
    """
    first = next(iter(workers))
    if keeps_decision(architecture, node, workers[first]):
        steps = _storing_decisions(node, workers, steps)
    if checks_approved(architecture, node, workers[first]):
        steps = checking_approved(node, steps)
    early = {id for id, worker in workers.items() if ends_early(architecture, node, worker)}
    ending = {state.id for state in node.states if early.issuperset(runs_of(state) or (first,))}
    return _ending_early(node, steps, ending) if early else steps


def _ending_early(node: Node, steps: dict[str, Json], ending: Collection[str]) -> dict[str, Json]:
    """Return the states with a choice after each of those that may find the item deleted: what has been done is undone."""
    undoing = {state.id for state in node.states if undoes(state)}
    working = {pascal(one.id): one for one in node.states if one.kind == "task" and one.id in {*ending} - undoing}
    made = dict[str, Json]()
    for id, state in steps.items():
        made[id] = state
        if id in working:
            on_error = working[id].on_error
            end = pascal(on_error) if on_error in undoing else ITEM_GONE
            made[id] = {**state, "Next": f"After{id}"}
            made[f"After{id}"] = {
                "Type": "Choice",
                "Comment": "Does the item still exist?",
                "Choices": [{"Variable": _GONE, "IsPresent": True, "Next": end}],
                "Default": state["Next"],
            }
    if undoing:
        # Nothing has failed: an error would be in the input.
        undone = {"Variable": "$.error", "IsPresent": False, "Next": ITEM_GONE}
        choice = made[ALL_UNDONE]
        made[ALL_UNDONE] = {**choice, "Choices": [*choice["Choices"], undone]}
    return {**made, ITEM_GONE: {"Type": "Succeed", "Comment": "The item was deleted while its work was being done"}}


def _storing_decisions(node: Node, workers: Mapping[str, Node], steps: dict[str, Json]) -> dict[str, Json]:
    """Return the states with those that store a decision between the wait for it and the end to which it leads."""
    failed = next(state.id for state in node.states if state.kind == "fail")
    asking = next(state for state in node.states if state.kind == "wait")
    undone = asking.on_error != failed
    ended = EXPIRED if undone else pascal(failed)
    rejection = _storing(node, workers, REJECTED_ACTION) | {"Next": REJECTED}
    # The execution fails because nobody decided, also if that cannot be stored.
    caught = {"ErrorEquals": ["States.ALL"], "ResultPath": None, "Next": ended}
    expiry = _storing(node, workers, EXPIRED_ACTION) | {"Catch": [caught], "Next": ended}
    led = _led_after_undoing if undone else _led_to_them
    return {
        **led(steps, pascal(asking.id)),
        _name(REJECTED_ACTION): rejection,
        _name(EXPIRED_ACTION): expiry,
    }


def _name(action: str) -> str:
    return pascal(_STORED[action].id)


def _storing(node: Node, workers: Mapping[str, Node], action: str) -> Json:
    """Return a state in which the first program stores a decision, and after which the input is as before."""
    runs = {RUNS: next(iter(workers))} if len(workers) > 1 else {}
    state = replace(_STORED[action], settings={"action": action, "retry": True, **runs})
    made = state_of(node, workers, state)
    return {key: value for key, value in made.items() if key != "ResultSelector"} | {"ResultPath": None}


def _led_to_them(steps: dict[str, Json], asking: str) -> dict[str, Json]:
    """Return the states of which the one that asks a person goes on to those that store the decision."""
    *caught, failed = steps[asking]["Catch"]
    caught = [{**one, "Next": _name(REJECTED_ACTION)} if one["Next"] == REJECTED else one for one in caught]
    expired = {"ErrorEquals": [_TIMED_OUT], "ResultPath": "$.error", "Next": _name(EXPIRED_ACTION)}
    return {**steps, asking: {**steps[asking], "Catch": [*caught, expired, failed]}}


def _led_after_undoing(steps: dict[str, Json], asking: str) -> dict[str, Json]:
    """Return the states of which the question after the last compensation goes on to those that store the decision.

    A compensation notes itself at the item: the decision is stored after it, and stays.
    """
    *caught, failed = steps[asking]["Catch"]
    expired = {"ErrorEquals": [_TIMED_OUT], "ResultPath": _EXPIRY, "Next": failed["Next"]}
    choices = [
        {**one, "Next": _name(REJECTED_ACTION)} if one["Next"] == REJECTED else one
        for one in steps[ALL_UNDONE]["Choices"]
    ]
    late = {"Variable": _EXPIRY, "IsPresent": True, "Next": _name(EXPIRED_ACTION)}
    return {
        **steps,
        asking: {**steps[asking], "Catch": [*caught, expired, failed]},
        ALL_UNDONE: {**steps[ALL_UNDONE], "Choices": [*choices, late]},
        EXPIRED: {
            "Type": "Fail",
            "ErrorPath": f"{_EXPIRY}.Error",
            "Cause": "Nobody decided in time: the steps are undone",
        },
    }
