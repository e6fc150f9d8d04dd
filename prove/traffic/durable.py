"""Durable functions: started by an event, a schedule or a caller; approved, rejected, and with a step that fails once."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from advisor.architecture import Edge
from advisor.architecture.workflow_states import STEPS_BEFORE
from blueprints import settings
from blueprints.certificate.notes import SAME_QUEUE
from blueprints.traits.lambda_durable import asks, durable
from prove.traffic import approvals, failures, messages, stores
from prove.traffic.session import Session

BUS, FUNCTION, ROLE = "AWS::Events::EventBus", "AWS::Lambda::Function", "AWS::IAM::Role"
#: A retry comes after half a minute at most.
TIMEOUT_S = 60


def by_event(session: Session, edge: Edge) -> None:
    """Start by an event on the custom bus; then reject an execution, and fail the first step of another once."""
    mark = _emitted(session, edge)
    ended = _ended(session, edge.target, mark)
    if not session.check(
        edge, _has_status(ended, "SUCCEEDED"), "an event starts an execution, which succeeds", _outcome(ended)
    ):
        return
    for source in session.architecture.entering(edge.source, "emit"):
        session.record(source, "an event of its own started the execution")
    for used in session.architecture.leaving(edge.target):
        if used.verb in messages.STORING:
            session.check(used, stores.holds(session, used.target, mark), "the result is in the store")
        if used.verb == "read":
            session.record(used, "the work that reads it succeeded")
        if used.verb == "publish":
            messages.arrives(session, used, mark)
    _rejected(session, edge)
    _retried(session, edge)


def by_caller(session: Session, edge: Edge, mark: str) -> None:
    """Check the execution that a program has started, and its results."""
    ended = _ended(session, edge.target, mark)
    if session.check(
        edge, _has_status(ended, "SUCCEEDED"), "a caller starts an execution, which succeeds", _outcome(ended)
    ):
        messages.follow(session, edge.target, mark)


def dead_letters(session: Session, edge: Edge) -> None:
    """The event of a rejected execution is in the function's dead-letter queue."""
    if not _started_by_events(session, edge.source):
        session.omit(edge, SAME_QUEUE.en)
        return
    message_count = session.wait_for(
        lambda: failures.waiting(session, session.deployment.of_node(edge.target, failures.QUEUE)) or None
    )
    session.check(edge, bool(message_count), "the event of an execution that failed is set aside")


def _started_by_events(session: Session, program: str) -> bool:
    triggers = session.architecture.entering(program)
    return any(session.node(trigger.source).service == "eventbridge-bus" for trigger in triggers)


def _emitted(session: Session, edge: Edge) -> str:
    mark, bus = session.mark(), session.deployment.of_node(edge.source, BUS)
    detail = json.dumps({"id": mark, "name": mark, "amount": 731})
    entry = {"Source": "prove", "DetailType": "made", "Detail": detail, "EventBusName": bus}
    answer = session.client("events").put_events(Entries=[entry])
    if answer["FailedEntryCount"]:
        session.fault(edge, f"the bus takes no event: {answer['Entries']}")
    return mark


def _rejected(session: Session, edge: Edge) -> None:
    if not asks(session.node(edge.target)):
        return
    mark = _emitted(session, edge)
    execution = session.wait_for(lambda: _execution(session, edge.target, mark))
    request = execution and session.wait_for(lambda: _request(session, edge.target, execution))
    if request:
        approvals.decides_nothing(session, edge, request)
    ended = _ended(session, edge.target, mark, approved=False)
    session.check(edge, _has_status(ended, "FAILED"), "an execution that is rejected fails", _outcome(ended))
    before = settings.number(session.node(edge.target), STEPS_BEFORE)
    for used in session.architecture.leaving(edge.target, "write"):
        kept = [text for text in stores.contents(session, used.target) if mark in text]
        if before:
            done = any(mark in text and "rejected" not in text for text in kept)
            session.check(used, done, "the steps before the approval are done")
            kept = [text for text in kept if f"{mark}.{before + 1}" in text]
        session.check(used, all("rejected" in text for text in kept), "nothing is done that a person rejects")


