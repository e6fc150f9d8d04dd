"""The static site: CloudFront before a private bucket."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints.registry import own, service
from blueprints.scope import Json, Scope
from blueprints.values import REGION, STACK, Att, Ref, joined, stack_name

#: AWS's "CachingOptimized" cache policy (docs: using-managed-cache-policies).
CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
TWO_YEARS_S = 63072000


@service("cloudfront", domain=own("DomainName"), id=own("Id"))
def distribution(scope: Scope, node: Node) -> None:
    """A distribution that sends security headers; its origin is put in by its connection."""
    id = scope.name(node.id)
    scope.add(f"{id}Headers", "AWS::CloudFront::ResponseHeadersPolicy", _headers(id), node=node.id)
    domain = scope.has("DomainName")
    config: Json = {
        "Enabled": True,
        "Comment": joined("Site of ", STACK),
        "DefaultRootObject": "index.html",
        "HttpVersion": "http2and3",
        "IPV6Enabled": True,
        "PriceClass": "PriceClass_200",
        "Origins": [],
        "DefaultCacheBehavior": {
            "TargetOriginId": "site",
            "ViewerProtocolPolicy": "redirect-to-https",
            "CachePolicyId": CACHING_OPTIMIZED,
            "ResponseHeadersPolicyId": Ref(f"{id}Headers"),
            "AllowedMethods": ["GET", "HEAD"],
            "Compress": True,
        },
        "ViewerCertificate": _certificate() if domain else {"CloudFrontDefaultCertificate": True},
    }
    if domain:
        config["Aliases"] = [Ref("DomainName")]
    scope.add(id, "AWS::CloudFront::Distribution", {"DistributionConfig": config}, node=node.id)
    scope.output(f"{id}Domain", Att(id, "DomainName"), Text("Domain name of the site", "サイトのドメイン名"))
    scope.output(f"{id}Id", Ref(id), Text("Id of the distribution", "ディストリビューション ID"))


def _certificate() -> Json:
    return {
        "AcmCertificateArn": Ref("CertificateArn"),
        "SslSupportMethod": "sni-only",
        "MinimumProtocolVersion": "TLSv1.2_2021",
    }


def _headers(id: str) -> Json:
    policy = "default-src 'self'; connect-src 'self' https:; object-src 'none'; frame-ancestors 'none'"
    security = {
        "ContentSecurityPolicy": {"ContentSecurityPolicy": policy, "Override": True},
        "ContentTypeOptions": {"Override": True},
        "FrameOptions": {"FrameOption": "DENY", "Override": True},
        "ReferrerPolicy": {"ReferrerPolicy": "strict-origin-when-cross-origin", "Override": True},
        "StrictTransportSecurity": {
            "AccessControlMaxAgeSec": TWO_YEARS_S,
            "IncludeSubdomains": True,
            "Override": True,
        },
    }
    config = {"Name": joined(stack_name(id), "-", REGION), "SecurityHeadersConfig": security}
    return {"ResponseHeadersPolicyConfig": config}
