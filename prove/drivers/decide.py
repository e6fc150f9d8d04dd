"""Approval attempts on a generated endpoint, in a worker process: by identity, repetition, method and time.

A job is [folder of the endpoint, folder of a program that asks by itself or "", payload by which a state machine asks].
Stores are emulated by moto; what completes a task, and what is mailed, is recorded instead. The answer is a list of
what went wrong: names of the rules of `prove/behaviour/checks/approvals.py`.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

_awaiting: Any = import_module("awaiting_programs")
ADA = "arn:aws:sts::123456789012:assumed-role/approvers/ada"
MALLORY = "arn:aws:sts::123456789012:assumed-role/others/mallory"
TOKEN = _awaiting.TOKEN


def answers(jobs: list[list[Any]]) -> Iterator[list[str]]:
    """Yield the faults that each job found."""
    for endpoint, asker, payload in jobs:
        yield sorted({rule for scene in _SCENES for rule in _played(scene, Path(endpoint), asker, payload)})


class Scene:
    """One request that waits for a decision, with all that was mailed and completed."""

    def __init__(self, endpoint: Path, asker: str, payload: dict[str, Any] | None) -> None:
        self.mails: list[str] = []
        self.runs = _awaiting.Runs()
        self.ended: list[tuple[str, dict[str, Any]]] = self.runs.ended
        self._endpoint, self._asker, self._payload = endpoint, asker, payload
        #: What the step before the approval has returned, where the approver is to see it.
        self.shows = str((payload or {}).get("result", ""))

    def ask(self, within_s: int = 600) -> str:
        """Request an approval as the project does, and return the end of the link in the email."""
        if self._payload is not None:
            with _awaiting.program(self._endpoint) as load:
                load("app").handler({**self._payload, "token": TOKEN, "within_s": within_s}, _awaiting.CONTEXT)
        else:
            with _awaiting.program(Path(self._asker)) as load:
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
        with _awaiting.program(self._endpoint) as load, suppress(Exception):
            answer = load("app").handler(event, _awaiting.CONTEXT)
            return answer["statusCode"], str(answer["body"])
        return 500, ""

    def called(self, client: Any, operation: str, given: dict[str, Any]) -> dict[str, Any] | None:
        """Record sent emails and completed tasks."""
        if operation == "Publish":
            self.mails.append(json.dumps(given) + " " + str(given.get("Message", "")))
            return {"MessageId": "m1"}
        taken: dict[str, Any] | None = self.runs.take(client, operation, given)
        return taken


def _played(scene: Callable[[Scene], Iterator[str]], endpoint: Path, asker: str, payload: Any) -> Iterator[str]:
    told = Scene(endpoint, asker, payload)
    with _awaiting.emulated(told.called):
        _awaiting.create_table("APPROVALS_TABLE_NAME")
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
    if scene.shows and not all(scene.shows in body for _, body in answers):
        yield "result-not-shown"


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
    status, body = scene.call(request, decision="approve")
    if scene.ended:
        yield "decided-late"
    elif not _refuses(status, body):
        yield "refused-without-a-word"
    if status != 409:
        yield "refused-with-another-status"


def over(scene: Scene) -> Iterator[str]:
    """A decision for a run that has ended is refused and not recorded, and so is its repetition."""
    request, scene.runs.over = scene.ask(), True
    if {scene.call(request, decision="approve")[0] for _ in range(2)} != {409}:
        yield "refused-with-another-status"
    if "approved" in scene.call(request, "GET")[1]:
        yield "recorded-untaken"


def lost(scene: Scene) -> Iterator[str]:
    """The run takes a decision, but its response is lost: who repeats the decision is told that it is taken."""
    request, scene.runs.fault = scene.ask(), "lost"
    scene.call(request, decision="approve")
    if scene.call(request, decision="approve")[0] != 200:
        yield "lost-response-refused"


def throttled(scene: Scene) -> Iterator[str]:
    """A request is refused before it reaches the run: another person can decide."""
    request, scene.runs.fault = scene.ask(), "throttled"
    scene.call(request, decision="approve")
    if scene.call(request, by=MALLORY, decision="approve")[0] != 200 or not scene.ended:
        yield "claim-kept"


def _refuses(status: int, body: str) -> bool:
    """Return whether an answer refuses a decision with a sentence."""
    return 400 <= status < 500 and len(str(json.loads(body).get("message", "")).split()) > 2


_SCENES = (mailed, opened, forged, repeated, late, over, lost, throttled)
