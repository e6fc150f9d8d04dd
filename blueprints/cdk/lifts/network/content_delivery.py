"""Distributions of CloudFront before a private bucket or an entry, what they cache, and the headers that they send."""

from collections.abc import Iterator, Mapping
from typing import Any

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.lifts.network.load_balancers import BALANCER
from blueprints.cdk.modules import acm, cloudfront, origins
from blueprints.cdk.tree import THIS, Call, Let, Value
from blueprints.cdk.tree import Ref as Variable
from blueprints.parameters.entries import EDGE_CERTIFICATE
from blueprints.traits.cloudfront import (
    ALL_BUT_HOST,
    ALL_METHODS,
    CACHING_OPTIMIZED,
    ENCRYPTED_ORIGIN,
    FUNCTION_ACCESS,
    ORIGIN_ACCESS,
    READ_METHODS,
    SECURITY_HEADERS,
    SITE,
    bucket_read_statement,
)
from blueprints.values import Att, Ref, joined

_DISTRIBUTION = "AWS::CloudFront::Distribution"
_ACCESS = "AWS::CloudFront::OriginAccessControl"
_HEADERS = "AWS::CloudFront::ResponseHeadersPolicy"
_VPC_ORIGIN = "AWS::CloudFront::VpcOrigin"
_CACHING = "AWS::CloudFront::CachePolicy"
_CACHE_POLICIES = {CACHING_OPTIMIZED: cloudfront.CachePolicy.CACHING_OPTIMIZED}
_REQUEST_POLICIES = {ALL_BUT_HOST: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER}
_HEADERS_POLICIES = {SECURITY_HEADERS: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS}
_VIEWERS = {
    "https-only": cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
    "redirect-to-https": cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
}
_OF_BUCKETS, _OF_FUNCTIONS = "s3", "lambda"
_SIGNING = {_OF_BUCKETS: ORIGIN_ACCESS, _OF_FUNCTIONS: FUNCTION_ACCESS}
_HTTP = {"http2and3": cloudfront.HttpVersion.HTTP2_AND_3}
_PRICES = {"PriceClass_200": cloudfront.PriceClass.PRICE_CLASS_200}
_TLS = {"TLSv1.2_2021": cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021}
_FRAMES = {"DENY": cloudfront.HeadersFrameOption.DENY}
_REFERRERS = {
    "strict-origin-when-cross-origin": cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
}


@lift(_HEADERS, ref="response_headers_policy_id")
def headers(lifter: Lifter, resource: Resource) -> Statements:
    """The security headers that a distribution sends."""
    config = resource.part("ResponseHeadersPolicyConfig")
    construct = cloudfront.ResponseHeadersPolicy(
        THIS,
        resource.id,
        response_headers_policy_name=lifter.value(config.take("Name")),
        security_headers_behavior=_security(config.part("SecurityHeadersConfig")),
    )
    yield Let(lifter.name(resource), construct)


def _security(config: Properties) -> Call:
    content = config.part("ContentSecurityPolicy")
    frame, referrer = config.part("FrameOptions"), config.part("ReferrerPolicy")
    strict = config.part("StrictTransportSecurity")
    return cloudfront.ResponseSecurityHeadersBehavior(
        content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
            content_security_policy=content.take("ContentSecurityPolicy"), override=content.take("Override")
        ),
        content_type_options=cloudfront.ResponseHeadersContentTypeOptions(
            override=config.part("ContentTypeOptions").take("Override")
        ),
        frame_options=cloudfront.ResponseHeadersFrameOptions(
            frame_option=frame.choose("FrameOption", _FRAMES), override=frame.take("Override")
        ),
        referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
            referrer_policy=referrer.choose("ReferrerPolicy", _REFERRERS), override=referrer.take("Override")
        ),
        strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
            access_control_max_age=duration(strict.take("AccessControlMaxAgeSec")),
            include_subdomains=strict.take("IncludeSubdomains"),
            override=strict.take("Override"),
        ),
    )


@lift(_CACHING, ref="cache_policy_id")
def cache_policy(lifter: Lifter, resource: Resource) -> Statements:
    """What a distribution caches, and by which parts of a request."""
    config = resource.part("CachePolicyConfig")
    key = config.part("ParametersInCacheKeyAndForwardedToOrigin")
    key.part("CookiesConfig").expect("CookieBehavior", "none")
    key.part("QueryStringsConfig").expect("QueryStringBehavior", "all")
    construct = cloudfront.CachePolicy(
        THIS,
        resource.id,
        cache_policy_name=lifter.value(config.take("Name")),
        min_ttl=duration(config.take("MinTTL")),
        default_ttl=duration(config.take("DefaultTTL")),
        max_ttl=duration(config.take("MaxTTL")),
        header_behavior=_keyed(key.part("HeadersConfig")),
        query_string_behavior=cloudfront.CacheQueryStringBehavior.all(),
        enable_accept_encoding_gzip=key.take("EnableAcceptEncodingGzip"),
        enable_accept_encoding_brotli=key.take("EnableAcceptEncodingBrotli"),
    )
    yield Let(lifter.name(resource), construct)


