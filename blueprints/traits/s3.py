"""Buckets of Amazon S3."""

import hashlib
from typing import Any

from advisor.architecture import Architecture, Node
from advisor.text import Text
from blueprints.traits import Client, NamedResource, NodeAttribute, Retained, Traits, traits_of
from blueprints.traits.direct_uploads import ISSUE, PREFIX
from blueprints.values import STACK_UUID, Att, Value, arn, joined

_OBJECTS = NamedResource("arn", "/*", Text("objects in {0}", "{0}のオブジェクト"))
_UPLOADS = NamedResource(
    "arn", f"/{PREFIX}*", Text(f"objects with the prefix {PREFIX} in {{0}}", f"{{0}} の {PREFIX} で始まるオブジェクト")
)

#: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html: without the permission to list, a missing key is answered with 403.
_LISTED = Text(
    "Lists the objects, and lets S3 answer 404 instead of 403 for an object that does not exist",
    "オブジェクトを一覧表示する（存在しないオブジェクトに、403 ではなく 404 が返るようになる）",
)

BLOCK_PUBLIC_ACCESS: dict[str, Any] = {
    "BlockPublicAcls": True,
    "BlockPublicPolicy": True,
    "IgnorePublicAcls": True,
    "RestrictPublicBuckets": True,
}
OWNERSHIP_CONTROLS: dict[str, Any] = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
#: Of a bucket that takes the logs of CloudFront, which is let in by an access control list; the bucket's owner has all.
LISTED_OWNERSHIP: dict[str, Any] = {"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}
#: The command that removes a bucket with all that is in it; `{output}` is the variable with its name.
#: https://docs.aws.amazon.com/boto3/latest/reference/services/s3/bucket/object_versions.html (read 2026-11-28)
DELETE_BUCKET = (
    'python3 -c \'import boto3, sys; boto3.resource("s3").Bucket(sys.argv[1]).object_versions.delete()\' "${output}"'
    ' && aws s3api delete-bucket --bucket "${output}"'
)
EVENTBRIDGE_NOTIFICATION: dict[str, Any] = {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}

#: What a bucket reports to the queue that it notifies
#: (https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html, read 2026-11-30).
NEW_OBJECTS = "s3:ObjectCreated:*"
#: The service that sends the notifications of a bucket.
PRINCIPAL = "s3.amazonaws.com"
# A bucket has at most 63 characters: 36 are those of the stack's id (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).
_WORDS = 26
#: So many of them are those of a digest where the others are not the whole id.
_TELLS_APART = 7


def notifies(architecture: Architecture, node: Node) -> bool:
    """Return whether a bucket notifies a queue of new objects."""
    told = (edge.target for edge in architecture.leaving(node.id, "emit"))
    return node.service == "s3" and any(traits_of(architecture.node(id).service).queue for id in told)


def known_name(id: str) -> Value:
    """Return a bucket name that other resources know before the bucket exists; no other stack has it."""
    words = id.lower()
    if len(words) > _WORDS:
        words = f"{words[: _WORDS - _TELLS_APART]}{hashlib.sha256(id.encode()).hexdigest()[:_TELLS_APART]}"
    return joined(f"{words}-", STACK_UUID)


def known_arn(id: str) -> Value:
    """Return the ARN of a bucket with such a name."""
    return arn("s3", known_name(id), region="", account="")


def tls_only_statement(bucket: str) -> dict[str, Any]:
    """Return the statement of a bucket policy that denies requests without TLS."""
    return {
        "Sid": "DenyInsecureTransport",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [Att(bucket, "Arn"), joined(Att(bucket, "Arn"), "/*")],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


TRAITS = Traits(
    service="s3",
    noun="Bucket",
    send_commands=('aws s3 cp README.md "s3://$(output {name}Name)/"',),
    client=Client(
        "store",
        "s3",
        "bucket",
        "Bucket",
        ("variable", "prefix"),
        {"not_json": ("get", "read_all"), "records": ("read_all", "read_part")},
        sdk_class="S3Client",
        prefixes=True,
        files=True,
        batches=True,
        compares_by="compare",
        open=True,
    ),
    variables=(NodeAttribute("BUCKET_NAME", "name"),),
    show_commands=('aws s3 ls --recursive "s3://$(output {name}Name)"',),
    purposes={"s3:ListBucket": _LISTED},
    resources={
        "s3:GetObject": (_OBJECTS,),
        "s3:GetObjectVersion": (_OBJECTS,),
        "s3:PutObject": (_OBJECTS,),
        "s3:DeleteObject": (_OBJECTS,),
    },
    resources_by_verb={ISSUE: _UPLOADS},
    version_action="s3:GetObjectVersion",
    comparing_action="s3:GetObject",
    gateway_endpoint="s3",
    standing_cost=Text(
        "Bucket: storage, including noncurrent versions, which are retained for 30 days",
        "バケット: ストレージ（30 日間保持する旧バージョンを含む）",
    ),
    retained=Retained(
        Text("Bucket with all object versions", "バケットとすべてのオブジェクトバージョン"),
        "Name",
        DELETE_BUCKET,
    ),
)
