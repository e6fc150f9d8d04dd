"""State machine definitions in Amazon States Language, from the states of a workflow's node.

A definition holds `${Token}` placeholders, as SAM's DefinitionSubstitutions and CDK's definition substitutions fill
them; `Definition.tokens` says which value each stands for.

What the work is given: a function gets `{"step": n, "action": "run" | "compensate", "execution": name, "input": …}`;
a task gets the environment variables STEP, ACTION, EXECUTION_ID and INPUT (JSON). `input` is what started the
execution, or one entry of `$.items` in a map; schedules and events bring no items, so there the entries are numbered
parts of the work: `{"id": …, "index": 0, "size": 40, "given": …}`. A distributed map whose work reads a bucket goes
over its objects: `{"id": …, "index": 0, "item": {"Key": …}}`. A failure that is not healed by retries is under `$.error`.

A state's data may hold 256 KiB, however many steps and items there are. So what the last function returned is under
`$.result` and replaces what the one before did, no step gets it as part of its own input (which it would hand on, twice as
long), and a map leaves nothing behind: what its items came to is where the work has put it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.architecture import Architecture, Node, State
from advisor.text import Text
from blueprints import maps, settings
from blueprints.environment import Ref
from blueprints.errors import Unsupported
from blueprints.hosts import on_instances
from blueprints.jobs import ARRAY_SIZE, array_size
from blueprints.maps import DISTRIBUTED
from blueprints.names import pascal
from blueprints.parts import PARTS, numbers, part, parted, parts

#: The name of the container in a task definition: what overrides name.
CONTAINER = "app"
#: Pseudo node of references to the network: attributes "private-subnet-1", "private-subnet-2".
NETWORK = "network"
INLINE_CONCURRENCY = 40
DISTRIBUTED_CONCURRENCY = 1000
#: A pipe hands over a list, here of one change: the states after this one get the change itself.
UNPACK = "Unpack"
_UNPACKED = {"Type": "Pass", "Comment": "Take the change out of the pipe's list", "InputPath": "$[0]"}
#: The state in a map that does one of its items.
ITEM = "item"
#: Its caller may wait for its end, and is answered with its output.
EXPRESS = "step-functions-express"
#: Workflow services whose node is a state machine of its own.
SERVICES = ("step-functions-standard", EXPRESS, DISTRIBUTED)

#: Service of the work -> the rule by which Step Functions hears that it has ended; the names are AWS's.
HEARD_BY = {"ecs": "StepFunctionsGetEventsForECSTaskRule", "batch": "StepFunctionsGetEventsForBatchJobsRule"}

Json = dict[str, Any]


@dataclass(frozen=True)
class Definition:
    """A state machine: `body` in Amazon States Language, and what its placeholders stand for."""

    body: Json
    tokens: Mapping[str, Ref]

    def text(self) -> str:
        """Return the definition as a project keeps it: JSON, indented."""
        return json.dumps(self.body, indent=2, ensure_ascii=False) + "\n"


def path(node: Node) -> str:
    """Return where a project keeps the definition of a workflow."""
    return f"statemachine/{node.subject}.asl.json"


def definition(architecture: Architecture, node: Node) -> Definition:
    """Return the definition of a workflow; Unsupported when a state or what it runs has no form here."""
    worker = _worker(architecture, node)
    number = parts(architecture, node, worker)
    states = {state.id: parted(state, number) for state in node.states}
    start = next(state for state in node.states if state.kind == "start").next[0]
    tokens = dict(_RUNNERS[worker.service].tokens(worker))
    steps = {pascal(id): _state(node, worker, state) for id, state in states.items() if state.kind != "start"}
    first = pascal(start)
    if bucket := maps.bucket_of(architecture, node):
        tokens["ItemsBucket"] = Ref(bucket, "name")
        steps = maps.over_objects(steps)
    if number:
        steps = {PARTS: {**numbers(number), "Next": first}, **steps}
        first = PARTS
    if any(architecture.node(edge.source).service == "eventbridge-pipes" for edge in architecture.entering(node.id)):
        steps = {UNPACK: {**_UNPACKED, "Next": first}, **steps}
        first = UNPACK
    body: Json = {
        "Comment": node.note.en or f"Workflow of {node.subject}",
        "StartAt": first,
        "TimeoutSeconds": settings.number(node, "timeout_s"),
        "States": steps,
    }
    if any(state.kind == "wait" for state in node.states):
        tokens["ApprovalTopicArn"] = Ref(node.id, "approval-topic-arn")
    return Definition(body, tokens)


@dataclass(frozen=True)
class _Runner:
    """How a state hands work to one service: tokens for its placeholders, and the fields of a task state."""

    tokens: Callable[[Node], dict[str, Ref]]
    task: Callable[[State], Json]


def _worker(architecture: Architecture, node: Node) -> Node:
    for edge in architecture.leaving(node.id, "run"):
        worker = architecture.node(edge.target)
        if worker.service in _RUNNERS:
            return worker
        raise Unsupported(edge.id, _text(f"Step Functions runs no {worker.service} here", worker.service))
    raise Unsupported(
        node.id, Text("This workflow has nothing to run.", "このワークフローには実行するものがありません。")
    )


def _text(en: str, service: str) -> Text:
    return Text(f"{en}.", f"Step Functions から {service} を実行する部品がありません。")


def _function_tokens(worker: Node) -> dict[str, Ref]:
    return {"FunctionArn": Ref(worker.id, "arn")}


def _function_task(state: State) -> Json:
    given = "$" if state.id == ITEM else "$$.Execution.Input"
    payload = {**_asked(state), "execution.$": _run_name(state), "input.$": given}
    return {
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": "${FunctionArn}", "Payload": payload},
        "ResultSelector": {"returned.$": "$.Payload"},
        "ResultPath": "$.result",
    }


def _task_tokens(worker: Node) -> dict[str, Ref]:
    return {
        "ClusterArn": Ref(worker.id, "cluster-arn"),
        "TaskDefinitionArn": Ref(worker.id, "task-definition-arn"),
        "SubnetA": Ref(NETWORK, "private-subnet-1"),
        "SubnetB": Ref(NETWORK, "private-subnet-2"),
        "SecurityGroup": Ref(worker.id, "security-group"),
        **({"CapacityProvider": Ref(worker.id, "capacity-provider")} if on_instances(worker) else {}),
    }


def _told(state: State) -> list[Json]:
    """Return the environment variables by which a container is told what to do."""
    asked = _asked(state)
    return [
        {"Name": "STEP", "Value": str(asked["step"])},
        {"Name": "ACTION", "Value": asked["action"]},
        {"Name": "EXECUTION_ID", "Value.$": _run_name(state)},
        {"Name": "INPUT", "Value.$": "States.JsonToString($)"},
    ]


def _container_task(state: State) -> Json:
    network = {"Subnets": ["${SubnetA}", "${SubnetB}"], "SecurityGroups": ["${SecurityGroup}"]}
    return {
        "Resource": "arn:aws:states:::ecs:runTask.sync",
        "Parameters": {
            "Cluster": "${ClusterArn}",
            "TaskDefinition": "${TaskDefinitionArn}",
            "NetworkConfiguration": {"AwsvpcConfiguration": {**network, "AssignPublicIp": "DISABLED"}},
            "Overrides": {"ContainerOverrides": [{"Name": CONTAINER, "Environment": _told(state)}]},
        },
        "ResultPath": None,
    }


def _job_tokens(worker: Node) -> dict[str, Ref]:
    return {"JobQueueArn": Ref(worker.id, "job-queue-arn"), "JobDefinitionArn": Ref(worker.id, "job-definition-arn")}


def _job_task(state: State) -> Json:
    asked = _asked(state)
    return {
        "Resource": "arn:aws:states:::batch:submitJob.sync",
        "Parameters": {
            "JobName": f"{asked['action']}-{asked['step']}",
            "JobQueue": "${JobQueueArn}",
            "JobDefinition": "${JobDefinitionArn}",
            "ContainerOverrides": {"Environment": _told(state)},
        },
        "ResultPath": None,
    }


def _run_name(state: State) -> str:
    """What names a run, also when it is tried again: the execution, and the item's number in an inline map."""
    if state.settings.get("numbered"):
        return "States.Format('{}-{}', $$.Execution.Name, $$.Map.Item.Index)"
    return "$$.Execution.Name"


