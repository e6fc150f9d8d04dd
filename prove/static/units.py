"""Unit tests: what `make test` of a project does, with the packages that it pins. Not a tier: `make test` of this
checkout runs the tests of every kind of project; planted faults are also run against them.
"""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from prove.projects import Project
from prove.results import Result
from prove.static.linters import RowsByPath
from prove.static.reports import Reports
from prove.static.typescript import modules
from prove.tools import OUT, tool
from prove.tools import run as command

TIER = "units"
AT_ONCE = 2


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Run the unit tests of projects, each as its owner does."""
    reports = Reports(TIER, projects)
    reports.gather("pytest", lambda project: _folder(project, "test_*.py"), _pytest)
    reports.gather("vitest", lambda project: _folder(project, "*.test.ts"), _vitest)
    return reports.results()


def _folder(project: Project, tests: str) -> list[Path]:
    return [project.folder] if any((project.folder / "tests").glob(tests)) else []


def _pytest(folders: list[str]) -> RowsByPath:
    words: list[str | Path] = [tool("project"), "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    with ThreadPoolExecutor(AT_ONCE) as executor:
        processes = executor.map(lambda folder: command(words, cwd=Path(folder)), folders)
        for folder, process in zip(folders, processes, strict=True):
            failed = [line for line in process.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
            messages = failed or [(process.stdout + process.stderr)[-800:]]
            yield folder, [_row(messages[0])] if process.returncode else []


def _row(line: str) -> dict[str, str]:
    place = line.split(" ")[1] if line.startswith(("FAILED", "ERROR")) else ""
    return {"rule": "failed", "place": place, "message": line}


def _vitest(folders: list[str]) -> RowsByPath:
    modules()
    for folder in folders:
        done = command([tool("node", "vitest"), "run", "--reporter", "json", "--root", folder], cwd=OUT)
        rows = []
        if done.returncode:
            rows = [_row(name) for name in _failed(done.stdout, Path(folder))] or [_row(done.stderr[-800:])]
        yield folder, rows


def _failed(output: str, folder: Path) -> Iterator[str]:
    """Yield the failed tests of a report of vitest."""
    for file in json.loads(output[output.index("{") :])["testResults"] if "{" in output else ():
        place = Path(file["name"]).relative_to(folder.resolve())
        if file["status"] == "failed" and not file["assertionResults"]:
            yield f"FAILED {place} {file['message']}"
        for test in file["assertionResults"]:
            if test["status"] == "failed":
                yield f"FAILED {place} {test['fullName']}"
