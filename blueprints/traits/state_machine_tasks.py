"""Task states of a state machine: a function invocation, an ECS task, or a Batch job.

Tasks and jobs are named without a revision, so that the latest one is run: an execution that goes on over a release, or is
redriven after it, would find that CloudFormation has made its own unusable.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html,
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-batch-jobdefinition-resourceretentionpolicy.html
(read 2026-11-30)
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.architecture import Node, State
from advisor.architecture.workflow_states import COMBINE
from blueprints.naming import pascal
from blueprints.traits import traits_of
from blueprints.traits.ec2 import on_instances
from blueprints.values.reference import Ref

#: The name of the container in a task definition: what overrides name.
CONTAINER = "app"
#: Pseudo node of references to the network: attributes "private-subnet-1", "private-subnet-2".
NETWORK = "network"
#: The state in a map that does one of its items.
ITEM = "item"

#: What the program that combines the items of a map gets of them, by the name of its input or variable.
RESULTS = "results"
#: The path of the empty list that replaces the items in the input of that program, and what is there.
NO_ITEMS = "no_items"
NONE: Mapping[str, Any] = {"items": []}

#: What a program has to do with work that a person rejects, or that nobody decides on in time: store the decision.
REJECTED_ACTION, EXPIRED_ACTION = "rejected", "expired"

#: What a program has to do before its work is undone: fail if it is not known whether another system has acted.
SETTLE_ACTION = "settle"

#: Where the result of the last function is that has run.
RESULT = "$.result"

Json = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """A task state: the values of its placeholders, and its fields."""

    tokens: Callable[[Node], dict[str, Ref]]
    fields: Callable[[State], Json]


def _function_tokens(worker: Node) -> dict[str, Ref]:
    return {"FunctionArn": Ref(worker.id, "arn")}


def _function_task(state: State) -> Json:
    input_path = "$" if state.id == ITEM else _input(state)
    payload = {**_work(state), "execution.$": _run_name(state), "input.$": input_path}
    if results := state.settings.get(RESULTS):
        payload[f"{RESULTS}.$"] = results
    if state.settings.get("answered"):
        payload["answer.$"] = "$.answer"
    payload |= {f"{name}.$": path for name, path in _decision(state).items()}
    return {
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": "${FunctionArn}", "Payload": payload},
        "ResultSelector": {"returned.$": "$.Payload"},
        "ResultPath": RESULT,
    }


def _task_tokens(worker: Node) -> dict[str, Ref]:
    return {
        "ClusterArn": Ref(worker.id, "cluster-arn"),
        "TaskFamily": Ref(worker.id, "task-definition-family"),
        "SubnetA": Ref(NETWORK, "private-subnet-1"),
        "SubnetB": Ref(NETWORK, "private-subnet-2"),
        "SecurityGroup": Ref(worker.id, "security-group"),
        **({"CapacityProvider": Ref(worker.id, "capacity-provider")} if on_instances(worker) else {}),
    }


def _environment(state: State) -> list[Json]:
    """Return the environment variables of a container: its step, action, execution and input."""
    work, results = _work(state), state.settings.get(RESULTS)
    given = _input(state) if work["action"] == COMBINE else "$"
    return [
        {"Name": "STEP", "Value": str(work["step"])},
        {"Name": "ACTION", "Value": work["action"]},
        {"Name": "EXECUTION_ID", "Value.$": _run_name(state)},
        {"Name": "INPUT", "Value.$": f"States.JsonToString({given})"},
        *([{"Name": RESULTS.upper(), "Value.$": f"States.JsonToString({results})"}] if results else []),
        *({"Name": name.upper(), "Value.$": path} for name, path in _decision(state).items()),
    ]


def _input(state: State) -> str:
    """Return the input of a state that is about the whole run: what started it, with an empty list for the items that it brought.

    The overrides of a container have at most 8,192 characters, and each item was within them by itself
    (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html, read 2026-11-30).
    """
    given, without = "$$.Execution.Input", state.settings.get(NO_ITEMS)
    return f"States.JsonMerge({given}, {without}, false)" if without else given


def _container_task(state: State) -> Json:
    network = {"Subnets": ["${SubnetA}", "${SubnetB}"], "SecurityGroups": ["${SecurityGroup}"]}
    return {
        "Resource": "arn:aws:states:::ecs:runTask.sync",
        "Parameters": {
            "Cluster": "${ClusterArn}",
            "TaskDefinition": "${TaskFamily}",
            "NetworkConfiguration": {"AwsvpcConfiguration": {**network, "AssignPublicIp": "DISABLED"}},
            "Overrides": {"ContainerOverrides": [{"Name": CONTAINER, "Environment": _environment(state)}]},
        },
        "ResultPath": None,
    }


def _job_tokens(worker: Node) -> dict[str, Ref]:
    return {"JobQueueArn": Ref(worker.id, "job-queue-arn"), "JobDefinitionName": Ref(worker.id, "job-definition-name")}


def _job_task(state: State) -> Json:
    work = _work(state)
    return {
        "Resource": "arn:aws:states:::batch:submitJob.sync",
        "Parameters": {
            "JobName": f"{work['action']}-{work['step']}",
            "JobQueue": "${JobQueueArn}",
            "JobDefinition": "${JobDefinitionName}",
            "ContainerOverrides": {"Environment": _environment(state)},
        },
        "ResultPath": None,
    }


def _run_name(state: State) -> str:
    """Return the idempotency key of a run: the execution, and the item's number in an inline map."""
    if state.settings.get("numbered"):
        return "States.Format('{}-{}', $$.Execution.Name, $$.Map.Item.Index)"
    return "$$.Execution.Name"


def _decision(state: State) -> dict[str, str]:
    """Return the paths of the time of a decision, which stays the same in retries, and of who rejects and why."""
    entered = {"ended_at": "$$.State.EnteredTime"}
    return {REJECTED_ACTION: {**entered, "decision": "$.rejected.Cause"}, EXPIRED_ACTION: entered}.get(
        str(state.settings.get("action")), {}
    )


def _work(state: State) -> Json:
    return {"step": int(str(state.settings.get("step", 1))), "action": str(state.settings.get("action", "run"))}


#: Kind of task (`Traits.state`) -> its tokens and fields.
TASKS: Mapping[str, Task] = {
    "function": Task(_function_tokens, _function_task),
    "task": Task(_task_tokens, _container_task),
    "job": Task(_job_tokens, _job_task),
}


def tokens_of(workers: Collection[Node]) -> dict[str, Ref]:
    """Return the values of the placeholders of all tasks; of several components, each has placeholders of its own."""
    found: dict[str, Ref] = {}
    for worker in workers:
        tokens = TASKS[traits_of(worker.service).state].tokens(worker)
        found |= {_token(worker, name, ref) if len(workers) > 1 else name: ref for name, ref in tokens.items()}
    return found


def of_component(task: Json, worker: Node) -> Json:
    """Return a task state with the placeholders of the component that it runs, where a workflow runs several."""
    text = json.dumps(task)
    for name, ref in TASKS[traits_of(worker.service).state].tokens(worker).items():
        text = text.replace(f"${{{name}}}", f"${{{_token(worker, name, ref)}}}")
    return dict(json.loads(text))


def _token(worker: Node, name: str, ref: Ref) -> str:
    return name if ref.node == NETWORK else f"{pascal(worker.subject)}{name}"
