"""The one layout process of this server: started when first needed, killed and replaced when it hangs.

The clock decides nothing but that something is wrong: what is tried is decided before (`renderers.layout.placing.effort`), and a
layout that does not come is an error, not another layout.
"""

import atexit
import json
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from importlib.resources import files
from typing import Any

from advisor.text import Text
from renderers.layout.bounded_cache import BoundedCache

#: Far above the duration of the largest graph that is tried, on a slow and busy machine.
LIMIT_S = 900.0
START_LIMIT_S = 300.0
_LAYOUTS_PER_PROCESS = 1000
_MOST_KEPT = 256


class LayoutUnavailable(Exception):
    """The layout engine is not installed here, or refused the graph: each time, on this machine."""


class LayoutFailed(Exception):
    """The layout engine did not answer in time or ended; `reason` states which, in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


_ENDED = Text(
    "The layout engine stopped before the diagram was complete, possibly because of insufficient memory. Try again.",
    "構成図が完成する前にレイアウトエンジンが停止しました。メモリ不足の可能性があります。もう一度お試しください。",
)


def _late(limit_s: float) -> Text:
    return Text(
        (f"The layout engine did not respond within {limit_s:g} s. The machine may be overloaded. Try again."),
        f"レイアウトエンジンが {limit_s:g} 秒以内に応答しませんでした。マシンの負荷が高い可能性があります。もう一度お試しください。",
    )


class Engine:
    """A process that lays out one graph at a time; safe to call from several threads."""

    def __init__(self, command: tuple[str, ...] | None = None, limit_s: float = LIMIT_S) -> None:
        self._command = command or _command()
        self.limit_s = limit_s
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()
        self._done = 0
        self._missing = False
        self._kept: BoundedCache[dict[str, Any]] = BoundedCache(_MOST_KEPT)

    def start(self) -> None:
        """Start the process in advance; errors are reported by the first layout."""
        with self._lock, suppress(LayoutUnavailable, LayoutFailed):
            if self._process is None and not self._missing:
                self._start()

    @property
    def pid(self) -> int | None:
        """The id of the process, if it runs."""
        return self._process.pid if self._process is not None else None

    def layout(self, graph: dict[str, Any]) -> dict[str, Any]:
        """Return the graph with positions; treat it as immutable. Raises LayoutUnavailable or LayoutFailed.

        The graph holds sizes and no words, so that most answers lead to one that was laid out before.
        """
        line = json.dumps(graph, separators=(",", ":"))
        kept = self._kept.get(line)
        if kept is not None:
            return kept
        if not self._lock.acquire(timeout=self.limit_s):
            raise LayoutFailed(_late(self.limit_s))
        try:
            if self._missing:
                raise LayoutUnavailable("the layout engine is not installed")
            answer = self._answer(line)
        finally:
            self._lock.release()
        self._kept.keep(line, answer)
        return answer

    def _answer(self, line: str) -> dict[str, Any]:
        """Return the answer to a graph; a process that ends meanwhile is replaced once."""
        for _ in range(2):
            if self._process is None or self._process.poll() is not None or self._done >= _LAYOUTS_PER_PROCESS:
                self._start()
            answer = self._ask(line)
            if answer is not None:
                return answer
            self.stop()
        raise LayoutFailed(_ENDED)

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
        greeting = self._receive(START_LIMIT_S)
        if greeting is None or not greeting.get("ready"):
            self.stop()
            self._missing = greeting is not None
            raise LayoutFailed(_ENDED) if greeting is None else LayoutUnavailable("the layout engine is not installed")

    def _ask(self, line: str) -> dict[str, Any] | None:
        """Return the answer to a graph, or None if the process ended."""
        process = self._process
        if process is None or process.stdin is None:
            return None
        try:
            process.stdin.write(line + "\n")
            process.stdin.flush()
        except OSError:
            return None
        answer = self._receive(self.limit_s)
        if answer is None:
            return None
        self._done += 1
        if "error" in answer:
            raise LayoutUnavailable(str(answer["error"]))
        return answer

    def _receive(self, limit_s: float) -> dict[str, Any] | None:
        """Return the next answer, or None if the process ended. Raises LayoutFailed on a timeout."""
        try:
            line = self._answers.get(timeout=limit_s)
        except queue.Empty:
            self.stop()
            raise LayoutFailed(_late(limit_s)) from None
        answer = json.loads(line) if line else None
        return answer if isinstance(answer, dict) else None

    def forget(self) -> None:
        """Forget the graphs that were laid out before."""
        self._kept.clear()

    def stop(self) -> None:
        """Kill the process; the next layout starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):  # the pipe is closed: unwritten input is discarded
                        pipe.close()


def _pump(process: subprocess.Popen[str], answers: "queue.Queue[str]") -> None:
    """Queue each line of the process; an empty text means that it ended."""
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
        sys.executable, "-P", str(here.joinpath("layout/placing/elk_worker.py")),
        str(here.joinpath("assets/elk/elk-worker.min.js")),
    )  # fmt: skip


ENGINE = Engine()
atexit.register(ENGINE.stop)
