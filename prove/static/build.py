"""Tier build: `sam build` as its user runs it. What `sam deploy` would upload stays in `built` of the project."""

import platform
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from prove.projects import Project
from prove.results import Result
from prove.static.linters import Said
from prove.static.reports import Reports
from prove.tools import OUT, environment, tool
from prove.tools import run as command
from prove.tools.worker import ask

TIER = "build"
#: Wheels for the functions, fetched once: every function of every project would ask the registry again.
WHEELS = OUT / "wheels"
_BINARY = ("manylinux2014", "manylinux_2_28", "manylinux_2_34")
_RUNTIME = "3.13"


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Build SAM projects for the processor of this machine, so that the functions run here too."""
    outputs = {str(project.folder): project.built for project in projects}
    fetch(file for project in projects for file in project.folder.glob("src/*/requirements.txt"))
    reports = Reports(TIER, projects)
    reports.gather(
        "sam build", lambda one: [one.folder], lambda folders: _built({path: outputs[path] for path in folders})
    )
    return reports.results()


def _built(outputs: dict[str, Path]) -> Said:
    for output in outputs.values():
        shutil.rmtree(output, ignore_errors=True)
    around = {
        "PATH": f"{environment('sam')}:/usr/bin:/bin",
        "PIP_FIND_LINKS": str(WHEELS),
        "PIP_NO_INDEX": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    jobs = {"architecture": processor(), "apps": [[folder, str(output)] for folder, output in outputs.items()]}
    for folder, error in ask("sam", "build", jobs, env=around):
        yield folder, [{"rule": "sam-build", "place": "", "message": error}] if error else []


def processor() -> str:
    """Return what Lambda calls the processor of this machine."""
    return "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"


def fetch(requirements: Iterable[Path]) -> None:
    """Fetch the wheels that the programs name, for this machine and for Lambda's, unless they are there."""
    wanted = sorted({line for file in requirements for line in file.read_text("utf-8").splitlines() if "==" in line})
    done = WHEELS / "fetched.txt"
    # Fewer than were had together can be had together too.
    if done.exists() and set(wanted) <= set(done.read_text("utf-8").splitlines()):
        return
    WHEELS.mkdir(parents=True, exist_ok=True)
    # One that cannot be had, or not beside the others, is for the project that names it to fail by.
    if _download(wanted) or not [one for one in wanted if not _download([one])]:
        done.write_text("\n".join(wanted), "utf-8")


def _download(wanted: Sequence[str]) -> bool:
    """Fetch wheels for this machine and for Lambda's; return whether all of them could be had."""
    lambdas = "aarch64" if processor() == "arm64" else "x86_64"
    tags = [word for tag in _BINARY for word in ("--platform", f"{tag}_{lambdas}")]
    pip: list[str | Path] = [tool("sam"), "-m", "pip", "download", "--quiet", "--only-binary=:all:", "--dest", WHEELS]
    both: tuple[list[str], ...] = ([], [*tags, "--python-version", _RUNTIME])
    return all(command([*pip, *more, *wanted]).returncode == 0 for more in both)
