"""checkov over templates, Dockerfiles, manifests and workflows in one process.

Jobs are paths, each line a path and the checks that failed there.
"""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath

from checkov.cloudformation.runner import Runner as CloudFormation
from checkov.dockerfile.runner import Runner as Dockerfile
from checkov.github_actions.runner import Runner as GitHubActions
from checkov.kubernetes.runner import Runner as Kubernetes
from checkov.runner_filter import RunnerFilter

TEMPLATES = "cloudformation"
RUNNERS = {
    TEMPLATES: CloudFormation,
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
    return "kubernetes" if "kubernetes" in file.parts else TEMPLATES


@contextmanager
def _copies(paths: list[str]) -> Iterator[dict[str, str]]:
    """Yield copies of templates by path, each with its original.

    checkov replaces references to resources with the path of the template, and reports any 40 letters, digits and
    slashes as an AWS secret access key (CKV_AWS_45). The paths of these copies are therefore shorter.
    """
    with tempfile.TemporaryDirectory(prefix="checkov-") as folder:
        copies = {os.path.join(folder, f"{n}{PurePath(path).suffix}"): path for n, path in enumerate(paths)}
        for copy, path in copies.items():
            shutil.copyfile(path, copy)
        yield copies


def failures(paths: list[str]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Yield the failed checks of every file."""
    for name, runner in RUNNERS.items():
        scanned = [path for path in paths if framework(path) == name]
        if name == TEMPLATES:
            with _copies(scanned) as copies:
                yield from _failures(name, runner, copies)
        elif scanned:
            yield from _failures(name, runner, {os.path.abspath(path): path for path in scanned})


def _failures(name: str, runner: type, originals: dict[str, str]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Scan files of one framework, each under the name that its path in `originals` is reported by."""
    failed: dict[str, list[dict[str, str]]] = {path: [] for path in originals.values()}
    report = runner().run(root_folder=None, files=list(originals), runner_filter=RunnerFilter(framework=[name]))
    for check in report.failed_checks:
        type_, _, id = check.resource.rpartition(".")
        kind = type_ if name == TEMPLATES else name
        row = {"rule": check.check_id, "place": id, "type": kind, "message": check.check_name}
        failed[originals[os.path.abspath(check.file_abs_path)]].append(row)
    yield from failed.items()


def answers(paths: list[str]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Scan every file."""
    logging.disable(logging.CRITICAL)
    yield from failures(paths)
