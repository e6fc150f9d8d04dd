"""Loaded by every Python that the emulator starts: public keys of an issuer of tokens are found on this machine.

Libraries that check tokens ask the issuer's address. That of a user pool is one of AWS: the emulator is asked instead.
That of a foreign provider is this machine's own: it is asked without TLS.
"""

import os
import urllib.request
from typing import Any
from urllib.parse import urlsplit

_ISSUER = "cognito-idp."
_PROVIDER = "https://127.0.0.1:"
_open = urllib.request.OpenerDirector.open


def _here(address: str) -> str:
    if address.startswith(_PROVIDER):
        return address.replace("https:", "http:", 1)
    parts = urlsplit(address)
    known = (parts.hostname or "").startswith(_ISSUER) and "AWS_ENDPOINT_URL" in os.environ
    return f"{os.environ['AWS_ENDPOINT_URL']}{parts.path}" if known else address


def _opened(self: urllib.request.OpenerDirector, asked: Any, *rest: Any, **more: Any) -> Any:
    if isinstance(asked, urllib.request.Request):
        asked.full_url = _here(asked.full_url)
        return _open(self, asked, *rest, **more)
    return _open(self, _here(asked), *rest, **more)


urllib.request.OpenerDirector.open = _opened  # type: ignore[assignment, method-assign]
