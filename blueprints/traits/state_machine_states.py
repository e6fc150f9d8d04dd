"""The states of a state machine, each as Amazon States Language writes its kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from advisor.architecture import Node, State, Value
from advisor.architecture.workflow_states import COMBINE, combines, runs_of, undoes
from advisor.text import Text
from blueprints import settings
from blueprints.errors import Unsupported
from blueprints.naming import pascal
from blueprints.traits import callbacks, state_machine_polling, step_functions_express, traits_of
from blueprints.traits.batch import ARRAY_SIZE, STEPS, array_size
from blueprints.traits.ec2 import on_instances
from blueprints.traits.state_machine_ends import NOT_ASKED, REJECTED
from blueprints.traits.state_machine_tasks import ITEM, NO_ITEMS, NONE, RESULTS, TASKS, Json, of_component
from blueprints.traits.step_functions_distributed_map import DISTRIBUTED
from blueprints.traits.work_partitions import part

INLINE_CONCURRENCY = 40
#: Setting of the state that combines items: whether what starts the workflow may bring them.
ITEMS_BROUGHT = "items_brought"
DISTRIBUTED_CONCURRENCY = 900
#: The placeholder for the ARN of the program at which people decide.
APPROVALS_TOKEN = "ApprovalsArn"
#: All errors of a task but its timeout (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html,
#: read 2026-11-28), and the timeout: a run that hangs once may succeed the next time.
_TASK_FAILED, _TIMED_OUT = "States.TaskFailed", "States.Timeout"
_TRIES = 3
#: Its caller may wait for its end, and is answered with its output.
EXPRESS = step_functions_express.TRAITS.service


def state_of(node: Node, workers: Mapping[str, Node], state: State) -> Json:
    """Return a workflow state that runs a node. Raises Unsupported for a kind of node that a workflow cannot run.

    `workers` are the nodes that the workflow runs, by id.
    """
    make = _KINDS.get(state.kind)
    if make is None:
        raise Unsupported(
            node.id,
            Text(
                f"The project generator does not support {state.kind} states.",
                f"{state.kind} ステートの生成には対応していません。",
            ),
        )
    runs = [workers[id] for id in runs_of(state)] or [*workers.values()][:1]
    made = make(node, runs, state)
    return of_component(made, runs[0]) if len(runs) == 1 < len(workers) else made


def _task(node: Node, runs: Sequence[Node], state: State) -> Json:
    worker = runs[0]
    run_as = traits_of(worker.service).state
    if state.settings.get("action") == COMBINE:
        state = _with_results(node, worker, state)
    body = {"Type": "Task", "Comment": state.title.en, **TASKS[run_as].fields(state)}
    if run_as == "task":
        provider = {"CapacityProvider": "${CapacityProvider}", "Weight": 1}
        capacity = {"CapacityProviderStrategy": [provider]} if on_instances(worker) else {"LaunchType": "FARGATE"}
        body["Parameters"] = {**capacity, **body["Parameters"]}
    if run_as == "job":
        # Each attempt has a limit of its own, and a job may wait in its queue: the whole execution bounds both.
        # Batch itself tries a failed job again, so that the children of an array that went well are left alone.
        return {**body, **_catch(state), **_next(state)}
    body["TimeoutSeconds"] = settings.number(worker, "timeout_s")
    return {**body, **_error_handling(node, state), **_next(state)}


def _map(node: Node, runs: Sequence[Node], state: State) -> Json:
    distributed = node.service == DISTRIBUTED
    if size := array_size(node, runs[0]):
        return _array(node, runs, state, size)
    mode = {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"} if distributed else {"Mode": "INLINE"}
    item = _item_states(node, runs, state)
    processor = {"ProcessorConfig": mode, "StartAt": next(iter(item)), "States": item}
    return {
        "Type": "Map",
        "Comment": state.title.en,
        "ItemsPath": "$.items",
        **part(state),
        "MaxConcurrency": _width(node) if distributed else INLINE_CONCURRENCY,
        "ItemProcessor": processor,
        **_result(node, runs[0], state),
        **_catch(state),
        **_next(state),
    }


def _result(node: Node, worker: Node, state: State) -> Json:
    """Return what a map leaves in the data of the execution: nothing, unless a later state or the caller gets it.

    Where the items have one result, it leaves what they came to, or where that is listed; a container returns nothing.
    """
    if undoes(state) or not combines(node.states):
        return {"ResultPath": "$.map" if node.service == EXPRESS else None}
    kept: Json = {NO_ITEMS: NONE}
    if node.service == DISTRIBUTED:
        kept |= {f"{name}.$": f"$.{name}" for name in ("MapRunArn", "ResultWriterDetails")}
    elif _returns(worker):
        kept[f"{RESULTS}.$"] = "$"
    return {"ResultSelector": kept, "ResultPath": _result_path(node)}


def _result_path(node: Node) -> str:
    """Return where a map leaves its results: in place of the items, unless these are needed to count or undo them."""
    return "$.map" if node.service == DISTRIBUTED or any(map(undoes, node.states)) else "$"


def _returns(worker: Node) -> bool:
    return traits_of(worker.service).state == "function"


def with_items_brought(state: State, *, brought: bool) -> State:
    """Return a state that knows, if it combines the items of a map, whether what starts the workflow may bring them."""
    combining = brought and state.settings.get("action") == COMBINE
    return replace(state, settings={**state.settings, ITEMS_BROUGHT: True}) if combining else state


def _with_results(node: Node, worker: Node, state: State) -> State:
    """Return the state that combines the items of a map, with the paths of what the map has left."""
    if array_size(node, worker):
        return state
    left = _result_path(node)
    paths: dict[str, Value] = {NO_ITEMS: f"{left}.{NO_ITEMS}"} if state.settings.get(ITEMS_BROUGHT) else {}
    if node.service == DISTRIBUTED:
        paths[RESULTS] = f"{left}.ResultWriterDetails"
    elif _returns(worker):
        paths[RESULTS] = f"{left}.{RESULTS}"
    return replace(state, settings={**state.settings, **paths})


def _width(node: Node) -> int:
    """Return how many items a distributed map works on at once: more than usual where all must be done in time."""
    return settings.number(node, "map_concurrency") or DISTRIBUTED_CONCURRENCY


def _steps(state: State) -> int:
    """Return how many steps a map has done with each item."""
    return int(str(state.settings.get("steps", 1)))


def _item_states(node: Node, runs: Sequence[Node], state: State) -> dict[str, Json]:
    """Return the states that do one item of a map: one for each step, in order; to undo them, the last first."""
    if len(runs) > 1:
        return _item_of_several(node, runs, state)
    steps, states = _steps(state), dict[str, Json]()
    numbers = [*range(1, steps + 1)]
    # Names are unique in the whole state machine, and a compensation maps the same items once more.
    prefix = "Compensate" if undoes(state) else ""
    if undoes(state):
        numbers.reverse()
    for number, following in zip(numbers, [*numbers[1:], None], strict=True):
        settings = {**state.settings, "step": number, "numbered": node.service != DISTRIBUTED}
        words = (
            Text("One item", "1 件") if steps == 1 else Text(f"Step {number} of one item", f"1 件のステップ {number}")
        )
        task = _task(node, runs, State(ITEM, "task", words, settings=settings))
        # A step before the last leaves the item as it is, for the next one.
        after = (
            {**_item_output(node, runs[0], state), "End": True}
            if following is None
            else {"ResultPath": None, "Next": f"{prefix}Step{following}"}
        )
        states[prefix + ("Item" if steps == 1 else f"Step{number}")] = _without_unused_selector(task | after)
    return states


def _item_of_several(node: Node, runs: Sequence[Node], state: State) -> dict[str, Json]:
    """Return the states that have several components process one item of a map, one after another."""
    settings = {**state.settings, "numbered": node.service != DISTRIBUTED}
    states = dict[str, Json]()
    for worker, following in zip(runs, [*runs[1:], None], strict=True):
        task = _task(node, [worker], State(ITEM, "task", worker.note, settings=settings))
        after = (
            {"ResultPath": None, "Next": f"Run{pascal(following.subject)}"}
            if following
            else {**_item_output(node, worker, state), "End": True}
        )
        states[f"Run{pascal(worker.subject)}"] = of_component(_without_unused_selector(task | after), worker)
    return states


def _without_unused_selector(task: Json) -> Json:
    """Return a task that selects nothing of a result that it drops."""
    return {key: value for key, value in task.items() if key != "ResultSelector" or task["ResultPath"] is not None}


def _item_output(node: Node, worker: Node, state: State) -> Json:
    """Return the output of an item: none, unless a later state or the caller of the workflow gets the results of items."""
    if not undoes(state) and combines(node.states) and _returns(worker):
        return {"OutputPath": "$.result.returned"}
    return {} if node.service == EXPRESS else {"OutputPath": None}


def _array(node: Node, runs: Sequence[Node], state: State, size: int) -> Json:
    """One array job: its children divide the items among them by their index."""
    body = _task(node, runs, state)
    body["Parameters"]["ArrayProperties"] = {"Size": size}
    body["Parameters"]["ContainerOverrides"]["Environment"] += [
        {"Name": ARRAY_SIZE, "Value": str(size)},
        *([{"Name": STEPS, "Value": str(_steps(state))}] if _steps(state) > 1 else []),
    ]
    return body


def _approval(node: Node, _runs: Sequence[Node], state: State) -> Json:
    """Return a state that waits for a person. The task token goes to the program that completes it, and nowhere else."""
    within_s = settings.number(node, "approval_s")
    payload = {
        "workflow": node.subject,
        "run.$": "$$.Execution.Name",
        "token.$": "$$.Task.Token",
        "asked.$": "$$.Execution.Input",
        "within_s": within_s,
    }
    return {
        "Type": "Task",
        "Comment": state.title.en,
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Parameters": {"FunctionName": f"${{{APPROVALS_TOKEN}}}", "Payload": payload},
        "TimeoutSeconds": within_s,
        "ResultPath": None,  # the work gets what the execution was started with
        "Retry": _requests_again(node, REJECTED, NOT_ASKED),
        **_catch(state),
        **_next(state),
    }


def _callback(node: Node, runs: Sequence[Node], state: State) -> Json:
    """Return a state that waits for an outside system, which the work asks: its program keeps the task token."""
    if traits_of(runs[0].service).state != "function":
        raise Unsupported(node.id, Text("Only functions wait for callbacks.", "コールバックを待てるのは関数だけです。"))
    within_s = settings.number(node, "callback_s")
    payload = {
        "step": 1,
        "action": callbacks.ASK,
        "execution.$": "$$.Execution.Name",
        "input.$": "$$.Execution.Input",
        "token.$": "$$.Task.Token",
        "within_s": within_s,
    }
    return {
        "Type": "Task",
        "Comment": state.title.en,
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Parameters": {"FunctionName": "${FunctionArn}", "Payload": payload},
        "TimeoutSeconds": within_s,
        "ResultPath": "$.answer",
        "Retry": _requests_again(node, callbacks.FAILED),
        **_catch(state),
        **_next(state),
    }


def _check(node: Node, runs: Sequence[Node], state: State) -> Json:
    return state_machine_polling.check(node, _task(node, runs, state))


def _requests_again(node: Node, *final: str) -> list[Json]:
    """Return the retries of a state that waits: an answer is final, a request that could not be sent is sent again."""
    retry = {
        "ErrorEquals": [_TASK_FAILED],
        "IntervalSeconds": settings.number(node, "retry_interval_s"),
        "MaxAttempts": _TRIES,
        "BackoffRate": settings.decimal(node, "retry_backoff"),
        "JitterStrategy": "FULL",
    }
    return [{"ErrorEquals": [*final], "MaxAttempts": 0}, retry]


def _fail(_node: Node, _runs: Sequence[Node], _state: State) -> Json:
    cause = "The work failed after its retries; the execution history shows why"
    return {"Type": "Fail", "ErrorPath": "$.error.Error", "Cause": cause}


def _succeed(_node: Node, _runs: Sequence[Node], _state: State) -> Json:
    return {"Type": "Succeed"}


_KINDS: Mapping[str, Callable[[Node, Sequence[Node], State], Json]] = {
    "task": _task,
    "map": _map,
    "wait": _approval,
    "callback": _callback,
    "pause": lambda node, _runs, state: state_machine_polling.pause(node, state),
    "check": _check,
    "choice": lambda _node, _runs, state: state_machine_polling.choice(state),
    "fail": _fail,
    "end": _succeed,
}


def _error_handling(node: Node, state: State) -> Json:
    retry = {
        "ErrorEquals": [_TASK_FAILED, _TIMED_OUT],
        "IntervalSeconds": settings.number(node, "retry_interval_s"),
        "MaxAttempts": settings.number(node, "retry_attempts"),
        "BackoffRate": settings.decimal(node, "retry_backoff"),
        "JitterStrategy": "FULL",
    }
    return {**({"Retry": [retry]} if state.settings.get("retry") else {}), **_catch(state)}


def _catch(state: State) -> Json:
    if state.on_error is None:
        return {}
    return {"Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": pascal(state.on_error)}]}


def _next(state: State) -> Json:
    return {"Next": pascal(state.next[0])} if state.next else {}
