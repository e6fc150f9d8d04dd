"""Durable functions: started by an event, a schedule or a caller; approved, rejected, and with a step that fails once."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from advisor.architecture import Edge
from blueprints.traits.lambda_durable import asks, durable
from prove.live.account import account
from prove.traffic import failures, messages, stores
from prove.traffic.scene import Scene

BUS, FUNCTION, ROLE = "AWS::Events::EventBus", "AWS::Lambda::Function", "AWS::IAM::Role"
#: A retry comes after half a minute at most.
PATIENCE_S = 60


def by_event(scene: Scene, edge: Edge) -> None:
    """Start by an event of an application on the own bus; then reject one, and let the first step of one fail once."""
    mark = _emitted(scene, edge)
    ended = _ended(scene, edge.target, mark)
    if not scene.check(edge, _is(ended, "SUCCEEDED"), "an event starts an execution, which succeeds", _told(ended)):
        return
    for source in scene.architecture.entering(edge.source, "emit"):
        scene.saw(source, "an event of its own started the execution")
    for used in scene.architecture.leaving(edge.target):
        if used.verb in messages.KEPT:
            scene.check(used, stores.holds(scene, used.target, mark), "the result is in the store")
        if used.verb == "read":
            scene.saw(used, "the work that reads it succeeded")
        if used.verb == "publish":
            messages.arrives(scene, used, mark)
    _rejected(scene, edge)
    _tried_again(scene, edge)


def by_caller(scene: Scene, edge: Edge, mark: str) -> None:
    """See the execution that a program has started, and what it left behind."""
    ended = _ended(scene, edge.target, mark)
    if scene.check(edge, _is(ended, "SUCCEEDED"), "a caller starts an execution, which succeeds", _told(ended)):
        messages.follow(scene, edge.target, mark)


def sets_aside(scene: Scene, edge: Edge) -> None:
    """What was rejected is in the function's dead-letter queue, as it came; nobody starts some in a way to reject it."""
    if not _started_by_events(scene, edge.source):
        scene.leave_out(edge, "what callers start is approved here; the same queue of another function is used")
        return
    found = scene.until(lambda: failures.waiting(scene, scene.deployment.of_node(edge.target, failures.QUEUE)) or None)
    scene.check(edge, bool(found), "the event of an execution that failed is set aside")


def _started_by_events(scene: Scene, program: str) -> bool:
    started = scene.architecture.entering(program)
    return any(scene.node(one.source).service == "eventbridge-bus" for one in started)


def _emitted(scene: Scene, edge: Edge) -> str:
    mark, bus = scene.mark(), scene.deployment.of_node(edge.source, BUS)
    detail = json.dumps({"id": mark, "name": mark, "amount": 731})
    entry = {"Source": "prove", "DetailType": "made", "Detail": detail, "EventBusName": bus}
    answer = scene.client("events").put_events(Entries=[entry])
    if answer["FailedEntryCount"]:
        scene.fault(edge, f"the bus takes no event: {answer['Entries']}")
    return mark


def _rejected(scene: Scene, edge: Edge) -> None:
    if not asks(scene.node(edge.target)):
        return
    mark = _emitted(scene, edge)
    ended = _ended(scene, edge.target, mark, approved=False)
    scene.check(edge, _is(ended, "FAILED"), "an execution that is rejected fails", _told(ended))
    if scene.node(edge.target).settings.get("compensation"):
        for used in scene.architecture.leaving(edge.target, "write"):
            undone = scene.until(lambda e=used: stores.holds(scene, e.target, f"{mark}.undone") or None)  # type: ignore[misc]
            scene.check(used, bool(undone), "what was done is noted as undone")


def _tried_again(scene: Scene, edge: Edge) -> None:
    """Take a right away until the first step has failed: the execution sleeps, and tries it again once it has the right.

    The emulator tells of no failed try in an execution's history: what is seen is that the function was invoked, and
    that the execution neither ended nor asked.
    """
    with _denied(scene, edge.target):
        mark = _emitted(scene, edge)
        made = scene.until(lambda: _invoked(scene, edge.target, mark))
        sleeps = made is not None and made["Status"] == "RUNNING" and not _waits(scene, edge.target, mark)
    ended = _ended(scene, edge.target, mark)
    instead = f"{'it slept' if sleeps else 'it did not sleep'}; {_told(ended)}"
    scene.check(edge, sleeps and _is(ended, "SUCCEEDED"), "a step that fails once is tried again", instead)


