"""The linters of projects in TypeScript: the compiler and eslint, each once for all projects, with a project's settings."""

import json
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from prove.linters import Said
from prove.reports import Row
from prove.tools import NODE, OUT, run, tool

SHARED = ("tsconfig.json", "eslint.config.mjs")
#: The compiler's settings for all projects; eslint, which may run beside it, has a file of its own.
COMPILED = "tsconfig.compiler.json"
_ERROR = re.compile(r"(?P<file>[^\s(]+)\((?P<line>\d+),\d+\): error (?P<rule>TS\d+): (?P<message>.*)")
#: What the parser finds, and what the checker says of syntax.
_SYNTAX = re.compile(r"TS1\d{3}$")
#: A program of the compiler for each project would hold the types of CDK as many times, and run out of memory.
_ONE_PROGRAM = """\
import project from './project.mjs';

const one = { projectService: false, project: ['./tsconfig.json'], tsconfigRootDir: import.meta.dirname };
export default [...project, { languageOptions: { parserOptions: one } }];
"""


def modules() -> None:
    """Put the installed packages and the settings of projects where all of them find them."""
    with suppress(FileExistsError):
        (OUT / "node_modules").symlink_to(NODE / "node_modules")


def compiler(folders: list[str]) -> Said:
    """Check the types of all projects at once, as strictly as each of them asks for.

    The compiler stops at what it cannot parse, before it looks at any type: the others are then checked without those.
    """
    modules()
    said: dict[str, list[Row]] = {}
    while left := [folder for folder in folders if folder not in said]:
        found = _compiled(left)
        broken = [folder for folder in left if any(_SYNTAX.match(row["rule"]) for row in found[folder])]
        said |= {folder: found[folder] for folder in broken or left}
    yield from said.items()


def _compiled(folders: list[str]) -> dict[str, list[Row]]:
    _settings(folders, COMPILED)
    done = run([tool("node", "tsc"), "-p", OUT / COMPILED], cwd=OUT)
    said: dict[str, list[Row]] = {folder: [] for folder in folders}
    errors = [match for line in done.stdout.splitlines() if (match := _ERROR.match(line))]
    for one in errors:
        _add(said, OUT / one["file"], one["line"], one["rule"], one["message"])
    if done.returncode and not errors:
        raise RuntimeError(f"tsc ended with {done.returncode}: {(done.stdout + done.stderr)[-2000:]}")
    return said


def eslint(folders: list[str]) -> Said:
    """Lint all projects at once with the rules that each of them brings; warnings count."""
    modules()
    _settings(folders, SHARED[0])
    shutil.copy(Path(folders[0]) / SHARED[1], OUT / "project.mjs")
    (OUT / SHARED[1]).write_text(_ONE_PROGRAM, "utf-8")
    done = run([tool("node", "eslint"), "--config", OUT / SHARED[1], "--format", "json", *folders], cwd=OUT)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"eslint ended with {done.returncode}: {done.stderr[-2000:]}")
    said: dict[str, list[Row]] = {folder: [] for folder in folders}
    for file in json.loads(done.stdout):
        for one in file["messages"]:
            _add(said, Path(file["filePath"]), str(one.get("line", "")), str(one["ruleId"]), one["message"])
    yield from said.items()


def _settings(folders: list[str], name: str) -> None:
    """Write the compiler's settings of a project, for all of them at once."""
    settings = json.loads((Path(folders[0]) / SHARED[0]).read_text("utf-8"))
    settings |= {"include": [f"{folder}/**/*.ts" for folder in folders]}
    settings["compilerOptions"] |= {"noEmit": True}
    (OUT / name).write_text(json.dumps(settings), "utf-8")


def _add(said: dict[str, list[Row]], file: Path, line: str, rule: str, message: str) -> None:
    found: Sequence[str] = [folder for folder in said if file.is_relative_to(folder)]
    folder = found[0] if found else next(iter(said))
    place = f"{file.relative_to(folder) if found else file.name}:{line}"
    said[folder].append({"rule": rule, "place": place, "message": message})
