"""The linters of projects in TypeScript: the compiler and eslint, once for all projects, with a project's settings."""

import json
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from prove.static.linters import Said
from prove.static.reports import Row
from prove.tools import NODE, OUT, ROOT, node, run

SETTINGS, CONFIG = "tsconfig.json", "eslint.config.mjs"
#: A program of the compiler takes a gigabyte: with more room for what is new, less of it is copied again and again.
ROOM = "--max-semi-space-size=128"


def modules() -> None:
    """Put the installed packages and the settings of projects where all of them find them."""
    with suppress(FileExistsError):
        (OUT / "node_modules").symlink_to(NODE / "node_modules")


def linted(folders: list[str]) -> Said:
    """Check the types of all projects and lint them, as strictly as each of them asks for; warnings count.

    One program of the compiler serves both tools and all projects: one each would hold the types of CDK as many times.
    """
    modules()
    _settings(folders)
    shutil.copy(Path(folders[0]) / CONFIG, OUT)
    driver, _ = (shutil.copy(ROOT / "prove" / "drivers" / name, OUT) for name in ("lint.mjs", "test_assertions.mjs"))
    jobs = {"settings": str(OUT / SETTINGS), "config": str(OUT / CONFIG), "folders": folders}
    done = run([node() / "node", ROOM, driver], cwd=OUT, stdin=json.dumps(jobs))
    if done.returncode:
        raise RuntimeError(f"tsc and eslint ended with {done.returncode}: {done.stderr[-2000:]}")
    found = json.loads(done.stdout)
    said: dict[str, list[Row]] = {folder: [] for folder in folders}
    for file, line, rule, message in found["tsc"]:
        if file is None:
            raise RuntimeError(f"tsc: {rule}: {message}")
        _add(said, "tsc", Path(file), line, rule, message)
    for file in found["eslint"]:
        for one in file["messages"]:
            _add(said, "eslint", Path(file["filePath"]), one.get("line", ""), str(one["ruleId"]), one["message"])
    yield from said.items()


def _settings(folders: list[str]) -> None:
    """Write the compiler's settings of a project, for all of them at once."""
    settings = json.loads((Path(folders[0]) / SETTINGS).read_text("utf-8"))
    settings |= {"include": [f"{folder}/**/*.ts" for folder in folders]}
    settings["compilerOptions"] |= {"noEmit": True}
    (OUT / SETTINGS).write_text(json.dumps(settings), "utf-8")


def _add(said: dict[str, list[Row]], tool: str, file: Path, line: object, rule: str, message: str) -> None:
    found: Sequence[str] = [folder for folder in said if file.is_relative_to(folder)]
    folder = found[0] if found else next(iter(said))
    place = f"{file.relative_to(folder) if found else file.name}:{line}"
    said[folder].append({"tool": tool, "rule": rule, "place": place, "message": message})
