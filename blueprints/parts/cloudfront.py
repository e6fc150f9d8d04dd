"""Content delivery: CloudFront before the private bucket of a site or of a store, an API or a function URL."""

from typing import Any

from advisor.architecture import Edge, Node
from blueprints.parameters.entries import EDGE_CERTIFICATE, EDGE_PARAMETER
from blueprints.plan import region_of
from blueprints.plan.routes import paths_of
from blueprints.shared.access_logs import site_logging
from blueprints.shared.content_delivery import cache_policy, origin_of_aws, origin_wait
from blueprints.stack.registry import carried, connection, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits import cloudfront
from blueprints.traits.cloudfront import (
    ALL_BUT_HOST,
    ALL_METHODS,
    CACHED_ERRORS,
    CACHING_OPTIMIZED,
    ENCRYPTED_ORIGIN,
    FUNCTION_ACCESS,
    ORIGIN,
    ORIGIN_ACCESS,
    READ_METHODS,
    SECURITY_HEADERS,
    SITE,
    WITHOUT_LOGS,
    bucket_read_statement,
)
from blueprints.traits.waf import is_elsewhere
from blueprints.values import REGION, STACK, Att, Ref, joined, stack_name, unique

TWO_YEARS_S = 63072000

carried(["client"], ["load"], ["cloudfront"], by="target")


@service("cloudfront", domain=own("DomainName"), id=own("Id"))
def distribution(scope: Scope, node: Node) -> None:
    """A distribution that sends security headers; its connections add the origins: one, or those of a site and its API."""
    id = scope.name(node.id)
    site = bool(scope.architecture.leaving(node.id, "fetch"))
    entry = next(
        (scope.architecture.node(edge.target) for edge in scope.architecture.leaving(node.id, "forward")), None
    )
    if site:
        scope.add(f"{id}Headers", "AWS::CloudFront::ResponseHeadersPolicy", _headers(id), node=node.id)
    if entry is not None:
        cache_policy(scope, node, entry)
    domain = _given(scope, id, "DomainName")
    config: Json = {
        "Enabled": True,
        "Comment": joined("Site of " if site else f"{id} of ", STACK),
        **({"DefaultRootObject": "index.html"} if site else {}),
        "HttpVersion": "http2and3",
        "IPV6Enabled": True,
        "PriceClass": "PriceClass_200",
        "Origins": [],
        **_behaviors(scope, id, entry, site=site),
        "ViewerCertificate": _certificate(scope, id) if domain else {"CloudFrontDefaultCertificate": True},
    }
    if entry is not None:
        config["CustomErrorResponses"] = [{"ErrorCode": code, "ErrorCachingMinTTL": 0} for code in CACHED_ERRORS]
    if domain:
        config["Aliases"] = [Ref(domain)]
    if region_of(scope.plan.design) not in WITHOUT_LOGS:
        config["Logging"] = site_logging(scope, node)
    scope.add(id, "AWS::CloudFront::Distribution", {"DistributionConfig": config}, node=node.id)
    if site:
        scope.output(f"{id}Domain", Att(id, "DomainName"), "Domain name of the website")
    if entry is not None or not site:
        scope.output(f"{id}Url", joined("https://", Att(id, "DomainName")), "URL of the distribution")
    scope.output(f"{id}Id", Ref(id), "ID of the distribution")


def _behaviors(scope: Scope, id: str, entry: Node | None, *, site: bool) -> Json:
    """Return what is done with the requests of each path: those of no route are for the files of a site, if there is one."""
    if entry is None:
        return {"DefaultCacheBehavior": _of_files(id, site=site)}
    if not site:
        return {"DefaultCacheBehavior": _of_an_api(id)}
    routed = [{"PathPattern": path, **_of_an_api(id)} for path in paths_of(scope.architecture, entry)]
    return {"DefaultCacheBehavior": _of_files(id, site=True), "CacheBehaviors": routed}


def _of_files(id: str, *, site: bool) -> Json:
    """Return how the files of a bucket are delivered."""
    return {
        "TargetOriginId": SITE if site else ORIGIN,
        "ViewerProtocolPolicy": "redirect-to-https",
        "CachePolicyId": CACHING_OPTIMIZED,
        "ResponseHeadersPolicyId": Ref(f"{id}Headers") if site else SECURITY_HEADERS,
        "AllowedMethods": READ_METHODS,
        "Compress": True,
    }


def _of_an_api(id: str) -> Json:
    """Return how the requests of an API are forwarded: a redirect to HTTPS would lose the body of a request."""
    return {
        "TargetOriginId": ORIGIN,
        "ViewerProtocolPolicy": "https-only",
        "CachePolicyId": Ref(f"{id}CachePolicy"),
        "OriginRequestPolicyId": ALL_BUT_HOST,
        "ResponseHeadersPolicyId": SECURITY_HEADERS,
        "AllowedMethods": ALL_METHODS,
        "Compress": True,
    }


