"""Deliveries into a data lake: an existing bucket that delivery streams write objects into."""

from advisor.architecture import Architecture, Edge, Node
from advisor.text import Text
from blueprints.traits import AlarmRule, Client, Metrics, NodeAttribute, Traits

BUFFER_S = 300
BUFFER_MIB = 64
#: What Firehose does in the bucket that it delivers to.
BUCKET_ACTIONS = ("s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads")
OBJECT_ACTIONS = ("s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject")
LOG_ACTIONS = ("logs:PutLogEvents",)

#: What separates the records of an object: without it, JSON of one follows that of the other on the same line.
#: https://docs.aws.amazon.com/firehose/latest/APIReference/API_Processor.html (read 2026-11-29)
LINES = {"Enabled": True, "Processors": [{"Type": "AppendDelimiterToRecord"}]}


def prefix(node: Node) -> str:
    """Return the prefix of the records of a channel: by the hour, so that queries can prune partitions."""
    return f"{node.subject}/!{{timestamp:yyyy/MM/dd/HH}}/"


def error_prefix(node: Node) -> str:
    """Return the prefix of records that could not be delivered."""
    return f"{node.subject}-errors/!{{firehose:error-output-type}}/!{{timestamp:yyyy/MM/dd}}/"


def lake_of(architecture: Architecture, stream: Node) -> Edge:
    """Return the edge by which a delivery stream reaches its data lake."""
    return next(
        edge
        for edge in architecture.leaving(stream.id, "deliver")
        if architecture.node(edge.target).service == "data-lake"
    )


#: How records are put into a delivery stream.
PUT_ACTIONS = ("firehose:PutRecord", "firehose:PutRecordBatch")
TRAITS = Traits(
    service="firehose",
    log_group=True,
    client=Client("channel", "firehose", "stream", "DeliveryStream", sdk_class="FirehoseClient", largest_item=900_000),
    variables=(NodeAttribute("STREAM_NAME", "name"),),
    sender_actions=PUT_ACTIONS,
    interface_endpoints=("kinesis-firehose",),
    metrics=Metrics(
        namespace="AWS/Firehose",
        dimensions=(NodeAttribute("DeliveryStreamName", "name"),),
        alarms=(
            AlarmRule(
                "FreshnessAlarm",
                "DeliveryToS3.DataFreshness",
                "Maximum",
                1800,
                Text("{}: records wait too long", "{}: レコードが滞留している"),
            ),
        ),
    ),
)
