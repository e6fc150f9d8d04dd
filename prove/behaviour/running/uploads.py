"""Uploads with presigned URLs, judged as S3 judges them: by the signature of the request that really arrives.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html (read 2026-11-28)
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from botocore.session import get_session

from prove.behaviour.running.cloud import Cloud, Stored

#: The credentials of the programs.
KEY_ID, SECRET, REGION = "AKIDEXAMPLE", "secret", "ap-northeast-1"
_ALGORITHM = "AWS4-HMAC-SHA256"


def presigned(operation: str, words: Mapping[str, Any], expires_s: int, config: Any) -> str:
    """Return the URL that the SDK signs with the client configuration of a program."""
    client = get_session().create_client(
        "s3", region_name=REGION, aws_access_key_id=KEY_ID, aws_secret_access_key=SECRET, config=config
    )
    return str(client.generate_presigned_url(operation, Params=dict(words), ExpiresIn=expires_s))


def put(cloud: Cloud, url: str, headers: Mapping[str, str], body: bytes, *, after_s: int = 0) -> int:
    """Upload as a client does, `after_s` seconds after the URL was signed, and return the status of S3."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    sent = {name.lower(): value for name, value in headers.items()}
    sent |= {"host": parts.netloc, "content-length": str(len(body))}
    if query.get("X-Amz-Algorithm") != _ALGORITHM or not hmac.compare_digest(*_signatures(parts.path, query, sent)):
        return 403
    signed = datetime.strptime(query["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    if timedelta(seconds=after_s) > timedelta(seconds=int(query["X-Amz-Expires"])) or signed > datetime.now(UTC):
        return 403
    bucket, key = _place(cloud, parts.netloc, unquote(parts.path).lstrip("/"))
    if sent.get("if-none-match") == "*" and key in cloud.buckets[bucket]:
        return 412
    cloud.writing(bucket, key)
    cloud.buckets[bucket][key] = Stored(body, sent.get("content-type", ""))
    return 200


def _place(cloud: Cloud, host: str, path: str) -> tuple[str, str]:
    """Return the bucket and the key of a URL: the bucket is the first label of the host, or of the path."""
    first = host.partition(".")[0]
    if first in cloud.buckets:
        return first, path
    bucket, _, key = path.partition("/")
    return bucket, key


def _signatures(path: str, query: dict[str, str], headers: Mapping[str, str]) -> tuple[str, str]:
    """Return the signature of a URL, and the one that the request would have to have."""
    names = query["X-Amz-SignedHeaders"]
    words = {name: value for name, value in query.items() if name != "X-Amz-Signature"}
    request = [
        "PUT",
        path,
        "&".join(f"{quote(name, '')}={quote(value, '')}" for name, value in sorted(words.items())),
        *(f"{name}:{headers.get(name, '').strip()}" for name in names.split(";")),
        "",
        names,
        "UNSIGNED-PAYLOAD",
    ]
    scope = query["X-Amz-Credential"].partition("/")[2]
    key = f"AWS4{SECRET}".encode()
    for word in scope.split("/"):
        key = hmac.digest(key, word.encode(), "sha256")
    hashed = hashlib.sha256("\n".join(request).encode()).hexdigest()
    text = "\n".join([_ALGORITHM, query["X-Amz-Date"], scope, hashed])
    return query["X-Amz-Signature"], hmac.digest(key, text.encode(), "sha256").hex()
