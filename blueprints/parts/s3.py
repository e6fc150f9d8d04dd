"""S3 buckets."""

from advisor.architecture import Edge, Node
from advisor.vocabulary.store import IMMUTABLE, KEPT
from blueprints import settings
from blueprints.parameters.data import LOCK_MODE
from blueprints.plan.customer_key import KeyUse
from blueprints.shared.api_gateway import allowed_origin, has_origin
from blueprints.shared.buckets import DAY_S, NONCURRENT_DAYS, private_bucket
from blueprints.shared.programs import PROGRAMS, STORE_VERBS
from blueprints.stack.registry import carried, connection, encrypted, itself, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits.direct_downloads import hands_out
from blueprints.traits.direct_uploads import ISSUE, UPLOAD
from blueprints.traits.s3 import EVENTBRIDGE_NOTIFICATION, NEW_OBJECTS, PRINCIPAL, known_arn, known_name
from blueprints.values import ACCOUNT, Ref, Value

carried(PROGRAMS, STORE_VERBS, ["s3"])
carried(("lambda", "ecs", "eks"), [ISSUE], ["s3"])


@service("s3", name=itself, arn=own("Arn"), domain=own("RegionalDomainName"))
def bucket(scope: Scope, node: Node) -> None:
    """A private, versioned bucket that requires TLS, with the stated retention.

    A lifecycle rule deletes no version that is still locked
    (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html, read 2026-12-01).
    """
    id, days = scope.name(node.id), settings.number(node, KEPT) // DAY_S
    if days:
        expiry = {"Id": "retention", "Status": "Enabled", "ExpirationInDays": days}
        private_bucket(scope, id, node.id, (expiry,), min(days, NONCURRENT_DAYS))
    else:
        private_bucket(scope, id, node.id)
    if settings.flag(node, IMMUTABLE):
        scope.properties(id).update(_lock(days))
    if hands_out(node) and has_origin(scope):
        # The pages of the site follow a download link.
        rule = {"AllowedOrigins": [allowed_origin(scope)], "AllowedMethods": ["GET"], "AllowedHeaders": ["range"]}
        scope.properties(id)["CorsConfiguration"] = {"CorsRules": [{**rule, "MaxAge": 3600}]}
    scope.output(f"{id}Name", Ref(id), "Name of the bucket")


def _lock(days: int) -> Json:
    """Return the properties of a bucket in which nobody changes or deletes the version of an object for so many days.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-s3-bucket-defaultretention.html (read 2026-12-01)
    """
    rule = {"DefaultRetention": {"Mode": Ref(LOCK_MODE.id), "Days": days}}
    return {
        "ObjectLockEnabled": True,
        "ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled", "Rule": rule},
    }


@connection(["s3"], "emit", ["eventbridge-bus"])
def bucket_emits(scope: Scope, edge: Edge) -> None:
    """Enable EventBridge notifications of the bucket."""
    bucket = scope.main(edge.source)
    scope.properties(bucket).setdefault("NotificationConfiguration", {}).update(EVENTBRIDGE_NOTIFICATION)
    scope.carry(bucket, edge.id)


@connection(["s3"], "emit", ["sqs"])
def bucket_notifies(scope: Scope, edge: Edge) -> None:
    """Notify the queue of each new object.

    S3 sends a test message when the notification is set up, so the queue's policy comes first. It names the bucket, whose name must
    therefore be known before (https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html, read 2026-11-30).
    """
    bucket, queue = scope.main(edge.source), scope.main(edge.target)
    properties = scope.properties(bucket)
    properties["BucketName"] = known_name(bucket)
    notified = {"Event": NEW_OBJECTS, "Queue": scope.of(edge.target, "arn")}
    properties.setdefault("NotificationConfiguration", {})["QueueConfigurations"] = [notified]
    scope.carry(bucket, edge.id)
    scope.wait(bucket, [f"{queue}Policy"])
    statement = {
        "Sid": f"Allow{bucket}Send",
        "Effect": "Allow",
        "Principal": {"Service": PRINCIPAL},
        "Action": "sqs:SendMessage",
        "Resource": scope.of(edge.target, "arn"),
        "Condition": {
            "ArnEquals": {"aws:SourceArn": known_arn(bucket)},
            "StringEquals": {"aws:SourceAccount": ACCOUNT},
        },
    }
    scope.queue_statements.setdefault(edge.target, []).append((statement, edge.id))


@connection(["client"], UPLOAD, ["s3"])
def bucket_takes_uploads(scope: Scope, edge: Edge) -> None:
    """Let browsers upload from the site's origin, with the headers that an upload URL is signed for."""
    bucket = scope.main(edge.target)
    if has_origin(scope):
        rule = {
            "AllowedOrigins": [allowed_origin(scope)],
            "AllowedMethods": ["PUT"],
            "AllowedHeaders": ["content-disposition", "content-type", "if-none-match"],
            "MaxAge": 3600,
        }
        scope.properties(bucket)["CorsConfiguration"] = {"CorsRules": [rule]}
    scope.carry(bucket, edge.id)


@encrypted("AWS::S3::Bucket", KeyUse("s3"))
def _under_key(properties: Json, arn: Value) -> None:
    by_default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": arn}
    rule = {"ServerSideEncryptionByDefault": by_default, "BucketKeyEnabled": True}
    properties["BucketEncryption"] = {"ServerSideEncryptionConfiguration": [rule]}
