"""An existing identity provider: it publishes its keys by OpenID Connect discovery, and issues tokens."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

KEY_ID = "provider-1"
AUDIENCE = "orders-api"
_BYTES = 256
_EXPONENT = 65537
#: The DER prefix of a SHA-256 digest in a signature (RFC 8017, 9.2, note 1).
_SHA_256 = bytes.fromhex("3031300d060960864801650304020105000420")


class Provider:
    """A web server on the loopback interface with its own signing key (RSA, 2048 bits, generated at the start)."""

    def __init__(self) -> None:
        p, q = _prime(), _prime()
        self._modulus, self._secret = p * q, pow(_EXPONENT, -1, (p - 1) * (q - 1))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))

    def start(self) -> Self:
        """Start the server."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def stop(self) -> None:
        """Stop the server."""
        self._server.shutdown()
        self._server.server_close()

    @property
    def issuer(self) -> str:
        """The issuer URL: HTTPS, as the parameter requires; functions of the emulator use HTTP on this machine."""
        return f"https://127.0.0.1:{self._server.server_port}"

    def published(self, path: str) -> dict[str, Any] | None:
        """Return the document at a path, or None."""
        key = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": KEY_ID}
        key |= {"n": _text(self._modulus.to_bytes(_BYTES)), "e": _text(_EXPONENT.to_bytes(3))}
        documents: dict[str, dict[str, Any]] = {
            "/.well-known/openid-configuration": {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"},
            "/keys": {"keys": [key]},
        }
        return documents.get(path)

    def token(self, **changed: object) -> str:
        """Return a token of a user, with changed claims."""
        claims = {"iss": self.issuer, "sub": "somebody", "aud": AUDIENCE, "exp": int(time.time()) + 600, **changed}
        words = ".".join(_text(json.dumps(part).encode()) for part in ({"alg": "RS256", "kid": KEY_ID}, claims))
        digest = _SHA_256 + hashlib.sha256(words.encode()).digest()
        padded = b"\x00\x01" + b"\xff" * (_BYTES - len(digest) - 3) + b"\x00" + digest
        return f"{words}.{_text(pow(int.from_bytes(padded), self._secret, self._modulus).to_bytes(_BYTES))}"


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _prime() -> int:
    """Return a prime of 1024 bits that is valid for the exponent, large enough for a modulus of 2048 bits."""
    while True:
        candidate = secrets.randbits(1024) | 3 << 1022 | 1
        if (
            candidate % _EXPONENT != 1
            and all(candidate % small for small in range(3, 2000, 2))
            and _is_prime(candidate)
        ):
            return candidate


def _is_prime(number: int) -> bool:
    """Return whether a number passes 16 rounds of the Miller-Rabin test."""
    twos = ((number - 1) & -(number - 1)).bit_length() - 1
    odd = (number - 1) >> twos
    for _ in range(16):
        power = pow(secrets.randbelow(number - 3) + 2, odd, number)
        if power == 1:
            continue
        for _ in range(twos):
            if power == number - 1:
                break
            power = pow(power, 2, number)
        else:
            return False
    return True


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer with the published document."""
            document = provider.published(self.path)
            self.send_response(200 if document else 404)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(document).encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Log nothing."""

    return Handler
