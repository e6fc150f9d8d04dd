"""Delivery streams of Amazon Data Firehose."""

from advisor.text import Text
from blueprints.traits import AlarmRule, Metrics, NodeAttribute, Traits

#: How records are put into a delivery stream.
PUT_ACTIONS = ("firehose:PutRecord", "firehose:PutRecordBatch")
TRAITS = Traits(
    service="firehose",
    variables=(NodeAttribute("STREAM_NAME", "name"),),
    metrics=Metrics(
        namespace="AWS/Firehose",
        dimensions=(NodeAttribute("DeliveryStreamName", "name"),),
        alarms=(
            AlarmRule(
                "FreshnessAlarm",
                "DeliveryToS3.DataFreshness",
                "Maximum",
                1800,
                Text("Records wait too long in {}", "{}でレコードが滞留している"),
            ),
        ),
    ),
    interface_endpoints=("kinesis-firehose",),
    log_group=True,
    sender_actions=PUT_ACTIONS,
    key_service="firehose",
)
