"""The one layout process of this server: started when first needed, killed and replaced when it hangs."""

import atexit
import json
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from importlib.resources import files
from typing import Any

LIMIT_S = 5.0
START_LIMIT_S = 15.0
_LAYOUTS_PER_PROCESS = 1000


class LayoutUnavailable(Exception):
    """The layout engine cannot be started here, refused the graph, or took longer than its time limit."""


class Engine:
    """A process that lays out one graph at a time; safe to call from several threads."""

    def __init__(self, command: tuple[str, ...] | None = None, limit_s: float = LIMIT_S) -> None:
        self._command = command or _command()
        self._limit_s = limit_s
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()
        self._done = 0
        self._missing = False

    def layout(self, graph: dict[str, Any]) -> dict[str, Any]:
        """Return the graph with positions. Raises LayoutUnavailable."""
        with self._lock:
            if self._missing:
                raise LayoutUnavailable("the layout engine is not installed")
            if self._process is None or self._process.poll() is not None or self._done >= _LAYOUTS_PER_PROCESS:
                self._start()
            return self._ask(json.dumps(graph, separators=(",", ":")))

    def _start(self) -> None:
        self.stop()
        try:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                text=True, encoding="utf-8",
            )  # fmt: skip
        except OSError as error:
            self._missing = True
            raise LayoutUnavailable(str(error)) from error
        self._answers = queue.Queue()
        self._done = 0
        threading.Thread(target=_pump, args=(self._process, self._answers), daemon=True).start()
        if self._receive(START_LIMIT_S) is None:
            self.stop()
            self._missing = True
            raise LayoutUnavailable("the layout engine did not start")

    def _ask(self, line: str) -> dict[str, Any]:
        process = self._process
        if process is None or process.stdin is None:
            raise LayoutUnavailable("the layout engine is not running")
        try:
            process.stdin.write(line + "\n")
            process.stdin.flush()
        except OSError as error:
            self.stop()
            raise LayoutUnavailable("the layout engine stopped") from error
        answer = self._receive(self._limit_s)
        if answer is None:
            self.stop()
            raise LayoutUnavailable(f"no layout within {self._limit_s} s")
        self._done += 1
        if "error" in answer:
            raise LayoutUnavailable(str(answer["error"]))
        return answer

    def _receive(self, limit_s: float) -> dict[str, Any] | None:
        try:
            line = self._answers.get(timeout=limit_s)
        except queue.Empty:
            return None
        answer = json.loads(line) if line else None
        return answer if isinstance(answer, dict) else None

    def stop(self) -> None:
        """Kill the process; the next layout starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):  # what was not written yet has nowhere to go
                        pipe.close()


def _pump(process: subprocess.Popen[str], answers: "queue.Queue[str]") -> None:
    """Hand on each line of the process; an empty text says that it ended."""
    try:
        if process.stdout is not None:
            for line in process.stdout:
                answers.put(line)
    except ValueError:
        pass  # the pipe was closed while we read: the process was killed
    answers.put("")


def _command() -> tuple[str, ...]:
    here = files("renderers")
    return (
        sys.executable, "-P", str(here.joinpath("layout/elk_worker.py")),
        str(here.joinpath("assets/elk/elk-worker.min.js")),
    )  # fmt: skip


ENGINE = Engine()
atexit.register(ENGINE.stop)
