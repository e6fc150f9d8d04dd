"""The emulator's process: started on a free port of the loopback interface, ended by its id."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import boto3
from botocore.config import Config

from prove import tools
from prove.emulator import image_builds
from prove.emulator.image_builds import BUILT, SEARCHED
from prove.emulator.patches import PATCHES

STARTS_WITHIN_S = 30
#: Waits of state machines and retries take minutes; the factor shortens them, since only their order is tested.
WAIT_SCALE = "0.01"


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Emulator:
    """An AWS account on this machine, empty at first, with IAM enforced. Use it as a context manager."""

    #: Shared by all emulators: they create their clients from one session.
    _lock = threading.Lock()

    def __init__(self, folder: Path, patches: Iterable[str] = PATCHES) -> None:
        self.folder = folder
        self.port = _free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self._excluded = [name for name in PATCHES if name not in set(patches)]
        self._process: subprocess.Popen[bytes] | None = None
        self._clients: dict[str, Any] = {}
        self._pushed: dict[str, dict[str, Any]] = {}

    @property
    def pid(self) -> int:
        """The id of the process. Raises LookupError if it does not run."""
        if not self._process:
            raise LookupError("the emulator does not run")
        return self._process.pid

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables by which AWS tools use this emulator."""
        return {
            **tools.OFFLINE,
            "AWS_ENDPOINT_URL": self.endpoint,
            "CDK_DOCKER": str(self._engine),
            BUILT: str(self._built),
            SEARCHED: f"{tools.tool('project').parent}:{os.environ['PATH']}",
        }

    def client(self, service: str) -> Any:
        """Return the client of a service for the account. Threads may share a client; its creation is serialized."""
        with self._lock:
            if service not in self._clients:
                self._clients[service] = boto3.client(
                    service,
                    region_name=tools.OFFLINE["AWS_REGION"],
                    endpoint_url=self.endpoint,
                    aws_access_key_id=tools.OFFLINE["AWS_ACCESS_KEY_ID"],
                    aws_secret_access_key=tools.OFFLINE["AWS_SECRET_ACCESS_KEY"],
                    config=Config(retries={"total_max_attempts": 2}, max_pool_connections=32),
                )
            return self._clients[service]

    def push(self, repository: str, folder: Path, command: list[str], python: Path) -> None:
        """Register an image of a program, as a push to a registry would."""
        path = f"{python.parent}:{os.environ['PATH']}"
        with self._lock:
            self._pushed[repository] = {"folder": str(folder), "command": command, "path": path}
            # The emulator may read the file at any time, so it is replaced atomically.
            new = self._images.with_suffix(".new")
            new.write_text(json.dumps(self._pushed), "utf-8")
            new.replace(self._images)

    def mail(self) -> list[dict[str, str]]:
        """Return the messages that topics have sent to people so far."""
        return [json.loads(line) for line in self._mailbox.read_text("utf-8").splitlines()]

    @property
    def _images(self) -> Path:
        return self.folder / "images.json"

    @property
    def _built(self) -> Path:
        return self.folder / "built.jsonl"

    @property
    def _engine(self) -> Path:
        return self.folder / "container-engine"

    @property
    def _mailbox(self) -> Path:
        return self.folder / "mailbox.jsonl"

    def start(self) -> Self:
        """Start the emulator and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._images.write_text("{}", "utf-8")
        self._mailbox.write_text("", "utf-8")
        self._built.write_text("", "utf-8")
        program = Path(image_builds.__file__)
        self._engine.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{program}" "$@"\n', "utf-8")
        self._engine.chmod(0o755)
        words = [word for name in self._excluded for word in ("--without", name)]
        with (self.folder / "log.txt").open("wb") as log:
            self._process = subprocess.Popen(
                [tools.tool("emulator"), "-m", "prove.emulator.launch", *words],
                cwd=tools.ROOT, env=os.environ | self._settings(), stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self._wait()
        return self

    def _settings(self) -> dict[str, str]:
        runtime = tools.tool("emulator").parent
        return {
            **tools.OFFLINE,
            "AUTH": "true",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "MINISTACK_HOST": "localhost",
            "MINISTACK_REGION": tools.OFFLINE["AWS_REGION"],
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "SFN_WAIT_SCALE": WAIT_SCALE,
            "LAMBDA_ASYNC_RETRY_BASE_SECONDS": "0.2",
            "LAMBDA_ASYNC_RETRY_MAX_SECONDS": "0.5",
            "PROVE_IMAGES": str(self._images),
            "PROVE_MAILBOX": str(self._mailbox),
            BUILT: str(self._built),
            # The AWS SDK for functions in TypeScript, which the runtime includes on AWS.
            "NODE_PATH": str(tools.NODE / "node_modules"),
            "PATH": f"{runtime}:{tools.node()}:{os.environ['PATH']}",
        }

    def _wait(self) -> None:
        until = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < until:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.endpoint}/_ministack/health", timeout=2):
                return
            time.sleep(0.05)
        self.stop()
        raise TimeoutError(f"The emulator does not answer; see {self.folder / 'log.txt'}.")

    def stop(self) -> None:
        """End the emulator and its child processes."""
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
