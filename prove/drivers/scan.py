"""checkov over templates, Dockerfiles, manifests and workflows in one process.

Jobs are paths, each line a path and the checks that failed there.
"""

import logging
import os
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

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


#: Checks that look at values which checkov puts in for references: among several files it takes them from any of these.
ALONE = ("CKV_AWS_45",)


def _alone(path: str) -> Any:
    wanted = RunnerFilter(framework=["cloudformation"], checks=list(ALONE))
    return CloudFormation().run(root_folder=None, files=[path], runner_filter=wanted)


def framework(path: str) -> str:
    """Return which of checkov's frameworks a file of a project belongs to."""
    file = PurePath(path)
    if file.name == "Dockerfile":
        return "dockerfile"
    if ".github" in file.parts:
        return "github_actions"
    return "kubernetes" if "kubernetes" in file.parts else "cloudformation"


def failures(paths: list[str]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Give the failed checks of every file."""
    for name, runner in RUNNERS.items():
        found: dict[str, list[dict[str, str]]] = {path: [] for path in paths if framework(path) == name}
        if not found:
            continue
        together = runner().run(
            root_folder=None, files=list(found), runner_filter=RunnerFilter(framework=[name], skip_checks=list(ALONE))
        )
        apart = [_alone(path) for path in found] if name == "cloudformation" else []
        for one in (each for report in (together, *apart) for each in report.failed_checks):
            type, _, id = one.resource.rpartition(".")
            type = type if name == "cloudformation" else name
            row = {"rule": one.check_id, "place": id, "type": type, "message": one.check_name}
            found[os.path.abspath(one.file_abs_path)].append(row)
        yield from found.items()


def answers(paths: list[str]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Scan every file."""
    logging.disable(logging.CRITICAL)
    yield from failures(paths)
