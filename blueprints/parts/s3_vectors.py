"""Vector buckets of Amazon S3 Vectors, each with one index."""

from advisor.architecture import Node
from blueprints.parameters.data import VECTOR_DIMENSION, VECTOR_DISTANCE
from blueprints.plan.customer_key import KeyUse
from blueprints.stack.registry import carried, encrypted, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits import s3_vectors
from blueprints.values import Att, Ref, Value

# A job answers no requests, and so gets no vectors.
carried(("lambda", "ecs", "eks"), s3_vectors.VERBS, [s3_vectors.S3_VECTORS])


@service(
    s3_vectors.S3_VECTORS,
    arn=own("IndexArn"),
    dimension=lambda _scope, _node: Ref(VECTOR_DIMENSION.id),
)
def index(scope: Scope, node: Node) -> None:
    """A vector bucket with one index. CloudFormation names both, so that an index with another dimension can replace the old one.

    Both are retained when the stack is deleted, and an index when it is replaced: a bucket is deleted only when it has no index.
    """
    id = scope.name(node.id)
    bucket: Json = {"EncryptionConfiguration": {"SseType": "AES256"}}
    scope.add(f"{id}Bucket", "AWS::S3Vectors::VectorBucket", bucket, node=node.id, kept="Retain")
    properties: Json = {
        "VectorBucketArn": Att(f"{id}Bucket", "VectorBucketArn"),
        "DataType": "float32",
        "Dimension": Ref(VECTOR_DIMENSION.id),
        "DistanceMetric": Ref(VECTOR_DISTANCE.id),
        "MetadataConfiguration": {"NonFilterableMetadataKeys": [s3_vectors.CONTENT]},
    }
    scope.add(id, "AWS::S3Vectors::Index", properties, node=node.id, kept="Retain")
    scope.output(f"{id}Arn", Att(id, "IndexArn"), "ARN of the vector index")


@encrypted("AWS::S3Vectors::VectorBucket", KeyUse("s3vectors"))
def _bucket_under_key(properties: Json, arn: Value) -> None:
    properties["EncryptionConfiguration"] = {"SseType": "aws:kms", "KmsKeyArn": arn}


@encrypted("AWS::S3Vectors::Index", KeyUse("s3vectors"))
def _index_under_key(properties: Json, arn: Value) -> None:
    properties["EncryptionConfiguration"] = {"SseType": "aws:kms", "KmsKeyArn": arn}
