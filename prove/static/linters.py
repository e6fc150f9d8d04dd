"""The linters, each as a function from paths to the rows of each path."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from prove.static.reports import Row
from prove.tools import OUT, run, tool
from prove.tools.worker import ask

RowsByPath = Iterator[tuple[str, Sequence[Row]]]
#: The Kubernetes version of generated clusters, and the kinds that AWS's own controllers define.
KUBERNETES = "1.36"
AWS_KINDS = ("SecurityGroupPolicy", "TargetGroupBinding", "NodePool", "ScaledObject", "TriggerAuthentication")


def cfn_lint(paths: list[str]) -> RowsByPath:
    """Lint templates with cfn-lint; warnings count."""
    yield from ask("sam", "cfn_lint", paths)


def cloudformation_validate(paths: list[str], rules: Path | None = None) -> RowsByPath:
    """Validate templates with AWS's rules, and with the Rego rules of a file."""
    yield from ask("lint", "validate", {"rules": rules and str(rules), "paths": paths})


def state_machines(paths: list[str]) -> RowsByPath:
    """Lint state machines in Amazon States Language."""
    yield from ask("lint", "states", paths)


def manifests(paths: list[str]) -> RowsByPath:
    """Build Kustomize overlays and validate the manifests."""
    jobs = {"kubectl": str(tool("lint", "kubectl")), "version": KUBERNETES, "own": AWS_KINDS, "paths": paths}
    yield from ask("lint", "manifests", jobs)


def dockerfiles(paths: list[str]) -> RowsByPath:
    """Lint Dockerfiles; each text once."""
    texts = {path: Path(path).read_text("utf-8") for path in paths}
    first = {text: path for path, text in texts.items()}
    done = run([tool("lint", "hadolint"), "--no-fail", "--format", "json", *first.values()])
    rows: dict[str, list[Row]] = {path: [] for path in first.values()}
    for problem in json.loads(done.stdout):
        rows[problem["file"]].append(
            {"rule": problem["code"], "place": str(problem["line"]), "message": problem["message"]}
        )
    yield from ((path, rows[first[text]]) for path, text in texts.items())


def ruff(folders: list[str]) -> RowsByPath:
    """Lint and format-check Python with each project's own settings, all projects in one run."""
    python = tool("project")
    rows: dict[str, list[Row]] = {folder: [] for folder in folders}
    done = run([python, "-m", "ruff", "check", "--no-cache", "--output-format", "json", *folders])
    for problem in json.loads(done.stdout or "[]"):
        folder = next(folder for folder in folders if Path(problem["filename"]).is_relative_to(folder))
        place = f"{Path(problem['filename']).relative_to(folder)}:{problem['location']['row']}"
        rows[folder].append({"rule": str(problem["code"]), "place": place, "message": problem["message"]})
    if done.returncode not in (0, 1):
        raise RuntimeError(f"ruff ended with {done.returncode}: {done.stderr[-2000:]}")
    yield from rows.items()


def types(folders: list[str]) -> RowsByPath:
    """Check the types of folders of Python, each text once; folders as `make lint` of a project checks them."""
    digests = {folder: _digest(Path(folder)) for folder in folders}
    first = {digest: folder for folder, digest in digests.items()}
    jobs = {"cache": str(OUT / "types"), "folders": list(first.values())}
    rows: dict[str, Any] = dict(ask("project", "mypy_folders", jobs))
    yield from ((folder, rows[first[digest]]) for folder, digest in digests.items())


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        digest.update(f"{file.relative_to(folder)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def workflow_security(paths: list[str]) -> RowsByPath:
    """Audit workflows of GitHub Actions with zizmor; each text once."""
    texts = {path: Path(path).read_text("utf-8") for path in paths}
    first = {text: path for path, text in texts.items()}
    done = run([tool("lint", "zizmor"), "--offline", "--no-exit-codes", "--format", "json", *first.values()])
    if done.returncode:
        raise RuntimeError(f"zizmor ended with {done.returncode}: {done.stderr[-2000:]}")
    rows: dict[str, list[Row]] = {path: [] for path in first.values()}
    for problem in json.loads(done.stdout):
        location = next(place for place in problem["locations"] if place["symbolic"]["kind"] == "Primary")
        path = location["symbolic"]["key"]["Local"]["verbatim_path"]
        line = location["concrete"]["location"]["start_point"]["row"] + 1
        row = {"rule": problem["ident"], "place": str(line), "message": problem["desc"]}
        rows[path].append(row)
    yield from ((path, rows[first[text]]) for path, text in texts.items())
