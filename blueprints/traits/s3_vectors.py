"""Indexes of Amazon S3 Vectors: what programs know of an index, its limits, and who uses its key.

S3 publishes no CloudWatch metrics of vector indexes that a page of AWS describes (searched 2026-12-01), so an index has neither alarms
nor graphs. A program that an index throttles or refuses shows it by its own errors.
"""

from advisor.architecture import Architecture, Edge, Node
from advisor.text import Text
from blueprints.parameters.data import VECTOR_DIMENSION, VECTOR_DISTANCE
from blueprints.traits import Client, NodeAttribute, Retained, Traits, traits_of

S3_VECTORS = "s3-vectors"
#: The most vectors that one query returns, and as many as a program returns where a caller does not say how many
#: (https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-limitations.html, read 2026-12-01).
MOST_RESULTS, RESULTS = 100, 10
#: The most dimensions of a vector (same page).
MOST_DIMENSIONS = 4096
#: The most bytes of what callers store with a vector: S3 Vectors keeps 40 KB of metadata with each, of which at most 2 KB can be used
#: in filters. The owner is among the latter (same page).
LARGEST_CONTENT = 36 * 1024
#: The longest id of a vector in bytes of UTF-8, of which each language counts the same: a key has at most 1,024 characters
#: (https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_PutInputVector.html, read 2026-12-01), of which 65 are those of its owner.
LONGEST_ID = 512
#: The metadata by which queries find only the vectors of a caller, and that which callers store. No filter can use the latter.
OWNER, CONTENT = "owner", "content"
#: The service that maintains indexes in the background, with the key of their bucket
#: (https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-data-encryption.html, read 2026-12-01).
INDEXING = "indexing.s3vectors.amazonaws.com"
VERBS = ("read", "write", "read-write")


def reached(architecture: Architecture, program: str) -> tuple[Edge, ...]:
    """Return the connections by which a program uses vector indexes."""
    edges = architecture.leaving(program)
    return tuple(edge for edge in edges if edge.verb in VERBS and holds_vectors(architecture.node(edge.target)))


def holds_vectors(node: Node) -> bool:
    """Return whether a node is a vector index."""
    client = traits_of(node.service).client
    return client is not None and client.kind == "vectors"


TRAITS = Traits(
    service=S3_VECTORS,
    noun="VectorIndex",
    client=Client("vectors", sdk_class="S3VectorsClient"),
    variables=(NodeAttribute("INDEX_ARN", "arn"), NodeAttribute("DIMENSION", "dimension")),
    parameters=(VECTOR_DIMENSION, VECTOR_DISTANCE),
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-privatelink.html (read 2026-12-01)
    interface_endpoints=("s3vectors",),
    standing_cost=Text("S3 Vectors: storage of the vectors", "S3 Vectors: ベクトルのストレージ"),
    retained=Retained(
        Text("Vector bucket with all vectors", "ベクトルバケットとすべてのベクトル"),
        "Arn",
        # Another dimension has replaced the index, and retained the old one: a bucket with an index cannot be deleted
        # (https://docs.aws.amazon.com/cli/latest/reference/s3vectors/list-indexes.html, read 2026-12-01).
        'for INDEX in $(aws s3vectors list-indexes --vector-bucket-arn "${{output}%/index/*}" --query "indexes[].indexArn" --output text); do'
        ' aws s3vectors delete-index --index-arn "$INDEX"; done'
        ' && aws s3vectors delete-vector-bucket --vector-bucket-arn "${{output}%/index/*}"',
    ),
    emulated=False,
)
