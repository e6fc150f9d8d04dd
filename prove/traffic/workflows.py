"""State machines: started by what starts them, with work that succeeds, fails once, fails always, and does not end."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from advisor.architecture import Edge
from prove.traffic import approvals, items, messages, stores, work
from prove.traffic.scene import Scene

MACHINE, SCHEDULE = "AWS::StepFunctions::StateMachine", "AWS::Scheduler::Schedule"
#: How long a hanging task may take in a copy of the definition: what is proven is where the timeout leads to.
SHORT_S = 2
#: A run of a container takes seconds to begin.
PATIENCE_S = 60


def by_schedule(scene: Scene, edge: Edge) -> None:
    """Start by a schedule with the same target, role and input, which is due at once."""
    scheduler = scene.client("scheduler")
    (made,) = scene.deployment.of_edge(edge.id, SCHEDULE)
    name = made.physical_id.rsplit("/", 1)[-1].rsplit("|", 1)[-1]
    before = scheduler.get_schedule(Name=name)
    scene.check(edge, before["State"] == "ENABLED", "the schedule is switched on")
    mark = _seed(scene, edge.target)
    at = time.strftime("at(%Y-%m-%dT%H:%M:%S)", time.gmtime(time.time() - 1))
    now = scene.mark()
    scheduler.create_schedule(
        Name=now,
        ScheduleExpression=at,
        FlexibleTimeWindow={"Mode": "OFF"},
        Target=before["Target"],
        ActionAfterCompletion="DELETE",
    )
    started(scene, edge, mark)
    scheduler.delete_schedule(Name=now) if _is_there(scheduler, now) else None


def _is_there(scheduler: Any, name: str) -> bool:
    try:
        scheduler.get_schedule(Name=name)
    except scheduler.exceptions.ResourceNotFoundException:
        return False
    return True


def by_event(scene: Scene, edge: Edge) -> None:
    """Start by an event: something is put into the store that emits it, or whose changes a pipe reads."""
    for source in scene.architecture.entering(edge.source):
        if source.verb in ("emit", "stream"):
            _tells_all(scene, source)
            mark = _put_in(scene, source)
            if started(scene, edge, mark):
                scene.saw(source, "something that was put in started the state machine")


def _tells_all(scene: Scene, source: Edge) -> None:
    """See that a table's stream tells what was written: the emulator's tells it whatever is asked for."""
    if source.verb == "stream" and scene.node(source.source).service == "dynamodb":
        name = scene.deployment.of_node(source.source, stores.TABLE)
        stream = scene.client("dynamodb").describe_table(TableName=name)["Table"].get("StreamSpecification", {})
        view = stream.get("StreamViewType", "")
        scene.check(source, view in ("NEW_IMAGE", "NEW_AND_OLD_IMAGES"), "the stream tells what was written", view)


def _put_in(scene: Scene, source: Edge) -> str:
    """Put something into the store, and return its mark; "" where what other traffic left there started it already."""
    if source.verb == "stream" and stores.contents(scene, source.source):
        return ""
    mark = scene.mark()
    stores.put_item(scene, source.source, _thing(mark))
    return mark


def _thing(mark: str) -> dict[str, Any]:
    return {"id": mark, "name": mark, "amount": 731, "created_at": "2026-01-02T03:04:05"}


def _seed(scene: Scene, workflow: str) -> str:
    """Put something into each store that the work reads."""
    mark = scene.mark()
    for run in scene.architecture.leaving(workflow, "run"):
        for read in scene.architecture.leaving(run.target, "read"):
            if scene.node(read.target).service in stores.READABLE:
                stores.put_item(scene, read.target, _thing(mark))
    items.seed(scene, workflow)
    return mark


def started(scene: Scene, edge: Edge, mark: str) -> bool:
    """See that an execution began and succeeded, and what it left; then make the work fail in every way."""
    arn = scene.deployment.of_node(edge.target, MACHINE)
    states = scene.client("stepfunctions")
    first = scene.until(lambda: _ended(scene, edge.target, arn), PATIENCE_S)
    if not scene.check(edge, bool(first), "an execution is started, and ends"):
        return False
    assert first
    runs = scene.architecture.leaving(edge.target, "run")
    if not scene.check(edge, first["status"] == "SUCCEEDED", "the execution succeeds", _why(states, first)):
        return False
    for run in runs:
        scene.saw(run, "the work was run")
        _left(scene, run, mark)
        _failures(scene, run, arn, first["input"])
        if approvals.needed(scene, run.source):
            _rejected(scene, run, arn, first["input"])
    return True


def _left(scene: Scene, run: Edge, mark: str) -> None:
    program = run.target
    if items.mapped(scene, run.source):
        items.done(scene, run)
    for edge in scene.architecture.leaving(program):
        if edge.id in scene.seen:
            continue
        if edge.verb in messages.KEPT and scene.node(edge.target).service in stores.READABLE:
            found = scene.until(lambda e=edge: _found(scene, e, mark))  # type: ignore[misc]
            scene.check(edge, bool(found), "the result is in the store")
        if edge.verb == "read":
            scene.saw(edge, "the work that reads it succeeded")
        if edge.verb == "publish":
            messages.arrives(scene, edge, mark)
        if edge.verb == "pull":
            scene.saw(edge, "the image that was pushed there ran")
        if edge.verb == "observe":
            logged(scene, edge)


def logged(scene: Scene, edge: Edge, patience: float = 5) -> None:
    """See that a program's log group holds what it said."""
    logs = scene.client("logs")
    for made in scene.deployment.resources:
        if made.node == edge.source and made.type == "AWS::Logs::LogGroup":
            found = scene.until(partial(_events, logs, made.physical_id), patience)
            scene.check(edge, bool(found), "what the program says is in its log group")


