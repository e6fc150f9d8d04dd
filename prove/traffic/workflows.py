"""State machines: started by their trigger, with work that succeeds, fails once, fails always, and times out."""

import json
import time
from contextlib import nullcontext
from functools import partial
from typing import Any

from advisor.architecture import Edge
from advisor.architecture.workflow_states import combines, undoes
from blueprints.naming import pascal
from prove.traffic import approvals, callbacks, items, messages, stores, work
from prove.traffic.definitions import after_approval, answer_itself, break_last_step, changed, task_of
from prove.traffic.session import Session

MACHINE, SCHEDULE = "AWS::StepFunctions::StateMachine", "AWS::Scheduler::Schedule"
#: The timeout of a hanging task in a copy of the definition.
SHORT_S = 2
#: A container takes seconds to start.
TIMEOUT_S = 60
#: A scheduled run over a bucket takes what was stored 15 minutes before its time.
SETTLED_S = 16 * 60
_SCHEDULED_TIME = "<aws.scheduler.scheduled-time>"


def by_schedule(session: Session, edge: Edge) -> None:
    """Start by a one-time schedule with the same target, role and input."""
    scheduler = session.client("scheduler")
    (schedule,) = session.deployment.of_edge(edge.id, SCHEDULE)
    name = schedule.physical_id.rsplit("/", 1)[-1].rsplit("|", 1)[-1]
    before = scheduler.get_schedule(Name=name)
    programmed = bool(session.node(edge.source).settings.get("set_by_program"))
    session.check(
        edge, (before["State"] == "DISABLED") == programmed, "the schedule is switched on unless a program sets starts"
    )
    mark = _seed(session, edge.target)
    at = time.strftime("at(%Y-%m-%dT%H:%M:%S)", time.gmtime(time.time() - 1))
    now = session.mark()
    scheduler.create_schedule(
        Name=now,
        ScheduleExpression=at,
        FlexibleTimeWindow={"Mode": "OFF"},
        Target=_after_settling(session, before["Target"]),
        ActionAfterCompletion="DELETE",
    )
    started(session, edge, mark)
    scheduler.delete_schedule(Name=now) if _is_there(scheduler, now) else None


def _after_settling(session: Session, target: dict[str, Any]) -> dict[str, Any]:
    """Return the target of a schedule with the time from which a run takes the objects of now, if a bucket is read."""
    if all(node.service != "s3" for node in session.architecture.nodes):
        return target
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + SETTLED_S))
    return {**target, "Input": target.get("Input", "").replace(_SCHEDULED_TIME, at)}


def _is_there(scheduler: Any, name: str) -> bool:
    try:
        scheduler.get_schedule(Name=name)
    except scheduler.exceptions.ResourceNotFoundException:
        return False
    return True


def by_event(session: Session, edge: Edge) -> None:
    """Start by an event: put an item into the store that emits events, or whose changes a pipe reads.

    The messages of a queue that a pipe reads were sent by the requests to a program.
    """
    for source in session.architecture.entering(edge.source):
        if source.verb == "consume" and started(session, edge, ""):
            for sent in (source, *session.architecture.entering(source.source, "publish")):
                session.record(sent, "a message that was sent started the state machine")
        if source.verb in ("emit", "stream"):
            _stream_view(session, source)
            mark = _put_source_item(session, source)
            if started(session, edge, mark):
                session.record(source, "something that was put in started the state machine")


def _stream_view(session: Session, source: Edge) -> None:
    """Check that a table's stream includes the new image: the emulator includes it for any view type."""
    if source.verb == "stream" and session.node(source.source).service == "dynamodb":
        name = session.deployment.of_node(source.source, stores.TABLE)
        stream = session.client("dynamodb").describe_table(TableName=name)["Table"].get("StreamSpecification", {})
        view = stream.get("StreamViewType", "")
        session.check(source, view in ("NEW_IMAGE", "NEW_AND_OLD_IMAGES"), "the stream tells what was written", view)


