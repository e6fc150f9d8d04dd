"""The DynamoDB table that stores and the stack's own programs have in common, and the changes that start work."""

from advisor.architecture import Architecture
from blueprints.plan import TABLE_EXPIRY, TABLE_KEY
from blueprints.plan.callers.owners import OWNER_INDEX
from blueprints.shared.results_apart import holds_results
from blueprints.stack.scope import Json
from blueprints.traits.dynamodb import RESULT_OF

#: The attribute that says whose an item is.
OWNER = "owner"


def keyed_table() -> Json:
    """Return the properties of an on-demand, encrypted and restorable table; an item has one key and may expire."""
    return {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": TABLE_KEY, "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": TABLE_KEY, "KeyType": "HASH"}],
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
        "SSESpecification": {"SSEEnabled": True},
        "TimeToLiveSpecification": {"AttributeName": TABLE_EXPIRY, "Enabled": True},
    }


def by_owner(attributes: list[Json], warm: Json | None = None) -> Json:
    """Return the properties of a table whose items are listed by owner: an index, which a page goes through in order.

    `attributes` are those of the table's key, `warm` is its warm throughput. Each write of an item is a write of the index:
    one that throttles throttles the table. Items without an owner are not in the index. An update of a stack cannot change
    the key of an index, so the key is the same whatever the requirements state.
    """
    keys = [{"AttributeName": OWNER, "KeyType": "HASH"}, {"AttributeName": TABLE_KEY, "KeyType": "RANGE"}]
    index: Json = {"IndexName": OWNER_INDEX, "KeySchema": keys, "Projection": {"ProjectionType": "ALL"}}
    if warm:
        index["WarmThroughput"] = warm
    return {
        "AttributeDefinitions": [*attributes, {"AttributeName": OWNER, "AttributeType": "S"}],
        "GlobalSecondaryIndexes": [index],
    }


def changes_of_items(architecture: Architecture, table: str) -> Json:
    """Return the pattern of the records of a table's stream that are about items, and not about results beside them.

    It is empty where programs keep no such results. The operator that finds a missing attribute works on leaves only:
    https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html (read 2026-12-01).
    """
    if not holds_results(architecture, table):
        return {}
    return {"dynamodb": {"NewImage": {RESULT_OF: {"S": [{"exists": False}]}}}}
