"""A release uses the recorded values, packages and base images, and is refused without them.

The rules run `make deploy` in a copy of the project, with tools that do nothing: as it is, with every value and file
written down, and with each of them missing. pip checks the hashes of a file that has any:
<https://pip.pypa.io/en/stable/topics/secure-installs/> (2026-11-27); npm takes the integrity from a lock without the
address of a registry: <https://docs.npmjs.com/cli/v11/using-npm/config#omit-lockfile-registry-resolved> (2026-11-27).
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from prove.behaviour.evidence import Evidence, Problem

PRODUCTION, TRIAL = "prod", "dev"
_UNFILLED = re.compile(r"^(\w+)=$", re.MULTILINE)
_IMAGE = re.compile(r"^ARG [A-Z]+=[^\s@]+", re.MULTILINE)
_REQUIREMENT = re.compile(r"^[\w.-]+(\[[\w,-]+\])?==\S+", re.MULTILINE)
_DIGEST = f"sha256:{'0' * 64}"
#: What recipes call besides the system's own commands: here they do nothing, and say that all went well.
_INSTALLED = shutil.ignore_patterns("node_modules", "cdk.out", ".aws-sam")
_TOOLS = ("aws", "cdk", "curl", "docker", "finch", "helm", "kubectl", "npm", "npx", "podman", "python3", "sam")


def check(evidence: Evidence) -> Iterator[Problem]:
    """Ask a project whether it may be released: with nothing written down, with everything, and without each part."""
    if not (evidence.folder / "Makefile").exists():
        return
    with tempfile.TemporaryDirectory() as scratch:
        tools = Path(scratch) / "tools"
        tools.mkdir()
        for name in _TOOLS:
            (tools / name).symlink_to("/bin/true")
        copy = Path(shutil.copytree(evidence.folder, Path(scratch) / "project", ignore=_INSTALLED))
        yield from _values(copy, tools)
        yield from _files(evidence.folder, copy, tools)


def _values(project: Path, tools: Path) -> Iterator[Problem]:
    """Check that a deployment is refused while a value is missing, and fill all of them in."""
    for file in sorted(project.glob("environments/*.env")):
        text = file.read_text("utf-8")
        if _UNFILLED.search(text) and _released(project, tools, file.stem):
            place = str(file.relative_to(project))
            yield Problem("not-refused", place, f"{_UNFILLED.findall(text)} have no value, and the deployment begins.")
        file.write_text(_UNFILLED.sub(r"\1=x", text), "utf-8")


def _files(project: Path, copy: Path, tools: Path) -> Iterator[Problem]:
    if not _released(copy, tools, TRIAL):
        yield Problem("refused", "Makefile", "Nothing can be tried before packages and images are written down.")
    locked = list(_locked(copy))
    for file in locked:
        _lock(file)
    if not _released(copy, tools, PRODUCTION):
        yield Problem("refused", "Makefile", "Production is refused although everything is written down.")
    for file in locked:
        content = file.read_text("utf-8")
        for incomplete in _incomplete(file, content, project / file.relative_to(copy)):
            file.unlink(missing_ok=True)
            if incomplete is not None:
                file.write_text(incomplete, "utf-8")
            if _released(copy, tools, PRODUCTION):
                place = str(file.relative_to(copy))
                yield Problem(
                    "not-locked", place, "Production is deployed although this file does not name all exactly."
                )
        file.write_text(content, "utf-8")


def _incomplete(file: Path, content: str, before: Path) -> Iterator[str | None]:
    """Yield the text of a file with something not written down: each image by itself, and all packages; None: no file."""
    if file.name == "Dockerfile":
        yield from (content.replace(f"{image}@{_DIGEST}", image) for image in _IMAGE.findall(content))
    else:
        yield before.read_text("utf-8") if before.exists() else None


def _locked(project: Path) -> Iterator[Path]:
    """Yield every file in which a release pins its exact dependencies."""
    for file in sorted(project.rglob("requirements*.txt")):
        if _REQUIREMENT.search(file.read_text("utf-8")):
            yield file
    yield from sorted(project.glob("src/*/Dockerfile"))
    yield from (file.with_name("package-lock.json") for file in sorted(project.rglob("package.json")))


def _lock(file: Path) -> None:
    text = file.read_text("utf-8") if file.exists() else "{}"
    if file.suffix == ".txt":
        text = _REQUIREMENT.sub(lambda match: f"{match[0]} --hash={_DIGEST}", text)
    elif file.name == "Dockerfile":
        text = _IMAGE.sub(lambda match: f"{match[0]}@{_DIGEST}", text)
    file.write_text(text, "utf-8")


def _released(project: Path, tools: Path, environment: str) -> bool:
    """Return whether `make deploy` completes."""
    done = subprocess.run(
        ["make", "--no-print-directory", "deploy", f"ENVIRONMENT={environment}"], cwd=project, capture_output=True,
        env={"PATH": f"{tools}:{os.environ['PATH']}"}, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode == 0
