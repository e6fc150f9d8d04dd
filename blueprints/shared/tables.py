"""The DynamoDB table that stores and the stack's own programs have in common."""

from blueprints.plan import TABLE_EXPIRY, TABLE_KEY
from blueprints.stack.scope import Json


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
