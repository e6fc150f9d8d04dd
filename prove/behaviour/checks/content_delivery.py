"""Content delivery: nobody bypasses the distribution before a function URL, and no caller gets a response of another.

* A function URL without IAM authentication answers everybody, and one that any distribution may call answers whoever
  makes a distribution. CloudFront signs its requests only with an origin access control
  (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html,
  read 2026-11-30).
* CloudFront reaches an internal load balancer through a VPC origin, whose requests come from its managed prefix list
  (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html, read 2026-11-30).
* CloudFront returns a response to whoever sends a request with the same cache key. By default, the key has no header
  (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-the-cache-key.html, read 2026-11-30).
* CloudFront forwards a request by the first behavior whose path pattern matches, or else by the default one, and refuses
  methods that the behavior does not allow
  (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html, read 2026-11-30).
* A custom error page replaces the errors of all origins of a distribution, also those of an API
  (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/GeneratingCustomErrorResponses.html, read 2026-11-30).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from advisor.requirements.model import Subject
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.references import ids_in
from prove.readback import Stack
from prove.readback.stack import Resource

DISTRIBUTION, URL = "AWS::CloudFront::Distribution", "AWS::Lambda::Url"
_PERMISSION, _CACHING = "AWS::Lambda::Permission", "AWS::CloudFront::CachePolicy"
_BY_URL = "lambda:InvokeFunctionUrl"
_CLOUDFRONT = "cloudfront.amazonaws.com"
#: AWS's "CachingDisabled" policy (docs: using-managed-cache-policies).
_NEVER = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
#: AWS's "AllViewerExceptHostHeader" policy: API Gateway and function URLs answer to their own host name alone.
_ALL_BUT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
_PAGES = "site/app.js"
#: Whether pages send their requests to the host that they come from, and the method and path of each request.
_SAME_HOST = re.compile(r"\bfetch\(path\b")
_SENT = re.compile(r"""\bapi\('([A-Z]+)'[^'"`]*['"`](/[^'"`?]*)""")
_FILLED_IN = re.compile(r"\$\{[^}]*\}")
#: Ways of authentication that the header `Authorization` carries out.
_WITH_TOKENS = ("sign-up", "existing-provider", "aws-iam")


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield ways around a distribution, caches that several callers share, and requests that it leads elsewhere, each once."""
    yield from dict.fromkeys(_problems(evidence))


def _problems(evidence: Evidence) -> Iterator[Problem]:
    stack = evidence.stack
    components: Sequence[Subject] = evidence.requirements.components
    subjects = {str(one.id): one for one in components}
    for distribution in stack.of_type(DISTRIBUTION):
        config = distribution.properties.get("DistributionConfig", {})
        for origin in config.get("Origins", ()):
            yield from _inner(stack, distribution, origin)
            for id in ids_in(origin.get("DomainName")):
                if id in stack.resources and stack.resources[id].type == URL:
                    yield from _around(stack, distribution, origin, stack.resources[id])
        component = subjects.get(distribution.owner.node.partition(".")[0])
        yield from _site_with_api(evidence, distribution, config)
        for behavior in _forwarding(config):
            yield from _shared(stack, distribution, behavior, _headers(component) if component else {})
            if behavior.get("OriginRequestPolicyId") != _ALL_BUT_HOST:
                message = (
                    "It forwards not all that the API needs, or the host name of viewers, for which no API answers."
                )
                yield Problem("viewer-host", distribution.id, message, DISTRIBUTION)


def _inner(stack: Stack, distribution: Resource, origin: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the ways to a load balancer past the distribution, and what keeps the distribution from it."""
    ways = [stack.resources[id] for id in ids_in(origin.get("VpcOriginConfig", {})) if id in stack.resources]
    for way in ways:
        config = way.properties.get("VpcOriginEndpointConfig", {})
        if config.get("OriginProtocolPolicy") != "https-only":
            yield Problem("plain-origin", way.id, "It sends requests over plain HTTP to a load balancer.", way.type)
        for balancer in (stack.resources[id] for id in ids_in(config.get("Arn")) if id in stack.resources):
            if balancer.properties.get("Scheme") != "internal":
                message = f"It is on the internet, past {distribution.id}."
                yield Problem("around-the-cdn", balancer.id, message, balancer.type)
            groups = [stack.resources[id] for id in ids_in(balancer.properties.get("SecurityGroups"))]
            rules = [rule for group in groups for rule in group.properties.get("SecurityGroupIngress", ())]
            if any("CidrIp" in rule or "CidrIpv6" in rule for rule in rules):
                message = f"Others than {distribution.id} reach it by their address."
                yield Problem("around-the-cdn", balancer.id, message, balancer.type)
            if not any("SourcePrefixListId" in rule for rule in rules):
                yield Problem("closed-to-the-cdn", balancer.id, f"{distribution.id} does not reach it.", balancer.type)


def _around(stack: Stack, distribution: Resource, origin: Mapping[str, Any], url: Resource) -> Iterator[Problem]:
    """Yield the ways to call a function URL past its distribution, or a distribution that cannot call it."""
    if url.properties.get("AuthType") != "AWS_IAM":
        message = f"Everybody calls it past {distribution.id}, because it asks for no signature."
        yield Problem("around-the-cdn", url.id, message, URL)
    access = [stack.resources[id] for id in ids_in(origin.get("OriginAccessControlId")) if id in stack.resources]
    signing = [one.properties.get("OriginAccessControlConfig", {}) for one in access]
    if not any(
        (one.get("OriginAccessControlOriginType"), one.get("SigningBehavior")) == ("lambda", "always")
        for one in signing
    ):
        yield Problem("unsigned-origin", distribution.id, f"It does not sign its requests to {url.id}.", DISTRIBUTION)
    function, let_in = {*ids_in(url.properties.get("TargetFunctionArn"))}, set()
    for permission in stack.of_type(_PERMISSION):
        through = permission.properties.get("InvokedViaFunctionUrl") or permission.properties.get("Action") == _BY_URL
        if not through or not function & {*ids_in(permission.properties.get("FunctionName"))}:
            continue
        let_in.add(str(permission.properties.get("Action")))
        source = ids_in(permission.properties.get("SourceArn", ""))
        if permission.properties.get("Principal") != _CLOUDFRONT or distribution.id not in source:
            message = f"Others than {distribution.id} may call {url.id}."
            yield Problem("around-the-cdn", permission.id, message, _PERMISSION)
    if missing := {_BY_URL, "lambda:InvokeFunction"} - let_in:
        yield Problem("unsigned-origin", url.id, f"{distribution.id} has no permission for {min(missing)}.", URL)


def _site_with_api(evidence: Evidence, distribution: Resource, config: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield requests of the pages of a site that never reach the API under its host name, and errors that become pages."""
    if "DefaultRootObject" not in config:
        return
    through = any(True for _ in _forwarding(config))
    for response in config.get("CustomErrorResponses", ()) if through else ():
        if "ResponsePagePath" in response:
            message = f"The page {response['ResponsePagePath']} replaces the error {response['ErrorCode']} of the API."
            yield Problem("rewritten-error", distribution.id, message, DISTRIBUTION)
    pages = evidence.folder / _PAGES
    code = pages.read_text("utf-8") if pages.is_file() else ""
    for method, path in sorted({*_SENT.findall(code)}) if _SAME_HOST.search(code) else ():
        sent = _FILLED_IN.sub("x", path)
        behavior = _behavior_of(config, sent)
        if behavior not in _forwarding(config) or method not in behavior.get("AllowedMethods", ("GET", "HEAD")):
            message = f"A page sends {method} {sent}, which never reaches the API."
            yield Problem("unrouted-request", distribution.id, message, DISTRIBUTION)


def _behavior_of(config: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    """Return the behavior by which CloudFront handles a path: `*` stands for any text, `?` for any character."""
    for behavior in config.get("CacheBehaviors", ()):
        pattern = re.escape(str(behavior["PathPattern"]).lstrip("/")).replace(r"\*", ".*").replace(r"\?", ".")
        if re.fullmatch(pattern, path.lstrip("/")):
            return dict(behavior)
    return dict(config["DefaultCacheBehavior"])


def _forwarding(config: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the behaviors of a distribution whose origin is no bucket."""
    buckets = {one["Id"] for one in config.get("Origins", ()) if "S3OriginConfig" in one}
    for behavior in (config.get("DefaultCacheBehavior", {}), *config.get("CacheBehaviors", ())):
        if behavior.get("TargetOriginId") not in buckets:
            yield behavior


def _headers(component: Subject) -> dict[str, str]:
    """Return the headers by which callers of a component say who they are, in lower case, and as they are written."""
    tokens = component.answer("authentication") in _WITH_TOKENS
    named = ["Authorization"] * tokens + ["x-api-key"] * (component.answer("api_keys") is True)
    return {header.lower(): header for header in named}


def _shared(
    stack: Stack, distribution: Resource, behavior: Mapping[str, Any], told_apart: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield the headers by which callers are told apart, but not their cached responses."""
    if behavior.get("CachePolicyId") == _NEVER:
        return
    policies = [stack.resources[id] for id in ids_in(behavior.get("CachePolicyId")) if id in stack.resources]
    keyed: set[str] = set()
    for policy in (one for one in policies if one.type == _CACHING):
        config = policy.properties.get("CachePolicyConfig", {})
        if str(config.get("MaxTTL")) == "0":
            return
        key = config.get("ParametersInCacheKeyAndForwardedToOrigin", {})
        keyed |= {str(name).lower() for name in key.get("HeadersConfig", {}).get("Headers", ())}
    for name in sorted({*told_apart} - keyed):
        message = f"Cached responses do not depend on {told_apart[name]}, so that a caller gets that of another."
        yield Problem("shared-response", (policies or [distribution])[0].id, message, _CACHING)
