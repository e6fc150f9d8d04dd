"""The system of a partner that topics call over HTTP: it confirms subscriptions and keeps what it gets."""

import contextlib
import json
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class Partner:
    """A web server on the loopback interface. Each project calls it under a path of its own."""

    def __init__(self) -> None:
        self._got: list[tuple[str, dict[str, Any]]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self._got))

    def start(self) -> Self:
        """Begin to answer."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def stop(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()

    def address(self, path: str) -> str:
        """Return where a project calls. HTTPS, as its parameter wants; the emulator speaks HTTP on this machine."""
        return f"https://127.0.0.1:{self._server.server_port}/{path}"

    def got(self, path: str) -> list[dict[str, Any]]:
        """Return what came under a path, in its order."""
        return [body for where, body in list(self._got) if where.strip("/") == path]


def _handler(got: list[tuple[str, dict[str, Any]]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Keep the message, and answer with the address that confirms when it asks for that."""
            body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))))
            got.append((self.path, body))
            self.send_response(200)
            self.end_headers()
            if body.get("Type") == "SubscriptionConfirmation":
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(body["SubscribeURL"], timeout=30).close()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler
