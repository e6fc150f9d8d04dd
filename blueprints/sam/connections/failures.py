"""What fails for good: where each channel and each start sets it aside."""

from advisor.architecture import Edge
from blueprints import settings
from blueprints.registry import connection
from blueprints.sam.connections.channels import QUEUES, TOPICS, subscription_id
from blueprints.sam.connections.started import source_id
from blueprints.scope import Scope, rule_id


@connection(QUEUES, "dead-letter", ["dead-letter-queue"])
def queue_sets_aside(scope: Scope, edge: Edge) -> None:
    """Move what was received too often to the dead-letter queue."""
    node = scope.architecture.node(edge.source)
    scope.properties(scope.main(node.id))["RedrivePolicy"] = {
        "deadLetterTargetArn": scope.of(edge.target, "arn"),
        "maxReceiveCount": settings.number(node, "max_receive_count"),
    }
    scope.carry(scope.main(node.id), edge.id)


@connection(TOPICS, "dead-letter", ["dead-letter-queue"])
def topic_sets_aside(scope: Scope, edge: Edge) -> None:
    """Keep what a destination did not take; the queue's policy lets the topic in."""
    aside = {"deadLetterTargetArn": scope.of(edge.target, "arn")}
    for delivery in scope.architecture.leaving(edge.source, "deliver"):
        id = subscription_id(scope, delivery)
        if id in scope.resources:
            scope.properties(id)["RedrivePolicy"] = aside
            scope.carry(id, edge.id)


@connection(["eventbridge-bus"], "dead-letter", ["dead-letter-queue"])
def rules_set_aside(scope: Scope, edge: Edge) -> None:
    """Keep the events that no rule's target took."""
    for leaving in scope.architecture.leaving(edge.source):
        id = rule_id(scope.name(leaving.id))
        if id in scope.resources:
            scope.properties(id)["Targets"][0]["DeadLetterConfig"] = {"Arn": scope.of(edge.target, "arn")}
            scope.carry(id, edge.id)


@connection(["eventbridge-scheduler"], "dead-letter", ["dead-letter-queue"])
def schedule_sets_aside(scope: Scope, edge: Edge) -> None:
    """Keep the starts that did not happen."""
    id = scope.main(edge.source)
    scope.properties(id)["Target"]["DeadLetterConfig"] = {"Arn": scope.of(edge.target, "arn")}
    scope.carry(id, edge.id)


@connection(["lambda"], "dead-letter", ["dead-letter-queue"])
def function_sets_aside(scope: Scope, edge: Edge) -> None:
    """Keep the asynchronous events that the function failed on."""
    id = scope.main(edge.source)
    scope.properties(id)["DeadLetterQueue"] = {"Type": "SQS", "TargetArn": scope.of(edge.target, "arn")}
    scope.carry(id, edge.id)


@connection(["kinesis"], "dead-letter", ["dead-letter-queue"])
def stream_sets_aside(scope: Scope, edge: Edge) -> None:
    """Keep where the batches are that the readers gave up on."""
    for reading in scope.architecture.leaving(edge.source, "consume"):
        id = source_id(scope, reading)
        if id in scope.resources:
            destination = {"OnFailure": {"Destination": scope.of(edge.target, "arn")}}
            scope.properties(id)["DestinationConfig"] = destination
            scope.carry(id, edge.id)


@connection(["eventbridge-pipes"], "dead-letter", ["dead-letter-queue"])
def pipe_sets_aside(scope: Scope, edge: Edge) -> None:
    """Keep where the changes are that the pipe gave up on."""
    id = scope.main(edge.source)
    for parameters in scope.properties(id)["SourceParameters"].values():
        parameters["DeadLetterConfig"] = {"Arn": scope.of(edge.target, "arn")}
    scope.carry(id, edge.id)
