"""Tables of DynamoDB."""

from advisor.text import Text
from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift, plain
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.lifts.security.keys import key
from blueprints.cdk.modules import dynamodb
from blueprints.cdk.tree import THIS, Call, Do, Let, Value

_KEYS = {"HASH": "partition_key", "RANGE": "sort_key"}
_TYPES = {
    "S": dynamodb.AttributeType.STRING,
    "N": dynamodb.AttributeType.NUMBER,
    "B": dynamodb.AttributeType.BINARY,
}
_BILLING = {"PAY_PER_REQUEST": dynamodb.BillingMode.PAY_PER_REQUEST}

plain(
    "AWS::DynamoDB::GlobalTable",
    Text(
        "An L1 construct: the L2 construct requires literal Regions, and these Regions are parameters.",
        "L1 コンストラクトを使います。L2 コンストラクトはリテラルのリージョンだけに対応し、ここではパラメータで指定します。",
    ),
)


@lift(
    "AWS::DynamoDB::Table",
    ref="table_name",
    members={"Arn": "table_arn", "StreamArn": "table_stream_arn"},
)
def table(lifter: Lifter, resource: Resource) -> Statements:
    """A table with its keys, and its indexes with theirs."""
    types = _types(resource)
    options = _key_schema(resource, types)
    indexes = [_index(index, types) for index in resource.parts("GlobalSecondaryIndexes")]
    options["billing_mode"] = resource.choose("BillingMode", _BILLING)
    options |= _encryption(lifter, resource)
    recovery = resource.part("PointInTimeRecoverySpecification").take("PointInTimeRecoveryEnabled")
    options["point_in_time_recovery_specification"] = dynamodb.PointInTimeRecoverySpecification(
        point_in_time_recovery_enabled=recovery
    )
    if "TimeToLiveSpecification" in resource:
        expiry = resource.part("TimeToLiveSpecification")
        expiry.expect("Enabled", True)
        options["time_to_live_attribute"] = expiry.take("AttributeName")
    options |= resource.removal(cdk_keeps=True)
    if "StreamSpecification" in resource:
        views = {"NEW_IMAGE": dynamodb.StreamViewType.NEW_IMAGE}
        options["stream"] = resource.part("StreamSpecification").choose("StreamViewType", views)
    if "WarmThroughput" in resource:
        options["warm_throughput"] = _warm_throughput(resource.part("WarmThroughput"))
    yield Let(lifter.name(resource), dynamodb.Table(THIS, resource.id, **options))
    for index in indexes:
        yield Do(lifter.ref(resource).add_global_secondary_index(**index))


def _warm_throughput(warm: Properties) -> Call:
    options = {"ReadUnitsPerSecond": "read_units_per_second", "WriteUnitsPerSecond": "write_units_per_second"}
    return dynamodb.WarmThroughput(**{option: warm.take(name) for name, option in options.items() if name in warm})


def _types(resource: Resource) -> dict[str, Value]:
    """Consume the types of the key attributes."""
    return {
        attribute.take("AttributeName"): attribute.choose("AttributeType", _TYPES)
        for attribute in resource.parts("AttributeDefinitions")
    }


def _key_schema(part: Properties, types: dict[str, Value]) -> dict[str, Value]:
    """Consume the key schema of a table or index, with attribute types."""
    options: dict[str, Value] = {}
    for key_element in part.parts("KeySchema"):
        name = key_element.take("AttributeName")
        if name not in types:
            key_element.refuse("AttributeName", name)
        options[key_element.choose("KeyType", _KEYS)] = dynamodb.Attribute(name=name, type=types[name])
    return options


def _index(part: Properties, types: dict[str, Value]) -> dict[str, Value]:
    """Consume an index that projects all attributes."""
    part.part("Projection").expect("ProjectionType", "ALL")
    projection = dynamodb.ProjectionType.ALL
    options = {"index_name": part.take("IndexName"), **_key_schema(part, types), "projection_type": projection}
    if "WarmThroughput" in part:
        options["warm_throughput"] = _warm_throughput(part.part("WarmThroughput"))
    return options


def _encryption(lifter: Lifter, resource: Resource) -> dict[str, Value]:
    specification = resource.part("SSESpecification")
    specification.expect("SSEEnabled", True)
    if "KMSMasterKeyId" not in specification:
        return {"encryption": dynamodb.TableEncryption.AWS_MANAGED}
    specification.expect("SSEType", "KMS")
    encryption_key = key(lifter, specification.take("KMSMasterKeyId"))
    return {"encryption": dynamodb.TableEncryption.CUSTOMER_MANAGED, "encryption_key": encryption_key}