def _put_source_item(session: Session, source: Edge) -> str:
    """Put an item into the store, and return its mark, or "" if an item of other traffic has started the workflow."""
    if source.verb == "stream" and stores.contents(session, source.source):
        return ""
    mark = session.mark()
    stores.put_item(session, source.source, _item(mark))
    return mark


def _item(mark: str) -> dict[str, Any]:
    return {"id": mark, "name": mark, "amount": 731, "created_at": "2026-01-02T03:04:05"}


def _seed(session: Session, workflow: str) -> str:
    """Put an item into each store that the work reads."""
    mark = session.mark()
    for run in session.architecture.leaving(workflow, "run"):
        for read in session.architecture.leaving(run.target, "read"):
            if session.node(read.target).service in stores.READABLE:
                stores.put_item(session, read.target, _item(mark))
    items.seed(session, workflow)
    return mark


def started(session: Session, edge: Edge, mark: str) -> bool:
    """Check that an execution started and succeeded, and its results; then inject faults into the work."""
    arn = session.deployment.of_node(edge.target, MACHINE)
    states = session.client("stepfunctions")
    first = session.wait_for(lambda: _ended_execution(session, edge.target, arn), TIMEOUT_S)
    if not session.check(edge, bool(first), "an execution is started, and ends"):
        return False
    assert first
    runs = session.architecture.leaving(edge.target, "run")
    if not session.check(
        edge, first["status"] == "SUCCEEDED", "the execution succeeds", _failure_reason(states, first)
    ):
        return False
    for run in runs:
        session.record(run, "the work was run")
        _results(session, run, mark)
        _failures(session, run, arn, first["input"])
        if approvals.needed(session, run.source):
            _rejected(session, run, arn, first["input"])
        if callbacks.needed(session, run.source):
            _called_back(session, run, arn, first["input"])
        if any(map(undoes, session.node(run.source).states)):
            _undone(session, run, arn, first["input"])
    return True


def _results(session: Session, run: Edge, mark: str) -> None:
    program, workflow = run.target, session.node(run.source)
    # One message tells about the whole run where its items have one result, and about no item.
    told = f"{workflow.subject}.combined" if combines(workflow.states) else mark
    if items.mapped(session, run.source):
        items.done(session, run)
    for edge in session.architecture.leaving(program):
        if edge.id in session.evidence:
            continue
        if edge.verb in messages.STORING and session.node(edge.target).service in stores.READABLE:
            stored = session.wait_for(lambda e=edge: _result_stored(session, e, mark))  # type: ignore[misc]
            session.check(edge, bool(stored), "the result is in the store")
        if edge.verb == "read":
            session.record(edge, "the work that reads it succeeded")
        if edge.verb == "publish":
            messages.arrives(session, edge, told)
        if edge.verb == "pull":
            session.record(edge, "the image that was pushed there ran")
        if edge.verb == "observe":
            logged(session, edge)


def logged(session: Session, edge: Edge, patience: float = 5) -> None:
    """Check that a program's log group has log events."""
    logs = session.client("logs")
    for resource in session.deployment.resources:
        if resource.node == edge.source and resource.type == "AWS::Logs::LogGroup":
            events = session.wait_for(partial(_events, logs, resource.physical_id), patience)
            session.check(edge, bool(events), "what the program says is in its log group")


def _events(logs: Any, group: str) -> list[Any] | None:
    return logs.filter_log_events(logGroupName=group)["events"] or None


def _result_stored(session: Session, edge: Edge, mark: str) -> bool | None:
    """Return whether a result belongs to the item: by its mark, or by the sum of its numbers."""
    return any(mark in text or "731" in text for text in stores.contents(session, edge.target)) or None


def _ended_execution(session: Session, workflow: str, arn: str, name: str = "") -> dict[str, Any] | None:
    """Approve the requests of a workflow, answer its callbacks, and return an execution that has ended."""
    approvals.approve(session, workflow)
    callbacks.answer_all(session, workflow)
    states = session.client("stepfunctions")
    for execution in states.list_executions(stateMachineArn=arn)["executions"]:
        if execution["status"] != "RUNNING" and name in execution["name"]:
            return dict(states.describe_execution(executionArn=execution["executionArn"]))
    return None


