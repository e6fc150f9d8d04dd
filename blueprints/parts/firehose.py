"""Amazon Data Firehose: records are buffered and delivered to the bucket of a data lake."""

from typing import Any

from advisor.architecture import Edge, Node
from blueprints.parts.eventbridge_bus import rule
from blueprints.parts.sns import subscribe
from blueprints.plan.cross_account import EXTERNAL_PRINCIPALS
from blueprints.plan.customer_key import FINDING, KeyUse
from blueprints.shared.cross_account import assumes_sender_role
from blueprints.shared.logs import log_group
from blueprints.shared.programs import PROGRAMS
from blueprints.shared.roles import role, trust
from blueprints.stack.registry import carried, connection, encrypted, itself, own, service
from blueprints.stack.scope import Json, Scope, allow
from blueprints.traits import firehose, traits_of
from blueprints.traits.firehose import PUT_ACTIONS
from blueprints.traits.kinesis import READ_ACTIONS
from blueprints.values import Att, Ref, Value, arn, joined

_FIREHOSE = "firehose.amazonaws.com"

carried(PROGRAMS, ["publish"], ["firehose"])
carried(["application"], ["publish"], ["firehose"], by="target")


@service("firehose", name=itself, arn=own("Arn"))
def delivery_stream(scope: Scope, node: Node) -> None:
    """A delivery stream with direct puts."""
    edge = firehose.lake_of(scope.architecture, node)
    id = scope.name(node.id)
    _stream(scope, id, edge, node=node.id)
    scope.output(f"{id}Name", Ref(id), "Name of the Firehose stream")


@connection(["firehose"], "deliver", ["data-lake"])
def delivers(scope: Scope, edge: Edge) -> None:
    """The delivery stream itself delivers."""
    scope.carry(scope.main(edge.source), edge.id)


@connection(["kinesis"], "deliver", ["data-lake"])
def delivers_stream(scope: Scope, edge: Edge) -> None:
    """Allow a delivery stream to read the stream and to write its records to the lake."""
    _stream(scope, f"{scope.name(edge.id)}Delivery", edge, source=scope.of(edge.source, "arn"), lines=True)


@connection(["eventbridge-bus"], "deliver", ["data-lake"])
def delivers_events(scope: Scope, edge: Edge) -> None:
    """Send the events that match a rule to a delivery stream."""
    stream = _stream(scope, f"{scope.name(edge.id)}Delivery", edge, lines=True)
    rule(scope, edge, {"Arn": stream, "RoleArn": _put_role(scope, edge, stream)})


@connection(["sns"], "deliver", ["data-lake"])
def delivers_messages(scope: Scope, edge: Edge) -> None:
    """Subscribe a delivery stream to the topic."""
    stream = _stream(scope, f"{scope.name(edge.id)}Delivery", edge)
    subscribe(scope, edge, "firehose", stream, SubscriptionRoleArn=_put_role(scope, edge, stream))


def _put_role(scope: Scope, edge: Edge, stream: Value) -> Value:
    """Return the role by which a bus or a topic puts records into a delivery stream."""
    principal = traits_of(scope.architecture.node(edge.source).service).principal
    statement = allow("PutRecords", PUT_ACTIONS, [stream])
    return role(scope, f"{scope.name(edge.id)}PutRole", trust(principal, confined=True), [statement], edge=edge.id)


def _stream(
    scope: Scope, id: str, edge: Edge, *, node: str | None = None, source: Value = None, lines: bool = False
) -> Value:
    """Add a delivery stream into the lake at an edge's end, with its role and log; return its ARN.

    With `lines`, it ends each record with a line break, which its source does not.
    """
    owner: dict[str, Any] = {"node": node} if node else {"edge": edge.id}
    log_group(scope, f"{id}Logs", node=node or edge.source)
    scope.add(f"{id}LogStream", "AWS::Logs::LogStream", {"LogGroupName": Ref(f"{id}Logs")}, **owner)
    bucket = arn("s3", Ref(scope.plan.parameter(edge.target).id), region="", account="")
    deliverer = role(scope, f"{id}Role", trust(_FIREHOSE, confined=True), _statements(id, bucket, source), **owner)
    source_node = scope.architecture.node(edge.source)
    destination: Json = {
        "BucketARN": bucket,
        "RoleARN": deliverer,
        "Prefix": firehose.prefix(source_node),
        "ErrorOutputPrefix": firehose.error_prefix(source_node),
        "BufferingHints": {"IntervalInSeconds": firehose.BUFFER_S, "SizeInMBs": firehose.BUFFER_MIB},
        "CompressionFormat": "GZIP",
        "CloudWatchLoggingOptions": {
            "Enabled": True,
            "LogGroupName": Ref(f"{id}Logs"),
            "LogStreamName": Ref(f"{id}LogStream"),
        },
    }
    if lines:
        destination["ProcessingConfiguration"] = firehose.LINES
    properties: Json = {"DeliveryStreamType": "DirectPut", "ExtendedS3DestinationConfiguration": destination}
    if source is None:
        properties["DeliveryStreamEncryptionConfigurationInput"] = {"KeyType": "AWS_OWNED_CMK"}
    else:
        read = {"KinesisStreamARN": source, "RoleARN": deliverer}
        properties |= {"DeliveryStreamType": "KinesisStreamAsSource", "KinesisStreamSourceConfiguration": read}
    scope.add(id, "AWS::KinesisFirehose::DeliveryStream", properties, **owner)
    return Att(id, "Arn")


def _statements(id: str, bucket: Value, source: Value) -> list[Json]:
    stream = joined(Att(f"{id}Logs", "Arn"), ":log-stream:", Ref(f"{id}LogStream"))
    read = [allow("ReadStream", READ_ACTIONS, [source])] if source is not None else []
    return [
        allow("ListBucket", firehose.BUCKET_ACTIONS, [bucket]),
        allow("PutObjects", firehose.OBJECT_ACTIONS, [joined(bucket, "/*")]),
        allow("LogErrors", firehose.LOG_ACTIONS, [stream]),
        *read,
    ]


connection(EXTERNAL_PRINCIPALS, "publish", ["firehose"])(assumes_sender_role)


@encrypted("AWS::KinesisFirehose::DeliveryStream", KeyUse("firehose", FINDING, grants=True))
def _under_key(properties: Json, arn: Value) -> None:
    if "DeliveryStreamEncryptionConfigurationInput" in properties:
        encryption = {"KeyType": "CUSTOMER_MANAGED_CMK", "KeyARN": arn}
        properties["DeliveryStreamEncryptionConfigurationInput"] = encryption
