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
#: Regions that an account opts in to: CloudFront delivers logs to no bucket there
#: (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html, 2026-11-27).
WITHOUT_LOGS = (
    "af-south-1", "ap-east-1", "ap-east-2", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5",
    "ap-southeast-6", "ap-southeast-7", "ca-west-1", "eu-central-2", "eu-south-1", "eu-south-2", "il-central-1",
    "me-central-1", "me-south-1", "mx-central-1",
)  # fmt: skip
READ_METHODS = ["GET", "HEAD"]


def bucket_read_statement(distribution: str, objects: Value) -> dict[str, Any]:
    """Return the statement of a bucket policy that lets only a distribution read `objects` (an ARN)."""
    distribution_arn = arn("cloudfront", joined("distribution/", Ref(distribution)), region="")
    return {
        "Sid": "AllowCloudFrontRead",
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": "s3:GetObject",
        "Resource": objects,
        "Condition": {"StringEquals": {"AWS:SourceArn": distribution_arn}},
    }


TRAITS = Traits(service="cloudfront", noun="Distribution")
