"""Run the program of a container in a folder, with a service that takes `HOLD_S` and a queue in memory, and report on stdout.

Every report is a line: `begins` and `ends` for a piece of work, `deleted` and `returned` with the number of a message.
"""

import asyncio
import os
import re
import runpy
import sys
import time
import types
from datetime import UTC
from pathlib import Path
from typing import Any

FOLDER, HOLD_S = Path(sys.argv[1]), float(os.environ["HOLD_S"])
#: Stores that the main module names for the error that they raise while they wake up; the service does without them.
_STORE = re.compile(r"^import (store_\w+)$", re.MULTILINE)
_ENVIRONMENT = re.compile(r"os\.environ\[\"(\w+)\"\]")


def report(*words: object) -> None:
    """Print a line at once."""
    print("stopping:", *words, flush=True)


def slow(*_arguments: Any, **_options: Any) -> dict[str, str]:
    """Work for the given time."""
    report("begins")
    time.sleep(HOLD_S)
    report("ends")
    return {"id": "1"}


class Service(types.ModuleType):
    """The service of a program: whatever it is asked for takes its time."""

    ZONE = UTC
    Invalid = type("Invalid", (ValueError,), {})
    NotFound = type("NotFound", (LookupError,), {})
    Changed = type("Changed", (RuntimeError,), {})
    Unconditional = type("Unconditional", (RuntimeError,), {})

    def __getattr__(self, name: str) -> Any:
        return slow


class Queue:
    """A queue that delivers three messages once."""

    def __init__(self) -> None:
        self._left = ["1", "2", "3"]

    def receive_message(self, **_asked: Any) -> dict[str, Any]:
        """Return the messages, or nothing after a while."""
        messages, self._left = self._left, []
        time.sleep(0 if messages else 0.2)
        return {"Messages": [{"MessageId": one, "ReceiptHandle": one, "Body": '{"id": "1"}'} for one in messages]}

    def delete_message(self, ReceiptHandle: str, **_asked: Any) -> None:
        """Report that a message is done."""
        report("deleted", ReceiptHandle)

    def change_message_visibility(self, ReceiptHandle: str, **_asked: Any) -> None:
        """Report that a message may be received by another."""
        report("returned", ReceiptHandle)

    def change_message_visibility_batch(self, Entries: list[dict[str, Any]], **_asked: Any) -> None:
        """Report that messages may be received by another."""
        for entry in Entries:
            report("returned", entry["ReceiptHandle"])


def main() -> None:
    """Start the program as its container does."""
    sys.path.insert(0, str(FOLDER))
    for file in FOLDER.glob("*.py"):
        for name in _ENVIRONMENT.findall(file.read_text("utf-8")):
            os.environ.setdefault(name, "x")
    for name in _STORE.findall((FOLDER / "main.py").read_text("utf-8")):
        sys.modules[name] = types.ModuleType(name)
        sys.modules[name].Resuming = type("Resuming", (Exception,), {})  # type: ignore[attr-defined]
    boto3 = types.ModuleType("boto3")
    boto3.client = lambda *_arguments, **_options: Queue()  # type: ignore[attr-defined]
    sys.modules.update(service=Service("service"), boto3=boto3)
    program = runpy.run_path(str(FOLDER / "main.py"), run_name="program")
    if "route" in program:
        # What the server looks up when a request comes: whoever it is from, the answer takes its time; that of a health check does not.
        route = program["route"]
        program["application"].__globals__["route"] = lambda method, path, environ: (
            route(method, path, environ) if path == "/health" else ("200 OK", slow())
        )
    ended = program["main"]()
    sys.exit(asyncio.run(ended) if asyncio.iscoroutine(ended) else ended)


main()
