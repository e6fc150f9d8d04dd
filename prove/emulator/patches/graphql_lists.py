"""A field of a GraphQL API that a function resolves may be a list or a scalar; the emulator accepts objects only."""

import json
import threading
from typing import Any

from ministack.services import appsync, lambda_svc

_resolving = threading.local()


def _plain(body: Any) -> bool:
    """Return whether the emulator cannot read a value: it is neither an object nor a JSON text."""
    if isinstance(body, str | bytes):
        try:
            json.loads(body)
        except ValueError:
            return isinstance(body, str)
        return False
    return isinstance(body, list | int | float | bool)


def install() -> None:
    """Return the result of a function as JSON text, which the emulator can read, while a field is resolved."""
    resolve, execute = appsync._resolve_lambda, lambda_svc._execute_function_with_config_scope

    def resolved(*arguments: Any, **options: Any) -> Any:
        _resolving.now = True
        try:
            return resolve(*arguments, **options)
        finally:
            _resolving.now = False

    def executed(*arguments: Any, **options: Any) -> Any:
        result = execute(*arguments, **options)
        if not getattr(_resolving, "now", False) or not isinstance(result, dict) or result.get("error"):
            return result
        body = result.get("body")
        return {**result, "body": json.dumps(body)} if _plain(body) else result

    appsync._resolve_lambda, lambda_svc._execute_function_with_config_scope = resolved, executed