def _invoked(scene: Scene, program: str, mark: str) -> Any:
    """Return the execution that was started with a mark once an invocation of it has come to its end, or None."""
    made = _execution(scene, program, mark)
    if made is None:
        return None
    history = scene.client("lambda").get_durable_execution_history(DurableExecutionArn=made["DurableExecutionArn"])
    ended = any(one["EventType"] == "InvocationCompleted" for one in history["Events"])
    return _execution(scene, program, mark) if ended else None


def _waits(scene: Scene, program: str, mark: str) -> bool:
    return any(asked["subject"] == mark for asked in _asked(scene, program))


@contextmanager
def _denied(scene: Scene, program: str) -> Iterator[None]:
    iam = scene.client("iam")
    config = scene.client("lambda").get_function_configuration(FunctionName=_function(scene, program))
    role = config["Role"].rsplit("/", 1)[-1]
    no = {"Effect": "Deny", "Action": "dynamodb:PutItem", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [no]})
    iam.put_role_policy(RoleName=role, PolicyName="prove-denied", PolicyDocument=document)
    try:
        yield
    finally:
        iam.delete_role_policy(RoleName=role, PolicyName="prove-denied")


def _function(scene: Scene, program: str) -> str:
    return scene.deployment.of_node(program, FUNCTION)


def _execution(scene: Scene, program: str, mark: str) -> Any:
    """Return the execution that was started with a mark, or None."""
    client = scene.client("lambda")
    found = client.list_durable_executions_by_function(FunctionName=_function(scene, program))
    for one in found["DurableExecutions"]:
        read = client.get_durable_execution(DurableExecutionArn=one["DurableExecutionArn"])
        if mark in read.get("InputPayload", ""):
            return read
    return None


def _ended(scene: Scene, program: str, mark: str, *, approved: bool = True) -> Any:
    """Answer what an execution asks, and return it when it has ended; None when it never began or does not end."""
    answered: set[str] = set()

    def look() -> Any:
        made = _execution(scene, program, mark)
        if made is None:
            return None
        for asked in _asked(scene, program):
            if asked["subject"] in made["InputPayload"] and asked["callbackId"] not in answered:
                _answer(scene, asked["callbackId"], approved=approved)
                answered.add(asked["callbackId"])
        return None if made["Status"] == "RUNNING" else made

    return scene.until(look, PATIENCE_S)


def _is(ended: Any, status: str) -> bool:
    return ended is not None and ended["Status"] == status


def _told(ended: Any) -> str:
    """Say how an execution ended, and why it failed."""
    if ended is None:
        return "it did not end"
    error = ended.get("Error", {})
    return f"{ended['Status']} {error.get('ErrorType', '')} {error.get('ErrorMessage', '')}".rstrip()


def _asked(scene: Scene, program: str) -> Iterator[dict[str, str]]:
    topic = next((one.physical_id for one in scene.deployment.resources
                  if one.node == program and one.type == messages.TOPIC), "")  # fmt: skip
    for one in account().mail():
        if one["topic"] == topic:
            yield json.loads(one["message"])


def _answer(scene: Scene, callback: str, *, approved: bool) -> None:
    """Send back what was asked for; what was answered before is left alone."""
    client = scene.client("lambda")
    try:
        if approved:
            client.send_durable_execution_callback_success(CallbackId=callback)
        else:
            client.send_durable_execution_callback_failure(CallbackId=callback, Error={"ErrorMessage": "Rejected"})
    except client.exceptions.CallbackTimeoutException:
        pass


def called(scene: Scene, program: str, mark: str) -> None:
    """See the executions of the durable functions that a program starts."""
    for used in scene.architecture.leaving(program, "call"):
        if durable(scene.node(used.target)):
            by_caller(scene, used, mark)
