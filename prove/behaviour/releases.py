"""The commands of a release: the output of `make deploy` for two commits of a copy of the project."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_BUILT = re.compile(r"\bbuild --platform \S+ -t (?P<component>\S+):(?P<tag>\S+) src/")
_PUSHED = re.compile(r"scripts/stack\.(?:py|ts) (?P<step>images|push) \S+ (?P<tag>[^\s;&]+)(?P<aside>\s*&)?")
_DEPLOYS = re.compile(r"\b(?:sam|cdk) deploy .*")
_VALUE = re.compile(r"(?<=[\s\"'])(?P<name>[A-Z]\w*)=(?P<value>[^\s\"']*)")
_APPLIED = re.compile(r"scripts/stack\.(?:py|ts) manifests \S+ \S+(?: (?P<tag>[^\s;&]+))?")
_COMMIT = ("-c", "user.name=release", "-c", "user.email=release@example.com", "-c", "commit.gpgsign=false")
ENVIRONMENT = "prod"


@dataclass(frozen=True)
class Release:
    """The commands of one `make deploy`, in their order."""

    commands: str

    @cached_property
    def built(self) -> Mapping[str, str]:
        """Component -> the tag that its image is built under."""
        return {match["component"]: match["tag"] for match in _BUILT.finditer(self.commands)}

    @cached_property
    def pushed(self) -> str | None:
        """The pushed image tag, or None."""
        tags = {match["tag"] for match in _PUSHED.finditer(self.commands)}
        return " ".join(sorted(tags)) or None

    @cached_property
    def pushed_before(self) -> bool:
        """Whether a command pushes the images, and ends, before the stack is deployed."""
        deployment = _DEPLOYS.search(self.commands)
        before = self.commands[: deployment.start()] if deployment else ""
        return any(not match["aside"] for match in _PUSHED.finditer(before))

    @cached_property
    def applied(self) -> str | None:
        """The image tag of the Kubernetes step, or None."""
        match = _APPLIED.search(self.commands)
        return match["tag"] if match else None

    @cached_property
    def parameters(self) -> Mapping[str, str]:
        """The parameters that the stack is deployed with; the last of several values counts, as for both tools."""
        match = _DEPLOYS.search(self.commands)
        return {found["name"]: found["value"] for found in _VALUE.finditer(match[0])} if match else {}


def releases(project: Path) -> tuple[Release, Release]:
    """Return the release of a project, and that of the same project after a change of every program."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copytree(project, Path(scratch) / "project", ignore=shutil.ignore_patterns("node_modules")))
        git(copy, "init", "--quiet")
        first = _released(copy)
        for source in sorted(copy.glob("src/*/service.*")):
            source.write_text(source.read_text("utf-8") + "\n", "utf-8")
        return first, _released(copy)


def _released(project: Path) -> Release:
    git(project, "add", "--all")
    git(project, *_COMMIT, "commit", "--quiet", "--message", "A release")
    return Release(_run(project, "make", "--dry-run", "--no-print-directory", "deploy", f"ENVIRONMENT={ENVIRONMENT}"))


def git(project: Path, *words: str) -> None:
    """Run git in a project. Raises RuntimeError if it fails."""
    _run(project, "git", *words)


def _run(project: Path, *words: str) -> str:
    """Return the output of a command, run without the environment of this process for make and git."""
    told = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "MAKE", "MFLAGS"))}
    for name in ("TAG", "STACK", "ENVIRONMENT", "PARAMETERS"):
        told.pop(name, None)
    done = subprocess.run(words, cwd=project, env=told, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode:
        raise RuntimeError(f"{words[0]} failed: {done.stderr[-500:]}")
    return done.stdout