def _asked(state: State) -> Json:
    action = "compensate" if state.id == "compensate" else "run"
    return {"step": int(str(state.settings.get("step", 1))), "action": action}


_RUNNERS: Mapping[str, _Runner] = {
    "lambda": _Runner(_function_tokens, _function_task),
    "ecs": _Runner(_task_tokens, _container_task),
    "batch": _Runner(_job_tokens, _job_task),
}


def _state(node: Node, worker: Node, state: State) -> Json:
    make = _KINDS.get(state.kind)
    if make is None:
        raise Unsupported(
            node.id,
            Text(f"A {state.kind} state has no form here.", f"{state.kind} ステートの定義を生成できません。"),
        )
    return make(node, worker, state)


def _task(node: Node, worker: Node, state: State) -> Json:
    body = {"Type": "Task", "Comment": state.title.en, **_RUNNERS[worker.service].task(state)}
    if worker.service == "ecs":
        provider = {"CapacityProvider": "${CapacityProvider}", "Weight": 1}
        placed = {"CapacityProviderStrategy": [provider]} if on_instances(worker) else {"LaunchType": "FARGATE"}
        body["Parameters"] = {**placed, **body["Parameters"]}
    if worker.service == "batch":
        # Each attempt has a limit of its own, and a job may wait in its queue: the whole execution bounds both.
        # Batch itself tries a failed job again, so that the children of an array that went well are left alone.
        return {**body, **_catch(state), **_next(state)}
    body["TimeoutSeconds"] = settings.number(worker, "timeout_s")
    return {**body, **_healing(node, state), **_next(state)}


