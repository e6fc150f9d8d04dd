"""Worker processes of the tools: one per environment, kept running so that a tool loads its modules once."""

import atexit
import json
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from prove import tools

_SERVE = Path(__file__).parents[1] / "drivers" / "serve.py"
#: The longest time of a request.
TIMEOUT_S = 1800


class Worker:
    """The worker process of an environment. It serves one request at a time and is restarted after it has died."""

    def __init__(self, environment: str) -> None:
        self._python = tools.tool(environment)
        self._log = tools.OUT / "workers" / f"{environment}.txt"
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def ask(self, driver: str, jobs: object, env: Mapping[str, str]) -> list[Any]:
        """Return the lines of a driver; RuntimeError with its error output when it failed."""
        with self._lock:
            process = self._process = self._process or self._start()
            late = threading.Timer(TIMEOUT_S, process.kill)
            late.start()
            try:
                return list(self._answers(process, driver, {"driver": driver, "jobs": jobs, "env": dict(env)}))
            finally:
                late.cancel()

    def _start(self) -> "subprocess.Popen[str]":
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("w") as log:
            return subprocess.Popen(
                [self._python, _SERVE], cwd=tools.ROOT, env=tools.tool_environment(),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip

    def _answers(self, process: "subprocess.Popen[str]", driver: str, request: Mapping[str, Any]) -> Iterator[Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(BrokenPipeError):
            print(json.dumps(request), file=process.stdin, flush=True)
        for line in process.stdout:
            answer = json.loads(line)
            if not isinstance(answer, dict):
                yield answer
            elif answer["error"]:
                raise RuntimeError(f"{driver}: {answer['error'][-3000:]}")
            else:
                return
        self.end()
        log = self._log.read_text("utf-8", "replace")
        raise RuntimeError(f"{driver} ended with {process.returncode}: {log[-3000:]}")

    def leave(self) -> None:
        """Close the standard input of the process, which ends it."""
        if self._process and self._process.stdin:
            with suppress(BrokenPipeError):
                self._process.stdin.close()

    def end(self) -> None:
        """Close the standard input of the process, and wait until it has ended."""
        self.leave()
        process, self._process = self._process, None
        if process and process.stdout:
            # Nobody reads the remaining output.
            process.stdout.close()
            process.wait()


_workers: dict[str, Worker] = {}
_making = threading.Lock()


@atexit.register
def _end_all() -> None:
    """End all workers in parallel: each takes a second to free its memory."""
    for worker in _workers.values():
        worker.leave()
    for worker in _workers.values():
        worker.end()


def ask(environment: str, driver: str, jobs: object, *, env: Mapping[str, str] | None = None) -> list[Any]:
    """Run a driver in the worker of an environment and return its lines. Raises RuntimeError if it failed."""
    with _making:
        worker = _workers.setdefault(environment, Worker(environment))
    return worker.ask(driver, jobs, env or {})
