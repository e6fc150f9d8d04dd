"""Durable functions: the emulator only knows them by a property that AWS does not have, and drops what starts them.

It begins an execution for a waited-for invocation, and loses it after any other. Here whatever starts a function with a
`DurableConfig` begins an execution, under the name that it was given; a second start of that name begins nothing; what
the function answers says how the execution goes on; and the event of an execution that failed goes to the function's
dead-letter queue.

It also invokes an execution again as soon as its callback is answered, even while the invocation that asked still runs,
whose checkpoints it then refuses: the execution fails when the answer is quick. Here one invocation follows the other.
"""

import contextvars
import json
import threading
from typing import Any

from ministack.core.responses import error_response_json, json_response
from ministack.services import lambda_durable, lambda_svc
from ministack.services.cloudformation import provisioners

#: Properties of a function that the emulator's CloudFormation leaves out.
_DROPPED = ("DurableConfig", "DeadLetterConfig")
_HEADER = "x-amz-durable-execution-name"
_name: contextvars.ContextVar[str | None] = contextvars.ContextVar("durable_execution_name", default=None)
_execute, _invoke, _completed, _list, _resume = (
    lambda_svc._execute_function, lambda_svc._invoke, lambda_durable.mark_execution_completed,
    lambda_durable.handle_list_by_function, lambda_durable._resume_execution,
)  # fmt: skip
_starting = threading.Lock()
#: By the ARN of an execution: held by its invocation for as long as it runs.
_turns: dict[str, threading.Lock] = {}


def install() -> None:
    """Begin executions wherever functions are started."""
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


def _listed(name: str, query: dict[str, Any], lookup: Any) -> Any:
    """List the executions of all versions where none is named; the emulator lists those of none."""
    if query.get("Qualifier"):
        return _list(name, query, lookup)
    versions = sorted({one["Version"] for one in lambda_durable._executions.values()}) or ["$LATEST"]
    pages = [_list(name, {**query, "Qualifier": [version]}, lookup) for version in versions]
    failed = next((one for one in pages if one[0] != 200), None)
    found = [one for page in pages if not failed for one in json.loads(page[2])["DurableExecutions"]]
    return failed or json_response({"DurableExecutions": found})


def _executed(function: dict[str, Any], event: Any) -> Any:
    config = function.get("config") or function
    if not config.get("DurableConfig") or (isinstance(event, dict) and "DurableExecutionArn" in event):
        return _execute(function, event)
    name = config["FunctionName"]
    with _starting:
        begun = _named(name, _name.get())
        made = begun or lambda_durable.create_execution_for_invoke(
            function_arn=lambda_svc._func_arn(name),
            version=config.get("Version") or "$LATEST",
            input_payload=json.dumps(event),
            name=_name.get(),
            execution_timeout=int(config["DurableConfig"]["ExecutionTimeout"]),
        )
    arn = made["DurableExecutionArn"]
    if not begun:
        # What goes on with a paused execution does the same, whoever started it.
        with _turn(arn):
            lambda_svc.invoke_durable_resume(name, arn, event)
    return {"body": json.dumps({"DurableExecutionArn": arn})}


def _named(function: str, name: str | None) -> Any:
    """Return the execution of a function that has a name, or None."""
    arn, known = lambda_svc._func_arn(function), list(lambda_durable._executions.values())
    return next(
        (one for one in known if name and (one["FunctionArn"], one["DurableExecutionName"]) == (arn, name)), None
    )


def _turn(arn: str) -> threading.Lock:
    return _turns.setdefault(arn, threading.Lock())


def _resumed(arn: str, *where: Any) -> None:
    """Go on with an execution once its invocation has ended; no other execution waits for that."""

    def resume() -> None:
        with _turn(arn):
            _resume(arn, *where)

    threading.Thread(target=contextvars.copy_context().run, args=(resume,), daemon=True).start()


async def _invoked(name: str, event: Any, headers: dict[str, str], *rest: Any, **more: Any) -> Any:
    named = next((value for key, value in headers.items() if key.lower() == _HEADER), None)
    begun = _named(name, named)
    if begun:
        if json.loads(begun["InputPayload"] or "null") == event:
            return 202, {"X-Amz-Durable-Execution-Arn": begun["DurableExecutionArn"]}, b""
        words = f"An execution named {named} was started with another payload."
        return error_response_json("DurableExecutionAlreadyStartedException", words, 409)
    token = _name.set(named)
    try:
        return await _invoke(name, event, headers, *rest, **more)
    finally:
        _name.reset(token)


def _ended(arn: str, result_payload: str | None, error: dict[str, Any] | None) -> None:
    _completed(arn, result_payload, error)
    made = lambda_durable._executions.get(arn)
    if not error or not made or made["Status"] != "FAILED":
        return
    name = made["FunctionArn"].rsplit(":", 1)[-1]
    config = (lambda_svc._functions.get(name) or {}).get("config") or {}
    aside = (config.get("DeadLetterConfig") or {}).get("TargetArn")
    if aside:
        lambda_svc._route_async_failure(aside, name, json.loads(made["InputPayload"] or "null"), {"body": error})
