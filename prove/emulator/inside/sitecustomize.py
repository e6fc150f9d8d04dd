"""Loaded by every Python that the emulator starts: public keys of a user pool are asked of the emulator.

The issuer of a token is an address of AWS; the libraries that check tokens ask that address.
"""

import os
import urllib.request
from typing import Any
from urllib.parse import urlsplit

_ISSUER = "cognito-idp."
_open = urllib.request.OpenerDirector.open


def _here(address: str) -> str:
    parts = urlsplit(address)
    known = (parts.hostname or "").startswith(_ISSUER) and "AWS_ENDPOINT_URL" in os.environ
    return f"{os.environ['AWS_ENDPOINT_URL']}{parts.path}" if known else address


def _opened(self: urllib.request.OpenerDirector, asked: Any, *rest: Any, **more: Any) -> Any:
    if isinstance(asked, urllib.request.Request):
        asked.full_url = _here(asked.full_url)
        return _open(self, asked, *rest, **more)
    return _open(self, _here(asked), *rest, **more)


urllib.request.OpenerDirector.open = _opened  # type: ignore[assignment, method-assign]
