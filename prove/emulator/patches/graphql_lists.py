"""A field of a GraphQL API that a function resolves may be a list or a plain value; the emulator takes objects only."""

import json
import threading
from typing import Any

from ministack.services import appsync, lambda_svc

_resolving = threading.local()


def _plain(body: Any) -> bool:
    """Whether the emulator would not read a value as it is: no object, no text of JSON."""
    if isinstance(body, str | bytes):
        try:
            json.loads(body)
        except ValueError:
            return isinstance(body, str)
        return False
    return isinstance(body, list | int | float | bool)


def install() -> None:
    """Hand on what the function returned as JSON text, which the emulator reads as it is, while a field is resolved."""
    resolve, execute = appsync._resolve_lambda, lambda_svc._execute_function_with_config_scope

    def resolved(*given: Any, **more: Any) -> Any:
        _resolving.now = True
        try:
            return resolve(*given, **more)
        finally:
            _resolving.now = False

    def executed(*given: Any, **more: Any) -> Any:
        result = execute(*given, **more)
        if not getattr(_resolving, "now", False) or not isinstance(result, dict) or result.get("error"):
            return result
        body = result.get("body")
        return {**result, "body": json.dumps(body)} if _plain(body) else result

    appsync._resolve_lambda, lambda_svc._execute_function_with_config_scope = resolved, executed
