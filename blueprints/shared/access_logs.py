"""Access logs of load balancers: a private bucket that only the delivery of their logs writes to.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html and
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html (2026-11-27).
"""

from collections.abc import Mapping

from advisor.architecture import Node
from advisor.text import Text
from blueprints.shared.roles import policy
from blueprints.stack.scope import Json, Scope
from blueprints.traits.s3 import BLOCK_PUBLIC_ACCESS, OWNERSHIP_CONTROLS, tls_only_statement
from blueprints.values import ACCOUNT, Att, Ref, Value, arn, joined

#: End of the names of these buckets. Load balancers write to none under a key of KMS.
LOGS = "AccessLogs"
KEPT_DAYS = 90
_KEPT = Text(
    "Load balancers log to S3 alone, and only under keys that S3 manages.",
    "ロードバランサーのログの出力先は S3 のみで、S3 マネージドキーの暗号化が必要。",
)


def access_log_attributes(scope: Scope, node: Node, kind: str) -> Mapping[str, Value]:
    """Add the bucket of a load balancer's access logs, and return the attributes that switch them on."""
    id = f"{scope.name(node.id)}{LOGS}"
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
                    "Id": "expire",
                    "Status": "Enabled",
                    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                    "NoncurrentVersionExpiration": {"NoncurrentDays": 7},
                    "ExpirationInDays": KEPT_DAYS,
                }
            ]
        },
    }
    scope.add(id, "AWS::S3::Bucket", properties, node=node.id, kept="Retain", why=_KEPT)
    statements = [tls_only_statement(id), *(_of_requests(id) if kind == "application" else _of_connections(id))]
    document = {"Bucket": Ref(id), "PolicyDocument": policy(statements)}
    scope.add(f"{id}Policy", "AWS::S3::BucketPolicy", document, node=node.id)
    scope.output(f"{id}Name", Ref(id), Text("Bucket of access logs", "アクセスログのバケット"))
    return {"access_logs.s3.enabled": "true", "access_logs.s3.bucket": Ref(id)}


def _own_objects(id: str) -> Value:
    """Return the objects below the part of the bucket that is for load balancers of this account."""
    return joined(Att(id, "Arn"), "/AWSLogs/", ACCOUNT, "/*")


def _of_requests(id: str) -> list[Json]:
    return [_allow("DeliverLogs", "logdelivery.elasticloadbalancing.amazonaws.com", "s3:PutObject", _own_objects(id))]


def _of_connections(id: str) -> list[Json]:
    own = {"aws:SourceAccount": ACCOUNT}
    deliveries = {"ArnLike": {"aws:SourceArn": arn("logs", "*")}}
    delivery = "delivery.logs.amazonaws.com"
    put = _allow("DeliverLogs", delivery, "s3:PutObject", _own_objects(id))
    put["Condition"] = {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control", **own}, **deliveries}
    look = _allow("CheckBucket", delivery, "s3:GetBucketAcl", Att(id, "Arn"))
    look["Condition"] = {"StringEquals": own, **deliveries}
    return [look, put]


def _allow(sid: str, service: str, action: str, resource: Value) -> Json:
    return {"Sid": sid, "Effect": "Allow", "Principal": {"Service": service}, "Action": action, "Resource": resource}