def _given(scope: Scope, id: str, word: str) -> str:
    """Return the parameter with the domain name of a distribution: its own where there are several, or "" if there is none."""
    return next((name for name in (f"{id}{word}", word) if scope.has(name)), "")


def _certificate(scope: Scope, id: str) -> Json:
    return {
        "AcmCertificateArn": Ref(_given(scope, id, EDGE_CERTIFICATE.id)),
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
    _reads_bucket(scope, edge, SITE)


@connection(["cloudfront"], "read", ["s3"])
def delivers_objects(scope: Scope, edge: Edge) -> None:
    """Let the distribution, and nobody else on the internet, read the objects of a store."""
    _reads_bucket(scope, edge, ORIGIN)


def _reads_bucket(scope: Scope, edge: Edge, origin: str) -> None:
    site, bucket = scope.main(edge.source), scope.main(edge.target)
    _add_origin(
        scope,
        edge,
        {
            "Id": origin,
            "DomainName": scope.of(edge.target, "domain"),
            "OriginAccessControlId": _access(scope, edge, ORIGIN_ACCESS),
            "S3OriginConfig": {"OriginAccessIdentity": ""},
        },
    )
    statement = bucket_read_statement(site, scope.of(edge.target, "arn", "/*"), site=origin == SITE)
    scope.properties(f"{bucket}Policy")["PolicyDocument"]["Statement"].insert(0, statement)


@connection(["cloudfront"], "forward", ["lambda-function-url"])
def forwards_to_function_url(scope: Scope, edge: Edge) -> None:
    """Forward requests to a function URL, signed, so that the URL can refuse all others."""
    signing = {"OriginAccessControlId": _access(scope, edge, FUNCTION_ACCESS)}
    _add_origin(scope, edge, origin_of_aws(scope, edge) | signing)


@connection(["cloudfront"], "forward", ["api-gateway-http"])
def forwards_to_http_api(scope: Scope, edge: Edge) -> None:
    """Forward requests to an HTTP API, whose routes are at the root of its host."""
    _add_origin(scope, edge, origin_of_aws(scope, edge))


@connection(["cloudfront"], "forward", ["api-gateway-rest"])
def forwards_to_rest_api(scope: Scope, edge: Edge) -> None:
    """Forward requests to the stage of a REST API."""
    path = {"OriginPath": joined("/", scope.of(edge.target, "stage"))}
    _add_origin(scope, edge, origin_of_aws(scope, edge) | path)


@connection(["cloudfront"], "forward", ["alb"])
def forwards_to_load_balancer(scope: Scope, edge: Edge) -> None:
    """Forward requests to an internal load balancer, in whose subnets CloudFront places network interfaces."""
    id = f"{scope.main(edge.source)}VpcOrigin"
    endpoint = {"Name": unique(id), "Arn": scope.of(edge.target, "arn"), **ENCRYPTED_ORIGIN}
    scope.add(id, "AWS::CloudFront::VpcOrigin", {"VpcOriginEndpointConfig": endpoint}, edge=edge.id)
    waited = origin_wait(scope, edge)
    config = {"VpcOriginId": Att(id, "Id"), **waited}
    _add_origin(scope, edge, {"Id": ORIGIN, "DomainName": scope.of(edge.target, "host"), "VpcOriginConfig": config})


def _access(scope: Scope, edge: Edge, signing: dict[str, Any]) -> Att:
    """Add how a distribution signs its requests to an origin, and return the id."""
    of_api = edge.verb == "forward" and cloudfront.with_its_pages(scope.architecture, edge.target)
    signer = f"{scope.main(edge.source)}{'Api' * of_api}"
    control = {
        # One of its name is allowed in an account, whatever the Region, and the name has at most 64 characters.
        "Name": unique(signer),
        **signing,
    }
    access = f"{signer}Access"
    scope.add(access, "AWS::CloudFront::OriginAccessControl", {"OriginAccessControlConfig": control}, edge=edge.id)
    return Att(access, "Id")


def _add_origin(scope: Scope, edge: Edge, origin: Json) -> None:
    site = scope.main(edge.source)
    scope.properties(site)["DistributionConfig"]["Origins"].append(origin)
    if "OriginAccessControlId" not in origin:
        scope.carry(site, edge.id)


@connection(["cloudfront"], "filter", ["waf"])
def associates_edge_web_acl(scope: Scope, edge: Edge) -> None:
    """Associate the web ACL of the stack in us-east-1."""
    site = scope.main(edge.source)
    scope.properties(site)["DistributionConfig"]["WebACLId"] = Ref(EDGE_PARAMETER)
    scope.carry(site, edge.id)
    if is_elsewhere(scope.architecture, scope.architecture.node(edge.target)):
        scope.also(site, edge.target)
