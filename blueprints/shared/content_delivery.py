"""Shared by distributions before entries: which responses are cached, and the origins that AWS gives a host name."""

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints import settings
from blueprints.plan.routes import called_from_browsers
from blueprints.stack.scope import Json, Scope
from blueprints.traits.cloudfront import DEFAULT_WAIT_S, ENCRYPTED_ORIGIN, ORIGIN
from blueprints.values import unique

_YEAR_S = 31536000
_ONLY_WHERE_STATED = Text(
    "Only responses with the header Cache-Control: max-age are cached, because the default TTL is 0.",
    "デフォルトの TTL が 0 のため、キャッシュされるのは Cache-Control: max-age ヘッダーのあるレスポンスだけです。",
)


def cache_policy(scope: Scope, node: Node, entry: Node) -> None:
    """Add the policy by which responses of an entry are cached: only where the program states how long.

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html (read 2026-11-30)
    """
    headers = keyed_headers(scope, entry)
    listed = {"HeaderBehavior": "whitelist", "Headers": headers} if headers else {"HeaderBehavior": "none"}
    id = f"{scope.name(node.id)}CachePolicy"
    config: Json = {
        "Name": unique(id),
        "MinTTL": 0,
        "DefaultTTL": 0,
        "MaxTTL": _YEAR_S,
        "ParametersInCacheKeyAndForwardedToOrigin": {
            "CookiesConfig": {"CookieBehavior": "none"},
            "HeadersConfig": listed,
            "QueryStringsConfig": {"QueryStringBehavior": "all"},
            "EnableAcceptEncodingGzip": True,
            "EnableAcceptEncodingBrotli": True,
        },
    }
    properties = {"CachePolicyConfig": config}
    scope.add(id, "AWS::CloudFront::CachePolicy", properties, node=node.id, why=_ONLY_WHERE_STATED)


def keyed_headers(scope: Scope, entry: Node) -> list[str]:
    """Return the headers that are part of the cache key, so that no caller gets the response of another.

    A browser reads a response only with the CORS headers, which an API adds to those with an origin.
    """
    checked = bool(scope.architecture.leaving(entry.id, "authorize"))
    browsers = called_from_browsers(scope.architecture, entry)
    keyed = {"Authorization": checked, "Origin": browsers, "x-api-key": settings.flag(entry, "api_keys")}
    return [header for header, present in keyed.items() if present]


def origin_of_aws(scope: Scope, edge: Edge) -> Json:
    """Return an origin at the host name that AWS has given an entry, reached over TLS 1.2."""
    config = {**ENCRYPTED_ORIGIN, **origin_wait(scope, edge)}
    return {"Id": ORIGIN, "DomainName": scope.of(edge.target, "host"), "CustomOriginConfig": config}


def origin_wait(scope: Scope, edge: Edge) -> Json:
    """Return how long CloudFront waits for a response, where that is longer than by default."""
    waited = settings.number(scope.architecture.node(edge.target), "timeout_s")
    return {"OriginReadTimeout": waited} if waited > DEFAULT_WAIT_S else {}
