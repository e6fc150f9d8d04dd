"""The static site: CloudFront before a private bucket that nobody else may read."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints.cdk.context import Context, unique
from blueprints.cdk.modules import acm, cdk, cloudfront, origins
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import granted, service
from blueprints.cdk.tree import THIS, Call, Let, Ref, Statement, Value, Words
from blueprints.parameter_list import EDGE_PARAMETER

CONTENT_POLICY = "default-src 'self'; connect-src 'self' https:; object-src 'none'; frame-ancestors 'none'"

granted(("client",), ("load",), ("cloudfront",))
granted(("cloudfront",), ("fetch",), ("s3",))


@service("cloudfront")
def distribution(context: Context, node: Node) -> Iterator[Statement]:
    """Make a distribution that sends security headers and fetches from the site's bucket."""
    name, id = context.name(node.id), context.id(node.id)
    called = Words(cdk.Aws.STACK_NAME, f"-{id}-", cdk.Aws.REGION)
    headers = cloudfront.ResponseHeadersPolicy(
        THIS, f"{id}Headers", response_headers_policy_name=called, security_headers_behavior=_headers()
    )
    yield Let(context.name(node.id, "Headers"), headers)
    if context.has("DomainName"):
        yield Let("certificate", acm.Certificate.from_certificate_arn(THIS, "Certificate", _certificate(context)))
    bucket = context.ref(context.architecture.leaving(node.id, "fetch")[0].target)
    # The account has one namespace for these in all Regions; the name that CDK makes is the same in each.
    access = cloudfront.S3OriginAccessControl(THIS, f"{id}Access", origin_access_control_name=unique(id))
    yield Let(context.name(node.id, "Access"), access)
    control = context.ref(node.id, "Access")
    behavior = cloudfront.BehaviorOptions(
        origin=origins.S3BucketOrigin.with_origin_access_control(bucket, origin_access_control=control),
        viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
        response_headers_policy=context.ref(node.id, "Headers"),
    )
    options: dict[str, Value] = {
        "comment": Words("Site of ", cdk.Aws.STACK_NAME),
        "default_root_object": "index.html",
        "default_behavior": behavior,
        "http_version": cloudfront.HttpVersion.HTTP2_AND_3,
        "price_class": cloudfront.PriceClass.PRICE_CLASS_200,
    }
    if context.has("DomainName"):
        options |= _domain(context)
    if context.architecture.leaving(node.id, "filter"):
        options["web_acl_id"] = context.parameter(EDGE_PARAMETER)
    yield Let(name, cloudfront.Distribution(THIS, id, **options))
    made = context.ref(node.id)
    words = Text("Domain name of the site", "サイトのドメイン名")
    yield output(context, f"{id}Domain", made.distribution_domain_name, words)
    yield output(context, f"{id}Id", made.distribution_id, Text("Id of the distribution", "ディストリビューション ID"))


def _certificate(context: Context) -> Value:
    return context.parameter("CertificateArn")


def _domain(context: Context) -> dict[str, Value]:
    return {
        "domain_names": [context.parameter("DomainName")],
        "certificate": Ref("certificate"),
        "minimum_protocol_version": cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
    }


def _headers() -> Call:
    policy = cloudfront.ResponseHeadersContentSecurityPolicy(content_security_policy=CONTENT_POLICY, override=True)
    strict = cloudfront.ResponseHeadersStrictTransportSecurity(
        access_control_max_age=cdk.Duration.days(730), include_subdomains=True, override=True
    )
    referrer = cloudfront.ResponseHeadersReferrerPolicy(
        referrer_policy=cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override=True
    )
    frame = cloudfront.ResponseHeadersFrameOptions(frame_option=cloudfront.HeadersFrameOption.DENY, override=True)
    return cloudfront.ResponseSecurityHeadersBehavior(
        content_security_policy=policy,
        content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
        frame_options=frame,
        referrer_policy=referrer,
        strict_transport_security=strict,
    )
