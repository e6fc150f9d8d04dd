"""Approval attempts on a generated endpoint, in a worker process: by identity, repetition, method and time.

A job is [folder of the endpoint, folder of a program that asks by itself or "", payload by which a state machine asks].
Stores are emulated by moto; what completes a task, and what is mailed, is recorded instead. The answer is a list of
what went wrong: names of the rules of `prove/behaviour/checks/approvals.py`.
"""

import importlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import boto3
import botocore.client
from moto import mock_aws

ADA = "arn:aws:sts::123456789012:assumed-role/approvers/ada"
MALLORY = "arn:aws:sts::123456789012:assumed-role/others/mallory"
TOKEN = "b3BlbiBzZXNhbWU"
_ENDS = re.compile(r"Send(Task|DurableExecutionCallback)(Success|Failure)")
_VARIABLE = re.compile(r'environ(?:\.get)?[\[(]"(\w+)"')
_CONTEXT = SimpleNamespace(
    function_name="f", memory_limit_in_mb=128, aws_request_id="r1", client_context=None,
    invoked_function_arn="arn:aws:lambda:us-east-1:123456789012:function:f",
)  # fmt: skip


def answers(jobs: list[list[Any]]) -> Iterator[list[str]]:
    """Yield the faults that each job found."""
    for endpoint, asker, payload in jobs:
        yield sorted({rule for scene in _SCENES for rule in _played(scene, Path(endpoint), asker, payload)})


class Scene:
    """One request that waits for a decision, with all that was mailed and completed."""

    def __init__(self, endpoint: Path, asker: str, payload: dict[str, Any] | None) -> None:
        self.mails: list[str] = []
        self.ended: list[tuple[str, dict[str, Any]]] = []
        self._endpoint, self._asker, self._payload = endpoint, asker, payload

    def ask(self, within_s: int = 600) -> str:
        """Request an approval as the project does, and return the end of the link in the email."""
        if self._payload is not None:
            with _program(self._endpoint) as load:
                load("app").handler({**self._payload, "token": TOKEN, "within_s": within_s}, _CONTEXT)
        else:
            with _program(Path(self._asker)) as load:
                load("approval").ask("work", "run-1", TOKEN, {"id": "i1"}, within_s)
        found = re.search(r"https?://[^\s/]+/([\w.~-]+)", self.mails[-1])
        return found[1] if found else ""

    def call(self, request: str, method: str = "POST", by: str = ADA, **fields: str) -> tuple[int, str]:
        """Send a request as API Gateway passes it on; `by` is the signer, "" for none."""
        event = {
            "version": "2.0", "routeKey": f"{method} /{{request}}", "rawPath": f"/{request}", "headers": {"x-caller-id": MALLORY},
            "pathParameters": {"request": request}, "queryStringParameters": fields, "body": urlencode(fields),
            "isBase64Encoded": False, "requestContext": {
                "http": {"method": method, "path": f"/{request}"}, "authorizer": {"iam": {"userArn": by}} if by else {}},
        }  # fmt: skip
        with _program(self._endpoint) as load, suppress(Exception):
            answer = load("app").handler(event, _CONTEXT)
            return answer["statusCode"], str(answer["body"])
        return 500, ""

    def called(self, original: Any, client: Any, operation: str, given: dict[str, Any]) -> Any:
        """Record sent emails and completed tasks; moto answers all other calls."""
        if operation == "Publish":
            self.mails.append(json.dumps(given) + " " + str(given.get("Message", "")))
            return {"MessageId": "m1"}
        if _ENDS.fullmatch(operation):
            self.ended.append((operation, given))
            return {}
        return original(client, operation, given)


def create_table(name: str) -> None:
    """Create a table of task tokens."""
    boto3.resource("dynamodb", region_name="us-east-1").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )


