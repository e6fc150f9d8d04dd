"""How the states of a state machine hand work over: as an invocation, as a task of ECS, or as a job of Batch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.architecture import Node, State
from blueprints.traits.ec2 import on_instances
from blueprints.values.reference import Ref

#: The name of the container in a task definition: what overrides name.
CONTAINER = "app"
#: Pseudo node of references to the network: attributes "private-subnet-1", "private-subnet-2".
NETWORK = "network"
#: The state in a map that does one of its items.
ITEM = "item"

Json = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """How a state hands work over: tokens for its placeholders, and the fields of a task state."""

    tokens: Callable[[Node], dict[str, Ref]]
    fields: Callable[[State], Json]


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


#: As what Step Functions runs the work (`Traits.state`) -> how it is handed over.
TASKS: Mapping[str, Task] = {
    "function": Task(_function_tokens, _function_task),
    "task": Task(_task_tokens, _container_task),
    "job": Task(_job_tokens, _job_task),
}
