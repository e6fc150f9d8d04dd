"""Static sites: CloudFront before a private bucket."""

from advisor.architecture import Edge, Node
from blueprints.parameters.entries import EDGE_CERTIFICATE, EDGE_PARAMETER
from blueprints.plan import region_of
from blueprints.shared.access_logs import site_logging
from blueprints.stack.registry import carried, connection, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits.cloudfront import (
    CACHING_OPTIMIZED,
    ORIGIN_ACCESS,
    READ_METHODS,
    WITHOUT_LOGS,
    bucket_read_statement,
)
from blueprints.traits.waf import is_elsewhere
from blueprints.values import REGION, STACK, Att, Ref, joined, stack_name, unique

TWO_YEARS_S = 63072000

carried(["client"], ["load"], ["cloudfront"], by="target")


@service("cloudfront", domain=own("DomainName"), id=own("Id"))
def distribution(scope: Scope, node: Node) -> None:
    """A distribution that sends security headers; its connection adds the origin."""
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
            "AllowedMethods": READ_METHODS,
            "Compress": True,
        },
        "ViewerCertificate": _certificate() if domain else {"CloudFrontDefaultCertificate": True},
    }
    if domain:
        config["Aliases"] = [Ref("DomainName")]
    if region_of(scope.plan.design) not in WITHOUT_LOGS:
        config["Logging"] = site_logging(scope, node)
    scope.add(id, "AWS::CloudFront::Distribution", {"DistributionConfig": config}, node=node.id)
    scope.output(f"{id}Domain", Att(id, "DomainName"), "Domain name of the website")
    scope.output(f"{id}Id", Ref(id), "ID of the distribution")


def _certificate() -> Json:
    return {
        "AcmCertificateArn": Ref(EDGE_CERTIFICATE.id),
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


@connection(["cloudfront"], "fetch", ["s3"])
def fetches_site(scope: Scope, edge: Edge) -> None:
    """Restrict read access of the bucket to the distribution."""
    site, bucket = scope.main(edge.source), scope.main(edge.target)
    control = {
        # One of its name is allowed in an account, whatever the Region, and the name has at most 64 characters.
        "Name": unique(site),
        **ORIGIN_ACCESS,
    }
    access = f"{site}Access"
    scope.add(access, "AWS::CloudFront::OriginAccessControl", {"OriginAccessControlConfig": control}, edge=edge.id)
    scope.properties(site)["DistributionConfig"]["Origins"].append(
        {
            "Id": "site",
            "DomainName": scope.of(edge.target, "domain"),
            "OriginAccessControlId": Att(access, "Id"),
            "S3OriginConfig": {"OriginAccessIdentity": ""},
        }
    )
    statement = bucket_read_statement(site, scope.of(edge.target, "arn", "/*"))
    scope.properties(f"{bucket}Policy")["PolicyDocument"]["Statement"].insert(0, statement)


@connection(["cloudfront"], "filter", ["waf"])
def associates_edge_web_acl(scope: Scope, edge: Edge) -> None:
    """Associate the web ACL of the stack in us-east-1."""
    site = scope.main(edge.source)
    scope.properties(site)["DistributionConfig"]["WebACLId"] = Ref(EDGE_PARAMETER)
    scope.carry(site, edge.id)
    if is_elsewhere(scope.architecture, scope.architecture.node(edge.target)):
        scope.also(site, edge.target)
