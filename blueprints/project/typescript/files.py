"""The tools of a project in TypeScript: packages, compiler, linter, Makefile, and the script for what follows a stack."""

from collections.abc import Iterator, Mapping
from typing import Any

from blueprints.naming import kebab
from blueprints.project.render import render, typescript
from blueprints.project.typescript.packages import imported, package_json, pinned

Files = Iterator[tuple[str, bytes]]
_TOOLS = (
    "@eslint/js", "@types/node", "aws-cdk", "aws-cdk-lib", "cdk-nag", "constructs", "esbuild", "eslint", "tsx", "typescript",
    "typescript-eslint", "vitest",
)  # fmt: skip
#: Packages whose types are packages of their own.
_UNTYPED = {"pg", "ws"}
_SCRIPTS = {
    "build": "tsc",
    "lint": "tsc && eslint .",
    "test": "vitest run",
    "synth": "cdk synth --quiet",
    # It needs the parameters of an environment, and steps before and after it.
    "deploy": "make deploy",
}


def tool_files(shared: Mapping[str, Any], sources: Mapping[str, bytes]) -> Files:
    """Yield the files of a project besides its programs; `sources` are its other modules."""
    for name in ("Makefile", "tsconfig.json", "eslint.config.mjs"):
        yield name, render(f"typescript/files/{name}.j2", shared).encode()
    yield ".gitignore", render("typescript/files/gitignore.j2", shared).encode()
    wanted = {"stack": shared["script"], "databases": shared["migrations"]}
    script = {
        f"scripts/{name}.ts": typescript(f"typescript/scripts/{name}.ts.j2", shared) for name in wanted if wanted[name]
    }
    yield from script.items()
    yield "package.json", _package(shared, {**sources, **script})


def _package(shared: Mapping[str, Any], sources: Mapping[str, bytes]) -> bytes:
    """Return the packages of the project: imports of its programs, and tools to build, test and deploy it."""
    modules = {path: source for path, source in sources.items() if path.endswith(".ts")}
    used = imported(modules.values())
    used |= {f"@types/{name}" for name in used & _UNTYPED}
    runs = imported(source for path, source in modules.items() if not path.startswith("tests/")) - set(_TOOLS)
    runs = {name for name in runs if not name.startswith("@types/")}
    return package_json(
        {
            "name": kebab(str(shared["stack"])),
            "version": "0.1.0",
            "private": True,
            "engines": {"node": ">=22"},
            "scripts": _SCRIPTS,
            "dependencies": pinned(runs),
            "devDependencies": pinned((*_TOOLS, *(used - runs), *(["wscat"] if shared["sockets"] else []))),
            # It brings its program by a script at installation, which npm runs for those alone that are named.
            "allowScripts": {"esbuild": True},
        }
    )
