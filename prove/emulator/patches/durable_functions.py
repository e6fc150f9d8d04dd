"""Durable functions: the emulator supports them by a property that AWS does not have, and drops `DurableConfig`.

It starts an execution for a synchronous invocation, and loses it after any other. With the patch, every invocation of a
function with a `DurableConfig` starts an execution with the requested name; a second start with that name has no
effect; the response of the function determines how the execution continues; and the event of a failed execution goes to
the function's dead-letter queue.

It also resumes an execution as soon as its callback completes, even while the invocation that created the callback
still runs, and then refuses the checkpoints of the latter: the execution fails if the answer is quick. With the patch,
the invocations of an execution run one after the other.

A callback without a limit, which is one of 0 seconds for AWS, ends in it at once
(https://docs.aws.amazon.com/lambda/latest/api/API_CallbackOptions.html, read 2026-11-27). With the patch it has none.
"""

import contextvars
import json
import threading
from typing import Any

from ministack.core.responses import error_response_json, json_response
from ministack.services import lambda_durable, lambda_svc
from ministack.services.cloudformation import provisioners

#: Properties of a function that the emulator's CloudFormation ignores.
_DROPPED = ("DurableConfig", "DeadLetterConfig")
_HEADER = "x-amz-durable-execution-name"
_name: contextvars.ContextVar[str | None] = contextvars.ContextVar("durable_execution_name", default=None)
_execute, _invoke, _completed, _list, _resume, _update = (
    lambda_svc._execute_function, lambda_svc._invoke, lambda_durable.mark_execution_completed,
    lambda_durable.handle_list_by_function, lambda_durable._resume_execution, lambda_durable._apply_update,
)  # fmt: skip
_starting = threading.Lock()
#: By the ARN of an execution: acquired by its invocation for as long as it runs.
_invocation_locks: dict[str, threading.Lock] = {}


def install() -> None:
    """Start executions for every kind of invocation."""
    handler = provisioners._RESOURCE_HANDLERS["AWS::Lambda::Function"]
    make = handler["create"]

    def create(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        name, attributes = make(logical_id, properties, stack)
        config = lambda_svc._functions[name]["config"]
        config |= {key: properties[key] for key in _DROPPED if key in properties}
        return name, attributes

    handler["create"] = create
    lambda_durable.handle_list_by_function = _listed
    lambda_svc._execute_function = _executed
    lambda_svc._invoke = _invoked
    lambda_durable.mark_execution_completed = _ended
    lambda_durable._resume_execution = _resumed
    lambda_durable._apply_update = _updated


def _updated(record: dict[str, Any], update: dict[str, Any]) -> None:
    """Keep an operation without the limits of a callback that are disabled."""
    limits = {name: seconds for name, seconds in (update.get("CallbackOptions") or {}).items() if seconds}
    _update(record, {**update, "CallbackOptions": limits})


def _listed(name: str, query: dict[str, Any], lookup: Any) -> Any:
    """List the executions of all versions where the query names none; the emulator then lists no execution."""
    if query.get("Qualifier"):
        return _list(name, query, lookup)
    versions = sorted({execution["Version"] for execution in lambda_durable._executions.values()}) or ["$LATEST"]
    pages = [_list(name, {**query, "Qualifier": [version]}, lookup) for version in versions]
    failed = next((page for page in pages if page[0] != 200), None)
    executions = [execution for page in pages if not failed for execution in json.loads(page[2])["DurableExecutions"]]
    return failed or json_response({"DurableExecutions": executions})


def _executed(function: dict[str, Any], event: Any) -> Any:
    config = function.get("config") or function
    if not config.get("DurableConfig") or (isinstance(event, dict) and "DurableExecutionArn" in event):
        return _execute(function, event)
    name = config["FunctionName"]
    with _starting:
        existing = _named(name, _name.get())
        execution = existing or lambda_durable.create_execution_for_invoke(
            function_arn=lambda_svc._func_arn(name),
            version=config.get("Version") or "$LATEST",
            input_payload=json.dumps(event),
            name=_name.get(),
            execution_timeout=int(config["DurableConfig"]["ExecutionTimeout"]),
        )
    arn = execution["DurableExecutionArn"]
    if not existing:
        # The resumption of a paused execution acquires the same lock.
        with _invocation_lock(arn):
            lambda_svc.invoke_durable_resume(name, arn, event)
    return {"body": json.dumps({"DurableExecutionArn": arn})}


def _named(function: str, name: str | None) -> Any:
    """Return the execution of a function by its name, or None."""
    arn, executions = lambda_svc._func_arn(function), list(lambda_durable._executions.values())
    return next(
        (
            execution
            for execution in executions
            if name and (execution["FunctionArn"], execution["DurableExecutionName"]) == (arn, name)
        ),
        None,
    )


def _invocation_lock(arn: str) -> threading.Lock:
    return _invocation_locks.setdefault(arn, threading.Lock())


def _resumed(arn: str, *where: Any) -> None:
    """Resume an execution once its invocation has ended, without blocking other executions."""

    def resume() -> None:
        with _invocation_lock(arn):
            _resume(arn, *where)

    threading.Thread(target=contextvars.copy_context().run, args=(resume,), daemon=True).start()


async def _invoked(name: str, event: Any, headers: dict[str, str], *rest: Any, **options: Any) -> Any:
    named = next((value for key, value in headers.items() if key.lower() == _HEADER), None)
    existing = _named(name, named)
    if existing:
        if json.loads(existing["InputPayload"] or "null") == event:
            return 202, {"X-Amz-Durable-Execution-Arn": existing["DurableExecutionArn"]}, b""
        words = f"An execution named {named} was started with another payload."
        return error_response_json("DurableExecutionAlreadyStartedException", words, 409)
    token = _name.set(named)
    try:
        return await _invoke(name, event, headers, *rest, **options)
    finally:
        _name.reset(token)


def _ended(arn: str, result_payload: str | None, error: dict[str, Any] | None) -> None:
    _completed(arn, result_payload, error)
    execution = lambda_durable._executions.get(arn)
    if not error or not execution or execution["Status"] != "FAILED":
        return
    name = execution["FunctionArn"].rsplit(":", 1)[-1]
    config = (lambda_svc._functions.get(name) or {}).get("config") or {}
    dead_letter_queue = (config.get("DeadLetterConfig") or {}).get("TargetArn")
    if dead_letter_queue:
        lambda_svc._route_async_failure(
            dead_letter_queue, name, json.loads(execution["InputPayload"] or "null"), {"body": error}
        )
