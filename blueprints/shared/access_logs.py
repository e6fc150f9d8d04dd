"""Access logs of load balancers and of sites: a private bucket that only the delivery of their logs writes to.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html and
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html (2026-11-27).

CloudFront's newer logs (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html, 2026-11-27)
are set up in us-east-1 alone, where the workload's stack is not. Those that a distribution is told of itself are delivered
to a bucket in the workload's Region, which CloudFront writes to by its access control list.
"""

from collections.abc import Mapping

from advisor.architecture import Node
from advisor.text import Text
from blueprints.shared.roles import policy
from blueprints.stack.scope import Json, Scope
from blueprints.traits.s3 import BLOCK_PUBLIC_ACCESS, LISTED_OWNERSHIP, OWNERSHIP_CONTROLS, tls_only_statement
from blueprints.values import ACCOUNT, Att, Ref, Value, arn, joined

#: End of the names of these buckets. Application Load Balancers write to none under a key of KMS.
LOGS = "AccessLogs"
KEPT_DAYS = 90
_KEPT_BY_LIST = Text(
    "CloudFront delivers logs with a bucket ACL, which it configures itself.",
    "CloudFront は、自身が設定するバケット ACL を使ってログを配信します。",
)
_KEPT = Text(
    "An Application Load Balancer delivers access logs only to S3, and only to buckets that are encrypted with SSE-S3.",
    "Application Load Balancer のアクセスログは、SSE-S3 で暗号化した S3 バケットにしか出力できません。",
)
_KEPT_OF_CONNECTIONS = Text(
    "The bucket is encrypted with SSE-S3. A Network Load Balancer can also use SSE-KMS with a customer managed key.",
    "バケットは SSE-S3 で暗号化します。Network Load Balancer では、カスタマーマネージドキーによる SSE-KMS も使えます。",
)


def access_log_attributes(scope: Scope, node: Node, kind: str) -> Mapping[str, Value]:
    """Add the bucket of a load balancer's access logs, and return the attributes that switch them on."""
    id = f"{scope.name(node.id)}{LOGS}"
    requests = kind == "application"
    statements, why = (_of_requests(id), _KEPT) if requests else (_of_connections(id), _KEPT_OF_CONNECTIONS)
    _bucket(scope, node, id, statements, OWNERSHIP_CONTROLS, why)
    return {"access_logs.s3.enabled": "true", "access_logs.s3.bucket": Ref(id)}


def site_logging(scope: Scope, node: Node) -> Json:
    """Add the bucket of a distribution's access logs, and return the property that switches them on."""
    id = f"{scope.name(node.id)}{LOGS}"
    _bucket(scope, node, id, [], LISTED_OWNERSHIP, _KEPT_BY_LIST)
    return {"Bucket": Att(id, "RegionalDomainName")}


def _bucket(scope: Scope, node: Node, id: str, let_in: list[Json], ownership: Json, why: Text) -> None:
    properties: Json = {
        "BucketEncryption": {
            "ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
        },
        "OwnershipControls": ownership,
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
    scope.add(id, "AWS::S3::Bucket", properties, node=node.id, kept="Retain", why=why)
    document = {"Bucket": Ref(id), "PolicyDocument": policy([tls_only_statement(id), *let_in])}
    scope.add(f"{id}Policy", "AWS::S3::BucketPolicy", document, node=node.id)
    scope.output(f"{id}Name", Ref(id), "Bucket for access logs")


def _own_objects(id: str) -> Value:
    """Return the ARN pattern of load balancer logs of this account in the bucket."""
    return joined(Att(id, "Arn"), "/AWSLogs/", ACCOUNT, "/*")


def _of_requests(id: str) -> list[Json]:
    return [_allow("DeliverLogs", "logdelivery.elasticloadbalancing.amazonaws.com", "s3:PutObject", _own_objects(id))]


def _of_connections(id: str) -> list[Json]:
    own = {"aws:SourceAccount": ACCOUNT}
    deliveries = {"ArnLike": {"aws:SourceArn": arn("logs", "*")}}
    delivery = "delivery.logs.amazonaws.com"
    put = _allow("DeliverLogs", delivery, "s3:PutObject", _own_objects(id))
    put["Condition"] = {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control", **own}, **deliveries}
    look = _allow("GetBucketAcl", delivery, "s3:GetBucketAcl", Att(id, "Arn"))
    look["Condition"] = {"StringEquals": own, **deliveries}
    return [look, put]


def _allow(sid: str, service: str, action: str, resource: Value) -> Json:
    return {"Sid": sid, "Effect": "Allow", "Principal": {"Service": service}, "Action": action, "Resource": resource}
