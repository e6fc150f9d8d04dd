"""Answers to a callback, sent to generated programs in a worker process: signed, forged, repeated, late and malformed.

A job is [folder of the program that asks, folder of the endpoint, payload by which the state machine asks]. Stores and secrets
are emulated by moto; what the outside system gets, and what completes a task, is recorded instead. The answer is a list of what
went wrong: names of the rules of `prove/behaviour/checks/callbacks.py`.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import boto3

_awaiting: Any = import_module("awaiting_programs")
_KEY, _OTHER = b"the key of the sender, 24 b", b"the key of somebody else, b"
TOKEN = _awaiting.TOKEN
_OUTPUT = {"score": 7}


def answers(jobs: list[list[Any]]) -> Iterator[list[str]]:
    """Yield the faults that each job found."""
    for asker, endpoint, payload in jobs:
        yield sorted({rule for scene in _SCENES for rule in _played(scene, Path(asker), Path(endpoint), payload)})


class Scene:
    """A run that waits for a callback, with all that was handed out and completed."""

    def __init__(self, asker: Path, endpoint: Path, payload: dict[str, Any]) -> None:
        self.handed: list[str] = []
        self.runs = _awaiting.Runs()
        self.ended: list[tuple[str, dict[str, Any]]] = self.runs.ended
        self._asker, self._endpoint, self._payload = asker, endpoint, payload

    def ask(self, within_s: int = 600, token: str = TOKEN, execution: str = "run-1") -> str:
        """Ask the outside system as the state machine does, and return the id that it gets."""
        step = {name.removesuffix(".$"): value for name, value in self._payload.items()}
        step |= {"execution": execution, "input": {"id": "i1"}, "token": token, "within_s": within_s}
        with _awaiting.program(self._asker) as load:
            load("outside").ask = lambda *given: self.handed.append(json.dumps(given))
            load("app").handler(step, _awaiting.CONTEXT)
        return str(json.loads(self.handed[-1])[0]) if self.handed else ""

    def answer(self, callback: str, id: str = "msg_1", key: bytes = _KEY, **more: Any) -> tuple[int, str]:
        """Send an answer as an HTTP API hands it over, signed with a key."""
        body = json.dumps({"callback": callback, "status": "succeeded", "output": _OUTPUT, **more})
        timestamp = str(int(time.time()))
        digest = hmac.new(key, f"{id}.{timestamp}.{body}".encode(), hashlib.sha256).digest()
        headers = {
            "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
        }  # fmt: skip
        http = {"method": "POST", "path": "/items", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "t"}
        event = {
            "version": "2.0", "routeKey": "POST /items", "rawPath": "/items", "rawQueryString": "", "headers": headers,
            "requestContext": {"requestId": "r1", "stage": "$default", "http": http, "routeKey": "POST /items"},
            "body": body, "isBase64Encoded": False,
        }  # fmt: skip
        with _awaiting.program(self._endpoint) as load, suppress(Exception):
            answer = load("app").handler(event, _awaiting.CONTEXT)
            return answer["statusCode"], str(answer["body"])
        return 500, ""


def _played(scene: Callable[[Scene], Iterator[str]], asker: Path, endpoint: Path, payload: Any) -> Iterator[str]:
    told = Scene(asker, endpoint, payload)
    with _awaiting.emulated(told.runs.take):
        for name in _awaiting.variables(asker, endpoint):
            if name.endswith("_TABLE"):
                _awaiting.create_table(name)
            if name.endswith("_KEY_ARN"):
                secret = f"whsec_{base64.b64encode(_KEY).decode()}"
                boto3.client("secretsmanager", region_name="us-east-1").create_secret(Name=name, SecretString=secret)
        yield from scene(told)


def asked(scene: Scene) -> Iterator[str]:
    """The outside system gets one id for all requests of a run, another one for another run, and no token."""
    first, again, other = scene.ask(), scene.ask(token=f"{TOKEN}2"), scene.ask(token=f"{TOKEN}3", execution="run-2")
    if any(TOKEN in given for given in scene.handed):
        yield "token-handed-out"
    if first == other or len(first) < 32:
        yield "callback-shared"
    if first != again:
        yield "id-changes"
    scene.answer(first)
    if [given["taskToken"] for _, given in scene.ended] != [f"{TOKEN}2"]:
        yield "dead-token-kept"


def answered(scene: Scene) -> Iterator[str]:
    """A signed answer completes the task with what it says."""
    _, body = scene.answer(scene.ask())
    ended = [(operation, json.loads(given.get("output", "null"))) for operation, given in scene.ended]
    if ended != [("SendTaskSuccess", _OUTPUT)]:
        yield "answer-does-not-arrive"
    if TOKEN in body:
        yield "token-in-answer"
    scene.ended.clear()
    scene.answer(scene.ask(token=f"{TOKEN}2"), id="msg_2", status="failed", reason="too old")
    if [(operation, given.get("cause")) for operation, given in scene.ended] != [("SendTaskFailure", "too old")]:
        yield "answer-does-not-arrive"


def forged(scene: Scene) -> Iterator[str]:
    """Nobody but the outside system answers."""
    status, _ = scene.answer(scene.ask(), key=_OTHER)
    if scene.ended or status != 401:
        yield "answered-unsigned"


def repeated(scene: Scene) -> Iterator[str]:
    """A retry gets the first result, and another answer is refused."""
    callback = scene.ask()
    first, _ = scene.answer(callback)
    again, _ = scene.answer(callback)
    if again != first:
        yield "retry-refused"
    status, _ = scene.answer(callback, id="msg_2", status="failed")
    if len(scene.ended) > 1 or status != 409:
        yield "answered-twice"


def late(scene: Scene) -> Iterator[str]:
    """An answer after the time of a callback completes nothing."""
    status, _ = scene.answer(scene.ask(within_s=-5))
    if scene.ended or status != 409:
        yield "answered-late"
    if status == 410:
        yield "endpoint-called-gone"


def unknown(scene: Scene) -> Iterator[str]:
    """An answer to no callback completes nothing."""
    scene.ask()
    status, _ = scene.answer("d" * 43)
    if scene.ended or status != 404:
        yield "unknown-answered"


def malformed(scene: Scene) -> Iterator[str]:
    """What is no answer completes nothing."""
    callback = scene.ask()
    wrong: tuple[dict[str, Any], ...] = (
        {"status": "perhaps"},
        {"status": None},
        {"reason": 1},
        {"output": "x" * 300_000},
    )
    statuses = {scene.answer(callback, **fields)[0] for fields in wrong}
    if scene.ended or statuses != {400}:
        yield "malformed-answered"


def over(scene: Scene) -> Iterator[str]:
    """An answer to a run that has ended is refused, and so is its retry."""
    callback, scene.runs.over = scene.ask(), True
    statuses = {scene.answer(callback)[0] for _ in range(2)}
    if statuses != {409}:
        yield "over-answered"
    if 410 in statuses:
        yield "endpoint-called-gone"


def lost(scene: Scene) -> Iterator[str]:
    """The task takes an answer, but its response is lost: the retry gets the result of an accepted answer."""
    callback, scene.runs.fault = scene.ask(), "lost"
    scene.answer(callback)
    if {scene.answer(callback)[0] for _ in range(2)} != {200}:
        yield "lost-response-refused"


def throttled(scene: Scene) -> Iterator[str]:
    """A request is refused before it reaches the task: another delivery can answer."""
    callback, scene.runs.fault = scene.ask(), "throttled"
    scene.answer(callback)
    status, _ = scene.answer(callback, id="msg_2")
    if status != 200 or not scene.ended:
        yield "claim-kept"


_SCENES = (asked, answered, forged, repeated, late, unknown, malformed, over, lost, throttled)
