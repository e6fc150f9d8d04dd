"""What starts work: schedules, rules of a bus, pipes, and the queues and streams that functions take from."""

from typing import Any

from advisor.architecture import Edge, Node
from blueprints import settings
from blueprints.json_text import JsonText
from blueprints.plan import RESULTS_PREFIX
from blueprints.registry import carried, connection
from blueprints.sam.roles import role, trust
from blueprints.sam.services.functions import permission
from blueprints.sam.services.messaging import bus_name, on_default_bus
from blueprints.sam.services.workflow import task_network
from blueprints.scope import Json, Scope, rule_id
from blueprints.traits import ec2
from blueprints.traits.lambda_durable import durable
from blueprints.traits.state_machine import SERVICES
from blueprints.values import Ref, Value

QUEUES = ("sqs", "sqs-fifo")
MACHINES = SERVICES
#: The time for which a schedule starts something, as Scheduler puts it in.
_TIME = "<aws.scheduler.scheduled-time>"
SCHEDULED_TASK = JsonText(
    {"containerOverrides": [{"name": "app", "environment": [{"name": "EXECUTION_ID", "value": _TIME}]}]}
)
SCHEDULED_INPUT = JsonText({"source": "schedule", "time": _TIME})


@connection(["eventbridge-scheduler"], "start", [*MACHINES, "lambda"])
def schedule_starts(scope: Scope, edge: Edge) -> None:
    """Put the target into the schedule; its input says for which time the run is."""
    target = scope.properties(scope.main(edge.source))["Target"]
    scope.properties(scope.main(edge.source))["Target"] = {
        "Arn": scope.of(edge.target, "arn"),
        **target,
        "Input": SCHEDULED_INPUT,
    }
    scope.carry(scope.main(edge.source), edge.id)


@connection(["eventbridge-scheduler"], "start", ["ecs"])
def schedule_runs_task(scope: Scope, edge: Edge) -> None:
    """Let the schedule run the task."""
    node = scope.architecture.node(edge.target)
    properties = scope.properties(scope.main(edge.source))
    parameters = {
        "TaskDefinitionArn": scope.of(node.id, "task-definition-arn"),
        "NetworkConfiguration": task_network(scope, node),
        **launch(scope, node),
    }
    properties["Target"] = {
        "Arn": scope.of(node.id, "cluster-arn"),
        **properties["Target"],
        "Input": SCHEDULED_TASK,
        "EcsParameters": parameters,
    }
    scope.carry(scope.main(edge.source), edge.id)


def launch(scope: Scope, node: Node) -> Json:
    """Return how a task is placed: on Fargate, or where its own capacity provider puts it."""
    if not ec2.on_instances(node):
        return {"LaunchType": "FARGATE"}
    provider = {"CapacityProvider": scope.of(node.id, "capacity-provider"), "Weight": 1}
    return {"CapacityProviderStrategy": [provider]}


@connection(["eventbridge-bus"], "start", MACHINES)
def rule_starts_machine(scope: Scope, edge: Edge) -> None:
    """Add a rule that starts the state machine, by a role of the rule."""
    rule(scope, edge, {"Arn": scope.of(edge.target, "arn"), "RoleArn": rule_role(scope, edge)})


@connection(["eventbridge-bus"], "start", ["ecs"])
def rule_runs_task(scope: Scope, edge: Edge) -> None:
    """Add a rule that runs the task, by a role of the rule."""
    node = scope.architecture.node(edge.target)
    parameters = {
        "TaskDefinitionArn": scope.of(node.id, "task-definition-arn"),
        "NetworkConfiguration": {"AwsVpcConfiguration": task_network(scope, node)["AwsvpcConfiguration"]},
        **launch(scope, node),
    }
    target = {"Arn": scope.of(node.id, "cluster-arn"), "RoleArn": rule_role(scope, edge)}
    rule(scope, edge, {**target, "EcsParameters": parameters})


def rule_invokes(scope: Scope, edge: Edge) -> None:
    """Add a rule that invokes the function, and let it."""
    rule(scope, edge, {"Arn": scope.of(edge.target, "arn")})
    id = f"{scope.name(edge.id)}Permission"
    permission(scope, id, edge.target, "events.amazonaws.com", scope.of(edge.id, "rule-arn"), edge.id)