def _failure_reason(states: Any, ended: dict[str, Any]) -> str:
    history = states.get_execution_history(executionArn=ended["executionArn"])["events"]
    failed = [json.dumps(event, default=str) for event in history if "Failed" in event["type"]]
    return f"{ended['status']} {ended.get('error')} {ended.get('cause')} {failed[:1]}"[:900]


def _failures(session: Session, run: Edge, arn: str, execution_input: str) -> None:
    states = session.client("stepfunctions")
    # The work that fails once is replaced by a stand-in, which asks no outside system.
    waits = callbacks.needed(session, run.source)
    machine = changed(session, arn, answer_itself) if waits else nullcontext(arn)
    with machine as answered, work.failing_once(session, run.target) as notes:
        ended = _execute(session, run, answered, execution_input)
        again = ended["status"] == "SUCCEEDED" and work.tries(notes) >= 2
        session.check(run, again, "work that fails once is tried again and succeeds", _failure_reason(states, ended))
    with work.failing(session, run.target) as notes:
        ended = _execute(session, run, arn, execution_input)
        definition = json.loads(states.describe_state_machine(stateMachineArn=arn)["definition"])
        most, tries = (
            task_of(definition, session.node(run.source), run)["Retry"][0]["MaxAttempts"] + 1,
            work.tries(notes),
        )
        # Items of a map are processed in parallel, until the first of them fails for good.
        failed = ended["status"] == "FAILED" and (tries == most or (items.mapped(session, run.source) and tries > most))
        session.check(run, failed, f"work that always fails is tried {most} times and ends as failed", f"{tries} tries")
    _times_out(session, run, arn, execution_input)


def _times_out(session: Session, run: Edge, arn: str, execution_input: str) -> None:
    """Make the work hang, in a copy of the definition with a short timeout."""

    def shorten_timeout(definition: dict[str, Any]) -> None:
        task = task_of(definition, session.node(run.source), run)
        session.check(
            run, 0 < task.get("TimeoutSeconds", 0) < definition.get("TimeoutSeconds", 0), "work has a timeout"
        )
        task["TimeoutSeconds"] = SHORT_S

    states = session.client("stepfunctions")
    with changed(session, arn, shorten_timeout) as copy, work.hanging(session, run.target):
        ended = _execute(session, run, copy, execution_input)
        history = _history(states, ended) if ended["status"] != "RUNNING" else []
        # The emulator keeps no history of the executions of a distributed map.
        reported = "Timeout" in json.dumps(history, default=str) or items.distributed(session, run.source)
        timed_out = ended["status"] in ("FAILED", "TIMED_OUT") and reported
        session.check(run, timed_out, "work that does not end is given up after its timeout", ended["status"])


def _rejected(session: Session, run: Edge, arn: str, execution_input: str) -> None:
    """A person rejects and the run ends with the decision, or does not answer in time and it fails: nothing is done."""
    states = session.client("stepfunctions")
    request = approvals.waits(session, run, arn, execution_input)
    if request:
        decided = approvals.decide(session, request, approved=False)
        ended = session.wait_for(lambda: _ended_with(states, arn, "SUCCEEDED", "too dear"), TIMEOUT_S)
        session.check(run, decided.status == 200, "a person who may rejects", decided)
        again = approvals.decide(session, request, approved=True)
        session.check(run, again.status == 409, "409 for a second decision", again)
        session.check(run, bool(ended), "what a person rejects ends as decided, with the reason, and not as failed")
        begun = after_approval(json.loads(states.describe_state_machine(stateMachineArn=arn)["definition"]))
        done = f'"{begun}"' in json.dumps(_history(states, ended), default=str) if ended else True
        session.check(run, not done, "nothing is done that a person rejects")
        _undone_after_rejection(session, run, ended)
        approvals.stored(session, run, "rejected")
    _unanswered(session, run, arn, execution_input)
    approvals.stored(session, run, "expired")


