"""Runs container programs as processes: each receives work, is stopped during it, and is observed until it ends.

The service of a program is replaced by one that takes `HOLD_S`, and SQS by a queue in memory (`prove/drivers/stopping/`);
what listens, takes, answers and stops is the program of the project.
"""

import re
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from prove.tools import NODE, ROOT, node, run, tool, tool_environment

DRIVERS = ROOT / "prove" / "drivers" / "stopping"
#: Longer than servers wait for their requests by default (waitress: 5 s), and shorter than any time to stop.
HOLD_S = 5.6
#: Of a worker, whatever is dropped is dropped at once.
SHORT_HOLD_S = 0.7
ENDS_WITHIN_S, STARTS_WITHIN_S = 10.0, 40.0
#: Kind of a program -> what its entry point says of itself, in both languages.
_KINDS = {
    "server": re.compile(r"\bwaitress\b|'node:http'"),
    "worker": re.compile(r"receive_message|ReceiveMessageCommand"),
    "socket": re.compile(r"asyncio\.start_server|'node:net'"),
    "loop": re.compile(r"INTERVAL_M?S\b"),
}
STATUS = b"HTTP/1.1 "
BODY = b'{"id": "1"}'
_HEAD = "POST /items HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 11\r\n"
REQUEST = f"{_HEAD}\r\n".encode()
#: Names and texts of modules.
Sources = tuple[tuple[str, str], ...]
_REPORTED = re.compile(r"^stopping: (.*)$", re.MULTILINE)


@dataclass
class Stop:
    """The behavior of a program after the stop signal. `answered` is the response to a caller, if any."""

    kind: str
    reports: list[str] = field(default_factory=list)
    before: int = 0
    answered: bool | None = None
    code: int | None = None
    took_s: float = 0.0
    hold_s: float = SHORT_HOLD_S
    output: str = ""

    @property
    def ended(self) -> bool:
        """Whether the work in hand came to its end."""
        return "ends" in self.reports

    @property
    def begun(self) -> int:
        """The number of work items that it started after the stop signal."""
        return self.reports[self.before :].count("begins")


#: Modules of a program that its main module runs with; its service is replaced.
_AROUND_THE_SERVICE = (
    "main", "index", "log", "message", "rows", "environment", "models", "protection", "timeouts", "keys", "signature",
    "identity",
)  # fmt: skip


_BALANCER = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"


def kind_of(folder: Path) -> str:
    """Return the kind of a container's program."""
    file = next(file for name in ("main.py", "main.ts") if (file := folder / name).exists())
    text = file.read_text("utf-8")
    return next((kind for kind, words in _KINDS.items() if words.search(text)), "job")


def stopped(folder: Path) -> Stop:
    """Return how the program in a folder stops; programs that differ in their first comment alone are run once."""
    return _stopped(kind_of(folder), sources_of(folder))


def sources_of(folder: Path) -> Sources:
    """Return the names and texts of the modules around the service of a program, without their first comment."""
    files = sorted(file for file in folder.iterdir() if file.stem in _AROUND_THE_SERVICE)
    return tuple((file.name, _code(file.read_text("utf-8"))) for file in files)


#: How long a program that is to give up its work may take for it, with a stop timeout that is this much shorter than its work.
LONG_HOLD_S = 25.0
_STOP_S, _SHORTENED_S = re.compile(r"\bSTOP_S = \d+"), 11


def given_up(folder: Path) -> Stop:
    """Return how the worker in a folder stops when its work takes longer than its stop timeout, which is shortened here."""
    sources = tuple((name, _STOP_S.sub(f"STOP_S = {_SHORTENED_S}", text)) for name, text in sources_of(folder))
    return _stopped(kind_of(folder), sources, LONG_HOLD_S)


def _code(text: str) -> str:
    first, _, rest = text.partition("\n")
    return rest if first.endswith(('"""', "*/")) else text


@cache
def _stopped(kind: str, sources: Sources, hold_s: float = 0.0) -> Stop:
    with written(sources) as folder:
        return Run(kind, folder, hold_s).stop()


@contextmanager
def written(sources: Sources) -> Iterator[Path]:
    """Yield a folder that holds sources, as long as it is used."""
    with tempfile.TemporaryDirectory() as scratch:
        for name, text in sources:
            (Path(scratch) / name).write_text(text, "utf-8")
        yield Path(scratch)


