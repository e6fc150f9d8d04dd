"""The folder of each program: its entry point, service, adapters and build files."""

from collections.abc import Iterator, Mapping
from typing import Any

from blueprints.project.pins import pinned
from blueprints.project.programs.authorizer_functions import PACKAGES, Check
from blueprints.project.programs.code import Code
from blueprints.project.programs.timeouts import Timeouts, used
from blueprints.project.render import python, render

Files = Iterator[tuple[str, bytes]]
_ENTRY = {"function": "app", "container": "main"}


def program_files(code: Code) -> Files:
    """Yield the files of a program's folder."""
    values: dict[str, Any] = {"program": code, "entry_point": code.entry_point}
    modules = dict(_modules(code, values))
    yield from modules.items()
    yield from timeout_files(code.folder, modules, code.timeouts)
    yield f"{code.folder}/requirements.txt", pinned(*requirements(code)).encode()
    if code.runtime == "container":
        yield f"{code.folder}/Dockerfile", render("parts/Dockerfile.j2", values).encode()
    elif code.plan.kind == "image-function":
        yield f"{code.folder}/Dockerfile", render("parts/Dockerfile.lambda.j2", values).encode()


def timeout_files(folder: str, modules: Mapping[str, bytes], timeouts: Timeouts) -> Files:
    """Yield the module with the timeouts that the other modules of a folder use, if they use any."""
    if names := used(modules.values()):
        yield f"{folder}/timeouts.py", python("parts/timeouts.py.j2", {"timeouts": timeouts, "names": names})


def check_files(check: Check) -> Files:
    """Yield the files of an authorizer's folder."""
    values: dict[str, Any] = {"program": check, "entry_point": check.entry_point}
    yield f"{check.folder}/authorizer.py", python("parts/authorizer.py.j2", values)
    yield f"{check.folder}/requirements.txt", pinned(*PACKAGES).encode()


def entry_module(code: Code) -> str:
    """Return the name of the module that the platform starts."""
    return _ENTRY[code.runtime]


def requirements(code: Code) -> tuple[str, ...]:
    """Return the packages of a program that its runtime does not provide."""
    used = (
        *(["pydantic"] if code.takes_bodies else []),
        *(["PyJWT"] if code.entry_point.signed or code.entry_point.reaches_keys else []),
    )
    if code.runtime == "function":
        # The runtime brings boto3; an image does too, as it is made from the runtime's own.
        authorizer = ("PyJWT",) if code.authorizes else ()
        if code.entry_point.flow is not None:
            # The library of durable functions wants a newer boto3 than a runtime may bring.
            return ("aws-durable-execution-sdk-python", "boto3", *_drivers(code))
        # A runtime may bring a boto3 that does not know all of S3 Vectors.
        return ("aws-lambda-powertools", *authorizer, *(["boto3"] if code.vectors else []), *used, *_drivers(code))
    server = ("waitress",) if code.entry_point.shell == "container_web" else ()
    return ("boto3", *used, *server, *_drivers(code))


def _drivers(code: Code) -> tuple[str, ...]:
    # `zoneinfo` reads this package where the system has no time zones: https://docs.python.org/3/library/zoneinfo.html (read 2026-11-30)
    zones = ("tzdata",) if (code.service == "summary" or code.starts is not None) and code.zone_name else ()
    return (*sorted({store.client.package for store in code.stores} - {""}), *zones)


def _modules(code: Code, values: Mapping[str, Any]) -> Files:
    yield f"{code.folder}/{entry_module(code)}.py", python(f"shells/{code.entry_point.shell}.py.j2", values)
    yield f"{code.folder}/service.py", python(f"services/{code.service}.py.j2", values)
    yield from _parts(code, values)
    yield from _adapters(code, values)


def _parts(code: Code, values: Mapping[str, Any]) -> Files:
    for part in code.parts:
        yield f"{code.folder}/{part}.py", python(f"parts/{part}.py.j2", values)


def _adapters(code: Code, values: Mapping[str, Any]) -> Files:
    for store in code.stores:
        yield (
            f"{code.folder}/{store.module}.py",
            python(f"stores/{store.client.template}.py.j2", {**values, "store": store}),
        )
    for channel in code.channels:
        template = f"channels/{channel.client.template}.py.j2"
        yield f"{code.folder}/{channel.module}.py", python(template, {**values, "channel": channel})
    for secret in code.secrets:
        yield f"{code.folder}/{secret.module}.py", python("parts/secret.py.j2", {**values, "secret": secret})
    for call in code.calls:
        template = f"calls/{call.call}.py.j2"
        yield f"{code.folder}/{call.module}.py", python(template, {**values, "call": call})
