"""The stand-in for the Lambda Web Adapter: events become the requests that the adapter would send."""

import base64
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from prove.emulator import image_builds
from prove.emulator.web_adapter import Adapter, request_of

SIGNED_IN = {"authorizer": {"jwt": {"claims": {"sub": "alice"}}}}
#: A program that answers with what it was sent, and with the status that the path names.
ECHO = """
import json, os
from http.server import BaseHTTPRequestHandler, HTTPServer
class Echo(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"path": self.path, "context": self.headers.get("x-amzn-request-context", "")}).encode()
        self.send_response(500 if self.path == "/broken" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_): pass
HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Echo).serve_forever()
"""


def event(path: str, **more: Any) -> dict[str, Any]:
    context = {**SIGNED_IN, "http": {"method": "GET"}}
    return {"version": "2.0", "rawPath": path, "rawQueryString": "after=1", "requestContext": context, **more}


def test_an_event_of_an_http_api_is_a_request_with_its_context() -> None:
    method, path, headers, body = request_of(event("/items", headers={"X-Amzn-Request-Context": "forged", "A": "b"}))
    assert (method, path, body) == ("GET", "/items?after=1", b"")
    assert json.loads(headers["x-amzn-request-context"])["authorizer"] == SIGNED_IN["authorizer"]
    assert headers["a"] == "b"


def test_an_event_of_a_rest_api_with_a_binary_body_is_decoded() -> None:
    old = {
        "httpMethod": "POST", "path": "/items", "multiValueQueryStringParameters": {"a": ["1", "2"]},
        "multiValueHeaders": {"X": ["y"]}, "body": base64.b64encode(b"\x00").decode(), "isBase64Encoded": True,
    }  # fmt: skip
    method, path, headers, body = request_of(old)
    assert (method, path, headers["x"], body) == ("POST", "/items?a=1&a=2", "y", b"\x00")


def test_the_program_answers_and_a_configured_status_fails_the_invocation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "echo.py").write_text(ECHO)
    monkeypatch.setenv("AWS_LWA_ERROR_STATUS_CODES", "500")
    adapter = Adapter([sys.executable, str(tmp_path / "echo.py")])
    try:
        answer = adapter.invoke(event("/items"))
        assert (answer["statusCode"], json.loads(answer["body"])["path"]) == (200, "/items?after=1")
        assert adapter.invoke(event("/broken", rawQueryString=""))["errorMessage"].endswith("500")
    finally:
        adapter.stop()


def test_an_image_starts_as_its_dockerfile_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["FROM base", "EXPOSE 8080", "ENV A=1 \\", "    B=/two", 'CMD ["python", "main.py"]']
    monkeypatch.setenv(image_builds.SEARCHED, "/bin")
    (tmp_path / "Dockerfile").write_text("\n".join(lines))
    plain = image_builds.described(tmp_path)
    assert (plain["command"], plain["variables"]) == (["python", "main.py"], {"A": "1", "B": "/two"})
    (tmp_path / "Dockerfile").write_text(
        "\n".join([*lines, f"COPY --from=adapter /lambda-adapter {image_builds.ADAPTER}"])
    )
    assert image_builds.described(tmp_path)["command"][-2:] == ["python", "main.py"]  # type: ignore[index]
    assert "web_adapter.py" in str(image_builds.described(tmp_path)["command"])
    (tmp_path / "Dockerfile").write_text((tmp_path / "Dockerfile").read_text() + "\nENV AWS_LWA_PORT=3000")
    with pytest.raises(SystemExit, match="port"):
        image_builds.described(tmp_path)
