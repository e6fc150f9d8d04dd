"""Approvals: a workflow sends a message with a task token, and waits until a person returns the token."""

import json
from collections.abc import Iterator

from advisor.architecture import Edge
from prove.live.account import account
from prove.traffic.session import Session

TOPIC = "AWS::SNS::Topic"


def needed(session: Session, workflow: str) -> bool:
    """Return whether a workflow waits for an approval."""
    return any(state.kind == "wait" for state in session.node(workflow).states)


def approve(session: Session, workflow: str) -> None:
    """Approve every open request of a workflow."""
    for _, token in requests(session, workflow) if needed(session, workflow) else ():
        answer(session, token, approved=True)


def requests(session: Session, workflow: str) -> Iterator[tuple[str, str]]:
    """Yield the execution and the token of every approval request."""
    topic = session.deployment.of_node(workflow, TOPIC)
    for message in account().mail():
        if message["topic"] == topic:
            request = json.loads(message["message"])
            yield request["execution"], request["taskToken"]


def answer(session: Session, token: str, *, approved: bool) -> None:
    """Return a token with the decision; a token that was used before has no effect."""
    states = session.client("stepfunctions")
    try:
        if approved:
            states.send_task_success(taskToken=token, output="{}")
        else:
            states.send_task_failure(taskToken=token, error="Rejected")
    except (states.exceptions.TaskTimedOut, states.exceptions.TaskDoesNotExist, states.exceptions.InvalidToken):
        pass


def token_of(session: Session, workflow: str, execution: str) -> str | None:
    """Return the token that an execution waits for."""
    return next((token for name, token in requests(session, workflow) if name == execution), None)


def waits(session: Session, run: Edge, arn: str, execution_input: str) -> str | None:
    """Start an execution, check that it waits for the approval, and return its token."""
    states, name = session.client("stepfunctions"), session.mark()
    execution = states.start_execution(stateMachineArn=arn, name=name, input=execution_input)["executionArn"]
    token = session.wait_for(lambda: token_of(session, run.source, name))
    status = states.describe_execution(executionArn=execution)["status"]
    session.check(
        run, bool(token) and status == "RUNNING", "a person is asked with a token, and nothing goes on", status
    )
    return token