def _map(node: Node, worker: Node, state: State) -> Json:
    distributed = node.service == DISTRIBUTED
    if size := array_size(node, worker):
        return _array(node, worker, state, size)
    inner = State(ITEM, "task", Text("One item", "1 件"), settings={**state.settings, "numbered": not distributed})
    task = {**_task(node, worker, inner), **_left(node), "End": True}
    mode = {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"} if distributed else {"Mode": "INLINE"}
    processor = {"ProcessorConfig": mode, "StartAt": "Item", "States": {"Item": task}}
    return {
        "Type": "Map",
        "Comment": state.title.en,
        "ItemsPath": "$.items",
        **part(state),
        "MaxConcurrency": DISTRIBUTED_CONCURRENCY if distributed else INLINE_CONCURRENCY,
        "ItemProcessor": processor,
        "ResultPath": "$.map" if node.service == EXPRESS else None,
        **_catch(state),
        **_next(state),
    }


def _left(node: Node) -> Json:
    """Return what an item leaves behind: nothing, unless who started the workflow waits for what comes of its items."""
    return {} if node.service == EXPRESS else {"OutputPath": None}


def _array(node: Node, worker: Node, state: State, size: int) -> Json:
    """One array job: its children divide the items among them by their index."""
    body = _task(node, worker, state)
    body["Parameters"]["ArrayProperties"] = {"Size": size}
    body["Parameters"]["ContainerOverrides"]["Environment"].append({"Name": ARRAY_SIZE, "Value": str(size)})
    return body


def _approval(node: Node, _worker: Node, state: State) -> Json:
    message = {
        "execution.$": "$$.Execution.Name",
        "taskToken.$": "$$.Task.Token",
        "approve": "aws stepfunctions send-task-success --task-output {} --task-token TOKEN",
        "reject": "aws stepfunctions send-task-failure --task-token TOKEN",
    }
    return {
        "Type": "Task",
        "Comment": state.title.en,
        "Resource": "arn:aws:states:::sns:publish.waitForTaskToken",
        "Parameters": {"TopicArn": "${ApprovalTopicArn}", "Subject": "Approval needed", "Message": message},
        "TimeoutSeconds": settings.number(node, "approval_s"),
        "ResultPath": "$.approval",
        **_catch(state),
        **_next(state),
    }


def _fail(_node: Node, _worker: Node, _state: State) -> Json:
    return {"Type": "Fail", "Error": "WorkFailed", "Cause": "The work failed after its retries; see $.error"}


def _succeed(_node: Node, _worker: Node, _state: State) -> Json:
    return {"Type": "Succeed"}


_KINDS: Mapping[str, Callable[[Node, Node, State], Json]] = {
    "task": _task,
    "map": _map,
    "wait": _approval,
    "fail": _fail,
    "end": _succeed,
}


def _healing(node: Node, state: State) -> Json:
    retry = {
        "ErrorEquals": ["States.TaskFailed"],
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
