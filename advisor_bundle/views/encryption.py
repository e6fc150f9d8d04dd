"""Encryption at rest of each part: which key its data is encrypted under, as the stack states it or as AWS does by default."""

from typing import Any

from advisor.architecture import Node
from advisor.text import Text
from advisor_bundle.views.subject import Subject
from blueprints.stack.scope import Json, owner_of
from blueprints.values import Att, Ref

_OWN = Text("customer managed key", "カスタマーマネージドキー")
_AWS_OWNED = Text("AWS owned key", "AWS 所有のキー")
_PROPERTIES = (
    "BucketEncryption", "EncryptionConfig", "EncryptionConfiguration", "KmsEncryptionKey", "KmsKeyArn", "KmsKeyId",
    "KmsMasterKeyId", "SSESpecification", "StreamEncryption", "KmsKeyIdentifier", "DeliveryStreamEncryptionConfigurationInput",
)  # fmt: skip
_OF_PARTS = {"dynamodb": "AWS::DynamoDB::Table", "secrets-manager": "AWS::SecretsManager::Secret"}
_ALIAS = "alias/aws/"


def _managed(name: str) -> Text:
    return Text(f"AWS managed key {name}", f"AWS マネージドキー {name}")


#: What a type is encrypted under where its properties name no key.
_DEFAULTS: dict[str, Text] = {
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingServerSideEncryption.html (read 2026-11-27)
    "AWS::S3::Bucket": Text("SSE-S3 (AES-256)", "SSE-S3（AES-256）"),
    # https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_EncryptionConfiguration.html (read 2026-11-27)
    "AWS::ECR::Repository": Text("AES-256 (key of Amazon S3)", "AES-256（Amazon S3 のキー）"),
    # `SqsManagedSseEnabled`, which the stack states: CreateQueue in the service model of botocore (read 2026-11-27)
    "AWS::SQS::Queue": Text.same("SSE-SQS"),
    # `SSEEnabled` without a key: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-dynamodb-table-ssespecification.html
    # (read 2026-11-27)
    "AWS::DynamoDB::Table": _managed("aws/dynamodb"),
    # `KmsKeyId` of CreateSecret in the service model of botocore (read 2026-11-27)
    "AWS::SecretsManager::Secret": _managed("aws/secretsmanager"),
    # `KmsKeyId` of CreateDBCluster and CreateDBInstance in the service model of botocore (read 2026-11-27)
    "AWS::RDS::DBCluster": _managed("aws/rds"),
    "AWS::RDS::DBInstance": _managed("aws/rds"),
    # `KmsKeyId` of CreateFileSystem in the service model of botocore (read 2026-11-27)
    "AWS::EFS::FileSystem": _managed("aws/elasticfilesystem"),
    # https://docs.aws.amazon.com/aurora-dsql/latest/userguide/data-encryption.html (read 2026-11-27)
    "AWS::DSQL::Cluster": _AWS_OWNED,
    # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html (read 2026-11-27)
    "AWS::Events::EventBus": _AWS_OWNED,
    # Like its bucket, for which the stack states AES256:
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-data-encryption.html (read 2026-12-01)
    "AWS::S3Vectors::Index": Text.same("SSE-S3"),
    # `AWSOwnedKey` and `AWS_OWNED_CMK`, which the stack states
    "AWS::OpenSearchServerless::Collection": _AWS_OWNED,
    "AWS::KinesisFirehose::DeliveryStream": _AWS_OWNED,
    # https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html (read 2026-11-27)
    "AWS::ElastiCache::ServerlessCache": Text("service managed key", "サービスマネージドキー"),
}


def encryption_of(subject: Subject, node: Node) -> Text | None:
    """Return the encryption key of a part's data as text, or None if it is unknown or the part stores no data."""
    if node.kind == "outside":
        return None
    resource = _resource(subject, node)
    if resource is None:
        return None
    properties = resource.get("Properties", {})
    found = [key for name in _PROPERTIES if name in properties for key in _keys(properties[name])]
    if found:
        return found[0]
    return _DEFAULTS.get(resource["Type"])


def _resource(subject: Subject, node: Node) -> Json | None:
    """Return the resources of a part in the stack; for an additional part, those of its owner with its type."""
    resources = subject.stack.resources
    if node.id in subject.plan.names:
        return resources.get(subject.stack.main(node.id))
    owner, type = node.id.rpartition("-")[0], _OF_PARTS.get(node.service)
    of_owner = (one for one in resources.values() if owner_of(one).get("node") == owner)
    return next((one for one in of_owner if one["Type"] == type), None)


def _keys(value: Any) -> list[Text]:
    """Return the keys that a property names."""
    if isinstance(value, dict):
        return [key for inner in value.values() for key in _keys(inner)]
    if isinstance(value, list):
        return [key for inner in value for key in _keys(inner)]
    if isinstance(value, Att | Ref):
        return [_OWN]
    return [_managed(value.removeprefix("alias/"))] if isinstance(value, str) and value.startswith(_ALIAS) else []
