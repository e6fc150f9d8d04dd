"""CloudFront signs its requests to a function URL if an origin access control asks for it, with the hash that a caller states.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
(read 2026-11-30). The emulator looks at the form of a signature only.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from ministack.services import cloudfront

HASH = "x-amz-content-sha256"


def install() -> None:
    """Add a signature to the requests that CloudFront sends to function URLs; one for another body is not valid."""
    fetch = cloudfront._fetch_from_function_url_origin

    async def fetched(
        host: str, origin: Any, method: str, uri: str, query: str, headers: Any, body: Any, *rest: Any
    ) -> Any:
        kept = headers
        if _signs(origin) and _states(headers, body or b""):
            kept = {**headers, "authorization": "AWS4-HMAC-SHA256 Credential=cloudfront"}
        return await fetch(host, origin, method, uri, query, kept, body, *rest)

    cloudfront._fetch_from_function_url_origin = fetched


def _signs(origin: Mapping[str, Any]) -> bool:
    access = cloudfront._oacs.get(origin.get("oac_id") or "")
    kind = access and (access["OriginAccessControlOriginType"], access["SigningBehavior"])
    return bool(kind == ("lambda", "always"))


def _states(headers: Mapping[str, Any], body: bytes) -> bool:
    stated = {name.lower(): value for name, value in headers.items()}.get(HASH)
    return not body or stated == hashlib.sha256(body).hexdigest()
