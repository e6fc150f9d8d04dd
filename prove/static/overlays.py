"""Kustomize overlays as they are applied, each value that they take from the stack spelled by its output's key."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from prove.projects import Project
from prove.readback.manifests import MARK
from prove.tools import run, tool

Manifests = Sequence[Mapping[str, Any]]
_OUTPUTS = "outputs.env"


def overlays(projects: Iterable[Project]) -> dict[Project, Mapping[str, Manifests]]:
    """Return the manifests of each environment of projects; what several projects have alike is built once."""
    built: dict[str, Mapping[str, Manifests]] = {}
    found = {}
    for project in projects:
        digest = _digest(project.folder / "kubernetes")
        if digest not in built:
            built[digest] = _built(project.folder / "kubernetes")
        found[project] = built[digest]
    return found


def _digest(folder: Path) -> str:
    held = hashlib.sha256()
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        held.update(f"{file.relative_to(folder)}\0".encode() + file.read_bytes() + b"\0")
    return held.hexdigest()


def _built(folder: Path) -> Mapping[str, Manifests]:
    if not folder.is_dir():
        return {}
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copytree(folder, Path(scratch) / "kubernetes"))
        return {one.name: _manifests(one) for one in sorted(copy.glob("overlays/*"))}


def _manifests(overlay: Path) -> Manifests:
    """Return what an overlay builds; nothing where it cannot be built, which the tier lint says with the reason."""
    file = overlay / _OUTPUTS
    keys = [line.partition("=")[0] for line in file.read_text("utf-8").splitlines() if line]
    file.write_text("".join(f"{key}={MARK}{key}\n" for key in keys), "utf-8")
    done = run([tool("project", "kubectl"), "kustomize", overlay])
    return list(yaml.safe_load_all(done.stdout)) if not done.returncode else []
