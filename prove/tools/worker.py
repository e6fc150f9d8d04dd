"""The processes of the tools: one per environment, which stays, so that what a tool loads is loaded once."""

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
#: Longest that one question may take.
PATIENCE_S = 1800


class Worker:
    """The process of an environment. It is asked one question at a time, and started again after it has died."""

    def __init__(self, environment: str) -> None:
        self._python = tools.tool(environment)
        self._log = tools.OUT / "workers" / f"{environment}.txt"
        self._process: subprocess.Popen[str] | None = None
        self._one_at_a_time = threading.Lock()

    def ask(self, driver: str, jobs: object, env: Mapping[str, str]) -> list[Any]:
        """Return the lines of a driver; RuntimeError with what it said when it ended badly."""
        with self._one_at_a_time:
            process = self._process = self._process or self._start()
            late = threading.Timer(PATIENCE_S, process.kill)
            late.start()
            try:
                return list(self._answers(process, driver, {"driver": driver, "jobs": jobs, "env": dict(env)}))
            finally:
                late.cancel()

    def _start(self) -> "subprocess.Popen[str]":
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("w") as log:
            return subprocess.Popen(
                [self._python, _SERVE], cwd=tools.ROOT, env=tools.around(),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip

    def _answers(self, process: "subprocess.Popen[str]", driver: str, asked: Mapping[str, Any]) -> Iterator[Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(BrokenPipeError):
            print(json.dumps(asked), file=process.stdin, flush=True)
        for line in process.stdout:
            answer = json.loads(line)
            if not isinstance(answer, dict):
                yield answer
            elif answer["error"]:
                raise RuntimeError(f"{driver}: {answer['error'][-3000:]}")
            else:
                return
        self.end()
        said = self._log.read_text("utf-8", "replace")
        raise RuntimeError(f"{driver} ended with {process.returncode}: {said[-3000:]}")

    def leave(self) -> None:
        """Ask nothing more: the process ends by itself then."""
        if self._process and self._process.stdin:
            with suppress(BrokenPipeError):
                self._process.stdin.close()

    def end(self) -> None:
        """Leave the process, and wait until it has ended."""
        self.leave()
        process, self._process = self._process, None
        if process and process.stdout:
            # Nobody reads what it may still have to say.
            process.stdout.close()
            process.wait()


_workers: dict[str, Worker] = {}
_making = threading.Lock()


@atexit.register
def _end_all() -> None:
    """End all of them at once: what they hold in memory takes a second to go."""
    for worker in _workers.values():
        worker.leave()
    for worker in _workers.values():
        worker.end()


def ask(environment: str, driver: str, jobs: object, *, env: Mapping[str, str] | None = None) -> list[Any]:
    """Ask a driver in an environment and return its lines; RuntimeError with what it said when it ended badly."""
    with _making:
        worker = _workers.setdefault(environment, Worker(environment))
    return worker.ask(driver, jobs, env or {})
