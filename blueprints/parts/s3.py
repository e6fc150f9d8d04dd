"""S3 buckets."""

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.shared.programs import PROGRAMS, STORE_VERBS
from blueprints.shared.roles import policy
from blueprints.stack.registry import carried, connection, itself, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.values import Att, Ref, joined

carried(PROGRAMS, STORE_VERBS, ["s3"])


@service("s3", name=itself, arn=own("Arn"), domain=own("RegionalDomainName"))
def bucket(scope: Scope, node: Node) -> None:
    """A private, versioned bucket that only answers over TLS."""
    properties: Json = {
        "BucketEncryption": {
            "ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
        },
        "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
        "PublicAccessBlockConfiguration": {
            "BlockPublicAcls": True,
            "BlockPublicPolicy": True,
            "IgnorePublicAcls": True,
            "RestrictPublicBuckets": True,
        },
        "VersioningConfiguration": {"Status": "Enabled"},
        "LifecycleConfiguration": {
            "Rules": [
                {
                    "Id": "tidy",
                    "Status": "Enabled",
                    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                    "NoncurrentVersionExpiration": {"NoncurrentDays": 30},
                }
            ]
        },
    }
    id = scope.name(node.id)
    scope.add(id, "AWS::S3::Bucket", properties, node=node.id, kept="Retain")
    scope.add(f"{id}Policy", "AWS::S3::BucketPolicy", _tls_only(id), node=node.id)
    scope.output(f"{id}Name", Ref(id), Text("Name of the bucket", "バケット名"))


def _tls_only(id: str) -> Json:
    deny = {
        "Sid": "DenyInsecureTransport",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [Att(id, "Arn"), joined(Att(id, "Arn"), "/*")],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return {"Bucket": Ref(id), "PolicyDocument": policy([deny])}


@connection(["s3"], "emit", ["eventbridge-bus"])
def bucket_emits(scope: Scope, edge: Edge) -> None:
    """Let the bucket tell EventBridge of its objects."""
    bucket = scope.main(edge.source)
    scope.properties(bucket)["NotificationConfiguration"] = {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}
    scope.carry(bucket, edge.id)
