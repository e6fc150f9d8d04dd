"""Containers without a container engine: the program of an image runs as a process of this machine.

It has the interface of docker-py as far as the emulator uses it. A file (`IMAGES`), read at each start, describes the
images: the prefix of the address, and the folder, command and search path of the program.
"""

import json
import os
import socket
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from prove.emulator.forwarding import forward
from prove.emulator.image_builds import BUILT

#: Variable with the path of the file of images: {"<prefix of the address>": {"folder", "command", "path"}}.
IMAGES = "PROVE_IMAGES"
#: The port of a program unless `PORT` overrides it; each container has its own address.
PORT = 8080


class NotFound(Exception):
    """The container, network or image does not exist."""


class ImageNotFound(NotFound):
    """The image was not pushed."""


class APIError(Exception):
    """Part of the interface; never raised here."""


class DockerException(Exception):
    """Part of the interface; never raised here."""


def image(address: str) -> dict[str, Any]:
    """Return the description of an image. Raises ImageNotFound if it was not pushed."""
    images: dict[str, dict[str, Any]] = json.loads(Path(os.environ[IMAGES]).read_text("utf-8"))
    for start, description in chain(images.items(), _built()):
        if str(address).startswith(start):
            return description
    raise ImageNotFound(f"There is no image {address}.")


def _built() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the images that `prove.emulator.image_builds` has pushed, by their address."""
    for line in Path(os.environ[BUILT]).read_text("utf-8").splitlines():
        description = json.loads(line)
        yield description["address"], description


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _own_address(number: int) -> str:
    """Return an address of the loopback interface that differs from those of other emulators' containers."""
    port = int(os.environ["GATEWAY_PORT"])
    return f"127.{20 + (port >> 8) % 200}.{port & 255}.{number % 250 + 1}"


class Container:
    """A running program. Its process group is the emulator's, and ends with it."""

    count = 0

    def __init__(self, address: str, options: dict[str, Any]) -> None:
        description = image(address)
        self.id = uuid.uuid4().hex * 2
        self.short_id, self.name = self.id[:12], options.get("name") or self.id[:12]
        self.labels = options.get("labels") or {}
        self._output = bytearray()
        self._process = subprocess.Popen(
            options.get("command") or description["command"],
            cwd=description["folder"],
            env=self._environment(description, options.get("environment") or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.attrs: dict[str, Any] = {"Image": address, "State": {}, "Labels": self.labels}
        self.attrs["NetworkSettings"] = {"Networks": {"own": {"IPAddress": self._address}}}
        threading.Thread(target=self._collect, daemon=True).start()

    def _environment(self, description: dict[str, Any], variables: dict[str, str]) -> dict[str, str]:
        Container.count += 1
        self._address = _own_address(Container.count)
        environment = {key: str(value).replace("host.docker.internal", "127.0.0.1") for key, value in variables.items()}
        environment.setdefault("PORT", str(_free_port()))
        self.ports = {f"{PORT}/tcp": [{"HostPort": environment["PORT"]}]}
        self._stop_forwarding = forward((self._address, PORT), ("127.0.0.1", int(environment["PORT"])))
        # ECS sets the Region of a task as environment variables.
        region = {name: os.environ[name] for name in ("AWS_REGION", "AWS_DEFAULT_REGION")}
        return {
            "PATH": description["path"],
            "PYTHONUNBUFFERED": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            **description.get("variables", {}),
            **region,
            **environment,
        }

    def _collect(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._output += line

    @property
    def status(self) -> str:
        """The status of the process."""
        return "running" if self._process.poll() is None else "exited"

    def reload(self) -> None:
        """Update the attributes from the process."""
        code = self._process.poll()
        self.attrs["State"] = {"Status": self.status, "ExitCode": code or 0, "Running": code is None}

    def wait(self, timeout: float | None = None, **_: Any) -> dict[str, int]:
        """Wait for the end of the process and return its exit code."""
        return {"StatusCode": self._process.wait(timeout)}

    def logs(self, stream: bool = False, follow: bool = False, **_: Any) -> bytes | Iterator[bytes]:
        """Return the output, or follow it until the process ends."""
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
        """Terminate the process, as ECS does."""
        self._stop_forwarding()
        self._process.terminate()

    def kill(self, **_: Any) -> None:
        """Kill the process."""
        self._stop_forwarding()
        self._process.kill()

    def remove(self, **_: Any) -> None:
        """Stop the container and remove it."""
        self.stop()
        CONTAINERS.pop(self.id, None)

    def start(self) -> None:
        """Part of the interface: the process runs already."""


CONTAINERS: dict[str, Container] = {}


class _Containers:
    def run(self, image: str, *command: Any, **options: Any) -> Container:
        container = Container(image, {**options, **({"command": command[0]} if command else {})})
        CONTAINERS[container.id] = container
        return container

    create = run

    def get(self, id: str) -> Container:
        for key, container in list(CONTAINERS.items()):
            if id and (key.startswith(id) or container.name == id):
                return container
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
    """The result of `docker.from_env()`."""

    containers = _Containers()
    images = _Images()
    networks = _Networks()
    api = SimpleNamespace(timeout=60)

    def ping(self) -> bool:
        """Return that the engine is available."""
        return True

    def info(self) -> dict[str, str]:
        """Return the system information."""
        return {"OperatingSystem": "processes of this machine", "Architecture": os.uname().machine}

    def version(self) -> dict[str, str]:
        """Return a dummy version."""
        return {"Version": "0"}

    def close(self) -> None:
        """Part of the interface: nothing is open."""
