"""A REST API enforces its resource policy also from its OpenAPI body, and supports VPC endpoints.

The emulator has no networks: a header of a request names its VPC endpoint.
"""

import contextvars
import json
from typing import Any

from ministack.core import iam_evaluator
from ministack.services import apigateway_v1

HEADER = b"x-prove-vpc-endpoint"
WRITTEN = "x-amazon-apigateway-policy"
_through = contextvars.ContextVar[str | None]("prove_vpc_endpoint", default=None)


def _with_policy() -> None:
    import_api = apigateway_v1._import_rest_api

    def imported(spec: dict[str, Any], base: dict[str, Any] | None = None) -> Any:
        options = dict(base or {})
        if spec.get(WRITTEN) and not options.get("policy"):
            options["policy"] = json.dumps(spec[WRITTEN])
        return import_api(spec, options)

    apigateway_v1._import_rest_api = imported


def _with_endpoints() -> None:
    from ministack import app as server

    serve, look_up = server.app, iam_evaluator._resolve_condition_key

    async def served(scope: Any, receive: Any, send: Any) -> None:
        endpoint = dict(scope.get("headers") or ()).get(HEADER)
        _through.set(endpoint.decode() if endpoint else None)
        await serve(scope, receive, send)

    def resolved(key: str, context: Any) -> Any:
        return _through.get() if key.lower() == "aws:sourcevpce" else look_up(key, context)

    server.app, iam_evaluator._resolve_condition_key = served, resolved


def install() -> None:
    """Read the policy from the body, and the endpoint of each request from its header."""
    _with_policy()
    _with_endpoints()
