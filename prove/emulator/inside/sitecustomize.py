"""Loaded by every Python that the emulator starts: requests for the public keys of a token issuer go to this machine.

Libraries that verify tokens request keys from the issuer's URL. That of a user pool is an AWS endpoint: the request
goes to the emulator instead. That of an external provider is on this machine: the request goes without TLS.
"""

import os
import urllib.request
from typing import Any
from urllib.parse import urlsplit

_ISSUER = "cognito-idp."
_PROVIDER = "https://127.0.0.1:"
_open = urllib.request.OpenerDirector.open


def _local_url(address: str) -> str:
    if address.startswith(_PROVIDER):
        return address.replace("https:", "http:", 1)
    parts = urlsplit(address)
    is_user_pool = (parts.hostname or "").startswith(_ISSUER) and "AWS_ENDPOINT_URL" in os.environ
    return f"{os.environ['AWS_ENDPOINT_URL']}{parts.path}" if is_user_pool else address


def _opened(self: urllib.request.OpenerDirector, request: Any, *rest: Any, **options: Any) -> Any:
    if isinstance(request, urllib.request.Request):
        request.full_url = _local_url(request.full_url)
        return _open(self, request, *rest, **options)
    return _open(self, _local_url(request), *rest, **options)


urllib.request.OpenerDirector.open = _opened  # type: ignore[assignment, method-assign]