for _verb in ("start", "consume", "deliver"):
    connection(["eventbridge-bus"], _verb, ["lambda"])(rule_invokes)


def rule_role(scope: Scope, edge: Edge) -> Value:
    """Return the role by which one rule starts its target, and nothing else."""
    statements = scope.statements(edge.source, edge.id)
    assumed = trust("events.amazonaws.com", confined=True)
    return role(scope, f"{scope.name(edge.id)}Role", assumed, statements, edge=edge.id)


def rule(scope: Scope, edge: Edge, target: Json) -> None:
    """Add the rule of an edge that leaves a bus: what it matches comes from who emits to the bus."""
    bus = scope.architecture.node(edge.source)
    id = rule_id(scope.name(edge.id))
    properties: Json = {
        "EventBusName": bus_name(scope, bus),
        "EventPattern": pattern(scope, bus, edge.target),
        "State": "ENABLED",
        "Targets": [
            {"Id": "target", **target, "RetryPolicy": {"MaximumRetryAttempts": 8, "MaximumEventAgeInSeconds": 3600}}
        ],
    }
    stands = on_default_bus(scope, bus)
    scope.add(id, "AWS::Events::Rule", properties, node=bus.id if stands else None, edge=edge.id)
    if stands:
        scope.mains.setdefault(bus.id, id)


