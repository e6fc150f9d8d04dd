"""KMS keys: administered by the account, used by the principals of their statements."""

from collections.abc import Iterable

from blueprints.shared.roles import policy
from blueprints.stack.scope import Json, Scope
from blueprints.values import Att, Value, account_root

#: Keys that AWS manages for one service.
AWS_KINESIS_KEY, AWS_SNS_KEY = "alias/aws/kinesis", "alias/aws/sns"
#: What the account's administrators may do with a key: everything but using a wildcard for it.
_KEY_ADMINISTRATION = (
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:RevokeGrant",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
)
#: The statement by which the account administers a key.
ADMINISTRATION: Json = {
    "Sid": "AllowAccountAdministration",
    "Effect": "Allow",
    "Principal": {"AWS": account_root()},
    "Action": list(_KEY_ADMINISTRATION),
    "Resource": "*",
}


def key(
    scope: Scope, id: str, description: str, statements: Iterable[Json], *, group: str, deletion_policy: str = "Retain"
) -> Value:
    """Add a customer-managed key that the account administers and `statements` let others use; return its ARN.

    A key is retained when its stack is deleted, because data encrypted with it remains. A key that protects no stored
    data need not be retained.
    """
    properties = {
        "Description": description,
        "EnableKeyRotation": True,
        "KeyPolicy": policy([ADMINISTRATION, *statements]),
    }
    scope.add(id, "AWS::KMS::Key", properties, group=group, kept=deletion_policy)
    return Att(id, "Arn")
