"""Tasks of ECS run their programs; without a container engine the emulator only says that they run."""

import sys
from types import ModuleType

from prove.emulator import containers


def install() -> None:
    """Put the stand-in where the emulator looks for docker-py."""
    docker, errors, types = ModuleType("docker"), ModuleType("docker.errors"), ModuleType("docker.types")
    for one in (containers.NotFound, containers.ImageNotFound, containers.APIError, containers.DockerException):
        setattr(errors, one.__name__, one)
    for name in ("LogConfig", "Mount", "DeviceRequest", "Ulimit"):
        setattr(types, name, type(name, (), {"__init__": lambda self, *_, **__: None}))
    found = {"from_env": lambda **_: containers.Client(), "DockerClient": lambda *_, **__: containers.Client()}
    for name, value in {**found, "errors": errors, "types": types}.items():
        setattr(docker, name, value)
    sys.modules.update({"docker": docker, "docker.errors": errors, "docker.types": types})
