"""Kinesis data streams, and delivery streams of Firehose."""

from advisor.text import Text
from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift, plain
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.lifts.security.keys import key
from blueprints.cdk.modules import cdk, kinesis
from blueprints.cdk.tree import THIS, Let, Value
from blueprints.shared.keys import AWS_KINESIS_KEY

_MODES = {"ON_DEMAND": kinesis.StreamMode.ON_DEMAND, "PROVISIONED": kinesis.StreamMode.PROVISIONED}

plain(
    "AWS::KinesisFirehose::DeliveryStream",
    Text(
        "An L1 construct: the L2 construct would add an unused mapping of IP address ranges to the template.",
        "L1 コンストラクトを使います。L2 コンストラクトは、使用しない IP アドレス範囲の Mapping をテンプレートに追加します。",
    ),
)


@lift("AWS::Kinesis::Stream", ref="stream_name", members={"Arn": "stream_arn"})
def stream(lifter: Lifter, resource: Resource) -> Statements:
    """An encrypted stream with on-demand capacity or a number of shards."""
    options: dict[str, Value] = {
        "stream_mode": resource.part("StreamModeDetails").choose("StreamMode", _MODES),
        **_encryption(lifter, resource),
        "retention_period": cdk.Duration.hours(resource.take("RetentionPeriodHours")),
        **resource.removal(cdk_keeps=True),
    }
    if "ShardCount" in resource:
        options["shard_count"] = resource.take("ShardCount")
    yield Let(lifter.name(resource), kinesis.Stream(THIS, resource.id, **options))


def _encryption(lifter: Lifter, resource: Resource) -> dict[str, Value]:
    stream_encryption = resource.part("StreamEncryption")
    stream_encryption.expect("EncryptionType", "KMS")
    key_id = stream_encryption.take("KeyId")
    if key_id == AWS_KINESIS_KEY:
        return {"encryption": kinesis.StreamEncryption.MANAGED}
    return {"encryption": kinesis.StreamEncryption.KMS, "encryption_key": key(lifter, key_id)}
