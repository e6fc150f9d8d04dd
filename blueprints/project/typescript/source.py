"""The folder of each TypeScript program: its entry point, service, adapters and build files."""

from collections.abc import Iterator, Mapping
from typing import Any

from blueprints.project.programs.adapters import StoreAdapter
from blueprints.project.programs.authorizer_functions import Check
from blueprints.project.programs.code import Code
from blueprints.project.programs.timeouts import Timeouts, of_function, used
from blueprints.project.render import kebab, render, typescript
from blueprints.project.typescript.packages import imported, package_json, pinned
from blueprints.traits.approvals import TIMEOUT_S, Approvals

Files = Iterator[tuple[str, bytes]]
_ENVIRONMENT = "parts/environment"
_ENTRY = {"function": "app", "container": "main"}


def program_files(code: Code) -> Files:
    """Yield the files of a program's folder."""
    modules = dict(_modules(code))
    modules |= _shared(modules, code.timeouts)
    for name, source in modules.items():
        yield f"{code.folder}/{name}.ts", source
    if code.runtime == "container" or code.plan.kind == "image-function":
        kind = "Dockerfile" if code.runtime == "container" else "Dockerfile.lambda"
        values = {"program": code, "entry_point": code.entry_point}
        yield f"{code.folder}/Dockerfile", render(f"typescript/parts/{kind}.j2", values).encode()
        yield f"{code.folder}/package.json", _package(code, modules)


def check_files(check: Check) -> Files:
    """Yield the files of an authorizer's folder."""
    yield (
        f"{check.folder}/authorizer.ts",
        _module("parts/authorizer", {"program": check, "entry_point": check.entry_point}),
    )
    yield f"{check.folder}/environment.ts", _module(_ENVIRONMENT, {})


def approval_files(approvals: Approvals | None) -> Files:
    """Yield the files of the program at whose endpoint people decide."""
    if approvals is None:
        return
    values = {"approvals": approvals}
    modules = {"app": _module("parts/approvals", values)}
    if approvals.machines:
        modules["approval"] = _module("parts/approval", values)
    for name, source in (modules | _shared(modules, of_function(TIMEOUT_S))).items():
        yield f"{approvals.directory}/{name}.ts", source


def timeouts_module(modules: Mapping[str, bytes], timeouts: Timeouts) -> dict[str, bytes]:
    """Return the module with the timeouts that the other modules of a folder use, by its name; empty if they use none."""
    names = used(modules.values())
    return {"timeouts": _module("parts/timeouts", {"timeouts": timeouts, "names": names})} if names else {}


def _shared(modules: Mapping[str, bytes], timeouts: Timeouts) -> dict[str, bytes]:
    """Return the modules that are the same for all modules of a folder, if these use them."""
    reads = any(b"'./environment'" in source for source in modules.values())
    return ({"environment": _module(_ENVIRONMENT, {})} if reads else {}) | timeouts_module(modules, timeouts)


def entry_module(code: Code) -> str:
    """Return the name of the module that the platform starts."""
    return _ENTRY[code.runtime]


def _package(code: Code, modules: Mapping[str, bytes]) -> bytes:
    """Return the package manifest of an image: the imports of the program, and the bundler."""
    dependencies = pinned(package for package in imported(modules.values()) if not package.startswith("@types/"))
    return package_json(
        {
            "name": code.id,
            "private": True,
            "dependencies": dependencies,
            "devDependencies": pinned(["esbuild"]),
        }
    )


def _modules(code: Code) -> Files:
    values: dict[str, Any] = {"program": code, "entry_point": code.entry_point}
    yield entry_module(code), _module(f"shells/{code.entry_point.shell}", values)
    yield "service", _module(f"services/{code.service}", values)
    for part in (*code.parts, *(("index",) if code.runtime == "container" else ())):
        yield kebab(part), _module(f"parts/{part}", values)
    for store in code.stores:
        template = f"stores/{store.client.template}"
        yield kebab(store.module), _module(template, {**values, "store": store, "imports": _imports})
    for channel in code.channels:
        template = f"channels/{channel.client.template}"
        yield kebab(channel.module), _module(template, {**values, "channel": channel})
    for secret in code.secrets:
        yield kebab(secret.module), _module("parts/secret", {**values, "secret": secret})
    for call in code.calls:
        yield kebab(call.module), _module(f"calls/{call.call}", {**values, "call": call})


def _module(template: str, values: Mapping[str, Any]) -> bytes:
    return typescript(f"typescript/{template}.ts.j2", values)


def _imports(store: StoreAdapter, known: Mapping[str, list[str]]) -> str:
    """Return the names of those that a store's functions need; one without functions is always needed."""
    return ", ".join(name for name, functions in known.items() if not functions or store.has(*functions))
