"""EventBridge Pipes: their sources, their targets, and their dead letters."""

from typing import Any

from advisor.architecture import Edge, Node
from blueprints.parts.ecs import launch_type, task_network
from blueprints.parts.sqs import QUEUES
from blueprints.shared.roles import role, trust
from blueprints.shared.tables import changes_of_items
from blueprints.stack.registry import connection, encrypted_by, itself, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits.lambda_durable import durable
from blueprints.traits.state_machine import SERVICES
from blueprints.values import Att, Ref
from blueprints.values.json_text import JsonText

encrypted_by("AWS::Pipes::Pipe", "KmsKeyIdentifier")


@service("eventbridge-pipes", name=itself, arn=own("Arn"))
def pipe(scope: Scope, node: Node) -> None:
    """A pipe; its connections add source and target."""
    id = scope.name(node.id)
    role(scope, f"{id}Role", trust("pipes.amazonaws.com", confined=True), scope.statements(node.id), node=node.id)
    properties: Json = {"RoleArn": Att(f"{id}Role", "Arn"), "DesiredState": "RUNNING"}
    scope.add(id, "AWS::Pipes::Pipe", properties, node=node.id)
    scope.output(f"{id}Name", Ref(id), "Name of the pipe")


@connection(["dynamodb"], "stream", ["eventbridge-pipes"])
def pipe_reads_changes(scope: Scope, edge: Edge) -> None:
    """Make the table's stream the source of the pipe.

    A deleted item, also one that has expired, needs no processing, nor does a result that a program keeps beside an item:
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-filtering.html (read 2026-11-30)
    """
    parameters = {"StartingPosition": "TRIM_HORIZON", "BatchSize": 1, "MaximumRetryAttempts": 5}
    pattern = {"eventName": ["INSERT", "MODIFY"], **changes_of_items(scope.architecture, edge.source)}
    filters = [{"Pattern": JsonText(pattern)}]
    read = {"FilterCriteria": {"Filters": filters}, "DynamoDBStreamParameters": parameters}
    _pipe_source(scope, edge, scope.of(edge.source, "stream-arn"), read)


@connection(["kinesis"], "consume", ["eventbridge-pipes"])
def pipe_reads_stream(scope: Scope, edge: Edge) -> None:
    """Make the stream the source of the pipe."""
    parameters = {"StartingPosition": "TRIM_HORIZON", "BatchSize": 1, "MaximumRetryAttempts": 5}
    _pipe_source(scope, edge, scope.of(edge.source, "arn"), {"KinesisStreamParameters": parameters})


@connection(QUEUES, "consume", ["eventbridge-pipes"])
def pipe_reads_queue(scope: Scope, edge: Edge) -> None:
    """Make the queue the source of the pipe."""
    _pipe_source(scope, edge, scope.of(edge.source, "arn"), {"SqsQueueParameters": {"BatchSize": 1}})


def _pipe_source(scope: Scope, edge: Edge, source: Any, parameters: Json) -> None:
    properties = scope.properties(scope.main(edge.target))
    properties |= {"Source": source, "SourceParameters": parameters}
    scope.carry(scope.main(edge.target), edge.id)


@connection(["eventbridge-pipes"], "start", SERVICES)
def pipe_starts_machine(scope: Scope, edge: Edge) -> None:
    """Start the state machine asynchronously from the pipe."""
    parameters = {"StepFunctionStateMachineParameters": {"InvocationType": "FIRE_AND_FORGET"}}
    _pipe_target(scope, edge, scope.of(edge.target, "arn"), parameters)


@connection(["eventbridge-pipes"], "start", ["lambda"])
def pipe_invokes(scope: Scope, edge: Edge) -> None:
    """Invoke the function synchronously from the pipe, so that failures are retried; a durable function asynchronously."""
    kind = "FIRE_AND_FORGET" if durable(scope.architecture.node(edge.target)) else "REQUEST_RESPONSE"
    parameters = {"LambdaFunctionParameters": {"InvocationType": kind}}
    _pipe_target(scope, edge, scope.of(edge.target, "arn"), parameters)


@connection(["eventbridge-pipes"], "start", ["ecs"])
def pipe_runs_task(scope: Scope, edge: Edge) -> None:
    """Run the task from the pipe, with the change in its variable INPUT."""
    node = scope.architecture.node(edge.target)
    override = {"Name": "app", "Environment": [{"Name": "INPUT", "Value": "$.body"}]}
    parameters = {
        "TaskDefinitionArn": scope.of(node.id, "task-definition-arn"),
        "NetworkConfiguration": task_network(scope, node),
        "Overrides": {"ContainerOverrides": [override]},
        **launch_type(scope, node),
    }
    _pipe_target(scope, edge, scope.of(node.id, "cluster-arn"), {"EcsTaskParameters": parameters})


def _pipe_target(scope: Scope, edge: Edge, target: Any, parameters: Json) -> None:
    properties = scope.properties(scope.main(edge.source))
    properties |= {"Target": target, "TargetParameters": parameters}
    scope.carry(scope.main(edge.source), edge.id)


@connection(["eventbridge-pipes"], "dead-letter", ["dead-letter-queue"])
def pipe_dead_letters(scope: Scope, edge: Edge) -> None:
    """Send the positions of failed stream records to the dead-letter queue. Messages of a queue stay in that queue."""
    id = scope.main(edge.source)
    for source, parameters in scope.properties(id)["SourceParameters"].items():
        if source not in ("SqsQueueParameters", "FilterCriteria"):
            parameters["DeadLetterConfig"] = {"Arn": scope.of(edge.target, "arn")}
    scope.carry(id, edge.id)
