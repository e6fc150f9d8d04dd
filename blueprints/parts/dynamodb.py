"""DynamoDB tables."""

from advisor.architecture import Node
from blueprints import settings
from blueprints.plan.callers.owners import OWNER_INDEX, found_by_owner
from blueprints.plan.customer_key import ALL_THROUGH, KeyUse
from blueprints.shared.programs import PROGRAMS, STORE_VERBS
from blueprints.shared.tables import by_owner, keyed_table
from blueprints.stack.registry import carried, encrypted, itself, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits.open_connections import found_by_user
from blueprints.values import Ref, Value

carried(PROGRAMS, STORE_VERBS, ["dynamodb"])


@service(
    "dynamodb", name=itself, owner_index=lambda _scope, _node: OWNER_INDEX, arn=own("Arn"), stream_arn=own("StreamArn")
)
def table(scope: Scope, node: Node) -> None:
    """An on-demand table with point-in-time recovery and, if it has consumers, a stream."""
    properties: Json = keyed_table()
    warm = _warm_throughput(node)
    if found_by_user(scope.architecture, node.id) or found_by_owner(scope.architecture, node.id):
        properties |= by_owner(properties["AttributeDefinitions"], warm)
    if scope.architecture.leaving(node.id, "stream"):
        properties["StreamSpecification"] = {"StreamViewType": "NEW_IMAGE"}
    if warm:
        properties["WarmThroughput"] = warm
    id, type = scope.name(node.id), "AWS::DynamoDB::Table"
    if settings.flag(node, "multi_region"):
        properties, type = _replicated(scope, node, properties), "AWS::DynamoDB::GlobalTable"
    scope.add(id, type, properties, node=node.id, kept="Retain")
    scope.output(f"{id}Name", Ref(id), "Name of the table")


def _warm_throughput(node: Node) -> Json:
    """Return the warm throughput of the table if a new table would throttle the peak load."""
    stated = {"ReadUnitsPerSecond": "warm_reads", "WriteUnitsPerSecond": "warm_writes"}
    return {name: units for name, key in stated.items() if (units := settings.number(node, key))}


def _replicated(scope: Scope, node: Node, table: Json) -> Json:
    """Return a table as a global one, with a replica in the second Region."""
    recovery = {"PointInTimeRecoverySpecification": table.pop("PointInTimeRecoverySpecification")}
    regions = [Ref("AWS::Region"), Ref("ReplicaRegion")]
    return {
        **table,
        "SSESpecification": {"SSEEnabled": True, "SSEType": "KMS"},
        "StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"},
        "Replicas": [{"Region": region, **recovery} for region in regions],
    }


# DynamoDB asks KMS for all of these on behalf of a caller, and makes grants for the maintenance of a table:
# https://docs.aws.amazon.com/kms/latest/developerguide/services-dynamodb.html (read 2026-12-01).
@encrypted("AWS::DynamoDB::Table", KeyUse("dynamodb", ALL_THROUGH, grants=True))
def _under_key(properties: Json, arn: Value) -> None:
    properties["SSESpecification"] = {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": arn}
