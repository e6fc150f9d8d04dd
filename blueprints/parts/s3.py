"""S3 buckets."""

from advisor.architecture import Edge, Node
from blueprints.shared.api_gateway import allowed_origin, has_origin
from blueprints.shared.buckets import private_bucket
from blueprints.shared.programs import PROGRAMS, STORE_VERBS
from blueprints.stack.registry import carried, connection, encrypted, itself, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits.direct_uploads import ISSUE, UPLOAD
from blueprints.traits.s3 import EVENTBRIDGE_NOTIFICATION
from blueprints.values import Ref, Value

carried(PROGRAMS, STORE_VERBS, ["s3"])
carried(("lambda", "ecs", "eks"), [ISSUE], ["s3"])


@service("s3", name=itself, arn=own("Arn"), domain=own("RegionalDomainName"))
def bucket(scope: Scope, node: Node) -> None:
    """A private, versioned bucket that requires TLS."""
    id = scope.name(node.id)
    private_bucket(scope, id, node.id)
    scope.output(f"{id}Name", Ref(id), "Name of the bucket")


@connection(["s3"], "emit", ["eventbridge-bus"])
def bucket_emits(scope: Scope, edge: Edge) -> None:
    """Enable EventBridge notifications of the bucket."""
    bucket = scope.main(edge.source)
    scope.properties(bucket)["NotificationConfiguration"] = EVENTBRIDGE_NOTIFICATION
    scope.carry(bucket, edge.id)


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


@encrypted("AWS::S3::Bucket")
def _under_key(properties: Json, arn: Value) -> None:
    by_default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": arn}
    rule = {"ServerSideEncryptionByDefault": by_default, "BucketKeyEnabled": True}
    properties["BucketEncryption"] = {"ServerSideEncryptionConfiguration": [rule]}
