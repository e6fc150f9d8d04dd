"""Approvals: a person gets a message with a token, and answers by it; nothing goes on without."""

import json
from collections.abc import Iterator

from advisor.architecture import Edge
from prove.live.account import account
from prove.traffic.scene import Scene

TOPIC = "AWS::SNS::Topic"


def needed(scene: Scene, workflow: str) -> bool:
    """Whether a workflow waits for a person."""
    return any(state.kind == "wait" for state in scene.node(workflow).states)


def approve(scene: Scene, workflow: str) -> None:
    """Approve everything that a workflow has asked for so far and that is still open."""
    for _, token in asked(scene, workflow) if needed(scene, workflow) else ():
        answer(scene, token, approved=True)


def asked(scene: Scene, workflow: str) -> Iterator[tuple[str, str]]:
    """Give the execution and the token of every message to the person who approves."""
    topic = scene.deployment.of_node(workflow, TOPIC)
    for one in account().mail():
        if one["topic"] == topic:
            said = json.loads(one["message"])
            yield said["execution"], said["taskToken"]


def answer(scene: Scene, token: str, *, approved: bool) -> None:
    """Send back a token, as the message says; one that was answered before is left alone."""
    states = scene.client("stepfunctions")
    try:
        if approved:
            states.send_task_success(taskToken=token, output="{}")
        else:
            states.send_task_failure(taskToken=token, error="Rejected")
    except (states.exceptions.TaskTimedOut, states.exceptions.TaskDoesNotExist, states.exceptions.InvalidToken):
        pass


def token_of(scene: Scene, workflow: str, execution: str) -> str | None:
    """Return the token that an execution waits for."""
    return next((token for name, token in asked(scene, workflow) if name == execution), None)


def waits(scene: Scene, run: Edge, arn: str, given: str) -> str | None:
    """Start an execution and see that it stands until it is answered; return its token."""
    states, name = scene.client("stepfunctions"), scene.mark()
    execution = states.start_execution(stateMachineArn=arn, name=name, input=given)["executionArn"]
    token = scene.until(lambda: token_of(scene, run.source, name))
    status = states.describe_execution(executionArn=execution)["status"]
    scene.check(run, bool(token) and status == "RUNNING", "a person is asked with a token, and nothing goes on", status)
    return token
