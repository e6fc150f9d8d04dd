"""The customer managed key, identical in every target: its permitted uses and services."""

from blueprints.traits import all_traits

USES: tuple[str, ...] = (
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)
#: What CloudWatch Logs does with it, in its own name.
LOG_USES = tuple(use for use in USES if use != "kms:CreateGrant")
#: What a distributed database does with it, in its own name.
DATABASE_USES = tuple(use for use in LOG_USES if use != "kms:GenerateDataKeyWithoutPlaintext")
#: What buses and topics do with it when they deliver.
DELIVERING = ("kms:Decrypt", "kms:GenerateDataKey")
#: What EventBridge does with it for the events that a bus and its archive keep.
#: https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-archives.html (read 2026-11-29)
KEEPING = ("kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo")


def services() -> tuple[str, ...]:
    """Return the names of the services that the account's own callers use it through."""
    return tuple(sorted({traits.key_service for traits in all_traits().values()} - {""}))
