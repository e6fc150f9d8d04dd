"""The headers of every response: the content security policy, and restrictions for other sites."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class _Inline(HTMLParser):
    """Collects the inline scripts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and not dict(attrs).get("src")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts.append(data)


@cache
def content_security_policy() -> str:
    """Return the policy: everything comes from this server.

    Streamlit starts the scripts of the page's own components from `blob:` addresses, and its styles are written into the
    page by script; a script that stands in Streamlit's page itself is allowed by its digest alone. WebAssembly, which
    Streamlit's protocol counts with, may be compiled; a text may not be run as a script.
    """
    page = _Inline()
    page.feed((files("streamlit") / "static" / "index.html").read_text("utf-8"))
    digests = [b64encode(sha256(script.encode()).digest()).decode() for script in page.scripts]
    scripts = " ".join(["'self'", "blob:", "'wasm-unsafe-eval'", *(f"'sha256-{digest}'" for digest in digests)])
    rules = {
        "default-src": "'none'",
        "script-src": scripts,
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def security_headers() -> dict[str, str]:
    """Return the headers of every response. User answers are part of the address, so that no referrer is sent to other sites."""
    return {
        "content-security-policy": content_security_policy(),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }


class Headers:
    """An ASGI middleware that gives every answer its headers."""

    def __init__(self, app: ASGIApp) -> None:
        own = security_headers()
        self._app = app
        self._names = {name.encode() for name in own}
        self._headers = [(name.encode(), value.encode()) for name, value in own.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message["headers"] if pair[0].lower() not in self._names]
                message = {**message, "headers": [*kept, *self._headers]}
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
