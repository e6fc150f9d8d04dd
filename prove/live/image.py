"""Tier image: each container of a project is built by podman from its Dockerfile, and run as it is deployed.

Without podman on the path, or without the base image, the tier is skipped: it prints the reason, and no project
gets a result. `PROVE_IMAGE_BASE` names a base image to use instead of the one in the Dockerfile, such as one of a mirror.
"""

import os
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from blueprints.plan import Program
from prove import tools
from prove.projects import SAM, Project
from prove.results import Result
from prove.static import build
from prove.static.linters import RowsByPath
from prove.static.reports import Reports

TIER = "image"
PORT = 8080
BASE = "PROVE_IMAGE_BASE"
STARTS_WITHIN_S, STOPS_WITHIN_S = 30, 10
#: The mount point of the wheels while an image is built: downloaded once, as for functions.
_WHEELS = "/prove-wheels"


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Build and run the containers of SAM projects: those of the other target in Python are the same."""
    containers = [project for project in projects if project.target == SAM and any(_containers(project))]
    reason = _skip_reason(containers)
    if reason:
        print(f"{TIER}: skipped, {reason}", flush=True)
        return iter(())
    build.fetch(file for project in containers for file in project.folder.glob("src/*/requirements.txt"))
    by_folder = {str(project.folder): project for project in containers}
    reports = Reports(TIER, containers)
    reports.gather(
        "podman", lambda project: [project.folder], lambda folders: _all(by_folder[folder] for folder in folders)
    )
    return reports.results()


def _containers(project: Project) -> Iterator[Program]:
    return (program for program in project.case.plan.programs if program.kind == "container")


def _skip_reason(projects: Sequence[Project]) -> str:
    """Return the reason why images cannot be built here, or "" if they can."""
    if not shutil.which("podman"):
        return "there is no podman on the path"
    for base in sorted(
        {base_of(folder_of(project, program)) for project in projects for program in _containers(project)}
    ):
        here = tools.run(["podman", "image", "exists", base]).returncode == 0
        if not here and tools.run(["podman", "pull", "--quiet", base], seconds=120).returncode:
            return f"the base image {base} cannot be had (name another one in {BASE})"
        runs = tools.run(["podman", "run", "--rm", base, "python", "-c", ""], seconds=60)
        if runs.returncode:
            return f"podman runs no containers here: {runs.stderr.strip()[-300:]}"
    return ""


def folder_of(project: Project, program: Program) -> Path:
    """Return where the Dockerfile of a program is."""
    return project.folder / "src" / program.id


def base_of(folder: Path) -> str:
    """Return the base image: the one that the environment names, else that of the Dockerfile."""
    lines = (folder / "Dockerfile").read_text("utf-8").splitlines()
    (written,) = (line.removeprefix("ARG BASE=") for line in lines if line.startswith("ARG BASE="))
    return os.environ.get(BASE) or written


def build_command(folder: Path, image: str) -> list[str]:
    """Return the command that builds an image: from the unchanged Dockerfile, with the wheels of this machine."""
    words = ["podman", "build", "--quiet", "--tag", image, "--build-arg", f"BASE={base_of(folder)}"]
    words += ["--network", "none", "--volume", f"{build.WHEELS}:{_WHEELS}:ro"]
    words += ["--env", f"PIP_FIND_LINKS={_WHEELS}", "--env", "PIP_NO_INDEX=1"]
    return [*words, str(folder)]


def run_command(program: Program, image: str, name: str, command: Sequence[str] = ()) -> list[str]:
    """Return the command that runs a container: as the user of its image, with only declared volumes writable."""
    words = ["podman", "run", "--name", name, "--read-only", "--network", "host", "--cap-drop", "all"]
    region = dict.fromkeys(("AWS_REGION", "AWS_DEFAULT_REGION"), tools.OFFLINE["AWS_REGION"])
    variables = {variable.name: "prove" for variable in program.env} | region | {"PORT": str(PORT)}
    words += [word for key, value in sorted(variables.items()) for word in ("--env", f"{key}={value}")]
    return [*words, *([] if command else ["--detach"]), image, *command]


def _all(projects: Iterator[Project]) -> RowsByPath:
    for project in projects:
        rows = [
            {"rule": "podman", "place": f"src/{program.id}/Dockerfile", "message": message}
            for program in _containers(project)
            for message in _faults(project, program)
        ]
        yield str(project.folder), rows


def _faults(project: Project, program: Program) -> Iterator[str]:
    folder, image = folder_of(project, program), f"prove/{project.case.name}-{program.id}"
    built = tools.run(build_command(folder, image), seconds=300)
    if built.returncode:
        yield f"the image is not built: {built.stderr[-1500:]}"
        return
    name = image.replace("/", "-")
    tools.run(["podman", "rm", "--force", "--ignore", name])
    try:
        called = any(edge.verb == "invoke" for edge in program.invoked)
        yield from _service_faults(image, name, program) if called else _worker_faults(image, name, program)
    finally:
        tools.run(["podman", "rm", "--force", "--ignore", name])


def _worker_faults(image: str, name: str, program: Program) -> Iterator[str]:
    """A worker or job imports its modules, and does not run as root."""
    code = "import os, main; raise SystemExit(os.getuid() != 10001)"
    done = tools.run(run_command(program, image, name, ["python", "-c", code]), seconds=60)
    if done.returncode:
        yield f"the program does not load as user 10001: {(done.stdout + done.stderr)[-1500:]}"


def _service_faults(image: str, name: str, program: Program) -> Iterator[str]:
    """A service answers its health check, and stops on SIGTERM."""
    started = tools.run(run_command(program, image, name), seconds=60)
    if started.returncode or not _healthy():
        logs = tools.run(["podman", "logs", name])
        yield f"the program does not answer on port {PORT}: {(started.stderr + logs.stdout + logs.stderr)[-1500:]}"
        return
    stopped_at = time.monotonic()
    tools.run(["podman", "stop", "--time", str(STOPS_WITHIN_S * 2), name], seconds=60)
    if time.monotonic() - stopped_at > STOPS_WITHIN_S:
        yield f"the program does not end within {STOPS_WITHIN_S} s of being asked to"


def _healthy() -> bool:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    return False
