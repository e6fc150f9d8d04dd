"""Amazon CloudFront."""

from typing import Any

from blueprints.traits import Traits
from blueprints.values import Ref, Value, arn, joined

#: AWS's "CachingOptimized" cache policy (docs: using-managed-cache-policies).
CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
#: How a distribution signs its requests to a bucket.
ORIGIN_ACCESS: dict[str, Any] = {
    "OriginAccessControlOriginType": "s3",
    "SigningBehavior": "always",
    "SigningProtocol": "sigv4",
}
READ_METHODS = ["GET", "HEAD"]


def bucket_read_statement(distribution: str, objects: Value) -> dict[str, Any]:
    """Return the statement of a bucket policy that lets only a distribution read `objects` (an ARN)."""
    distribution_arn = arn("cloudfront", joined("distribution/", Ref(distribution)), region="")
    return {
        "Sid": "DistributionReads",
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": "s3:GetObject",
        "Resource": objects,
        "Condition": {"StringEquals": {"AWS:SourceArn": distribution_arn}},
    }


TRAITS = Traits(service="cloudfront", noun="Distribution")
