"""checkov over templates, Dockerfiles, manifests and workflows in one process.

Jobs are paths, each line a path and the checks that failed there.
"""

import logging
import os
from collections.abc import Iterator
from pathlib import PurePath

from checkov.cloudformation.runner import Runner as CloudFormation
from checkov.dockerfile.runner import Runner as Dockerfile
from checkov.github_actions.runner import Runner as GitHubActions
from checkov.kubernetes.runner import Runner as Kubernetes
from checkov.runner_filter import RunnerFilter

RUNNERS = {
    "cloudformation": CloudFormation,
    "dockerfile": Dockerfile,
    "github_actions": GitHubActions,
    "kubernetes": Kubernetes,
}


def framework(path: str) -> str:
    """Return which of checkov's frameworks a file of a project belongs to."""
    file = PurePath(path)
    if file.name == "Dockerfile":
        return "dockerfile"
    if ".github" in file.parts:
        return "github_actions"
    return "kubernetes" if "kubernetes" in file.parts else "cloudformation"


def batches(name: str, paths: list[str]) -> list[list[str]]:
    """Return the files of a framework by run of checkov.

    A template has a run of its own: among several, checkov resolves references to resources of any of them.
    """
    files = [path for path in paths if framework(path) == name]
    return [[path] for path in files] if name == "cloudformation" else [files] if files else []


def failures(name: str, files: list[str]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Yield the failed checks of every file of one run."""
    rows: dict[str, list[dict[str, str]]] = {path: [] for path in files}
    report = RUNNERS[name]().run(root_folder=None, files=files, runner_filter=RunnerFilter(framework=[name]))
    for record in report.failed_checks:
        type, _, id = record.resource.rpartition(".")
        type = type if name == "cloudformation" else name
        row = {"rule": record.check_id, "place": id, "type": type, "message": record.check_name}
        rows[os.path.abspath(record.file_abs_path)].append(row)
    yield from rows.items()


def answers(paths: list[str]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Scan every file."""
    logging.disable(logging.CRITICAL)
    for name in RUNNERS:
        for files in batches(name, paths):
            yield from failures(name, files)
