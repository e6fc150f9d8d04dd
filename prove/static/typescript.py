"""The linters of projects in TypeScript: the compiler and eslint, once for all projects, with a project's settings."""

import json
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from advisor.files import write_output
from prove.static.linters import RowsByPath
from prove.static.reports import Row
from prove.tools import NODE, OUT, ROOT, node, run

SETTINGS, CONFIG = "tsconfig.json", "eslint.config.mjs"
#: A program of the compiler takes a gigabyte: a larger young generation saves copying in the garbage collector.
ROOM = "--max-semi-space-size=128"


def modules() -> None:
    """Link the installed npm packages into the output folder, where all projects resolve them."""
    OUT.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        (OUT / "node_modules").symlink_to(NODE / "node_modules")


def placed(name: str) -> Path:
    """Copy a driver of `prove/drivers/` next to the installed packages, and return it.

    The file is replaced atomically: several workers write the same driver while others run it, and a partly written
    program would end without output.
    """
    driver = OUT / name
    write_output(str(driver), (ROOT / "prove" / "drivers" / name).read_bytes())
    return driver


def linted(folders: list[str], compiled: Sequence[str] = ()) -> RowsByPath:
    """Check the types of all projects and lint them with the settings of each; warnings count.

    One program of the compiler serves both tools and all projects, so that the types of CDK are loaded once. Projects in
    `compiled` are checked by the compiler only.
    """
    modules()
    _settings([*folders, *compiled])
    shutil.copy(Path(folders[0]) / CONFIG, OUT)
    driver, _ = (placed(name) for name in ("lint.mjs", "test_assertions.mjs"))
    jobs = {"settings": str(OUT / SETTINGS), "config": str(OUT / CONFIG), "folders": folders}
    done = run([node() / "node", ROOM, driver], cwd=OUT, stdin=json.dumps(jobs))
    if done.returncode:
        raise RuntimeError(f"tsc and eslint ended with {done.returncode}: {done.stderr[-2000:]}")
    reports = json.loads(done.stdout)
    rows: dict[str, list[Row]] = {folder: [] for folder in (*folders, *compiled)}
    for file, line, rule, message in reports["tsc"]:
        if file is None:
            raise RuntimeError(f"tsc: {rule}: {message}")
        _add(rows, "tsc", Path(file), line, rule, message)
    for file in reports["eslint"]:
        for problem in file["messages"]:
            _add(
                rows,
                "eslint",
                Path(file["filePath"]),
                problem.get("line", ""),
                str(problem["ruleId"]),
                problem["message"],
            )
    yield from rows.items()


def _settings(folders: list[str]) -> None:
    """Write the compiler's settings of a project, for all of them at once."""
    settings = json.loads((Path(folders[0]) / SETTINGS).read_text("utf-8"))
    settings |= {"include": [f"{folder}/**/*.ts" for folder in folders]}
    settings["compilerOptions"] |= {"noEmit": True}
    (OUT / SETTINGS).write_text(json.dumps(settings), "utf-8")


def _add(rows: dict[str, list[Row]], tool: str, file: Path, line: object, rule: str, message: str) -> None:
    owners: Sequence[str] = [folder for folder in rows if file.is_relative_to(folder)]
    folder = owners[0] if owners else next(iter(rows))
    place = f"{file.relative_to(folder) if owners else file.name}:{line}"
    rows[folder].append({"tool": tool, "rule": rule, "place": place, "message": message})
