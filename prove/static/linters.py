"""The linters, each as a function from paths to what is said about each path."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from prove.static.reports import Row
from prove.tools import OUT, run, tool
from prove.tools.worker import ask

Said = Iterator[tuple[str, Sequence[Row]]]
#: Kubernetes of the clusters that are made, and kinds that AWS's own controllers bring.
KUBERNETES = "1.36"
AWS_KINDS = ("SecurityGroupPolicy", "TargetGroupBinding", "NodePool")


def cfn_lint(paths: list[str]) -> Said:
    """Lint templates with cfn-lint; warnings count."""
    yield from ask("sam", "cfn_lint", paths)


def cloudformation_validate(paths: list[str], rules: Path | None = None) -> Said:
    """Validate templates with AWS's rules, and with a file of Rego rules where one is given."""
    yield from ask("lint", "validate", {"rules": rules and str(rules), "paths": paths})


def state_machines(paths: list[str]) -> Said:
    """Lint state machines in Amazon States Language."""
    yield from ask("lint", "states", paths)


def manifests(paths: list[str]) -> Said:
    """Build Kustomize overlays and validate what they come to."""
    jobs = {"kubectl": str(tool("lint", "kubectl")), "version": KUBERNETES, "own": AWS_KINDS, "paths": paths}
    yield from ask("lint", "manifests", jobs)


def dockerfiles(paths: list[str]) -> Said:
    """Lint Dockerfiles; each text once."""
    texts = {path: Path(path).read_text("utf-8") for path in paths}
    first = {text: path for path, text in texts.items()}
    done = run([tool("lint", "hadolint"), "--no-fail", "--format", "json", *first.values()])
    said: dict[str, list[Row]] = {path: [] for path in first.values()}
    for one in json.loads(done.stdout):
        said[one["file"]].append({"rule": one["code"], "place": str(one["line"]), "message": one["message"]})
    yield from ((path, said[first[text]]) for path, text in texts.items())


def ruff(folders: list[str]) -> Said:
    """Lint and format-check Python with each project's own settings, all projects in one run."""
    python = tool("project")
    said: dict[str, list[Row]] = {folder: [] for folder in folders}
    done = run([python, "-m", "ruff", "check", "--no-cache", "--output-format", "json", *folders])
    for one in json.loads(done.stdout or "[]"):
        folder = next(folder for folder in folders if Path(one["filename"]).is_relative_to(folder))
        place = f"{Path(one['filename']).relative_to(folder)}:{one['location']['row']}"
        said[folder].append({"rule": str(one["code"]), "place": place, "message": one["message"]})
    if done.returncode not in (0, 1):
        raise RuntimeError(f"ruff ended with {done.returncode}: {done.stderr[-2000:]}")
    yield from said.items()


def types(folders: list[str]) -> Said:
    """Check the types of folders of Python, each text once; folders as `make lint` of a project checks them."""
    digests = {folder: _digest(Path(folder)) for folder in folders}
    first = {digest: folder for folder, digest in digests.items()}
    jobs = {"cache": str(OUT / "types"), "folders": list(first.values())}
    said: dict[str, Any] = dict(ask("project", "mypy_folders", jobs))
    yield from ((folder, said[first[digest]]) for folder, digest in digests.items())


def _digest(folder: Path) -> str:
    held = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        held.update(f"{file.relative_to(folder)}\0".encode() + file.read_bytes() + b"\0")
    return held.hexdigest()