def _undone_after_rejection(session: Session, run: Edge, ended: dict[str, Any] | None) -> None:
    """Check that the steps before an approval are undone after a rejection, where the workflow undoes steps."""
    machine = session.node(run.source)
    undoing = [state.id for state in machine.states if undoes(state)]
    asking = next(state for state in machine.states if state.kind == "wait")
    if asking.on_error in undoing:
        history = json.dumps(_history(session.client("stepfunctions"), ended), default=str) if ended else ""
        names = [pascal(id) for id in undoing[undoing.index(asking.on_error) :]]
        undone = [name for name in names if f'"{name}"' in history]
        session.check(run, undone == names, "the steps before an approval that a person rejects are undone", undone)


def _called_back(session: Session, run: Edge, arn: str, execution_input: str) -> None:
    """An outside system answers that it has failed, or does not answer in time: the run fails."""
    states = session.client("stepfunctions")
    callbacks.fails(session, run, arn, execution_input)
    ended = session.wait_for(lambda: _ended_with(states, arn, "FAILED", "CallbackFailed"), TIMEOUT_S)
    session.check(run, bool(ended), "what the outside system fails ends as failed")
    _unanswered(session, run, arn, execution_input)


def _unanswered(session: Session, run: Edge, arn: str, execution_input: str) -> None:
    """Nobody answers in time, in a copy of the definition with a short timeout."""
    states = session.client("stepfunctions")

    def shorten_wait(definition: dict[str, Any]) -> None:
        for state in definition["States"].values():
            if state.get("Resource", "").endswith(".waitForTaskToken"):
                state["TimeoutSeconds"] = SHORT_S

    with changed(session, arn, shorten_wait) as copy:
        given = approvals.as_another_message(session, run.source, execution_input)
        states.start_execution(stateMachineArn=copy, name=session.mark(), input=given)
        ended = session.wait_for(lambda: _ended_with(states, copy, "FAILED", "States.Timeout"), TIMEOUT_S)
        session.check(run, bool(ended), "what nobody answers ends as failed after its timeout")


def _undone(session: Session, run: Edge, arn: str, execution_input: str) -> None:
    """Make the last step fail permanently, in a copy of the definition: completed steps are compensated."""
    with changed(session, arn, break_last_step) as copy:
        ended = _execute(session, run, copy, execution_input)
        session.check(run, ended["status"] == "FAILED", "work whose last step fails ends as failed", ended["status"])
        for write in session.architecture.leaving(run.target):
            if write.verb in messages.STORING and session.node(write.target).service in stores.READABLE:
                undone = session.wait_for(lambda e=write: stores.holds(session, e.target, "undone") or None)  # type: ignore[misc]
                session.check(write, bool(undone), "what was done before is noted as undone")


def _ended_with(states: Any, arn: str, status: str, words: str) -> dict[str, Any] | None:
    """Return an execution that ended with a status, and whose history has the words."""
    for execution in states.list_executions(stateMachineArn=arn)["executions"]:
        if execution["status"] == status:
            ended = dict(states.describe_execution(executionArn=execution["executionArn"]))
            if words in json.dumps(_history(states, ended), default=str):
                return ended
    return None


def _history(states: Any, ended: dict[str, Any]) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = states.get_execution_history(executionArn=ended["executionArn"])["events"]
    return events


def _execute(session: Session, run: Edge, arn: str, execution_input: str) -> dict[str, Any]:
    """Run an execution to its end, and return it."""
    name, given = session.mark(), approvals.as_another_message(session, run.source, execution_input)
    session.client("stepfunctions").start_execution(stateMachineArn=arn, name=name, input=given)
    ended = session.wait_for(lambda: _ended_execution(session, run.source, arn, name), TIMEOUT_S)
    return ended or {"status": "RUNNING", "executionArn": arn}
