"""Containers without a container engine: the program of an image runs as a process of this machine.

It has the interface of docker-py as far as the emulator uses it. What an image is, is read from a file at each start
(`IMAGES`): the start of its address, and the folder, command and search path of its program.
"""

import json
import os
import socket
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from prove.emulator.forwarding import forward

#: Path of the file that says which images there are: {"<start of the address>": {"folder", "command", "path"}}.
IMAGES = "PROVE_IMAGES"
#: Where a program listens unless `PORT` says otherwise; each container has it on an address of its own.
PORT = 8080


class NotFound(Exception):
    """There is no such container, network or image."""


class ImageNotFound(NotFound):
    """Nobody has pushed this image."""


class APIError(Exception):
    """Part of the interface; never raised here."""


class DockerException(Exception):
    """Part of the interface; never raised here."""


def image(address: str) -> dict[str, Any]:
    """Return what an image is; ImageNotFound when it was not pushed."""
    known: dict[str, dict[str, Any]] = json.loads(Path(os.environ[IMAGES]).read_text("utf-8"))
    for start, found in known.items():
        if str(address).startswith(start):
            return found
    raise ImageNotFound(f"There is no image {address}.")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _own_address(number: int) -> str:
    """Return an address of the loopback interface; that of another emulator's containers is another."""
    port = int(os.environ["GATEWAY_PORT"])
    return f"127.{20 + (port >> 8) % 200}.{port & 255}.{number % 250 + 1}"


class Container:
    """A running program. Its process group is the emulator's, and ends with it."""

    count = 0

    def __init__(self, address: str, options: dict[str, Any]) -> None:
        found = image(address)
        self.id = uuid.uuid4().hex * 2
        self.short_id, self.name = self.id[:12], options.get("name") or self.id[:12]
        self.labels = options.get("labels") or {}
        self._output = bytearray()
        self._process = subprocess.Popen(
            options.get("command") or found["command"],
            cwd=found["folder"],
            env=self._environment(found, options.get("environment") or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.attrs: dict[str, Any] = {"Image": address, "State": {}, "Labels": self.labels}
        self.attrs["NetworkSettings"] = {"Networks": {"own": {"IPAddress": self._address}}}
        threading.Thread(target=self._collect, daemon=True).start()

    def _environment(self, found: dict[str, Any], given: dict[str, str]) -> dict[str, str]:
        Container.count += 1
        self._address = _own_address(Container.count)
        own = {key: str(value).replace("host.docker.internal", "127.0.0.1") for key, value in given.items()}
        own.setdefault("PORT", str(_free_port()))
        self._stop_forwarding = forward((self._address, PORT), ("127.0.0.1", int(own["PORT"])))
        # ECS says in which Region a task runs, as environment variables.
        region = {name: os.environ[name] for name in ("AWS_REGION", "AWS_DEFAULT_REGION")}
        return {"PATH": found["path"], "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1", **region, **own}

    def _collect(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._output += line

    @property
    def status(self) -> str:
        """Whether it runs."""
        return "running" if self._process.poll() is None else "exited"

    def reload(self) -> None:
        """Look at the process."""
        code = self._process.poll()
        self.attrs["State"] = {"Status": self.status, "ExitCode": code or 0, "Running": code is None}

    def wait(self, timeout: float | None = None, **_: Any) -> dict[str, int]:
        """Return its exit code once it has ended."""
        return {"StatusCode": self._process.wait(timeout)}

    def logs(self, stream: bool = False, follow: bool = False, **_: Any) -> bytes | Iterator[bytes]:
        """Return what it has written, or follow it to its end."""
        return self._follow() if stream or follow else bytes(self._output)

    def _follow(self) -> Iterator[bytes]:
        sent = 0
        while True:
            ended = self._process.poll() is not None
            if ended:
                time.sleep(0.05)
            new = bytes(self._output[sent:])
            sent += len(new)
            if new:
                yield new
            elif ended:
                return
            time.sleep(0.05)

    def stop(self, timeout: float = 10, **_: Any) -> None:
        """Ask it to end, as ECS does."""
        self._stop_forwarding()
        self._process.terminate()

    def kill(self, **_: Any) -> None:
        """End it."""
        self._stop_forwarding()
        self._process.kill()

    def remove(self, **_: Any) -> None:
        """Forget it."""
        self.stop()
        CONTAINERS.pop(self.id, None)

    def start(self) -> None:
        """Part of the interface: it runs already."""


CONTAINERS: dict[str, Container] = {}


class _Containers:
    def run(self, address: str, *command: Any, **options: Any) -> Container:
        made = Container(address, {**options, **({"command": command[0]} if command else {})})
        CONTAINERS[made.id] = made
        return made

    create = run

    def get(self, id: str) -> Container:
        for key, one in list(CONTAINERS.items()):
            if id and (key.startswith(id) or one.name == id):
                return one
        raise NotFound(id)

    def list(self, **_: Any) -> list[Container]:
        return list(CONTAINERS.values())


class _Images:
    def get(self, address: str) -> Any:
        image(address)
        return SimpleNamespace(id=self.digest(address), tags=[address], attrs={}, tag=lambda *_, **__: True)

    def pull(self, address: str, **_: Any) -> Any:
        return self.get(address)

    def get_registry_data(self, address: str, **_: Any) -> Any:
        return self.get(address)

    @staticmethod
    def digest(address: str) -> str:
        return "sha256:" + uuid.uuid5(uuid.NAMESPACE_URL, str(address).partition("@")[0]).hex * 2


class _Networks:
    def list(self, **_: Any) -> list[Any]:
        return []

    def get(self, name: str) -> Any:
        raise NotFound(name)


class Client:
    """What `docker.from_env()` gives."""

    containers = _Containers()
    images = _Images()
    networks = _Networks()
    api = SimpleNamespace(timeout=60)

    def ping(self) -> bool:
        """Say that it is there."""
        return True

    def info(self) -> dict[str, str]:
        """Say what it is."""
        return {"OperatingSystem": "processes of this machine", "Architecture": os.uname().machine}

    def version(self) -> dict[str, str]:
        """Say that it has no version."""
        return {"Version": "0"}

    def close(self) -> None:
        """Part of the interface: nothing is open."""
