"""Webhooks that are genuine or forged, sent to emitted programs in the process of a worker. A job is [folder].

Programs run as in `forge`: what they would do with a webhook is recorded instead.
"""

import base64
import hashlib
import hmac
import io
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

_BODY = '{"name": "n"}'
_KEY, _BEFORE, _OTHER = b"the key of the sender, 24 b", b"the key that was replaced, b", b"the key of somebody else, b"
_CALL = {"method": "POST", "path": "/items", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "t"}


@dataclass(frozen=True)
class Webhook:
    """A request: its headers, its body, and whether its entry hands the body over in Base64."""

    headers: Mapping[str, str]
    body: str = _BODY
    encoded: bool = False


def answers(jobs: list[list[Any]]) -> Iterator[list[str]]:
    """Yield the names of the webhooks that each program accepts."""
    for (folder,) in jobs:
        yield [*accepted(Path(folder), _webhooks(), hours=1), *accepted(Path(folder), _later(), hours=48)]


def accepted(folder: Path, webhooks: Mapping[str, Webhook], hours: int) -> list[str]:
    """Return the webhooks that a program accepts; its secret was replaced some hours ago."""
    boto3 = SimpleNamespace(client=lambda *_a, **_k: _Secrets(hours))
    found: list[str] = []
    forge = import_module("forge")
    with forge._program(Path(folder), log=forge._Log(), PATH_PREFIX="", boto3=boto3) as (load, seen):
        serves = (folder / "main.py").exists()
        entry = load("main").application if serves else load("app").handler
        for name, webhook in webhooks.items():
            if serves and webhook.encoded:
                # Nothing encodes the body of a request to a web server, so there is no such forgery.
                found += [name] if name.startswith("genuine") else []
                continue
            for given in (
                [(_environ(webhook), lambda *_: None)] if serves else [(e, forge._context()) for e in _events(webhook)]
            ):
                seen.clear()
                with suppress(Exception):
                    list(entry(*given))
                found += [name] if seen else []
    return list(dict.fromkeys(found))


class _Secrets:
    """Secrets Manager with one secret, which was replaced once."""

    exceptions = SimpleNamespace(ResourceNotFoundException=LookupError)

    def __init__(self, hours: int) -> None:
        self.changed = datetime.now(UTC) - timedelta(hours=hours)

    def get_secret_value(self, VersionStage: str = "AWSCURRENT", **_: Any) -> dict[str, Any]:
        key = _BEFORE if VersionStage == "AWSPREVIOUS" else _KEY
        return {"SecretString": f"whsec_{base64.b64encode(key).decode()}", "CreatedDate": self.changed}


def _signed(
    key: bytes = _KEY, body: str = _BODY, id: str = "msg_1", seconds: int = 0, version: str = "v1"
) -> dict[str, str]:
    timestamp = str(int(time.time()) + seconds)
    digest = hmac.new(key, f"{id}.{timestamp}.{body}".encode(), hashlib.sha256).digest()
    signature = f"{version},{base64.b64encode(digest).decode()}"
    return {"webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature}


def _webhooks() -> dict[str, Webhook]:
    """Return webhooks by what distinguishes them."""
    good, old = _signed(), _signed(seconds=-600)
    several = " ".join(("v1a,b3RoZXI=", _signed(_OTHER)["webhook-signature"], good["webhook-signature"]))
    return {
        "genuine": Webhook(good),
        "genuine in Base64": Webhook(good, encoded=True),
        "genuine with one of several signatures": Webhook({**good, "webhook-signature": several}),
        "genuine by the previous secret": Webhook(_signed(_BEFORE)),
        "without headers": Webhook({}),
        "without a signature": Webhook({**good, "webhook-signature": ""}),
        "with the version of a signature only": Webhook({**good, "webhook-signature": "v1,"}),
        "signed by another key": Webhook(_signed(_OTHER)),
        "signed by an empty key": Webhook(_signed(b"")),
        "of an unknown version": Webhook(_signed(version="v0")),
        "with an altered body": Webhook(good, body='{"name": "m"}'),
        "with an altered body in Base64": Webhook(good, body='{"name": "m"}', encoded=True),
        "with added white space": Webhook(good, body=f"{_BODY} "),
        "with an old timestamp": Webhook(old),
        "with a future timestamp": Webhook(_signed(seconds=600)),
        "with an altered timestamp": Webhook({**old, "webhook-timestamp": good["webhook-timestamp"]}),
        "with a timestamp that is no number": Webhook({**good, "webhook-timestamp": "nan"}),
        "with an altered ID": Webhook({**good, "webhook-id": "msg_2"}),
        "without an ID": Webhook(_signed(id="")),
        "with another division into ID and body": Webhook(_moved()),
    }  # fmt: skip


def _moved() -> dict[str, str]:
    """Return headers by which full stops in the ID would hide what was signed as another ID, timestamp and body."""
    timestamp = str(int(time.time()))
    signed = _signed(body=f"{timestamp}.{_BODY}")
    return {**signed, "webhook-id": f"msg_1.{signed['webhook-timestamp']}", "webhook-timestamp": timestamp}


def _later() -> dict[str, Webhook]:
    """Return what is forged two days after the secret was replaced."""
    return {"signed by the previous secret, two days later": Webhook(_signed(_BEFORE))}


def _environ(webhook: Webhook) -> dict[str, Any]:
    body = webhook.body.encode()
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in webhook.headers.items()}
    return {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/items", "CONTENT_LENGTH": str(len(body)), "QUERY_STRING": "",
        "wsgi.input": io.BytesIO(body), **headers,
    }  # fmt: skip


def _events(webhook: Webhook) -> Iterator[dict[str, Any]]:
    """Yield a webhook as an HTTP API or function URL, a REST API and a load balancer hand it over."""
    body = base64.b64encode(webhook.body.encode()).decode() if webhook.encoded else webhook.body
    sent = {"headers": dict(webhook.headers), "body": body, "isBase64Encoded": webhook.encoded}
    context = {"requestId": "r1", "stage": "$default", "http": _CALL, "routeKey": "POST /items"}
    yield {"version": "2.0", "routeKey": "POST /items", "rawPath": "/items", "rawQueryString": "", "requestContext": context, **sent}  # fmt: skip
    old: dict[str, Any] = {
        "httpMethod": "POST",
        "path": "/items",
        "resource": "/items",
        "multiValueHeaders": {},
        "queryStringParameters": None,
    }
    named = {"headers": {name.title(): value for name, value in webhook.headers.items()}}
    place = {"requestId": "r1", "stage": "dev", "path": "/items", "resourcePath": "/items", "httpMethod": "POST"}
    yield {**old, **sent, **named, "requestContext": {**place, "identity": {"sourceIp": "192.0.2.1"}}}
    yield {
        **old,
        **sent,
        "queryStringParameters": {},
        "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing"}},
    }


if __name__ == "__main__":
    import sys

    print(json.dumps(list(answers([[sys.argv[1]]]))))
