"""The customer managed key, identical in every target: its permitted uses and services."""

from dataclasses import dataclass

#: What callers do with it through most services, which generate a key for the data and decrypt it.
THROUGH = ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey")
#: What callers do with it through services that use it later in their own names.
FINDING = ("kms:DescribeKey",)
#: What callers do with it through services that keep keys of their own under it.
ALL_THROUGH = (
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)
#: What callers do with it through a file system, which keeps keys of its own under it: what EFS requires, not what is optional.
#: https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html (read 2026-12-01)
FOR_FILES = ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext")
#: Lets an AWS service use the key later, in its own name.
GRANT = "kms:CreateGrant"
#: What CloudWatch Logs does with it, in its own name.
LOG_USES = ALL_THROUGH
#: What a distributed database does with it, in its own name.
DATABASE_USES = tuple(use for use in LOG_USES if use != "kms:GenerateDataKeyWithoutPlaintext")
#: What buses and topics do with it when they deliver.
DELIVERING = ("kms:Decrypt", "kms:GenerateDataKey")
#: What EventBridge does with it for the events that a bus and its archive keep.
#: https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-archives.html (read 2026-11-29)
KEEPING = ("kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo")


@dataclass(frozen=True, slots=True)
class KeyUse:
    """How the account's own callers use the key for resources of a type: through which service, for what.

    `service` is the first part of the name `<service>.<region>.amazonaws.com`; `also` are further names by which it calls. `grants`: the service makes a grant for itself when
    it creates the resource. `secret`: it keeps a secret for the resource under the key as well.
    """

    service: str
    uses: tuple[str, ...] = THROUGH
    grants: bool = False
    secret: bool = False
    also: tuple[str, ...] = ()