def pattern(scope: Scope, bus: Node, started: str) -> Json:
    """Return what a rule matches: new objects of a bucket, an AWS service's events, or all events of the own bus."""
    emitters = [scope.architecture.node(edge.source) for edge in scope.architecture.entering(bus.id, "emit")]
    buckets = [node.id for node in emitters if node.service == "s3"]
    if buckets:
        detail: Json = {"bucket": {"name": [scope.of(id, "name") for id in buckets]}}
        if writes_back(scope, started, buckets):
            detail["object"] = {"key": [{"anything-but": {"prefix": RESULTS_PREFIX}}]}
        return {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": detail}
    services = [Ref(scope.plan.parameter(node.id).id) for node in emitters if node.service == "aws-service"]
    if services:
        return {"source": services}
    return {"source": [{"prefix": ""}]}


def writes_back(scope: Scope, started: str, buckets: list[str]) -> bool:
    """Return whether what is started writes into the bucket that starts it: its results must not start it again."""
    subject = scope.architecture.node(started).subject
    writers = [node.id for node in scope.architecture.nodes if node.subject == subject]
    verbs = ("write", "read-write")
    return any(e.source in writers and e.target in buckets and e.verb in verbs for e in scope.architecture.edges)


@connection(QUEUES, "consume", ["lambda"])
def takes_from_queue(scope: Scope, edge: Edge) -> None:
    """Let the function take batches from the queue; only failed messages come back."""
    queue, node = scope.architecture.node(edge.source), scope.architecture.node(edge.target)
    properties: Json = {
        "EventSourceArn": scope.of(queue.id, "arn"),
        "FunctionName": Ref(scope.main(node.id)),
        "BatchSize": settings.number(node, "batch_size"),
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
    }
    if queue.service == "sqs":
        properties["MaximumBatchingWindowInSeconds"] = settings.number(node, "batch_window_s")
    if most := settings.number(node, "max_concurrency"):
        properties["ScalingConfig"] = {"MaximumConcurrency": most}
    scope.add(source_id(scope, edge), "AWS::Lambda::EventSourceMapping", properties, edge=edge.id)


def source_id(scope: Scope, edge: Edge) -> str:
    """Return the logical id of an event source mapping."""
    return f"{scope.name(edge.id)}Source"


@connection(["kinesis"], "consume", ["lambda"])
def takes_from_stream(scope: Scope, edge: Edge) -> None:
    """Let the function read the stream; a batch that keeps failing is halved and then set aside."""
    _stream(scope, edge, scope.of(edge.source, "arn"))


@connection(["dynamodb"], "stream", ["lambda"])
def takes_changes(scope: Scope, edge: Edge) -> None:
    """Let the function read the table's changes."""
    _stream(scope, edge, scope.of(edge.source, "stream-arn"))


def _stream(scope: Scope, edge: Edge, source: Any) -> None:
    node = scope.architecture.node(edge.target)
    properties: Json = {
        "EventSourceArn": source,
        "FunctionName": Ref(scope.main(node.id)),
        "StartingPosition": "TRIM_HORIZON",
        "BatchSize": settings.number(node, "batch_size"),
        "MaximumBatchingWindowInSeconds": settings.number(node, "batch_window_s"),
        "BisectBatchOnFunctionError": True,
        "MaximumRetryAttempts": 5,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
    }
    scope.add(source_id(scope, edge), "AWS::Lambda::EventSourceMapping", properties, edge=edge.id)


@connection(["dynamodb"], "stream", ["eventbridge-pipes"])
def pipe_reads_changes(scope: Scope, edge: Edge) -> None:
    """Put the table's changes into the pipe as its source."""
    parameters = {"StartingPosition": "TRIM_HORIZON", "BatchSize": 1, "MaximumRetryAttempts": 5}
    _pipe_source(scope, edge, scope.of(edge.source, "stream-arn"), {"DynamoDBStreamParameters": parameters})


@connection(["kinesis"], "consume", ["eventbridge-pipes"])
def pipe_reads_stream(scope: Scope, edge: Edge) -> None:
    """Put the stream into the pipe as its source."""
    parameters = {"StartingPosition": "TRIM_HORIZON", "BatchSize": 1, "MaximumRetryAttempts": 5}
    _pipe_source(scope, edge, scope.of(edge.source, "arn"), {"KinesisStreamParameters": parameters})


@connection(QUEUES, "consume", ["eventbridge-pipes"])
def pipe_reads_queue(scope: Scope, edge: Edge) -> None:
    """Put the queue into the pipe as its source."""
    _pipe_source(scope, edge, scope.of(edge.source, "arn"), {"SqsQueueParameters": {"BatchSize": 1}})


def _pipe_source(scope: Scope, edge: Edge, source: Any, parameters: Json) -> None:
    properties = scope.properties(scope.main(edge.target))
    properties |= {"Source": source, "SourceParameters": parameters}
    scope.carry(scope.main(edge.target), edge.id)


@connection(["eventbridge-pipes"], "start", MACHINES)
def pipe_starts_machine(scope: Scope, edge: Edge) -> None:
    """Let the pipe start the state machine and go on."""
    parameters = {"StepFunctionStateMachineParameters": {"InvocationType": "FIRE_AND_FORGET"}}
    _pipe_target(scope, edge, scope.of(edge.target, "arn"), parameters)


@connection(["eventbridge-pipes"], "start", ["lambda"])
def pipe_invokes(scope: Scope, edge: Edge) -> None:
    """Let the pipe invoke the function and wait, so that a failure is tried again; a durable one goes on by itself."""
    kind = "FIRE_AND_FORGET" if durable(scope.architecture.node(edge.target)) else "REQUEST_RESPONSE"
    parameters = {"LambdaFunctionParameters": {"InvocationType": kind}}
    _pipe_target(scope, edge, scope.of(edge.target, "arn"), parameters)


@connection(["eventbridge-pipes"], "start", ["ecs"])
def pipe_runs_task(scope: Scope, edge: Edge) -> None:
    """Let the pipe run the task; it is told the change in INPUT."""
    node = scope.architecture.node(edge.target)
    override = {"Name": "app", "Environment": [{"Name": "INPUT", "Value": "$.body"}]}
    parameters = {
        "TaskDefinitionArn": scope.of(node.id, "task-definition-arn"),
        "NetworkConfiguration": task_network(scope, node),
        "Overrides": {"ContainerOverrides": [override]},
        **launch(scope, node),
    }
    _pipe_target(scope, edge, scope.of(node.id, "cluster-arn"), {"EcsTaskParameters": parameters})


def _pipe_target(scope: Scope, edge: Edge, target: Any, parameters: Json) -> None:
    properties = scope.properties(scope.main(edge.source))
    properties |= {"Target": target, "TargetParameters": parameters}
    scope.carry(scope.main(edge.source), edge.id)


carried(MACHINES, ["run"], ["lambda", "ecs", "batch"])
carried(QUEUES, ["consume"], ["ecs", "ec2", "eks", "batch"], by="target")
carried(["kinesis"], ["consume"], ["ecs", "ec2", "eks"], by="target")
