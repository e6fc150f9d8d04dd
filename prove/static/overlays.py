"""Kustomize overlays as they are applied, with the key of a stack output in place of its value."""

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
    """Return the manifests of each environment of projects; identical overlays are built once."""
    built: dict[str, Mapping[str, Manifests]] = {}
    by_project = {}
    for project in projects:
        digest = _digest(project.folder / "kubernetes")
        if digest not in built:
            built[digest] = _built(project.folder / "kubernetes")
        by_project[project] = built[digest]
    return by_project


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        digest.update(f"{file.relative_to(folder)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _built(folder: Path) -> Mapping[str, Manifests]:
    if not folder.is_dir():
        return {}
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copytree(folder, Path(scratch) / "kubernetes"))
        return {overlay.name: _manifests(overlay) for overlay in sorted(copy.glob("overlays/*"))}


def _manifests(overlay: Path) -> Manifests:
    """Return the manifests of an overlay; empty where the build fails, which the tier lint reports with the reason."""
    file = overlay / _OUTPUTS
    keys = [line.partition("=")[0] for line in file.read_text("utf-8").splitlines() if line]
    file.write_text("".join(f"{key}={MARK}{key}\n" for key in keys), "utf-8")
    done = run([tool("project", "kubectl"), "kustomize", overlay])
    return list(yaml.safe_load_all(done.stdout)) if not done.returncode else []