def _events(logs: Any, group: str) -> list[Any] | None:
    return logs.filter_log_events(logGroupName=group)["events"] or None


def _found(scene: Scene, edge: Edge, mark: str) -> bool | None:
    """Whether a result tells of what was put in: by its mark, or by the sum of its numbers."""
    return any(mark in text or "731" in text for text in stores.contents(scene, edge.target)) or None


def _ended(scene: Scene, workflow: str, arn: str, name: str = "") -> dict[str, Any] | None:
    """Return an execution that has ended; what it waits for a person to approve is approved."""
    approvals.approve(scene, workflow)
    states = scene.client("stepfunctions")
    for one in states.list_executions(stateMachineArn=arn)["executions"]:
        if one["status"] != "RUNNING" and name in one["name"]:
            return dict(states.describe_execution(executionArn=one["executionArn"]))
    return None


def _why(states: Any, ended: dict[str, Any]) -> str:
    history = states.get_execution_history(executionArn=ended["executionArn"])["events"]
    failed = [json.dumps(one, default=str) for one in history if "Failed" in one["type"]]
    return f"{ended['status']} {ended.get('error')} {ended.get('cause')} {failed[:1]}"[:900]


def _failures(scene: Scene, run: Edge, arn: str, given: str) -> None:
    states = scene.client("stepfunctions")
    with work.failing_once(scene, run.target) as notes:
        ended = _execute(scene, run, arn, given)
        again = ended["status"] == "SUCCEEDED" and work.tries(notes) >= 2
        scene.check(run, again, "work that fails once is tried again and succeeds", _why(states, ended))
    with work.failing(scene, run.target) as notes:
        ended = _execute(scene, run, arn, given)
        definition = json.loads(states.describe_state_machine(stateMachineArn=arn)["definition"])
        most, tries = _first_task(definition)["Retry"][0]["MaxAttempts"] + 1, work.tries(notes)
        # Items of a map are tried beside each other, until the first of them is given up.
        failed = ended["status"] == "FAILED" and (tries == most or (items.mapped(scene, run.source) and tries > most))
        scene.check(run, failed, f"work that always fails is tried {most} times and ends as failed", f"{tries} tries")
    _hangs(scene, run, arn, given)


def _first_task(definition: dict[str, Any]) -> dict[str, Any]:
    """Return the first state that does work, which may be within a map."""
    for state in definition["States"].values():
        if state["Type"] == "Task":
            found: dict[str, Any] = state
            return found
        if state["Type"] == "Map":
            return _first_task(state["ItemProcessor"])
    raise LookupError("no state does work")


