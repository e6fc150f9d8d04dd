"""Tier image: each container of a project is built by podman from its Dockerfile, and run as it is deployed.

Without podman on the path, or where the base image cannot be had, nothing is proven here: that is printed, and no project
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
#: Where the wheels of the programs are while an image is built: fetched once, as for functions.
_WHEELS = "/prove-wheels"


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Build and run the containers of SAM projects: those of the other target in Python are the same."""
    containers = [one for one in projects if one.target == SAM and any(_containers(one))]
    why = _missing(containers)
    if why:
        print(f"{TIER}: skipped, {why}", flush=True)
        return iter(())
    build.fetch(file for one in containers for file in one.folder.glob("src/*/requirements.txt"))
    made = {str(one.folder): one for one in containers}
    reports = Reports(TIER, containers)
    reports.gather("podman", lambda one: [one.folder], lambda folders: _all(made[folder] for folder in folders))
    return reports.results()


def _containers(project: Project) -> Iterator[Program]:
    return (one for one in project.case.plan.programs if one.kind == "container")


def _missing(projects: Sequence[Project]) -> str:
    """Return why nothing can be built here; "" when it can."""
    if not shutil.which("podman"):
        return "there is no podman on the path"
    for base in sorted({base_of(folder_of(one, program)) for one in projects for program in _containers(one)}):
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
    """Return how an image is built: from the Dockerfile as it is, with the wheels of this machine."""
    words = ["podman", "build", "--quiet", "--tag", image, "--build-arg", f"BASE={base_of(folder)}"]
    words += ["--network", "none", "--volume", f"{build.WHEELS}:{_WHEELS}:ro"]
    words += ["--env", f"PIP_FIND_LINKS={_WHEELS}", "--env", "PIP_NO_INDEX=1"]
    return [*words, str(folder)]


def run_command(program: Program, image: str, name: str, command: Sequence[str] = ()) -> list[str]:
    """Return how a container is run: as the user of its image, with nothing writable but what the image declares."""
    words = ["podman", "run", "--name", name, "--read-only", "--network", "host", "--cap-drop", "all"]
    region = dict.fromkeys(("AWS_REGION", "AWS_DEFAULT_REGION"), tools.OFFLINE["AWS_REGION"])
    given = {one.name: "prove" for one in program.env} | region | {"PORT": str(PORT)}
    words += [word for key, value in sorted(given.items()) for word in ("--env", f"{key}={value}")]
    return [*words, *([] if command else ["--detach"]), image, *command]


def _all(projects: Iterator[Project]) -> RowsByPath:
    for project in projects:
        faults = [
            {"rule": "podman", "place": f"src/{program.id}/Dockerfile", "message": fault}
            for program in _containers(project)
            for fault in _faults(project, program)
        ]
        yield str(project.folder), faults


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
        yield from _answers(image, name, program) if called else _loads(image, name, program)
    finally:
        tools.run(["podman", "rm", "--force", "--ignore", name])


def _loads(image: str, name: str, program: Program) -> Iterator[str]:
    """A program that takes or does work has all that it imports, and is not root."""
    code = "import os, main; raise SystemExit(os.getuid() != 10001)"
    done = tools.run(run_command(program, image, name, ["python", "-c", code]), seconds=60)
    if done.returncode:
        yield f"the program does not load as user 10001: {(done.stdout + done.stderr)[-1500:]}"


def _answers(image: str, name: str, program: Program) -> Iterator[str]:
    """A program that is called says that it is well, and ends when it is asked to."""
    started = tools.run(run_command(program, image, name), seconds=60)
    if started.returncode or not _well():
        logs = tools.run(["podman", "logs", name])
        yield f"the program does not answer on port {PORT}: {(started.stderr + logs.stdout + logs.stderr)[-1500:]}"
        return
    asked = time.monotonic()
    tools.run(["podman", "stop", "--time", str(STOPS_WITHIN_S * 2), name], seconds=60)
    if time.monotonic() - asked > STOPS_WITHIN_S:
        yield f"the program does not end within {STOPS_WITHIN_S} s of being asked to"


def _well() -> bool:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    return False
