"""Tier build: `sam build` as its user runs it. The artifacts for `sam deploy` stay in `built` of the project."""

import platform
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from prove.projects import Project
from prove.results import Result
from prove.static.linters import RowsByPath
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
        "sam build", lambda project: [project.folder], lambda folders: _built({path: outputs[path] for path in folders})
    )
    return reports.results()


def _built(outputs: dict[str, Path]) -> RowsByPath:
    for output in outputs.values():
        shutil.rmtree(output, ignore_errors=True)
    jobs = {"architecture": processor(), "apps": [[folder, str(output)] for folder, output in outputs.items()]}
    with _served(WHEELS) as address:
        variables = {
            "PATH": f"{environment('sam')}:/usr/bin:/bin",
            "PIP_FIND_LINKS": address,
            "PIP_NO_INDEX": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }
        for folder, error in ask("sam", "build", jobs, env=variables):
            yield folder, [{"rule": "sam-build", "place": "", "message": error}] if error else []


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port, and yield its address.

    `sam build` takes a wheel that pip reads from a folder for a source, and builds it again.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Print nothing for a request."""


def processor() -> str:
    """Return the Lambda name of the CPU architecture of this machine."""
    return "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"


def fetch(requirements: Iterable[Path]) -> None:
    """Fetch the wheels that the programs name, for this machine and for Lambda's, unless they are there."""
    pins = sorted({line for file in requirements for line in file.read_text("utf-8").splitlines() if "==" in line})
    done = WHEELS / "fetched.txt"
    # A subset of pins that were resolved together can be resolved together too.
    if done.exists() and set(pins) <= set(done.read_text("utf-8").splitlines()):
        return
    WHEELS.mkdir(parents=True, exist_ok=True)
    # A pin that cannot be downloaded, or conflicts with others, fails the build of the project that names it.
    if _download(pins) or not [pin for pin in pins if not _download([pin])]:
        done.write_text("\n".join(pins), "utf-8")


def _download(pins: Sequence[str]) -> bool:
    """Download wheels for this machine and for Lambda's; return whether all of them were available."""
    lambdas = "aarch64" if processor() == "arm64" else "x86_64"
    tags = [word for tag in _BINARY for word in ("--platform", f"{tag}_{lambdas}")]
    pip: list[str | Path] = [tool("sam"), "-m", "pip", "download", "--quiet", "--only-binary=:all:", "--dest", WHEELS]
    platforms: tuple[list[str], ...] = ([], [*tags, "--python-version", _RUNTIME])
    return all(command([*pip, *options, *pins]).returncode == 0 for options in platforms)
