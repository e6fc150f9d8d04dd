"""Unit tests: what `make test` of a project does, with the packages that it pins. Not a tier: `make test` of this
checkout runs the tests of every kind of project; planted faults are also held against them.
"""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from prove.projects import Project
from prove.results import Result
from prove.static.linters import Said
from prove.static.reports import Reports
from prove.static.typescript import modules
from prove.tools import OUT, tool
from prove.tools import run as command

TIER = "units"
AT_ONCE = 2


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Run the unit tests of projects, each as its owner does."""
    reports = Reports(TIER, projects)
    reports.gather("pytest", lambda one: _folder(one, "test_*.py"), _pytest)
    reports.gather("vitest", lambda one: _folder(one, "*.test.ts"), _vitest)
    return reports.results()


def _folder(project: Project, tests: str) -> list[Path]:
    return [project.folder] if any((project.folder / "tests").glob(tests)) else []


def _pytest(folders: list[str]) -> Said:
    words: list[str | Path] = [tool("project"), "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    with ThreadPoolExecutor(AT_ONCE) as several:
        ended = several.map(lambda folder: command(words, cwd=Path(folder)), folders)
        for folder, done in zip(folders, ended, strict=True):
            failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
            said = failed or [(done.stdout + done.stderr)[-800:]]
            yield folder, [_row(said[0])] if done.returncode else []


def _row(line: str) -> dict[str, str]:
    place = line.split(" ")[1] if line.startswith(("FAILED", "ERROR")) else ""
    return {"rule": "failed", "place": place, "message": line}


def _vitest(folders: list[str]) -> Said:
    modules()
    for folder in folders:
        done = command([tool("node", "vitest"), "run", "--reporter", "json", "--root", folder], cwd=OUT)
        rows = []
        if done.returncode:
            rows = [_row(name) for name in _failed(done.stdout, Path(folder))] or [_row(done.stderr[-800:])]
        yield folder, rows


def _failed(said: str, folder: Path) -> Iterator[str]:
    """Give the failed tests of a report of vitest."""
    for file in json.loads(said[said.index("{") :])["testResults"] if "{" in said else ():
        place = Path(file["name"]).relative_to(folder.resolve())
        if file["status"] == "failed" and not file["assertionResults"]:
            yield f"FAILED {place} {file['message']}"
        for one in file["assertionResults"]:
            if one["status"] == "failed":
                yield f"FAILED {place} {one['fullName']}"
