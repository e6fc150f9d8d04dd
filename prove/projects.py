"""Projects on disk, complete as `advisor blueprint` hands them out, and where each tier leaves what it makes of them."""

import io
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import blueprints
from advisor.commands.blueprint import project_zip
from prove.cases import Case
from prove.tools import OUT

SAM = "sam"


@dataclass(frozen=True, slots=True)
class Project:
    """A case compiled for a target. `folder` holds the project as its user unpacks it."""

    case: Case
    target: str

    @property
    def folder(self) -> Path:
        """The unpacked project."""
        return OUT / "projects" / self.case.name / self.target

    @property
    def template(self) -> Path:
        """The template that CloudFormation would get: translated from SAM, or synthesised by CDK."""
        return OUT / "templates" / self.case.name / f"{self.target}.template.json"

    @property
    def built(self) -> Path:
        """What `sam build` leaves, or the cloud assembly of a CDK app: what is handed to a deployment."""
        return OUT / "built" / self.case.name / self.target

    def __str__(self) -> str:
        return f"{self.case.name}/{self.target}"


def projects(cases: Iterable[Case], targets: Iterable[str]) -> Iterator[Project]:
    """Write the project of each case for each target that can express it, from an empty folder."""
    wanted = tuple(targets)
    for case in cases:
        for target in wanted:
            if not blueprints.check(case.design, target):
                project = Project(case, target)
                _write(project)
                yield project


def _write(project: Project) -> None:
    shutil.rmtree(project.folder, ignore_errors=True)
    for made in (project.template, project.built):
        _remove(made)
    content = project_zip(project.case.design, project.target, "en")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        packed.extractall(project.folder)


def _remove(path: Path) -> None:
    """Take away what an earlier run left, so that no tier passes on it."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
