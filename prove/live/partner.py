"""The system of a partner that topics call over HTTP: it confirms subscriptions and stores messages."""

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
        """Start the server."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def stop(self) -> None:
        """Stop the server."""
        self._server.shutdown()
        self._server.server_close()

    def address(self, path: str) -> str:
        """Return the URL for a project: HTTPS, as its parameter requires; the emulator uses HTTP on this machine."""
        return f"https://127.0.0.1:{self._server.server_port}/{path}"

    def messages(self, path: str) -> list[dict[str, Any]]:
        """Return the messages received under a path, in their order."""
        return [body for where, body in list(self._got) if where.strip("/") == path]


def _handler(got: list[tuple[str, dict[str, Any]]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Store the message, and confirm a subscription by calling its URL."""
            body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))))
            got.append((self.path, body))
            self.send_response(200)
            self.end_headers()
            if body.get("Type") == "SubscriptionConfirmation":
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(body["SubscribeURL"], timeout=30).close()

        def log_message(self, format: str, *args: Any) -> None:
            """Log nothing."""

    return Handler
