"""Private buckets: encrypted, versioned, and reached over TLS only."""

from typing import Any

from blueprints.shared.roles import policy
from blueprints.stack.scope import Json, Scope
from blueprints.traits.s3 import BLOCK_PUBLIC_ACCESS, OWNERSHIP_CONTROLS, tls_only_statement
from blueprints.values import Ref

DAY_S = 86400
#: Days for which a replaced or deleted version of an object can be restored.
NONCURRENT_DAYS = 30


def private_bucket(
    scope: Scope, id: str, node: str, rules: tuple[dict[str, Any], ...] = (), noncurrent_days: int = NONCURRENT_DAYS
) -> None:
    """Add a bucket that is retained on stack deletion, with its policy; `rules` are additional lifecycle rules."""
    properties: Json = {
        "BucketEncryption": {
            "ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
        },
        "OwnershipControls": OWNERSHIP_CONTROLS,
        "PublicAccessBlockConfiguration": BLOCK_PUBLIC_ACCESS,
        "VersioningConfiguration": {"Status": "Enabled"},
        "LifecycleConfiguration": {
            "Rules": [
                {
                    "Id": "tidy",
                    "Status": "Enabled",
                    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                    "NoncurrentVersionExpiration": {"NoncurrentDays": noncurrent_days},
                },
                *rules,
            ]
        },
    }
    scope.add(id, "AWS::S3::Bucket", properties, node=node, kept="Retain")
    tls_only = {"Bucket": Ref(id), "PolicyDocument": policy([tls_only_statement(id)])}
    scope.add(f"{id}Policy", "AWS::S3::BucketPolicy", tls_only, node=node)
