"""Buckets of Amazon S3."""

from typing import Any

from advisor.text import Text
from blueprints.traits import Client, NamedResource, NodeAttribute, Retained, Traits
from blueprints.traits.direct_uploads import ISSUE, PREFIX
from blueprints.values import Att, joined

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
        {"not_json": ("get", "read_all")},
        sdk_class="S3Client",
        prefixes=True,
        files=True,
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
    key_service="s3",
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
