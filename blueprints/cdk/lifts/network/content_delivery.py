"""Distributions of CloudFront before a private bucket, and the headers that they send."""

from collections.abc import Iterator
from typing import Any

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.modules import acm, cloudfront, origins
from blueprints.cdk.tree import THIS, Call, Let, Value
from blueprints.cdk.tree import Ref as Variable
from blueprints.traits.cloudfront import CACHING_OPTIMIZED, ORIGIN_ACCESS, READ_METHODS, bucket_read_statement
from blueprints.values import Att, joined

_DISTRIBUTION = "AWS::CloudFront::Distribution"
_ACCESS = "AWS::CloudFront::OriginAccessControl"
_HEADERS = "AWS::CloudFront::ResponseHeadersPolicy"
_CACHE_POLICIES = {CACHING_OPTIMIZED: cloudfront.CachePolicy.CACHING_OPTIMIZED}
_VIEWERS = {"redirect-to-https": cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS}
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


@lift(_ACCESS, ref="origin_access_control_id", members={"Id": "origin_access_control_id"})
def access(lifter: Lifter, resource: Resource) -> Statements:
    """The identity by which a distribution reads a bucket."""
    config = resource.part("OriginAccessControlConfig")
    for name, value in ORIGIN_ACCESS.items():
        config.expect(name, value)
    name_value = lifter.value(config.take("Name"))
    construct = cloudfront.S3OriginAccessControl(THIS, resource.id, origin_access_control_name=name_value)
    yield Let(lifter.name(resource), construct)


@lift(_DISTRIBUTION, ref="distribution_id", members={"DomainName": "distribution_domain_name"})
def distribution(lifter: Lifter, resource: Resource) -> Statements:
    """A distribution of one bucket, which its origin lets it read."""
    config = resource.part("DistributionConfig")
    config.expect("Enabled", True)
    config.expect("IPV6Enabled", True)
    options: dict[str, Value] = {
        "comment": lifter.value(config.take("Comment")),
        "default_root_object": config.take("DefaultRootObject"),
        "default_behavior": _behavior(lifter, config),
        "http_version": config.choose("HttpVersion", _HTTP),
        "price_class": config.choose("PriceClass", _PRICES),
    }
    yield from _domain(lifter, config, options)
    if "WebACLId" in config:
        options["web_acl_id"] = lifter.value(config.take("WebACLId"))
    if "Logging" in config:
        bucket = config.part("Logging").take("Bucket")
        options["log_bucket"] = lifter.construct(bucket, "AWS::S3::Bucket", "RegionalDomainName")
    yield Let(lifter.name(resource), cloudfront.Distribution(THIS, resource.id, **options))


def _behavior(lifter: Lifter, config: Properties) -> Call:
    """Return the default cache behavior, whose origin is the bucket with origin access control."""
    origin = config.only_part("Origins")
    domain = origin.take("DomainName")
    bucket = lifter.construct(domain, "AWS::S3::Bucket", "RegionalDomainName")
    control = lifter.construct(origin.take("OriginAccessControlId"), _ACCESS, "Id")
    origin.part("S3OriginConfig").expect("OriginAccessIdentity", "")
    behavior = config.part("DefaultCacheBehavior")
    behavior.expect("TargetOriginId", origin.take("Id"))
    behavior.expect("AllowedMethods", READ_METHODS)
    behavior.expect("Compress", True)
    return cloudfront.BehaviorOptions(
        origin=origins.S3BucketOrigin.with_origin_access_control(bucket, origin_access_control=control),
        viewer_protocol_policy=behavior.choose("ViewerProtocolPolicy", _VIEWERS),
        cache_policy=behavior.choose("CachePolicyId", _CACHE_POLICIES),
        response_headers_policy=lifter.construct(behavior.take("ResponseHeadersPolicyId"), _HEADERS),
    )


def _domain(lifter: Lifter, config: Properties, options: dict[str, Value]) -> Iterator[Let]:
    """Add the domain name and its certificate, if there is one."""
    certificate = config.part("ViewerCertificate")
    if "CloudFrontDefaultCertificate" in certificate:
        certificate.expect("CloudFrontDefaultCertificate", True)
        return
    certificate.expect("SslSupportMethod", "sni-only")
    arn = lifter.value(certificate.take("AcmCertificateArn"))
    yield Let("certificate", acm.Certificate.from_certificate_arn(THIS, "Certificate", arn))
    options["domain_names"] = lifter.values(config.take("Aliases"))
    options["certificate"] = Variable("certificate")
    options["minimum_protocol_version"] = certificate.choose("MinimumProtocolVersion", _TLS)


def origin_statements(lifter: Lifter, bucket: str) -> list[dict[str, Any]]:
    """Return the statements that origins of distributions add by themselves to the policy of their bucket."""
    return [
        bucket_read_statement(distribution.id, joined(Att(bucket, "Arn"), "/*"))
        for distribution in lifter.of_type(_DISTRIBUTION)
        for origin in distribution.properties["DistributionConfig"]["Origins"]
        if origin["DomainName"] == Att(bucket, "RegionalDomainName")
    ]
