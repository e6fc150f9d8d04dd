"""Buckets: settings that parts and CDK lifts share (public access, ownership, TLS, EventBridge notifications)."""

from blueprints.stack.scope import Json
from blueprints.values import Att, joined

BLOCK_PUBLIC_ACCESS: Json = {
    "BlockPublicAcls": True,
    "BlockPublicPolicy": True,
    "IgnorePublicAcls": True,
    "RestrictPublicBuckets": True,
}
OWNERSHIP_CONTROLS: Json = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
EVENTBRIDGE_NOTIFICATION: Json = {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}


def tls_only_statement(bucket: str) -> Json:
    """Return the statement of a bucket policy that denies requests without TLS."""
    return {
        "Sid": "DenyInsecureTransport",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [Att(bucket, "Arn"), joined(Att(bucket, "Arn"), "/*")],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