def _keyed(headers: Properties) -> Value:
    if headers.choose("HeaderBehavior", {"whitelist": True, "none": False}):
        return cloudfront.CacheHeaderBehavior.allow_list(*headers.take("Headers"))
    return cloudfront.CacheHeaderBehavior.none()


@lift(_ACCESS, ref="origin_access_control_id", members={"Id": "origin_access_control_id"})
def access(lifter: Lifter, resource: Resource) -> Statements:
    """The identity by which a distribution reads a bucket or calls a function URL."""
    config = resource.part("OriginAccessControlConfig")
    kind = config.choose("OriginAccessControlOriginType", {kind: kind for kind in _SIGNING})
    for name in ("SigningBehavior", "SigningProtocol"):
        config.expect(name, _SIGNING[kind][name])
    classes = {_OF_BUCKETS: cloudfront.S3OriginAccessControl, _OF_FUNCTIONS: cloudfront.FunctionUrlOriginAccessControl}
    name_value = lifter.value(config.take("Name"))
    yield Let(lifter.name(resource), classes[kind](THIS, resource.id, origin_access_control_name=name_value))


@lift(_VPC_ORIGIN, ref="vpc_origin_id", members={"Id": "vpc_origin_id"})
def vpc_origin(lifter: Lifter, resource: Resource) -> Statements:
    """The way of a distribution to an internal load balancer."""
    config = resource.part("VpcOriginEndpointConfig")
    for name, value in ENCRYPTED_ORIGIN.items():
        config.expect(name, value)
    balancer = lifter.construct(config.take("Arn"), BALANCER)
    construct = cloudfront.VpcOrigin(
        THIS,
        resource.id,
        endpoint=cloudfront.VpcOriginEndpoint.application_load_balancer(balancer),
        vpc_origin_name=lifter.value(config.take("Name")),
        protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
        origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
    )
    yield Let(lifter.name(resource), construct)


@lift(_DISTRIBUTION, ref="distribution_id", members={"DomainName": "distribution_domain_name"})
def distribution(lifter: Lifter, resource: Resource) -> Statements:
    """A distribution with one origin, or with those of a site and its API."""
    config = resource.part("DistributionConfig")
    config.expect("Enabled", True)
    config.expect("IPV6Enabled", True)
    options: dict[str, Value] = {"comment": lifter.value(config.take("Comment"))}
    if "DefaultRootObject" in config:
        options["default_root_object"] = config.take("DefaultRootObject")
    lets, named = _origins(lifter, resource, config)
    yield from lets
    options["default_behavior"] = _behavior(lifter, config.part("DefaultCacheBehavior"), named)
    if further := config.parts("CacheBehaviors"):
        options["additional_behaviors"] = {one.take("PathPattern"): _behavior(lifter, one, named) for one in further}
    options |= {
        "http_version": config.choose("HttpVersion", _HTTP),
        "price_class": config.choose("PriceClass", _PRICES),
    }
    errors = config.parts("CustomErrorResponses")
    if errors:
        options["error_responses"] = [_error(error) for error in errors]
    yield from _domain(lifter, resource, config, options)
    if "WebACLId" in config:
        options["web_acl_id"] = lifter.value(config.take("WebACLId"))
    if "Logging" in config:
        bucket = config.part("Logging").take("Bucket")
        options["log_bucket"] = lifter.construct(bucket, "AWS::S3::Bucket", "RegionalDomainName")
    yield Let(lifter.name(resource), cloudfront.Distribution(THIS, resource.id, **options))


def _error(error: Properties) -> Call:
    ttl = duration(error.take("ErrorCachingMinTTL"))
    return cloudfront.ErrorResponse(http_status=error.take("ErrorCode"), ttl=ttl)


def _origins(lifter: Lifter, resource: Resource, config: Properties) -> tuple[list[Let], dict[str, Value]]:
    """Return the origins by their ids; one of several has a name, because each of several paths leads to it."""
    lets, named = list[Let](), dict[str, Value]()
    parts = config.parts("Origins")
    for origin in parts:
        id = origin.take("Id")
        named[id] = _origin(lifter, origin)
        if len(parts) > 1:
            name = f"{lifter.name(resource)}_{id}"
            lets.append(Let(name, named[id]))
            named[id] = Variable(name)
    return lets, named


