"""Callbacks: a run that waits keeps a token, and the outside system answers it at the endpoint with its signature."""

import json
from typing import Any

from advisor.architecture import Edge
from prove import webhooks
from prove.traffic import http_api
from prove.traffic.calls import Answer
from prove.traffic.identity import SECRET
from prove.traffic.session import Session

TABLE = "AWS::DynamoDB::Table"
#: What the outside system answers; the steps after the callback get it.
OUTPUT = {"score": 7}


def needed(session: Session, workflow: str) -> bool:
    """Return whether a workflow waits for a callback."""
    return any(state.kind == "callback" for state in session.node(workflow).states)


def answer_all(session: Session, workflow: str) -> None:
    """Answer every callback that runs of a workflow wait for."""
    for callback in waiting(session, workflow) if needed(session, workflow) else ():
        answered = answer(session, workflow, callback)
        if answered.status < 300:
            session.record(_resuming(session, workflow), f"{answered.status} for the answer of the outside system")


def waiting(session: Session, workflow: str) -> list[str]:
    """Return the ids of the callbacks that nobody has answered."""
    table = session.deployment.of_node(workflow, TABLE)
    items = session.client("dynamodb").scan(TableName=table)["Items"]
    return [item["pk"]["S"] for item in items if "task_token" in item and "answered_by" not in item]


def answer(session: Session, workflow: str, callback: str, delivery: str = "", **fields: Any) -> Answer:
    """Send an answer as the outside system does, signed with the secret that the endpoint knows."""
    endpoint = _resuming(session, workflow).source
    (entered,) = session.architecture.entering(endpoint, "invoke")
    (verified,) = session.architecture.leaving(endpoint, "verify")
    address = http_api.entry_address(session, entered.source)
    text = json.dumps({"callback": callback, "status": "succeeded", "output": OUTPUT, **fields})
    given: Answer | None = None
    for stage in ("AWSCURRENT", "AWSPREVIOUS"):  # the endpoint reads a new secret after some minutes
        arn = session.deployment.of_node(verified.target, SECRET)
        secret = session.client("secretsmanager").get_secret_value(SecretId=arn, VersionStage=stage)["SecretString"]
        given = address.call("POST", "/items", text, webhooks.signed(secret, text, id=delivery))
        if given.status != 401:
            break
    assert given is not None
    return given


def fails(session: Session, run: Edge, arn: str, execution_input: str) -> str:
    """Start an execution, answer that the outside system has failed, and check what a second answer gets; return its name."""
    name, workflow = session.mark(), run.source
    before = set(waiting(session, workflow))
    session.client("stepfunctions").start_execution(stateMachineArn=arn, name=name, input=execution_input)
    asked = session.wait_for(lambda: [one for one in waiting(session, workflow) if one not in before] or None)
    if not session.check(run, bool(asked), "the outside system is asked, and the run waits"):
        return name
    assert asked
    first = answer(session, workflow, asked[0], "delivery-1", status="failed", reason="too old")
    session.check(run, first.status < 300, "an answer that failed is taken", first)
    again = answer(session, workflow, asked[0], "delivery-1", status="failed", reason="too old")
    session.check(run, again.status == first.status, "the retry of an answer gets the first result", again)
    other = answer(session, workflow, asked[0], "delivery-2")
    session.check(run, other.status == 409, "409 for a second answer", other)
    return name


def _resuming(session: Session, workflow: str) -> Edge:
    return session.architecture.entering(workflow, "resume")[0]
