"""Tasks of ECS run their programs; without a container engine the emulator only reports them as running."""

import sys
from types import ModuleType

from prove.emulator import containers


def install() -> None:
    """Replace docker-py by `prove.emulator.containers`."""
    docker, errors, types = ModuleType("docker"), ModuleType("docker.errors"), ModuleType("docker.types")
    for error in (containers.NotFound, containers.ImageNotFound, containers.APIError, containers.DockerException):
        setattr(errors, error.__name__, error)
    for name in ("LogConfig", "Mount", "DeviceRequest", "Ulimit"):
        setattr(types, name, type(name, (), {"__init__": lambda self, *_, **__: None}))
    constructors = {"from_env": lambda **_: containers.Client(), "DockerClient": lambda *_, **__: containers.Client()}
    for name, value in {**constructors, "errors": errors, "types": types}.items():
        setattr(docker, name, value)
    sys.modules.update({"docker": docker, "docker.errors": errors, "docker.types": types})