def _behavior(lifter: Lifter, behavior: Properties, named: Mapping[str, Value]) -> Call:
    """Return the cache behavior of a distribution, or of one of its paths."""
    behavior.expect("Compress", True)
    options: dict[str, Value] = {
        "origin": behavior.choose("TargetOriginId", named),
        "viewer_protocol_policy": behavior.choose("ViewerProtocolPolicy", _VIEWERS),
        "cache_policy": _policy(lifter, behavior, "CachePolicyId", _CACHING, _CACHE_POLICIES),
        "response_headers_policy": _policy(lifter, behavior, "ResponseHeadersPolicyId", _HEADERS, _HEADERS_POLICIES),
    }
    methods = behavior.take("AllowedMethods")
    if methods == ALL_METHODS:
        options["allowed_methods"] = cloudfront.AllowedMethods.ALLOW_ALL
    elif methods != READ_METHODS:
        behavior.refuse("AllowedMethods", methods)
    if "OriginRequestPolicyId" in behavior:
        options["origin_request_policy"] = behavior.choose("OriginRequestPolicyId", _REQUEST_POLICIES)
    return cloudfront.BehaviorOptions(**options)


def _policy(lifter: Lifter, behavior: Properties, name: str, type: str, managed: Mapping[str, Value]) -> Value:
    """Return a policy: one that AWS manages, by its id, or one of the stack."""
    named = behavior.take(name)
    return managed[named] if isinstance(named, str) and named in managed else lifter.construct(named, type)


def _origin(lifter: Lifter, origin: Properties) -> Value:
    if "S3OriginConfig" in origin:
        return _bucket_origin(lifter, origin)
    return _inner_origin(lifter, origin) if "VpcOriginConfig" in origin else _http_origin(lifter, origin)


def _bucket_origin(lifter: Lifter, origin: Properties) -> Value:
    domain = origin.take("DomainName")
    bucket = lifter.construct(domain, "AWS::S3::Bucket", "RegionalDomainName")
    control = lifter.construct(origin.take("OriginAccessControlId"), _ACCESS, "Id")
    origin.part("S3OriginConfig").expect("OriginAccessIdentity", "")
    return origins.S3BucketOrigin.with_origin_access_control(bucket, origin_access_control=control)


def _inner_origin(lifter: Lifter, origin: Properties) -> Value:
    config = origin.part("VpcOriginConfig")
    options: dict[str, Value] = {"domain_name": lifter.value(origin.take("DomainName"))}
    if "OriginReadTimeout" in config:
        options["read_timeout"] = duration(config.take("OriginReadTimeout"))
    return origins.VpcOrigin.with_vpc_origin(lifter.construct(config.take("VpcOriginId"), _VPC_ORIGIN, "Id"), **options)


def _http_origin(lifter: Lifter, origin: Properties) -> Value:
    config = origin.part("CustomOriginConfig")
    for name, value in ENCRYPTED_ORIGIN.items():
        config.expect(name, value)
    options: dict[str, Value] = {}
    if "OriginPath" in origin:
        options["origin_path"] = lifter.value(origin.take("OriginPath"))
    if "OriginReadTimeout" in config:
        options["read_timeout"] = duration(config.take("OriginReadTimeout"))
    if "OriginAccessControlId" in origin:
        options["origin_access_control_id"] = lifter.value(origin.take("OriginAccessControlId"))
    return origins.HttpOrigin(lifter.value(origin.take("DomainName")), **options)


def _domain(lifter: Lifter, resource: Resource, config: Properties, options: dict[str, Value]) -> Iterator[Let]:
    """Add the domain name and its certificate, if there is one; several distributions have one each."""
    certificate = config.part("ViewerCertificate")
    if "CloudFrontDefaultCertificate" in certificate:
        certificate.expect("CloudFrontDefaultCertificate", True)
        return
    certificate.expect("SslSupportMethod", "sni-only")
    given = certificate.take("AcmCertificateArn")
    own = given != Ref(EDGE_CERTIFICATE.id)
    name, id = (f"{lifter.name(resource)}_certificate" if own else "certificate", f"{resource.id * own}Certificate")
    yield Let(name, acm.Certificate.from_certificate_arn(THIS, id, lifter.value(given)))
    options["domain_names"] = lifter.values(config.take("Aliases"))
    options["certificate"] = Variable(name)
    options["minimum_protocol_version"] = certificate.choose("MinimumProtocolVersion", _TLS)


def origin_statements(lifter: Lifter, bucket: str) -> list[dict[str, Any]]:
    """Return the statements that origins of distributions add by themselves to the policy of their bucket."""
    return [
        bucket_read_statement(distribution.id, joined(Att(bucket, "Arn"), "/*"), site=origin["Id"] == SITE)
        for distribution in lifter.of_type(_DISTRIBUTION)
        for origin in distribution.properties["DistributionConfig"]["Origins"]
        if origin["DomainName"] == Att(bucket, "RegionalDomainName")
    ]