def _played(scene: Callable[[Scene], Iterator[str]], endpoint: Path, asker: str, payload: Any) -> Iterator[str]:
    told = Scene(endpoint, asker, payload)
    original = botocore.client.BaseClient._make_api_call

    def call(client: Any, operation: str, given: dict[str, Any]) -> Any:
        return told.called(original, client, operation, given)

    with mock_aws(), patch.object(botocore.client.BaseClient, "_make_api_call", call):
        create_table("APPROVALS_TABLE_NAME")
        yield from scene(told)


def mailed(scene: Scene) -> Iterator[str]:
    """A mail holds no token and leads to a request that can be decided."""
    request = scene.ask()
    if any(TOKEN in mail for mail in scene.mails):
        yield "token-by-mail"
    scene.call(request, decision="approve")
    if len(scene.ended) != 1 or "Success" not in scene.ended[0][0]:
        yield "approval-does-not-arrive"


def opened(scene: Scene) -> Iterator[str]:
    """A link that is opened, by whomever, shows no token and decides nothing."""
    request = scene.ask()
    answers = [scene.call(request, "GET", decision=word) for word in ("approve", "reject")]
    if scene.ended:
        yield "decided-by-get"
    if any(TOKEN in body for _, body in answers):
        yield "token-is-shown"


def forged(scene: Scene) -> Iterator[str]:
    """Who decides is who signed."""
    request, names = scene.ask(), dict.fromkeys(("decided_by", "caller", "userArn", "approver", "user"), MALLORY)
    scene.call(request, by="", decision="approve", **names)
    if scene.ended:
        yield "decided-unsigned"
    scene.call(request, decision="reject", reason="too dear", **names)
    _, shown = scene.call(request, "GET")
    said = (str(scene.ended), shown)
    if any(MALLORY in words for words in said):
        yield "decided-by-another"
    if not all(ADA in words and "too dear" in words for words in said):
        yield "decision-not-recorded"


def repeated(scene: Scene) -> Iterator[str]:
    """A second decision changes nothing, and is answered with a sentence."""
    request = scene.ask()
    scene.call(request, decision="approve")
    for caller, decision in ((ADA, "approve"), (ADA, "reject"), (MALLORY, "approve")):
        refused = _refuses(*scene.call(request, by=caller, decision=decision, reason="too dear"))
        if len(scene.ended) > 1:
            yield "decided-twice"
        elif not refused:
            yield "refused-without-a-word"


def late(scene: Scene) -> Iterator[str]:
    """A decision after the time of a request completes nothing, and is answered with a sentence."""
    request = scene.ask(within_s=-5)
    refused = _refuses(*scene.call(request, decision="approve"))
    if scene.ended:
        yield "decided-late"
    elif not refused:
        yield "refused-without-a-word"


def _refuses(status: int, body: str) -> bool:
    """Return whether an answer refuses a decision with a sentence."""
    return 400 <= status < 500 and len(str(json.loads(body).get("message", "")).split()) > 2


_SCENES = (mailed, opened, forged, repeated, late)


@contextmanager
def _program(folder: Path) -> Iterator[Callable[[str], Any]]:
    """Yield what loads modules of a folder afresh; every variable that a program asks for holds its own name."""
    before, path = dict(sys.modules), list(sys.path)
    sources = {file.stem: file.read_text("utf-8") for file in folder.glob("*.py")}
    for name in sources:
        sys.modules.pop(name, None)
    sys.path.insert(0, str(folder))
    asked = {name: name for source in sources.values() for name in _VARIABLE.findall(source)}
    fixed = {
        "AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing",
        "POWERTOOLS_TRACE_DISABLED": "true", "POWERTOOLS_LOG_LEVEL": "CRITICAL",
    }  # fmt: skip
    try:
        with patch.dict(os.environ, asked | fixed | {"APPROVALS_URL": "https://approvals.example.com"}):
            yield importlib.import_module
    finally:
        sys.path[:] = path
        for name in sources:
            sys.modules.pop(name, None)
        sys.modules |= {name: module for name, module in before.items() if name not in sys.modules}