def _retried(session: Session, edge: Edge) -> None:
    """Deny a permission until the first step has failed: the execution waits, and retries once it is permitted.

    The emulator records no failed attempt in an execution's history: the check is that the function was invoked, after
    the answer of a person too where one is asked before the first step, and that the execution has not ended.
    """
    node = session.node(edge.target)
    invocations = 2 if asks(node) and not settings.number(node, STEPS_BEFORE) else 1
    with _permission_denied(session, edge.target):
        mark = _emitted(session, edge)
        invoked = session.wait_for(lambda: _invoked(session, edge.target, mark, invocations))
        sleeps = invoked is not None and invoked["Status"] == "RUNNING"
    ended = _ended(session, edge.target, mark)
    actual = f"{'it slept' if sleeps else 'it did not sleep'}; {_outcome(ended)}"
    session.check(edge, sleeps and _has_status(ended, "SUCCEEDED"), "a step that fails once is tried again", actual)


def _invoked(session: Session, program: str, mark: str, invocations: int) -> Any:
    """Return the execution of a mark once so many invocations of it have completed, or None; requests are approved."""
    execution = _execution(session, program, mark)
    if execution is None:
        return None
    request = _request(session, program, execution)
    if request:
        approvals.answer(session, request, approved=True)
    history = session.client("lambda").get_durable_execution_history(
        DurableExecutionArn=execution["DurableExecutionArn"]
    )
    completed = sum(event["EventType"] == "InvocationCompleted" for event in history["Events"])
    return _execution(session, program, mark) if completed >= invocations else None


@contextmanager
def _permission_denied(session: Session, program: str) -> Iterator[None]:
    iam = session.client("iam")
    config = session.client("lambda").get_function_configuration(FunctionName=_function(session, program))
    role = config["Role"].rsplit("/", 1)[-1]
    statement = {"Effect": "Deny", "Action": "dynamodb:PutItem", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_role_policy(RoleName=role, PolicyName="prove-denied", PolicyDocument=document)
    try:
        yield
    finally:
        iam.delete_role_policy(RoleName=role, PolicyName="prove-denied")


def _function(session: Session, program: str) -> str:
    return session.deployment.of_node(program, FUNCTION)


def _execution(session: Session, program: str, mark: str) -> Any:
    """Return the execution of a mark, or None."""
    client = session.client("lambda")
    response = client.list_durable_executions_by_function(FunctionName=_function(session, program))
    for summary in response["DurableExecutions"]:
        execution = client.get_durable_execution(DurableExecutionArn=summary["DurableExecutionArn"])
        if mark in execution.get("InputPayload", ""):
            return execution
    return None


def _ended(session: Session, program: str, mark: str, *, approved: bool = True) -> Any:
    """Answer the requests of an execution, and return it when it has ended; None without a start or an end."""

    def look() -> Any:
        execution = _execution(session, program, mark)
        if execution is None:
            return None
        request = _request(session, program, execution)
        if request:
            approvals.answer(session, request, approved=approved)
        return None if execution["Status"] == "RUNNING" else execution

    return session.wait_for(look, TIMEOUT_S)


def _has_status(ended: Any, status: str) -> bool:
    return ended is not None and ended["Status"] == status


def _outcome(ended: Any) -> str:
    """Return the status of an execution, and its error."""
    if ended is None:
        return "it did not end"
    error = ended.get("Error", {})
    return f"{ended['Status']} {error.get('ErrorType', '')} {error.get('ErrorMessage', '')}".rstrip()


def _request(session: Session, program: str, execution: Any) -> approvals.Request | None:
    """Return the request for approval of an execution."""
    run = execution["DurableExecutionArn"].rsplit("/", 1)[-1]
    return approvals.request_of(session, program, run) if asks(session.node(program)) else None


def called(session: Session, program: str, mark: str) -> None:
    """Check the executions of the durable functions that a program starts."""
    for used in session.architecture.leaving(program, "call"):
        if durable(session.node(used.target)):
            by_caller(session, used, mark)