def _hangs(scene: Scene, run: Edge, arn: str, given: str) -> None:
    """Let the work hang, in a copy of the definition that is the same but for a short timeout."""

    def short(definition: dict[str, Any]) -> None:
        task = _first_task(definition)
        scene.check(run, 0 < task.get("TimeoutSeconds", 0) < definition.get("TimeoutSeconds", 0), "work has a timeout")
        task["TimeoutSeconds"] = SHORT_S

    states = scene.client("stepfunctions")
    with _changed(scene, arn, short) as copy, work.hanging(scene, run.target):
        ended = _execute(scene, run, copy, given)
        history = _history(states, ended) if ended["status"] != "RUNNING" else []
        # The emulator keeps no history of what a distributed map starts.
        said = "Timeout" in json.dumps(history, default=str) or items.distributed(scene, run.source)
        timed_out = ended["status"] in ("FAILED", "TIMED_OUT") and said
        scene.check(run, timed_out, "work that does not end is given up after its timeout", ended["status"])


@contextmanager
def _changed(scene: Scene, arn: str, change: Callable[[dict[str, Any]], None]) -> Iterator[str]:
    """Give a copy of a state machine with a change to its definition; it is deleted in the end."""
    states = scene.client("stepfunctions")
    machine = states.describe_state_machine(stateMachineArn=arn)
    definition = json.loads(machine["definition"])
    change(definition)
    copy = states.create_state_machine(
        name=scene.mark(), definition=json.dumps(definition), roleArn=machine["roleArn"]
    )["stateMachineArn"]
    try:
        yield copy
    finally:
        states.delete_state_machine(stateMachineArn=copy)


def _rejected(scene: Scene, run: Edge, arn: str, given: str) -> None:
    """A person says no, or does not answer in time: what was done is undone where it has to be, and the run fails."""
    states = scene.client("stepfunctions")
    token = approvals.waits(scene, run, arn, given)
    if token:
        approvals.answer(scene, token, approved=False)
        ended = scene.until(lambda: _stopped(states, arn, "Rejected"), PATIENCE_S)
        scene.check(run, bool(ended), "what a person rejects ends as failed")

    def hurried(definition: dict[str, Any]) -> None:
        for state in definition["States"].values():
            if state.get("Resource", "").endswith(".waitForTaskToken"):
                state["TimeoutSeconds"] = SHORT_S

    with _changed(scene, arn, hurried) as copy:
        states.start_execution(stateMachineArn=copy, name=scene.mark(), input=given)
        ended = scene.until(lambda: _stopped(states, copy, "States.Timeout"), PATIENCE_S)
        scene.check(run, bool(ended), "what nobody answers ends as failed after its timeout")
    if any(state.id == "compensate" for state in scene.node(run.source).states):
        for kept in scene.architecture.leaving(run.target):
            if kept.verb in messages.KEPT and scene.node(kept.target).service in stores.READABLE:
                undone = scene.until(lambda e=kept: stores.holds(scene, e.target, "undone") or None)  # type: ignore[misc]
                scene.check(kept, bool(undone), "what was done before is noted as undone")


def _stopped(states: Any, arn: str, error: str) -> dict[str, Any] | None:
    """Return an execution that failed after an error."""
    for one in states.list_executions(stateMachineArn=arn)["executions"]:
        if one["status"] == "FAILED":
            ended = dict(states.describe_execution(executionArn=one["executionArn"]))
            if error in json.dumps(_history(states, ended), default=str):
                return ended
    return None


def _history(states: Any, ended: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = states.get_execution_history(executionArn=ended["executionArn"])["events"]
    return found


def _execute(scene: Scene, run: Edge, arn: str, given: str) -> dict[str, Any]:
    """Run an execution to its end, and return it."""
    name = scene.mark()
    scene.client("stepfunctions").start_execution(stateMachineArn=arn, name=name, input=given)
    ended = scene.until(lambda: _ended(scene, run.source, arn, name), PATIENCE_S)
    return ended or {"status": "RUNNING", "executionArn": arn}
