"""Programs with which a person or an outside system completes waiting runs, loaded from their folders, and the runs that wait.

For `decide` and `call_back`, in a worker process. Stores are emulated by moto; what completes a task is recorded instead.
"""

import importlib
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import boto3
import botocore.client
import botocore.exceptions
from moto import mock_aws

importlib.import_module("kept_clients").keep_what_stays()
# The bytecode of a program is taken for that of another one that is as long and was written within the same second.
sys.dont_write_bytecode = True
TOKEN = "b3BlbiBzZXNhbWU"
CONTEXT = SimpleNamespace(
    function_name="f", memory_limit_in_mb=128, aws_request_id="r1", client_context=None,
    invoked_function_arn="arn:aws:lambda:us-east-1:123456789012:function:f",
)  # fmt: skip
_ENDS = re.compile(r"Send(Task|DurableExecutionCallback)(Success|Failure)")
_VARIABLE = re.compile(r'environ(?:\.get)?[\[(]"(\w+)"')


class Runs:
    """The runs that wait: what completed them, and what the next request to complete one ends with."""

    def __init__(self) -> None:
        self.ended: list[tuple[str, dict[str, Any]]] = []
        self.over = False
        #: "lost" is a response, "throttled" a request.
        self.fault = ""

    def take(self, client: Any, operation: str, given: dict[str, Any]) -> dict[str, Any] | None:
        """Record a completed task; None for any other request."""
        if not _ENDS.fullmatch(operation):
            return None
        if self.over:
            code = "TaskTimedOut" if "Task" in operation else "CallbackTimeoutException"
            raise getattr(client.exceptions, code)(_refusal(code), operation)
        fault, self.fault = self.fault, ""
        if fault == "throttled":
            raise botocore.exceptions.ClientError(_refusal("ThrottlingException"), operation)
        if fault == "lost":
            self.over = True
            raise botocore.exceptions.ReadTimeoutError(endpoint_url="https://states")
        self.ended.append((operation, given))
        return {}


def _refusal(code: str) -> Any:
    return {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": 400, "RetryAttempts": 0}}


@contextmanager
def emulated(answer: Callable[[Any, str, dict[str, Any]], dict[str, Any] | None]) -> Iterator[None]:
    """Emulate AWS, but for the requests that are answered with something else than None."""
    original = botocore.client.BaseClient._make_api_call

    def call(client: Any, operation: str, given: dict[str, Any]) -> Any:
        answered = answer(client, operation, given)
        return original(client, operation, given) if answered is None else answered

    with mock_aws(), patch.object(botocore.client.BaseClient, "_make_api_call", call):
        yield


def create_table(name: str) -> None:
    """Create a table of task tokens."""
    boto3.resource("dynamodb", region_name="us-east-1").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )


def variables(*folders: Path) -> list[str]:
    """Return the environment variables that programs ask for: each holds its own name, as do the resources that they name."""
    source = "\n".join(file.read_text("utf-8") for folder in folders for file in folder.glob("*.py"))
    return list(dict.fromkeys(_VARIABLE.findall(source)))


@contextmanager
def program(folder: Path) -> Iterator[Callable[[str], Any]]:
    """Yield what loads modules of a folder afresh."""
    before, path = dict(sys.modules), list(sys.path)
    names = [file.stem for file in folder.glob("*.py")]
    for name in names:
        sys.modules.pop(name, None)
    sys.path.insert(0, str(folder))
    asked = {name: name for name in variables(folder)}
    fixed = {
        "AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing",
        "POWERTOOLS_TRACE_DISABLED": "true", "POWERTOOLS_LOG_LEVEL": "CRITICAL",
    }  # fmt: skip
    try:
        with patch.dict(os.environ, asked | fixed | {"APPROVALS_URL": "https://approvals.example.com"}):
            yield importlib.import_module
    finally:
        sys.path[:] = path
        for name in names:
            sys.modules.pop(name, None)
        sys.modules |= {name: module for name, module in before.items() if name not in sys.modules}
