"""Amazon CloudFront."""

from typing import Any

from advisor.architecture import Architecture, Edge, Node
from blueprints.traits import Traits, traits_of
from blueprints.values import Ref, Value, arn, joined

#: AWS's "CachingOptimized" cache policy (docs: using-managed-cache-policies).
CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
#: AWS's "AllViewerExceptHostHeader" policy: an origin of AWS answers to its own host name alone
#: (docs: using-managed-origin-request-policies).
ALL_BUT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
#: AWS's "SecurityHeadersPolicy" (docs: using-managed-response-headers-policies).
SECURITY_HEADERS = "67f7725c-6f97-4210-82d7-5512b31e9d03"
#: How a distribution signs its requests to a bucket, and to a function URL.
ORIGIN_ACCESS: dict[str, Any] = {
    "OriginAccessControlOriginType": "s3",
    "SigningBehavior": "always",
    "SigningProtocol": "sigv4",
}
FUNCTION_ACCESS: dict[str, Any] = {**ORIGIN_ACCESS, "OriginAccessControlOriginType": "lambda"}
#: How a distribution reaches an origin that is no bucket.
ENCRYPTED_ORIGIN: dict[str, Any] = {"OriginProtocolPolicy": "https-only", "OriginSSLProtocols": ["TLSv1.2"]}
#: How long CloudFront waits for an origin by default, and at most without a quota increase: the fact `cloudfront-origin-timeout`.
DEFAULT_WAIT_S, LONGEST_WAIT_S = 30, 120
#: Regions that an account opts in to: CloudFront delivers logs to no bucket there
#: (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html, 2026-11-27).
WITHOUT_LOGS = (
    "af-south-1", "ap-east-1", "ap-east-2", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5",
    "ap-southeast-6", "ap-southeast-7", "ca-west-1", "eu-central-2", "eu-south-1", "eu-south-2", "il-central-1",
    "me-central-1", "me-south-1", "mx-central-1",
)  # fmt: skip
READ_METHODS = ["GET", "HEAD"]
ALL_METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]
#: Errors that CloudFront caches for 10 seconds unless it is told otherwise: an item could be missing after its creation.
#: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html (read 2026-11-30)
CACHED_ERRORS = (400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504)
#: What origins are called in a distribution: the bucket of a site, and any other.
SITE, ORIGIN = "site", "origin"
PRINCIPAL = "cloudfront.amazonaws.com"


def delivered(architecture: Architecture, entry: str) -> Node | None:
    """Return the distribution in front of an entry, or None if callers reach the entry itself."""
    edges = architecture.entering(entry, "forward")
    return architecture.node(edges[0].source) if edges else None


def has_vpc_origin(architecture: Architecture) -> bool:
    """Whether a distribution forwards requests to a load balancer, which it reaches inside the VPC."""
    forwarded = (edge for node in TRAITS.nodes(architecture) for edge in architecture.leaving(node.id, "forward"))
    return any(traits_of(architecture.node(edge.target).service).load_balancer for edge in forwarded)


def sites(architecture: Architecture) -> list[Node]:
    """Return the distributions that deliver the pages of a site."""
    return [node for node in TRAITS.nodes(architecture) if architecture.leaving(node.id, "fetch")]


def with_its_pages(architecture: Architecture, entry: str) -> bool:
    """Whether an entry has the host name of the site whose pages call it, because one distribution delivers both."""
    distribution = delivered(architecture, entry)
    return distribution is not None and bool(architecture.leaving(distribution.id, "fetch"))


def delivers(architecture: Architecture, edge: Edge) -> bool:
    """Whether a distribution delivers the files of a bucket, whose policy has to let it in."""
    return edge.verb in ("fetch", "read") and architecture.node(edge.source).service == TRAITS.service


def stores(architecture: Architecture) -> list[tuple[Node, Node]]:
    """Return the stores whose objects a distribution delivers, each with the distribution."""
    found = [
        (edge.target, node) for node in TRAITS.nodes(architecture) for edge in architecture.leaving(node.id, "read")
    ]
    return [(architecture.node(target), node) for target, node in found]


def distribution_arn(distribution: str) -> Value:
    """Return the ARN of a distribution of the stack."""
    return arn("cloudfront", joined("distribution/", Ref(distribution)), region="")


def bucket_read_statement(distribution: str, objects: Value, *, site: bool) -> dict[str, Any]:
    """Return the statement of a bucket policy that lets only a distribution read `objects` (an ARN).

    The bucket of a site has one distribution; several may deliver the objects of a store.
    """
    return {
        "Sid": "AllowCloudFrontRead" if site else f"Allow{distribution}Read",
        "Effect": "Allow",
        "Principal": {"Service": PRINCIPAL},
        "Action": "s3:GetObject",
        "Resource": objects,
        "Condition": {"StringEquals": {"AWS:SourceArn": distribution_arn(distribution)}},
    }


TRAITS = Traits(service="cloudfront", noun="Distribution")
