"""Kinesis data streams: producers, consumers, failed batches, and the resource policy for other accounts."""

from advisor.architecture import Edge, Node
from blueprints import settings
from blueprints.plan.customer_key import KeyUse
from blueprints.shared.cross_account import external_statement
from blueprints.shared.event_source_mappings import source_id
from blueprints.shared.keys import AWS_KINESIS_KEY
from blueprints.shared.programs import PROGRAMS
from blueprints.shared.roles import policy
from blueprints.stack.registry import carried, connection, encrypted, itself, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits import kinesis
from blueprints.values import Ref, Value

carried(PROGRAMS, ["publish"], ["kinesis"])
carried(["application", "saas"], ["publish"], ["kinesis"], by="target")
carried(["kinesis"], ["consume"], ["ecs", "eks"], by="target")


@service("kinesis", name=itself, arn=own("Arn"))
def stream(scope: Scope, node: Node) -> None:
    """An encrypted stream with the retention period of the requirements, at least a day.

    It is on demand, unless its readers take more shards than such a stream begins with.
    """
    properties = {
        **_mode(node),
        "RetentionPeriodHours": kinesis.kept_h(node),
        "StreamEncryption": {"EncryptionType": "KMS", "KeyId": AWS_KINESIS_KEY},
    }
    id = scope.name(node.id)
    scope.add(id, "AWS::Kinesis::Stream", properties, node=node.id)
    scope.output(f"{id}Name", Ref(id), "Name of the stream")


def _mode(node: Node) -> Json:
    if not settings.flag(node, "provisioned"):
        return {"StreamModeDetails": {"StreamMode": "ON_DEMAND"}}
    return {"StreamModeDetails": {"StreamMode": "PROVISIONED"}, "ShardCount": settings.number(node, "shards")}


@connection(["other-account", "aws-service"], "publish", ["kinesis"])
def principal_puts_records(scope: Scope, edge: Edge) -> None:
    """Allow the other account or the AWS service to put records into the stream."""
    sid = f"{scope.name(edge.source)}PutsRecords"
    _share(scope, edge, edge.target, external_statement(scope, edge.source, sid, kinesis.TRAITS.publish_actions, None))


@connection(["kinesis"], "deliver", ["other-account"])
def account_reads_records(scope: Scope, edge: Edge) -> None:
    """Allow the other account to read the stream; that account names the roles."""
    sid = f"{scope.name(edge.target)}ReadsRecords"
    _share(scope, edge, edge.source, external_statement(scope, edge.target, sid, kinesis.READ_ACTIONS, None))
    words = "ARN of the stream, for its consumers"
    scope.output(f"{scope.name(edge.source)}Arn", scope.of(edge.source, "arn"), words)


def _share(scope: Scope, edge: Edge, stream: str, statement: Json) -> None:
    """Add a statement to the stream's one resource policy."""
    arn, id = scope.of(stream, "arn"), f"{scope.main(stream)}Policy"
    statement["Resource"] = arn
    if id not in scope.resources:
        properties = {"ResourceArn": arn, "ResourcePolicy": policy([])}
        scope.add(id, "AWS::Kinesis::ResourcePolicy", properties, node=stream)
    scope.properties(id)["ResourcePolicy"]["Statement"].append(statement)
    scope.carry(id, edge.id)


@connection(["kinesis"], "dead-letter", ["dead-letter-queue"])
def stream_dead_letters(scope: Scope, edge: Edge) -> None:
    """Send the positions of failed batches to the dead-letter queue."""
    for reading in scope.architecture.leaving(edge.source, "consume"):
        id = source_id(scope, reading)
        if id in scope.resources:
            destination = {"OnFailure": {"Destination": scope.of(edge.target, "arn")}}
            scope.properties(id)["DestinationConfig"] = destination
            scope.carry(id, edge.id)


@encrypted("AWS::Kinesis::Stream", KeyUse("kinesis"))
def _under_key(properties: Json, arn: Value) -> None:
    properties["StreamEncryption"] = {"EncryptionType": "KMS", "KeyId": arn}
