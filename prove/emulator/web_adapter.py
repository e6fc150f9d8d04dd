"""A stand-in for the Lambda Web Adapter, whose binary no registry here has: `python web_adapter.py COMMAND...`.

It takes invocations on the port in `PORT` like the runtime interface emulator of Lambda, starts the program with a port of its
own, waits until its readiness check succeeds, and passes each event on as an HTTP request, one at a time. The variables
and the header are those of the adapter: https://awslabs.github.io/aws-lambda-web-adapter/ (read 2026-11-29).
"""

import base64
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import urlencode

Json = dict[str, Any]
CONTEXT_HEADER = "x-amzn-request-context"
READY_WITHIN_S = 10.0


def request_of(event: Json) -> tuple[str, str, dict[str, str], bytes]:
    """Return the method, path with query, headers and body of an event of an API, a function URL or a load balancer."""
    context = event.get("requestContext") or {}
    if "http" in context:
        method, path, query = context["http"]["method"], event["rawPath"], event.get("rawQueryString", "")
        headers = dict(event.get("headers") or {}) | (
            {"cookie": "; ".join(cookies)} if (cookies := event.get("cookies")) else {}
        )
    else:
        method, path = event["httpMethod"], event["path"]
        several = event.get("multiValueQueryStringParameters") or event.get("queryStringParameters") or {}
        query = urlencode(several, doseq=True)
        headers = {name: ",".join(values) for name, values in (event.get("multiValueHeaders") or {}).items()}
        headers |= event.get("headers") or {}
    headers = {name.lower(): value for name, value in headers.items()}
    body = event.get("body") or ""
    content = base64.b64decode(body) if event.get("isBase64Encoded") else body.encode()
    headers |= {CONTEXT_HEADER: json.dumps(context), "content-length": str(len(content))}
    return method, f"{path}?{query}" if query else path, headers, content


class Adapter:
    """The program behind the adapter, and the status codes that fail an invocation."""

    def __init__(self, command: list[str]) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = int(listener.getsockname()[1])
        self._failing = os.environ.get("AWS_LWA_ERROR_STATUS_CODES", "").split(",")
        self._process = subprocess.Popen(command, env=os.environ | {"PORT": str(self.port)})
        self._wait(os.environ.get("AWS_LWA_READINESS_CHECK_PATH", "/"))

    def _wait(self, path: str) -> None:
        until = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < until and self._process.poll() is None:
            try:
                if self.ask("GET", path, {}, b"")[0] < 500:
                    return
            except OSError:
                time.sleep(0.01)
        sys.exit("The program does not answer its readiness check.")

    def stop(self) -> None:
        """End the program: as Lambda does, with SIGKILL if it does not end on SIGTERM."""
        self._process.terminate()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def ask(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        """Return the status, headers and body of the program's response."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=900)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def invoke(self, event: Json) -> Json:
        """Return the result of an invocation: a response, or an error if the status is one that fails it."""
        status, headers, content = self.ask(*request_of(event))
        if str(status) in self._failing:
            return {
                "errorType": "Error",
                "errorMessage": f"Request failed with configured error status code: {status}",
            }
        try:
            body, encoded = content.decode(), False
        except UnicodeDecodeError:
            body, encoded = base64.b64encode(content).decode(), True
        return {"statusCode": status, "headers": headers, "body": body, "isBase64Encoded": encoded}


def main(command: list[str]) -> None:
    """Serve invocations until stopped."""
    adapter = Adapter(command)

    def ended(*_: object) -> None:
        """End the program with its container."""
        adapter.stop()
        sys.exit()

    signal.signal(signal.SIGTERM, ended)

    class Invocations(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Answer an invocation."""
            event = json.loads(self.rfile.read(int(self.headers["content-length"])))
            result = json.dumps(adapter.invoke(event)).encode()
            self.send_response(200)
            if b'"errorType"' in result:
                self.send_header("Lambda-Runtime-Function-Error-Type", "Error")
            self.send_header("Content-Length", str(len(result)))
            self.end_headers()
            self.wfile.write(result)

        def log_message(self, *_: object) -> None:
            """Print nothing: the output is that of the program."""

    HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Invocations).serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
