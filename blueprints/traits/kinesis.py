"""Data streams of Amazon Kinesis."""

from advisor.architecture import Architecture, Node
from advisor.text import Text
from blueprints import settings
from blueprints.traits import (
    MS,
    AlarmRule,
    Client,
    Curve,
    Measure,
    Metrics,
    NodeAttribute,
    Records,
    Traits,
    rates,
    sums,
)
from blueprints.traits._words import MESSAGES_WAIT

_LEAST_KEPT_H, _MOST_KEPT_H, _HOUR_S = 24, 8760, 3600


def kept_h(node: Node) -> int:
    """Return for how many hours a stream keeps a record, within what Kinesis allows."""
    return min(_MOST_KEPT_H, max(_LEAST_KEPT_H, settings.number(node, "retention_s") // _HOUR_S))


def _kept_s(_: Architecture, node: Node) -> float:
    return kept_h(node) * _HOUR_S


#: What reading a stream takes: an event source mapping of another account asks for it, and so does a delivery stream.
READ_ACTIONS = (
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
)
TRAITS = Traits(
    service="kinesis",
    noun="Stream",
    records=Records("KinesisStreamRecord", "kinesis_stream_event", "KinesisDataStreams", "sequenceNumber"),
    client=Client("channel", "kinesis", "stream", "Stream", sdk_class="KinesisClient", tests={"refused_in_batch": ()}),
    variables=(NodeAttribute("STREAM_NAME", "name"),),
    send_commands=(
        'aws kinesis put-record --stream-name "$(output {name}Name)" --partition-key m-1 \\',
        "  --cli-binary-format raw-in-base64-out --data {message}",
    ),
    deployed_test="kinesis",
    dead_letters_by="reader",
    publish_actions=("kinesis:DescribeStreamSummary", "kinesis:PutRecord", "kinesis:PutRecords"),
    subscribe_actions=READ_ACTIONS,
    read_by_accounts=True,
    closed_by_aws_key=True,
    interface_endpoints=("kinesis-streams",),
    metrics=Metrics(
        namespace="AWS/Kinesis",
        dimensions=(NodeAttribute("StreamName", "name"),),
        alarms=(AlarmRule("AgeAlarm", "GetRecords.IteratorAgeMilliseconds", "Maximum", 600_000, MESSAGES_WAIT),),
        left=sums("IncomingRecords"),
        right=(Curve("GetRecords.IteratorAgeMilliseconds", "Maximum"),),
    ),
    measures={
        "retention_s": Measure("GetRecords.IteratorAgeMilliseconds", scale=MS, rank=1, limit=_kept_s),
        **rates("IncomingRecords", rank=6),
    },
    standing_cost=Text(
        "Kinesis on-demand stream: per hour for each stream", "Kinesis オンデマンドストリーム: ストリームごとの時間課金"
    ),
    provisioned_cost=Text(
        "Kinesis provisioned stream: per hour for each shard",
        "Kinesis のプロビジョンドモードのストリーム: シャードごとの時間課金",
    ),
)