class Run:
    """One run of a program."""

    def __init__(self, kind: str, folder: Path, hold_s: float = 0.0) -> None:
        self._folder, self.port, self._datagrams = folder, _free_port(), _free_port()
        self._stop = Stop(kind, hold_s=hold_s or (HOLD_S if kind == "server" else SHORT_HOLD_S))
        self._lines = list[str]()
        self._kept: socket.socket | None = None

    def stop(self) -> Stop:
        """Start the program, give it work, tell it to stop, and wait for its end.

        As in a container it starts with the default for SIGTERM: a signal that this process ignores its children would too.
        """
        process = subprocess.Popen(
            ["env", "--default-signal=TERM", *self.command()], cwd=self._folder, env=self.environment(), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        reader = self.read(process)
        caller = threading.Thread(target=self._call)
        if self._stop.kind in ("server", "socket"):
            caller.start()
        try:
            self._told(process)
        finally:
            process.kill()
            process.wait()
            reader.join()
            if caller.ident:
                caller.join()
            if self._kept:
                self._kept.close()
        self._stop.output = "".join(self._lines)[-1500:]
        self._stop.reports = _REPORTED.findall("".join(self._lines))
        return self._stop

    def _told(self, process: "subprocess.Popen[str]") -> None:
        """Send the stop signal while the program works, and wait for the maximum time of its work and shutdown."""
        started = time.monotonic()
        while not self.reports() and process.poll() is None and time.monotonic() - started < STARTS_WITHIN_S:
            time.sleep(0.02)
        self._stop.before = len(self.reports())
        told = time.monotonic()
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._stop.code = process.wait(self._stop.hold_s + ENDS_WITHIN_S)
        self._stop.took_s = time.monotonic() - told

    def read(self, process: "subprocess.Popen[str]") -> threading.Thread:
        """Read what a process prints, in a thread."""
        assert process.stdout is not None
        reader = threading.Thread(target=lambda stream: self._lines.extend(stream), args=[process.stdout])
        reader.start()
        return reader

    def reports(self) -> list[str]:
        """Return the lines that the program has reported so far."""
        return [line for line in self._lines if line.startswith("stopping: ")]

    def command(self) -> list[str | Path]:
        """Return the command that starts the program."""
        if (self._folder / "main.py").exists():
            return [tool("project"), DRIVERS / "python.py", self._folder]
        bundle = self._folder / "bundle.cjs"
        done = run([node() / "node", DRIVERS / "typescript.mjs", self._folder, bundle], env={"NODE_FOLDER": str(NODE)})
        if done.returncode:
            raise RuntimeError(f"esbuild failed: {done.stderr[-800:]}")
        return [node() / "node", bundle]

    def environment(self) -> Mapping[str, str]:
        """Return the environment in which it starts."""
        names = re.findall(r"variable\('(\w+)'\)", "".join(f.read_text("utf-8") for f in self._folder.glob("*.ts")))
        return {
            **tool_environment(dict.fromkeys(names, "x")), "HOLD_S": self._service_hold_s(), "HOST": "127.0.0.1",
            "PORT": str(self.port), "DATAGRAM_PORT": str(self._datagrams), "WAIT_S": "1", "INTERVAL_S": "0.1",
            "LOAD_BALANCER_ARN": _BALANCER, "ALIVE_FILE": str(self._folder / "alive"), "INPUT": '{"id": "1"}', "PYTHONUNBUFFERED": "1",
        }  # fmt: skip

    def _slow_body(self) -> bool:
        """Whether the duration of a request depends on its body, which a server may validate first."""
        return self._stop.kind == "server" and not (self._folder / "main.py").exists()

    def _service_hold_s(self) -> str:
        return "0" if self._slow_body() else str(self._stop.hold_s)

    def _call(self) -> None:
        """Send a request that keeps the program busy, and record whether it is answered."""
        for _ in range(int(STARTS_WITHIN_S / 0.05)):
            with suppress(ConnectionRefusedError):
                self._stop.answered = self._requested() if self._stop.kind == "server" else self._line()
                return
            time.sleep(0.05)

    def _requested(self) -> bool:
        """Send a request and return whether it is answered; in TypeScript its body is complete only after the signal."""
        slow_body, first = self._slow_body(), b""
        # A load balancer keeps its connections open: what is stopped does not wait for that.
        self._kept = socket.create_connection(("127.0.0.1", self.port), timeout=HOLD_S + ENDS_WITHIN_S)
        with suppress(ConnectionError, TimeoutError):
            if slow_body:
                # The server says when it has read the head: only then the request is in its hands.
                self._kept.sendall(f"{_HEAD}Expect: 100-continue\r\n\r\n".encode())
                first = self._kept.recv(1000)
                self._lines.append("stopping: begins\n")
                time.sleep(self._stop.hold_s)
                self._kept.sendall(BODY)
            else:
                self._kept.sendall(REQUEST + BODY)
            # One whose body nobody reads is answered at once.
            answered = first.count(STATUS) > 1 or STATUS in self._kept.recv(1000)
            if slow_body:
                self._lines.append("stopping: ends\n")
            return answered
        return False

    def _line(self) -> bool:
        """Send a line by TCP and return whether it is answered."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=HOLD_S + ENDS_WITHIN_S) as stream:
            stream.sendall(b'{"id": "1"}\n')
            try:
                return stream.recv(100).endswith(b"\n")
            except (ConnectionError, TimeoutError):
                return False


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def programs(project: Path) -> Iterator[Path]:
    """Yield the folders of the programs that run in containers of their own."""
    for dockerfile in sorted(project.glob("src/*/Dockerfile")):
        folder = dockerfile.parent
        if any((folder / name).exists() for name in ("main.py", "main.ts")):
            yield folder
